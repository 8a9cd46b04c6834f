"""What lies ahead as a calendar, read by a well-kept reader."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smartcli.entries.entry import Entry
from smartcli.exchange.as_ics import calendar, escape_ics_text, fold_ics_line
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


def events(made: list[Entry]) -> list[Any]:
    text = "".join(calendar(made, NOW))
    assert all(line.endswith("\r") for line in text.split("\n")[:-1])
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    read = icalendar.Calendar.from_ical(text)
    assert not read.errors
    return [*read.walk("VEVENT")]


def test_steps_with_a_day_and_the_days_of_the_week_plan_are_in_it() -> None:
    found = events([entry(CATALOG.find("week-plan"), WEEK), entry(CATALOG.find("goals"), GOAL)])
    told = {(str(one["DESCRIPTION"]), one["DTSTART"].dt) for one in found if "RRULE" not in one}
    assert ("find my things; all, of them", date(2026, 11, 24)) in told
    assert ("ring the pool", datetime(2026, 11, 25, 16, tzinfo=UTC)) in told
    days = {start for words, start in told if "work" in words or "swim" in words}
    assert days == {date(2026, 11, 23), date(2026, 11, 27)}
    assert len(told) == 4


def test_titles_tell_nothing() -> None:
    found = events([entry(CATALOG.find("week-plan"), WEEK, "drinking"), entry(CATALOG.find("goals"), GOAL, "drinking")])
    assert {str(one["SUMMARY"]) for one in found} == {"A small step", "My day", "A minute for myself"}
    assert "drinking" not in "".join(str(one) for one in found)


def test_only_the_newest_week_plan_is_in_it() -> None:
    plan = CATALOG.find("week-plan")
    found = events([entry(plan, WEEK, day=22), entry(plan, WEEK, day=11)])
    assert [one["DTSTART"].dt for one in found if str(one["SUMMARY"]) == "My day"] == [
        date(2026, 11, 23),
        date(2026, 11, 27),
    ]


def test_the_daily_minute_rings_in_local_time_every_day() -> None:
    [one] = events([])
    assert one["RRULE"]["FREQ"] == ["DAILY"]
    assert one["DTSTART"].dt == datetime(2026, 11, 22, 20, 0)
    assert one.walk("VALARM")[0]["TRIGGER"].dt == timedelta(0)


def test_the_same_things_have_the_same_uids_in_every_export_and_each_its_own() -> None:
    made = [entry(CATALOG.find("week-plan"), WEEK), entry(CATALOG.find("goals"), GOAL)]
    first, second = ([str(one["UID"]) for one in events(made)] for _ in range(2))
    assert first == second
    assert len({*first}) == len(first)


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
    [told] = [one for one in events([newest, older]) if "RRULE" not in one]
    assert told["DTSTART"].dt == date(2026, 12, 9)
    assert not {"trial", "betting", "break"} & set(str(told["SUMMARY"]).casefold().split())
    assert len(events([made("2026-12-09", 22, decision="keep"), older])) == 1
