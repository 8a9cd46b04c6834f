"""What Today brings back: a step, a line for this hour, the week, a good line of a year ago; and what it never does."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine

from smartcli.blocks import Words
from smartcli.content import catalog
from smartcli.moments import day_of, now
from smartcli.pages.today import Place
from smartcli.workbook import today_menu
from smartcli.workbook.sessions import fill_in_later
from smartcli.workbook.today import gather_today
from smartcli.workbook.unfinished import list_waiting
from smartcli.workbook.workbook import Workbook
from smartcli.workbook.year_ago import note_year_ago
from tests.conftest import Run
from tests.support.asking import plain
from tests.workbook.conftest import Menu
from tests.workbook.remembering import Life, at


@pytest.fixture
def life(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Life:
    made = Life(tmp_path, home)
    monkeypatch.setattr(catalog, "built_in", lambda: made.catalog.folder)
    return made


def days_later(days: int) -> time_machine.travel:
    return time_machine.travel(now() + timedelta(days=days), tick=False)


def sentences(place: Place) -> list[str]:
    """Return what Today says in one place."""
    return [
        block.text
        for part in gather_today().parts()
        if part.place is place
        for block in part.blocks
        if isinstance(block, Words)
    ]


def rows() -> list[str]:
    """Return the rows of Today's menu."""
    return [item.words for item in today_menu._items(gather_today())]


def lit() -> str:
    today = gather_today()
    return today_menu._lit(today, today_menu._items(today))


# --- the step


def test_yesterdays_step_comes_back_and_is_answered_as_a_new_revision(life: Life, menu: Menu) -> None:
    life.keep("check-in", {"mood": 5, "next": "call the dentist"}, days=1)
    shown = menu("Say how the step went", "Done", "Leave")
    assert "You planned this yesterday: call the dentist" in shown
    assert "You did what you planned. Saved." in shown
    (entry,) = life.entries()
    assert (entry.first("step.done"), len(entry.parents), life.drafts.all()) == ("done", 1, [])
    assert not gather_today().step


def test_a_step_is_not_asked_about_on_its_own_day(life: Life) -> None:
    life.keep("check-in", {"mood": 5, "next": "call the dentist"})
    assert not sentences(Place.STEP)
    assert not [*list_waiting(Workbook())]


def test_not_yet_keeps_it_open_for_tomorrow_and_asks_no_more_today(life: Life, menu: Menu) -> None:
    life.keep("check-in", {"mood": 5, "next": "call the dentist"}, days=1)
    menu("Say how the step went", "Not yet", "Leave")
    assert not gather_today().step
    with days_later(1):
        assert sentences(Place.STEP) == ["You planned this 2 days ago: call the dentist"]
        menu("Say how the step went", "Not yet", "Leave")
        assert life.journal.revisions()[life.entries()[0].id].__len__() == 2  # the same answer needs no revision
    with days_later(2):
        menu("Say how the step went", "Let it go", "Leave")
        assert life.entries()[0].first("step.done") == "let-go"
        assert not gather_today().step


@pytest.mark.parametrize(("days", "asked"), [(14, True), (15, False)])
def test_after_two_weeks_a_step_rests_by_itself(life: Life, days: int, asked: bool) -> None:
    life.keep("check-in", {"mood": 5, "next": "call the dentist"}, days=days)
    assert bool(gather_today().step) is asked
    assert bool([*list_waiting(Workbook())]) is asked


def test_only_the_newest_step_is_asked_about_and_one_a_day(life: Life, menu: Menu) -> None:
    life.keep("check-in", {"mood": 5, "next": "older"}, days=3)
    life.keep("check-in", {"mood": 5, "next": "newer"}, days=1)
    assert sentences(Place.STEP) == ["You planned this yesterday: newer"]
    menu("Say how the step went", "Done", "Leave")
    assert not gather_today().step
    with days_later(1):
        assert sentences(Place.STEP) == ["You planned this 4 days ago: older"]


