"""An entry on a page: its questions and answers, laid out as its exercise asks."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from smartcli import blocks as b
from smartcli.entries.entry import Answered, Entry
from smartcli.fields import Choices, Lines, Scale, Table
from smartcli.language import _
from smartcli.moments import said_of_day
from smartcli.pages.card import card, is_card
from smartcli.pages.comparison import saved
from smartcli.words import enumerated, folded

_TOLD_BESIDE = ("when", "behaviour")  # measures that stand beside the title already


def entry_page(entry: Entry, notes: Sequence[str] = (), before: Entry | None = None) -> b.Page:
    """Return an entry's page; `notes` are quiet remarks at its foot, `before` the copy to set it beside.

    The other versions of an entry that was changed in two places stand below it.
    """
    quiet = (b.Words(note, quiet=True) for note in notes)
    return b.Page(entry.title, [*entry_blocks(entry, before), *other_versions(entry), *quiet], about(entry))


def other_versions(entry: Entry, today: date | None = None) -> list[b.Block]:
    """Return what the other versions say that stand beside an entry, each under its own heading."""
    blocks: list[b.Block] = []
    for other in entry.others:
        blocks.append(b.Heading(_("An older version, saved {when}", when=saved(other, today)), 2))
        blocks.append(b.Words(about(other, today), quiet=True))
        blocks += entry_blocks(other)
    return blocks


def about(entry: Entry, today: date | None = None) -> str:
    """Return what an entry is about and when: "drinking, Sunday 22 November, 21:04"."""
    when = said_of_day(entry.when, entry.day, today)
    return enumerated(part for part in (entry.behaviour, when) if part)


def compares(entry: Entry) -> bool:
    """Return whether an entry's page shows how it was the time before."""
    return bool(_laid_out(entry, "wheel"))


def entry_blocks(entry: Entry, before: Entry | None = None) -> list[b.Block]:
    """Return the questions and answers of an entry as blocks; a wheel shows `before` beside it.

    An entry without answers is one quiet sentence that says so.
    """
    answered = {one.field.id: one for one in entry.fields if one.field.measure not in _TOLD_BESIDE}
    if not answered:
        return [b.Words(_("No questions were answered here."), quiet=True)]
    if is_card(entry):
        return [card(entry)]
    grid = [answered[name] for name in _laid_out(entry, "grid") if name in answered]
    wheel = [answered[name] for name in _laid_out(entry, "wheel") if name in answered]
    spokes = [answer for answer in wheel if isinstance(answer.field, Scale)]
    blocks: list[b.Block] = []
    for answer in answered.values():
        if _is_repeated(answer, answered.values()):
            continue
        if answer in grid:
            if answer is grid[0]:  # all four lists stand where the first one would
                blocks.append(_grid(entry, answered))
        elif answer in spokes:
            if answer is spokes[0]:  # and all spokes of a wheel
                blocks.append(_spokes(spokes, before))
        else:
            blocks.append(b.Heading(_called(answer), 3))
            if answer in wheel and isinstance(answer.field, Table):
                blocks += _wheel(answer.field, answer.answer, before)
            else:
                blocks += answer.field.blocks(answer.answer)
    return blocks


def _is_repeated(answer: Answered, answers: Iterable[Answered]) -> bool:
    """Return whether a list of things chosen is said again by the rows of a table: it needs no place of its own."""
    if not isinstance(answer.field, Choices):
        return False
    return any(isinstance(other.field, Table) and _same_things(answer, other) for other in answers)


def _same_things(listed: Answered, table: Answered) -> bool:
    """Return whether two answers are about the same things: a list of them, and a table with a row for each."""
    return _things(listed) == _things(table)


def _things(answer: Answered) -> list[str]:
    return [folded(words) for _key, words in answer.field.quotes(answer.answer)]


def _laid_out(entry: Entry, way: str) -> list[str]:
    """Return the ids of the fields that an entry's exercise lays out together; way: "grid" or "wheel"."""
    show = entry.body.get("show")
    names = show.get(way) if isinstance(show, Mapping) else None
    if not isinstance(names, list):
        return []
    return [name for name in names if isinstance(name, str)]


def _called(answer: Answered) -> str:
    return answer.field.label or answer.field.ask


def _grid(entry: Entry, answered: Mapping[str, Answered]) -> b.Grid:
    return b.Grid([_cell(answered.get(name), entry.is_counted) for name in _laid_out(entry, "grid")])


def _cell(answer: Answered | None, is_counted: bool) -> b.Cell:
    """Return one list of a grid; where it is counted, with how its marks fall ("short-term: 3, long-term: 1")."""
    if answer is None:
        return b.Cell("", [])
    if not isinstance(answer.field, Lines):
        return b.Cell(_called(answer), [])
    items = answer.field.items(answer.answer)
    if not is_counted:
        return b.Cell(_called(answer), items)
    counts = {mark.say: sum(mark.say in item.marks for item in items) for mark in answer.field.marks}
    remark = enumerated(_("{mark}: {number}", mark=mark, number=number) for mark, number in counts.items() if number)
    return b.Cell(_called(answer), items, remark)


def _wheel(table: Table, answer: Any, before: Entry | None) -> list[b.Block]:
    """Return a table of areas as a wheel: its first column names them, its first scale measures them."""
    scale = next((column for column in table.columns if isinstance(column, Scale)), None)
    if scale is None:
        return table.blocks(answer)
    earlier = before.answers.get(table.id) if before else None
    was = {folded(name): value for name, value in _areas(table, scale, earlier)}
    now = _areas(table, scale, answer)
    blocks: list[b.Block] = [b.Wheel([(name, value, was.get(folded(name))) for name, value in now], scale.high)]
    rest = [column.id for column in table.columns[1:] if column is not scale]
    if any(name in row for row in answer for name in rest):  # what the wheel cannot show
        blocks += table.blocks(answer)
    return blocks


def _areas(table: Table, scale: Scale, answer: Any) -> list[tuple[str, float]]:
    """Return each area that a row both names and rates, with its rating."""
    first = table.columns[0]
    rows = [row for row in answer or () if isinstance(row, Mapping) and {first.id, scale.id} <= set(row)]
    return [(first.brief(row[first.id]), row[scale.id]) for row in rows]


def _spokes(scales: Sequence[Answered], before: Entry | None) -> b.Wheel:
    """Return several scales as the spokes of one wheel."""
    was = before.answers if before else {}
    high = max(spoke.field.high for spoke in scales if isinstance(spoke.field, Scale))
    return b.Wheel([(_called(spoke), spoke.answer, was.get(spoke.field.id)) for spoke in scales], high)
