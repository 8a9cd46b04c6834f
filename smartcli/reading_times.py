"""Reading times from words: "yesterday 9pm", "2 hours ago", "last monday", 2026-11-22."""

import contextlib
import re
from datetime import date, datetime, time, timedelta, timezone

from smartcli.language import N_, _
from smartcli.moments import DAYS, MONTHS, Moment, day_of, day_start, now, recall, with_local_offset

_DAY = 24 * 60  # minutes
_UNITS = {  # in minutes; months and years as people mean them in "2 months ago": about so many days
    "minute": 1,
    "min": 1,
    "m": 1,
    "hour": 60,
    "h": 60,
    "day": _DAY,
    "d": _DAY,
    "week": 7 * _DAY,
    "w": 7 * _DAY,
    "month": 30 * _DAY,
    "year": 365 * _DAY,
}
_NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
}
_NEAR_DAYS = {  # in days from today
    "today": 0,
    "this": 0,  # only before a part of the day: "this morning"
    "yesterday": -1,
    "day before yesterday": -2,
    "last week": -7,
    "tomorrow": 1,
    "day after tomorrow": 2,
    "next week": 7,
}
_PARTS_OF_DAY = {  # the middle of each
    "morning": time(9),
    "noon": time(12),
    "lunchtime": time(12),
    "afternoon": time(15),
    "evening": time(20),
    "night": time(23),
    "midnight": time(0),
}
_TWO_WORDS = {"last night": "yesterday night", "tonight": "today night"}

# Patterns are compiled when words are first read as a time: most commands read none.
_ISO_DATE = r"\d{4}-\d\d-\d\d"
_SPAN = r"-?(\d{1,4}|[a-z]+) ?([a-z]+?)s?( ago)?"  # number, unit without its s, "ago"
_CLOCK = r"(\d{1,2})(?:[:.](\d\d))? ?(am|pm)?"
_DAY_MONTH = (  # "3 nov 2026" and "nov 3 2026"
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<month>[a-z]{3,9})\.?(?: (?P<year>\d{4}))?",
    r"(?P<month>[a-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?(?: (?P<year>\d{4}))?",
)
_FIGURES = r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})"  # 26/06/2015, where one of the two can be no month
_YEAR_FIRST = r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})"
_YEAR = r"\d{4}"
_MONTH_YEAR = r"([a-z]{3,9})\.?(?: (\d{4}))?|(\d{4})-(\d{1,2})"  # month, year; or year, number of the month
_NEEDLESS = r"\b(?:at|on|about|around|the)\b|,"
_REMARK = r"\([^()\d]*\)\s*$"  # "(counted as Saturday)", as it is shown
_ZONE = r"(?P<rest>.+) utc(?:(?P<sign>[+-])(?P<hours>\d{1,2})(?::(?P<minutes>[0-5]\d))?)?"  # as it is shown

_LONGEST = 60  # characters of a day that are read; nobody types a longer one
# Years beyond these are slips of the keyboard: nobody alive looks back or plans so far.
_FIRST_YEAR, _LAST_YEAR = 1900, 2200

HELP = N_('Try "yesterday 9pm", "2 hours ago", "last monday" or 2026-11-22.')
HELP_AHEAD = N_('Try "tomorrow", "friday 6pm", "in 2 weeks" or 2026-11-22.')


class NotAMomentError(ValueError):
    """Words that do not say when; carries one sentence for the person, without the words."""


