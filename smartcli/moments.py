"""Moments: a time and how much of it is known, the person's day, and both in words.

Reading a moment from words is the business of `reading_times`.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple, Self

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)

_DAY_STARTS = time(4)  # the setting's default: what is done late at night belongs to the evening
_NOON = time(12)  # stands for a whole day: farthest from both midnights


class Moment(NamedTuple):
    """A moment with its offset from UTC; `whole_day` when only the day is known (then at noon)."""

    at: datetime
    whole_day: bool = False

    @classmethod
    def of_day(cls, day: date) -> Self:
        """Return the moment of which only the day is known."""
        return cls(local_time(day, _NOON), whole_day=True)

    def stored(self) -> str:
        """Return the ISO text an answer keeps: a date, or a date and time with offset."""
        if self.whole_day:
            return self.at.date().isoformat()
        return self.at.isoformat(timespec="seconds")

    def day(self, starts: time = _DAY_STARTS) -> date:
        """Return the person's day of this moment; it lasts until `starts`, local, next morning."""
        return self.at.date() if self.whole_day else day_of(self.at, starts)


def now() -> datetime:
    """Return the present moment, to the second, with the local offset."""
    return datetime.now().astimezone().replace(microsecond=0)


def local_time(day: date, clock: time) -> datetime:
    """Return the moment at which local clocks show a time on a day."""
    return datetime.combine(day, clock).astimezone()


def day_of(at: datetime, starts: time = _DAY_STARTS) -> date:
    """Return the person's day of a moment, in its own time zone; before `starts`, the day before.

    Worked out on the clock's face, not on real time, so that a change of the clocks moves no moment
    to another day.
    """
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
    return Moment(at if at.tzinfo else at.astimezone())


def said(moment: Moment, today: date | None = None) -> str:
    """Return a moment in words: "Sat 21 Nov, 21:00", with the year when it is not this year's."""
    day = day_said(moment.at.date(), today)
    return day if moment.whole_day else f"{day}, {moment.at:%H:%M}"


def day_said(day: date, today: date | None = None, *, long: bool = False) -> str:
    """Return a day in words: "Sat 21 Nov", when `long` "Saturday 21 November".

    The year follows when it is not this year's.
    """
    today = today or now().date()
    weekday = DAYS[day.weekday()].capitalize()
    month = MONTHS[day.month - 1].capitalize()
    if not long:
        weekday = weekday[:3]
        month = month[:3]
    return f"{weekday} {day.day} {month}{_other_year(day, today)}"


def ago(day: date, today: date | None = None) -> str:
    """Return how long ago a day was: "today", "3 days ago", "5 weeks ago", "on 3 November 2025"."""
    today = today or day_of(now())
    days = (today - day).days
    if days in (0, 1):
        return ("today", "yesterday")[days]
    # Days up to two weeks and weeks up to ten: beyond, people look for the date.
    if 1 < days < 14:
        return f"{days} days ago"
    if 14 <= days < 70:
        return f"{days // 7} weeks ago"
    return f"on {day.day} {MONTHS[day.month - 1].capitalize()}{_other_year(day, today)}"


def lasted(seconds: float) -> str:
    """Return a length of time in words, in its largest unit: "40 seconds", "2 hours"."""
    for size, name in ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second")):
        if seconds >= size:
            number = round(seconds / size)
            return f"{number} {name}{'' if number == 1 else 's'}"
    return "a moment"


def _other_year(day: date, today: date) -> str:
    """Return the year with a space before it; nothing when it is this year."""
    return "" if day.year == today.year else f" {day.year}"
