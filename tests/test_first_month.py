"""What somebody is offered in their first two months: in a sensible order, never nagging, never unsafe.

Each person here does certain things on certain days; the rules are those that ship.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from smartcli.content.catalog import Catalog
from smartcli.content.offers import holding, read_offers
from smartcli.entries.entry import Entry
from smartcli.entries.revisions import fill, new_id
from smartcli.journal.snoozed import Snoozed
from smartcli.session.form import Form
from tests.support.asking import memory

CATALOG = Catalog(Path("/nowhere"))
OFFERS, _ = read_offers(CATALOG.folder)
BEGAN = datetime(2026, 10, 1, 20, 0, tzinfo=UTC)
WEIGHING = {"cost-benefit", "change-plan"}


class Person(NamedTuple):
    """What somebody wants to change, and what they do by day: an exercise, and its answers."""

    aim: str
    family: str
    days: dict[int, list[tuple[str, dict[str, Any]]]]
    follows: bool = False  # whether they do what is suggested, on its second day


LISTS = {"gives": ["a"], "costs": ["a"], "would-give": ["a"], "would-cost": ["a"]}
URGE = ("urge-log", {"strength": 7, "tool": "wait", "trigger": "row"})
LAPSE = ("lapse", {"state": "over", "confidence": 4})
CHECK_IN = ("check-in", {"mood": 5})

PEOPLE = {
    "drinking, decided": Person("stop", "alcohol", {4: [URGE], 5: [URGE], 9: [URGE, URGE], 15: [LAPSE]}),
    "drinking, follows": Person("stop", "alcohol", {4: [URGE], 5: [URGE], 9: [URGE]}, follows=True),
    "phone, finding out": Person("find-out", "screens", {day: [CHECK_IN] for day in range(1, 40, 3)}, follows=True),
    "betting, in two minds": Person(
        "cut-down", "gambling", {3: [("cost-benefit", {"readiness": "torn", **LISTS})]}, follows=True
    ),
    "smoking, decided": Person(
        "stop", "nicotine", {3: [("cost-benefit", {"readiness": "decided", **LISTS})]}, follows=True
    ),
    "betting, not thinking of it": Person("cut-down", "gambling", {0: [("stages", {"stage": "not-thinking"})]}),
    "self-harm": Person("stop", "self-harm", {3: [URGE], 4: [URGE], 6: [URGE, URGE], 8: [LAPSE]}),
    "self-harm, follows": Person("stop", "self-harm", {3: [URGE], 4: [URGE], 6: [URGE], 8: [LAPSE]}, follows=True),
    "smoking, only looks": Person("stop", "nicotine", {}),
}


def made(exercise: str, answers: dict[str, Any], when: datetime) -> Entry:
    chosen = CATALOG.find(exercise)
    form = Form(chosen.fields, answers, memory(), own_words=False)
    return fill(chosen, form.filled({}, when), id=new_id(), started=when)


def suggested(person: Person, state: Path, days: int = 60) -> Iterator[tuple[int, str]]:
    """Yield each day's one suggestion, as Today would show it."""
    behaviours = [{"name": "it", "aim": person.aim, "family": person.family}]
    entries = [made("start", {"behaviours": behaviours}, BEGAN)]
    snoozed, before = Snoozed(state), ""
    for day in range(days):
        when = BEGAN + timedelta(days=day)
        for exercise, answers in person.days.get(day, []):
            entries.insert(0, made(exercise, answers, when))
        remembered = memory(*entries)
        done: dict[str, list[date]] = {}
        for entry in entries:
            done.setdefault(entry.exercise, []).append(entry.day)
        rules = holding(OFFERS, done, remembered.families(None), when.date(), remembered.newest_said)
        found = next((rule.exercise for rule in rules if snoozed.offer_suggestion(rule.exercise, when.date())), "")
        if found:
            yield day, found
        if found and found == before and person.follows:
            entries.insert(0, made(found, {}, when))
        before = found


@pytest.mark.parametrize("name", PEOPLE)
def test_nothing_is_shown_for_longer_than_three_days_in_three_weeks(name: str, tmp_path: Path) -> None:
    shown: dict[str, list[int]] = {}
    for day, exercise in suggested(PEOPLE[name], tmp_path):
        shown.setdefault(exercise, []).append(day)
    for exercise, days in shown.items():
        for first in days:
            assert sum(first <= day < first + 21 for day in days) <= 3, exercise


@pytest.mark.parametrize("name", PEOPLE)
def test_most_days_of_the_second_month_suggest_little_that_was_seen_before(name: str, tmp_path: Path) -> None:
    seen = Counter(exercise for _, exercise in suggested(PEOPLE[name], tmp_path))
    assert all(times <= 9 for times in seen.values())


@pytest.mark.parametrize("name", ["phone, finding out", "betting, not thinking of it", "betting, in two minds"])
def test_whoever_is_undecided_is_never_sent_to_a_plan(name: str, tmp_path: Path) -> None:
    offered = {exercise for _, exercise in suggested(PEOPLE[name], tmp_path)}
    assert "change-plan" not in offered
    assert "future-questions" in offered
    if name != "betting, in two minds":  # who chose to weigh it up unasked
        assert not offered & WEIGHING


def test_whoever_has_decided_is_offered_a_plan_after_weighing_it_up(tmp_path: Path) -> None:
    first = {exercise: day for day, exercise in reversed([*suggested(PEOPLE["smoking, decided"], tmp_path)])}
    assert 5 <= first["change-plan"] <= 10


@pytest.mark.parametrize("name", ["self-harm", "self-harm, follows"])
def test_for_self_harm_the_safety_plan_comes_first_and_nothing_weighs_it_up(name: str, tmp_path: Path) -> None:
    offered = [exercise for _, exercise in suggested(PEOPLE[name], tmp_path)]
    assert offered[0] == "safety-plan"
    assert not set(offered) & (WEIGHING | {"urge-voice", "refusal", "taking-stock", "rulers"})


@pytest.mark.parametrize("name", ["drinking, decided", "drinking, follows"])
def test_for_alcohol_safety_comes_before_any_plan(name: str, tmp_path: Path) -> None:
    offered = [exercise for _, exercise in suggested(PEOPLE[name], tmp_path)]
    assert offered[0] == "before-stopping"
    assert "cost-benefit" in offered


def test_after_a_lapse_comes_kindness_then_what_was_learnt(tmp_path: Path) -> None:
    days = [(day, exercise) for day, exercise in suggested(PEOPLE["drinking, decided"], tmp_path) if day >= 15]
    assert [exercise for _, exercise in days[:6]] == ["self-compassion"] * 3 + ["lapse-card"] * 3


if __name__ == "__main__":  # print the months, to be read
    import tempfile
    from itertools import groupby

    for name, person in PEOPLE.items():
        print(f"\n{name}")
        with tempfile.TemporaryDirectory() as folder:
            for exercise, days in groupby(suggested(person, Path(folder)), key=lambda one: one[1]):
                print("  day", ", ".join(str(day) for day, _ in days).ljust(12), exercise)
