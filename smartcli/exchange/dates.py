"""Dates as other programs and people write them.

A date of figures alone such as 3/4/2026 says nothing on its own: which comes first, day or month, must be told or
follow from the other dates of the same file. A time without a zone is kept as it stands, with an offset of 0: it is
shown by its own clock, and the same file makes the same entries on every device, wherever that is.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from smartcli.exchange.day_names import MONTH_OF, WEEKDAYS
from smartcli.exchange.imported import is_midnight, of_day, refused
from smartcli.language import _
from smartcli.moments import Moment

DAY_FIRST, MONTH_FIRST = "day-month-year", "month-day-year"
ORDERS = (DAY_FIRST, MONTH_FIRST)
_LONGEST = 60  # characters; no date is longer
_EARLIEST, _LATEST = 1900, 2200  # years
_CENTURY_TURNS = 70  # as POSIX reads years of two figures

_DAY_NAME = rf"(?:{'|'.join(WEEKDAYS)})\.?"
_WEEKDAY = rf"(?:{_DAY_NAME},?\s+)?"
_MONTH = rf"(?:de\s+)?(?P<month>{'|'.join(MONTH_OF)})[^\W\d_]*\.?(?:\s+de)?"
_FORMS = [
    re.compile(_WEEKDAY + form + r"(?!\d)", re.IGNORECASE)
    for form in (
        r"(?P<y>\d{4})(?P<sign>[-/.])(?P<m>\d{1,2})(?P=sign)(?P<d>\d{1,2})",
        r"(?P<y>\d{4})\s?年\s?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?日",
        r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|º)?\.?\s+" + _MONTH + r",?\s+(?P<y>\d{4})",
        r"(?P<d>\d{1,2})[-/ ]" + _MONTH + r"[-/ ](?P<y>\d{4}|\d\d)",
        _MONTH + r"\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})",
        r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4}|\d\d)",
        r"(?P<a>\d{1,2})(?P<sign>[-/])(?P<b>\d{1,2})(?P=sign)(?P<y>\d{4}|\d\d)",
    )
]
_AFTER = re.compile(  # "2026-11-22 Sun 21:00", as org has it; but "Sunday lunch" is a title
    rf",?\s+\(?{_DAY_NAME}\)?(?=\s*$|,?\s+\d|\s*[>\]])",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:T|,?\s+(?:at\s+)?)(?P<h>\d{1,2})(?:[:h](?P<min>\d\d)(?::(?P<s>\d\d)(?:[.,]\d{1,9})?)?)?\s?(?:(?P<half>[ap]\.?\s?m\.?)|Uhr\b)?"
    r"\s?(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?(?![\w:])",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"(?P<s>\d{9,10})(?:\d{3})?(?:\.\d{1,9})?")
_ZONE_NAME = re.compile(r"[A-Za-z]+(?:[/_+-][A-Za-z0-9_+-]+)*")


class Read(NamedTuple):
    """A moment at the beginning of some words, and what follows it."""

    moment: Moment
    rest: str


def leading(words: str, order: str = "") -> Read | None:
    """Return the moment that `words` begin with and the rest; None when they begin with none.

    `order` (of ORDERS) says how 3/4/2026 is meant; without it such a date is none. A date without a time is a
    whole day, a time without an offset has an offset of 0. Years from 1900 to 2200; of two figures, those up to 69
    are of this century.
    """
    for form in _FORMS:
        match = form.match(words[:_LONGEST])
        day = _date(match, order) if match else None
        if match and day:
            named = _AFTER.match(words[:_LONGEST], match.end())
            end = named.end() if named else match.end()
            clock = _TIME.match(words[: _LONGEST * 2], end)
            at = _moment(day, clock)
            if at is None:
                return None
            return Read(at, words[clock.end() if clock and not at.whole_day else end :])
    return None


def read(words: str, order: str = "") -> Moment | None:
    """Return the moment that `words` are, and nothing else; None when they are none."""
    found = leading(words.strip(), order)
    return found.moment if found and not found.rest.strip() else None


def of_epoch(figures: str, zone: tzinfo | None = None) -> Moment | None:
    """Return the moment that seconds or milliseconds since 1970 are, in a zone (None: local); None for no such number.

    Seconds have 9 or 10 figures, which are the years 1973 to 2286; milliseconds have three more.
    """
    match = _EPOCH.fullmatch(figures.strip())
    if match is None:
        return None
    seconds = int(match["s"])
    try:
        return Moment(datetime.fromtimestamp(seconds, UTC).astimezone(zone))
    except (OverflowError, OSError, ValueError):
        return None


def is_midnight_of_utc(figures: str) -> bool:
    """Return whether a number of seconds or milliseconds since 1970 is midnight in UTC, as a day without a time is."""
    moment = of_epoch(figures, UTC)
    return moment is not None and is_midnight(moment)


def zone_named(name: str) -> tzinfo | None:
    """Return a time zone by its name ("Europe/Berlin"), None for one that is not known here."""
    if name in ("UTC", "GMT"):
        return UTC
    if not _ZONE_NAME.fullmatch(name):  # a name is looked for among files
        return None
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # not known here, or no list of zones at all (Windows)
        return None


def in_zone(moment: Moment, zone: tzinfo) -> Moment:
    """Return a moment without a zone of its own as one by the clocks of a zone."""
    return Moment.at_clock(moment.at.replace(tzinfo=None), zone)


def order_of(words: Iterable[str], hint: str) -> str:
    """Return the order (of ORDERS) that the dates at the beginning of many words must have, "" if it does not matter.

    Raises Trouble with `hint` when there are dates that could be read either way, and no other tells.
    """
    certain: set[str] = set()
    matters = False
    for one in words:
        match = _FORMS[-1].match(one.strip()[:_LONGEST])
        if match:
            first, second = int(match["a"]), int(match["b"])
            certain |= {DAY_FIRST} if first > 12 else {MONTH_FIRST} if second > 12 else set()
            matters = matters or first != second
    if len(certain) == 1:
        return certain.pop()
    if matters:
        raise refused(
            _("The dates in this file can be read in two ways: with the day first, or with the month first."), hint
        )
    return ""


def _date(match: re.Match[str], order: str) -> date | None:
    found = match.groupdict()
    if "a" in found:
        if not order:
            return None
        found["d"], found["m"] = (found["a"], found["b"]) if order == DAY_FIRST else (found["b"], found["a"])
    if "month" in found:
        found["m"] = str(MONTH_OF[found["month"].casefold()])
    year = int(found["y"])
    if len(found["y"]) == 2:
        year += 2000 if year < _CENTURY_TURNS else 1900
    try:
        day = date(year, int(found["m"]), int(found["d"]))
    except ValueError:
        return None
    return day if _EARLIEST <= day.year <= _LATEST else None


def _moment(day: date, clock: re.Match[str] | None) -> Moment | None:
    """Return a day at a time, or the whole day; None when the time is none there is."""
    whole = clock is None or not (clock["min"] or clock["half"])  # "3 May 2026 12 eggs" has no time
    try:
        if clock is None or whole:
            return of_day(day)
        hour = int(clock["h"])
        if clock["half"]:
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + (12 if clock["half"][0] in "pP" else 0)
        at = datetime.combine(day, time(hour, int(clock["min"] or 0), int(clock["s"] or 0)))
        zone = _zone(clock["zone"]) if clock["zone"] else None
        return Moment(at.replace(tzinfo=zone or UTC), has_zone=zone is not None)
    except (ValueError, OverflowError):
        return None


def _zone(words: str) -> timezone:
    if words[0] not in "+-":
        return UTC
    sign = -1 if words[0] == "-" else 1
    figures = words[1:].replace(":", "")
    return timezone(sign * timedelta(hours=int(figures[:2]), minutes=int(figures[2:] or 0)))
