"""A plan as a card: everything on a screen, and what is of use in a pocket on paper."""

from pathlib import Path

from smartcli.blocks import Card, Cell, Item
from smartcli.entries.entry import Entry
from smartcli.journal.store import Journal
from smartcli.pages.card import card
from smartcli.pages.entry import entry_page
from smartcli.renderers import plain
from smartcli.renderers.cards import panels_of
from tests.support.made import record
from tests.test_shipped import check_fits

LONG = "a rather long way of putting it that goes on and on, well past sixty characters"
IF_THEN = {
    "situations": ["payday", "After the Friday shift"],
    "plans": [
        {"situation": "payday", "response": "ring", "link": "If the money comes, then I will ring Dee"},
        {"situation": "After the Friday shift", "response": LONG, "link": "If Marek asks, then I will go home"},
    ],
}


def kept(home: Path, exercise: str, answers: dict[str, object]) -> Entry:
    record(home, exercise, answers)
    return next(iter(Journal(home / "journal").entries()))


def test_a_rows_first_cell_titles_it_and_what_was_chosen_stands_beside(home: Path) -> None:
    cells = card(kept(home, "if-then", IF_THEN), pocket=True).cells
    assert [cell.title for cell in cells][1] == "After the Friday shift"
    assert cells[1].items == [Item("If Marek asks, then I will go home")]
    assert LONG in cells[1].remark
    assert len(cells) == 2  # the situations alone would only say again what the rows are about


def test_a_screen_shows_every_word_of_it(home: Path) -> None:
    answers = {"ways": [{"way": LONG, "mine": "mine\twords", "when": "payday"}], "kept-where": "behind my bus pass"}
    entry = kept(home, "urge-plan", answers)
    said = plain.page(entry_page(entry))
    for words in (LONG, "behind my bus pass", "mine"):
        assert words in said
    check_fits(entry_page(entry), 40)
    check_fits(entry_page(entry), 100)


def test_no_list_lies_across_a_fold() -> None:
    cells = [Cell(f"way {number}", [Item("words " * 8)]) for number in range(9)]
    panels = panels_of(Card("Plan", cells, folds=True))
    assert [cell for panel in panels for cell in panel] == cells
    assert len(panels) > 2
    assert panels_of(Card("Plan", [Cell("long", [Item("words " * 200)])])) == [[Cell("long", [Item("words " * 200)])]]
