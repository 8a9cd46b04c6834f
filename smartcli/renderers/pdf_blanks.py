"""Room to write: lines, boxes, numbers and grids on a PDF's pages."""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import zip_longest

from smartcli import blocks as b
from smartcli.renderers.pdf_letters import ACCENT, CELL_RANK, FAINT, LEFT, QUIET, TEXT, WIDE, Letters

_GAP = 30  # millimetres for a date or a number
_MARK_SIZE, _MARK_LINE = 7.0, 2.8  # of the names of marks: points, and millimetres from line to line
_WORD_OR_HYPHEN = re.compile(r"[^\s-]+-?")

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
        """Set lines to write on, each ending in a box for every mark, under the names of the marks."""
        columns = self._mark_heads(block.marks, x + width)
        for number in range(1, block.lines + 1):
            self._keep(self.ruling)
            foot = self.y + self.ruling - 1
            begin, end = x, x + width
            if block.numbered:
                self._label(x, foot, f"{number}.", 9)
                begin += 7
            for left, wide in columns:
                self._box(left + (wide - 2.6) / 2, foot - 2.8, 2.6)
                end = min(end, left - 1)
            self.set_draw_color(*QUIET)
            self.set_line_width(0.15)
            self.line(begin, foot, end, foot)
            self.set_y(foot + 1)
        self.ln(1.5 * self.air)

    def _mark_heads(self, marks: Sequence[str], end: float) -> list[tuple[float, float]]:
        """Set the names of marks over the columns of their boxes, up to `end`; return where each is, and how wide."""
        parts = [_WORD_OR_HYPHEN.findall(mark) for mark in marks]
        if not parts:
            return []
        lines = max(map(len, parts))
        self._keep(_MARK_LINE * lines + self.ruling)
        top, columns = self.y, []
        for words in reversed(parts):
            with self._style(_MARK_SIZE):
                wide = max(map(self._wide_now, words)) + 2
            end -= wide
            columns.append((end, wide))
            for number, part in enumerate(words, 1 + lines - len(words)):
                self._label(end, top + number * _MARK_LINE - 0.6, part, _MARK_SIZE, centred_in=wide)
        self.set_y(top + _MARK_LINE * lines - self.ruling / 3)
        return columns

    def _gaps_beside(self, gaps: Sequence[tuple[str, str]], title: str, top: float) -> None:
        """Set gaps at the end of a sheet's first line, after its title; under it where there is no room for them."""
        with self._style(9):
            wide = sum(_GAP + 9 + sum(map(self._wide_now, gap)) for gap in gaps) - 7
        with self._style(17, bold=True):
            room = WIDE - self._wide_now(title) - 8
        under = self.y
        if wide <= room:
            self.set_y(top - self.ruling + 7)
            self._gaps(gaps, LEFT + WIDE - wide)
        self.set_y(under)
        if wide > room:
            self._gaps(gaps)

    def _gaps(self, gaps: Sequence[tuple[str, str]], x: float = LEFT) -> None:
        self._keep(self.ruling)
        foot = self.y + self.ruling - 2
        for before, after in gaps:
            for words in (before, after):
                if words:
                    self._label(x, foot, words, 9)
                    with self._style(9):
                        x += self._wide_now(words) + 2
                if words is before:
                    self.set_draw_color(*QUIET)
                    self.line(x, foot, x + _GAP, foot)
                    x += _GAP + 2
            x += 5
        self.set_y(foot + 3)

    def _box(self, x: float, y: float, side: float = 3) -> None:
        self.set_draw_color(*QUIET)
        self.set_line_width(0.2)
        self.rect(x, y, side, side)

    def _boxes(self, block: b.Boxes) -> None:
        """Set boxes in as many columns as the longest option lets, group by group."""
        columns = self._box_columns([option for _, group in block.groups for option in group])
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
        self.ln(1.5 * self.air)

    def _box_columns(self, options: Sequence[str]) -> int:
        """Return how many columns options stand in: the most in which they fit, or two of which few need two lines."""
        with self._style(9):
            wide = sorted((self._wide_now(option) + 7 for option in options), reverse=True)
        if not wide:
            return 1
        fits_two = wide[len(wide) // 4] <= WIDE / 2 and wide[0] <= WIDE - 14
        return max(2 if fits_two else 1, min(4, int(WIDE // wide[0])))

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
        self._keep(13)
        step = max(1, (block.high - block.low) // 10)
        numbers = [*range(block.low, block.high + 1, step)]
        wide = WIDE / len(numbers)
        with self.passage():
            for at, number in enumerate(numbers):
                self._label(LEFT + at * wide, self.y + 4.8, str(number), 10, TEXT, centred_in=wide)
        self.ln(7)
        if block.low_label or block.high_label:
            self._ends(block.low_label, block.high_label)
        self.ln(1)

    def _ends(self, low: str, high: str) -> None:
        """Set what the two ends of a scale stand for, the upper one as far to the right as it goes."""
        top, half = self.y, WIDE / 2 - 4
        with self._style(8.5):
            wide = min(self._wide_now(high) + 0.2, half)
        with self.passage():
            self._words(low, 8.5, QUIET, width=half)
            under = self.y
            self.set_y(top)
            self._words(high, 8.5, QUIET, x=LEFT + WIDE - wide, width=wide)
        self.set_y(max(self.y, under) + 0.8)

    def _blank_widths(self, block: b.BlankTable) -> list[float]:
        """Return the width of each column of a table to fill in: as what is written in it by hand needs."""
        least = []
        for head, *cells in zip(block.head, *block.rows, strict=True):
            lines = [line for cell in cells for line in cell.split("\n")]
            words = [(word, 8.5) for word in head.split()] + [(line, 10) for line in lines]
            least.append(3.5 + max((self._width(word, size) for word, size in words), default=0))
        return _shared_out(block.widths, least)

    def _width(self, words: str, size: float) -> float:
        """Return how wide words are on one line, up to a third of the paper."""
        with self._style(size):
            return min(self._wide_now(words), WIDE / 3)

    def _blank_grid(self, block: b.BlankGrid) -> None:
        half = WIDE / 2
        for pair in zip(block.cells[::2], block.cells[1::2], strict=True):
            hints = max(self._height(cell.hint, half - 8, 7.5) for cell in pair)
            titles = max(self._height(cell.title, half - 8, 10, bold=True) for cell in pair)
            height = 5 + titles + hints + block.lines * self.ruling + (5 if any(cell.marks for cell in pair) else 0)
            self._keep(height)
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


def _shared_out(relative: Sequence[int], least: Sequence[float]) -> list[float]:
    """Return widths in millimetres that are together as wide as the paper, shared out by the `relative` ones.

    A column that would be narrower than its `least` gets that, and the others share what is left.
    """
    fitting = max(1.0, sum(least) / WIDE)
    least = [width / fitting for width in least]
    widths = [0.0] * len(relative)
    open_ = [*range(len(relative))]
    while open_:
        room = WIDE - sum(widths)
        share = room / sum(relative[at] for at in open_)
        narrow = [at for at in open_ if relative[at] * share < least[at]]
        for at in narrow or open_:
            widths[at] = least[at] if narrow else relative[at] * share
        open_ = [at for at in open_ if at not in narrow] if narrow else []
    return widths


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
