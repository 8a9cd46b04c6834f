"""What was chosen before comes back only where it would be offered today."""

from typing import Any

import pytest

from smartcli.content.catalog import Catalog
from smartcli.entries.entry import Entry
from smartcli.fields import Options
from smartcli.session.form import Form
from smartcli.session.memory import Memory
from smartcli.settings import Settings
from tests.support.asking import entry
from tests.support.made import CATALOG

OWN = "ring my aunt"


def behaviour(family: str) -> Entry:
    return entry(CATALOG.find("start"), {"behaviours": [{"name": "evenings", "aim": "stop", "family": family}]}, day=1)


def starred(*chosen: str) -> Entry:
    return entry(CATALOG.find("coping-toolbox"), {"starred": [*chosen]}, day=2)


def form(catalog: Catalog, exercise: str, family: str, *entries: Entry, **answers: Any) -> Form:
    newest_first = [*entries, behaviour(family)]
    memory = Memory(
        lambda holding=None: newest_first,
        Settings(catalog.own / "config.toml"),
        catalog.measure_of,
        catalog.options_of,
    )
    return Form(catalog.find(exercise).fields, answers, memory, exercise=exercise)


def offered(filled: Form, name: str) -> list[str]:
    field = filled.offered(next(field for field in filled.fields if field.id == name))
    assert isinstance(field, Options)
    return [option.id for option in field.options]


@pytest.mark.parametrize(("family", "is_offered"), [("alcohol", True), ("eating", False), ("eating-restrict", False)])
def test_an_old_choice_comes_back_in_an_urge_only_where_the_list_would_offer_it(family: str, is_offered: bool) -> None:
    there = offered(form(CATALOG, "urge-log", family, starred("eat", "breathe", OWN)), "tool")
    assert ("eat" in there) is is_offered
    assert there[0] == ("eat" if is_offered else "breathe")
    assert OWN in there


def test_what_is_chosen_in_this_sitting_is_not_taken_away() -> None:
    assert "eat" in offered(form(CATALOG, "urge-log", "eating", starred("eat"), tool="eat"), "tool")


@pytest.mark.parametrize(("family", "kept"), [("alcohol", ["eat", "breathe", OWN]), ("eating", ["breathe", OWN])])
def test_a_toolbox_begun_from_the_last_one_leaves_out_what_is_not_for_this_behaviour(
    family: str, kept: list[str]
) -> None:
    filled = form(CATALOG, "coping-toolbox", family, starred("eat", "breathe", OWN))
    assert filled.before(next(field for field in filled.fields if field.id == "starred")) == kept


def test_own_words_alone_open_no_exercise(monkeypatch: pytest.MonkeyPatch) -> None:
    filled = form(CATALOG, "urge-log", "eating", starred(OWN))
    monkeypatch.setattr(filled.memory, "options_today", lambda exercise, field: pytest.fail("it was opened"))
    assert OWN in offered(filled, "tool")


def test_the_options_of_a_field_today_are_its_own_and_those_of_its_list() -> None:
    assert "eat" in {option.id for option in CATALOG.options_of("coping-toolbox", "starred")}
    assert CATALOG.options_of("coping-toolbox", "tool"), "a column's too"
    assert CATALOG.options_of("coping-toolbox", "ideas") == ()
    assert CATALOG.options_of("no-such-exercise", "starred") == ()
