"""An entry as a small card to carry: what it plans, without what it asks."""

from collections.abc import Mapping
from typing import Any

from smartcli.entry import Answered, Entry
from smartcli.fields import Field, Options, Table
from smartcli.page import Card, Cell, Item
from smartcli.words import folded

_NOT_CARRIED = ("when", "behaviour", "helped")  # measures that look back


def card(entry: Entry, *, folds: bool = False) -> Card:
    """Return an entry as a card: its answers that mean something for later, under short titles.

    A row of a table is a list of its own, titled by its first cell: below it the person's own words, and
    quietly what was chosen beside them. `folds`: for paper.
    """
    cells: list[Cell] = []
    for one in entry.fields:
        if isinstance(one.field, Table):
            cells += [_row(one.field, row) for row in one.answer]
        elif one.field.measure and one.field.measure not in _NOT_CARRIED:
            cells.append(_list(one))
    said = {folded(cell.title) for cell in cells}
    return Card(entry.title, [cell for cell in cells if not _told_by(cell, said)], folds)


def carried(entry: Entry) -> bool:
    """Return whether an entry's exercise lays it out as a card."""
    show = entry.body.get("show")
    return isinstance(show, Mapping) and bool(show.get("card"))


def _list(one: Answered) -> Cell:
    return Cell(_called(one.field), [Item(words) for _, words in one.field.quotes(one.answer)])


def _told_by(cell: Cell, titles: set[str]) -> bool:
    """Return whether a list only names what other lists are about."""
    return bool(cell.items) and all(folded(item.text) in titles for item in cell.items)


def _row(table: Table, row: Mapping[str, Any]) -> Cell:
    first, *rest = [column for column in table.columns if column.id in row and column.measure not in _NOT_CARRIED]
    title = first.brief(row[first.id]) if isinstance(first, Options) else str(row[first.id])
    own = [column for column in rest if not isinstance(column, Options)]
    items = [Item(words) for column in own for _, words in column.quotes(row[column.id])]
    beside = [f"{_called(column)}: {column.brief(row[column.id])}" for column in rest if isinstance(column, Options)]
    return Cell(title, items, "; ".join(beside))


def _called(field: Field) -> str:
    return field.label or field.ask
