"""The neutral blocks a page is made of; any renderer can set any page."""

from collections.abc import Iterable, Sequence
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

    `ticks` name places on the x axis; `stepped` keeps y level until the next point (a survival curve);
    `summary` says in one sentence what the line shows, for whoever cannot see it.
    """

    points: Sequence[tuple[float, float | None]]
    low: float
    high: float
    ticks: Sequence[tuple[float, str]]
    summary: str
    stepped: bool = False


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
    """Counts by two things (part of the day by weekday): darker where there are more, the glyphs differ too."""

    head: Sequence[str]
    rows: Sequence[tuple[str, Sequence[int]]]
    summary: str


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


Block = Heading | Words | Items | Meter | Table | Grid | Wheel | Chart | Bars | Heat | Records | Comparison


class Page(NamedTuple):
    """A titled row of blocks; `about` is the quiet line beside the title (a date, a behaviour).

    The blocks of a long page may be made as they are set: they can be gone through once.
    """

    title: str
    blocks: Iterable[Block]
    about: str = ""
