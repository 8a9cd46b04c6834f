"""An entry as a small card: its answers as short lists, a table's rows among them."""

from collections.abc import Mapping
from typing import Any

from smartcli.blocks import Card, Cell
from smartcli.entries.entry import Entry
from smartcli.fields import Field, Options, Table
from smartcli.language import _
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
            cells.append(Cell(_called(one.field), one.field.items(one.answer)))
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
    title = "; ".join(item.text for item in first.items(row[first.id]))
    items, beside = [], []
    for column in rest:
        cell = column.items(row[column.id])
        if _is_written(column):
            items += cell
        elif not (pocket and column.measure in _LOOKS_BACK):
            answer = "; ".join(item.text for item in cell)
            beside.append(_("{question}: {answer}", question=_called(column), answer=answer))
    return Cell(title, items, "\n".join(beside))


def _is_written(column: Field) -> bool:
    """Return whether a cell is written by the person: no number, and not chosen from options."""
    return not column.wordless and not isinstance(column, Options)


def _called(field: Field) -> str:
    return field.label or field.ask