def moment_from_words(words: str, *, ahead: bool = False, at: datetime | None = None) -> Moment:
    """Return the moment that `words` name, seen from `at` (default: now).

    Names of days count from the person's day, which lasts until their day begins anew; times of day from the clock.
    A weekday is the last one, a clock time the last time it was that; with `ahead` the next. Raises
    NotAMomentError for anything ambiguous, unknown, or (without `ahead`) in the future.
    """
    here = at or now()
    text = " ".join(re.sub(_NEEDLESS, " ", re.sub(_REMARK, "", words).casefold()).split())
    moment = _read_iso(words.strip()) or _read_span(text, here)
    if moment is None:
        moment = _read_in_zone(text, here, ahead=ahead) or _read_day_and_clock(text, here, ahead=ahead)
    if moment is None and _has_two_readings(text):
        raise NotAMomentError(
            _(
                "That date can be read in two ways: with the day first, or with the month first. "
                "Write the month as a word, such as 3 nov 2026, or the year first, such as 2026-11-03."
            )
        )
    if moment is None or not _FIRST_YEAR <= moment.at.year <= _LAST_YEAR:
        raise NotAMomentError(_("smartcli can't read that as a time. {help}", help=_(HELP_AHEAD if ahead else HELP)))
    # A minute is allowed for the typing: "21:30" at 21:29 is meant as now.
    if ahead or moment.at <= here + timedelta(minutes=1):
        return moment
    if moment.whole_day and moment.at.date() <= here.date():
        # Today, said before noon: a whole day is set at noon, which is still to come.
        return Moment(here, whole_day=True)
    raise NotAMomentError(_("That time is in the future. When did this happen?"))


def clock_from_words(words: str) -> time | None:
    """Return the local time of day that words such as "21:00", "9pm" or "evening" name; None where they name none."""
    return _read_clock(words.strip().casefold())


def days_from_words(words: str, *, at: datetime | None = None) -> tuple[date, date]:
    """Return the first and the last day of what `words` name: a day, a month ("nov 2025") or a year ("2025").

    Seen from `at` (default: now); a month without a year is the last one. Raises NotAMomentError for anything else,
    a time of day alone included.
    """
    text = " ".join(words[:_LONGEST].casefold().replace(",", " ").split())
    period = period_from_words(text, at=at)
    if period:
        return period
    for ahead in (False, True):  # "tomorrow" is read too: nothing stands there yet, and nothing has to be refused
        with contextlib.suppress(NotAMomentError):
            moment = moment_from_words(text, ahead=ahead, at=at)
            if moment.whole_day:
                return moment.at.date(), moment.at.date()
    raise NotAMomentError(_('smartcli can\'t read that as a day or a month. Try "3 nov", "nov 2025" or "last month".'))


def period_from_words(words: str, *, at: datetime | None = None) -> tuple[date, date] | None:
    """Return the first and the last day of a week, a month or a year that `words` name; None where they name none.

    "this week", "last month", "march" (the last one), "nov 2025", 2025-11, 2025. Weeks begin on Monday.
    """
    text = " ".join(words[:_LONGEST].casefold().replace(",", " ").split()).removeprefix("in ")
    today = day_of(at or now())
    weeks = {"this week": 0, "last week": -7, "next week": 7}
    if text in weeks:
        monday = today + timedelta(days=weeks[text] - today.weekday())
        return monday, monday + timedelta(days=6)
    return _read_period(text, today)


def _read_period(text: str, today: date) -> tuple[date, date] | None:
    """Read "nov", "november 2025", "2025-11", "2025", "last month" or "last year"."""
    years = {"this year": today.year, "last year": today.year - 1}
    if text in years or re.fullmatch(_YEAR, text):
        year = years.get(text) or int(text)
        return (date(year, 1, 1), date(year, 12, 31)) if _FIRST_YEAR <= year <= _LAST_YEAR else None
    if text == "this month":
        return _days_of_month(today.year, today.month)
    if text == "last month":
        day = today.replace(day=1) - timedelta(days=1)
        return _days_of_month(day.year, day.month)
    match = re.fullmatch(_MONTH_YEAR, text)
    if not match:
        return None
    name, year_after, year_before, number = match.groups()
    month = _read_month(name) or 0 if name else int(number)
    return _days_of_month(int(year_after or year_before or today.year - (month > today.month)), month)


def _days_of_month(year: int, month: int) -> tuple[date, date] | None:
    """Return the first and the last day of a month; None where there is no such month, or nobody means that year."""
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12):
        return None
    after = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), after - timedelta(days=1)


def _read_iso(text: str) -> Moment | None:
    """Read 2026-11-22 or 2026-11-22T21:00."""
    if not re.match(_ISO_DATE, text):
        return None
    try:
        return recall(text)
    except (ValueError, OverflowError):
        return None


