"""A page set for a terminal, at home at every width: the only user of rich."""

import io
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, TextIO, cast

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Columns
from rich.text import Text

from smartcli import blocks as b
from smartcli.language import figure
from smartcli.renderers import charts
from smartcli.renderers.blanks import as_text
from smartcli.renderers.phrases import before_said, comparison_said, marks_said
from smartcli.renderers.plain import in_words
from smartcli.theme import THEMES, Theme
from smartcli.words import ascii_only, visible

WIDEST = 100  # columns; longer lines are hard to read
_NARROWEST = 12  # columns; a terminal with fewer wraps the lines itself
_NARROW = 60  # columns under which things that stand side by side stand one under the other
_WIDE = 80  # columns from which on two parts of a page stand side by side
_BETWEEN = 4  # columns between them
_DOTS = 10  # of a meter, at most
_POCKET = 44  # columns of a card
_TALL = 7  # lines of a chart
_FOLDED = 11  # columns that the first column of a table keeps, at least
_SHORT, _LONG = 6, 24  # columns of a bar

# Every text is shown as it is: no markup, no emoji codes, no colouring of numbers.
_AS_WRITTEN: dict[str, Any] = {"markup": False, "highlight": False, "emoji": False, "legacy_windows": False}
_TALLEST = 10_000  # lines; without a height rich takes every terminal named "dumb" to be 80 columns wide


class _Look:
    """The styles of a theme, in the words of rich.

    `title` is for words that stand out, `drawing` for bars, charts and marks, `quiet` for what is beside the matter.
    """

    def __init__(self, theme: Theme) -> None:
        self.title = f"bold {_colour(theme.accent)}".strip()
        self.drawing = _colour(theme.drawing)
        self.quiet = f"not bold {_colour(theme.quiet)}".strip()


def _colour(number: int | None) -> str:
    return "" if number is None else f"color({number})"


def print_page(
    page: b.Page,
    stream: TextIO | None = None,
    *,
    columns: int = 0,
    theme: Theme = THEMES["auto"],
    styled: bool = False,
) -> None:
    """Print a page to a stream (standard output), as wide as its terminal but never too wide to read.

    `columns`: of the terminal, where the stream is another. `styled`: with bold and colours, terminal or not.
    """
    stream = stream or sys.stdout
    columns = columns or shutil.get_terminal_size().columns
    unicode = "utf" in (stream.encoding or "").lower()
    stream.writelines(drawn_page(page, columns, theme=theme, unicode=unicode, styled=styled))


def drawn_page(
    page: b.Page, columns: int, *, theme: Theme = THEMES["auto"], unicode: bool = True, styled: bool = True
) -> Iterator[str]:
    """Yield a page as text in pieces of whole lines, each as soon as it is set, for a terminal of so many columns.

    `styled`: with escape sequences for bold and colours.
    """
    width = max(min(columns, WIDEST), _NARROWEST)
    blocks = _Setting(width - 2, unicode, theme).blocks(page.blocks)
    title = _title(page, width - 2, _Look(theme).quiet)
    for part in chain([Text(), *title, Text()], blocks, [Text()]):
        text = _rendered([Padding(part, (0, 1))], width, styled=styled)
        yield text if unicode else ascii_only(text)


def draw(
    blocks: Sequence[b.Block],
    width: int,
    *,
    theme: Theme = THEMES["auto"],
    styled: bool = True,
    unicode: bool = True,
) -> str:
    """Return blocks as text set in `width` columns; with `styled`, with escape sequences for bold and colours."""
    text = _rendered([*_Setting(width, unicode, theme).blocks(blocks)], width, styled=styled).rstrip("\n")
    return text if unicode else ascii_only(text)


def _rendered(parts: Sequence[RenderableType], width: int, *, styled: bool) -> str:
    """Return parts as text. What the terminal shows was decided by the theme, so rich is not to look for itself."""
    console = Console(
        file=io.StringIO(),
        width=width,
        height=_TALLEST,
        force_terminal=styled,
        color_system="256" if styled else None,
        no_color=False,
        **_AS_WRITTEN,
    )
    console.print(Group(*parts))
    return cast(io.StringIO, console.file).getvalue()


def _text(words: str, style: str = "") -> Text:
    """Return somebody's words as rich takes them; a tab would be measured wrong."""
    return Text(visible(words).expandtabs(4), style=style)


