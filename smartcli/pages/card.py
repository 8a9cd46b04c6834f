"""An entry as a small card: its answers as short lists, a table's rows among them."""

from collections.abc import Mapping
from typing import Any

from smartcli.blocks import Card, Cell, Item
from smartcli.entries.entry import Entry
from smartcli.fields import Field, Lines, Table
from smartcli.words import folded

_BESIDE = ("when", "behaviour")  # measures that stand beside the title
_LOOKS_BACK = ("helped",)


def card(entry: Entry, *, pocket: bool = False) -> Card:
    """Return an entry as a card.

    A row of a table is a list of its own, titled by its first cell: below it the person's own words, and quietly
    what was chosen beside them. `pocket`: for paper, with its title and folds, and without what only looks back.
    """
    cells: list[Cell] = []
    for one in entry.fields:
        if isinstance(one.field, Table):
            cells += [_row(one.field, row, pocket) for row in one.answer]
        elif one.field.measure not in _BESIDE and (one.field.measure or not pocket):
            items = one.field.items(one.answer) if isinstance(one.field, Lines) else _items(one.field, one.answer)
            cells.append(Cell(_called(one.field), items))
    titles = {folded(cell.title) for cell in cells}
    shown = [cell for cell in cells if not all(folded(item.text) in titles for item in cell.items) or cell.remark]
    return Card(entry.title if pocket else "", shown, folds=pocket)


def is_card(entry: Entry) -> bool:
    """Return whether an entry's exercise lays it out as a card."""
    show = entry.body.get("show")
    return isinstance(show, Mapping) and bool(show.get("card"))


def _row(table: Table, row: Mapping[str, Any], pocket: bool) -> Cell:
    """Return one row as a list under its first cell."""
    first, *rest = [column for column in table.columns if column.id in row]
    title = "; ".join(item.text for item in _items(first, row[first.id]))
    items, beside = [], []
    for column in rest:
        said = _items(column, row[column.id])
        if column.kind in ("line", "text", "lines"):
            items += said
        elif not (pocket and column.measure in _LOOKS_BACK):
            beside.append(f"{_called(column)}: {'; '.join(item.text for item in said)}")
    return Cell(title, items, "\n".join(beside))


def _items(field: Field, answer: Any) -> list[Item]:
    return [Item(words) for _, words in field.quotes(answer)] or [Item(field.brief(answer))]


def _called(field: Field) -> str:
    return field.label or field.ask