def _read_span(text: str, here: datetime) -> Moment | None:
    """Read "2 hours ago", "half an hour ago", "in 3 days", "-2d", "now"."""
    if text in ("now", "just now"):
        return Moment(here)
    if text in ("half an hour ago", "half hour ago"):
        return Moment(here - timedelta(minutes=30))
    is_ahead = text.startswith("in ")
    match = re.fullmatch(_SPAN, text.removeprefix("in "))
    if not match:
        return None
    digits, unit, has_ago = match.groups()
    # "2 hours" alone may be before or ahead.
    if not (is_ahead or has_ago or text.startswith("-")):
        return None
    number = _NUMBERS.get(digits) if digits.isalpha() else int(digits)
    if number is None or unit not in _UNITS:
        return None
    span = timedelta(minutes=number * _UNITS[unit])
    try:
        moved = here + span if is_ahead else here - span
    except OverflowError:
        return None
    if _UNITS[unit] >= _DAY:  # "2 days ago" says nothing of the hour
        return Moment.of_day(day_of(here) + (span if is_ahead else -span))
    return Moment(with_local_offset(moved))


def _read_in_zone(text: str, here: datetime, *, ahead: bool) -> Moment | None:
    """Read a day and a time by the clocks of another zone, as they are shown: "sun 1 nov 21:03 utc+9"."""
    match = re.fullmatch(_ZONE, text)
    moment = _read_day_and_clock(match["rest"], here, ahead=ahead) if match else None
    if match is None or moment is None or moment.whole_day or _read_clock(match["rest"]):
        return None
    offset = timedelta(hours=int(match["hours"] or 0), minutes=int(match["minutes"] or 0))
    if offset >= timedelta(days=1):
        return None
    face = moment.named or moment.at.replace(tzinfo=None)
    return Moment(face.replace(tzinfo=timezone(-offset if match["sign"] == "-" else offset), fold=0))


def _read_day_and_clock(text: str, here: datetime, *, ahead: bool) -> Moment | None:
    """Read a day ("last monday"), a time ("9pm", "evening"), or both, in either order."""
    text = _TWO_WORDS.get(text, text)
    day = _read_day(text, here, ahead=ahead)
    if day and text != "this":
        return Moment.of_day(day)
    words = text.split()
    # The longest day first: "3 nov 2025" must not be read as 3 November and the time 2025.
    for cut in range(len(words) - 1, 0, -1):
        head, tail = " ".join(words[:cut]), " ".join(words[cut:])
        for of_day, of_clock in ((head, tail), (" ".join(words[-cut:]), " ".join(words[:-cut]))):
            day, clock = _read_day(of_day, here, ahead=ahead), _read_clock(of_clock)
            if day and clock is not None:
                return _at_clock(of_day, day, clock, here, ahead=ahead)
    clock = _read_clock(text)
    return None if clock is None else _nearest(clock, here, ahead=ahead)


def _at_clock(named: str, day: date, clock: time, here: datetime, *, ahead: bool) -> Moment:
    """Return the moment of a time on a day that was `named` so."""
    is_weekday = _read_weekday(named) is not None
    is_night_of_today = day_of(here) != here.date() and clock < day_start()
    if is_night_of_today and (is_weekday or named in _NEAR_DAYS):
        day += timedelta(days=1)  # after midnight, "today 00:10" is the night that still belongs to today
    moment = Moment.at_clock(datetime.combine(day, clock))
    # "sunday 23:00", said on Sunday evening, is the Sunday before.
    if moment.at > here and not ahead and is_weekday:
        return Moment.at_clock(datetime.combine(day - timedelta(days=7), clock))
    return moment


def _nearest(clock: time, here: datetime, *, ahead: bool) -> Moment:
    """Return the last moment at which it was so late; with `ahead` the next."""
    face = datetime.combine(here.date(), clock)
    first, second = Moment.at_clock(face), Moment.at_clock(face, second=True)  # they differ where it comes twice
    if ahead:
        later = (moment for moment in (first, second) if moment.at >= here)
        return next(later, None) or Moment.at_clock(face + timedelta(days=1))
    past = (moment for moment in (second, first) if moment.at <= here)
    return next(past, None) or Moment.at_clock(face - timedelta(days=1), second=True)


