"""Blocks set on paper, in millimetres, so that A4 and Letter both hold them."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property, partial
from importlib import resources
from itertools import zip_longest

from fpdf import FPDF
from fpdf.enums import MethodReturnValue, XPos, YPos
from fpdf.fonts import TTFFont
from fpdf.outline import OutlineSection

from smartcli import NOTICE
from smartcli.page import (
    Bars,
    BlankCell,
    BlankGrid,
    BlankTable,
    BlankWheel,
    Block,
    Boxes,
    Card,
    Cell,
    Chart,
    Comparison,
    Gaps,
    Grid,
    Heading,
    Heat,
    Item,
    Items,
    Meter,
    Numbers,
    Page,
    Records,
    Ruled,
    Table,
    Wheel,
    Words,
    flat,
)
from smartcli.renderers import drawing
from smartcli.renderers.cards import folded
from smartcli.renderers.drawing import Drawing, Label, Look, Ring, Stroke
from smartcli.renderers.pairs import pairs
from smartcli.words import visible

_LEFT, _TOP = 19.0, 20.0  # margins; Letter is 18 mm lower than A4, and cuts half of that off at either end
_WIDE = 210 - 2 * _LEFT
_LINE = 4.9  # from line to line of the text
_WRITE = 8.0  # from line to line of what is written by hand
_ROOM = ((9.0, 9.2), (8.0, 9.2), (7.2, 9.2), (6.6, 9.2), (6.6, 8.7))  # that, and the text's size in points: on a sheet
_FOLD = 54.0  # the height of a bank card
_POCKET = 85.6  # and its width
_ASKED = 68.0  # the room for a question beside a short answer
_SAID = 15  # points of a chart, up to which their numbers are told too
_PX = 25.4 / 96  # a CSS pixel
_TEXT, _QUIET, _FAINT, _ACCENT, _WASH = (30, 33, 38), (95, 101, 111), (198, 194, 186), (24, 88, 98), (226, 237, 239)
_STAND_IN = "▯"
_UNSEEN = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0xFE00, 0xFE10)])
_LISTED = 120  # pages, up to which the contents name each; past that its sections
_A_PAGE = 53  # lines of contents on a page

_HIGH = {Wheel: 84, BlankWheel: 118, Chart: 60, Grid: 50, BlankTable: 34, Table: 24, Heat: 40}  # beginnings

Colour = tuple[int, int, int]


class Paper(FPDF):
    """A document under way; `missing` counts the characters its letters do not have."""

    def __init__(self, title: str) -> None:
        super().__init__(format="A4")
        self.missing: Counter[str] = Counter()
        folder = resources.files("smartcli.renderers") / "fonts"
        for style, file in (("", "DejaVuSansCondensed.ttf"), ("B", "DejaVuSansCondensed-Bold.ttf")):
            with resources.as_file(folder / file) as path:
                self.add_font("text", style, path)
        letters = self.fonts["text"]
        self.ruling = _WRITE
        self.size = 10.0  # of the text, in points
        self._known = {*letters.cmap} if isinstance(letters, TTFFont) else set()
        self.name = self.told(title)
        self.alias_nb_pages(None)  # type: ignore[arg-type]  # else "{nb}" in somebody's words becomes a number
        self.set_title(self.name)
        self.set_producer("smartcli")
        self.set_lang("en-GB")
        self.set_creation_date(datetime(2000, 1, 1, tzinfo=UTC))  # the same pages give the same bytes
        self.set_margins(_LEFT, _TOP, _LEFT)
        self.set_auto_page_break(True, _TOP)
        self.c_margin = 0

    # -- the document

    def set(self, pages: Sequence[Page]) -> None:
        """Set all pages; with sections there is a title and contents first."""
        sections = any(page.section for page in pages)
        self.add_page()
        if sections:
            self._begin(pages)
        elif len({page.title for page in pages}) > 1:
            self._words(self.name, 20, bold=True)
            self.ln(4)
        section, level = "", 0
        for number, page in enumerate(pages):
            if page.sheet and (number or sections) and not self._fresh():
                self.add_page()
            if page.section != section:
                section, level = page.section, 1
                self._section(section)
            self.ruling, self.size = self._roomiest(page) if page.sheet else (_WRITE, 10)
            self.sheet(page, level)
        self._notice()

    def _roomiest(self, page: Page) -> tuple[float, float]:
        """Return the most room to write that makes a sheet no longer than the least would."""
        lengths = {}
        for room in _ROOM:
            self._try.ruling, self._try.size = room
            self._try.add_page()
            before = self._try.page_no()
            self._try.sheet(page)
            lengths[room] = self._try.page_no() - before
        return next(room for room in _ROOM if lengths[room] == min(lengths.values()))

    @cached_property
    def _try(self) -> "Paper":
        """Return paper to try things on."""
        return Paper("")

    def footer(self) -> None:
        """Number the page."""
        self.set_y(-14)
        with self._style(8, _QUIET):
            self.cell(0, 4, str(self.page_no()), align="C")

    def _begin(self, pages: Sequence[Page]) -> None:
        """Set the title and the contents, on as many pages as those take."""
        self._words(self.name, 26, bold=True)
        self.ln(8)
        listed = len(pages) if len(pages) <= _LISTED else 0
        lines = listed + len({page.section for page in pages})
        self.insert_toc_placeholder(self._contents, pages=math.ceil(lines / _A_PAGE), reset_page_indices=False)

    def _contents(self, _: FPDF, outline: list[OutlineSection]) -> None:
        """Set one line for each section and page: its name, and where it is."""
        if sum(1 for one in outline if one.level) > _LISTED:
            outline = [one for one in outline if not one.level]
        for number, one in enumerate(outline):
            if number and number % _A_PAGE == 0:
                self.add_page()
            with self._style(9, _QUIET if one.level else _ACCENT, bold=not one.level):
                link = self.add_link(page=one.page_number)
                self.set_x(_LEFT + 5 * one.level)
                room = _WIDE - 12 - 5 * one.level
                self.cell(room, 4.2, self._fitting(one.name, room), link=link)
                self.cell(12, 4.2, str(one.page_number), align="R", link=link, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _fitting(self, words: str, width: float) -> str:
        while words and self.get_string_width(words) > width:
            words = words[:-2] + "…"
        return words

    def _section(self, name: str) -> None:
        self._keep(40)
        self.start_section(self.told(name), 0)
        self.ln(0 if self._fresh() else 6)
        self._words(name, 15, _ACCENT)
        self.set_draw_color(*_FAINT)
        self.line(_LEFT, self.y + 1, _LEFT + _WIDE, self.y + 1)
        self.ln(5)

    def sheet(self, page: Page, level: int = 0) -> None:
        """Set one page under its title."""
        if not self._fresh():
            self.ln(5)
        self._keep(34)
        said = " · ".join(part for part in (page.title, page.about) if part)
        self.start_section(self.told(said).replace("\n", " "), level)
        self._words(page.title, 17 if page.sheet else 14, bold=True)
        if page.about:
            self._words(page.about, 8.5, _QUIET)
        self.ln(2)
        blocks = [*flat(page.blocks)]
        told = [*pairs(blocks)]
        for (question, block), following in zip_longest(told, told[1:]):
            if question and not page.sheet:
                self._pair(question, block)
                continue
            if isinstance(block, Heading):
                self._keep(14 + (_HIGH.get(type(following[1]), 12) if following else 0))
            if question:
                self._block(question)
            self._block(block)

    def _pair(self, question: Heading, answer: Block) -> None:
        """Set a question, and its short answer beside it."""
        self._keep(_LINE * 2)
        top = self.y
        self._words(question.text, 9, _ACCENT, width=_ASKED - 5)
        under = self.y
        self.set_y(top)
        if isinstance(answer, Meter):
            self._meter(answer, _LEFT + _ASKED)
        elif isinstance(answer, Words):
            self._words(answer.text, x=_LEFT + _ASKED)
        self.set_y(max(self.y, under) + 0.6)

    def _notice(self) -> None:
        """Set it under the last page, in the margin if need be: it is not worth a sheet of paper."""
        self.set_auto_page_break(False)
        self.set_y(min(self.y + 4, 297 - _TOP))
        self._words(NOTICE, 6.5, _QUIET, line=2.8)

    # -- words and room

    def told(self, text: str) -> str:
        """Return words as the letters can show them; what they cannot is counted, and stands as a box."""
        text = visible(text).expandtabs(4).translate(_UNSEEN)
        lacking = [one for one in text if ord(one) not in self._known and one != "\n"]
        self.missing.update(lacking)
        return "".join(_STAND_IN if one in lacking else one for one in text) if lacking else text

    @contextmanager
    def _style(self, size: float = 10, colour: Colour = _TEXT, *, bold: bool = False) -> Iterator[None]:
        self.set_font("text", "B" if bold else "", size)
        self.set_text_color(*colour)
        yield
        self.set_font("text", "", 10)
        self.set_text_color(*_TEXT)

    def _words(
        self,
        text: str,
        size: float = 0,
        colour: Colour = _TEXT,
        *,
        bold: bool = False,
        x: float = _LEFT,
        width: float = 0,
        line: float = 0,
    ) -> None:
        """Set words from `x` on, in lines as wide as there is room; what follows begins under them."""
        size = size or self.size
        with self._style(size, colour, bold=bold):
            self.set_x(x)
            self.multi_cell(
                width or _LEFT + _WIDE - x,
                line or max(_LINE * size / 10, 3.4),
                self.told(text),
                align="L",
                new_x=XPos.LMARGIN,
                new_y=YPos.NEXT,
            )

    def _height(self, text: str, width: float, size: float = 0, *, bold: bool = False) -> float:
        """Return how high words would stand."""
        size = size or self.size
        kept = self.missing.copy()
        with self._style(size, bold=bold):
            lines = self.multi_cell(
                width,
                _LINE * size / 10,
                self.told(text),
                align="L",
                dry_run=True,
                output=MethodReturnValue.LINES,
            )
        self.missing = kept
        return max(len(lines), 1) * _LINE * size / 10  # type: ignore[arg-type]

    @property
    def _left(self) -> float:
        """How much room is left on this page."""
        return float(297 - _TOP - self.y)

    def _fresh(self) -> bool:
        return bool(self.y <= _TOP + 0.1)

    def _keep(self, height: float) -> None:
        """Begin a new page unless there is this much room on this one."""
        if self._left < height and not self._fresh():
            self.add_page()

    # -- blocks

    def _block(self, block: Block) -> None:
        match block:
            case Heading(text, level):
                self._keep(26)
                self.ln(0 if self._fresh() else 2.2)
                self._words(text, {1: 14, 2: 12}.get(level, 10), _ACCENT, bold=level < 3)
                self.ln(0.6)
            case Words(text, theirs, quiet):
                for passage in [text] if theirs else text.split("\n\n"):
                    self._words(
                        passage, 8.5 if quiet else self.size, _QUIET if quiet else _TEXT, x=_LEFT + (4 if theirs else 0)
                    )
                    self.ln(1)
            case Items(items, numbered):
                self._items(items, numbered=numbered)
                self.ln(1)
            case Meter():
                self._meter(block, _LEFT)
                self.ln(1)
            case Table(head, rows):
                self._table(head, rows) if any(head) else self._facts(rows)
            case Grid(cells):
                self._grid(cells)
            case Card():
                self._card(block)
            case Wheel(spokes, high):
                self._draw(drawing.wheel(block), 118)
                compared = any(was is not None for _, _, was in spokes)
                rows = [[name, f"{now:g}", *([_or_dash(was)] if compared else [])] for name, now, was in spokes]
                self._table(["Part", f"Now, of {high:g}", *(["Before"] if compared else [])], rows)
            case Chart(summary=summary, said=said):
                self._draw(drawing.chart(block), _WIDE)
                self._block(Words(summary, quiet=True))
                if 0 < len(said) <= _SAID:
                    self._words("; ".join(said), 7, _QUIET, line=3.2)
            case Bars():
                self._bars(block)
            case Heat():
                self._heat(block)
            case Comparison(names, answers):
                for one in answers:
                    self._block(Heading(one.title, 3))
                    self._table(names, [[f"{to.of} {to.was or ''}".strip(), to.now or ""] for to in one.changes])
            case Records(records):
                rows = [[one.time, one.title, one.about, one.summary or one.piece] for one in records]
                self._table(["", "", "About", "In short"], rows)
            case Ruled():
                self._ruled(block, _LEFT, _WIDE)
            case Gaps(gaps):
                self._gaps(gaps)
            case Boxes():
                self._boxes(block)
            case Numbers():
                self._numbers(block)
            case BlankTable(head, rows):
                self._table(head, rows, blank=True)
            case BlankGrid():
                self._blank_grid(block)
            case BlankWheel():
                self._draw(drawing.blank_wheel(block), 158)

    def _items(
        self,
        items: Sequence[Item],
        x: float = _LEFT,
        width: float = _WIDE,
        *,
        numbered: bool = False,
        sign: str = "·",
    ) -> None:
        for number, item in enumerate(items, 1):
            mark = f"{number}." if numbered else sign if item.ticked is None else "☑" if item.ticked else "☐"
            if self._left < _LINE:
                self.add_page()
            top, indent = self.y, 6.5 if numbered else 4.5 if mark else 0
            self._words(mark, colour=_ACCENT, x=x, width=indent or 1)
            self.set_y(top)
            said = item.text + (f"  ({', '.join(item.marks)})" if item.marks else "")
            self._words(said, x=x + indent, width=width - indent)

    def _items_height(self, items: Sequence[Item], width: float) -> float:
        return sum(
            self._height(item.text + (f"  ({', '.join(item.marks)})" if item.marks else ""), width - 4.5)
            for item in items
        )

    def _meter(self, block: Meter, x: float) -> None:
        top = self.y
        was = "" if block.before is None else f"; before: {block.before:g}"
        self._words(f"{block.value:g}", bold=True, x=x, width=12)
        self._draw(drawing.meter(block), 0, x=x + 10, y=top + 0.3)
        self.set_y(top)
        self._words(f"{block.low:g} to {block.high:g}{was}", 8.5, _QUIET, x=x + 54)

    def _facts(self, rows: Sequence[Sequence[str]]) -> None:
        for name, *rest in rows:
            self._keep(_LINE * 2)
            top = self.y
            self._words(name, 9, _QUIET, width=44)
            under = self.y
            self.set_y(top)
            self._words(" ".join(rest), x=_LEFT + 48)
            self.set_y(max(self.y, under))
        self.ln(1)

    def _table(self, head: Sequence[str], rows: Sequence[Sequence[str]], *, blank: bool = False) -> None:
        """Set a table; a row too high for a page is set as a small list instead."""
        widths = _widths(head, rows, blank=blank)
        if any(head):
            self._row(head, widths, 8.5, _QUIET)
        for row in rows:
            height = max(self._height(cell, width - 3) for cell, width in zip(row, widths, strict=True)) + 2
            if height > 180:
                self._items([Item("\n".join(part for part in row if part))])
                continue
            height = max(height, 9.5) if blank else height
            if self._left < height:
                self.add_page()
                self._row(head, widths, 8.5, _QUIET)
            self._row(row, widths, 10, height=height, boxed=blank)
        self.ln(2.5)

    def _row(
        self,
        cells: Sequence[str],
        widths: Sequence[float],
        size: float,
        colour: Colour = _TEXT,
        *,
        height: float = 0,
        boxed: bool = False,
    ) -> None:
        top, x = self.y, _LEFT
        height = height or 1.5 + max(
            self._height(cell, width - 3, size) for cell, width in zip(cells, widths, strict=True)
        )
        self.set_draw_color(*_FAINT)
        self.set_line_width(0.2)
        for cell, width in zip(cells, widths, strict=True):
            self.set_y(top + 1)
            if cell:
                self._words(cell, size, colour, x=x + (1.5 if boxed else 0), width=width - 3)
            if boxed:
                self.rect(x, top, width, height)
            x += width
        if not boxed:
            self.line(_LEFT, top + height, x, top + height)
        self.set_y(top + height)

    def _grid(self, cells: Sequence[Cell]) -> None:
        """Set four lists two by two; where they are too long for that, one under the other."""
        half = _WIDE / 2
        heights = [
            8 + self._height(cell.title, half - 8, bold=True) + self._items_height(cell.items, half - 8) + _LINE
            for cell in cells
        ]
        pairs = [*zip(cells[::2], cells[1::2], strict=True)]
        highest = [max(pair) for pair in zip(heights[::2], heights[1::2], strict=True)]
        if max(highest) > 200:
            for cell in cells:
                self._block(Heading(cell.title, 3))
                self._items(cell.items)
            return
        for pair, height in zip(pairs, highest, strict=True):
            self._keep(height)
            self._two(height, [partial(self._cell, cell, width=half - 8) for cell in pair])
        self.ln(2)

    def _two(self, height: float, fills: Sequence[Callable[[float], None]]) -> None:
        """Set two boxes side by side, each filled by its own call."""
        top, half = self.y, _WIDE / 2
        for number, fill in enumerate(fills):
            self.set_draw_color(*_FAINT)
            self.rect(_LEFT + number * half, top, half, height)
            self.set_y(top + 3)
            fill(_LEFT + number * half + 4)
        self.set_y(top + height)

    def _cell(self, cell: Cell, x: float, width: float) -> None:
        self._words(cell.title, 10, _ACCENT, bold=True, x=x, width=width)
        self.ln(0.6)
        self._items(cell.items or [Item("")], x, width)
        if cell.remark:
            self._words(cell.remark, 8, _QUIET, x=x, width=width)

    def _card(self, card: Card) -> None:
        """Set a card: with folds, to be cut out and folded to the size of a bank card, else as high as it is."""
        panels = folded(card) if card.folds else [card.cells]
        least = _FOLD if card.folds else 0
        self._keep(min(max(least, 40) * len(panels), 240))
        for number, cells in enumerate(panels):
            height = 7 + (0 if number else 6) + sum(self._on_card_height(cell) for cell in cells)
            self._keep(max(height, least))
            top = self.y
            self.set_y(top + 4)
            if not number:
                self._words(card.title, 11, bold=True, x=_LEFT + 5, width=_POCKET - 10)
            for cell in cells:
                self._on_card(cell)
            self._edges(top, max(self.y + 3 - top, least), first=not number, last=number == len(panels) - 1)
        self.ln(6)

    def _on_card(self, cell: Cell) -> None:
        x, width = _LEFT + 5, _POCKET - 10
        self.ln(1.2)
        self._words(cell.title, 9, _ACCENT, bold=True, x=x, width=width)
        self._items(cell.items, x, width, sign="")
        if cell.remark:
            self._words(cell.remark, 8, _QUIET, x=x, width=width)

    def _on_card_height(self, cell: Cell) -> float:
        width = _POCKET - 10
        remark = self._height(cell.remark, width, 8) if cell.remark else 0
        return 1.2 + self._height(cell.title, width, 9, bold=True) + self._items_height(cell.items, width) + remark

    def _edges(self, top: float, height: float, *, first: bool, last: bool) -> None:
        """Draw one panel's edges: lines to cut along, and a dotted one to fold along."""
        self.set_draw_color(*_QUIET)
        self.set_line_width(0.2)
        foot = top + height
        for x in (_LEFT, _LEFT + _POCKET):
            self.line(x, top, x, foot)
        if first:
            self.line(_LEFT, top, _LEFT + _POCKET, top)
        if not last:
            self.set_dash_pattern(0.4, 1.4)
        self.line(_LEFT, foot, _LEFT + _POCKET, foot)
        self.set_dash_pattern()
        if not last:
            self._label(_LEFT + _POCKET + 2, foot + 1, "fold", 7)
        self.set_y(foot)

    def _bars(self, block: Bars) -> None:
        longest = max((abs(bar.value) for bar in block.bars), default=0)
        for bar in block.bars:
            self._keep(8)
            top = self.y
            self._draw(drawing.bar(bar, longest), 0, x=_LEFT + 56, y=top)
            self.set_y(top)
            self._words(bar.words, 9, _QUIET, x=_LEFT + 102)
            under = self.y
            self.set_y(top)
            self._words(bar.name, width=54)
            self.set_y(max(self.y, under))
        self._block(Words(block.summary, quiet=True))

    def _heat(self, block: Heat) -> None:
        most = max((number for _, row in block.rows for number in row), default=0) or 1
        head = (
            block.head if len(block.head) > max((len(row) for _, row in block.rows), default=0) else ["", *block.head]
        )
        self._keep(8 + 7 * len(block.rows))
        wide = min(14.0, (_WIDE - 22) / max(len(head) - 1, 1))
        named = min(34.0, _WIDE - wide * (len(head) - 1))
        for name, cells in [(head[0], head[1:]), *block.rows]:
            with self._style(8.5 if wide > 8 else 7, _QUIET):
                self.cell(named, 6.4, self._fitting(self.told(str(name)), named))
                for cell in cells:
                    share = cell / most if isinstance(cell, int) else 0
                    red, green, blue = (round(255 - share * 0.75 * (255 - one)) for one in _ACCENT)
                    self.set_fill_color(red, green, blue)
                    self.set_text_color(*((255, 255, 255) if share > 0.7 else _TEXT))
                    self.cell(wide, 6.4, self.told(str(cell or "·")), align="C", fill=share > 0)
                self.ln(6.4)
        self.ln(1)
        self._block(Words(block.summary, quiet=True))

    # -- blanks

    def _ruled(self, block: Ruled, x: float, width: float) -> None:
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
            self.set_draw_color(*_QUIET)
            self.set_line_width(0.15)
            self.line(begin, foot, end, foot)
            self.set_y(foot + 1)
        self.ln(1.5)

    def _gaps(self, gaps: Sequence[tuple[str, str]]) -> None:
        self._keep(self.ruling)
        foot, x = self.y + self.ruling - 2, _LEFT
        for before, after in gaps:
            for words in (before, after):
                if words:
                    self._label(x, foot, words, 9)
                    with self._style(9):
                        x += self.get_string_width(self.told(words)) + 2
                if words is before:
                    self.set_draw_color(*_QUIET)
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
        self.set_draw_color(*_QUIET)
        self.set_line_width(0.2)
        self.rect(x, y, side, side)

    def _label(self, x: float, foot: float, words: str, size: float, colour: Colour = _QUIET) -> None:
        with self._style(size, colour):
            self.text(x, foot, self.told(words))

    def _boxes(self, block: Boxes) -> None:
        """Set boxes in as many columns as the longest option lets, group by group."""
        options = [option for _, group in block.groups for option in group]
        with self._style(9):
            widest = max((self.get_string_width(self.told(option)) for option in options), default=0) + 7
        columns = max(1, min(4, int(_WIDE // widest)))
        width = _WIDE / columns
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
                x = _LEFT + number * width
                if words and ticked:
                    self._box(x, top + 0.8)
                self.set_y(top + 0.2)
                self._words(
                    words,
                    9 if ticked else 8.5,
                    _TEXT if ticked else _QUIET,
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
            x, foot = _LEFT + at % 2 * _WIDE / 2, self.y - 1
            self._box(x, foot - 3)
            self.line(x + 5, foot, x + _WIDE / 2 - 5, foot)

    def _numbers(self, block: Numbers) -> None:
        self._keep(14)
        step = max(1, (block.high - block.low) // 10)
        numbers = [*range(block.low, block.high + 1, step)]
        wide = _WIDE / len(numbers)
        for number in numbers:
            self.cell(wide, 7.5, str(number), align="C")
        self.ln(7)
        if block.low_label or block.high_label:
            top = self.y
            with self._style(8.5, _QUIET):
                self.cell(_WIDE / 2, 4, self.told(block.low_label))
                self.cell(_WIDE / 2, 4, self.told(block.high_label), align="R")
            self.set_y(top + 5)
        self.ln(1)

    def _blank_grid(self, block: BlankGrid) -> None:
        half = _WIDE / 2
        height = 16 + block.lines * self.ruling
        for pair in zip(block.cells[::2], block.cells[1::2], strict=True):
            self._keep(height)
            fills = [partial(self._blank_cell, cell, width=half - 8, lines=block.lines) for cell in pair]
            self._two(height, fills)
        self.ln(2)

    def _blank_cell(self, cell: BlankCell, x: float, width: float, lines: int) -> None:
        self._words(cell.title, 10, _ACCENT, bold=True, x=x, width=width)
        if cell.hint:
            self._words(cell.hint, 7.5, _QUIET, x=x, width=width)
        self._ruled(Ruled(lines, marks=cell.marks), x, width)

    # -- drawings

    def _draw(self, drawn: Drawing, width: float, x: float | None = None, y: float | None = None) -> None:
        """Draw shapes, `width` wide (0: at their own size), in the middle or from (x, y) on."""
        by = width / drawn.width if width else _PX
        height = drawn.height * by
        if y is None:
            self._keep(height)
        left = _LEFT + (_WIDE - drawn.width * by) / 2 if x is None else x
        top = self.y if y is None else y
        for shape in drawn.shapes:
            match shape:
                case Stroke(points, look, closed):
                    places = [(left + px * by, top + py * by) for px, py in points]
                    with self._look(look):
                        if closed:
                            self.polygon(places, style="DF" if look == "area" else "D")
                        else:
                            self.polyline(places)
                case Ring(cx, cy, radius, look):
                    with self._look(look):
                        self.circle(left + cx * by, top + cy * by, radius * by, style="F" if look == "full" else "D")
                case Label(lx, ly, words, anchor, look):
                    with self._style(max(7.0 if look == "small" else 8.5, 0), _QUIET if look == "small" else _TEXT):
                        said = self.told(words)
                        back = {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * self.get_string_width(said)
                        self.text(left + lx * by - back, top + ly * by, said)
        if y is None:
            self.set_y(top + height + 2)

    @contextmanager
    def _look(self, look: Look) -> Iterator[None]:
        self.set_draw_color(*{"faint": _FAINT, "dashed": _QUIET, "empty": _QUIET}.get(look, _ACCENT))
        self.set_fill_color(*(_WASH if look == "area" else _ACCENT))
        self.set_line_width({"line": 0.5, "area": 0.4}.get(look, 0.2))
        if look == "dashed":
            self.set_dash_pattern(1, 1)
        yield
        self.set_dash_pattern()


def _or_dash(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"


def _widths(head: Sequence[str], rows: Sequence[Sequence[str]], *, blank: bool) -> list[float]:
    """Return the width of each column: by what stands in it, none too narrow to write or read in."""
    needs = [
        min(max(len(line) for cell in column for line in cell.split("\n")), 40)
        for column in zip(head, *rows, strict=True)
    ]
    least = 14 if blank else 8
    needs = [max(need, least) for need in needs]
    return [_WIDE * need / sum(needs) for need in needs]


Listed = tuple[str, bool]  # words, and whether they have a box: the name of a group has none


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
