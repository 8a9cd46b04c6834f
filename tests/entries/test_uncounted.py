"""Amounts of a behaviour of which none are shown are left out, and nothing else is."""

from typing import Any

from smartcli.content.catalog import Catalog
from smartcli.entries.entry import Entry
from smartcli.entries.uncounted import without_amounts
from tests.conftest import CATALOGUE
from tests.support.asking import entry

SMALL = Catalog(CATALOGUE / "none", CATALOGUE).find("small")
AMOUNT = {"id": "amount", "kind": "number", "ask": "Much?", "measure": "amount"}
NAME = {"id": "what", "kind": "line", "ask": "What?", "measure": "amount.of"}


def shown(*fields: dict[str, Any], about: str = "food") -> dict[str, Any]:
    """Return the answers that are shown of an entry about food, of which no amount is."""
    made = entry(SMALL, {"what": "x"}, about)
    whole = Entry({**made.body, "fields": [*made.body["fields"], *fields]})
    return dict(without_amounts(whole, lambda name: name == "food").answers)


def test_an_amount_goes_and_an_empty_answer_beside_it_stays() -> None:
    ticked = {"id": "ticked", "kind": "choices", "ask": "Which?", "answer": []}
    assert shown({**AMOUNT, "answer": 3}, ticked) == {"what": "x", "ticked": []}


def test_a_row_that_names_another_behaviour_keeps_its_amount() -> None:
    rows = [{"what": "food", "amount": 3}, {"what": "coffee", "amount": 2}]
    table = {"id": "amounts", "kind": "table", "ask": "?", "columns": [NAME, AMOUNT], "answer": rows}
    assert shown(table)["amounts"] == rows[1:]
    assert "amounts" not in shown({**table, "answer": rows[:1]})


def test_a_table_that_names_none_is_of_the_entrys_behaviour() -> None:
    day = {"id": "day", "kind": "line", "ask": "Day?"}
    table = {
        "id": "days",
        "kind": "table",
        "ask": "?",
        "columns": [day, AMOUNT],
        "answer": [{"day": "Mon", "amount": 900}],
    }
    assert shown(table)["days"] == [{"day": "Mon"}]
    assert shown(table, about="coffee")["days"] == [{"day": "Mon", "amount": 900}]
