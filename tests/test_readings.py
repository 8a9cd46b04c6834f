"""The texts to read: short, sourced, a screen at a time, safe for whoever reads them, and remembered as read."""

import json
import re
from pathlib import Path

import pytest

from smartcli.content.catalog import Catalog
from smartcli.content.exercise import Exercise
from smartcli.fields import Choice, Field, Line
from smartcli.fields.base import FAMILIES
from smartcli.renderers import terminal
from smartcli.session.form import Form
from tests.conftest import Run
from tests.support.asking import entry, memory

CATALOG = Catalog(Path("/nowhere"))
READINGS = [exercise for exercise in CATALOG if exercise.reading]
IDS = [exercise.id for exercise in READINGS]
WITHDRAWAL = ["alcohol", "sedatives", "other-drugs", "unknown"]
NO_OTHER_TEXT = "cannabis"  # a family without safety words of its own reads what everybody reads
A_SCREEN = (38, 19)  # columns and lines that a note has on a terminal of 40 by 24
READING = """format = 1
id = "tides"
title = "Tides"
point = "daily"
purpose = "For a test."
reading = true

[[field]]
id = "text"
kind = "note"
alone = true
ask = "The tide comes and goes."

[[field]]
id = "line"
kind = "line"
ask = "What do you take from this?"
optional = true
"""


def form_of(exercise: Exercise, family: str) -> Form:
    """Return the form of an exercise for somebody whose one behaviour is of a family."""
    start = entry(CATALOG.find("start"), {"behaviours": [{"name": "it", "aim": "stop", "family": family}]})
    about = "it" if exercise.per_behaviour else None
    return Form(exercise.fields, {}, memory(start), about, exercise=exercise.id)


def notes_for(exercise: Exercise, family: str) -> list[Field]:
    return [field for field in form_of(exercise, family).visible() if field.kind == "note"]


def words_of(notes: list[Field]) -> int:
    return len(re.findall(r"\w[\w'’`-]*", " ".join(note.ask for note in notes)))


def test_there_are_seven() -> None:
    assert set(IDS) == {
        *("read-urges", "read-lapses", "read-thoughts", "read-cut-down"),
        *("read-medicines", "read-degrees", "read-more-help"),
    }


@pytest.mark.parametrize("exercise", READINGS, ids=IDS)
def test_a_text_is_about_150_words_and_no_family_reads_twice_as_much(exercise: Exercise) -> None:
    assert 120 <= words_of(notes_for(exercise, NO_OTHER_TEXT)) <= 180
    for family in FAMILIES:
        assert words_of(notes_for(exercise, family)) <= 245, family


@pytest.mark.parametrize("exercise", READINGS, ids=IDS)
def test_a_text_names_its_sources(exercise: Exercise) -> None:
    assert len(exercise.sources) >= 2
    assert all(source.startswith(("https://", "http://")) for source in exercise.sources)


@pytest.mark.parametrize("exercise", READINGS, ids=IDS)
def test_a_text_ends_on_one_line_that_can_be_skipped_and_comes_back(exercise: Exercise) -> None:
    last = exercise.fields[-1]
    assert isinstance(last, Line)
    assert (last.id, last.measure, last.optional) == ("takeaway", "takeaway", True)
    assert [(recall.exercise, recall.field) for recall in last.recall] == [(exercise.id, "takeaway")]


@pytest.mark.parametrize("exercise", READINGS, ids=IDS)
@pytest.mark.parametrize("family", FAMILIES)
def test_a_text_begins_with_something_to_read_and_each_note_fits_a_small_screen(
    exercise: Exercise, family: str
) -> None:
    form = form_of(exercise, family)
    assert form.visible()[0].kind == "note"
    width, lines = A_SCREEN
    for note in notes_for(exercise, family):
        drawn = terminal.draw(form.said(note), width, styled=False).strip("\n")
        assert len(drawn.split("\n")) <= lines, note.id


