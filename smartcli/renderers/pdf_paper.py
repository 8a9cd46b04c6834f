"""A whole PDF: its pages under sections, with a title, contents, bookmarks and page numbers."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import zip_longest

from smartcli import NOTICE
from smartcli import blocks as b
from smartcli.language import _
from smartcli.renderers.pairs import pairs
from smartcli.renderers.pdf_blocks import Blocks
from smartcli.renderers.pdf_letters import ACCENT, FAINT, LEFT, LINE, QUIET, TOP, WIDE, WRITE

_ROOM = (
    (9.0, 9.2),
    (8.0, 9.2),
    (7.2, 9.2),
    (6.6, 9.2),
    (6.3, 8.5),
    (6.1, 8.5),
)  # that, and the text's size in points: on a sheet
_ASKED = 68.0  # the room for a question beside a short answer
_LISTED = 120  # pages, up to which the contents name each; past that its sections
_LISTED_LINE = 4.2  # the height of a line of the contents

_HIGH = {
    b.Wheel: 84,
    b.BlankWheel: 118,
    b.Chart: 60,
    b.Grid: 50,
    b.BlankTable: 34,
    b.Table: 24,
    b.Heat: 40,
}  # beginnings


class Paper(Blocks):
    """A document under way."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._listed: list[tuple[int, float]] = []  # of each line of the contents: its page, and how far down
        self._names_pages = True

    def set(self, pages: Sequence[b.Page]) -> None:
        """Set all pages; with sections there is a title and contents first."""
        sections = any(page.section for page in pages)
        self.add_page()
        if sections:
            self._begin(pages)
        elif len({page.title for page in pages}) > 1:
            self._words(self.name, 20, bold=True)
            self.ln(4)
        for number, (page, opens, level) in enumerate(_in_sections(pages)):
            if page.sheet and (number or sections) and not self._fresh():
                self.add_page()
            if opens:
                self._section(page.section)
            page = page._replace(blocks=[*page.blocks])  # a sheet is gone through several times
            self.ruling, self.size = self._roomiest(page) if page.sheet else (WRITE, 10)
            self.sheet(page, level)
        self._notice()
        if sections:
            self._contents()

    def _roomiest(self, page: b.Page) -> tuple[float, float]:
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
        with self._style(8, QUIET):
            self.cell(0, 4, str(self.page_no()), align="C")

    def _begin(self, pages: Sequence[b.Page]) -> None:
        """Set the title, and leave a line of the contents for each section, and each page if they are not too many.

        What stands on these lines is known when all the rest is set.
        """
        self._words(self.name, 26, bold=True)
        self.ln(8)
        self._names_pages = len(pages) <= _LISTED
        lines = sum(opens + (self._names_pages or not level) for _page, opens, level in _in_sections(pages))
        for _line in range(lines):
            self._keep(_LISTED_LINE)
            self._listed.append((self.page, self.y))
            self.ln(_LISTED_LINE)
        self.add_page()

    def _contents(self) -> None:
        """Set the name and page of each section, and of each page that is listed, on the lines left for them."""
        listed = [section for section in self._outline if self._names_pages or not section.level]
        last = self.page
        for place, section in zip(self._listed, listed, strict=True):
            self.page, self.y = place
            with self._style(9, QUIET if section.level else ACCENT, bold=not section.level):
                link = self.add_link(page=section.page_number)
                self.set_x(LEFT + 5 * section.level)
                room = WIDE - 12 - 5 * section.level
                self.cell(room, _LISTED_LINE, self._fitting(section.name, room), link=link)
                self.cell(12, _LISTED_LINE, str(section.page_number), align="R", link=link)
        self.page = last

    def _section(self, name: str) -> None:
        self._keep(40)
        self.start_section(self.told(name), 0)
        self.ln(0 if self._fresh() else 6)
        self._words(name, 15, ACCENT)
        self.set_draw_color(*FAINT)
        self.line(LEFT, self.y + 1, LEFT + WIDE, self.y + 1)
        self.ln(5)

    def sheet(self, page: b.Page, level: int = 0) -> None:
        """Set one page under its title."""
        if not self._fresh():
            self.ln(5)
        self._keep(34)
        self.start_section(self.told(_named(page)), level)
        self._words(page.title, 17 if page.sheet else 14, bold=True)
        if page.about:
            self._words(page.about, 8.5, QUIET)
        self.ln(2)
        blocks = [*b.flat(page.blocks)]
        told = [*pairs(blocks)]
        for (question, block), following in zip_longest(told, told[1:]):
            if question and not page.sheet:
                self._pair(question, block)
                continue
            if isinstance(block, b.Heading):
                self._keep(14 + (_HIGH.get(type(following[1]), 12) if following else 0))
            if question:
                self._block(question)
            self._block(block)

    def _pair(self, question: b.Heading, answer: b.Block) -> None:
        """Set a question, and its short answer beside it."""
        self._keep(LINE * 2)
        top = self.y
        self._words(question.text, 9, ACCENT, width=_ASKED - 5)
        under = self.y
        self.set_y(top)
        if isinstance(answer, b.Meter):
            self._meter(answer, LEFT + _ASKED)
        elif isinstance(answer, b.Words):
            self._words(answer.text, x=LEFT + _ASKED)
        self.set_y(max(self.y, under) + 0.6)

    def _notice(self) -> None:
        """Set it under the last page, in the margin if need be: it is not worth a sheet of paper."""
        self.set_auto_page_break(False)
        self.set_y(min(self.y + 4, 297 - TOP))
        self._words(_(NOTICE), 6.5, QUIET, line=2.8)


def _in_sections(pages: Sequence[b.Page]) -> Iterator[tuple[b.Page, bool, int]]:
    """Yield each page, whether a section opens with it, and its level: 1 in a section, 0 before the first."""
    section, level = "", 0
    for page in pages:
        opens = page.section != section
        if opens:
            section, level = page.section, 1
        yield page, opens, level


def _named(page: b.Page) -> str:
    """Return a page's name in contents and bookmarks, on one line."""
    return " · ".join(part for part in (page.title, page.about) if part).replace("\n", " ")
