"""An urge left open is saved after some hours, once and whole; never one that could be about self-harm."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import time_machine

from smartcli.content import catalog
from smartcli.journal.drafts import Drafts
from smartcli.journal.store import Journal
from smartcli.moments import now
from smartcli.trouble import Trouble
from smartcli.workbook.settling import list_saved_today, save_urges_left_open, take_out
from smartcli.workbook.workbook import Workbook
from tests.conftest import Run
from tests.support import children
from tests.workbook.remembering import Life

STRENGTH = {"strength": 7}


@pytest.fixture
def life(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Life:
    made = Life(tmp_path, home)
    monkeypatch.setattr(catalog, "built_in", lambda: made.catalog.folder)
    return made


@pytest.mark.parametrize(("hours", "saved"), [(3.9, False), (4.1, True), (500, True)])
def test_an_urge_with_a_strength_is_saved_after_four_hours(life: Life, hours: float, saved: bool) -> None:
    draft = life.begin("craving", {**STRENGTH, "breathe": None}, hours)
    save_urges_left_open(Workbook())
    assert len(life.entries()) == saved
    assert len(life.drafts.all()) == (not saved)
    if saved:
        (entry,) = life.entries()
        assert (entry.id, entry.answers, entry.quick, entry.body["draft"]) == (draft.entry, STRENGTH, True, draft.id)
        assert entry.when.at == draft.started


def test_four_hours_are_counted_from_the_last_answer(life: Life) -> None:
    draft = life.begin("craving", STRENGTH, 9)
    draft.keep("trigger", "rain")
    draft.close()
    save_urges_left_open(Workbook())
    assert not life.entries()


@pytest.mark.parametrize(
    ("exercise", "answers"),
    [("craving", {"trigger": "rain"}), ("craving", {"strength": None}), ("check-in", {"mood": 2}), ("craving", {})],
)
def test_what_has_no_strength_waits(life: Life, exercise: str, answers: dict[str, Any]) -> None:
    life.begin(exercise, answers, 9)
    save_urges_left_open(Workbook())
    assert not life.entries()
    assert len(life.drafts.all()) == 1


def test_half_typed_words_are_not_lost_for_it(life: Life) -> None:
    draft = life.begin("craving", STRENGTH, 9)
    draft.halves["more"] = "it was the"
    draft.write()
    draft.close()
    save_urges_left_open(Workbook())
    assert not life.entries()
    assert life.drafts.all()[0].halves == {"more": "it was the"}


def test_a_number_that_was_only_lit_does_not_keep_an_urge_from_being_saved(life: Life) -> None:
    draft = life.begin("craving", STRENGTH, 9)
    draft.halves[next(iter(draft.answers))] = 3
    draft.write()
    draft.close()
    save_urges_left_open(Workbook())
    assert len(life.entries()) == 1


def test_a_draft_of_a_newer_version_is_left_to_it(life: Life) -> None:
    life.begin("craving", STRENGTH, 9, unknown={"draft": 1, "unkept": True})
    save_urges_left_open(Workbook())
    assert not life.entries()


@pytest.mark.parametrize(
    ("behaviours", "about", "saved"),
    [
        ([], "", True),
        ([("wine", "alcohol")], "", True),
        ([("cutting", "self-harm")], "", False),
        ([("cutting", "self-harm")], "cutting", False),
        ([("cutting", "self-harm"), ("wine", "alcohol")], "cutting", False),
        ([("cutting", "self-harm"), ("wine", "alcohol")], "", False),
        ([("cutting", "self-harm"), ("wine", "alcohol")], "something new", False),
        ([("cutting", "self-harm"), ("wine", "alcohol")], "Wine", True),
    ],
)
def test_never_one_that_could_be_about_self_harm(
    life: Life, behaviours: list[tuple[str, str]], about: str, saved: bool
) -> None:
    if behaviours:
        life.wants_to_change(*behaviours)
    life.begin("craving", STRENGTH, 9, about=about)
    save_urges_left_open(Workbook())
    assert bool(life.drafts.all()) is not saved
    assert any(entry.exercise == "craving" for entry in life.entries()) is saved


def test_nor_where_self_harm_was_named_once_and_is_no_more(life: Life) -> None:
    life.wants_to_change(("cutting", "self-harm"), days=500)
    life.wants_to_change(("wine", "alcohol"), days=400)
    life.begin("craving", STRENGTH, 9, about="cutting")
    save_urges_left_open(Workbook())
    assert len(life.drafts.all()) == 1


def test_one_open_in_another_window_is_not_taken(life: Life) -> None:
    draft = life.begin("craving", STRENGTH, 9)
    held = life.drafts.take_up(draft.id)
    code = "from smartcli.workbook.settling import save_urges_left_open as s; from smartcli.workbook.workbook import Workbook as W; s(W())"
    environment = children.environment(SMARTCLI_HOME=str(life.home))
    subprocess.run([sys.executable, "-c", code], env=environment, check=True, timeout=60)
    assert not life.entries()
    held.close()
    subprocess.run([sys.executable, "-c", code], env=environment, check=True, timeout=60)
    assert len(life.entries()) == 1


def test_a_crash_between_saving_and_letting_go_makes_no_second_one(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    life.begin("craving", STRENGTH, 9)
    with monkeypatch.context() as patch:
        patch.setattr(Drafts, "drop", lambda drafts, draft: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            save_urges_left_open(Workbook())
    assert len(life.drafts.all()) == 1
    with time_machine.travel(now().replace(minute=59), tick=False):
        save_urges_left_open(Workbook())
    assert len([*life.journal.revisions().values()]) == 1
    assert len(life.journal.revisions()[life.entries()[0].id]) == 1


def test_a_disk_that_refuses_it_leaves_the_draft(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    life.begin("craving", STRENGTH, 9)

    def refuse(journal: Journal, entry: object) -> str:
        raise Trouble("The disk is full.")

    monkeypatch.setattr(Journal, "save", refuse)
    save_urges_left_open(Workbook())
    assert len(life.drafts.all()) == 1


def test_today_says_so_for_a_day_and_it_can_be_taken_out_again(life: Life, run: Run) -> None:
    life.begin("craving", STRENGTH, 9)
    save_urges_left_open(Workbook())
    (head,) = list_saved_today(Workbook())
    assert "You began to note an urge today" in run().stdout
    remark = take_out(Workbook(), [head])
    assert f"smartcli restore {head.entry.id[:6]}" in remark
    assert not life.entries()
    assert not list_saved_today(Workbook())
    assert run("restore", head.entry.id[:6]).exit_code == 0
    assert len(life.entries()) == 1


def test_the_next_urge_saves_the_one_before_and_another_exercise_does_not(life: Life, run: Run) -> None:
    life.begin("craving", STRENGTH, 9)
    run("checkin", "--quick", typed="6\n")
    assert [entry.exercise for entry in life.entries()] == ["check-in"]
    run("do", "craving", "--quick", typed="5\n\n")
    assert sorted(entry.answers["strength"] for entry in life.entries() if entry.exercise == "craving") == [5, 7]
