"""An entry on a page: its questions and answers, laid out as its exercise asks."""

from collections.abc import Mapping, Sequence
from typing import Any

from smartcli.entry import Answered, Entry
from smartcli.fields import Lines, Table
from smartcli.moments import day_said
from smartcli.page import Block, Cell, Grid, Heading, Page, Wheel, Words

_TOLD_BESIDE = ("when", "behaviour")  # measures that stand beside the title already


def entry_page(entry: Entry, notes: Sequence[str] = ()) -> Page:
    """Return an entry's page; `notes` are quiet remarks at its foot."""
    return Page(entry.title, [*entry_blocks(entry), *(Words(note, quiet=True) for note in notes)], about(entry))


def about(entry: Entry) -> str:
    """Return what an entry is about and when: "drinking · Sunday 22 November"."""
    day = day_said(entry.day, long=True)
    time = "" if entry.when.whole_day else f", {entry.when.at:%H:%M}"
    return " · ".join(part for part in (entry.behaviour, day + time) if part)


def entry_blocks(entry: Entry) -> list[Block]:
    """Return the questions and answers of an entry as blocks."""
    show = entry.body.get("show")
    show = show if isinstance(show, Mapping) else {}
    grid, wheel = _names(show.get("grid")), _names(show.get("wheel"))
    answered = [one for one in entry.fields if one.field.measure not in _TOLD_BESIDE]
    by_id = {one.field.id: one for one in answered}
    blocks: list[Block] = []
    for one in answered:
        name = one.field.id
        if name in grid:
            if name == next(cell for cell in grid if cell in by_id):
                blocks += _grid([by_id[cell] for cell in grid if cell in by_id], grid)
        elif name in wheel and isinstance(one.field, Table):
            blocks += [Heading(one.field.ask, 3), *_wheel(one)]
        else:
            blocks += [Heading(one.field.ask, 3), *one.field.blocks(one.answer)]
    return blocks


def _names(value: Any) -> list[str]:
    return [name for name in value if isinstance(name, str)] if isinstance(value, list) else []


def _grid(cells: Sequence[Answered], names: Sequence[str]) -> list[Block]:
    """Return four lists two by two, and how the marks fall in each."""
    if len(names) != 4 or not all(isinstance(one.field, Lines) for one in cells):
        return [block for one in cells for block in (Heading(one.field.ask, 3), *one.field.blocks(one.answer))]
    by_id = {one.field.id: one for one in cells}
    return [Grid([_cell(by_id.get(name)) for name in names])]


def _cell(one: Answered | None) -> Cell:
    """Return one list of a grid, with how its marks fall."""
    if one is None or not isinstance(one.field, Lines):
        return Cell("", [])
    items = one.field.items(one.answer)
    counts = [(sum(mark.say in item.marks for item in items), mark.say) for mark in one.field.marks]
    remark = ", ".join(f"{number} {say}" for number, say in counts if number)
    return Cell(one.field.label or one.field.ask, items, remark)


def _wheel(one: Answered) -> list[Block]:
    """Return a table of areas as a wheel: its first column names them, its first scale measures them."""
    table = one.field
    assert isinstance(table, Table)
    scale = next((column for column in table.columns if column.kind == "scale"), None)
    if scale is None:
        return table.blocks(one.answer)
    first = table.columns[0]
    spokes = [
        (first.brief(row[first.id]), row[scale.id], None) for row in one.answer if {first.id, scale.id} <= set(row)
    ]
    rest = [column for column in table.columns[1:] if column is not scale]
    others = any(column.id in row for row in one.answer for column in rest)
    return [Wheel(spokes, getattr(scale, "high", 10)), *(table.blocks(one.answer) if others else [])]
