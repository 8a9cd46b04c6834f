"""A whole PDF: its pages under sections, with a title, contents, bookmarks and page numbers."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import takewhile, zip_longest

from smartcli import NOTICE
from smartcli import blocks as b
from smartcli.language import _
from smartcli.renderers.pairs import pairs
from smartcli.renderers.pdf_blocks import Blocks
from smartcli.renderers.pdf_letters import ACCENT, FAINT, LEFT, LINE, QUIET, TOP, WIDE, WRITE

# How roomy a sheet can be set, the roomiest first: millimetres from line to line of what is written by hand (ruled
# paper has 7 to 9), points of the text, and the gaps as a multiple of those elsewhere.
_ROOMS = (
    (11.0, 10.5, 2.0),
    (10.0, 10.2, 1.6),
    (9.5, 10.0, 1.4),
    (9.0, 9.6, 1.2),
    (8.5, 9.4, 1.0),
    (8.0, 9.2, 1.0),
    (7.6, 9.2, 0.9),
    (7.2, 9.2, 0.8),
    (6.8, 9.0, 0.6),
    (6.4, 8.8, 0.5),
    (6.1, 8.5, 0.4),
)
_ASKED = 68.0  # the room for a question beside a short answer
_LISTED = 120  # pages, up to which the contents name each; past that its sections
_LISTED_LINE = 4.2  # the height of a line of the contents
_BETWEEN = 4.0  # half of what is between two columns of them

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
        self._listed: list[tuple[int, float, float]] = []  # of each line of the contents: its page and place
        self._listed_wide = WIDE
        self._names_pages = True

    def set(self, pages: Sequence[b.Page]) -> None:
        """Set all pages; with sections there is a title and contents first.

        Sheets before the first section stand between the two.
        """
        sections = any(page.section for page in pages)
        front = [*takewhile(lambda page: page.sheet and not page.section, pages)] if sections else []
        self.add_page()
        if sections:
            self._begin(pages, front)
        elif len({page.title for page in pages}) > 1:
            self._words(self.name, 20, bold=True)
            self.ln(4)
        for number, (page, opens, level) in enumerate(_in_sections(pages)):
            if number < len(front):
                continue
            if page.sheet and (number or sections) and not self._fresh():
                self.add_page()
            if opens:
                self.open_section(page.section)
            page = page._replace(blocks=[*page.blocks])  # a sheet is gone through several times
            self.ruling, self.size, self.air = WRITE, 10, 1
            if page.sheet:
                self._make_roomy(page, opens)
            self.sheet(page, level)
        self._notice()
        if sections:
            self._contents()

    def _make_roomy(self, page: b.Page, opens: bool) -> None:
        """Set a sheet's room to write, text and gaps: the roomiest that make it no longer than the tightest would."""
        fewest = self._length(page, _ROOMS[-1], opens=opens)
        roomiest = bisect_left(_ROOMS, True, key=lambda room: self._length(page, room, opens=opens) <= fewest)
        self.ruling, self.size, self.air = _ROOMS[min(roomiest, len(_ROOMS) - 1)]

    def _length(self, page: b.Page, room: tuple[float, float, float], *, opens: bool) -> int:
        """Return how many pages a sheet has, set so roomily; `opens`: the name of its section stands over it."""
        self._try.ruling, self._try.size, self._try.air = room
        self._try.add_page()
        before = self._try.page_no()
        if opens:
            self._try.open_section(page.section)
        self._try.sheet(page)
        return self._try.page_no() - before + 1

    @cached_property
    def _try(self) -> "Paper":
        """Return paper to try things on."""
        return type(self)("")

    def footer(self) -> None:
        """Number the page."""
        self.set_y(-11)
        with self._style(8, QUIET):
            self.cell(0, 4, str(self.page_no()), align="C")

    def _begin(self, pages: Sequence[b.Page], front: Sequence[b.Page]) -> None:
        """Set the title and the `front` pages, and leave room for the contents.

        These have a line for each section, and for each page if there are not too many. What stands on the lines is
        known when all the rest is set.
        """
        self._words(self.name, 26, bold=True)
        self.ln(8)
        for page in front:
            self.sheet(page)
            self.add_page()
        if front:
            self._words(_("Contents"), 17, bold=True)
            self.ln(5)
        self._names_pages = len(pages) <= _LISTED
        begins = []  # for each line, whether it is that of a section
        for _page, opens, level in _in_sections(pages):
            begins += [True] * opens + [False] * (self._names_pages or not level)
        self._leave_lines(begins, columns=2 if front else 1)
        self.add_page()

    def _leave_lines(self, begins: Sequence[bool], columns: int) -> None:
        """Leave lines for the contents; in two columns the second begins with a section."""
        x, top = LEFT, self.y
        for number, begins_section in enumerate(begins):
            if begins_section and columns == 2 and x == LEFT and number >= len(begins) / 2:
                x = LEFT + WIDE / 2 + _BETWEEN
                self.set_y(top)
            self._keep(_LISTED_LINE)
            self._listed.append((self.page, x, self.y))
            self.ln(_LISTED_LINE + columns - 1)
        self._listed_wide = WIDE if columns == 1 else WIDE / 2 - _BETWEEN

    def _contents(self) -> None:
        """Set the name and page of each section, and of each page that is listed, on the lines left for them."""
        listed = [section for section in self._outline if self._names_pages or not section.level]
        last = self.page
        for (page, x, y), section in zip(self._listed, listed, strict=True):
            self.page, self.y = page, y
            with self._style(9, QUIET if section.level else ACCENT, bold=not section.level):
                link = self.add_link(page=section.page_number)
                self.set_x(x + 5 * section.level)
                room = self._listed_wide - 12 - 5 * section.level
                self.cell(room, _LISTED_LINE, self._fitting(section.name, room), link=link)
                self.cell(12, _LISTED_LINE, str(section.page_number), align="R", link=link)
        self.page = last

    def open_section(self, name: str) -> None:
        """Set the name of a section."""
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
        blocks = [*b.flat(page.blocks)]
        top = self.y
        self._words(page.title, 17 if page.sheet else 14, bold=True)
        match blocks:
            case [b.Gaps(gaps), *rest] if page.sheet:
                self._gaps_beside(gaps, page.title, top)
                blocks = rest
        if page.about:
            self._words(page.about, 8.5, QUIET)
        self.ln(2 * self.air)
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
        self.set_y(min(self.y + 4, self.h - TOP))
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
