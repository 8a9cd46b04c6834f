"""What somebody is offered in their first month: in a sensible order, and never unsafe.

Each person here does certain things on certain days; the rules are those that ship. Whole lives of sixty days are in
`test_three_lives.py`.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.lives import ANSWERS, Life, Offered, Written, check_in, live, urge

DAYS = 32
WEIGHING = {"cost-benefit", "change-plan"}
LISTS = {"gives": ["a"], "costs": ["a"], "would-give": ["a"], "would-cost": ["a"]}
LAPSE = ("lapse", {"state": "over", "confidence": 4})


def weighed(readiness: str) -> Written:
    return [("cost-benefit", {"readiness": readiness, **LISTS})]


PEOPLE = {
    "drinking, decided": Life("it", "alcohol", "stop", {4: [urge("row")], 9: [urge("row")] * 2, 15: [LAPSE]}, ANSWERS, takes=False),
    "phone, finding out": Life("it", "screens", "find-out", {day: [check_in()] for day in range(1, 40, 3)}, ANSWERS),
    "betting, in two minds": Life("it", "gambling", "cut-down", {3: weighed("torn")}, ANSWERS),
    "smoking, decided": Life("it", "nicotine", "stop", {1: weighed("decided")}, ANSWERS),
    "betting, not thinking of it": Life(
        "it", "gambling", "cut-down", {0: [("stages", {"stage": "not-thinking"})]}, ANSWERS, takes=False
    ),
    "self-harm, follows": Life("it", "self-harm", "stop", {3: [urge("row")], 8: [LAPSE]}, ANSWERS),
}  # fmt: skip

Suggested = Callable[[str], list[Offered]]


@pytest.fixture(scope="module")
def suggested(tmp_path_factory: pytest.TempPathFactory) -> Suggested:
    """Return what a person is offered day by day, lived once for all tests."""
    known: dict[str, list[Offered]] = {}

    def days(name: str) -> list[Offered]:
        if name not in known:
            known[name] = [*live(PEOPLE[name], Path(tmp_path_factory.mktemp("month")), DAYS)]
        return known[name]

    return days


@pytest.mark.parametrize("name", ["phone, finding out", "betting, not thinking of it"])
def test_whoever_is_undecided_is_never_sent_to_weigh_it_up_or_to_a_plan(name: str, suggested: Suggested) -> None:
    offered = {day.exercise for day in suggested(name)}
    assert not offered & WEIGHING
    assert "future-questions" in offered


def test_whoever_is_in_two_minds_is_not_sent_to_a_plan(suggested: Suggested) -> None:
    assert "change-plan" not in {day.exercise for day in suggested("betting, in two minds")}


def test_whoever_has_decided_is_offered_a_plan_after_weighing_it_up(suggested: Suggested) -> None:
    days = [day.day for day in suggested("smoking, decided") if day.exercise == "change-plan"]
    assert days
    assert 3 <= days[0] <= 10


def test_for_self_harm_the_safety_plan_comes_first_and_nothing_weighs_it_up(suggested: Suggested) -> None:
    offered = [day.exercise for day in suggested("self-harm, follows")]
    assert offered[0] == "safety-plan"
    assert not set(offered) & (WEIGHING | {"urge-voice", "refusal", "taking-stock", "rulers"})


def test_for_alcohol_safety_comes_first_and_again_after_a_lapse(suggested: Suggested) -> None:
    offered = suggested("drinking, decided")
    assert offered[0].exercise == "before-stopping"
    after = [day.exercise for day in offered if day.day > 15]
    assert after[:7] == ["before-stopping"] * 3 + ["self-compassion"] * 3 + ["lapse-card"]
