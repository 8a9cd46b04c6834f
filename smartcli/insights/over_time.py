"""Mood and urges as time goes by, and how strong urges were."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from smartcli.insights.notes import CheckIn, Notes, Urge, Written
from smartcli.insights.section import ENOUGH, Section, Span, last_days, mean

_DAILY, _WEEKLY = 35, 2 * 366  # days up to which a point is a day, or a week; else it is four weeks

Dated = TypeVar("Dated", CheckIn, Urge, Written)


class Mood(NamedTuple):
    """The mean mood (0-10) of some days; None where none was noted."""

    since: date
    until: date
    mood: float | None
    n: int


class Urges(NamedTuple):
    """How many urges some days had, and how strong they were at first; `n` is None where nothing was written."""

    since: date
    until: date
    n: int | None
    strength: float | None


def mood_over_time(notes: Notes, span: Span) -> Section[Mood]:
    """Return the mood over time."""
    noted = [one for one in notes.check_ins if one.mood is not None]
    rows = [
        Mood(*part, mean((one.mood for one in there if one.mood is not None), 1), len(there))
        for part, there in _parted(noted, span)
    ]
    return Section("mood", "Mood", len(noted), ENOUGH, rows if len(noted) >= ENOUGH else [])


def urges_over_time(notes: Notes, span: Span) -> Section[Urges]:
    """Return urges over time, and under `spread` how many there were of each strength.

    Where nothing at all was written there is a gap; days with entries but without an urge have none.
    """
    written = {part for part, there in _parted(notes.written, span) if there}
    rows = [
        Urges(*part, len(there) if part in written else None, mean((one.before for one in there), 1))
        for part, there in _parted(notes.urges, span)
    ]
    counts = Counter(one.before for one in notes.urges)
    enough = len(notes.urges) >= ENOUGH
    spread = [{"strength": strength, "n": counts[strength]} for strength in sorted(counts)] if enough else []
    return Section("urges", "Urges", len(notes.urges), ENOUGH, rows if enough else [], {"spread": spread})


def _parted(notes: Iterable[Dated], span: Span) -> list[tuple[Span, Sequence[Dated]]]:
    """Return the days, weeks or four weeks of a span, counted back from its end, with what falls into each."""
    size = 1 if span.days <= _DAILY else 7 if span.days <= _WEEKLY else 28
    count = -(-span.days // size)
    parts: list[list[Dated]] = [[] for _ in range(count)]
    for one in notes:
        parts[-1 - (span.until - one.day).days // size].append(one)
    ends = (span.until - timedelta(days=size * back) for back in range(count - 1, -1, -1))
    return [(last_days(end, size), there) for end, there in zip(ends, parts, strict=True)]
