"""Times in words: "yesterday 9pm" to a moment, and a moment to "Sat 21 Nov, 21:00"."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)

_UNITS = {
    "minute": 1,
    "min": 1,
    "m": 1,
    "hour": 60,
    "h": 60,
    "day": 1440,
    "d": 1440,
    "week": 10080,
    "w": 10080,
}
_PARTS = {
    "morning": time(9),
    "noon": time(12),
    "lunchtime": time(12),
    "afternoon": time(15),
    "evening": time(20),
    "night": time(23),
    "midnight": time(0),
}
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
# Compiled when words are first read as a time: most commands read none.
_SPAN = r"-?(\d{1,4}|[a-z]+) ?([a-z]+?)s?( ago)?"
_CLOCK = r"(\d{1,2})(?:[:.](\d\d))? ?(am|pm)?"
_DAY_MONTH = r"(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})\.?(?: (\d{4}))?"
_NEEDLESS = r"\b(?:at|on|about|around|the)\b|,"

HELP = 'Try "yesterday 9pm", "2 hours ago", "last monday" or 2026-11-22.'
HELP_AHEAD = 'Try "tomorrow", "friday 6pm", "in 2 weeks" or 2026-11-22.'


class NotAMomentError(ValueError):
    """Words that do not say when; carries one sentence for the person, which never repeats the words."""


class Moment(NamedTuple):
    """A moment with its offset from UTC; `whole_day` when only the day is known (then it is set at noon)."""

    at: datetime
    whole_day: bool = False

    def stored(self) -> str:
        """Return the ISO text an answer keeps: a date, or a date and time with offset."""
        return self.at.date().isoformat() if self.whole_day else self.at.isoformat(timespec="seconds")

    def day(self, starts: time = time(4)) -> date:
        """Return the person's day this belongs to; a day lasts until `starts` (local time) next morning."""
        return self.at.date() if self.whole_day else day_of(self.at, starts)


def now() -> datetime:
    """Return this moment, to the second, with the local offset."""
    return datetime.now().astimezone().replace(microsecond=0)


def day_of(at: datetime, starts: time = time(4)) -> date:
    """Return the day `at` belongs to in its own time zone: before `starts` it is still the day before."""
    return (at.replace(tzinfo=None) - timedelta(hours=starts.hour, minutes=starts.minute)).date()


def stamp(at: datetime) -> str:
    """Return the UTC moment as it stands in file names: 20261122T205000Z."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def recall(stored: str) -> Moment:
    """Return the moment an ISO text names; raises ValueError when it names none."""
    if len(stored) == 10:
        return _whole(date.fromisoformat(stored))
    at = datetime.fromisoformat(stored)
    return Moment(at if at.tzinfo else at.astimezone())


def understand(words: str, *, ahead: bool = False, at: datetime | None = None) -> Moment:
    """Return the moment that `words` name, seen from `at` (default: now).

    A weekday is the last one, a clock time the last time it was that; with `ahead` the next. Raises
    NotAMomentError for anything ambiguous, unknown, or (without `ahead`) in the future.
    """
    here = at or now()
    text = " ".join(re.sub(_NEEDLESS, " ", words.strip().casefold()).split())
    found = _iso(words.strip()) or _span(text, here) or _day_and_time(text, here, ahead)
    if found is None or not 1900 <= found.at.year <= 2200:
        raise NotAMomentError(f"That is not a time I can read. {HELP_AHEAD if ahead else HELP}")
    if not ahead and found.at > here + timedelta(minutes=1):
        if not found.whole_day or found.at.date() > here.date():
            raise NotAMomentError("That is still to come. When did it happen?")
        found = Moment(here, whole_day=True)
    return found


def said(moment: Moment, today: date | None = None) -> str:
    """Return the moment in words: "Sat 21 Nov, 21:00", with the year when it is not this year's."""
    text = day_said(moment.at.date(), today)
    return text if moment.whole_day else f"{text}, {moment.at:%H:%M}"


def day_said(day: date, today: date | None = None, *, long: bool = False) -> str:
    """Return "Sat 21 Nov", or "Saturday 21 November" when `long`, with the year when it is not this year's."""
    name, month = DAYS[day.weekday()].capitalize(), MONTHS[day.month - 1].capitalize()
    year = "" if day.year == (today or now().date()).year else f" {day.year}"
    return f"{name} {day.day} {month}{year}" if long else f"{name[:3]} {day.day} {month[:3]}{year}"


def ago(day: date, today: date | None = None) -> str:
    """Return how long ago a day was: "today", "3 days ago", "5 weeks ago", "on 3 November 2025"."""
    today = today or day_of(now())
    days = (today - day).days
    if days in (0, 1):
        return ("today", "yesterday")[days]
    if 1 < days < 14:
        return f"{days} days ago"
    if 14 <= days < 70:
        return f"{days // 7} weeks ago"
    year = "" if day.year == today.year else f" {day.year}"
    return f"on {day.day} {MONTHS[day.month - 1].capitalize()}{year}"


