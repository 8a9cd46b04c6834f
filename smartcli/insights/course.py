"""How one urge went: from the ratings given while it lasted to the time until it was half as strong.

Three places tell: `after_seconds` beside the rating before and the one after (how long after the start an answer
was given live), and the ratings made during a practice. An urge written down later has no times of its own; its
practice, if it had one, still has.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

LONGEST = 3 * 60 * 60  # seconds; what is rated later than this may be another urge
_TOGETHER = 60  # seconds; two ratings nearer than this were given in one breath, and tell no time
_LIVE = timedelta(minutes=10)

Stored = Sequence[Mapping[str, Any]]


class Followed(NamedTuple):
    """How long an urge was followed, in minutes, and whether it was half as strong, or less, at the end of that.

    One that was not (the person left, or it held on) is "censored": it lasted at least so long.
    """

    minutes: float
    halved: bool


def number_between(value: object, low: float = 0, high: float = 10) -> float | None:
    """Return a stored answer that is a number from `low` to `high`; None for anything else."""
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return value if plain and low <= value <= high else None  # type: ignore[operator,return-value]


def is_live(started: object, when: object) -> bool:
    """Return whether an entry was written while it happened: it is about the moment it was begun."""
    if started == when:
        return True
    try:
        apart = datetime.fromisoformat(str(started)) - datetime.fromisoformat(str(when))
    except (TypeError, ValueError):
        return False
    return abs(apart) <= _LIVE


def followed(before: Stored, after: Stored, practices: Stored, *, live: bool) -> Followed | None:
    """Return how long an urge was followed until it was at half of its first rating; None when nothing tells.

    `before`, `after`, `practices`: its stored answers. The time is that of the first rating at or below half,
    so a true time is never longer; without one it is the time of the last rating.
    """
    first = number_between(before[0].get("answer"))
    if not first or not (practices or (after and "after_seconds" in after[0])):
        return None
    began = _seconds(before[0].get("after_seconds")) if live else None
    ratings: list[tuple[float, float]] = []
    end: float | None = None
    for practice in practices:
        start = _start(practice, began)
        ratings += [(start + at, value) for at, value in _rated(practice)]
        lasted = _seconds(practice["answer"].get("seconds")) if isinstance(practice["answer"], dict) else None
        end = start + lasted if lasted is not None else end
    if after and (last := number_between(after[0].get("answer"))) is not None:
        given = _seconds(after[0].get("after_seconds"))
        if began is None or given is None:
            ratings += [] if end is None else [(end, last)]
        elif practices or given - began >= _TOGETHER:
            ratings.append((given - began, last))
    ratings = sorted((at, value) for at, value in ratings if 0 < at <= LONGEST)
    halved = next((at for at, value in ratings if value <= first / 2), None)
    if halved is not None:
        return Followed(halved / 60, True)
    return Followed(ratings[-1][0] / 60, False) if ratings else None


def _seconds(value: object) -> float | None:
    return number_between(value, 0, 1e9)


def _start(practice: Mapping[str, Any], began: float | None) -> float:
    """Return when a practice began, in seconds after the first rating; an answer is given at its end."""
    given = _seconds(practice.get("after_seconds"))
    lasted = _seconds(practice["answer"].get("seconds")) if isinstance(practice["answer"], dict) else None
    return 0.0 if began is None or given is None or lasted is None else max(given - lasted - began, 0.0)


def _rated(practice: Mapping[str, Any]) -> Iterator[tuple[float, float]]:
    """Yield the ratings of a practice: seconds after its start, and the value."""
    answer = practice["answer"]
    ratings = answer.get("ratings") if isinstance(answer, dict) else None
    for one in ratings if isinstance(ratings, list) else ():
        if isinstance(one, dict):
            at, value = _seconds(one.get("after_seconds")), number_between(one.get("value"))
            if at is not None and value is not None:
                yield at, value
