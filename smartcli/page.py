"""The neutral blocks a page is made of; any renderer can set any page."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the page's own title, 2 a section, 3 a question."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Words:
    """A passage, one paragraph a line. `theirs`: written by the person, shown as a quotation.

    `quiet`: a remark beside the matter, shown dim.
    """

    text: str
    theirs: bool = False
    quiet: bool = False


@dataclass(frozen=True)
class Item:
    """One line of a list: its text, its marks in words ("short-term"), whether it is ticked (None: no box)."""

    text: str
    marks: tuple[str, ...] = ()
    ticked: bool | None = None


@dataclass(frozen=True)
class Items:
    """A list, numbered or not."""

    items: Sequence[Item]
    numbered: bool = False


@dataclass(frozen=True)
class Meter:
    """A value on a scale from `low` to `high`; `before` is the value to compare with, if there is one."""

    value: float
    low: float
    high: float
    before: float | None = None


@dataclass(frozen=True)
class Table:
    """Rows of cells under a head. At narrow widths a row becomes a small list of its own."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Grid:
    """Four titled lists, two by two: read across, then down."""

    cells: Sequence[tuple[str, Sequence[Item]]]


@dataclass(frozen=True)
class Wheel:
    """Areas of life as spokes from 0 to `high`: name, value now, value the time before (None: not known)."""

    spokes: Sequence[tuple[str, float, float | None]]
    high: float = 10


@dataclass(frozen=True)
class Record:
    """One entry in a list: its time, title, behaviour, summary, and the beginning of its id."""

    time: str
    title: str
    about: str
    summary: str
    id: str


@dataclass(frozen=True)
class Records:
    """Entries, one calm line each."""

    records: Sequence[Record]


Block = Heading | Words | Items | Meter | Table | Grid | Wheel | Records


@dataclass(frozen=True)
class Page:
    """A titled sequence of blocks; `about` is the quiet line beside the title (a date, a behaviour)."""

    title: str
    blocks: Sequence[Block]
    about: str = ""