def lasted(seconds: float) -> str:
    """Return a length of time in words: "40 seconds", "6 minutes", "2 hours"."""
    for size, name in ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second")):
        if seconds >= size:
            number = round(seconds / size)
            return f"{number} {name}{'' if number == 1 else 's'}"
    return "a moment"


def _local(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock).astimezone()


def _whole(day: date) -> Moment:
    return Moment(_local(day, time(12)), whole_day=True)


def _iso(text: str) -> Moment | None:
    if not re.match(r"\d{4}-\d\d-\d\d", text):
        return None
    try:
        return recall(text)
    except (ValueError, OverflowError):
        return None


def _span(text: str, here: datetime) -> Moment | None:
    """Read "2 hours ago", "half an hour ago", "in 3 days", "-2d", "now"."""
    if text in ("now", "just now"):
        return Moment(here)
    if text in ("half an hour ago", "half hour ago"):
        return Moment(here - timedelta(minutes=30))
    ahead = text.startswith("in ")
    match = re.fullmatch(_SPAN, text.removeprefix("in "))
    if not match or not (ahead or match[3] or text.startswith("-")):
        return None
    number = _NUMBERS.get(match[1]) if match[1].isalpha() else int(match[1])
    if number is None:
        return None
    if match[2] in ("month", "year"):
        number, minutes = number * (30 if match[2] == "month" else 365), 1440
    elif match[2] in _UNITS:
        minutes = _UNITS[match[2]]
    else:
        return None
    try:
        moved = here + timedelta(minutes=number * minutes) * (1 if ahead else -1)
    except OverflowError:
        return None
    return _whole(moved.date()) if minutes >= 1440 else Moment(moved.astimezone())


def _day_and_time(text: str, here: datetime, ahead: bool) -> Moment | None:
    """Read a day ("yesterday", "last monday", "3 nov"), a time ("9pm", "evening"), or one after the other."""
    text = {"last night": "yesterday night", "tonight": "today night"}.get(text, text)
    parts = text.split()
    for cut in range(len(parts), -1, -1):
        day = _day(" ".join(parts[:cut]), here.date(), ahead) if cut else None
        clock = _time(" ".join(parts[cut:])) if cut < len(parts) else None
        if cut == len(parts) and day and text != "this":
            return _whole(day)
        if cut and day and clock is not None:
            moment = Moment(_local(day, clock))
            if moment.at > here and not ahead and parts[0] in DAYS:
                return Moment(_local(day - timedelta(days=7), clock))
            return moment
        if cut == 0 and clock is not None:
            moment = Moment(_local(here.date(), clock))
            step = timedelta(days=1)
            if not ahead and moment.at > here:
                return Moment(_local(here.date() - step, clock))
            if ahead and moment.at < here:
                return Moment(_local(here.date() + step, clock))
            return moment
    return None


def _day(text: str, today: date, ahead: bool) -> date | None:
    near = {
        "today": 0,
        "this": 0,
        "yesterday": -1,
        "day before yesterday": -2,
        "last week": -7,
        "tomorrow": 1,
        "day after tomorrow": 2,
        "next week": 7,
    }
    if text in near:
        return today + timedelta(days=near[text])
    which, _, name = text.rpartition(" ")
    names = [day for day in DAYS if len(name) >= 3 and day.startswith(name)]
    if len(names) == 1 and which in ("", "last", "next", "this", "past"):
        back = (today.weekday() - DAYS.index(names[0])) % 7
        if which == "next" or (ahead and which in ("", "this")):
            return today + timedelta(days=7 - back if back else 7)
        return today - timedelta(days=back or (7 if which in ("last", "past") else 0))
    return _named_date(text, today, ahead)


def _named_date(text: str, today: date, ahead: bool) -> date | None:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        moment = _iso(text)
        return moment.at.date() if moment else None
    match = re.fullmatch(_DAY_MONTH, text)
    months = [month for month in MONTHS if match and month.startswith(match[2])]
    if not match or len(months) != 1:
        return None
    try:
        found = date(int(match[3] or today.year), MONTHS.index(months[0]) + 1, int(match[1]))
        if not match[3] and not ahead and found > today:
            found = found.replace(year=found.year - 1)
        if not match[3] and ahead and found < today:
            found = found.replace(year=found.year + 1)
    except ValueError:
        return None
    return found


def _time(text: str) -> time | None:
    if text in _PARTS:
        return _PARTS[text]
    match = re.fullmatch(_CLOCK, text)
    if not match or not (match[2] or match[3]):
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[3] == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
