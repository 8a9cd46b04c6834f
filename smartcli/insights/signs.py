"""The person's own early signs: how often they were ticked before lapses, and at other times.

It says what was, never what will come: no sign is scored, nothing is foretold, nobody is warned. Under three lapses,
or with too few other looks to set beside them, nothing is said. A sign has a row only if it was ticked more often
before lapses by more than chance would often do.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from smartcli.insights.estimates import least_difference
from smartcli.insights.notes import Look, Notes
from smartcli.insights.section import ENOUGH, Section
from smartcli.insights.triggers import names
from smartcli.language import _
from smartcli.shares import share_interval

LEAST = 3  # lapses with a look before them
DAYS = 7  # before a lapse
# The 0.995 quantile of the normal distribution, not the 0.975: some five signs are compared at once.
_Z = 2.5758293035489004

_A_DAY = timedelta(days=1)


class Sign(NamedTuple):
    """One sign: ticked in `before` of `before_of` looks in the days before a lapse, in `other` of `other_of` others.

    `low` and `high` are the ends of the 95 % interval of each share, of 10, in whole numbers.
    """

    name: str
    before: int
    before_of: int
    before_low: int
    before_high: int
    other: int
    other_of: int
    other_low: int
    other_high: int


def compare_signs(notes: Notes) -> Section[Sign]:
    """Return the signs that were ticked clearly more often in the seven days before a lapse, most often first.

    A look on one of those days counts as before. One after a lapse, whose own seven days hold it, counts nowhere:
    it knows how the week ended. All others are other times. Lapses on days in a row are one. `n` is how many
    lapses had a look before them.
    """
    lapse_days = _first_days({lapse.day for lapse in notes.lapses})
    looks = _one_a_day(notes.looks)
    before = {day: keys for day, keys in looks.items() if _is_before_any(day, lapse_days)}
    other = {day: keys for day, keys in looks.items() if day not in before and not _looks_back_on_any(day, lapse_days)}
    look_days = sorted(looks)
    number = sum(_is_any_within(look_days, lapse - timedelta(days=DAYS), lapse - _A_DAY) for lapse in lapse_days)
    rows: list[Sign] = []
    if number >= LEAST and len(other) >= ENOUGH:
        called = names(sign for look in notes.looks for sign in look.signs)
        rows = _rows([*before.values()], [*other.values()], called)
    return Section("signs", _("Early signs before a lapse"), number, LEAST, rows)


def _first_days(days: set[date]) -> list[date]:
    """Return the days that do not follow straight on another of them, oldest first."""
    return sorted(day for day in days if day - timedelta(days=1) not in days)


def _one_a_day(looks: Iterable[Look]) -> dict[date, set[str]]:
    """Return the keys of the signs noticed, by the day of the look: what is ticked twice on a day counts once."""
    by_day: dict[date, set[str]] = {}
    for look in looks:
        by_day.setdefault(look.day, set()).update(sign.key for sign in look.signs)
    return by_day


def _is_before_any(day: date, lapse_days: Sequence[date]) -> bool:
    """Return whether a lapse came in the seven days after a day; `lapse_days` are in order."""
    return _is_any_within(lapse_days, day + _A_DAY, day + timedelta(days=DAYS))


def _looks_back_on_any(day: date, lapse_days: Sequence[date]) -> bool:
    """Return whether a lapse was in the seven days that end with a day; `lapse_days` are in order."""
    return _is_any_within(lapse_days, day - timedelta(days=DAYS - 1), day)


def _is_any_within(days: Sequence[date], first: date, last: date) -> bool:
    """Return whether one of some days, which are in order, lies between two others or is one of them."""
    place = bisect_left(days, first)
    return place < len(days) and days[place] <= last


def _rows(before: Sequence[set[str]], other: Sequence[set[str]], called: dict[str, str]) -> list[Sign]:
    """Return a row for each sign that stands out, the one ticked most often before lapses first."""
    times = Counter(key for keys in before for key in keys)
    other_times = Counter(key for keys in other for key in keys)
    rows = [
        _row(called[key], (times[key], len(before)), (other_times[key], len(other)))
        for key in times
        if least_difference(times[key], len(before), other_times[key], len(other), _Z) > 0
    ]
    return sorted(rows, key=lambda row: (-row.before, row.name))


def _row(name: str, before: tuple[int, int], other: tuple[int, int]) -> Sign:
    return Sign(name, *before, *_of_ten(*before), *other, *_of_ten(*other))


def _of_ten(part: int, of: int) -> tuple[int, int]:
    """Return the ends of the interval of a share, of 10."""
    low, high = share_interval(part, of)
    return round(low * 10), round(high * 10)
