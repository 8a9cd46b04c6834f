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
_MOST_SECONDS = 1e9  # thirty years; more is a damaged file
_LIVE = timedelta(minutes=10)

Stored = Sequence[Mapping[str, Any]]


class Followed(NamedTuple):
    """How long an urge was followed, in minutes, and whether it was half as strong, or less, at the end of that.

    One that was not (the person left, or it held on) is "censored": it lasted at least so long.
    """

    minutes: float
    halved: bool


class Rating(NamedTuple):
    """How strong an urge was (0-10), so many seconds after its first rating."""

    at: float
    value: float


def number_between(value: object, low: float = 0, high: float = 10) -> float | None:
    """Return a stored answer that is a number from `low` to `high`; None for anything else."""
    if not isinstance(value, int | float) or isinstance(value, bool):  # to Python, True is the number 1
        return None
    return value if low <= value <= high else None


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
    ratings: list[Rating] = []
    end: float | None = None
    for practice in practices:
        start = _start(practice, began)
        ratings += [Rating(start + rating.at, rating.value) for rating in _rated(practice)]
        lasted = _lasted(practice)
        if lasted is not None:
            end = start + lasted
    last = _last_rating(after, began, end, practised=bool(practices))
    if last:
        ratings.append(last)
    ratings = sorted(rating for rating in ratings if 0 < rating.at <= LONGEST)
    for rating in ratings:
        if rating.value <= first / 2:
            return Followed(rating.at / 60, True)
    return Followed(ratings[-1].at / 60, False) if ratings else None


def _last_rating(after: Stored, began: float | None, end: float | None, *, practised: bool) -> Rating | None:
    """Return the rating given afterwards, by its own time or else at the end of the practice; None if neither tells.

    Without a practice, one given in a breath with the first tells no time.
    """
    value = number_between(after[0].get("answer")) if after else None
    if value is None:
        return None
    given = _seconds(after[0].get("after_seconds"))
    if began is None or given is None:
        return None if end is None else Rating(end, value)
    if practised or given - began >= _TOGETHER:
        return Rating(given - began, value)
    return None


def _seconds(value: object) -> float | None:
    return number_between(value, 0, _MOST_SECONDS)


def _start(practice: Mapping[str, Any], began: float | None) -> float:
    """Return when a practice began, in seconds after the first rating; an answer is given at its end."""
    given, lasted = _seconds(practice.get("after_seconds")), _lasted(practice)
    if began is None or given is None or lasted is None:
        return 0.0
    return max(given - lasted - began, 0.0)


def _lasted(practice: Mapping[str, Any]) -> float | None:
    answer = practice["answer"]
    return _seconds(answer.get("seconds")) if isinstance(answer, dict) else None


def _rated(practice: Mapping[str, Any]) -> Iterator[Rating]:
    """Yield the ratings of a practice, in seconds after its start."""
    answer = practice["answer"]
    ratings = answer.get("ratings") if isinstance(answer, dict) else None
    for rating in ratings if isinstance(ratings, list) else ():
        if isinstance(rating, dict):
            at, value = _seconds(rating.get("after_seconds")), number_between(rating.get("value"))
            if at is not None and value is not None:
                yield Rating(at, value)
