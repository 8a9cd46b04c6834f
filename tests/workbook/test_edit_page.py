"""An entry opens at its page: one answer is changed, what was left out is added, and nothing given is lost."""

from collections.abc import Callable
from typing import Any

import pytest

from smartcli.entries.entry import Entry
from smartcli.entries.revisions import revised
from smartcli.workbook.sessions import edit_entry, fill_in_rest, resume_draft
from smartcli.workbook.unfinished import list_unfinished
from smartcli.workbook.workbook import Workbook
from tests.conftest import Run
from tests.workbook.conftest import Sit
from tests.workbook.remembering import Life

Edit = Callable[..., str]


@pytest.fixture
def edit(sit: Sit) -> Edit:
    """Open an entry at its page, with these lines typed; returns what was shown."""

    def edit(entry: Entry, *typed: str) -> str:
        return sit(lambda workbook: edit_entry(workbook, workbook.journal.find(entry.id)), *typed)

    return edit


def answers(life: Life) -> dict[str, Any]:
    (entry,) = life.entries()
    return entry.answers


CHANGE, ADD, SAVE, LEAVE = "Change one answer", "Answer what you left out", "Save the changes", "Leave it as it is"


def test_it_opens_at_the_page_and_left_as_it_is_nothing_is_written(life: Life, edit: Edit) -> None:
    made = life.keep("check-in", {"mood": 5, "good": "the heron"}, days=3)
    shown = edit(made, LEAVE)
    assert "(3 days ago)" in shown
    assert shown.index("the heron") < shown.index(CHANGE)
    assert [entry.revision for entry in life.entries()] == [made.revision]
    assert not life.drafts.all()


def test_one_answer_is_changed_with_the_others_as_they_were(life: Life, edit: Edit) -> None:
    made = life.keep("check-in", {"mood": 5, "good": "the heron"}, days=3)
    shown = edit(made, "", "2", "the hare", "")
    assert "1. Mood? (5)" in shown
    assert "2. Good? (the heron)" in shown
    assert "3. Next? (not answered)" in shown
    assert "Good?\n  the hare" in shown.rpartition("> ")[0], "the change is there to be seen before it is saved"
    assert shown.endswith("Saved.")
    assert answers(life) == {"mood": 5, "good": "the hare"}
    assert life.entries()[0].parents == [made.revision]
    assert not life.drafts.all()


def test_where_one_question_has_an_answer_there_is_nothing_to_choose(life: Life, edit: Edit) -> None:
    made = life.keep("check-in", {"good": "rivver"})
    assert "Which answer" not in edit(made, "", "river", "")
    assert answers(life) == {"good": "river"}


@pytest.mark.parametrize("typed", [("", "2", "<", "<"), ("", "<", "<"), ("<",), (ADD, "<", "<"), (ADD, "", "<")])
def test_to_go_back_leads_to_the_page_and_out_with_nothing_written(
    life: Life, edit: Edit, typed: tuple[str, ...]
) -> None:
    made = life.keep("check-in", {"mood": 5, "good": "the heron"})
    edit(made, *typed)
    assert [entry.revision for entry in life.entries()] == [made.revision]
    assert not life.drafts.all()


@pytest.mark.parametrize("way_out", ["<", "!", "Finish another time"])
def test_changes_that_are_not_saved_wait_and_it_is_said(life: Life, edit: Edit, sit: Sit, way_out: str) -> None:
    made = life.keep("check-in", {"mood": 5, "good": "the heron"})
    assert "Your changes are kept" in edit(made, "", "1", "7", way_out)
    assert answers(life)["mood"] == 5
    (begun,) = list_unfinished(Workbook())
    assert "changes not saved yet" in begun.describe()
    assert "Mood?\n  7" in sit(resume_draft, "")
    assert answers(life) == {"mood": 7, "good": "the heron"}


def test_changes_can_be_undone_if_that_is_meant(life: Life, edit: Edit) -> None:
    made = life.keep("check-in", {"mood": 5, "good": "the heron"})
    edit(made, "", "1", "7", "Undo the changes", "no", "Undo the changes", "yes", LEAVE)
    assert [entry.revision for entry in life.entries()] == [made.revision]
    assert not life.drafts.all()


def test_an_answer_given_again_as_it_was_is_no_change(life: Life, edit: Edit) -> None:
    made = life.keep("check-in", {"mood": 5, "good": "the heron"})
    assert SAVE not in edit(made, "", "1", "5", "!")
    assert not life.drafts.all()


# --- what was left out


def test_what_a_quick_sitting_left_out_is_added_and_then_it_is_a_whole_entry(life: Life, edit: Edit) -> None:
    made = life.keep("check-in", {"mood": 5}, days=3, quick=True)
    shown = edit(made, ADD, "Walked", "", "")
    assert "it means the day you wrote it" in shown
    assert "1 of 2. Good?" in shown
    assert answers(life) == {"mood": 5, "good": "Walked"}
    assert not life.entries()[0].quick


