"""Tables on a PDF's pages: of words, of facts beside their names, of bars and of shades."""

from collections.abc import Sequence
from itertools import groupby

from smartcli import blocks as b
from smartcli.renderers import drawing
from smartcli.renderers.pdf_blanks import Blanks
from smartcli.renderers.pdf_letters import ACCENT, FAINT, FOOT, LEFT, LINE, QUIET, TEXT, TOP, WIDE, Colour

_HIGHEST_ROW = 180.0  # of a table; what is higher has no room on a page
_HEAD_SIZE = 8.5  # points of the head of a table
_SHADED = 6.4  # the height of a row of shades


class Tables(Blanks):
    """Paper that tables can be set on."""

    def _facts(self, rows: Sequence[Sequence[str]]) -> None:
        """Set names, each with what belongs to it beside; on one page where they all fit on one."""
        heights = [
            max(self._height(name, 44, 9), self._height(" ".join(rest), WIDE - 48), LINE) for name, *rest in rows
        ]
        if sum(heights) < self.h - TOP - FOOT:
            self._keep(sum(heights))
        with self.tag("Table"):
            for (name, *rest), height in zip(rows, heights, strict=True):
                self._keep(max(min(height, LINE * 2), self._height(name, 44, 9)))
                self._fact(name, " ".join(rest))
        self.ln(1)

    def _fact(self, name: str, words: str) -> None:
        top = self.y
        with self.tag("TR"):
            with self.table_head("Row"):
                self._words(name, 9, QUIET, width=44)
            under = self.y
            self.set_y(top)
            with self.tag("TD"):
                self._words(words, x=LEFT + 48)
        self.set_y(max(self.y, under))

    def _table(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], blank_widths: Sequence[float] | None = None
    ) -> None:
        """Set a table; a row too high for a page is set as a passage instead, after which the table begins anew.

        `blank_widths`: of the columns of one to fill in, in millimetres.
        """
        blank = blank_widths is not None
        widths = blank_widths or _widths(head, rows)
        heights = [self._row_height(row, widths, blank=blank) for row in rows]
        for is_long, group in groupby(zip(rows, heights, strict=True), key=lambda row: row[1] > _HIGHEST_ROW):
            if is_long:
                for row, _height in group:
                    self._words("\n".join(part for part in row if part), x=LEFT + 4)
                    self.ln(1)
                continue
            with self.tag("Table"):
                self._table_rows(head, widths, [*group], blank=blank)
        self.ln(2.5 * min(self.air, 1))

    def _table_beginning(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], blank_widths: Sequence[float] | None = None
    ) -> float:
        """Return how high the head and the first row of a table are together: neither is set without the other."""
        widths = blank_widths or _widths(head, rows)
        first = self._row_height(rows[0], widths, blank=blank_widths is not None) if rows else 0
        return self._head_height(head, widths) + (first if first <= _HIGHEST_ROW else LINE)

    def _cell_size(self) -> float:
        return min(self.size, 10)

    def _head_height(self, head: Sequence[str], widths: Sequence[float]) -> float:
        if not any(head):
            return 0
        return 1.5 + max(self._height(cell, width - 3, _HEAD_SIZE) for cell, width in zip(head, widths, strict=True))

    def _row_height(self, cells: Sequence[str], widths: Sequence[float], *, blank: bool) -> float:
        size = self._cell_size()
        height = self._row_gap + max(
            self._height(cell, width - 3, size) for cell, width in zip(cells, widths, strict=True)
        )
        return max(height, 1.5 * self.ruling) if blank else height

    @property
    def _row_gap(self) -> float:
        """What is left free in a row, half of it above the words: less on a tight sheet."""
        return 2 * min(self.air + 0.1, 1)

    def _table_rows(
        self, head: Sequence[str], widths: Sequence[float], rows: Sequence[tuple[Sequence[str], float]], *, blank: bool
    ) -> None:
        """Set the head of a table and its rows with their heights; a page that they go on to has the head again."""
        high = self._head_height(head, widths)
        self._keep(high + rows[0][1])
        if high:
            self._row(head, widths, _HEAD_SIZE, QUIET, height=high, is_head=True)
        for row, height in rows:
            if self._left < height:
                self.add_page()
                if high:
                    with self.artifact():
                        self._row(head, widths, _HEAD_SIZE, QUIET, height=high)
            self._row(row, widths, self._cell_size(), height=height, boxed=blank)

    def _row(
        self,
        cells: Sequence[str],
        widths: Sequence[float],
        size: float,
        colour: Colour = TEXT,
        *,
        height: float,
        boxed: bool = False,
        is_head: bool = False,
    ) -> None:
        top, x = self.y, LEFT
        self.set_draw_color(*FAINT)
        self.set_line_width(0.2)
        with self.tag("TR"):
            for cell, width in zip(cells, widths, strict=True):
                self.set_y(top + self._row_gap / 2)
                with self.table_head("Column") if is_head else self.tag("TD"):
                    self._words(cell, size, colour, x=x + (1.5 if boxed else 0), width=width - 3)
                if boxed:
                    self.rect(x, top, width, height)
                x += width
        if not boxed:
            self.line(LEFT, top + height, x, top + height)
        self.set_y(top + height)

    def _bars(self, block: b.Bars) -> None:
        longest = max((abs(bar.value) for bar in block.bars), default=0)
        self._keep(bars_height(block))
        with self.tag("Table"):
            for bar in block.bars:
                self._keep(max(8, self._height(bar.name, 54)))
                self._bar(bar, longest)
        self._remark(block.summary)

    def _bar(self, bar: b.Bar, longest: float) -> None:
        top = self.y
        with self.artifact():
            self._draw(drawing.bar(bar, longest), 0, x=LEFT + 56, y=top)
        self.set_y(top)
        with self.tag("TR"):
            with self.table_head("Row"):
                self._words(bar.name, width=54)
            under = self.y
            self.set_y(top)
            with self.tag("TD"):
                self._words(bar.words, 9, QUIET, x=LEFT + 102)
        self.set_y(max(self.y, under))

    def _heat(self, block: b.Heat) -> None:
        most = max((number for _name, row in block.rows for number in row), default=0) or 1
        columns = max((len(row) for _name, row in block.rows), default=0)
        head = block.head if len(block.head) > columns else ["", *block.head]
        self._keep(8 + 7 * len(block.rows))
        wide = min(14.0, (WIDE - 22) / max(len(head) - 1, 1))
        named = min(34.0, WIDE - wide * (len(head) - 1))
        size = 8.5 if wide > 8 else 7
        with self.tag("Table"):
            with self.tag("TR"):
                for at, name in enumerate(head):
                    x = LEFT + named + (at - 1) * wide
                    with self.table_head("Column"):
                        self._shaded(name, x if at else LEFT, wide if at else named, size)
            self.ln(_SHADED)
            for name, cells in block.rows:
                with self.tag("TR"):
                    with self.table_head("Row"), self._style(size):
                        self._label(LEFT, self.y + 0.65 * _SHADED, self._fitting(name, named - 1), size)
                    for at, cell in enumerate(cells):
                        with self.tag("TD"):
                            self._shaded(str(cell or "·"), LEFT + named + at * wide, wide, size, cell / most)
                self.ln(_SHADED)
        self.ln(1)
        self._remark(block.summary)

    def _shaded(self, words: str, x: float, width: float, size: float, share: float = 0) -> None:
        """Set a cell, darker the greater its share of the most is."""
        if share:
            red, green, blue = (round(255 - share * 0.75 * (255 - part)) for part in ACCENT)
            self.set_fill_color(red, green, blue)
            self.rect(x, self.y, width, _SHADED, style="F")
        colour = (255, 255, 255) if share > 0.7 else TEXT if share else QUIET
        self._label(x, self.y + 0.65 * _SHADED, words, size, colour, centred_in=width)

    def _remark(self, words: str) -> None:
        """Set a quiet word about what stands above it."""
        self._words(words, 8.5, QUIET)
        self.ln(1)


def bars_height(block: b.Bars) -> float:
    """Return how much room bars have before them: all together, if a page has it."""
    return min(8.0 * len(block.bars), _HIGHEST_ROW)


def _widths(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """Return the width of each column: by what stands in it, none too narrow to read in."""
    needs = [
        min(max(len(line) for cell in column for line in cell.split("\n")), 40)
        for column in zip(head, *rows, strict=True)
    ]
    needs = [max(need, 8) for need in needs]
    return [WIDE * need / sum(needs) for need in needs]
