"""When urges come: the hour of the person's own clock, and the day of the week."""

from collections import Counter
from typing import NamedTuple

from smartcli.insights.notes import Notes
from smartcli.insights.section import Section
from smartcli.language import _

LEAST = 8
PARTS = {"mornings": range(4, 12), "afternoons": range(12, 18), "evenings": range(18, 24), "nights": range(4)}
_A_PAIR, _A_PART = 0.4, 0.5  # shares from which on a part of the week, or of the day, stands out


class Hour(NamedTuple):
    """How many urges came in an hour (0-23) of a weekday (Monday is 0).

    The weekday is that of the entry's own day, which lasts until four in the morning unless set otherwise.
    """

    weekday: int
    hour: int
    n: int


class Peak(NamedTuple):
    """The part of the day that holds most, on two weekdays in a row if `weekdays` names them: `n` of `of`."""

    part: str
    weekdays: tuple[int, ...]
    n: int
    of: int


def count_hours(notes: Notes) -> Section[Hour]:
    """Return the hours that had urges; those of which only the day is known are not among them."""
    counts = Counter((one.day.weekday(), one.hour) for one in notes.urges if one.hour is not None)
    rows = [Hour(weekday, hour, counts[weekday, hour]) for weekday, hour in sorted(counts)]
    n = counts.total()
    return Section("hours", _("When urges came"), n, LEAST, rows if n >= LEAST else [])


def peak(section: Section[Hour]) -> Peak | None:
    """Return where most urges came, if that stands out; ties go to the earlier in the week and the day.

    Two weekdays in a row at one part of the day, if these hold 4 in 10 urges or more (by chance about 1 in 14
    would fall there); else a part of the day that holds half of them or more.
    """
    if not section.enough:
        return None
    here: Counter[tuple[str, int]] = Counter()
    for row in section.rows:
        here[next(name for name, part in PARTS.items() if row.hour in part), row.weekday] += row.n
    pairs = [
        Peak(part, (day, (day + 1) % 7), here[part, day] + here[part, (day + 1) % 7], section.n)
        for part in PARTS
        for day in range(7)
    ]
    parts = [Peak(part, (), sum(here[part, day] for day in range(7)), section.n) for part in PARTS]
    pair, part = max(pairs, key=lambda one: one.n), max(parts, key=lambda one: one.n)
    if pair.n >= _A_PAIR * section.n:
        return pair
    return part if part.n >= _A_PART * section.n else None
