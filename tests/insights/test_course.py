"""How long an urge was followed, and whether it had halved."""

from typing import Any

import pytest

from smartcli.insights.course import LONGEST, Followed, followed, is_live


def practice(*ratings: tuple[float, float], seconds: float = 120, **stored: Any) -> dict[str, Any]:
    told = [{"after_seconds": at, "value": value} for at, value in ratings]
    return {**stored, "answer": {"seconds": seconds, "finished": True, "ratings": told}}


def rated(value: object, at: float | None = None) -> list[dict[str, Any]]:
    return [{"answer": value} | ({} if at is None else {"after_seconds": at})]


def test_the_first_rating_at_or_below_half_gives_the_time() -> None:
    assert followed(rated(8), [], [practice((30, 6), (60, 4), (90, 5))], live=True) == Followed(1, True)


def test_a_practice_begins_when_it_was_begun() -> None:
    """Its answer is given at its end, 200 seconds after the start: it began at 80, the first rating was at 20."""
    long = practice((30, 4), seconds=120, after_seconds=200)
    assert followed(rated(8, 20), [], [long], live=True) == Followed(1.5, True)
    assert followed(rated(8, 20), [], [long], live=False) == Followed(0.5, True)


def test_an_urge_left_early_is_followed_as_long_as_it_was_rated() -> None:
    assert followed(rated(8), [], [practice((30, 7), (60, 6))], live=True) == Followed(1, False)


def test_the_rating_afterwards_counts_at_its_own_time_or_at_the_end_of_the_practice() -> None:
    assert followed(rated(8, 0), rated(3, 600), [], live=True) == Followed(10, True)
    assert followed(rated(8), rated(3), [practice(seconds=90)], live=False) == Followed(1.5, True)


@pytest.mark.parametrize(
    ("before", "after", "practices", "live"),
    [
        (rated(8, 0), rated(3, 600), [], False),  # written down later: these times are those of the writing
        (rated(8, 0), rated(3, 20), [], True),  # both in one breath
        (rated(8), rated(3), [], True),  # no times
        (rated(8), [], [practice()], True),  # nothing was rated again
        (rated(0), [], [practice((30, 0))], True),  # there was no urge
        (rated(8, 0), rated(3, LONGEST + 1), [], True),  # hours later: perhaps another
        (rated("8", 0), rated(3, 600), [], True),
        (rated(8), [], [{"answer": "two minutes"}], True),
    ],
)
def test_what_tells_no_time_is_not_counted(before: Any, after: Any, practices: Any, live: bool) -> None:
    assert followed(before, after, practices, live=live) is None


def test_live_is_what_is_about_the_moment_it_was_begun() -> None:
    assert is_live("2026-11-22T20:00:00+00:00", "2026-11-22T21:05:00+01:00")
    assert not is_live("2026-11-22T20:00:00+00:00", "2026-11-22T18:00:00+00:00")
    assert not is_live("2026-11-22T20:00:00+00:00", "yesterday")
