"""Room to write: lines, boxes, numbers and grids on a PDF's pages."""

import math
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import zip_longest

from smartcli import blocks as b
from smartcli.renderers.pdf_letters import ACCENT, CELL_RANK, FAINT, LEFT, QUIET, TEXT, WIDE, Letters

Listed = tuple[str, bool]  # words, and whether they have a box: the name of a group has none


class Blanks(Letters):
    """Paper that blank blocks can be set on."""

    def _two(self, height: float, fills: Sequence[Callable[[float], None]]) -> None:
        """Set two boxes side by side, each filled by its own call."""
        top, half = self.y, WIDE / 2
        for number, fill in enumerate(fills):
            self.set_draw_color(*FAINT)
            self.rect(LEFT + number * half, top, half, height)
            self.set_y(top + 3)
            fill(LEFT + number * half + 4)
        self.set_y(top + height)

    def _ruled(self, block: b.Ruled, x: float, width: float) -> None:
        for number in range(1, block.lines + 1):
            self._keep(self.ruling)
            foot = self.y + self.ruling - 1
            begin, end = x, x + width
            if block.numbered:
                self._label(x, foot, f"{number}.", 9)
                begin += 7
            with self._style(7.5):
                for mark in reversed(block.marks):
                    end -= self.get_string_width(self.told(mark)) + 6
            self._marks(block.marks, end + 1, foot)
            self.set_draw_color(*QUIET)
            self.set_line_width(0.15)
            self.line(begin, foot, end, foot)
            self.set_y(foot + 1)
        self.ln(1.5)

    def _gaps(self, gaps: Sequence[tuple[str, str]]) -> None:
        self._keep(self.ruling)
        foot, x = self.y + self.ruling - 2, LEFT
        for before, after in gaps:
            for words in (before, after):
                if words:
                    self._label(x, foot, words, 9)
                    with self._style(9):
                        x += self.get_string_width(self.told(words)) + 2
                if words is before:
                    self.set_draw_color(*QUIET)
                    self.line(x, foot, x + 34, foot)
                    x += 36
            x += 5
        self.set_y(foot + 3)

    def _marks(self, marks: Sequence[str], x: float, foot: float) -> None:
        for mark in marks:
            self._box(x, foot - 2.4, 2.4)
            self._label(x + 3.2, foot, mark, 7.5)
            with self._style(7.5):
                x += self.get_string_width(self.told(mark)) + 6

    def _box(self, x: float, y: float, side: float = 3) -> None:
        self.set_draw_color(*QUIET)
        self.set_line_width(0.2)
        self.rect(x, y, side, side)

    def _boxes(self, block: b.Boxes) -> None:
        """Set boxes in as many columns as the longest option lets, group by group."""
        options = [option for _, group in block.groups for option in group]
        with self._style(9):
            widest = max((self.get_string_width(self.told(option)) for option in options), default=0) + 7
        columns = max(1, min(4, int(WIDE // widest)))
        width = WIDE / columns
        listed = [
            one
            for name, group in block.groups
            for one in ([(name, False)] if name else []) + [(o, True) for o in group]
        ]
        for row in _down_then_across(listed, columns):
            height = max(5.4, *(self._height(words, width - 7, 9) for words, _ in row))
            self._keep(height)
            top = self.y
            for number, (words, ticked) in enumerate(row):
                x = LEFT + number * width
                if words and ticked:
                    self._box(x, top + 0.8)
                self.set_y(top + 0.2)
                self._words(
                    words,
                    9 if ticked else 8.5,
                    TEXT if ticked else QUIET,
                    x=x + (4.6 if ticked else 0),
                    width=width - 7,
                )
            self.set_y(top + height)
        self._own(block.own)
        self.ln(1.5)

    def _own(self, number: int) -> None:
        """Set boxes with a line for one's own words, two in a row."""
        for at in range(number):
            if at % 2 == 0:
                self._keep(self.ruling)
                self.set_y(self.y + self.ruling)
            x, foot = LEFT + at % 2 * WIDE / 2, self.y - 1
            self._box(x, foot - 3)
            self.line(x + 5, foot, x + WIDE / 2 - 5, foot)

    def _numbers(self, block: b.Numbers) -> None:
        self._keep(14)
        step = max(1, (block.high - block.low) // 10)
        numbers = [*range(block.low, block.high + 1, step)]
        wide = WIDE / len(numbers)
        with self.passage():
            for number in numbers:
                self.cell(wide, 7.5, str(number), align="C")
        self.ln(7)
        if block.low_label or block.high_label:
            top = self.y
            with self.passage(), self._style(8.5, QUIET):
                self.cell(WIDE / 2, 4, self.told(block.low_label))
                self.cell(WIDE / 2, 4, self.told(block.high_label), align="R")
            self.set_y(top + 5)
        self.ln(1)

    def _blank_grid(self, block: b.BlankGrid) -> None:
        half = WIDE / 2
        height = 16 + block.lines * self.ruling
        for pair in zip(block.cells[::2], block.cells[1::2], strict=True):
            self._keep(height)
            hints = max(self._height(cell.hint, half - 8, 7.5) for cell in pair)
            fills = [partial(self._blank_cell, cell, width=half - 8, lines=block.lines, hints=hints) for cell in pair]
            self._two(height, fills)
        self.ln(2)

    def _blank_cell(self, cell: b.BlankCell, x: float, width: float, lines: int, hints: float) -> None:
        with self.heading(CELL_RANK):
            self._words(cell.title, 10, ACCENT, bold=True, x=x, width=width)
        top = self.y
        if cell.hint:
            self._words(cell.hint, 7.5, QUIET, x=x, width=width)
        self.set_y(top + hints)
        self._ruled(b.Ruled(lines, marks=cell.marks), x, width)


def _down_then_across(listed: Sequence[Listed], columns: int) -> Iterator[Sequence[Listed]]:
    """Yield rows of a list that is read down, then across; a group's name never ends a column."""
    deep = max(math.ceil(len(listed) / columns), 1)
    while len(placed := _placed(listed, deep)) > deep * columns:
        deep += 1
    yield from zip_longest(*(placed[at : at + deep] for at in range(0, len(placed), deep)), fillvalue=("", True))


def _placed(listed: Sequence[Listed], deep: int) -> list[Listed]:
    """Return a list with gaps, so that columns of so many do not end in a group's name."""
    placed: list[Listed] = []
    for words, ticked in listed:
        if not ticked and len(placed) % deep == deep - 1:
            placed.append(("", True))
        placed.append((words, ticked))
    return placed
