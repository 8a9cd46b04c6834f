"""Mood and urges as time goes by, and how strong urges were."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from smartcli.insights.notes import CheckIn, Notes, Urge, Written
from smartcli.insights.section import ENOUGH, Section, Span, last_days, mean
from smartcli.language import _

# Days up to which a point is a day, or a week; else it is four weeks: so there are never many more than a hundred.
_DAILY, _WEEKLY = 35, 2 * 366

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
    noted = [check_in for check_in in notes.check_ins if check_in.mood is not None]
    rows = []
    for part, check_ins in _parted(noted, span):
        moods = [check_in.mood for check_in in check_ins if check_in.mood is not None]
        rows.append(Mood(*part, mean(moods, least=1), len(moods)))
    return Section("mood", _("Mood"), len(noted), ENOUGH, rows if len(noted) >= ENOUGH else [])


def urges_over_time(notes: Notes, span: Span) -> Section[Urges]:
    """Return urges over time, and under `spread` how many there were of each strength.

    Where nothing at all was written there is a gap; days with entries but without an urge have none.
    """
    n = len(notes.urges)
    if n < ENOUGH:
        return Section("urges", _("Urges"), n, ENOUGH, [], {"spread": []})
    written = {part for part, entries in _parted(notes.written, span) if entries}
    rows = []
    for part, urges in _parted(notes.urges, span):
        strength = mean((urge.before for urge in urges), least=1)
        rows.append(Urges(*part, len(urges) if part in written else None, strength))
    counts = Counter(urge.before for urge in notes.urges)
    spread = [{"strength": strength, "n": counts[strength]} for strength in sorted(counts)]
    return Section("urges", _("Urges"), n, ENOUGH, rows, {"spread": spread})


def _parted(notes: Iterable[Dated], span: Span) -> list[tuple[Span, Sequence[Dated]]]:
    """Return the days, weeks or four weeks of a span, counted back from its end, with what falls into each."""
    size = _days_of_a_point(span)
    number = -(-span.days // size)  # rounded up: the first part may begin before the span
    parts: list[list[Dated]] = [[] for _ in range(number)]
    for note in notes:
        back = (span.until - note.day).days // size
        parts[-1 - back].append(note)
    ends = [span.until - timedelta(days=size * back) for back in reversed(range(number))]
    return [(last_days(end, size), part) for end, part in zip(ends, parts, strict=True)]


def _days_of_a_point(span: Span) -> int:
    if span.days <= _DAILY:
        return 1
    return 7 if span.days <= _WEEKLY else 28
