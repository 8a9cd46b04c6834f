"""The period at a glance, against the one before."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from smartcli.insights.notes import CheckIn, Notes, Urge
from smartcli.insights.section import Section, Span, last_days, mean
from smartcli.language import _


class Figure(NamedTuple):
    """One figure now and in the period before; `n` are behind it (None: there is nothing to compare with).

    For "passed" and "chosen" it is a part of `n`: 28 urges of 30, 22 days of 26. Days and urges that say
    nothing are not among them.
    """

    id: str
    name: str
    now: float | None
    before: float | None
    n: int
    n_before: int | None


def compare_periods(notes: Notes, span: Span, *, is_whole: bool = True) -> Section[Figure]:
    """Return the figures of a period and of the one before.

    The shares of 30 and 90 days end with the period's last day, however long it is. The last two figures only
    grow: a lapse takes nothing from them. Where the notes are not all there are (`is_whole`), nothing is known of
    the time before, of 30 or 90 days, or in all, and these figures are left out.
    """
    now = notes.within(span)
    before = notes.within(span.before()) if is_whole else Notes()
    there = bool(before.written)
    rows = [
        _count("entries", _("Entries"), len(now.written), len(before.written), there),
        _count("check-ins", _("Check-ins"), len(now.check_ins), len(before.check_ins), there),
        _mean("mood", _("Mood"), _moods(now), _moods(before), there),
        _count("urges", _("Urges"), len(now.urges), len(before.urges), there),
        _mean("strength", _("How strong the urges were"), _strengths(now), _strengths(before), there),
        _part(
            "passed", _("Urges that passed without you acting on them"), passed(now.urges), passed(before.urges), there
        ),
        _part("chosen", _("Days that went the way you wanted"), chosen(now.check_ins), chosen(before.check_ins), there),
    ]
    if is_whole:
        rows += [*(_days(notes, span.until, days) for days in (30, 90)), *_in_all(notes)]
    return Section("glance", _("At a glance"), len(now.written), 1, rows if now.written else [])


def passed(urges: Iterable[Urge]) -> tuple[int, int]:
    """Return how many urges passed without being acted on, and of how many it is known."""
    known = [one.acted for one in urges if one.acted is not None]
    return known.count(False), len(known)


def chosen(check_ins: Iterable[CheckIn]) -> tuple[int, int]:
    """Return how many days went the way the person chose, and of how many it is known.

    A day counts as soon as one check-in of it says so: what was well with a day is not undone by its evening.
    A day without an answer is no day against them.
    """
    days: dict[date, bool] = {}
    for one in check_ins:
        if one.chosen is not None:
            days[one.day] = days.get(one.day, False) or one.chosen
    return sum(days.values()), len(days)


def _in_all(notes: Notes) -> list[Figure]:
    """Return the figures that only grow, of all notes."""
    urges = _("Urges that passed without you acting on them, in all")
    days = _("Days that went the way you wanted, in all")
    return [
        _part("passed-in-all", urges, passed(notes.urges), (0, 0), False),
        _part("chosen-in-all", days, chosen(notes.check_ins), (0, 0), False),
    ]


def _days(notes: Notes, until: date, days: int) -> Figure:
    span = last_days(until, days)
    now = chosen(one for one in notes.check_ins if span.holds(one.day))
    earlier = span.before()
    before = chosen(one for one in notes.check_ins if earlier.holds(one.day))
    name = _("Days that went the way you wanted, of {days} days", days=days)
    return _part(f"chosen-{days}", name, now, before, before[1] > 0)


def _moods(notes: Notes) -> list[float]:
    return [one.mood for one in notes.check_ins if one.mood is not None]


def _strengths(notes: Notes) -> list[float]:
    return [one.before for one in notes.urges]


def _count(name: str, title: str, now: int, before: int, there: bool) -> Figure:
    return Figure(name, title, now, before if there else None, now, before if there else None)


def _mean(name: str, title: str, now: list[float], before: list[float], there: bool) -> Figure:
    return Figure(name, title, mean(now), mean(before), len(now), len(before) if there else None)


def _part(name: str, title: str, now: tuple[int, int], before: tuple[int, int], there: bool) -> Figure:
    part, of = now
    earlier = before if there and before[1] else (None, None)
    return Figure(name, title, part if of else None, earlier[0], of, earlier[1])