def test_a_step_stands_in_later_too_but_once_on_today(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    life.keep("check-in", {"mood": 5, "next": "call the dentist"}, days=1)
    today = gather_today()
    assert today.step
    assert not today.waiting
    asker, out = plain("Not yet", "")
    monkeypatch.setattr(Workbook, "asker", asker)
    fill_in_later(Workbook(), None)
    assert "call the dentist" in out.getvalue()
    assert life.entries()[0].first("step.done") == "not-yet"
    assert not gather_today().step  # `later` asked about it today


def test_going_back_from_the_step_answers_nothing(life: Life, menu: Menu) -> None:
    life.keep("check-in", {"mood": 5, "next": "call the dentist"}, days=1)
    menu("Say how the step went", "<", "Leave")
    assert gather_today().step
    assert not life.entries()[0].parents


def test_a_step_of_a_self_harm_entry_is_never_asked_about(life: Life) -> None:
    life.wants_to_change(("cutting", "self-harm"), ("wine", "alcohol"))
    life.keep("slip", {"step": "text Jo"}, days=1, about="cutting")
    assert not gather_today().step
    assert not [*list_waiting(Workbook())]
    life.keep("slip", {"state": "over", "step": "ring Sam"}, days=1, about="wine")
    assert sentences(Place.STEP) == ["You planned this yesterday: ring Sam"]


# --- a line for this hour


def test_a_plan_for_what_comes_at_this_hour_comes_before_a_reason(life: Life) -> None:
    life.wants_to_change(("wine", "alcohol"))
    plans = [{"when": "row", "then": "go for a walk"}, {"when": "rain", "then": "read a book"}]
    life.keep("mine", {"plans": plans, "reasons": ["Mornings"]}, days=9, about="wine")
    assert sentences(Place.OWN_LINE) == ["You gave this reason to change: Mornings"]
    life.keep("craving", {"strength": 6, "trigger": "rain"}, days=2, about="wine", hour=(now().hour + 12) % 24)
    assert sentences(Place.OWN_LINE) == ["You gave this reason to change: Mornings"]
    life.keep("craving", {"strength": 6, "trigger": "rain"}, days=2, about="wine", hour=now().hour)
    assert sentences(Place.OWN_LINE) == ["Your plan for this time of day: read a book"]


def test_without_a_plan_or_reason_it_is_the_refusal_line(life: Life) -> None:
    life.keep("mine", {"line": "Not tonight"}, days=9)
    assert sentences(Place.OWN_LINE) == ["What you decided to tell an urge: Not tonight"]


def test_another_line_stands_there_each_day_and_the_same_all_day(life: Life) -> None:
    life.keep("mine", {"reasons": ["one", "two", "three"]}, days=9)
    shown = []
    for days in range(3):
        with days_later(days):
            assert sentences(Place.OWN_LINE) == sentences(Place.OWN_LINE)
            shown += sentences(Place.OWN_LINE)
    assert len(set(shown)) == 3


def test_no_line_is_taken_that_is_or_may_be_about_self_harm(life: Life) -> None:
    life.wants_to_change(("cutting", "self-harm"), ("wine", "alcohol"))
    life.keep("mine", {"reasons": ["SCARS"], "line": "STOP"}, days=3, about="cutting")
    life.keep("mine", {"reasons": ["UNNAMED"], "line": "WHAT"}, days=3)
    assert not sentences(Place.OWN_LINE)
    life.keep("mine", {"reasons": ["Mornings"]}, days=9, about="wine")
    assert sentences(Place.OWN_LINE) == ["You gave this reason to change: Mornings"]


def test_no_line_is_taken_of_a_behaviour_that_is_no_longer_named(life: Life) -> None:
    life.wants_to_change(("wine", "alcohol"))
    life.keep("mine", {"reasons": ["Lungs"]}, days=3, about="smoking")
    assert not sentences(Place.OWN_LINE)


# --- the week, and what was done today


def test_the_week_is_marks_with_a_sentence_and_days_left_out_are_nothing(life: Life) -> None:
    for days in (0, 2, 6, 7):
        life.keep("check-in", {"mood": 5}, days=days)
    week = [day_of(now()) - timedelta(days=days) for days in reversed(range(7))]
    assert sentences(Place.WEEK_IN_WORDS) == [f"You wrote something on {week[0]:%A} and {week[4]:%A}, and today."]
    (marks,) = [part.blocks[0] for part in gather_today().parts(width=38) if part.place is Place.WEEK]
    shown = [f"{f'{day:%a}'[:2]} {'●' if day in (week[0], week[4], week[6]) else '·'}" for day in week]
    assert marks == Words(" ".join(shown))
    with days_later(20):
        assert not sentences(Place.WEEK_IN_WORDS)


def test_nothing_about_self_harm_is_marked_or_listed(life: Life) -> None:
    life.wants_to_change(("cutting", "self-harm"))
    life.keep("craving", {"strength": 6}, about="cutting")
    life.keep("slip", {"held": "x"}, days=2, about="cutting")
    life.keep("craving", {"strength": 6}, days=1)
    assert not sentences(Place.WEEK_IN_WORDS)
    assert not sentences(Place.DONE)


def test_what_was_done_today_is_said_and_the_check_in_is_then_not_lit(life: Life) -> None:
    life.keep("check-in", {"mood": 5}, days=1)
    assert lit() == "check-in"
    life.keep("check-in", {"mood": 5}, hour=9)
    life.keep("craving", {"strength": 6}, hour=10)
    life.keep("check-in", {"mood": 7}, hour=11)
    assert sentences(Place.DONE) == ["Done today: Check-in and Craving."]
    assert rows()[:2] == ["Check in again", "I have an urge"]
    assert lit() == "do"
    life.keep("check-in", {"mood": 5, "next": "rest"}, days=2)
    assert lit() == "step"


# --- drafts


def test_every_draft_is_counted_and_can_be_reached(life: Life, menu: Menu) -> None:
    for hours in (1, 2, 30):
        life.begin("check-in", {"mood": 5}, hours)
    assert sentences(Place.UNFINISHED) == ["Unfinished: Check-in (1 of 3 questions), started today. There are 2 more."]
    assert "Continue another exercise (2)" in rows()
    shown = menu("Continue another exercise (2)", "2", "Walked", "Rest", "", "Leave")
    assert "Which exercise would you like to continue?" in shown
    assert [entry.first("good") for entry in life.entries()] == ["Walked"]
    assert len(life.drafts.all()) == 2


# --- a quick entry is filled in


def test_a_quick_entry_is_filled_in_and_only_what_was_left_out_is_asked(life: Life, menu: Menu) -> None:
    life.keep("check-in", {"mood": 5}, days=1, quick=True)
    life.keep("check-in", {"mood": 6}, days=1)
    shown = menu("Add to yesterday's entry: Check-in", "Walked", "", "", "Leave")
    assert "Mood?" not in shown.partition("Good?")[0].partition("questions.")[2]
    newest = next(entry for entry in life.entries() if entry.first("good"))
    assert (newest.first("mood"), newest.first("good"), newest.quick, len(newest.parents)) == (5, "Walked", False, 1)
    assert not gather_today().quick


def test_one_that_was_passed_over_is_not_offered_again(life: Life, menu: Menu) -> None:
    life.keep("check-in", {"mood": 5}, days=1, quick=True)
    menu("Add to yesterday's entry: Check-in", "", "", "", "Leave")
    assert not gather_today().quick
    (entry,) = life.entries()
    assert not entry.parents


@pytest.mark.parametrize(("days", "offered"), [(0, True), (1, True), (2, False)])
def test_it_is_offered_on_its_own_day_and_the_next(life: Life, days: int, offered: bool) -> None:
    life.keep("check-in", {"mood": 5}, days=days, quick=True)
    assert bool(gather_today().quick) is offered


def test_an_urge_is_filled_in_without_its_help_for_the_moment_but_with_its_safety(life: Life, menu: Menu) -> None:
    life.wants_to_change(("wine", "alcohol"))
    life.keep("craving", {"strength": 6}, days=1, about="wine", quick=True)
    shown = menu("Add to yesterday's entry: Craving", "Rain", "yes", "", "", "Leave")
    assert "Breathe?" not in shown
    assert "After?" not in shown
    assert "Please do not drive." in shown


def test_a_quick_entry_about_self_harm_is_never_offered(life: Life) -> None:
    life.wants_to_change(("cutting", "self-harm"))
    life.keep("craving", {"strength": 6}, days=1, about="cutting", quick=True)
    life.keep("craving", {"strength": 6}, days=1, quick=True)
    assert not gather_today().quick


def test_one_whose_filling_in_is_begun_stands_among_what_is_unfinished(life: Life, menu: Menu) -> None:
    life.keep("check-in", {"mood": 5}, days=1, quick=True)
    menu("Add to yesterday's entry: Check-in", "Walked", "!", "Leave")
    today = gather_today()
    assert not today.quick
    assert [unfinished.title for unfinished in today.unfinished] == ["Check-in"]
    menu("Continue: Check-in", "", "", "Leave")
    assert life.entries()[0].first("good") == "Walked"


def test_a_quick_sitting_leaves_an_entry_that_says_so(life: Life, run: Run) -> None:
    run("checkin", "--quick", typed="6\n")
    run("checkin", typed="6\n\n\n\n")
    assert sorted(entry.quick for entry in life.entries()) == [False, True]


# --- a year ago


def a_year_ago(life: Life, days: int = 0, years: int = 1) -> date:
    return life.today.replace(year=life.today.year - years) + timedelta(days=days)


@pytest.mark.parametrize(("days", "shown"), [(-4, False), (-3, True), (3, True), (4, False)])
def test_a_good_line_of_a_year_ago_comes_back(life: Life, days: int, shown: bool) -> None:
    life.keep_at("check-in", {"mood": 7, "good": "the heron"}, at(a_year_ago(life, days)))
    assert sentences(Place.YEAR_AGO) == (["About a year ago you wrote: the heron"] if shown else [])


def test_else_one_of_two_years_ago(life: Life) -> None:
    life.keep_at("check-in", {"mood": 7, "good": "the heron"}, at(a_year_ago(life, 1, years=2)))
    assert sentences(Place.YEAR_AGO) == ["About two years ago you wrote: the heron"]


def test_it_comes_once_a_week_and_the_note_of_it_has_no_words(life: Life, menu: Menu) -> None:
    for days in range(9):
        life.keep_at("check-in", {"mood": 7, "good": "the heron"}, at(a_year_ago(life, days)))
    assert sentences(Place.YEAR_AGO)
    note_year_ago(Workbook())
    assert sentences(Place.YEAR_AGO)  # all day
    for days in range(1, 9):
        with days_later(days):
            assert bool(sentences(Place.YEAR_AGO)) is (days >= 7)
    assert "heron" not in (life.home / "state" / "resting.json").read_text()


def test_showing_it_on_a_terminal_is_what_counts(life: Life, menu: Menu) -> None:
    life.keep_at("check-in", {"mood": 7, "good": "the heron"}, at(a_year_ago(life)))
    assert "the heron" in menu("Leave")
    with days_later(3):
        life.keep_at("check-in", {"mood": 7, "good": "the hare"}, at(a_year_ago(life)))
        assert "you wrote" not in menu("Leave")


@pytest.mark.parametrize(
    ("exercise", "answers", "about"),
    [
        ("slip", {"state": "over", "held": "x"}, "wine"),
        ("craving", {"strength": 8, "acted": True}, "wine"),
        ("check-in", {"mood": 3, "good": "x"}, None),
        ("craving", {"strength": 8}, "cutting"),
    ],
)
def test_a_hard_day_is_left_where_it_is(
    life: Life, exercise: str, answers: dict[str, object], about: str | None
) -> None:
    life.wants_to_change(("wine", "alcohol"), ("cutting", "self-harm"))
    life.keep_at("mine", {"reasons": ["Mornings"]}, at(a_year_ago(life), 9), about="wine")
    assert sentences(Place.YEAR_AGO) == ["About a year ago you wrote: Mornings"]
    life.keep_at(exercise, answers, at(a_year_ago(life)), about=about)
    assert not sentences(Place.YEAR_AGO)


def test_no_good_line_may_be_about_self_harm(life: Life) -> None:
    life.wants_to_change(("wine", "alcohol"), ("cutting", "self-harm"))
    life.keep_at("mine", {"reasons": ["x"]}, at(a_year_ago(life)), about="cutting")
    life.keep_at("mine", {"reasons": ["x"]}, at(a_year_ago(life)))
    assert not sentences(Place.YEAR_AGO)


# --- where it goes


def test_off_a_terminal_there_are_counts_and_titles_and_no_word_of_theirs(life: Life, run: Run) -> None:
    life.keep("check-in", {"mood": 5, "next": "DENTIST"}, days=1)
    life.keep("check-in", {"mood": 5})
    life.keep("mine", {"reasons": ["MORNINGS"]}, days=9)
    life.keep_at("check-in", {"mood": 7, "good": "HERON"}, at(a_year_ago(life)))
    life.begin("check-in", {"mood": 5}, 1)
    done = run()
    assert done.exit_code == 0
    for words in ("DENTIST", "MORNINGS", "HERON"):
        assert words not in done.stdout
    assert "You planned a small step." in done.stdout
    assert "Unfinished: Check-in (1 of 3 questions), started today." in done.stdout
    assert "Done today: Check-in." in done.stdout
    assert not (life.home / "state" / "resting.json").exists()


def test_a_newcomer_sees_a_greeting_and_no_empty_week(life: Life) -> None:
    assert [part.place for part in gather_today().parts(width=38)] == [Place.GREETING]
    assert lit() == "check-in"
