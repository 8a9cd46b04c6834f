"""What is on offer to each family of behaviour, and what nobody of that family is ever offered or asked.

Claims about ids, kinds and conditions, never about wording.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from smartcli.content.catalog import Catalog
from smartcli.content.offers import Given, holding, read_offers
from smartcli.fields import Choice, Field, Options, Scale, Table
from smartcli.fields.base import FAMILIES
from smartcli.session.form import Form
from tests.support.asking import entry, memory

CATALOG = Catalog(Path("/nowhere"))
OFFERS, _ = read_offers(CATALOG.folder)
WALKED = ["urge-log", "lapse", "surroundings", "triggers", "coping-toolbox"]
WALKS = 24  # as many as the longest choice that leads to other questions has options, and a few more

FOOD = {"eat", "cook", "water", "tea", "soft-drink", "stock", "clear-out"}
MONEY = {"bank-block", "self-exclude", "lock-money"}
OTHERS_OFFERING = {"ask-friends", "offered", "friends-doing-it"}
NEVER: dict[str, set[str]] = {
    "eating": FOOD | {"after-meal", "ask-friends", "put-there"},
    "eating-restrict": FOOD | OTHERS_OFFERING | {"after-meal", "walk", "stairs", "dance", "apps", "shop"},
    "gambling": {"clear-out", "game", "seeing-it", "after-meal", "one-look", "only-today"},
    "spending": {"clear-out", "errand", "offered", "win-it-back", "after-meal"},
    "screens": {"clear-out", "game", "read", "funny", "after-meal", "seeing-it", "win-it-back"},
    "sex": {"clear-out", "bed", "rest", "shower", "offered", "seeing-it", "win-it-back"},
    "nicotine": {"win-it-back", "only-today", "phone-bed"},
    "self-harm": OTHERS_OFFERING | {"clear-out", "put-away", "put-things-away", "cash", "cook", "stairs", "surf"},
}
OFFERED = {
    ("gambling", "urge-log"): {"lock-money", "win-it-back", "losing"},
    ("gambling", "surroundings"): {"bank-block", "self-exclude"},
    ("spending", "surroundings"): {"bank-block", "self-exclude", "wait-list"},
    ("spending", "urge-log"): {"leave-basket", "only-today", "sale"},
    ("screens", "urge-log"): {"five-minutes", "alone-phone", "device-away"},
    ("sex", "triggers"): {"alone-phone", "late-night", "travelling"},
    ("sex", "urge-log"): {"one-look"},
    ("nicotine", "urge-log"): {"nicotine-medicine", "one-cigarette"},
    ("nicotine", "surroundings"): {"put-away", "ask-friends", "clear-out"},
    ("eating", "coping-toolbox"): {"next-meal", "after-meal-company"},
    ("eating", "surroundings"): {"meal-times", "at-table"},
    ("eating-restrict", "coping-toolbox"): {"next-meal"},
    ("eating-restrict", "surroundings"): {"meal-times", "unfollow-accounts"},
    ("self-harm", "surroundings"): {"keep-for-me", "with-people"},
    ("alcohol", "surroundings"): {"clear-out", "put-away", "ask-friends"},
}
WITHOUT_A_SCALE = [exercise.id for exercise in CATALOG if exercise.point == "urges" and exercise.per_behaviour]


def asked_of(family: str, name: str) -> Iterator[Field]:
    """Yield every question of an exercise that somebody of a family can meet, with what it offers them."""
    exercise = CATALOG.find(name)
    start = entry(CATALOG.find("start"), {"behaviours": [{"name": "it", "aim": "stop", "family": family}]})
    about = "it" if exercise.per_behaviour else None
    fields = [field for field in exercise.fields if not field.later]
    for walk in range(WALKS):
        answers: dict[str, Any] = {}
        form = Form(fields, answers, memory(start), about, exercise=name)
        while field := next((one for one in form.asked() if one.id not in answers), None):
            offered = form.offered(field)
            yield offered
            if isinstance(offered, Table):
                yield from (form.suited(column, {}) for column in offered.columns if not column.later)
            answers[field.id] = an_answer(offered, walk)


def an_answer(field: Field, walk: int) -> Any:
    """Return an answer to a question: another one on each walk, so that every way is gone."""
    if isinstance(field, Options) and field.options:
        option = field.options[walk % len(field.options)].id
        return option if isinstance(field, Choice) else [option]
    if isinstance(field, Scale):
        return field.high if walk % 2 else field.low
    if field.kind == "yes_no":
        return bool(walk % 2)
    return {"number": 1, "line": "words", "text": "words", "lines": ["words"]}.get(field.kind)


def on_offer(family: str, name: str) -> set[str]:
    return {option.id for field in asked_of(family, name) if isinstance(field, Options) for option in field.options}


@pytest.mark.parametrize("name", WALKED)
@pytest.mark.parametrize("family", FAMILIES)
def test_nobody_is_offered_what_is_wrong_for_them(family: str, name: str) -> None:
    never = NEVER.get(family, set()) | (set() if family in ("gambling", "spending") else MONEY)
    assert on_offer(family, name) & never == set()


@pytest.mark.parametrize(("family", "name"), OFFERED)
def test_each_family_is_offered_what_helps_it(family: str, name: str) -> None:
    assert OFFERED[family, name] - on_offer(family, name) == set()


@pytest.mark.parametrize("family", FAMILIES)
def test_what_goes_with_it_is_named_for_those_who_have_it_only(family: str) -> None:
    on = on_offer(family, "surroundings")
    assert ("put-away" in on) == (family in ("alcohol", "nicotine", "cannabis"))


def test_a_trigger_and_the_same_moment_of_a_plan_are_for_the_same_families() -> None:
    situations = {one.id: (one.for_, one.not_for) for one in CATALOG.list_named("situations") or ()}
    triggers = {one.id: (one.for_, one.not_for) for one in CATALOG.list_named("triggers") or ()}
    assert len(situations) > 20
    assert {name: triggers[name] for name in situations} == situations


@pytest.mark.parametrize("name", ["lapse", *WITHOUT_A_SCALE])
def test_of_self_harm_no_exercise_on_urges_asks_a_number(name: str) -> None:
    kinds = {field.kind for field in asked_of("self-harm", name)}
    assert kinds & {"scale", "number", "yes_no", "rank"} == set()


@pytest.mark.parametrize("name", ["lapse", *WITHOUT_A_SCALE])
def test_of_self_harm_every_exercise_on_urges_leads_to_the_safety_plan_or_to_people(name: str) -> None:
    asked = [field for field in asked_of("self-harm", name) if isinstance(field, Choice)]
    opened = {option.opens for field in asked for option in field.options}
    assert "safety-plan" in opened or name in ("urge-log", "surroundings")  # they show the plan itself


def test_of_self_harm_the_day_is_not_asked_for_urges() -> None:
    assert {field.id for field in asked_of("self-harm", "check-in")} & {"urges", "strongest"} == set()
    assert "urges" in {field.id for field in asked_of("alcohol", "check-in")}


def offered_after_everything(family: str, **said: str) -> set[str]:
    """Return every exercise that the rules would offer somebody of a family who did all the others."""
    today = date(2026, 11, 22)
    days = [today - timedelta(days=back) for back in range(0, 400, 2)]
    answers = {"aim": "stop", "trigger": "offered", "readiness": "decided", "lapse": "over", **said}

    def given(measure: str, within: int) -> list[Given]:
        return [Given(today, [answers[measure]])] if measure in answers else []

    offered: set[str] = set()
    for rule in OFFERS:
        done = {exercise.id: days for exercise in CATALOG if exercise.id != rule.exercise}
        rules = holding([rule], done, frozenset({family}), today, given)
        offered.update(one.exercise for one in rules)
    return offered


def test_what_is_not_offered_where_somebody_hurts_themselves() -> None:
    kept_back = {
        *("surroundings", "triggers", "refusal", "urge-voice", "urge-plan", "if-then", "abc-urge", "coping-toolbox"),
        *("cost-benefit", "change-plan", "taking-stock", "rulers", "lapse-card", "play-forward", "urge-surfing"),
        *("limits", "trial", "two-weeks", "rehearsal", "future-pictures", "read-urges", "read-lapses"),
        *("read-cut-down", "read-degrees", "read-medicines"),
    }
    assert offered_after_everything("self-harm") & kept_back == set()
    assert "safety-plan" in offered_after_everything("self-harm")


@pytest.mark.parametrize("family", ["eating", "eating-restrict"])
def test_nobody_is_sent_to_change_what_food_is_around_them(family: str) -> None:
    offered = offered_after_everything(family)
    assert offered & {"surroundings", "refusal"} == set()
    assert ("change-plan" in offered) == (family == "eating")


@pytest.mark.parametrize(("state", "is_over"), [("over", True), ("goes-on", False), ("not-sure", False)])
def test_no_offer_says_that_a_lapse_is_over_while_it_goes_on(state: str, is_over: bool) -> None:
    assert ("lapse-card" in offered_after_everything("alcohol", lapse=state)) is is_over


def started(*families: str, **answers: Any) -> Form:
    rows = [{"name": family, "family": family} for family in families]
    return Form(CATALOG.find("start").fields, {"behaviours": rows, **answers}, memory())


def test_the_kind_is_asked_before_the_aim_and_help_can_be_an_aim() -> None:
    behaviours = CATALOG.find("start").field("behaviours")
    assert isinstance(behaviours, Table)
    columns = {column.id: column for column in behaviours.columns}
    assert [*columns] == ["name", "family", "aim"]
    assert "get-help" in {option.id for option in getattr(columns["aim"], "options", ())}


@pytest.mark.parametrize(("families", "is_asked"), [(["eating"], True), (["eating-restrict"], False),
                                                    (["eating", "eating-restrict"], False), (["alcohol"], False)])  # fmt: skip
def test_eating_is_asked_which_it_is(families: list[str], is_asked: bool) -> None:
    assert ("eating-kind" in {field.id for field in started(*families).visible()}) is is_asked


@pytest.mark.parametrize(("kind", "is_shown"), [("yes", True), ("not-sure", True), ("no", False)])
def test_whoever_also_eats_very_little_is_told_of_a_doctor(kind: str, is_shown: bool) -> None:
    shown = {field.id for field in started("eating", **{"eating-kind": kind}).visible()}
    assert ("eating-both" in shown) is is_shown


@pytest.mark.parametrize(
    "family",
    ["stimulants", "cannabis", "nicotine", "other-drugs", "gambling", "eating", "eating-restrict", "self-harm"],
)
def test_start_has_a_note_of_its_own_for_a_family(family: str) -> None:
    assert family in {field.id for field in started(family).visible()}
    assert family not in {field.id for field in started("other").visible()}
