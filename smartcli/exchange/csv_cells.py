"""Answers as the cells of a row of csv, and what a spreadsheet must never run."""

import csv
import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from smartcli.fields.base import SheetCell

Cell = str | int | float

_FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r])")


def csv_row(cells: Sequence[Cell], line_end: str = "\r\n") -> str:
    """Return one row: words in quotes, numbers without, and nothing that a spreadsheet runs."""
    row: str = _writer(line_end).writerow([safe(cell) for cell in cells])  # what `_Echo` returns
    return row


class _Echo:
    """A file that keeps nothing: what is written to it is returned."""

    def write(self, text: str) -> str:
        """Return the text."""
        return text


@cache
def _writer(line_end: str) -> Any:
    return csv.writer(_Echo(), quoting=csv.QUOTE_NONNUMERIC, lineterminator=line_end)


def safe(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet runs: words that begin like a formula get an apostrophe before them."""
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def plain_cell(cell: SheetCell) -> Cell:
    """Return a field's cell as text or number: a list one thing a line, also inside another list."""
    if cell is None:
        return ""
    if isinstance(cell, bool):  # before the numbers: to Python it is one
        return "yes" if cell else "no"
    if isinstance(cell, str | int | float):
        return cell
    if isinstance(cell, list | tuple):
        return lined(str(plain_cell(part)) for part in cell)
    return json.dumps(cell, ensure_ascii=False)


def lined(parts: Iterable[str]) -> str:
    """Return several things as one cell, one a line; a backslash or line break inside one is escaped."""
    return "\n".join(part.replace("\\", "\\\\").replace("\n", "\\n") for part in parts)
