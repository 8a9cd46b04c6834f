"""How long urges last: the time until they are half as strong."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from smartcli.insights.notes import Notes
from smartcli.insights.section import Section, tenth
from smartcli.insights.survival import Point, curve, time_to
from smartcli.language import _

LEAST = 8
_TWENTIETH = 0.05


class Duration(NamedTuple):
    """The minutes within which half of the urges, and nine in ten, were at half of their first strength.

    Each with its 95 % interval; None where too few were followed so far. `censored` of the `n` were not seen to
    halve: they were left early, or held on.
    """

    half_minutes: float | None
    low: float | None
    high: float | None
    ninety_minutes: float | None
    ninety_low: float | None
    ninety_high: float | None
    n: int
    censored: int


def time_to_halve(notes: Notes) -> Section[Duration]:
    """Return how long urges took to halve, and under `curve` the share still above half after so many minutes."""
    followed = [urge.followed for urge in notes.urges if urge.followed]
    if len(followed) < LEAST:
        return Section("duration", _("How long urges last"), len(followed), LEAST, [], {"curve": []})
    points = curve(followed)
    half, low, high = map(_told, time_to(points, 0.5))
    ninety, ninety_low, ninety_high = map(_told, time_to(points, 0.1))
    censored = sum(not one.halved for one in followed)
    row = Duration(half, low, high, ninety, ninety_low, ninety_high, len(followed), censored)
    line = [{"minutes": tenth(point.minutes), "still": round(point.still, 2)} for point in _steps(points)]
    return Section("duration", _("How long urges last"), len(followed), LEAST, [row], {"curve": line})


def _steps(points: Sequence[Point]) -> Iterator[Point]:
    """Yield the points at which the curve comes down by another twentieth, and the last: no eye sees more."""
    above = 1.0
    for point in points:
        if point.still <= above - _TWENTIETH or point is points[-1]:
            above = point.still
            yield point


def _told(minutes: float | None) -> float | None:
    return None if minutes is None else tenth(minutes)
