"""How sure a mean is, and how far to trust one from few tries."""

import math
from collections.abc import Sequence

from smartcli.insights.section import mean_of
from smartcli.shares import Z, share_interval

_LEAST_VARIANCE = 1 / 6  # of a difference of two ratings in whole numbers: each is off by up to a half (1/12)


def t_quantile(freedom: int) -> float:
    """Return the 0.975 quantile of Student's t distribution, for 3 degrees of freedom or more, within 0.2 %.

    An expansion of the normal quantile: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.5.
    """
    z = Z
    sizes = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + math.fsum(size / float(freedom**power) for power, size in enumerate(sizes, 1))


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Return the 95 % t interval of the mean of 4 values or more: mean -+ t * s / sqrt(n).

    The variance is never taken to be less than what rounding to whole numbers hides.
    """
    middle = mean_of(values)
    variance = math.fsum((value - middle) ** 2 for value in values) / (len(values) - 1)
    reach = t_quantile(len(values) - 1) * math.sqrt(max(variance, _LEAST_VARIANCE) / len(values))
    return middle - reach, middle + reach


def shrunken(values: Sequence[float], overall: float, weight: int = 5) -> float:
    """Return a mean drawn towards the overall one: (sum + weight * overall) / (n + weight).

    As if `weight` middling tries had been made before the first. So one lucky try does not lead, and the more
    there are the more they count (the idea: Efron and Morris, "Stein's paradox in statistics", 1977).
    """
    return (sum(values) + weight * overall) / (len(values) + weight)


def least_difference(part: int, of: int, other: int, other_of: int, z: float) -> float:
    """Return the lower end of the interval of one share minus another, each of 1 or more.

    Method 10 of R. G. Newcombe, "Interval estimation for the difference between independent proportions", 1998:
    put together from the score intervals of the two.
    """
    share, other_share = part / of, other / other_of
    low, _ = share_interval(part, of, z)
    _, high = share_interval(other, other_of, z)
    return share - other_share - math.hypot(share - low, high - other_share)