def test_one_whose_only_answer_was_mended_still_lacks_the_rest(life: Life, edit: Edit) -> None:
    made = life.keep("check-in", {"mood": 5}, quick=True)
    edit(made, "", "6", "")
    assert life.entries()[0].quick
    assert ADD in edit(life.entries()[0], LEAVE)


def test_skipped_questions_of_a_whole_entry_are_added_too_and_those_for_later(life: Life, edit: Edit) -> None:
    made = life.keep("check-in", {"mood": 5, "next": "walk"}, days=3)
    edit(made, ADD, "the heron", "1", "")
    assert answers(life) == {"mood": 5, "good": "the heron", "next": "walk", "next-done": "done"}
    assert ADD not in edit(life.entries()[0], LEAVE)


def test_to_go_on_adding_begins_where_it_was_left(life: Life, edit: Edit, sit: Sit) -> None:
    made = life.keep("check-in", {"mood": 5}, quick=True)
    edit(made, ADD, "Walked", "!")
    shown = sit(resume_draft, ADD, "rest", "")
    assert "2 of 2. Next?" in shown
    assert "1 of 2" not in shown
    assert answers(life) == {"mood": 5, "good": "Walked", "next": "rest"}


def test_how_strong_an_urge_was_is_not_asked_afterwards_and_safety_is(life: Life, edit: Edit) -> None:
    life.wants_to_change(("wine", "alcohol"))
    made = life.keep("craving", {"strength": 6}, days=3, about="wine", quick=True)
    shown = edit(made, ADD, "Rain", "yes", "", "")
    assert "Breathe?" not in shown
    assert "After?" not in shown.partition("1 of")[2].partition("Save the changes")[0]
    assert shown.count("Please do not drive.") == 1


def test_a_note_that_a_change_brings_up_is_told_and_no_other(life: Life, edit: Edit) -> None:
    made = life.keep("craving", {"strength": 6, "acted": False}, days=3)
    assert "Please do not drive." in edit(made, "", "Acted?", "yes", "")
    (now_acted,) = life.entries()
    assert "Please do not drive." not in edit(now_acted, "", "1", "7", "")


def test_nothing_of_self_harm_is_counted_on_its_page(life: Life, edit: Edit) -> None:
    life.wants_to_change(("cutting", "self-harm"))
    made = life.keep("craving", {"strength": 8, "trigger": "rain"}, days=3, about="cutting")
    shown = edit(made, "", "<", LEAVE)
    assert "Rain" in shown
    assert "8" not in shown.partition("Before?")[0] + shown.partition("1. Before?")[2].splitlines()[0]


def test_from_today_and_from_the_page_it_is_one_way(life: Life, sit: Sit) -> None:
    life.keep("check-in", {"mood": 5}, days=1, quick=True)
    workbook = Workbook()
    (head,) = workbook.journal.heads()
    exercise = workbook.catalog.find("check-in")
    sit(lambda workbook: fill_in_rest(workbook, exercise, head), "Walked", "", "")
    assert answers(life) == {"mood": 5, "good": "Walked"}


def test_a_draft_of_an_earlier_version_that_fills_in_the_rest_goes_on(life: Life, sit: Sit) -> None:
    made = life.keep("check-in", {"mood": 5}, quick=True)
    life.begin("check-in", {"good": "Walked"}, 2, entry=made.id, parents=(made.revision,), later=True, rest=True)
    (begun,) = list_unfinished(Workbook())
    assert (begun.answered, begun.of) == (1, 2)
    sit(resume_draft, "", "")
    assert answers(life) == {"mood": 5, "good": "Walked"}


def test_an_entry_that_no_exercise_knows_is_changed_as_it_stands(life: Life, edit: Edit) -> None:
    made = life.keep("check-in", {"mood": 5, "good": "the heron"})
    gone = Entry({**made.body, "id": "ggggggggggggg", "exercise": "gone", "parents": [], "draft": None})
    life.journal.save(gone)
    shown = edit(gone, "", "Good?", "the hare", "")
    assert ADD not in shown
    assert Workbook().journal.find(gone.id).entry.answers == {"mood": 5, "good": "the hare"}


def test_one_changed_in_two_places_shows_both_and_is_saved_as_one(life: Life, edit: Edit) -> None:
    made = life.keep("check-in", {"mood": 5, "good": "x"})
    for words, saved in [("the heron", "2026-11-23T10:00:00+00:00"), ("the hare", "2026-11-23T11:00:00+00:00")]:
        (good,) = [one for one in made.fields if one.field.id == "good"]
        changed = revised(made, [good._replace(answer=words)])
        life.journal.save(Entry({**changed.body, "saved": saved}))
    shown = edit(made, "")
    assert "the heron" in shown
    assert "the hare" in shown
    assert answers(life)["good"] == "the hare"
    assert len(life.entries()[0].parents) == 2


# --- the last look of an ordinary sitting


def test_the_last_look_shows_each_question_with_its_answer(life: Life, run: Run) -> None:
    shown = run("checkin", typed="6\nthe heron\n\n2\n2\nthe hare\n\n").stderr
    assert "1. Mood? (6)\n2. Good? (the heron)\n3. Next? (not answered)" in shown
    assert answers(life) == {"mood": 6, "good": "the hare"}
