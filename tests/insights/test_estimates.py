"""The formulas, against an independent implementation."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from smartcli.insights.course import Followed
from smartcli.insights.estimates import interval, least_difference, shrunken, t_quantile
from smartcli.insights.survival import curve, time_to
from smartcli.shares import Z, share_interval

FOLLOWED = st.lists(
    st.builds(Followed, st.integers(1, 40).map(float) | st.floats(0.1, 180, allow_nan=False), st.booleans()),
    min_size=2, max_size=60,
)  # fmt: skip


@pytest.mark.filterwarnings("ignore:The confidence interval is undefined")
@given(FOLLOWED)
def test_the_curve_and_its_interval_are_those_of_scipy(followed: list[Followed]) -> None:
    data = stats.CensoredData.right_censored(
        np.array([one.minutes for one in followed]), np.array([not one.halved for one in followed])
    )
    theirs = stats.ecdf(data).sf
    ours = curve(followed)
    bounds = theirs.confidence_interval(0.95, method="log-log")
    for point in ours:
        assert theirs.evaluate(point.minutes) == pytest.approx(point.still, abs=1e-9)
        if point.low is not None and point.high is not None:
            assert bounds.low.evaluate(point.minutes) == pytest.approx(point.low, abs=1e-9)
            assert bounds.high.evaluate(point.minutes) == pytest.approx(point.high, abs=1e-9)
    drops = [
        minutes for minutes, left in zip(theirs.quantiles, np.diff([1.0, *theirs.probabilities]), strict=True) if left
    ]
    assert [point.minutes for point in ours] == drops


@given(FOLLOWED, st.sampled_from([0.5, 0.1]))
def test_the_time_to_a_share_is_the_first_at_which_the_curve_is_that_low(
    followed: list[Followed], share: float
) -> None:
    points = curve(followed)
    middle, low, high = time_to(points, share)
    data = stats.CensoredData.right_censored(
        np.array([one.minutes for one in followed]), np.array([not one.halved for one in followed])
    )
    theirs = stats.ecdf(data).sf
    reached = [minutes for minutes, left in zip(theirs.quantiles, theirs.probabilities, strict=True) if left <= share]
    if middle is None:
        assert not [left for left in theirs.probabilities if left < share - 1e-9]
    else:
        assert any(math.isclose(middle, minutes) for minutes in reached) or math.isclose(theirs.evaluate(middle), share)
    assert low is None or middle is None or low <= middle
    assert high is None or middle is None or high >= middle


def test_a_worked_example_by_hand() -> None:
    """6 urges: halved at 2, 4, 4, 8 minutes; left at 3 and 10. S = 5/6, then 5/6 * 2/4, then that * 1/2."""
    followed = [
        Followed(2, True),
        Followed(3, False),
        Followed(4, True),
        Followed(4, True),
        Followed(8, True),
        Followed(10, False),
    ]
    assert [(point.minutes, round(point.still, 4)) for point in curve(followed)] == [
        (2, 0.8333),
        (4, 0.4167),
        (8, 0.2083),
    ]
    assert time_to(curve(followed), 0.5)[0] == 4
    assert time_to(curve(followed), 0.1)[0] is None


@pytest.mark.parametrize("freedom", [3, 4, 5, 8, 15, 40, 500])
def test_the_t_quantile_is_that_of_scipy(freedom: int) -> None:
    assert t_quantile(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), rel=2e-3)


@given(st.lists(st.integers(-10, 10), min_size=4, max_size=50))
def test_the_interval_is_that_of_scipy_but_never_narrower_than_whole_numbers_allow(values: list[int]) -> None:
    low, high = interval(values)
    spread = max(float(np.std(values, ddof=1)), math.sqrt(1 / 6)) / math.sqrt(len(values))
    theirs = stats.t.interval(0.95, len(values) - 1, float(np.mean(values)), spread)
    assert (low, high) == pytest.approx(theirs, abs=0.02 * spread + 1e-9)


def test_one_lucky_try_does_not_lead() -> None:
    assert shrunken([9], 2) < shrunken([5] * 10, 2)
    assert shrunken([5] * 100, 2) == pytest.approx(5, abs=0.2)


SHARES = st.integers(1, 60).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@given(SHARES)
def test_the_interval_of_a_share_is_that_of_scipy(share: tuple[int, int]) -> None:
    part, of = share
    theirs = stats.binomtest(part, of).proportion_ci(0.95, method="wilson")
    assert share_interval(part, of) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


def test_the_least_difference_is_that_of_the_paper() -> None:
    """Newcombe 1998, table II, the first example: 56 of 70 and 48 of 80, method 10, 95 %."""
    assert least_difference(56, 70, 48, 80, Z) == pytest.approx(0.0524, abs=5e-5)
