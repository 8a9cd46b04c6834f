"""The share of urges still above half strength after so many minutes, when some were not followed to the end."""

import math
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from smartcli.insights.course import Followed
from smartcli.shares import Z


class Point(NamedTuple):
    """From `minutes` on, the share still above half, and its 95 % interval (None where there is none)."""

    minutes: float
    still: float
    low: float | None
    high: float | None


def curve(followed: Iterable[Followed]) -> list[Point]:
    """Return the Kaplan-Meier estimate, one point for each time at which an urge was seen to have halved.

    S(t) = product over times up to t of (1 - d / n): d halved then, n were still being followed (those that
    left at that very time among them). E. L. Kaplan and P. Meier, "Nonparametric estimation from incomplete
    observations", 1958. The interval is that of log(-log S) with Greenwood's variance (Kalbfleisch and Prentice,
    "The statistical analysis of failure time data", 1980), which stays between 0 and 1.
    """
    seen = sorted(followed)
    left, still, greenwood = len(seen), 1.0, 0.0
    points = []
    for minutes, group in groupby(seen, key=lambda one: one.minutes):
        together = [*group]
        halved = sum(one.halved for one in together)
        if halved:
            still *= 1 - halved / left
            greenwood += halved / (left * (left - halved)) if left > halved else math.inf
            points.append(Point(minutes, still, *_interval(still, greenwood)))
        left -= len(together)
    return points


def _interval(still: float, greenwood: float) -> tuple[float | None, float | None]:
    if not 0 < still < 1:
        return None, None
    reach = Z * math.sqrt(greenwood) / -math.log(still)
    return still ** math.exp(reach), still ** math.exp(-reach)


def time_to(points: Sequence[Point], share: float) -> tuple[float | None, float | None, float | None]:
    """Return the minutes by which no more than `share` are still above half, and the 95 % interval of that.

    The interval holds the times at which `share` lies inside the interval of the curve (R. Brookmeyer and
    J. Crowley, "A confidence interval for the median survival time", 1982). None where the curve does not get
    so far down.
    """
    return (
        next((one.minutes for one in points if one.still <= share), None),
        next((one.minutes for one in points if one.low is not None and one.low <= share), None),
        next((one.minutes for one in points if one.high is not None and one.high <= share), None),
    )
