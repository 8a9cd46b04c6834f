"""The form every result has: what it is about, how many are behind it, and whether they are enough."""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Generic, NamedTuple, TypeVar

Row = TypeVar("Row")

ENOUGH = 4  # ratings behind a mean, so that one odd day does not decide it


class Span(NamedTuple):
    """Some days in a row, both ends included."""

    since: date
    until: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.until - self.since).days + 1

    def holds(self, day: date) -> bool:
        """Return whether a day is one of them."""
        return self.since <= day <= self.until

    def before(self) -> "Span":
        """Return as many days, straight before these."""
        return last_days(self.since - timedelta(days=1), self.days)


class Section(NamedTuple, Generic[Row]):
    """One result: `n` observations are behind it; fewer than `least` are too few, and then `rows` is empty.

    `more` holds what belongs to it beside the rows, by key, ready for JSON.
    """

    id: str
    title: str
    n: int
    least: int
    rows: Sequence[Row]
    more: Mapping[str, Any] = {}

    @property
    def enough(self) -> bool:
        """Whether there is enough behind it to say anything."""
        return self.n >= self.least


def last_days(until: date, days: int) -> Span:
    """Return the span of `days` days that ends with `until`."""
    return Span(until - timedelta(days=days - 1), until)


def tenth(value: float) -> float:
    """Return a number as it is told: to one decimal."""
    return round(value, 1)


def mean(values: Iterable[float], least: int = ENOUGH) -> float | None:
    """Return the mean, to one decimal; None when there are fewer than `least`."""
    given = [*values]
    return tenth(mean_of(given)) if len(given) >= least else None


def mean_of(values: Iterable[float]) -> float:
    """Return the mean of one value or more; the same whatever their order."""
    given = [*values]
    return math.fsum(given) / len(given)


def median(values: Iterable[float]) -> float:
    """Return the middle of one value or more; between the two in the middle of an even number."""
    given = sorted(values)
    return (given[(len(given) - 1) // 2] + given[len(given) // 2]) / 2
