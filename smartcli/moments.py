"""Moments: a time and how much of it is known, the person's day, and both in words.

Reading a moment from words is the business of `reading_times`.
"""

import time as clocks
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import NamedTuple, Self

from smartcli.language import N_, _, ngettext

# As they are read, and as they stand in exercise files: always in English.
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
# As they are said.
_WEEKDAYS = (
    *(N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday")),
)
_WEEKDAYS_IN_TWO_LETTERS = (N_("Mo"), N_("Tu"), N_("We"), N_("Th"), N_("Fr"), N_("Sa"), N_("Su"))
_WEEKDAYS_SHORT = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_MONTH_NAMES = (
    *(N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June")),
    *(N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December")),
)
_MONTHS_SHORT = (
    *(N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun")),
    *(N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")),
)

DAY_STARTS = time(4)  # the setting's default: what is done late at night belongs to the evening
_day_starts = DAY_STARTS
WITH_YEAR = date.min  # given as "today" to what says a day: every other year is named
_WEEK = 7  # days
_NOON = time(12)  # stands for a whole day: farthest from both midnights


class Moment(NamedTuple):
    """A moment with its offset from UTC; `whole_day` when only the day is known (then at noon).

    `has_zone` is false of a moment brought in from a file that names no zone: its clock is kept as it stands there,
    at an offset of 0. `named` is the time that was asked for, without an offset, where a change of the clocks skipped
    it or made it come twice.
    """

    at: datetime
    whole_day: bool = False
    has_zone: bool = True
    named: datetime | None = None

    @classmethod
    def at_clock(cls, face: datetime, zone: tzinfo | None = None, *, second: bool = False) -> Self:
        """Return the moment at which the clocks of a zone (None: of here) show a time, given without an offset.

        As RFC 5545 has it, a time that the clocks skip in spring is moved forward by what they skip, and of a time
        that comes twice in autumn the first is meant; with `second` the second.
        """
        found = [_in_zone(face.replace(fold=fold), zone) for fold in (0, 1)]
        at = found[second]
        if at.replace(tzinfo=None) != face:
            return cls(max(found), named=face)
        return cls(at, named=face if found[0] != found[1] else None)

    @classmethod
    def of_day(cls, day: date) -> Self:
        """Return the moment of which only the day is known."""
        return cls(local_time(day, _NOON), whole_day=True)

    def stored(self) -> str:
        """Return the ISO text an answer keeps: a date, or a date and time with offset."""
        if self.whole_day:
            return self.at.date().isoformat()
        return self.at.isoformat(timespec="seconds")

    def day(self, starts: time | None = None) -> date:
        """Return the person's day of this moment; it lasts until `starts` (None: their setting) next morning."""
        return self.at.date() if self.whole_day else day_of(self.at, starts)


def now() -> datetime:
    """Return the present moment, to the second, with the local offset."""
    return datetime.now().astimezone().replace(microsecond=0)


def _in_zone(face: datetime, zone: tzinfo | None) -> datetime:
    """Return the moment, with a plain offset, at which the clocks of a zone (None: of here) show a time."""
    if zone is None:
        return with_local_offset(face)
    at = face.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return at.replace(tzinfo=timezone(at.utcoffset() or timedelta()), fold=0)


def local_time(day: date, clock: time) -> datetime:
    """Return the moment at which local clocks show a time on a day."""
    return with_local_offset(datetime.combine(day, clock))


def with_local_offset(at: datetime) -> datetime:
    """Return a moment in local time, with its offset from UTC; one without an offset is local. Raises OverflowError.

    A time that the clocks skip in spring is moved forward by what they skip, as RFC 5545 has it: 02:30 is 03:30.
    Windows knows no offset before 1970: then the one of its winters is taken.
    """
    try:
        local = at.astimezone()
        if at.tzinfo is None and local.replace(tzinfo=None) != at:
            local = max(at.replace(fold=fold).astimezone() for fold in (0, 1))
        return local
    except OSError:
        winter = timezone(timedelta(seconds=-clocks.timezone))
        return at.astimezone(winter) if at.tzinfo else at.replace(tzinfo=winter)


def choose_day_start(clock: time) -> None:
    """Let days begin at a time, the person's setting, wherever nothing else is said; for the rest of this run."""
    global _day_starts
    _day_starts = clock


def day_start() -> time:
    """Return when days begin: the person's setting, or its default."""
    return _day_starts


def day_of(at: datetime, starts: time | None = None) -> date:
    """Return the person's day of a moment, in its own time zone; before `starts` (None: their setting), the day before.

    Worked out on the clock's face, not on real time, so that a change of the clocks moves no moment
    to another day.
    """
    starts = _day_starts if starts is None else starts
    clock_face = at.replace(tzinfo=None)
    return (clock_face - timedelta(hours=starts.hour, minutes=starts.minute)).date()


def stamp(at: datetime) -> str:
    """Return a moment in UTC as it stands in file names: 20261122T205000Z."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def recall(stored: str) -> Moment:
    """Return the moment an ISO text names; raises ValueError when it names none.

    Ten characters are a date, of which the whole day is meant. A time without an offset is local.
    """
    if len(stored) == 10:
        return Moment.of_day(date.fromisoformat(stored))
    at = datetime.fromisoformat(stored)
    return Moment(at) if at.tzinfo else Moment.at_clock(at)


def said(moment: Moment, today: date | None = None) -> str:
    """Return a moment in words: "Sat 21 Nov, 21:00", with the year when it is not this year's."""
    return with_time(day_said(moment.at.date(), today), moment)


def with_time(day: str, moment: Moment) -> str:
    """Return a day in words with the moment's time of day, where that is known: "Saturday 21 November, 21:00"."""
    return day if moment.whole_day else _("{day}, {time}", day=day, time=_with_zone(clock_said(moment), moment))


def said_of_day(moment: Moment, day: date, today: date | None = None) -> str:
    """Return a moment in full words, with the day it belongs to where that is not the calendar's.

    "Saturday 21 November, 21:00", "Sunday 22 November, 00:02 (counted as Saturday)".
    """
    in_words = with_time(day_said(moment.at.date(), today, long=True), moment)
    if moment.at.date() == day:
        return in_words
    return _("{moment} (counted as {weekday})", moment=in_words, weekday=weekday_name(day.weekday()))


def clock_said(moment: Moment) -> str:
    """Return a moment's time of day: "21:00"; "" when only the day is known."""
    return "" if moment.whole_day else f"{moment.at.hour:02}:{moment.at.minute:02}"  # many times quicker than "%H:%M"


def clock_below(day: date, moment: Moment) -> str:
    """Return a moment's time of day as it stands below the day it belongs to; "" when only the day is known.

    "21:00"; "00:02 Sun" where the calendar has the next day; "21:00 UTC+9" where clocks of here showed another time.
    """
    clock = clock_said(moment)
    if not moment.whole_day and moment.at.date() != day:
        clock = _("{time} {weekday}", time=clock, weekday=weekday_short(moment.at.weekday()))
    return _with_zone(clock, moment)


def _with_zone(clock: str, moment: Moment) -> str:
    zone = zone_said(moment)
    return _("{time} {zone}", time=clock, zone=zone) if zone else clock


def zone_said(moment: Moment) -> str:
    """Return the zone of a moment's clock, "UTC+9", where the clocks of here showed another time then; else ""."""
    offset = moment.at.utcoffset()
    if offset is None or moment.whole_day or not moment.has_zone:
        return ""
    try:
        offset_here = with_local_offset(moment.at).utcoffset()
    except (OverflowError, ValueError):  # no clock of here reaches so far
        offset_here = None
    if offset == offset_here:
        return ""
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    sign = "-" if offset < timedelta() else "+"
    figures = f"{sign}{hours}:{minutes:02}" if minutes else f"{sign}{hours}" if hours else ""
    return f"UTC{figures}"


def change_of_clocks_said(moment: Moment) -> str:
    """Return what was taken for a time that a change of the clocks skipped or made come twice; "" for any other."""
    if moment.named is None:
        return ""
    named, taken = f"{moment.named:%H:%M}", clock_said(moment)
    if named != taken:
        return _(
            "The clocks were put forward then, so {time} did not come. {taken} was taken.",
            time=named,
            taken=taken,
        )
    first, second = (Moment.at_clock(moment.named, second=second).at for second in (False, True))
    if moment.at == first:
        return _(
            "The clocks were put back then, so {time} came twice. The first one was taken. "
            "If you mean the second one, type {other}.",
            time=named,
            other=second.isoformat(timespec="minutes"),
        )
    return _(
        "The clocks were put back then, so {time} came twice. The second one was taken. "
        "If you mean the first one, type {other}.",
        time=named,
        other=first.isoformat(timespec="minutes"),
    )


def day_said(day: date, today: date | None = None, *, long: bool = False) -> str:
    """Return a day in words: "Sat 21 Nov", when `long` "Saturday 21 November".

    The year follows when it is not this year's.
    """
    today = today or now().date()
    if long:
        weekday, month = weekday_name(day.weekday()), month_name(day.month)
    else:
        weekday, month = weekday_short(day.weekday()), month_short(day.month)
    if day.year == today.year:
        return _("{weekday} {day} {month}", weekday=weekday, day=day.day, month=month)
    return _("{weekday} {day} {month} {year}", weekday=weekday, day=day.day, month=month, year=str(day.year))


def weekday_name(weekday: int) -> str:
    """Return the name of a weekday, of which 0 is Monday: "Saturday"."""
    return _(_WEEKDAYS[weekday])


def weekday_short(weekday: int) -> str:
    """Return the name of a weekday, of which 0 is Monday, shortened: "Sat"."""
    return _(_WEEKDAYS_SHORT[weekday])


def weekday_in_two_letters(weekday: int) -> str:
    """Return the name of a weekday, of which 0 is Monday, for where there is hardly any room: "Sa"."""
    return _(_WEEKDAYS_IN_TWO_LETTERS[weekday])


def month_name(month: int) -> str:
    """Return the name of a month from 1 to 12: "November"."""
    return _(_MONTH_NAMES[month - 1])


def month_short(month: int) -> str:
    """Return the name of a month from 1 to 12, shortened: "Nov"."""
    return _(_MONTHS_SHORT[month - 1])


def date_said(day: date, today: date | None = None) -> str:
    """Return a day's date in words: "3 November", with the year when it is not this year's."""
    if day.year == (today or day_of(now())).year:
        return _("{day} {month}", day=day.day, month=month_name(day.month))
    return _("{day} {month} {year}", day=day.day, month=month_name(day.month), year=str(day.year))


def date_short(day: date, *, with_year: bool = False) -> str:
    """Return a day's date in few letters: "3 Nov", or "3 Nov 2026"."""
    month = month_short(day.month)
    if with_year:
        return _("{day} {month} {year}", day=day.day, month=month, year=str(day.year))
    return _("{day} {month}", day=day.day, month=month)


def month_and_year(day: date) -> str:
    """Return the month a day is in: "November 2026"."""
    return _("{month} {year}", month=month_name(day.month), year=str(day.year))


def is_after_midnight(today: date) -> bool:
    """Return whether the person's day is still `today` while the calendar has the next one already."""
    at = now()
    return day_of(at) == today != at.date()


def ago(day: date, today: date | None = None, moment: Moment | None = None) -> str:
    """Return how long ago a day was: "today", "3 days ago", "5 weeks ago", "on 3 November 2025".

    After midnight, while the person's day lasts, "today" and "yesterday" could be read in two ways: then the days of
    the last week are named, "on Saturday". With the `moment`, what was after the midnight before this day is "last
    night".
    """
    today = today or day_of(now())
    days = (today - day).days
    if 0 <= days < _WEEK and is_after_midnight(today):
        return _("on {weekday}", weekday=weekday_name(day.weekday()))
    if days == 0:
        return _("today")
    if days == 1:
        is_night = moment and not moment.whole_day and moment.at.date() > day
        return _("last night") if is_night else _("yesterday")
    # Days up to two weeks and weeks up to ten: beyond, people look for the date.
    if 1 < days < 14:
        return ngettext("{number} day ago", "{number} days ago", days)
    if 14 <= days < 70:
        return ngettext("{number} week ago", "{number} weeks ago", days // 7)
    return _("on {date}", date=date_said(day, today))


def ago_at(at: datetime) -> str:
    """Return how long ago a moment's day was, as `ago` does: "today", "last night", "3 days ago"."""
    return ago(day_of(at), moment=Moment(at))


def lasted(seconds: float) -> str:
    """Return a length of time in words, in its largest unit: "40 seconds", "2 hours"."""
    if seconds >= 86400:
        return ngettext("{number} day", "{number} days", round(seconds / 86400))
    if seconds >= 3600:
        return ngettext("{number} hour", "{number} hours", round(seconds / 3600))
    if seconds >= 60:
        return ngettext("{number} minute", "{number} minutes", round(seconds / 60))
    if seconds >= 1:
        return ngettext("{number} second", "{number} seconds", round(seconds))
    return _("a moment")
