"""What is half given: kept when somebody goes back or stops, shown on return, never an answer."""

from pathlib import Path
from typing import Any

import pytest

from smartcli.asking import Back, Pause, Question
from smartcli.content.exercise import Exercise
from smartcli.fields.measures import MEASURES
from smartcli.journal.draft import Draft
from smartcli.journal.drafts import Drafts
from tests.support.asking import session
from tests.support.made import catalogue

TWO = """=== two
[[field]]
id = "first"
kind = "scale"
ask = "First?"

[[field]]
id = "second"
kind = "line"
ask = "Second?"
only_if = { field = "first", at_least = 5 }

[[field]]
id = "risk"
kind = "choices"
ask = "Risk?"
measure = "withdrawal-risk"
options = [{ id = "none", say = "None" }, { id = "fits", say = "Fits" }]

[[field]]
id = "rows"
kind = "table"
ask = "Rows?"
optional = true
[[field.columns]]
id = "name"
kind = "line"
ask = "Name?"
measure = "behaviour"
[[field.columns]]
id = "family"
kind = "choice"
ask = "Family?"
measure = "family"
optional = true
options = [{ id = "alcohol", say = "Alcohol", means = ["drinking"] }, { id = "other", say = "Other" }]
"""


class Asked:
    """An asker that plays a script: answers; BACK or PAUSE; (state, BACK) for what is left half given."""

    live = True

    def __init__(self, *script: Any) -> None:
        self.script = [*script]
        self.seen: list[Question] = []

    def __getattr__(self, name: str) -> Any:
        return self._put if name in ("line", "scale", "choose", "choose_some") else lambda *given: None

    def _put(self, question: Question, *more: Any, **also: Any) -> Any:
        self.seen.append(question)
        if question.ask == "Save this?":
            return "keep"
        deed = self.script.pop(0)
        if isinstance(deed, tuple):
            question.changed(deed[0])
            deed = deed[1]
        if deed in (Back, Pause):
            raise deed
        return deed


@pytest.fixture
def two(tmp_path: Path) -> Exercise:
    return catalogue(tmp_path, TWO).find("two")


def sit(two: Exercise, folder: Path, *script: Any, draft: Draft | None = None) -> tuple[Any, list[Question], Draft]:
    """Return the answers of the entry (None where it was left), the questions asked, and the draft."""
    asker = Asked(*script)
    held = session(two, asker, Drafts(folder), draft=draft, show=lambda entry: [])
    try:
        answers = held.run().answers
    except Pause:
        answers = None
    held.draft.close()
    return answers, asker.seen, held.draft


def test_a_half_is_no_answer_and_decides_nothing(two: Exercise, tmp_path: Path) -> None:
    _, seen, draft = sit(two, tmp_path, (9, Back), (9, Pause))
    assert draft.answers == {}
    answers, seen, _ = sit(two, tmp_path, 2, ["none"], None, draft=Drafts(tmp_path).take_up())
    assert seen[0].half == 9
    assert answers == {"first": 2, "risk": ["none"]}


def test_an_answer_that_was_changed_and_left_stands_and_the_change_is_shown(two: Exercise, tmp_path: Path) -> None:
    _, _, draft = sit(two, tmp_path, 7, ("words", Back), (3, Pause))
    assert draft.answers == {"first": 7}
    answers, seen, _ = sit(two, tmp_path, 8, "words", ["none"], None, draft=Drafts(tmp_path).take_up())
    assert [(question.answer, question.half) for question in seen[:2]] == [(7, 3), (None, "words")]
    assert answers["first"] == 8


def test_what_says_no_more_than_the_answer_is_not_kept(two: Exercise, tmp_path: Path) -> None:
    _, _, draft = sit(two, tmp_path, 7, ("", Back), (7, Back), (3, Back), (7, Pause))
    assert draft.halves == {}
    assert Drafts(tmp_path).take_up().halves == {}


def test_an_answered_question_has_no_half(two: Exercise, tmp_path: Path) -> None:
    _, _, draft = sit(two, tmp_path, 7, ("words", Back), 7, "other words", Pause)
    assert draft.halves == {}


def test_a_half_that_no_longer_fits_is_passed_over(two: Exercise, tmp_path: Path) -> None:
    draft = Drafts(tmp_path).start(exercise="two")
    draft.keep_half("first", "many")
    draft.keep_half("risk", {"items": 3})
    answers, seen, _ = sit(two, tmp_path, 2, ["none"], None, draft=draft)
    assert [question.half for question in seen[:3]] == [None, None, None]
    assert answers["first"] == 2


def test_questions_of_safety_are_told_to_the_asker(two: Exercise, tmp_path: Path) -> None:
    _, seen, _ = sit(two, tmp_path, 2, ["none"], "Drinking", "alcohol", None)
    careful = {question.ask: question.careful for question in seen}
    assert [ask for ask, is_so in careful.items() if is_so] == ["Risk?", "Family?"]
    assert seen[3].answer == "alcohol"
    assert {name for name, measure in MEASURES.items() if measure.careful} >= {"withdrawal-risk", "family", "safety"}
