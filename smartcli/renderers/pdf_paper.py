"""A whole PDF: its pages under sections, with a title, contents, bookmarks and page numbers."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import islice, takewhile

from smartcli import blocks as b
from smartcli.language import _
from smartcli.notice import NOTICE
from smartcli.renderers.pairs import pairs
from smartcli.renderers.pdf_blocks import BULLET
from smartcli.renderers.pdf_contents import Contents, Named, full_name, in_sections
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
_NUMBER = 15.2  # from the edge of the sheet up to the page's number
_CORNER = 20.0  # the room for it at the end of a line

_HIGH = {b.Wheel: 84, b.BlankWheel: 118, b.Chart: 60, b.Grid: 50, b.Heat: 62, b.Numbers: 13}  # beginnings
_INTRODUCED = (b.Table, b.Bars, *_HIGH, b.BlankTable, b.Ruled)  # by a few words above, which go with it
_INTRODUCING = 3  # lines of such words at most


class Paper(Contents):
    """A document under way."""

    def __init__(self, title: str, paper: str = "a4") -> None:
        super().__init__(title, paper)
        self._paper = paper
        self._said_section = ""
        self._notice_foot = 0.0  # where the notice ends that stands at the foot of the last page

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
        for number, (page, opens, level) in enumerate(in_sections(pages)):
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
        self.start_section(seen(full_name(page)), level)
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
