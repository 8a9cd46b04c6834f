"""A whole PDF: its pages under sections, with a title, contents, bookmarks and page numbers."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, takewhile
from typing import NamedTuple

from smartcli import blocks as b
from smartcli.language import _
from smartcli.notice import NOTICE
from smartcli.renderers.pairs import pairs
from smartcli.renderers.pdf_blocks import BULLET, Blocks
from smartcli.renderers.pdf_letters import (
    ACCENT,
    FAINT,
    FOOT,
    LEFT,
    LINE,
    PAGE_RANK,
    QUIET,
    SECTION_RANK,
    TITLE_RANK,
    WIDE,
    WRITE,
    seen,
)
from smartcli.renderers.pdf_tables import bars_height
from smartcli.renderers.pdf_tags import Element

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
_TOGETHER = 130.0  # the most height of short answers, one under the other, that are kept on one page
_LISTED_LINE = 4.4  # the height of a line of the contents
_PAGES_WIDE = 60.0  # the room for page numbers there; the first ones are enough
_NUMBER = 15.2  # from the edge of the sheet up to the page's number
_CORNER = 20.0  # the room for it at the end of a line
_BETWEEN = 4.0  # half of what is between two columns of the contents

_HIGH = {b.Wheel: 84, b.BlankWheel: 118, b.Chart: 60, b.Grid: 50, b.Heat: 62, b.Numbers: 13}  # beginnings
_INTRODUCED = (b.Table, b.Bars, *_HIGH, b.BlankTable, b.Ruled)  # by a few words above, which go with it
_INTRODUCING = 3  # lines of such words at most


class Named(NamedTuple):
    """What a line of the contents names: a section, or all pages of one title in it."""

    section: str
    title: str | None = None


@dataclass
class ContentsLine:
    """A line of the contents: its words, its place, and the pages that it leads to."""

    name: str
    level: int
    page: int
    x: float
    y: float
    wide: float
    element: Element | None
    stands_on: list[int] = field(default_factory=list)


class Paper(Blocks):
    """A document under way."""

    def __init__(self, title: str, paper: str = "a4") -> None:
        super().__init__(title, paper)
        self._paper = paper
        self._said_section = ""
        self._notice_foot = 0.0  # where the notice ends that stands at the foot of the last page
        self._contents: dict[Named, ContentsLine] = {}

    def set(self, pages: Iterable[b.Page], headings: Sequence[b.Page]) -> None:
        """Set all pages; with sections a title and contents come first, made of `headings` of the same pages.

        Sheets before the first section stand between the two.
        """
        sections = any(page.section for page in headings)
        pages = iter(pages)
        self.add_page()
        if sections:
            front = [*takewhile(lambda page: page.sheet and not page.section, headings)]
            self._begin([*islice(pages, len(front))], headings[len(front) :])
        elif len({page.title for page in headings}) > 1:
            self._title(20)
            self.ln(4)
        for number, (page, opens, level) in enumerate(_in_sections(pages)):
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
            self._write_contents()

    def _title(self, size: float) -> None:
        with self.heading(TITLE_RANK):
            self._words(self.name, size, bold=True)

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
        return Paper("", self._paper)

    def footer(self) -> None:
        """Number the page, and say what a box stands for where there is one."""
        number = str(self.page_no())
        with self.artifact():
            if self._notice_foot:
                self._label(LEFT + WIDE - _CORNER, self.h - _NUMBER, number, 8, centred_in=_CORNER)
            else:
                # What is missing in a section's name is counted where the section opens, not on every page.
                numbered = " · ".join(part for part in (self.told(self._said_section), number) if part)
                self._label(LEFT + WIDE / 3, self.h - _NUMBER, numbered, 8, centred_in=WIDE / 3)
        if self.page in self._replaced_on:
            words = _("▯ stands for a character that this PDF cannot show. An html file can show it.")
            with self.apart("P"):
                self._label(LEFT, max(self.h - FOOT, self._notice_foot) + 1.5, words, 6)

    def _begin(self, front: Sequence[b.Page], headings: Sequence[b.Page]) -> None:
        """Set the title and the `front` sheets, and leave lines for the contents.

        There is one for each section, and in it for each exercise. What stands on these lines is known when all the
        rest is set.
        """
        self._title(26)
        self.ln(8)
        for page in front:
            self.sheet(page)
            self.add_page()
        if front:
            with self.heading(SECTION_RANK):
                self._words(_("Contents"), 17, bold=True)
            self.ln(5)
        with self.tag("TOC"):
            self._leave_lines(headings, columns=2 if front else 1)
        self.add_page()

    def _leave_lines(self, headings: Sequence[b.Page], columns: int) -> None:
        """Leave lines for the contents; in two columns the second begins with a section."""
        lines: dict[Named, tuple[str, int]] = {}
        for page, opens, level in _in_sections(headings):
            if opens:
                lines[Named(page.section)] = page.section, 0
            here = Named(page.section, page.title)
            lines[here] = (page.title if here in lines else _named(page)), level  # of several, no date is theirs
        x, top = LEFT, self.y
        wide = WIDE if columns == 1 else WIDE / 2 - _BETWEEN
        for number, (what, (name, level)) in enumerate(lines.items()):
            if columns == 2 and not level and x == LEFT and number >= len(lines) / 2:
                x = LEFT + WIDE / 2 + _BETWEEN
                self.set_y(top)
            self.ln(0 if level or self._fresh() or self.y == top else 1.5)
            self._keep(_LISTED_LINE)
            if self.told(name) != seen(name):
                self._replaced_on.add(self.page)  # its foot is set before the line is
            with self.tag("TOCI") as element:
                self._contents[what] = ContentsLine(name, level, self.page, x, self.y, wide, element)
            self.ln(_LISTED_LINE)

    def _note_page(self, what: "Named") -> None:
        """Note that what a line of the contents names stands on this page."""
        if what in self._contents and self.page not in self._contents[what].stands_on:
            self._contents[what].stands_on.append(self.page)

    def _write_contents(self) -> None:
        """Set the name and the pages of each section and exercise on the lines left for them."""
        last = self.page
        for line in self._contents.values():
            self.page, self.y = line.page, line.y
            with self.inside(line.element), self._style(9, QUIET if line.level else ACCENT, bold=not line.level):
                self._contents_line(line)
        self.page = last

    def _contents_line(self, line: "ContentsLine") -> None:
        foot = self.y + 0.7 * _LISTED_LINE
        runs = [*_runs(line.stands_on)] if line.level else [(line.stands_on[0], line.stands_on[0])]
        x = line.x + line.wide
        placed: list[tuple[float, str, int]] = []
        for at, (first, final) in enumerate(runs):
            words = str(first) if first == final else f"{first}–{final}"
            words += ", " if at < len(runs) - 1 else ""
            placed.append((self.get_string_width(words), words, first))
        while sum(width for width, _words, _first in placed) > _PAGES_WIDE:
            placed.pop()
        x -= sum(width for width, _words, _first in placed)
        begin = line.x + 5 * line.level
        name = self._fitting(line.name, x - begin - 4)
        self._contents_link(begin, foot, name, line.stands_on[0], line.name)
        for width, words, first in placed:
            self._contents_link(x, foot, words, first, line.name)
            x += width

    def _contents_link(self, x: float, foot: float, words: str, page: int, name: str) -> None:
        with self.tag("Link"):
            self._write(x, foot, words)
            described = _("{name}, page {number}", name=seen(name), number=page)
            self.link_to(page, x + self.aside, self.y, self._wide_now(words), _LISTED_LINE, described)

    def open_section(self, name: str) -> None:
        """Set the name of a section."""
        self._keep(62)  # for what opens it, too
        self._said_section = name
        self._note_page(Named(name))
        self.start_section(seen(name), 0)
        self.ln(0 if self._fresh() else 6)
        with self.heading(SECTION_RANK):
            self._words(name, 18)
        self.set_draw_color(*FAINT)
        self.line(LEFT, self.y + 1, LEFT + WIDE, self.y + 1)
        self.ln(5)

    def sheet(self, page: b.Page, level: int = 0) -> None:
        """Set one page under its title."""
        if not self._fresh():
            self.ln(5)
        blocks = [*b.flat(page.blocks)]
        beside: Sequence[tuple[str, str]] = ()
        match blocks:
            case [b.Gaps(gaps), *rest] if page.sheet:
                beside, blocks = gaps, rest
        told = [*pairs(blocks)]
        self._keep(34 if page.sheet else max(34, 16 + self._run_height(told)))
        self.start_section(seen(_named(page)), level)
        self._note_page(Named(page.section, page.title))
        top = self.y
        with self.heading(PAGE_RANK):
            self._words(page.title, 17 if page.sheet else 13, bold=True)
        if beside:
            self._gaps_beside(beside, page.title, top)
        if page.about:
            self._words(page.about, 8.5, QUIET)
        self.ln(2 * self.air)
        goes_on = False
        for at, (question, block) in enumerate(told):
            if question and not page.sheet:
                if not goes_on:
                    self._keep(self._run_height(told[at:]))
                goes_on = True
                self._pair(question, block)
                continue
            goes_on = False
            following = [block for _question, block in told[at : at + 3]]
            self._keep(self._beginning([question, *following] if question else following))
            if question:
                self._block(question)
            self._block(block)

    def _beginning(self, blocks: Sequence[b.Block]) -> float:
        """Return the height that blocks need to begin on a page: what heads or introduces something goes with it."""
        match blocks:
            case [b.Heading() as heading, *following]:
                return self._heading_height(heading) + (self._beginning(following) or 12)
            case [b.Words(text), following, *_] if isinstance(following, _INTRODUCED):
                high = self._height(text, WIDE)
                return high + self.air + self._beginning([following]) if high <= _INTRODUCING * LINE else 0
            case [b.Table(head, rows), *_] if any(head):
                return self._table_beginning(head, rows)
            case [b.BlankTable(head, rows) as table, *_]:
                return self._table_beginning(head, rows, self._blank_widths(table))
            case [b.Bars() as bars, *_]:
                return bars_height(bars)
            case [b.Ruled(lines), *_]:
                return self.ruling * min(lines, 2)
            case [first, *_]:
                return _HIGH.get(type(first), 0)
        return 0

    def _run_height(self, told: Sequence[tuple[b.Heading | None, b.Block]]) -> float:
        """Return the height of the short answers that these begin with; 0 where that is too much to keep together."""
        height = 0.0
        for question, answer in told:
            if not question:
                break
            lines = len(answer.items) if isinstance(answer, b.Items) else 1
            height += max(self._height(question.text, _ASKED - 5, 9), LINE * lines) + 0.6
        return height if height <= _TOGETHER else 0

    def _pair(self, question: b.Heading, answer: b.Block) -> None:
        """Set a question, and its short answer beside it."""
        self._keep(LINE * (1 + (len(answer.items) if isinstance(answer, b.Items) else 1)))
        top = self.y
        with self.heading(PAGE_RANK - 1 + question.level):
            self._words(question.text, 9, ACCENT, width=_ASKED - 5)
        under = self.y
        self.set_y(top)
        if isinstance(answer, b.Meter):
            self._meter(answer, LEFT + _ASKED)
        elif isinstance(answer, b.Words):
            self._words(answer.text, x=LEFT + _ASKED)
        elif isinstance(answer, b.Items):
            sign = "" if len(answer.items) == 1 else BULLET
            self._items(answer.items, LEFT + _ASKED, WIDE - _ASKED, numbered=answer.numbered, sign=sign)
        self.set_y(max(self.y, under) + 0.6)

    def _notice(self) -> None:
        """Set it under the last page: it is not worth a sheet of paper.

        Where there is no room for it, it stands at the page's foot, and the number in the corner beside it.
        """
        words = _(NOTICE)
        self.ln(4)
        self.set_auto_page_break(False)
        if self._left >= self._height(words, WIDE, 6.5):
            self._words(words, 6.5, QUIET, line=2.8)
            return
        self.set_y(self.h - FOOT)
        self._words(words, 6.5, QUIET, line=2.8, width=WIDE - _CORNER)
        self._notice_foot = self.y


def _in_sections(pages: Iterable[b.Page]) -> Iterator[tuple[b.Page, bool, int]]:
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


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each run of numbers without a gap."""
    first = 0
    for at, number in enumerate(numbers):
        if at + 1 == len(numbers) or numbers[at + 1] > number + 1:
            yield numbers[first], number
            first = at + 1