def _read_day(text: str, here: datetime, *, ahead: bool) -> date | None:
    """Read "yesterday", "last monday", "fri", "2 days ago", "3 nov", "Tue 3 Nov" or 2026-11-22."""
    today = day_of(here)
    if text in _NEAR_DAYS:
        return today + timedelta(days=_NEAR_DAYS[text])
    span = _read_span(text, here)
    if span and span.whole_day:
        return span.at.date()
    which, _, name = text.rpartition(" ")
    weekday = _read_weekday(name)
    if weekday is None or which not in ("", "last", "next", "this", "past"):
        return _read_date(text, here.date(), ahead=ahead)
    days_since = (today.weekday() - weekday) % 7
    if which == "next" or (ahead and which in ("", "this")):
        return today + timedelta(days=7 - days_since)
    if days_since == 0 and which in ("last", "past"):
        days_since = 7  # "last sunday", said on a Sunday
    return today - timedelta(days=days_since)


def _read_weekday(name: str) -> int | None:
    """Return the number of a weekday (Monday is 0) from its first three letters or more."""
    if len(name) < 3:
        return None
    numbers = [number for number, day in enumerate(DAYS) if day.startswith(name)]
    return numbers[0] if len(numbers) == 1 else None


def _read_month(name: str) -> int | None:
    """Return the number of a month (January is 1) from its first three letters or more."""
    numbers = [number for number, month in enumerate(MONTHS, 1) if month.startswith(name)]
    return numbers[0] if len(name) >= 3 and len(numbers) == 1 else None


def _read_date(text: str, today: date, *, ahead: bool) -> date | None:
    """Read 2026-11-22, 26/06/2015, "3 nov", "nov 3", "Sun 22 December 2025"; without a year the last or the next one.

    None where the weekday that stands before it is another.
    """
    first, _space, rest = text.partition(" ")
    weekday = _read_weekday(first)
    if weekday is not None and rest:
        found = _read_date(rest, today, ahead=ahead)
        return found if found and found.weekday() == weekday else None
    if re.fullmatch(_ISO_DATE, text):
        moment = _read_iso(text)
        return moment.at.date() if moment else None
    match = next(filter(None, (re.fullmatch(form, text) for form in _DAY_MONTH)), None)
    if not match:
        return _read_figures(text)
    day, month, year = int(match["day"]), _read_month(match["month"]), match["year"]
    if month is None:
        return None
    try:
        found = date(int(year or today.year), month, day)
        if year:
            return found
        if not ahead and found > today:
            return found.replace(year=found.year - 1)
        if ahead and found < today:
            return found.replace(year=found.year + 1)
    except ValueError:  # there is no such day, this year or in the year it would be
        return None
    return found


def _read_figures(text: str) -> date | None:
    """Read 26/06/2015, 6/26/2015 or 2015/06/26; None where day and month could be either."""
    year_first, match = re.fullmatch(_YEAR_FIRST, text), re.fullmatch(_FIGURES, text)
    if year_first:
        year, month, day = int(year_first[1]), int(year_first[3]), int(year_first[4])
    elif match and not _has_two_readings(text):
        day, month, year = int(match[1]), int(match[3]), int(match[4])
        if month > 12:
            day, month = month, day
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _has_two_readings(text: str) -> bool:
    """Return whether a date of figures alone is in some words, of which either number can be the month."""
    match = re.search(_FIGURES, text)
    if not match or match[2] == ".":  # with full stops, the day comes first wherever they are used
        return False
    return match[1] != match[3] and max(int(match[1]), int(match[3])) <= 12


def _read_clock(text: str) -> time | None:
    """Read 21:00, "9pm", "9.30 am" or "evening"; a number alone is no time."""
    if text in _PARTS_OF_DAY:
        return _PARTS_OF_DAY[text]
    match = re.fullmatch(_CLOCK, text)
    if not match:
        return None
    hours, minutes, half = match.groups()
    if not (minutes or half):
        return None
    hour, minute = int(hours), int(minutes or 0)
    if half:
        if not 1 <= hour <= 12:
            return None
        # On a clock face 12 comes before 1: 12am is midnight, 12pm is noon.
        hour %= 12
        if half == "pm":
            hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None