def _columns(*ratios: int | None, gap: int = 2) -> Columns:
    """Return a borderless table; a column with a ratio takes the room there is. Words are folded, never cut."""
    table = Columns.grid(padding=(0, gap, 0, 0), expand=any(ratios))
    for ratio in ratios:
        table.add_column(ratio=ratio, overflow="fold")
    return table


def _indented(part: RenderableType, by: int = 2) -> RenderableType:
    return Padding(part, (0, 0, 0, by))


def _title(page: b.Page, width: int, quiet: str) -> list[RenderableType]:
    """Return the title with the quiet line beside it, or under it where there is no room."""
    title, about = _text(page.title, "bold"), _text(page.about, quiet)
    gap = width - title.cell_len - about.cell_len
    return [title + Text(" " * gap) + about] if gap >= 3 else [title, *([about] if page.about else [])]


class _Setting:
    """Sets blocks for one width, one set of signs and one theme."""

    def __init__(self, width: int, unicode: bool, theme: Theme) -> None:
        self.width = width
        self.unicode = unicode
        self.theme = theme
        self.look = _Look(theme)
        self.narrow = width < _NARROW
        self.bullet, self.full, self.empty = ("·", "●", "○") if unicode else ("-", "#", "-")

    def blocks(self, blocks: Iterable[b.Block]) -> Iterator[RenderableType]:
        """Yield each block, a blank line before what begins something new."""
        before: b.Block | None = None
        left = iter(blocks)
        block = next(left, None)
        while block is not None:
            after = next(left, None)
            foot = isinstance(block, b.Words) and block.quiet and after is None
            if (
                before
                and not isinstance(before, b.Heading)
                and (isinstance(block, b.Heading | b.Grid | b.Card | b.Beside) or foot)
            ):
                yield Text()
            yield self.block(block)
            before, block = block, after

    def block(self, block: b.Block) -> RenderableType:
        match block:
            case b.Heading(text, level):
                return _text(text, "bold" if level == 1 else self.look.title)
            case b.Words(text, theirs, quiet):
                words = _text(text, self.look.quiet if quiet else "")
                return _indented(words) if theirs else words
            case b.Items(items, numbered):
                return self.items(items, numbered=numbered)
            case b.Meter():
                return _indented(self.meter(block))
            case b.Table(head, rows):
                return self.table(head, rows)
            case b.Grid(cells):
                return self.grid(cells)
            case b.Records(records):
                return Group(*(self.record(record) for record in records))
            case b.Wheel(spokes, high):
                return self.spokes(spokes, high)
            case b.Comparison(names, answers):
                return self.comparison(names, answers)
            case b.Beside(left, right):
                return self.beside(left, right)
            case b.Chart():
                height = _TALL if self.width >= _TALL * 6 else _TALL - 2
                lines = charts.line(block, self.width - 2, height, unicode=self.unicode)
                gutter = max(line.find(axis) for line in lines for axis in charts.AXES)
                return self.drawn(lines[:height], gutter, lines[height:], block.summary)
            case b.Bars(bars, summary):
                return Group(*(_indented(self.bar(bar, bars)) for bar in bars), _indented(_text(summary)))
            case b.Heat():
                head, *rows = charts.heat(block, self.width - 2, unicode=self.unicode)
                gutter = charts.heat_gutter(block)
                return Group(_indented(_text(head, self.look.quiet)), self.drawn(rows, gutter, [], block.summary))
            case b.Card():
                return self.card(block)
            case _:
                return Group(*self.blocks([*as_text(block)]))

    def beside(self, left: Sequence[b.Block], right: Sequence[b.Block]) -> RenderableType:
        if self.width < _WIDE:
            return Group(*self.blocks([*left, *right]))
        half = _Setting((self.width - _BETWEEN) // 2, self.unicode, self.theme)
        sides = Columns.grid(padding=(0, _BETWEEN, 0, 0))
        for _side in (left, right):
            sides.add_column(width=half.width)
        sides.add_row(Group(*half.blocks(left)), Group(*half.blocks(right)))
        return sides

    def drawn(self, lines: Sequence[str], gutter: int, under: Sequence[str], summary: str) -> RenderableType:
        """Return a drawing, its names left of the gutter uncoloured: they are read, as what stands under it is."""
        parts = [Text(line, no_wrap=True) for line in lines]
        for part in parts:
            part.stylize(self.look.drawing, gutter)
        return Group(*(_indented(part) for part in [*parts, *map(Text, under), _text(summary)]))

    def bar(self, bar: b.Bar, bars: Sequence[b.Bar]) -> RenderableType:
        """Return a bar between its name and its words; its name above it where one line is too short for all."""
        most = max(one.value for one in bars)
        named = max(_text(one.name).cell_len for one in bars)
        room = self.width - 6 - max(len(one.words) for one in bars)
        if named + _SHORT <= room:
            drawn = charts.bar(bar.value, most, min(room - named, _LONG), unicode=self.unicode)
            line = _columns(None, None, None)
            line.add_row(Text.assemble(_text(bar.name), " " * (named - _text(bar.name).cell_len)),
                         Text(drawn.ljust(min(room - named, _LONG)), self.look.drawing), _text(bar.words))  # fmt: skip
            return line
        drawn = charts.bar(bar.value, most, min(max(room, _SHORT), _LONG), unicode=self.unicode)
        return Group(_text(bar.name), Text.assemble((f"{drawn} ", self.look.drawing), _text(bar.words)))

    def items(self, items: Sequence[b.Item], *, numbered: bool = False) -> RenderableType:
        width = len(str(len(items))) + 1 if numbered else 1
        listed = _columns(None, 1, gap=1)
        for number, item in enumerate(items, 1):
            mark = f"{number}." if numbered else self.bullet
            box = "" if item.ticked is None else "[x] " if item.ticked else "[ ] "
            text = _text(box + item.text)
            if item.marks:
                text.append(f"  {visible(marks_said(item))}", self.look.quiet)
            listed.add_row(Text(f"  {mark:>{width}}", "" if numbered else self.look.drawing), text)
        return listed

    def meter(self, meter: b.Meter) -> Text:
        steps = min(int(meter.high - meter.low), _DOTS)
        filled = round((meter.value - meter.low) / (meter.high - meter.low) * steps)
        text = Text(figure(meter.value), "bold")
        text.append(f"  {self.full * filled}", self.look.drawing)
        text.append(f"{self.empty * (steps - filled)}", self.look.quiet)
        if meter.before is not None:
            text.append(f"  {before_said(meter.before)}", self.look.quiet)
        return text

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> RenderableType:
        if not any(head):
            return _indented(self.facts([(name, " ".join(cells)) for name, *cells in rows]))
        crowded = self.narrow or len(head) * 14 > self.width or max(map(len, head)) > 30
        fits = self.fits(head, rows)
        if crowded and not fits:
            return Group(*(_indented(part) for row in rows for part in self.row(head, row)))
        table = _columns(*[None for _name in head])
        for column in table.columns[1:]:
            column.no_wrap = fits  # the first gives way: figures are read at a glance
        table.add_row(*(_text(name, self.look.quiet) for name in head))
        for row in rows:
            table.add_row(*map(_text, row))
        return _indented(table)

    def facts(self, facts: Sequence[tuple[str, str]]) -> RenderableType:
        """Return names with what is said of each beside it; below it, where that would break a number in two."""
        names = [_text(name, self.look.quiet) for name, _said in facts]
        longest = max((_text(word).cell_len for _name, said in facts for word in said.split()), default=0)
        if max((name.cell_len for name in names), default=0) + 2 + longest > self.width - 2:
            below = (_indented(_text(said)) for _name, said in facts)
            return Group(*chain.from_iterable(zip(names, below, strict=True)))
        listed = _columns(None, 1)
        for name, (_name, said) in zip(names, facts, strict=True):
            listed.add_row(name, _text(said))
        return listed

    def fits(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
        """Return whether a table's columns stand side by side with no cell folded, but for those of the first."""
        first, *rest = (max(_text(cell).cell_len for cell in column) for column in zip(head, *rows, strict=True))
        lines = any("\n" in cell for row in rows for cell in row[1:])
        return min(first, _FOLDED) + sum(rest) + 2 * len(rest) <= self.width - 2 and not lines

    def row(self, head: Sequence[str], row: Sequence[str]) -> Iterator[RenderableType]:
        """Yield a row as a small list: its first cell, then the others with their names."""
        first, *rest = [(name, cell) for name, cell in zip(head, row, strict=True) if cell]
        yield _text(first[1], "bold")
        for name, cell in rest:
            yield _indented(Text.assemble(_text(f"{name}  " if name else "", self.look.quiet), _text(cell)))

    def grid(self, cells: Sequence[b.Cell]) -> RenderableType:
        sets = [
            Group(
                _text(cell.title, self.look.title),
                self.items(cell.items) if cell.items else Text("  -"),
                *([_indented(_text(cell.remark, self.look.quiet))] if cell.remark else []),
                Text(),
            )
            for cell in cells
        ]
        if self.narrow:
            return Group(*sets)
        grid = _columns(1, 1, gap=3)
        grid.add_row(*sets[:2])
        grid.add_row(*sets[2:])
        return grid

    def card(self, card: b.Card) -> RenderableType:
        """Return a card between two lines, as narrow as a pocket."""
        edge = Text(("─" if self.unicode else "-") * min(self.width, _POCKET), self.look.quiet)
        inside: list[RenderableType] = [_text(card.title, "bold")] if card.title else []
        for cell in card.cells:
            inside += [_text(cell.title, self.look.title), *map(_indented, self.on_card(cell))]
        return Padding(Group(edge, *inside, edge), (0, max(self.width - _POCKET, 0), 0, 0))

    def on_card(self, cell: b.Cell) -> Iterator[RenderableType]:
        yield from (_text(item.text) for item in cell.items)
        if cell.remark:
            yield _text(cell.remark, self.look.quiet)

    def record(self, record: b.Record) -> RenderableType:
        """Return one line for an entry; where it is narrow, its summary on a line of its own."""
        text = _text(record.title, "bold" if self.narrow else "")
        if record.about:
            text.append(f"  {visible(record.about)}", self.look.quiet)
        if record.summary:
            text.append(f"{chr(10) if self.narrow else '  '}{visible(record.summary)}", "not bold")
        if record.piece:
            piece = Text(visible(record.piece).replace("\t", " "))
            for low, high in record.marks:
                piece.stylize(f"underline {self.look.title}", low, high)
            text.append(chr(10)).append_text(piece)
        line = _columns(None, 1, None)
        line.add_row(Text(f"{record.time:<5}", self.look.quiet), text, _text(record.id, self.look.quiet))
        return line

    def spokes(self, spokes: Sequence[tuple[str, float, float | None]], high: float) -> RenderableType:
        listed = _columns(None, None)
        for name, value, before in spokes:
            listed.add_row(_text(name), self.meter(b.Meter(value, 0, high, before)))
        return _indented(listed)

    def comparison(self, names: tuple[str, str], answers: Sequence[b.Compared]) -> RenderableType:
        """Return two copies side by side; where it is narrow, one change a line, in words."""
        parts: list[RenderableType] = []
        if self.narrow:
            parts += [_text(comparison_said(names), self.look.quiet)]
        else:
            parts += [self.halves(*(_text(name, self.look.quiet) for name in names))]
        for answer in answers:
            parts += [Text(), _text(answer.title, self.look.title)]
            parts += [_indented(_text(answer.remark, self.look.quiet))] if answer.remark else []
            for change in answer.changes:
                same = change.was == change.now
                if self.narrow:
                    parts += [] if same else [self.items([b.Item(in_words(change))])]
                else:
                    sides = (self.side(change, change.was, "-"), self.side(change, change.now, "+"))
                    parts.append(self.halves(*sides))
        return Group(*parts)

    def halves(self, left: RenderableType, right: RenderableType) -> RenderableType:
        both = _columns(1, 1, gap=3)
        both.add_row(_indented(left), _indented(right))
        return both

    def side(self, change: b.Change, words: str | None, sign: str) -> RenderableType:
        """Return one side of a change after its sign: - gone, + new, ~ moved; what is on both sides has none."""
        if words is None:
            return Text()
        if change.was == change.now:
            return self.signed(" ", words, self.look.quiet)
        alone = change.was is None or change.now is None
        words = f"{change.of}: {words}" if change.of else words
        return self.signed(sign if alone else "~", words, "bold" if sign == "+" else "")

    def signed(self, sign: str, words: str, style: str) -> RenderableType:
        line = _columns(None, 1, gap=1)
        line.add_row(Text(sign, self.look.title), _text(words, style))
        return line
