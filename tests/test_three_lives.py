"""Three made people live sixty days with the product: what was said is answered, nobody is circled, nothing runs dry."""

from collections.abc import Callable
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest

from smartcli.content import offers, path
from smartcli.content.offers import read_offers
from smartcli.content.path import read_path
from tests.support.lives import (
    BACKUP,
    BINGES,
    EATING_LITTLE,
    HURTING,
    LIVES,
    STOP_DRINKING,
    Life,
    Offered,
    live,
    variants,
)
from tests.support.made import CATALOG

OFFERS, _ = read_offers(CATALOG.folder)
POINT_3 = {exercise.id for exercise in CATALOG if exercise.point == "thoughts"}
ALL, PATH, NONE = "takes everything", "takes everything, the path too", "takes nothing"
WAYS = (ALL, PATH, NONE)
NAMES = [life.name for life in LIVES]

Lived = Callable[[Life, str], list[Offered]]
OFFERS_READ, PATH_READ = cache(read_offers), cache(read_path)


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the offers and the path once for some thousand days."""
    monkeypatch.setattr(offers, "read_offers", OFFERS_READ)
    monkeypatch.setattr(path, "read_path", PATH_READ)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    """Return the days of a life, lived once for all tests."""
    known: dict[tuple[str, str], list[Offered]] = {}

    def days(life: Life, way: str) -> list[Offered]:
        if (life.name, way) not in known:
            known[life.name, way] = [*live(variants(life)[way], tmp_path_factory.mktemp("life"))]
        return known[life.name, way]

    return days


def turns(offered: list[Offered]) -> list[tuple[str, str]]:
    """Return what was offered, with its reason, one item for each stay in view."""
    return [offer for offer, _ in groupby((day.exercise, day.say) for day in offered) if offer[0]]


@pytest.mark.parametrize("life", LIVES, ids=NAMES)
@pytest.mark.parametrize("way", [ALL, PATH])
def test_who_takes_everything_never_runs_dry(life: Life, way: str, lived: Lived) -> None:
    for day in lived(life, way):
        assert day.exercise or not day.left, f"day {day.day}: {day.left}"


@pytest.mark.parametrize("life", LIVES, ids=NAMES)
def test_who_takes_everything_meets_most_of_point_three(life: Life, lived: Lived) -> None:
    assert len(POINT_3) >= 15
    assert len({day.exercise for day in lived(life, ALL)} & POINT_3) >= 10


@pytest.mark.parametrize("life", LIVES, ids=NAMES)
def test_who_takes_nothing_is_not_circled(life: Life, lived: Lived) -> None:
    offered = turns(lived(life, NONE))
    assert len({exercise for exercise, _ in offered}) >= 16
    # of the rules that come with time, none comes a second time before sixty days are over
    in_time = {offer.say for offer in OFFERS if not offer.now}
    calm = [exercise for exercise, say in offered if say in in_time]
    assert len(calm) - len(set(calm)) <= 2, calm  # one that was in view when something else came between


@pytest.mark.parametrize("life", LIVES, ids=NAMES)
def test_nothing_is_shown_for_longer_than_three_days_in_three_weeks(life: Life, lived: Lived) -> None:
    shown: dict[str, list[int]] = {}
    for day in lived(life, NONE):
        shown.setdefault(day.say, []).append(day.day)
    shown.pop("", None)
    for say, days in shown.items():
        assert all(sum(first <= day < first + 21 for day in days) <= 3 for first in days), say


def first_day(offered: list[Offered], exercise: str, since: int = 0) -> int:
    """Return the first day since one on which an exercise was offered; 99 where it was not."""
    return next((day.day for day in offered if day.day >= since and day.exercise == exercise), 99)


@pytest.mark.parametrize("way", WAYS)
def test_what_was_said_is_answered(way: str, lived: Lived) -> None:
    drinking, betting = lived(STOP_DRINKING, way), lived(LIVES[1], way)
    assert drinking[0].exercise == "before-stopping"
    assert first_day(drinking, "before-stopping", since=16) <= 22  # asked again after the lapse of day 15
    assert first_day(drinking, "self-compassion", since=16) <= 20
    assert first_day(drinking, "good-things", since=21) <= 30  # low days from day 21 on
    assert first_day(drinking, "safety-plan", since=31) <= 33  # hopeless on day 30
    assert first_day(betting, "lapse", since=19) == 19  # it was still going on
    assert first_day(betting, "problem-solving", since=28) <= 34  # two days that went another way
    assert first_day(betting, "anger", since=6) <= 8


@pytest.mark.parametrize("way", WAYS)
def test_nobody_is_told_that_it_is_over_while_a_lapse_goes_on(way: str, lived: Lived) -> None:
    offered = [day.exercise for day in lived(LIVES[1], way) if 18 < day.day < 40]
    assert "lapse-card" not in offered


def may_be_offered(family: str) -> set[str]:
    """Return what no rule keeps from a family, and what no rule names at all."""
    named = {offer.exercise for offer in OFFERS}
    return {offer.exercise for offer in OFFERS if offer.is_for(frozenset({family}))} | ({"check-in"} - named)


@pytest.mark.parametrize("life", [*LIVES, HURTING, EATING_LITTLE, BINGES], ids=lambda life: life.family)
@pytest.mark.parametrize("way", [PATH, NONE])
def test_nothing_is_offered_that_the_family_excludes(life: Life, way: str, lived: Lived) -> None:
    offered = {day.exercise for day in lived(life, way)} - {"", BACKUP}
    assert offered <= may_be_offered(life.family), offered - may_be_offered(life.family)
    if life.family in ("self-harm", "eating", "eating-restrict"):
        assert not offered & {"limits", "trial", "read-cut-down"}
    if life.family == "self-harm":
        assert first_day(lived(life, way), "safety-plan") == 0


def test_a_breach_would_be_found() -> None:
    assert "triggers" not in may_be_offered("self-harm")
    assert "limits" not in may_be_offered("eating")
    assert "triggers" in may_be_offered("gambling")


def test_the_path_is_one_small_step_a_day(lived: Lived, tmp_path: Path) -> None:
    path = lived(LIVES[2], PATH)
    assert path[1].exercise == "check-in"  # the first step, on the day after it was chosen
    assert len({day.say for day in path[1:29]}) >= 20
