"""How a card is folded: which of its lists stand together on one panel, the size of a bank card."""

import math
from collections.abc import Sequence

from smartcli import blocks as b

_ACROSS = 42  # characters of small letters on a line of 85.6 mm
_LINES = 10  # of them on 54 mm, with the title of the first


def panels_of(card: b.Card) -> list[Sequence[b.Cell]]:
    """Return a card's lists panel by panel, in order; none lies across a fold unless it is longer than a panel."""
    panels: list[list[b.Cell]] = [[]]
    room = _LINES - 1
    for cell in card.cells:
        lines = sum(math.ceil(max(len(words), 1) / _ACROSS) for words in _words(cell))
        if lines > room and panels[-1]:
            panels.append([])
            room = _LINES
        panels[-1].append(cell)
        room -= lines
    return [*panels]


def _words(cell: b.Cell) -> list[str]:
    lines = [line for item in cell.items for line in item.text.split("\n")]
    return [cell.title, *lines, *([cell.remark] if cell.remark else [])]
