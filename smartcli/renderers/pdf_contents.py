"""The contents of a PDF: lines left for them before anything else is set, and filled when all of it stands."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from smartcli import blocks as b
from smartcli.language import _
from smartcli.renderers.pdf_blocks import Blocks
from smartcli.renderers.pdf_letters import ACCENT, LEFT, QUIET, WIDE, seen
from smartcli.renderers.pdf_tags import Element

_LISTED_LINE = 4.4  # the height of a line of the contents
_PAGES_WIDE = 60.0  # the room for page numbers there; the first ones are enough
_BETWEEN = 4.0  # half of what is between two columns of the contents


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


class Contents(Blocks):
    """Paper with contents."""

    def __init__(self, title: str, paper: str = "a4") -> None:
        super().__init__(title, paper)
        self._contents: dict[Named, ContentsLine] = {}

    def _leave_lines(self, headings: Sequence[b.Page], columns: int) -> None:
        """Leave lines for the contents.

        In two columns, if a page has room for these, the second begins with a section.
        """
        lines: dict[Named, tuple[str, int]] = {}
        for page, opens, level in in_sections(headings):
            if opens:
                lines[Named(page.section)] = page.section, 0
            here = Named(page.section, page.title)
            lines[here] = (page.title if here in lines else full_name(page)), level  # of several, no date is theirs
        second = _second_column([level for _name, level in lines.values()]) if columns == 2 else 0
        if max(second, len(lines) - second) * _LISTED_LINE + 12 > self._left:  # with the gaps above sections
            second = 0
        x, top = LEFT, self.y
        wide = WIDE / 2 - _BETWEEN if second else WIDE
        for number, (what, (name, level)) in enumerate(lines.items()):
            if second and number == second:
                x = LEFT + WIDE / 2 + _BETWEEN
                self.set_y(top)
            self.ln(0 if level or self._fresh() or self.y == top else 1.5)
            self._keep(_LISTED_LINE if level else 3 * _LISTED_LINE)
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


def in_sections(pages: Iterable[b.Page]) -> Iterator[tuple[b.Page, bool, int]]:
    """Yield each page, whether a section opens with it, and its level: 1 in a section, 0 before the first."""
    section, level = "", 0
    for page in pages:
        opens = page.section != section
        if opens:
            section, level = page.section, 1
        yield page, opens, level


def full_name(page: b.Page) -> str:
    """Return a page's name in contents and bookmarks, on one line."""
    return " · ".join(part for part in (page.title, page.about) if part).replace("\n", " ")


def _second_column(levels: Sequence[int]) -> int:
    """Return which line begins a second column: that of the first section past the middle; 0 where there is none."""
    return next((at for at, level in enumerate(levels) if not level and at >= len(levels) / 2), 0)


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each run of numbers without a gap."""
    first = 0
    for at, number in enumerate(numbers):
        if at + 1 == len(numbers) or numbers[at + 1] > number + 1:
            yield numbers[first], number
            first = at + 1
