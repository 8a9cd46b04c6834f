"""The rows of a table in text: csv as spreadsheets and apps write it."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from smartcli.exchange.imported import refused
from smartcli.exchange.opening import Opened
from smartcli.language import _

_COLUMNS = 1000
_CELL = 1_000_000  # characters; an answer is no longer
_ROW = 4 * 1024 * 1024  # characters
_SIGNS = ",;\t"
_SEPARATOR = re.compile(r'"?sep=([,;\t|])"?')


@dataclass
class Rows:
    """The rows below the first, which names the columns."""

    opened: Opened
    columns: list[str] = field(default_factory=list)
    _taken: int = 0

    def __post_init__(self) -> None:
        self.columns = next(self._read(), (0, [""]))[1]

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Yield each row that is not empty: its first line in the file, and a cell for every column."""
        rows = self._read()
        next(rows, None)
        for line, cells in rows:
            if any(cell.strip() for cell in cells):
                yield line, cells + [""] * (len(self.columns) - len(cells))

    def _read(self) -> Iterator[tuple[int, list[str]]]:
        csv.field_size_limit(_CELL)
        first = self.opened.beginning().partition("\n")[0]
        told = _SEPARATOR.fullmatch(first)  # as a spreadsheet is told it
        sign = told[1] if told else max(_SIGNS, key=first.count)  # what separates columns differs by country
        lines = self._lines()
        if told:
            next(lines)
        reader = csv.reader(lines, delimiter=sign, strict=True)
        before = line = 1 + bool(told)
        try:
            for cells in reader:
                if len(cells) > _COLUMNS:
                    raise refused(_("Line {line} has more than {most} columns.", line=line, most=_COLUMNS))
                yield line, cells
                line, self._taken = reader.line_num + before, 0
        except csv.Error:
            hint = _("A quotation mark may be missing there, or be in the wrong place.")
            raise refused(_("The table cannot be read from line {line} on.", line=line), hint) from None

    def _lines(self) -> Iterator[str]:
        for number, line in enumerate(self.opened.lines(), 1):
            self._taken += len(line) + 1
            if self._taken > _ROW:
                raise refused(_("The row that ends after line {line} is too large.", line=number))
            yield line + "\n"
