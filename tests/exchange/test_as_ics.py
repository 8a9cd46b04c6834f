"""What lies ahead as a calendar, read by a well-kept reader."""

import re
import time as time_of_system
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import icalendar
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smartcli.entries.entry import Entry
from smartcli.exchange.as_ics import Calendar, Reminder, escape_ics_text, fold_ics_line
from smartcli.words import visible
from tests.support.asking import entry
from tests.support.made import CATALOG

NOW = datetime(2026, 11, 22, 21, 0, tzinfo=UTC)
GOAL = {"goal": "swim", "by": "2026-12-20", "steps": [
    {"step": "find my things; all, of them", "due": "2026-11-24"},
    {"step": "ring the pool", "due": "2026-11-25T18:00:00+02:00"},
    {"step": "done already", "due": "2026-11-21", "done": True},
    {"step": "some day"},
]}  # fmt: skip
WEEK = {
    "days": [
        {"day": "Monday", "plan": "work"},
        {"day": "Friday", "risky": ["evening"], "instead": "six o'clock: swim"},
        {"day": "Sunday"},
    ]
}


def new(*, with_words: bool = True, alarm: time | None = None, reminder: Reminder | None = None) -> Calendar:
    return Calendar(NOW, "journal-id", reminder, alarm, with_words)


def read(made: list[Entry], calendar: Calendar) -> Any:
    text = "".join(calendar.pieces(made))
    assert all(line.endswith("\r") for line in text.split("\n")[:-1])
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    found = icalendar.Calendar.from_ical(text)
    assert not found.errors
    return found


def events(made: list[Entry], calendar: Calendar | None = None) -> list[Any]:
    return [*read(made, calendar or new()).walk("VEVENT")]


def test_steps_with_a_day_and_the_days_of_the_week_plan_are_in_it() -> None:
    found = events([entry(CATALOG.find("week-plan"), WEEK), entry(CATALOG.find("goals"), GOAL)])
    told = {(str(one["DESCRIPTION"]), one["DTSTART"].dt) for one in found}
    assert ("find my things; all, of them", date(2026, 11, 24)) in told
    assert ("ring the pool", datetime(2026, 11, 25, 16, tzinfo=UTC)) in told
    days = {start for words, start in told if "work" in words or "swim" in words}
    assert days == {date(2026, 11, 23), date(2026, 11, 27)}
    assert len(told) == 4


DAILY = Reminder(time(7, 30), "Water; the plants")
PLANS = [entry(CATALOG.find("week-plan"), WEEK, "drinking"), entry(CATALOG.find("goals"), GOAL, "drinking")]


def test_titles_tell_nothing() -> None:
    found = events(PLANS)
    assert {str(one["SUMMARY"]) for one in found} == {"A small step", "My day"}
    assert "drinking" not in "".join(str(one) for one in found)


def test_without_words_nothing_of_what_the_person_wrote_is_in_it_nor_the_programs_name() -> None:
    trial = CATALOG.find("trial")
    opened = {"withdrawal": ["none"], "medicine": "no", "kind": "break", "find-out": "whether", "review": "2026-12-09"}
    made = [*PLANS, entry(trial, opened, "drinking")]
    text = "".join(new(with_words=False, alarm=time(9), reminder=DAILY).pieces(made))
    assert len(events(made)) == 5, "the same with words"
    assert text.count("BEGIN:VEVENT") == 6
    bare = text.replace("\r\n ", "").casefold()
    for told in ("find my things", "pool", "work", "swim", "drinking", "whether", "smart", "urge", "check-in"):
        assert told not in bare


def test_of_the_same_plan_only_the_words_differ() -> None:
    def without_words(one: Any) -> dict[str, str]:
        return {name: str(value) for name, value in one.items() if name != "DESCRIPTION"}

    both = (events(PLANS, new(with_words=chosen)) for chosen in (True, False))
    first, second = ([without_words(one) for one in found] for found in both)
    assert first == second


def test_it_is_named_for_calendars_that_name_their_own() -> None:
    assert str(read([], new())["X-WR-CALNAME"]) == "My plans"


@pytest.mark.parametrize("clock", [time(0), time(9, 5), time(23, 59)])
def test_with_an_alarm_a_day_rings_at_that_hour_and_a_time_at_itself(clock: time) -> None:
    found = events(PLANS, new(alarm=clock))
    assert len(found) == 4
    for one in found:
        [alarm] = one.walk("VALARM")
        start, after = one["DTSTART"].dt, alarm["TRIGGER"].dt
        if isinstance(start, datetime):
            assert after == timedelta(0)
        else:
            assert datetime.combine(start, time()) + after == datetime.combine(start, clock)
        assert str(alarm["DESCRIPTION"]) == str(one["SUMMARY"])


@pytest.mark.skipif(not hasattr(time_of_system, "tzset"), reason="the time zone cannot be set here")
@pytest.mark.parametrize(("day", "hours"), [("2027-03-27", 9), ("2027-03-28", 8), ("2026-10-25", 10)])
def test_where_the_clocks_are_changed_that_night_it_rings_at_that_hour_all_the_same(
    monkeypatch: pytest.MonkeyPatch, day: str, hours: int
) -> None:
    plan = entry(CATALOG.find("goals"), {"goal": "swim", "steps": [{"step": "go", "due": day}]}, day=22)
    monkeypatch.setattr(f"{__name__}.NOW", datetime(2026, 10, 1, 12, tzinfo=UTC))
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "Europe/Berlin")
        time_of_system.tzset()
        [step] = events([plan], new(alarm=time(9)))
    time_of_system.tzset()
    [alarm] = step.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(hours=hours)


