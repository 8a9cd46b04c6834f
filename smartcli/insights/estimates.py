"""How sure a mean is, and how far to trust one from few tries."""

import math
from collections.abc import Sequence
from statistics import NormalDist, fmean, variance

_LEAST_VARIANCE = 1 / 6  # of a difference of two ratings in whole numbers: each is off by up to a half (1/12)


def t_quantile(share: float, freedom: int) -> float:
    """Return the quantile of Student's t distribution, for 3 degrees of freedom or more.

    An expansion of the normal quantile (Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.5);
    within 0.2 % for the 0.975 used here.
    """
    z = NormalDist().inv_cdf(share)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / freedom**power for power, term in enumerate(terms, 1))


def interval(values: Sequence[float], share: float = 0.95) -> tuple[float, float]:
    """Return the t interval of the mean of 4 values or more: mean -+ t * s / sqrt(n).

    The variance is never taken to be less than what rounding to whole numbers hides.
    """
    spread = math.sqrt(max(variance(values), _LEAST_VARIANCE) / len(values))
    reach = t_quantile(0.5 + share / 2, len(values) - 1) * spread
    return fmean(values) - reach, fmean(values) + reach


def shrunken(values: Sequence[float], overall: float, weight: int = 5) -> float:
    """Return a mean drawn towards the overall one: (sum + weight * overall) / (n + weight).

    As if `weight` middling tries had been made before the first. So one lucky try does not lead, and the more
    there are the more they count (the idea: Efron and Morris, "Stein's paradox in statistics", 1977).
    """
    return (sum(values) + weight * overall) / (len(values) + weight)
