"""A page set for a terminal, at home at every width: the only user of rich."""

import io
import shutil
import sys
from collections.abc import Iterator, Sequence
from typing import Any, Literal, TextIO, cast

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Columns
from rich.text import Text

from smartcli.page import Block, Grid, Heading, Item, Items, Meter, Page, Record, Records, Table, Wheel, Words
from smartcli.words import ascii_only, visible

WIDEST = 100  # columns; longer lines are hard to read
ACCENT = "cyan"
_NARROW = 60


def show(page: Page, stream: TextIO | None = None) -> None:
    """Print a page to a stream (standard output), as wide as its terminal but never too wide to read."""
    stream = stream or sys.stdout
    width = min(shutil.get_terminal_size().columns, WIDEST)
    unicode = "utf" in (stream.encoding or "").lower()
    head = _title(page, width - 2)
    text = _text(
        [Padding(Group(*head, Text(), *_set(page.blocks, width - 2, not unicode)), (1, 1))],
        Console(file=io.StringIO(), width=width, force_terminal=stream.isatty(), **_AS_WRITTEN),
    )
    stream.write(text if unicode else ascii_only(text))


def draw(blocks: Sequence[Block], width: int, *, colour: bool = True, unicode: bool = True) -> str:
    """Return blocks as text with escape sequences for style, set in `width` columns."""
    system: Literal["standard"] | None = "standard" if colour else None
    console = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=True,
        color_system=system,
        no_color=not colour,
        **_AS_WRITTEN,
    )
    text = _text([*_set(blocks, width, not unicode)], console).rstrip("\n")
    return text if unicode else ascii_only(text)


_AS_WRITTEN: dict[str, Any] = {"markup": False, "highlight": False, "emoji": False, "legacy_windows": False}


def _text(parts: Sequence[RenderableType], console: Console) -> str:
    console.print(Group(*parts))
    return cast(io.StringIO, console.file).getvalue()


def _title(page: Page, width: int) -> list[RenderableType]:
    """Return the title with the quiet line beside it, or under it where there is no room."""
    title = Text(visible(page.title), style="bold")
    about = Text(visible(page.about), style="dim")
    gap = width - title.cell_len - about.cell_len
    return [title + Text(" " * gap) + about] if gap >= 3 else [title, *([about] if page.about else [])]


def _set(blocks: Sequence[Block], width: int, plain: bool) -> Iterator[RenderableType]:
    for number, block in enumerate(blocks):
        if isinstance(block, Heading) and number:
            yield Text()
        yield from _one(block, width, plain)


def _one(block: Block, width: int, plain: bool) -> Iterator[RenderableType]:
    match block:
        case Heading(text, level):
            yield Text(
                visible(text), style=f"bold {ACCENT}" if level == 2 else "bold" if level == 1 else ACCENT
            )
        case Words(text, theirs, quiet):
            words = Text(visible(text), style="dim" if quiet else "")
            yield Padding(words, (0, 0, 0, 2)) if theirs else words
        case Items(items, numbered):
            yield _items(items, numbered, plain)
        case Meter():
            yield Padding(_meter(block, plain), (0, 0, 0, 2))
        case Table(head, rows):
            yield _table(head, rows, width, plain)
        case Grid(cells):
            yield _grid(cells, width, plain)
        case Records(records):
            yield _records(records, width)
        case Wheel(spokes, high):
            yield _spokes(spokes, high, plain)


def _items(items: Sequence[Item], numbered: bool, plain: bool) -> RenderableType:
    listed = Columns.grid(padding=(0, 1, 0, 0))
    listed.add_column(width=len(str(len(items))) + 3 if numbered else 3, justify="right", style=ACCENT)
    listed.add_column(ratio=1)
    for number, item in enumerate(items, 1):
        box = "" if item.ticked is None else ("[x] " if item.ticked else "[ ] ")
        text = Text(box + visible(item.text))
        if item.marks:
            text.append(f"  {visible(', '.join(item.marks))}", style="dim")
        listed.add_row(Text(f"{number}." if numbered else "-" if plain else "·"), text)
    return listed


def _meter(meter: Meter, plain: bool) -> Text:
    full, empty = ("#", "-") if plain else ("●", "○")
    steps = min(int(meter.high - meter.low), 10)
    filled = round((meter.value - meter.low) / (meter.high - meter.low) * steps)
    text = Text(f"{meter.value:g}", style="bold")
    text.append(f"  {full * filled}", style=ACCENT)
    text.append(f"{empty * (steps - filled)}  ", style="dim")
    if meter.before is not None:
        text.append(f"before: {meter.before:g}", style="dim")
    return text


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], width: int, plain: bool) -> RenderableType:
    if width < _NARROW or len(head) * 14 > width or max(map(len, head)) > 30:
        return Group(*(_row(head, row) for row in rows))
    table = Columns(box=None, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), expand=False)
    for name in head:
        table.add_column(Text(visible(name), style="dim"), overflow="fold")
    for row in rows:
        table.add_row(*(Text(visible(cell)) for cell in row))
    return Padding(table, (0, 0, 0, 2))


def _row(head: Sequence[str], row: Sequence[str]) -> RenderableType:
    cells = [(name, cell) for name, cell in zip(head, row, strict=True) if cell]
    lines: list[RenderableType] = []
    for number, (name, cell) in enumerate(cells):
        if number == 0:
            lines.append(Padding(Text(visible(cell), style="bold"), (0, 0, 0, 2)))
        else:
            lines.append(Padding(Text(visible(name), style="dim"), (0, 0, 0, 4)))
            lines.append(Padding(Text(visible(cell)), (0, 0, 0, 4)))
    return Group(*lines)


def _grid(cells: Sequence[tuple[str, Sequence[Item]]], width: int, plain: bool) -> RenderableType:
    sets = [
        Group(
            Text(visible(title), style=f"bold {ACCENT}"),
            _items(items, False, plain) if items else Text("  -"),
        )
        for title, items in cells
    ]
    if width < _NARROW:
        return Group(*(part for one in sets for part in (one, Text())))
    grid = Columns.grid(padding=(0, 3, 1, 0), expand=True)
    grid.add_column(ratio=1)
    grid.add_column(ratio=1)
    grid.add_row(*sets[:2])
    grid.add_row(*sets[2:])
    return grid


def _records(records: Sequence[Record], width: int) -> RenderableType:
    """Return one line for each entry; where it is narrow, its summary on a line of its own."""
    narrow = width < _NARROW
    listed = Columns.grid(padding=(0, 2, 0, 0), expand=True)
    listed.add_column(width=5, style="dim")
    listed.add_column(ratio=1)
    listed.add_column(width=6, style="dim")
    for one in records:
        text = Text(visible(one.title), style="bold" if narrow else "")
        if one.about:
            text.append(f"  {visible(one.about)}", style="dim not bold")
        if one.summary:
            text.append(f"{chr(10) if narrow else '  '}{visible(one.summary)}", style="not bold")
        listed.add_row(one.time, text, one.id)
    return listed


def _spokes(spokes: Sequence[tuple[str, float, float | None]], high: float, plain: bool) -> RenderableType:
    listed = Columns.grid(padding=(0, 2, 0, 0))
    for name, value, before in spokes:
        listed.add_row(Text(f"  {visible(name)}"), _meter(Meter(value, 0, high, before), plain))
    return listed