@pytest.mark.parametrize("name", ["read-urges", "read-lapses", "read-degrees", "read-cut-down"])
@pytest.mark.parametrize("family", WITHDRAWAL)
def test_whoever_may_be_used_to_a_drug_reads_that_stopping_suddenly_can_be_dangerous(name: str, family: str) -> None:
    text = " ".join(note.ask for note in notes_for(CATALOG.find(name), family))
    assert re.search(r"[Ss]topping suddenly (can|could then) be dangerous", text)
    assert "doctor" in text


@pytest.mark.parametrize("family", WITHDRAWAL)
def test_the_warning_stands_before_anything_is_said_of_stopping_or_of_less(family: str) -> None:
    shown = [note.id for note in notes_for(CATALOG.find("read-cut-down"), family)]
    warning = shown.index("general" if family == "unknown" else "withdrawal")
    about_stopping = {"stop", "stop-safely", "less", "less-safely"} & set(shown)
    assert about_stopping
    assert all(warning < shown.index(note) for note in about_stopping)


@pytest.mark.parametrize("family", ["opioids", "unknown"])
@pytest.mark.parametrize("name", ["read-lapses", "read-cut-down"])
def test_whoever_may_use_opioids_reads_what_a_break_does(name: str, family: str) -> None:
    text = " ".join(note.ask for note in notes_for(CATALOG.find(name), family))
    assert "your body can handle much less than before" in text


@pytest.mark.parametrize("family", ["eating", "eating-restrict", "self-harm"])
def test_nobody_is_told_to_stop_or_cut_down_where_that_is_no_aim(family: str) -> None:
    shown = {note.id for note in notes_for(CATALOG.find("read-cut-down"), family)}
    assert shown & {"both", "stop", "less"} == set()
    assert len(shown) == 1


@pytest.mark.parametrize("name", ["read-urges", "read-lapses", "read-cut-down"])
def test_of_self_harm_the_safety_plan_comes_first_and_nothing_is_counted(name: str) -> None:
    form = form_of(CATALOG.find(name), "self-harm")
    first, second = form.visible()[:2]
    assert "{crisis}" in first.ask
    assert "{emergency}" in first.ask
    assert isinstance(second, Choice)
    assert "safety-plan" in {option.opens for option in second.options}
    assert {field.kind for field in form.visible()} <= {"note", "choice", "line"}


def test_every_family_has_its_own_words_about_help() -> None:
    for family in FAMILIES:
        notes = {note.id for note in notes_for(CATALOG.find("read-medicines"), family)}
        assert len(notes - {"more", "together", "questions"}) == 1, family


def test_whom_to_call_stands_first_in_when_to_get_more_help() -> None:
    first = CATALOG.find("read-more-help").fields[0]
    assert "{crisis}" in first.ask
    assert "{emergency}" in first.ask


@pytest.fixture
def tides(home: Path, run: Run) -> Run:
    """Run the program where one text to read is the person's own."""
    folder = home / "journal" / "exercises"
    folder.mkdir(parents=True)
    (folder / "tides.toml").write_text(READING)
    return run


def test_a_text_read_to_its_end_is_saved_without_a_word_written_or_a_question_whether_to(tides: Run) -> None:
    done = tides("--plain", "do", "tides", typed="\n")
    assert done.exit_code == 0
    assert "Save this?" not in done.output
    saved = json.loads(tides("show", "last", "--json").stdout)
    assert (saved["exercise"], saved["answers"]) == ("tides", {})


def test_a_text_that_was_left_is_not_saved_as_read(tides: Run) -> None:
    tides("--plain", "do", "tides", typed="!\n")
    assert json.loads(tides("review", "--json").stdout) == []


def test_what_is_no_text_to_read_is_not_saved_empty(tides: Run, home: Path) -> None:
    file = home / "journal" / "exercises" / "tides.toml"
    file.write_text(READING.replace("reading = true\n", ""))
    done = tides("--plain", "do", "tides", typed="\n")
    assert "Nothing was answered" in done.output
    assert json.loads(tides("review", "--json").stdout) == []
