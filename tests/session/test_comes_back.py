"""What was written in one exercise is shown again where it is needed, in another."""

from pathlib import Path
from typing import Any

import pytest
import time_machine

from smartcli.content.exercise import all_fields
from smartcli.journal.store import Journal
from smartcli.renderers.plain import blocks as as_text
from smartcli.session.form import Form
from smartcli.session.memory import Memory
from smartcli.settings import Settings
from tests.support.asking import STARTED, entry, memory
from tests.support.made import CATALOG, catalogue, record

TALK = {"who": "my daughter", "want": "CANARY"}
BOUNDARY = {"about": "Dean", "not-accept": "x", "will-do": "y", "words": "CANARY"}
RULERS = {"importance": 7, "confidence": 3}


@pytest.mark.parametrize(
    ("written", "answers", "exercise", "field", "words"),
    [
        ("conversation", TALK, "meeting-prep", "mind", "CANARY"),
        ("boundaries", BOUNDARY, "meeting-prep", "mind", "CANARY"),
        ("boundaries", BOUNDARY, "boundaries", "words", "CANARY"),
        ("meeting-prep", {"mind": "x", "took": "CANARY"}, "meeting-prep", "want", "CANARY"),
        ("stages", {"stage": "CANARY"}, "change-plan", "change", "CANARY"),
        ("rulers", RULERS, "change-plan", "importance", "7"),
        ("change-plan", {"change": "x", "help": ["CANARY"]}, "lapse-card", "who", "CANARY"),
        ("change-plan", {"change": "x", "obstacles": ["CANARY"]}, "change-plan", "obstacles", "CANARY"),
        ("change-plan", {"change": "x", "confidence": 4}, "change-plan", "confidence", "4"),
        ("week-review", {"confidence": 4}, "week-review", "confidence", "4"),
        ("refusal", {"line": "no thanks", "way-out": "CANARY"}, "urge-log", "offered", "CANARY"),
    ],
)
def test_it_comes_back(
    tmp_path: Path, written: str, answers: dict[str, Any], exercise: str, field: str, words: str
) -> None:
    about = "drinking" if CATALOG.find(written).per_behaviour else None
    record(tmp_path, written, answers, about=about)
    assert words in recalled(tmp_path, exercise, field)


@pytest.mark.parametrize(("exercise", "field"), [("lapse-card", "steps"), ("moving-on", "back")])
def test_a_plan_for_the_week_is_no_plan_for_a_lapse(tmp_path: Path, exercise: str, field: str) -> None:
    record(tmp_path, "week-review", {"risk": "Friday", "plan": "move the rent money"})
    assert recalled(tmp_path, exercise, field) == set()


@pytest.mark.parametrize(("exercise", "field"), [("week-review", "confidence"), ("change-plan", "confidence")])
def test_one_question_how_sure_is_never_answered_by_another(tmp_path: Path, exercise: str, field: str) -> None:
    record(tmp_path, "rulers", RULERS, about="drinking")
    assert recalled(tmp_path, exercise, field) == set()


def recalled(home: Path, exercise: str, name: str) -> set[str]:
    """Return the earlier words that a field of an exercise shows."""
    memory = Memory(Journal(home / "journal").entries, Settings(home / "config.toml"), CATALOG.measure_of)
    [recalls] = [field.recall for _, field in all_fields(CATALOG.find(exercise)) if field.id == name]
    return {found.words for recall in recalls for found in memory.recalled(recall, None, "drinking")}


@pytest.mark.parametrize(
    ("days", "heading"),
    [
        ([22], "What you decided (written today):"),
        ([19], "What you decided (written 3 days ago):"),
        ([22, 19], "What you decided:"),  # words of several days
    ],
)
def test_the_line_above_earlier_words_is_one_phrase_with_their_day(
    tmp_path: Path, days: list[int], heading: str
) -> None:
    made = catalogue(
        tmp_path,
        '=== card\n[[field]]\nid = "t"\nkind = "line"\nask = "T?"\nmeasure = "plan"\n'
        'recall = { measure = "plan", limit = 2, say = "What you decided" }\n',
    ).find("card")
    entries = [entry(made, {"t": f"words of {day}"}, day=day) for day in days]
    with time_machine.travel(STARTED, tick=False):
        form = Form(made.fields, {}, memory(*entries))
        assert as_text(form.beside(made.fields[0])).splitlines()[0] == heading
