"""An entry on a page: its questions and answers, laid out as its exercise asks."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from smartcli import blocks as b
from smartcli.entries.entry import Answered, Entry
from smartcli.fields import Choices, Lines, Scale, Table
from smartcli.moments import day_said
from smartcli.pages.card import card, is_card
from smartcli.words import folded

_TOLD_BESIDE = ("when", "behaviour")  # measures that stand beside the title already


def entry_page(entry: Entry, notes: Sequence[str] = (), before: Entry | None = None) -> b.Page:
    """Return an entry's page; `notes` are quiet remarks at its foot, `before` the copy to set it beside."""
    quiet = (b.Words(note, quiet=True) for note in notes)
    return b.Page(entry.title, [*entry_blocks(entry, before), *quiet], about(entry))


def about(entry: Entry, today: date | None = None) -> str:
    """Return what an entry is about and when: "drinking · Sunday 22 November, 21:04"."""
    day = day_said(entry.day, today, long=True)
    time = "" if entry.when.whole_day else f", {entry.when.at:%H:%M}"
    return " · ".join(part for part in (entry.behaviour, day + time) if part)


def compares(entry: Entry) -> bool:
    """Return whether an entry's page shows how it was the time before."""
    return bool(_laid_out(entry, "wheel"))


def entry_blocks(entry: Entry, before: Entry | None = None) -> list[b.Block]:
    """Return the questions and answers of an entry as blocks; a wheel shows `before` beside it."""
    if is_card(entry):
        return [card(entry)]
    answered = {one.field.id: one for one in entry.fields if one.field.measure not in _TOLD_BESIDE}
    grid = [answered[name] for name in _laid_out(entry, "grid") if name in answered]
    wheel = [answered[name] for name in _laid_out(entry, "wheel") if name in answered]
    scales = [one for one in wheel if isinstance(one.field, Scale)]
    tables = [one for one in answered.values() if isinstance(one.field, Table)]
    blocks: list[b.Block] = []
    for one in answered.values():
        if isinstance(one.field, Choices) and any(_same_things(one, table) for table in tables):
            continue  # its rows say it again
        if one in grid:
            blocks += (
                [b.Grid([_cell(answered.get(name)) for name in _laid_out(entry, "grid")])] if one is grid[0] else []
            )
        elif one in scales:
            blocks += [_spokes(scales, before)] if one is scales[0] else []
        elif one in wheel and isinstance(one.field, Table):
            blocks += [b.Heading(_called(one), 3), *_wheel(one.field, one.answer, before)]
        else:
            blocks += [b.Heading(_called(one), 3), *one.field.blocks(one.answer)]
    return blocks


def _same_things(one: Answered, other: Answered) -> bool:
    """Return whether two answers are about the same things: a list of them, and a table with a row for each."""
    first, second = ([folded(words) for _, words in each.field.quotes(each.answer)] for each in (one, other))
    return first == second


def _laid_out(entry: Entry, way: str) -> list[str]:
    """Return the fields that an entry's exercise lays out in one way together."""
    show = entry.body.get("show")
    names = show.get(way) if isinstance(show, Mapping) else None
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []


def _called(one: Answered) -> str:
    return one.field.label or one.field.ask


def _cell(one: Answered | None) -> b.Cell:
    """Return one list of a grid, with how its marks fall."""
    if one is None or not isinstance(one.field, Lines):
        return b.Cell(_called(one) if one else "", [])
    items = one.field.items(one.answer)
    counts = [(sum(mark.say in item.marks for item in items), mark.say) for mark in one.field.marks]
    return b.Cell(_called(one), items, ", ".join(f"{number} {say}" for number, say in counts if number))


def _wheel(table: Table, answer: Any, before: Entry | None) -> list[b.Block]:
    """Return a table of areas as a wheel: its first column names them, its first scale measures them."""
    scale = next((column for column in table.columns if isinstance(column, Scale)), None)
    if scale is None:
        return table.blocks(answer)
    now = _areas(table, scale, answer)
    was = {
        folded(name): value for name, value in _areas(table, scale, before.answers.get(table.id) if before else None)
    }
    rest = [column for column in table.columns[1:] if column is not scale]
    others = any(column.id in row for row in answer for column in rest)
    wheel = b.Wheel([(name, value, was.get(folded(name))) for name, value in now], scale.high)
    return [wheel, *(table.blocks(answer) if others else [])]


def _areas(table: Table, scale: Scale, answer: Any) -> list[tuple[str, float]]:
    first = table.columns[0]
    rows = [row for row in answer or () if isinstance(row, Mapping) and {first.id, scale.id} <= set(row)]
    return [(first.brief(row[first.id]), row[scale.id]) for row in rows]


def _spokes(scales: Sequence[Answered], before: Entry | None) -> b.Wheel:
    """Return several scales as the spokes of one wheel."""
    was = before.answers if before else {}
    high = max(one.field.high for one in scales if isinstance(one.field, Scale))
    return b.Wheel([(_called(one), one.answer, was.get(one.field.id)) for one in scales], high)
