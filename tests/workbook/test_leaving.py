"""What is said when a menu is left, how far a draft is said to be, and what was begun today."""

import re
from datetime import timedelta

import pytest
import time_machine

from smartcli.journal.draft import Draft
from smartcli.moments import now
from smartcli.prompts.plain import Plain
from smartcli.workbook.begun_today import find_begun_today
from smartcli.workbook.leaving import last_lines, standing
from smartcli.workbook.sessions import do_exercise, resume_draft
from smartcli.workbook.today import gather_today
from smartcli.workbook.unfinished import list_unfinished
from smartcli.workbook.workbook import Workbook
from tests.conftest import Run
from tests.support.asking import Typed
from tests.workbook.conftest import Menu, Sit
from tests.workbook.remembering import Life

PAUSED = "Paused. Your answers are saved."


def told_at_leaving(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().err.splitlines()


# --- leaving Today


def test_what_was_paused_and_finished_meanwhile_is_not_said_to_wait(
    life: Life, menu: Menu, capsys: pytest.CaptureFixture[str]
) -> None:
    menu("Check in (about a minute)", "6", "!", "Continue: Check-in", "the heron", "", "", "Leave")
    assert told_at_leaving(capsys) == []


def test_what_still_waits_is_said_once_however_often_it_was_paused(
    life: Life, menu: Menu, capsys: pytest.CaptureFixture[str]
) -> None:
    menu("Check in (about a minute)", "6", "!", "Continue: Check-in", "the heron", "!", "Leave")
    assert told_at_leaving(capsys).count(PAUSED) == 1


def test_what_waited_before_is_not_told_again(life: Life, menu: Menu, capsys: pytest.CaptureFixture[str]) -> None:
    life.begin("mine", {"line": "no"}, 1)
    menu("Leave")
    menu("Check in (about a minute)", "!", "Leave")
    assert told_at_leaving(capsys) == []


def test_on_the_screen_saved_is_said_once(
    life: Life, run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Workbook, "asks_on_screen", True)
    before = standing(Workbook())
    assert last_lines(Workbook(), before) == []
    life.keep("check-in", {"mood": 5})
    life.keep("check-in", {"mood": 6})
    assert last_lines(Workbook(), before) == ["Saved."]
    life.begin("check-in", {"mood": 5}, 0)
    assert last_lines(Workbook(), before)[:2] == ["Saved.", PAUSED]


def test_the_remark_on_the_page_is_of_what_was_done_last(life: Life, menu: Menu) -> None:
    shown = menu("Check in (about a minute)", "6", "!", "Continue: Check-in", "the heron", "", "", "Leave")
    assert shown.count(PAUSED) == 1
    assert PAUSED not in shown.rpartition("Save this?")[2]


# --- one count


def half(draft: Draft, name: str, given: object) -> None:
    draft.keep_half(name, given)
    draft.close()


def test_today_drafts_and_the_sitting_count_alike(life: Life, run: Run, sit: Sit) -> None:
    """Every kind of draft, at every question: "1 of 3" are behind, so the sitting goes on with "2 of 3"."""
    quick = life.keep("check-in", {"mood": 5}, days=1, quick=True)
    left = life.keep("check-in", {"mood": 5, "next": "walk"}, days=4)
    life.begin("check-in", {"mood": 5, "good": "x"}, 30)
    life.begin("craving", {"strength": 5}, 1, quick=True)
    half(life.begin("mine", {}, 1), "line", "no")
    life.begin("check-in", {"good": "x"}, 2, entry=quick.id, parents=(quick.revision,), later=True, rest=True)
    later = life.begin("check-in", {}, 2, entry=left.id, parents=(left.revision,), later=True)
    half(later, "next-done", "done")
    listed = list_unfinished(Workbook())
    assert len(listed) == 5
    assert [one.describe() for one in listed] == [one.describe() for one in gather_today().unfinished]
    assert all(one.describe() in run("drafts").stdout.replace("\n  ", " ") for one in listed)
    for one in listed:
        shown = sit(lambda workbook, one=one: resume_draft(workbook, one.draft.id), "!")
        (place,) = re.findall(r"(\d+) of (\d+)\.", shown)
        assert (int(place[0]) - 1, int(place[1])) == (one.answered, one.of), one.describe()


def test_changes_to_an_entry_are_no_part_of_a_count(life: Life) -> None:
    made = life.keep("check-in", {"mood": 5, "good": "x"})
    life.begin("check-in", {"mood": 7}, 0, entry=made.id, parents=(made.revision,), edit=True)
    (one,) = list_unfinished(Workbook())
    assert " of " not in one.describe()


def test_a_draft_whose_entry_is_gone_is_still_listed(life: Life) -> None:
    life.begin("check-in", {"good": "x"}, 0, entry="g" * 13, parents=("0" * 16,), later=True)
    (one,) = list_unfinished(Workbook())
    assert one.answered == 1


# --- begun today


def test_what_was_begun_today_is_gone_on_with(life: Life, sit: Sit) -> None:
    life.begin("check-in", {"mood": 5}, 0.1)
    shown = sit(lambda workbook: do_exercise(workbook, "check-in"), "", "the heron", "", "")
    assert " of 3. Mood?" not in shown
    assert [entry.answers for entry in life.entries()] == [{"mood": 5, "good": "the heron"}]
    assert not life.drafts.all()


def test_or_a_new_one_is_begun_and_the_other_stays(life: Life, sit: Sit) -> None:
    life.begin("check-in", {"mood": 5}, 0.1)
    sit(lambda workbook: do_exercise(workbook, "check-in"), "2", "7", "", "", "")
    assert [entry.answers for entry in life.entries()] == [{"mood": 7}]
    assert len(life.drafts.all()) == 1


def test_to_go_back_from_that_question_begins_nothing(life: Life, sit: Sit) -> None:
    life.begin("check-in", {"mood": 5}, 0.1)
    sit(lambda workbook: do_exercise(workbook, "check-in"), "<")
    assert len(life.drafts.all()) == 1
    assert not life.entries()


@pytest.mark.parametrize(
    ("exercise", "answers", "header"),
    [
        ("craving", {"strength": 5}, {}),  # help first
        ("slip", {"state": "over"}, {}),
        ("check-in", {"mood": 5}, {"quick": True}),  # of another length
        ("check-in", {"mood": 5}, {"about": "wine"}),
        ("check-in", {}, {}),  # nothing was given
    ],
)
def test_nothing_is_asked_first(
    life: Life, exercise: str, answers: dict[str, object], header: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Typed, "live", True)
    life.begin(exercise, answers, 0.1, **header)
    workbook = Workbook()
    workbook.asker = Plain(Typed(), lambda blocks: "", lambda: [])
    assert find_begun_today(workbook, workbook.catalog.find(exercise), quick=False) is None


def test_what_was_begun_yesterday_rests_and_a_pipe_is_asked_nothing(life: Life, sit: Sit, run: Run) -> None:
    life.begin("check-in", {"mood": 5}, 0.1)
    assert run("checkin", typed="7\n\n\n\n").exit_code == 0
    with time_machine.travel(now() + timedelta(days=1), tick=False):
        sit(lambda workbook: do_exercise(workbook, "check-in"), "8", "", "", "")
    assert sorted(entry.answers["mood"] for entry in life.entries()) == [7, 8]
    assert len(life.drafts.all()) == 1
