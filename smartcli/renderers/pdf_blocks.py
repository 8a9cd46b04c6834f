"""What people wrote, on a PDF's pages: lists, tables, grids, cards and charts."""

from collections.abc import Sequence
from functools import partial

from smartcli import blocks as b
from smartcli.language import _, figure
from smartcli.renderers import drawing
from smartcli.renderers.cards import panels_of
from smartcli.renderers.pdf_blanks import Blanks
from smartcli.renderers.pdf_letters import ACCENT, FAINT, LEFT, LINE, QUIET, TEXT, WIDE, Colour
from smartcli.renderers.phrases import before_said, marks_said, range_said, records_head, wheel_table

_FOLD = 54.0  # the height of a bank card
_POCKET = 85.6  # and its width
_WHEEL = 18  # how wide an empty wheel is to be written on, as a multiple of the ruling
_SAID = 15  # points of a chart, up to which their numbers are told too


class Blocks(Blanks):
    """Paper that any block can be set on."""

    def _block(self, block: b.Block) -> None:
        match block:
            case b.Heading(text, level):
                self._keep(26)
                self.ln(0 if self._fresh() else 2.2 * self.air)
                self._words(text, {1: 14, 2: 12}.get(level, max(10, self.size)), ACCENT, bold=level < 3)
                self.ln(0.6 * self.air)
            case b.Words(text, theirs, quiet):
                for passage in [text] if theirs else text.split("\n\n"):
                    self._words(
                        passage,
                        min(self.size, max(8.5, self.size - 1)) if quiet else self.size,
                        QUIET if quiet else TEXT,
                        x=LEFT + (4 if theirs else 0),
                    )
                    self.ln(self.air)
            case b.Items(items, numbered):
                self._items(items, numbered=numbered)
                self.ln(1)
            case b.Meter():
                self._meter(block, LEFT)
                self.ln(1)
            case b.Table(head, rows):
                self._table(head, rows) if any(head) else self._facts(rows)
            case b.Grid(cells):
                self._grid(cells)
            case b.Card():
                self._card(block)
            case b.Wheel():
                self._draw(drawing.wheel(block), 118)
                table = wheel_table(block)
                self._table(table.head, table.rows)
            case b.Chart(summary=summary, said=said):
                self._draw(drawing.chart(block), WIDE)
                self._block(b.Words(summary, quiet=True))
                if 0 < len(said) <= _SAID:
                    self._words("; ".join(said), 7, QUIET, line=3.2)
            case b.Bars():
                self._bars(block)
            case b.Heat():
                self._heat(block)
            case b.Records(records):
                rows = [[one.time, one.title, one.about, one.summary or one.piece] for one in records]
                self._table(["", "", *records_head()[2:]], rows)
            case b.Ruled():
                self._ruled(block, LEFT, WIDE)
            case b.Gaps(gaps):
                self._gaps(gaps)
            case b.Boxes():
                self._boxes(block)
            case b.Numbers():
                self._numbers(block)
            case b.BlankTable(head, rows):
                self._table(head, rows, self._blank_widths(block))
            case b.BlankGrid():
                self._blank_grid(block)
            case b.BlankWheel():
                self._draw(drawing.blank_wheel(block), min(158, _WHEEL * self.ruling))

    def _items(
        self,
        items: Sequence[b.Item],
        x: float = LEFT,
        width: float = WIDE,
        *,
        numbered: bool = False,
        sign: str = "·",
    ) -> None:
        for number, item in enumerate(items, 1):
            mark = f"{number}." if numbered else sign if item.ticked is None else "☑" if item.ticked else "☐"
            if self._left < LINE:
                self.add_page()
            top, indent = self.y, 6.5 if numbered else 4.5 if mark else 0
            self._words(mark, colour=ACCENT, x=x, width=indent or 1)
            self.set_y(top)
            said = item.text + (f"  ({marks_said(item)})" if item.marks else "")
            self._words(said, x=x + indent, width=width - indent)

    def _items_height(self, items: Sequence[b.Item], width: float) -> float:
        return sum(
            self._height(item.text + (f"  ({marks_said(item)})" if item.marks else ""), width - 4.5) for item in items
        )

    def _meter(self, block: b.Meter, x: float) -> None:
        top = self.y
        was = "" if block.before is None else f"; {before_said(block.before)}"
        self._words(figure(block.value), bold=True, x=x, width=12)
        self._draw(drawing.meter(block), 0, x=x + 10, y=top + 0.3)
        self.set_y(top)
        self._words(f"{range_said(block.low, block.high)}{was}", 8.5, QUIET, x=x + 54)
        self.set_y(top + LINE)

    def _facts(self, rows: Sequence[Sequence[str]]) -> None:
        for name, *rest in rows:
            self._keep(LINE * 2)
            top = self.y
            self._words(name, 9, QUIET, width=44)
            under = self.y
            self.set_y(top)
            self._words(" ".join(rest), x=LEFT + 48)
            self.set_y(max(self.y, under))
        self.ln(1)

    def _table(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], blank_widths: Sequence[float] | None = None
    ) -> None:
        """Set a table; a row too high for a page is set as a small list instead.

        `blank_widths`: of the columns of one to fill in.
        """
        blank = blank_widths is not None
        widths = blank_widths or _widths(head, rows)
        if any(head):
            self._row(head, widths, 8.5, QUIET)
        for row in rows:
            height = max(self._height(cell, width - 3) for cell, width in zip(row, widths, strict=True)) + 2
            if height > 180:
                self._items([b.Item("\n".join(part for part in row if part))])
                continue
            height = max(height, 1.5 * self.ruling) if blank else height
            if self._left < height:
                self.add_page()
                self._row(head, widths, 8.5, QUIET)
            self._row(row, widths, 10, height=height, boxed=blank)
        self.ln(2.5)

    def _row(
        self,
        cells: Sequence[str],
        widths: Sequence[float],
        size: float,
        colour: Colour = TEXT,
        *,
        height: float = 0,
        boxed: bool = False,
    ) -> None:
        top, x = self.y, LEFT
        height = height or 1.5 + max(
            self._height(cell, width - 3, size) for cell, width in zip(cells, widths, strict=True)
        )
        self.set_draw_color(*FAINT)
        self.set_line_width(0.2)
        for cell, width in zip(cells, widths, strict=True):
            self.set_y(top + 1)
            if cell:
                self._words(cell, size, colour, x=x + (1.5 if boxed else 0), width=width - 3)
            if boxed:
                self.rect(x, top, width, height)
            x += width
        if not boxed:
            self.line(LEFT, top + height, x, top + height)
        self.set_y(top + height)

    def _grid(self, cells: Sequence[b.Cell]) -> None:
        """Set four lists two by two; where they are too long for that, one under the other."""
        half = WIDE / 2
        heights = [
            8 + self._height(cell.title, half - 8, bold=True) + self._items_height(cell.items, half - 8) + LINE
            for cell in cells
        ]
        pairs = [*zip(cells[::2], cells[1::2], strict=True)]
        highest = [max(pair) for pair in zip(heights[::2], heights[1::2], strict=True)]
        if max(highest) > 200:
            for cell in cells:
                self._block(b.Heading(cell.title, 3))
                self._items(cell.items)
            return
        for pair, height in zip(pairs, highest, strict=True):
            self._keep(height)
            self._two(height, [partial(self._cell, cell, width=half - 8) for cell in pair])
        self.ln(2)

    def _cell(self, cell: b.Cell, x: float, width: float) -> None:
        self._words(cell.title, 10, ACCENT, bold=True, x=x, width=width)
        self.ln(0.6)
        self._items(cell.items or [b.Item("")], x, width)
        if cell.remark:
            self._words(cell.remark, 8, QUIET, x=x, width=width)

    def _card(self, card: b.Card) -> None:
        """Set a card: with folds, to be cut out and folded to the size of a bank card, else as high as it is."""
        panels = panels_of(card) if card.folds else [card.cells]
        least = _FOLD if card.folds else 0
        lefts = [LEFT, LEFT + _POCKET] if card.twice else [LEFT]
        self._keep(min(max(least, 40) * len(panels), 240))
        for number, cells in enumerate(panels):
            first, last = not number, number == len(panels) - 1
            height = 7 + (12 if first else 0) + sum(self._on_card_height(cell) for cell in cells)
            self._keep(max(height, least))
            top = self.y
            for left in lefts:
                self.set_y(top + 4)
                self._panel(card if first else card._replace(title="", about=""), cells, left + 5)
            height = max(self.y + 3 - top, least)
            for left in lefts:
                self._edges(left, top, height, first=first, last=last)
            if not last:
                self._label(lefts[-1] + _POCKET + 1, top + height + 1, _("fold"), 6)
            self.set_y(top + height)
        self.ln(6)

    def _panel(self, card: b.Card, cells: Sequence[b.Cell], x: float) -> None:
        """Set what stands on one panel of a card."""
        if card.title:
            self._words(card.title, 11, bold=True, x=x, width=_POCKET - 10)
        if card.about:
            self._words(card.about, 7.5, QUIET, x=x, width=_POCKET - 10)
        for cell in cells:
            self._on_card(cell, x)

    def _on_card(self, cell: b.Cell, x: float) -> None:
        width = _POCKET - 10
        self.ln(1.2)
        self._words(cell.title, 9, ACCENT, bold=True, x=x, width=width)
        self._items(cell.items, x, width, sign="")
        if cell.remark:
            self._words(cell.remark, 8, QUIET, x=x, width=width)

    def _on_card_height(self, cell: b.Cell) -> float:
        width = _POCKET - 10
        remark = self._height(cell.remark, width, 8) if cell.remark else 0
        return 1.2 + self._height(cell.title, width, 9, bold=True) + self._items_height(cell.items, width) + remark

    def _edges(self, left: float, top: float, height: float, *, first: bool, last: bool) -> None:
        """Draw one panel's edges: lines to cut along, and a dotted one to fold along."""
        self.set_draw_color(*QUIET)
        self.set_line_width(0.2)
        foot = top + height
        for x in (left, left + _POCKET):
            self.line(x, top, x, foot)
        if first:
            self.line(left, top, left + _POCKET, top)
        if not last:
            self.set_dash_pattern(0.4, 1.4)
        self.line(left, foot, left + _POCKET, foot)
        self.set_dash_pattern()

    def _bars(self, block: b.Bars) -> None:
        longest = max((abs(bar.value) for bar in block.bars), default=0)
        for bar in block.bars:
            self._keep(8)
            top = self.y
            self._draw(drawing.bar(bar, longest), 0, x=LEFT + 56, y=top)
            self.set_y(top)
            self._words(bar.words, 9, QUIET, x=LEFT + 102)
            under = self.y
            self.set_y(top)
            self._words(bar.name, width=54)
            self.set_y(max(self.y, under))
        self._block(b.Words(block.summary, quiet=True))

    def _heat(self, block: b.Heat) -> None:
        most = max((number for _name, row in block.rows for number in row), default=0) or 1
        columns = max((len(row) for _name, row in block.rows), default=0)
        head = block.head if len(block.head) > columns else ["", *block.head]
        self._keep(8 + 7 * len(block.rows))
        wide = min(14.0, (WIDE - 22) / max(len(head) - 1, 1))
        named = min(34.0, WIDE - wide * (len(head) - 1))
        for name, cells in [(head[0], head[1:]), *block.rows]:
            with self._style(8.5 if wide > 8 else 7, QUIET):
                self.cell(named, 6.4, self._fitting(self.told(str(name)), named))
                for cell in cells:
                    share = cell / most if isinstance(cell, int) else 0
                    red, green, blue = (round(255 - share * 0.75 * (255 - one)) for one in ACCENT)
                    self.set_fill_color(red, green, blue)
                    self.set_text_color(*((255, 255, 255) if share > 0.7 else TEXT))
                    self.cell(
                        wide,
                        6.4,
                        self.told(str(cell or "·")),
                        align="C",
                        fill=share > 0,
                    )
                self.ln(6.4)
        self.ln(1)
        self._block(b.Words(block.summary, quiet=True))


def _widths(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """Return the width of each column: by what stands in it, none too narrow to read in."""
    needs = [
        min(max(len(line) for cell in column for line in cell.split("\n")), 40)
        for column in zip(head, *rows, strict=True)
    ]
    needs = [max(need, 8) for need in needs]
    return [WIDE * need / sum(needs) for need in needs]