def test_without_one_nothing_rings() -> None:
    assert not [alarm for one in events(PLANS) for alarm in one.walk("VALARM")]


def test_what_is_over_is_left_out_and_counted_and_today_is_not_over() -> None:
    steps = [
        *({"step": "over", "due": due} for due in ("2026-11-21", "2020-01-01", "2026-11-21T23:59:00+00:00")),
        *({"step": "ahead", "due": due} for due in ("2026-11-22", "2026-11-22T06:00:00+00:00", "2026-11-23")),
        {"step": "over and done", "due": "2026-11-21", "done": True},
    ]
    calendar = new()
    made = [
        entry(CATALOG.find("goals"), {"goal": "x", "steps": steps[part : part + 4]}, day=22 - part) for part in (0, 4)
    ]
    found = events(made, calendar)
    assert [str(one["DESCRIPTION"]) for one in found] == ["ahead"] * 3
    assert calendar.passed == 3


def test_days_of_a_week_plan_that_are_over_are_left_out() -> None:
    old = entry(CATALOG.find("week-plan"), WEEK, day=11)
    calendar = new()
    assert events([old], calendar) == []
    assert calendar.passed == 0, "nobody is told: a day that is over asks for nothing more"


def test_only_the_newest_week_plan_is_in_it() -> None:
    plan = CATALOG.find("week-plan")
    found = events([entry(plan, WEEK, day=22), entry(plan, WEEK, day=21)])
    assert [one["DTSTART"].dt for one in found if str(one["SUMMARY"]) == "My day"] == [
        date(2026, 11, 23),
        date(2026, 11, 27),
    ]


@pytest.mark.parametrize(("clock", "first"), [(time(7, 30), 23), (time(20, 59), 23), (time(21), 22), (time(23), 22)])
def test_the_reminder_rings_in_local_time_every_day_for_a_year_and_never_in_the_past(clock: time, first: int) -> None:
    [one] = events([], new(reminder=Reminder(clock, "Water; the plants")))
    assert one["RRULE"] == {"FREQ": ["DAILY"], "COUNT": [365]}
    assert one["DTSTART"].dt == datetime.combine(date(2026, 11, first), clock)
    assert one.walk("VALARM")[0]["TRIGGER"].dt == timedelta(0)
    assert str(one["SUMMARY"]) == str(one.walk("VALARM")[0]["DESCRIPTION"]) == "Water; the plants"


def uids(made: list[Entry], calendar: Calendar) -> list[str]:
    return [str(one["UID"]) for one in events(made, calendar)]


def test_the_same_things_have_the_same_uids_in_every_export_and_each_its_own() -> None:
    first = uids(PLANS, new(reminder=DAILY))
    later = Calendar(NOW + timedelta(hours=1), "journal-id", Reminder(time(9), "other"), time(8), with_words=False)
    assert uids(PLANS, later) == first
    assert len({*first}) == len(first)


def test_a_uid_is_that_of_any_calendar_and_two_journals_share_none() -> None:
    mine, theirs = (uids([], Calendar(NOW, journal, DAILY)) for journal in ("mine", "theirs"))
    assert mine != theirs
    for uid in uids(PLANS, new(reminder=DAILY)):
        assert str(UUID(uid)) == uid
        assert UUID(uid).version == 4


@example("wine; beer, or both")
@example("\\;\n\\,")
@given(st.text())
def test_words_come_back_from_the_reader_as_they_are_shown(words: str) -> None:
    text = f"BEGIN:VEVENT\r\n{fold_ics_line('DESCRIPTION:' + escape_ics_text(words))}\r\nEND:VEVENT\r\n"
    assert str(icalendar.Event.from_ical(text)["DESCRIPTION"]) == visible(words)
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", escape_ics_text(words)), "the reader forgives what the RFC does not"


@pytest.mark.parametrize(
    ("words", "escaped"),
    [
        ("ring; then go", r"ring\; then go"),
        ("wine, beer", r"wine\, beer"),
        ("a\\b", r"a\\b"),
        (r"a\n", r"a\\n"),
        ("one\ntwo", r"one\ntwo"),
        (r"\;,", r"\\\;\,"),
        ('colon: "as it is"', 'colon: "as it is"'),
        ("\x07\x1b", "\u2407\u241b"),
    ],
)
def test_each_sign_that_means_something_in_a_calendar_is_escaped(words: str, escaped: str) -> None:
    assert escape_ics_text(words) == escaped


@given(st.text(min_size=40))
def test_no_line_is_longer_than_75_octets_and_no_character_is_cut(words: str) -> None:
    folded = fold_ics_line(words.replace("\r", "").replace("\n", ""))
    assert all(len(part.encode()) <= 75 for part in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == words.replace("\r", "").replace("\n", "")


def test_the_day_to_look_back_on_a_trial_is_in_it_until_it_is_decided_and_only_of_the_newest() -> None:
    trial = CATALOG.find("trial")
    opened = {"withdrawal": ["none"], "medicine": "no", "kind": "break", "find-out": "whether I sleep"}

    def made(review: str, day: int, **more: Any) -> Entry:
        return entry(trial, {**opened, "review": review, **more}, "betting", day=day)

    newest, older = made("2026-12-09", 22), made("2026-12-01", 11)
    [told] = events([newest, older])
    assert told["DTSTART"].dt == date(2026, 12, 9)
    assert not {"trial", "betting", "break"} & set(str(told["SUMMARY"]).casefold().split())
    assert events([made("2026-12-09", 22, decision="keep"), older]) == []
