"""The neutral blocks a page is made of; any renderer can set any page."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple


class Heading(NamedTuple):
    """A heading; level 1 is the page's own title, 2 a section, 3 a question."""

    text: str
    level: int = 2


class Words(NamedTuple):
    """A passage, one paragraph a line. `theirs`: written by the person, shown as a quotation.

    `quiet`: a remark beside the matter, shown dim.
    """

    text: str
    theirs: bool = False
    quiet: bool = False


class Item(NamedTuple):
    """One line of a list: its text, its marks in words ("short-term"), whether it is ticked (None: no box)."""

    text: str
    marks: tuple[str, ...] = ()
    ticked: bool | None = None


class Items(NamedTuple):
    """A list, numbered or not."""

    items: Sequence[Item]
    numbered: bool = False


class Meter(NamedTuple):
    """A value on a scale from `low` to `high`; `before` is the value to compare with, if there is one."""

    value: float
    low: float
    high: float
    before: float | None = None


class Table(NamedTuple):
    """Rows of cells under a head. At narrow widths a row becomes a small list of its own."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]


class Cell(NamedTuple):
    """One list of a grid: its title, its items, and a quiet remark under them."""

    title: str
    items: Sequence[Item]
    remark: str = ""


class Grid(NamedTuple):
    """Four lists, two by two: read across, then down."""

    cells: Sequence[Cell]


class Wheel(NamedTuple):
    """Areas of life as spokes from 0 to `high`: name, value now, value the time before (None: not known)."""

    spokes: Sequence[tuple[str, float, float | None]]
    high: float = 10


class Chart(NamedTuple):
    """A line over time or minutes: `points` are (x, y), y None where nothing was written (a gap, never a zero).

    `small`: half as high, on a page that has to stay one page.

    `ticks` name places on the x axis; `stepped` keeps y level until the next point (a survival curve);
    `summary` says in one sentence what the line shows, and `said` each point in words, for whoever cannot see it.
    """

    points: Sequence[tuple[float, float | None]]
    low: float
    high: float
    ticks: Sequence[tuple[float, str]]
    summary: str
    stepped: bool = False
    said: Sequence[str] = ()
    small: bool = False


class Bar(NamedTuple):
    """One bar: its name, its length, and the numbers beside it in words ("3.4 down, 11 times")."""

    name: str
    value: float
    words: str


class Bars(NamedTuple):
    """Bars from 0 to the longest, one a line; what a bar says is said in its words too."""

    bars: Sequence[Bar]
    summary: str


class Heat(NamedTuple):
    """Counts by two things (the hour by the weekday): darker where there are more, the glyphs differ too.

    `head` names the columns; where there is no room for every name, some are left out. `said` is each row in
    words, for whoever hears it.
    """

    head: Sequence[str]
    rows: Sequence[tuple[str, Sequence[int]]]
    summary: str
    said: Sequence[str] = ()


class Record(NamedTuple):
    """One entry in a list: its time, title, behaviour, summary, and the beginning of its id.

    `piece` is a part of it that was looked for; `marks` are the places in that piece to be marked.
    """

    time: str
    title: str
    about: str
    summary: str
    id: str
    piece: str = ""
    marks: Sequence[tuple[int, int]] = ()


class Records(NamedTuple):
    """Entries, one calm line each."""

    records: Sequence[Record]


class Card(NamedTuple):
    """A small card to carry: short lists under their titles, narrow enough for a pocket.

    `title` may be empty, where the page says it; `about` is the quiet line under it (a date, a behaviour).
    `folds`: set on paper to be cut out and folded to the size of a bank card, and `twice` side by side.
    """

    title: str
    cells: Sequence[Cell]
    folds: bool = False
    about: str = ""
    twice: bool = False


class Ruled(NamedTuple):
    """Empty lines to write on, numbered or not; a line may end in boxes for its `marks`, named once above them."""

    lines: int = 1
    numbered: bool = False
    marks: Sequence[str] = ()


class Gaps(NamedTuple):
    """Short gaps on one line: what stands before each, and after it ("Date ____", "____ hours")."""

    gaps: Sequence[tuple[str, str]]


class Boxes(NamedTuple):
    """Boxes to tick, in columns: a word over each group (or ""), its options; `own`: empty lines for others."""

    groups: Sequence[tuple[str, Sequence[str]]]
    own: int = 0


class Numbers(NamedTuple):
    """The numbers of a scale, one of them to be ringed, and its two ends in words."""

    low: int
    high: int
    low_label: str = ""
    high_label: str = ""


class BlankTable(NamedTuple):
    """A table to fill in: its head, and what each row says already ("" where there is room to write).

    `widths` are those of its columns, relative to each other: the wider, the more is written in it by hand.
    """

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]


class BlankCell(NamedTuple):
    """One list of a blank grid: its title, a hint, and what each line may be marked as."""

    title: str
    hint: str = ""
    marks: Sequence[str] = ()


class BlankGrid(NamedTuple):
    """Four empty lists, two by two: read across, then down."""

    cells: Sequence[BlankCell]
    lines: int = 6


class BlankWheel(NamedTuple):
    """An empty wheel: a name for each spoke ("": a line to write one on), rings up to `high`."""

    names: Sequence[str]
    high: int = 10


Blank = Ruled | Gaps | Boxes | Numbers | BlankTable | BlankGrid | BlankWheel


class Beside(NamedTuple):
    """Two parts of a page: side by side where there is room, else one under the other."""

    left: Sequence["Block"]
    right: Sequence["Block"]


class Change(NamedTuple):
    """One thing in two copies: as it was and as it is; None where it is not there, the same where it stayed.

    `of`: what moved, where the two do not say it themselves: "mornings with the kids", from long-term to short-term.
    """

    was: str | None
    now: str | None
    of: str = ""


class Compared(NamedTuple):
    """One question in two copies: its words, what became of the answer, and a quiet remark."""

    title: str
    changes: Sequence[Change]
    remark: str = ""


class Comparison(NamedTuple):
    """Two copies beside each other, question by question; `names` are what the earlier and the later are called."""

    names: tuple[str, str]
    answers: Sequence[Compared]


Drawing = Meter | Wheel | Chart | Bars | Heat
Block = Heading | Words | Items | Table | Grid | Drawing | Records | Card | Beside | Comparison | Blank


class Page(NamedTuple):
    """A titled sequence of blocks.

    `about` is the quiet line beside the title (a date, a behaviour); `section` the part of a document it
    belongs to (a month, a point); a `sheet` begins on paper of its own.
    The blocks of a long page may be made as they are set: they can be gone through once. `day` is the local day of
    the entry that the page shows; other pages have none.
    """

    title: str
    blocks: Iterable[Block]
    about: str = ""
    section: str = ""
    sheet: bool = False
    day: date | None = None


def flat(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks one under the other, for paper and windows of any width."""
    for block in blocks:
        match block:
            case Beside(left, right):
                yield from flat((*left, *right))
            case Comparison():
                yield from _flat_comparison(block)
            case _:
                yield block


def _flat_comparison(comparison: Comparison) -> Iterator[Block]:
    """Yield a comparison as a heading, a table and a remark for each question."""
    for answer in comparison.answers:
        rows = [[f"{change.of} {change.was or ''}".strip(), change.now or ""] for change in answer.changes]
        yield Heading(answer.title, 3)
        yield Table(comparison.names, rows)
        if answer.remark:
            yield Words(answer.remark, quiet=True)
