"""Times in words."""

import os
import time as clocks
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from smartcli import moments
from smartcli.moments import Moment, ago, day_of, lasted, recall, said, stamp
from smartcli.reading_times import NotAMomentError, moment_from_words, period_from_words

SUNDAY = datetime(2026, 11, 22, 21, 30, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture(autouse=True)
def _sunday_evening():
    with time_machine.travel(SUNDAY, tick=False):
        yield


@pytest.mark.parametrize(
    ("words", "stored"),
    [
        ("now", "2026-11-22T21:30:00+00:00"),
        ("today", "2026-11-22"),
        ("yesterday", "2026-11-21"),
        ("Yesterday at 9pm", "2026-11-21T21:00:00+00:00"),
        ("the day before yesterday", "2026-11-20"),
        ("2 hours ago", "2026-11-22T19:30:00+00:00"),
        ("an hour ago", "2026-11-22T20:30:00+00:00"),
        ("half an hour ago", "2026-11-22T21:00:00+00:00"),
        ("3 weeks ago", "2026-11-01"),
        ("-2d", "2026-11-20"),
        ("monday", "2026-11-16"),
        ("last monday", "2026-11-16"),
        ("sunday", "2026-11-22"),
        ("last sunday", "2026-11-15"),
        ("sunday 23:00", "2026-11-15T23:00:00+00:00"),
        ("fri 8pm", "2026-11-20T20:00:00+00:00"),
        ("21:00", "2026-11-22T21:00:00+00:00"),
        ("23:00", "2026-11-21T23:00:00+00:00"),
        ("this morning", "2026-11-22T09:00:00+00:00"),
        ("last night", "2026-11-21T23:00:00+00:00"),
        ("3 nov", "2026-11-03"),
        ("22 december", "2025-12-22"),
        ("2026-11-22", "2026-11-22"),
        ("2026-11-22T21:00", "2026-11-22T21:00:00+00:00"),
        ("2026-11-20 9pm", "2026-11-20T21:00:00+00:00"),
        ("nov 3", "2026-11-03"),
        ("november 3rd, 2025", "2025-11-03"),
        ("26/06/2015", "2015-06-26"),
        ("6/26/2015", "2015-06-26"),
        ("3.4.2026", "2026-04-03"),
        ("5/5/2026", "2026-05-05"),
        ("2015/06/26", "2015-06-26"),
        ("2 days ago 9pm", "2026-11-20T21:00:00+00:00"),
        ("9pm 2 days ago", "2026-11-20T21:00:00+00:00"),
        ("9pm yesterday", "2026-11-21T21:00:00+00:00"),
        ("21:03 on Sun 1 Nov", "2026-11-01T21:03:00+00:00"),
        ("a week ago", "2026-11-15"),
    ],
)
def test_words_name_a_moment_that_is_past(words: str, stored: str) -> None:
    assert moment_from_words(words).stored() == stored


@pytest.mark.parametrize(
    "words",
    ["1", "may", "11/12/2026", "11-12-2026 9pm", "mon 22 nov", "31/13/2015", "nov 31", "xyzzy", "", "this", "in 2 days", "tomorrow", "2026-13-01", "2999-01-01", "9pm9", "25:00",
     "9999 years ago", "99999 weeks ago", "30 february", "0001-01-01T00:00:00+23:00"],
)  # fmt: skip
def test_what_is_ambiguous_unknown_or_still_to_come_is_refused_without_repeating_it(words: str) -> None:
    with pytest.raises(NotAMomentError) as refused:
        moment_from_words(words)
    assert str(refused.value).endswith((".", "?"))
    assert len(words) < 2 or words not in str(refused.value).replace("2026-11-22", "")


@pytest.mark.parametrize(
    ("words", "stored"),
    [("tomorrow", "2026-11-23"), ("sunday", "2026-11-29"), ("friday", "2026-11-27"), ("in 2 weeks", "2026-12-06"),
     ("9am", "2026-11-23T09:00:00+00:00"), ("1 dec", "2026-12-01"), ("1 march", "2027-03-01")],
)  # fmt: skip
def test_looking_ahead_a_name_means_the_next_one(words: str, stored: str) -> None:
    assert moment_from_words(words, ahead=True).stored() == stored


@given(st.text(max_size=30))
def test_any_words_are_read_or_refused(words: str) -> None:
    try:
        found = moment_from_words(words)
    except NotAMomentError:
        return
    assert recall(found.stored()).stored() == found.stored()


FORMS = {
    "a moment": lambda at: said(at),
    "a moment of another year": lambda at: said(at, moments.WITH_YEAR),
    "a day": lambda at: moments.day_said(at.at.date()),
    "a day with its year": lambda at: moments.day_said(at.at.date(), moments.WITH_YEAR),
    "a long day": lambda at: moments.with_time(moments.day_said(at.at.date(), long=True), at),
    "a moment with its day": lambda at: moments.said_of_day(at, day_of(at.at)),
    "a date": lambda at: moments.date_said(at.at.date()),
    "a short date": lambda at: moments.date_short(at.at.date()),
    "a short date with its year": lambda at: moments.date_short(at.at.date(), with_year=True),
    "how long ago": lambda at: ago(at.at.date()),
    "ISO": lambda at: at.stored(),
}


@pytest.mark.parametrize("form", FORMS)
@given(days=st.integers(1, 200), minutes=st.integers(0, 1439))
def test_whatever_form_is_shown_can_be_typed(form: str, days: int, minutes: int) -> None:
    with time_machine.travel(SUNDAY, tick=False):
        day = SUNDAY.date() - timedelta(days=days)
        at = Moment(moments.local_time(day, time(minutes // 60, minutes % 60)))
        shown = FORMS[form](at)
        read = moment_from_words(shown)
        if form == "how long ago" and "week" in shown:
            assert 0 <= (read.at.date() - day).days < 7
        else:
            assert read.at.date() == day
        assert read.whole_day or read.at.replace(tzinfo=None, second=0) == at.at.replace(tzinfo=None, second=0)


@pytest.mark.parametrize("words", ["3/4/2026", "03-04-2026", "3/4/2026 9pm"])
def test_a_date_with_two_readings_is_refused_and_told_so(words: str) -> None:
    with pytest.raises(NotAMomentError, match="two ways"):
        moment_from_words(words)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [("this week", "2026-11-16", "2026-11-22"), ("last week", "2026-11-09", "2026-11-15"), ("last month", "2026-10-01", "2026-10-31"),
     ("this month", "2026-11-01", "2026-11-30"), ("march", "2026-03-01", "2026-03-31"), ("december", "2025-12-01", "2025-12-31"),
     ("In March", "2026-03-01", "2026-03-31"), ("Nov 2025", "2025-11-01", "2025-11-30"), ("2026-02", "2026-02-01", "2026-02-28"),
     ("2025", "2025-01-01", "2025-12-31"), ("last year", "2025-01-01", "2025-12-31")],
)  # fmt: skip
def test_a_period_has_a_first_and_a_last_day(words: str, first: str, last: str) -> None:
    assert period_from_words(words) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(("words", "stored"), [
    ("today", "2026-11-21"), ("yesterday", "2026-11-20"), ("1 day ago", "2026-11-20"), ("saturday", "2026-11-21"), ("sunday", "2026-11-15"),
    ("last saturday", "2026-11-14"), ("this morning", "2026-11-21T09:00:00+00:00"), ("today 9pm", "2026-11-21T21:00:00+00:00"),
    ("today 00:10", "2026-11-22T00:10:00+00:00"), ("yesterday 1am", "2026-11-21T01:00:00+00:00"), ("saturday 11pm", "2026-11-21T23:00:00+00:00"),
    ("00:10", "2026-11-22T00:10:00+00:00"), ("9pm", "2026-11-21T21:00:00+00:00"), ("20 minutes ago", "2026-11-22T00:10:00+00:00"),
    ("22 nov", "2026-11-22"), ("2026-11-22", "2026-11-22"), ("now", "2026-11-22T00:30:00+00:00"),
])  # fmt: skip
def test_after_midnight_day_words_count_from_the_persons_day_and_clock_words_from_the_clock(
    words: str, stored: str
) -> None:
    with time_machine.travel(SUNDAY.replace(hour=0, minute=30), tick=False):
        assert moment_from_words(words).stored() == stored


@pytest.mark.skipif(os.name != "posix", reason="Windows takes its time zone from no variable")
@pytest.mark.parametrize(
    ("skipped", "kept"),
    [
        ("2026-03-29T02:30", "03:30"),
        ("29 march 2026 2:00", "03:00"),
        ("29 march 2026 01:59", "01:59"),
        ("29 march 2026 3am", "03:00"),
    ],
)
def test_a_time_that_the_clocks_skip_moves_forward(monkeypatch: pytest.MonkeyPatch, skipped: str, kept: str) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    clocks.tzset()
    try:
        assert moments.clock_said(moment_from_words(skipped)) == kept
    finally:
        monkeypatch.undo()
        clocks.tzset()


def test_a_day_lasts_until_four_in_the_morning() -> None:
    early = datetime(2026, 11, 22, 3, 59).astimezone()
    assert day_of(early) == date(2026, 11, 21)
    assert day_of(early.replace(hour=4, minute=0)) == date(2026, 11, 22)
    assert day_of(early, time(0)) == date(2026, 11, 22)
    assert Moment(early, whole_day=True).day() == date(2026, 11, 22)


def test_the_hour_that_comes_twice_has_two_moments_and_one_day() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    first, second = (datetime(2026, 10, 25, 2, 30, tzinfo=berlin, fold=fold) for fold in (0, 1))
    assert stamp(first) != stamp(second)
    assert day_of(first) == day_of(second) == date(2026, 10, 24)


def test_moments_read_as_speech() -> None:
    today = date(2026, 11, 22)
    assert said(recall("2026-11-21T21:00:00+00:00"), today) == "Sat 21 Nov, 21:00"
    assert said(recall("2025-11-21"), today) == "Fri 21 Nov 2025"
    assert [ago(date(2026, 11, day), today) for day in (22, 21, 15, 1)] == [
        "today",
        "yesterday",
        "7 days ago",
        "3 weeks ago",
    ]
    assert ago(date(2025, 1, 2), today) == "on 2 January 2025"
    assert [lasted(seconds) for seconds in (0, 40, 60, 360, 7200)] == [
        "a moment", "40 seconds", "1 minute", "6 minutes", "2 hours"
    ]  # fmt: skip


def test_the_clock_is_read_with_its_offset() -> None:
    assert moments.now().tzinfo is not None


def test_a_time_to_come_is_helped_with_times_to_come() -> None:
    with pytest.raises(NotAMomentError, match="tomorrow"):
        moment_from_words("whenever", ahead=True)


@pytest.mark.parametrize("days", [0, 1, 2, 6, 7, 13, 14, 80])
def test_after_midnight_no_near_day_is_called_what_the_calendar_calls_another(days: int) -> None:
    with time_machine.travel(SUNDAY.replace(hour=0, minute=2), tick=False):
        day = date(2026, 11, 21) - timedelta(days=days)  # Saturday lasts until four
        said_so = ago(day)
        assert said_so not in ("today", "yesterday")
        read = moment_from_words(said_so).at.date()
        assert read == day if "week" not in said_so else 0 <= (read - day).days < 7
    with time_machine.travel(SUNDAY.replace(hour=5), tick=False):
        assert ago(date(2026, 11, 22)) == "today"
        assert ago(date(2026, 11, 21)) == "yesterday"


def test_the_night_that_is_over_is_last_night() -> None:
    assert moments.ago_at(SUNDAY.replace(hour=2)) == "last night"  # before four: Saturday's
    assert moments.ago_at(SUNDAY.replace(hour=4)) == "today"
    assert moments.ago_at(SUNDAY.replace(day=21, hour=23)) == "yesterday"
    assert moment_from_words("last night").day() == date(2026, 11, 21)


@pytest.mark.parametrize(("moment", "below", "in_full"), [
    ("2026-11-21T23:58:00+00:00", "23:58", "Saturday 21 November, 23:58"),
    ("2026-11-22T00:02:00+00:00", "00:02 Sun", "Sunday 22 November, 00:02 (counted as Saturday)"),
    ("2026-11-21T20:00:00+09:00", "20:00 UTC+9", "Saturday 21 November, 20:00 UTC+9"),
    ("2026-11-21T20:00:00-03:30", "20:00 UTC-3:30", "Saturday 21 November, 20:00 UTC-3:30"),
    ("2026-07-22T01:00:00+00:00", "01:00 Wed UTC", "Wednesday 22 July, 01:00 UTC (counted as Tuesday)"),
    ("2026-07-21T20:00:00+01:00", "20:00", "Tuesday 21 July, 20:00"),
    ("2026-11-21", "", "Saturday 21 November"),
])  # fmt: skip
def test_a_time_says_its_zone_and_its_day_where_they_are_not_those_of_here(
    monkeypatch: pytest.MonkeyPatch, moment: str, below: str, in_full: str
) -> None:
    monkeypatch.setenv("TZ", "Europe/London")
    clocks.tzset()
    try:
        with time_machine.travel(SUNDAY, tick=False):
            at = recall(moment)
            assert moments.clock_below(at.day(), at) == below
            assert moments.said_of_day(at, at.day()) == in_full
            assert moment_from_words(in_full) == at
            assert moments.clock_below(at.day(), at._replace(has_zone=False)) == below.partition(" UTC")[0]
    finally:
        monkeypatch.undo()
        clocks.tzset()


@pytest.mark.parametrize("words", ["21:03 utc+9", "utc+9", "sun 1 nov 21:03 utc+25", "1 nov utc+1", "utc"])
def test_a_zone_without_a_day_and_a_time_is_refused(words: str) -> None:
    with pytest.raises(NotAMomentError):
        moment_from_words(words)
