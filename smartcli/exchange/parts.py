"""A text in parts, each below a line that says when: the shape that diaries in plain text share."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from smartcli.exchange import dates
from smartcli.exchange.opening import Opened
from smartcli.language import _
from smartcli.moments import Moment

_HELD = 1_000_001  # characters of a part: one more than an entry may have, so that it is known to be too long
_FIGURES = re.compile(r"(?<!\d)\d{1,2}[-/]\d{1,2}[-/](?:\d{4}|\d\d)(?!\d)")

Begins = Callable[[str], tuple[Moment, str] | None]


@dataclass
class DatedPart:
    """What stands below one date: where it begins, when it was, the rest of that line, the lines below.

    `opening`: how many lines with words stood before the first date, told with the first part alone.
    """

    place: str
    moment: Moment | None
    title: str = ""
    opening: int = 0
    _lines: list[str] = field(default_factory=list)
    _size: int = 0

    def add(self, line: str) -> None:
        """Take in a line below the date."""
        if self._size < _HELD:
            self._lines.append(line)
            self._size += len(line) + 1

    @property
    def empty(self) -> bool:
        """Whether there are only empty lines so far."""
        return not any(self._lines)

    @property
    def words(self) -> int:
        """How many lines have words."""
        return sum(bool(line.strip()) for line in self._lines)

    @property
    def body(self) -> str:
        """The lines below, without empty ones around them."""
        return "\n".join(self._lines).strip("\n")


def split_by_date(opened: Opened, begins: Begins, passed_over: Callable[[str, DatedPart], bool]) -> Iterator[DatedPart]:
    """Yield each dated part of a text; or, where no line says when, all of it as one part without a moment.

    `begins` returns the moment and the rest of a line that begins a part; `passed_over` tells of a line below
    that is only an ornament.
    """
    part = DatedPart(_("line {line}", line=1), None)
    for number, line in enumerate(opened.lines(), 1):
        head = begins(line)
        if head:
            if part.moment:
                yield part
            part = DatedPart(_("line {line}", line=number), *head, opening=0 if part.moment else part.words)
        elif not passed_over(line, part):
            part.add(line)
    yield part


def date_order(opened: Opened, begins: Callable[[str, str], object], hint: str) -> str:
    """Return how dates of figures alone are meant in the lines that begin a part; raises Trouble with `hint`.

    `begins` tells whether a line does, if such dates are meant in one of ORDERS.
    """
    lines = ((line, match) for line in opened.lines() if (match := _FIGURES.search(line)))
    heads = (match[0] for line, match in lines if any(begins(line, one) for one in dates.ORDERS))
    return dates.order_of(heads, hint)
