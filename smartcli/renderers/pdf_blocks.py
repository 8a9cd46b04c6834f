"""What people wrote, on a PDF's pages: lists, tables, grids, cards and charts."""

from collections.abc import Sequence
from contextlib import nullcontext
from functools import partial

from smartcli import blocks as b
from smartcli.language import _, figure, ngettext
from smartcli.renderers import drawing
from smartcli.renderers.cards import panels_of
from smartcli.renderers.pdf_letters import ACCENT, CELL_RANK, LEFT, LINE, PAGE_RANK, QUIET, TEXT, WIDE
from smartcli.renderers.pdf_tables import Tables
from smartcli.renderers.phrases import before_said, marks_said, range_said, records_head, wheel_table

BULLET = "·"  # before an item that has no number and no box
_FOLD = 54.0  # the height of a bank card
_POCKET = 85.6  # and its width
_HIGHEST_CELL = 200.0  # of a grid or a card; what is higher has no room on a page
_WHEEL = 18  # how wide an empty wheel is to be written on, as a multiple of the ruling
_SAID = 15  # points of a chart, up to which their numbers are told too


class Blocks(Tables):
    """Paper that any block can be set on."""

    def _block(self, block: b.Block) -> None:
        match block:
            case b.Heading(text, level):
                self._keep(26)
                self.ln(0 if self._fresh() else 2.2 * self.air)
                with self.heading(PAGE_RANK - 1 + level):
                    self._words(text, self._heading_size(level), ACCENT, bold=level < 3)
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
                table = wheel_table(block)
                with self.tag("Figure", alt=_wheel_said(table.rows)):
                    self._draw(drawing.wheel(block), 118)
                self._table(table.head, table.rows)
            case b.Chart():
                self._chart(block)
            case b.Bars():
                self._bars(block)
            case b.Heat():
                self._heat(block)
            case b.Records(records):
                rows = [[one.time, one.title, one.about, one.summary or one.piece] for one in records]
                self._table(records_head(), rows)
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
                with self.tag("Figure", alt=_blank_wheel_said(block)):
                    self._draw(drawing.blank_wheel(block), min(158, _WHEEL * self.ruling))

    def _heading_size(self, level: int) -> float:
        return {1: 14, 2: min(12, 1.25 * self.size)}.get(level, max(10, self.size))

    def _heading_height(self, heading: b.Heading) -> float:
        """Return how high a heading stands, with what is left free above and below."""
        size, bold = self._heading_size(heading.level), heading.level < 3
        return self._height(heading.text, WIDE, size, bold=bold) + 2.8 * self.air

    def _chart(self, block: b.Chart) -> None:
        points = "; ".join(block.said)
        are_few = len(block.said) <= _SAID
        with self.tag("Figure", alt=block.summary if are_few else f"{block.summary} {points}"):
            self._draw(drawing.chart(block), WIDE)
        self._remark(block.summary)
        if are_few and points:
            self._words(points, 7, QUIET, line=3.2)

    def _items(
        self,
        items: Sequence[b.Item],
        x: float = LEFT,
        width: float = WIDE,
        *,
        numbered: bool = False,
        sign: str = BULLET,
    ) -> None:
        ticked = any(item.ticked is not None for item in items)
        with self.tag("L", attributes=f"/O/List/ListNumbering/{_numbering(numbered=numbered, ticked=ticked)}"):
            for number, item in enumerate(items, 1):
                mark = f"{number}." if numbered else sign if item.ticked is None else "☑" if item.ticked else "☐"
                self._item(item, mark, x, width, 6.5 if numbered else 4.5 if mark else 0)

    def _item(self, item: b.Item, mark: str, x: float, width: float, indent: float) -> None:
        if self._left < LINE:
            self.add_page()
        top = self.y
        with self.tag("LI"):
            if mark:
                with self.tag("Lbl") if mark != BULLET else self.artifact():
                    self._words(mark, colour=ACCENT, x=x, width=indent)
            self.set_y(top)
            with self.tag("LBody"):
                said = item.text + (f"  ({marks_said(item)})" if item.marks else "")
                self._words(said, x=x + indent, width=width - indent)

    def _items_height(self, items: Sequence[b.Item], width: float) -> float:
        return sum(
            self._height(item.text + (f"  ({marks_said(item)})" if item.marks else ""), width - 4.5) for item in items
        )

    def _meter(self, block: b.Meter, x: float) -> None:
        top = self.y
        was = "" if block.before is None else f"; {before_said(block.before)}"
        with self.passage():
            self._words(figure(block.value), bold=True, x=x, width=12)
            with self.artifact():
                self._draw(drawing.meter(block), 0, x=x + 10, y=top + 0.3)
            self.set_y(top)
            self._words(f"{range_said(block.low, block.high)}{was}", 8.5, QUIET, x=x + 54)
        self.set_y(top + LINE)

    def _grid(self, cells: Sequence[b.Cell]) -> None:
        """Set four lists two by two; where they are too long for that, one under the other."""
        half = WIDE / 2
        heights = [8 + LINE + self._cell_height(cell, half - 8) for cell in cells]
        pairs = [*zip(cells[::2], cells[1::2], strict=True)]
        highest = [max(pair) for pair in zip(heights[::2], heights[1::2], strict=True)]
        if max(highest) > _HIGHEST_CELL:
            self._lists(cells)
            return
        for pair, height in zip(pairs, highest, strict=True):
            self._keep(height)
            self._two(height, [partial(self._cell, cell, width=half - 8) for cell in pair])
        self.ln(2)

    def _cell_height(self, cell: b.Cell, width: float) -> float:
        remark = self._height(cell.remark, width, 8) if cell.remark else 0
        return self._height(cell.title, width, bold=True) + self._items_height(cell.items, width) + remark

    def _lists(self, cells: Sequence[b.Cell]) -> None:
        """Set lists one under the other, without frames: these are too long for a grid or a card."""
        for cell in cells:
            self._block(b.Heading(cell.title, 3))
            self._items(cell.items)
            if cell.remark:
                self._block(b.Words(cell.remark, quiet=True))

    def _cell(self, cell: b.Cell, x: float, width: float) -> None:
        with self.heading(CELL_RANK):
            self._words(cell.title, 10, ACCENT, bold=True, x=x, width=width)
        self.ln(0.6)
        self._items(cell.items or [b.Item("")], x, width)
        if cell.remark:
            self._words(cell.remark, 8, QUIET, x=x, width=width)

    def _card(self, card: b.Card) -> None:
        """Set a card: with folds, to be cut out and folded to the size of a bank card, else as high as it is.

        What is too long for a page is no card any more: it is set once, as plain lists.
        """
        panels = panels_of(card) if card.folds else [card.cells]
        heights = [7 + sum(map(self._on_card_height, cells)) for cells in panels]
        heights[0] += 12  # its title
        if max(heights) > _HIGHEST_CELL:
            self._card_as_lists(card)
            return
        least = _FOLD if card.folds else 0
        lefts = [LEFT, LEFT + _POCKET] if card.twice else [LEFT]
        self._keep(min(max(least, 40) * len(panels), 240))
        for number, (cells, height) in enumerate(zip(panels, heights, strict=True)):
            first, last = not number, number == len(panels) - 1
            self._keep(max(height, least))
            top = self.y
            for left in lefts:
                self.set_y(top + 4)
                # The second card is the same again: whoever listens hears it once.
                with self.artifact() if left > LEFT else nullcontext():
                    self._panel(card if first else card._replace(title="", about=""), cells, left + 5)
            height = max(self.y + 3 - top, least)
            for left in lefts:
                self._edges(left, top, height, first=first, last=last)
            if not last:
                self._label(lefts[-1] + _POCKET + 1, top + height + 1, _("fold"), 6)
            self.set_y(top + height)
        self.ln(6)

    def _card_as_lists(self, card: b.Card) -> None:
        if card.title:
            self._block(b.Heading(card.title, 2))
        if card.about:
            self._block(b.Words(card.about, quiet=True))
        self._lists(card.cells)

    def _panel(self, card: b.Card, cells: Sequence[b.Cell], x: float) -> None:
        """Set what stands on one panel of a card."""
        if card.title:
            with self.heading(CELL_RANK - 1):
                self._words(card.title, 11, bold=True, x=x, width=_POCKET - 10)
        if card.about:
            self._words(card.about, 7.5, QUIET, x=x, width=_POCKET - 10)
        for cell in cells:
            self._on_card(cell, x)

    def _on_card(self, cell: b.Cell, x: float) -> None:
        width = _POCKET - 10
        self.ln(1.2)
        with self.heading(CELL_RANK):
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


def _numbering(*, numbered: bool, ticked: bool) -> str:
    """Return the PDF's name for what stands before the items of a list."""
    return "Decimal" if numbered else "Square" if ticked else "None"


def _wheel_said(rows: Sequence[Sequence[str]]) -> str:
    """Return what a wheel shows in words."""
    return "; ".join(f"{name}: {value}" for name, value, *_before in rows)


def _blank_wheel_said(block: b.BlankWheel) -> str:
    """Return what an empty wheel is in words."""
    return ngettext(
        "An empty wheel with {number} part, from 0 to {high}.",
        "An empty wheel with {number} parts, from 0 to {high}.",
        len(block.names),
        high=figure(block.high),
    )
