"""The interval of a share: how far a count of few may be from what is true of many."""

import math

Z = 1.959963984540054  # the 0.975 quantile of the normal distribution


def share_interval(part: int, of: int, z: float = Z) -> tuple[float, float]:
    """Return the interval of a share of 1 or more, both ends from 0 to 1; `z` is the normal quantile, 95 % without it.

    The score interval: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
    It holds for few, and for none or all of them, where the share -+ its error does not.
    """
    share = part / of
    centre = share + z * z / (2 * of)
    reach = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    scale = 1 + z * z / of
    return max((centre - reach) / scale, 0.0), min((centre + reach) / scale, 1.0)
