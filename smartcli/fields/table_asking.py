"""Asking the cells of a table one at a time, with a way back from each."""

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from smartcli.asking import Asker, Back, Question
from smartcli.blocks import Block, Item, Items, Words
from smartcli.fields.base import Field
from smartcli.fields.halves import Halves, PartHalf
from smartcli.language import _
from smartcli.words import enumerated

if TYPE_CHECKING:
    from smartcli.fields.table import Table

Row = dict[str, Any]


class HalfTable(TypedDict, total=False):
    """What a draft keeps of a table being filled; drafts of earlier versions hold the first three."""

    rows: list[Row]  # as far as they are given
    at: list[int]  # the cell to go on with: its row and its column, from 0
    half: Any  # what stands in that cell on the screen, in the shape of its column's kind
    halves: list[PartHalf]  # what stands in other cells


class TableCell(NamedTuple):
    """The place of one cell: the numbers of its row and of its column, from 0."""

    row: int
    column: int

    def next(self) -> "TableCell":
        """Return the cell to its right, which may lie past the last column."""
        return TableCell(self.row, self.column + 1)

    def next_row(self) -> "TableCell":
        """Return the first cell of the row below."""
        return TableCell(self.row + 1, 0)

    def before(self, first: int, columns: int) -> "TableCell":
        """Return the cell to its left, or the last of the row above where it is the `first` of its row."""
        if self.column > first:
            return TableCell(self.row, self.column - 1)
        return TableCell(self.row - 1, columns - 1)


FIRST_CELL = TableCell(0, 0)


@dataclass
class Walk:
    """A way through the cells of a table, row by row. `rows` are the answers, changed as they are given.

    `halves` are the cells that are half given. Back is raised at the first cell of the row numbered `first`. With
    `single_row` only the first of `rows` is asked.
    """

    table: "Table"
    asker: Asker
    question: Question
    rows: list[Row]
    halves: Halves = field(default_factory=Halves)
    first: int = 0
    single_row: bool = False

    def ask(self, here: TableCell = FIRST_CELL) -> list[Row]:
        """Ask from a cell on and return the rows.

        An empty first cell of a new row ends the table; a row whose first cell is emptied is taken out.
        """
        while self._has_row(here.row):
            cell = self._next_asked(here)
            if cell is None:
                here = here.next_row()
                continue
            here = cell
            try:
                column = self.question.suited(self.table.columns[here.column], self._row(here.row))
                answer = column.put(self.asker, self._cell_question(here, column))
            except Back:
                here = self._asked_before(here)
                self._report(here)
                continue
            self.halves.drop(here)
            if here.column == 0 and answer is None and not self.single_row:
                if here.row >= len(self.rows):
                    break
                del self.rows[here.row]
                self.halves.take_out(here.row)
                self._report(here)
                continue
            self._keep(here, answer)
            answered, here = here, here.next()
            self._report(here)
            self.question.between(self.table.columns[answered.column], self._row(answered.row))
        return self.rows

    @property
    def _starter_rows(self) -> int:
        """How many rows, from the first, have their first cell given: that cell is not asked."""
        return 0 if self.single_row else len(self.table.seeds)

    def _has_row(self, row: int) -> bool:
        """Return whether a row of this number is asked: a starter row, or one that may be added."""
        if self.single_row:
            return row == 0
        return row < self._starter_rows or (self.table.growing and row != self.table.max)

    def _row(self, number: int) -> Row:
        return self.rows[number] if number < len(self.rows) else {}

    def _first_column(self, row: int) -> int:
        return 1 if row < self._starter_rows else 0

    def _next_asked(self, here: TableCell) -> TableCell | None:
        """Return the first cell to ask from a cell on, in its row; None when there is none."""
        row = self._row(here.row)
        start = max(here.column, self._first_column(here.row))
        for number in range(start, len(self.table.columns)):
            if self.table.asks(self.table.columns[number], row):
                return TableCell(here.row, number)
        return None

    def _asked_before(self, here: TableCell) -> TableCell:
        """Return the cell that is asked before a cell; raises Back at the first."""
        while True:
            here = here.before(self._first_column(here.row), len(self.table.columns))
            if here.row < self.first:
                raise Back
            if self.table.asks(self.table.columns[here.column], self._row(here.row)):
                return here

    def _is_first(self, here: TableCell) -> bool:
        with contextlib.suppress(Back):
            self._asked_before(here)
            return False
        return True

    def _keep(self, here: TableCell, answer: Any) -> None:
        """Put an answer in its row, a new one if need be; a skipped cell holds nothing.

        Nor does one whose column is no longer asked after this answer, until it is asked again; nor one that still
        says what it began with when that was made from another answer.
        """
        before = self._row(here.row)
        row = {**before, self.table.columns[here.column].id: answer}
        given = {name: cell for name, cell in row.items() if cell is not None}
        for column in self.table.columns[here.column + 1 :]:
            beginning = column.beginning(before, self.table.columns)
            if beginning is not None and before.get(column.id) == beginning:
                del given[column.id]
        row = self.table.without_hidden(given)
        for number, column in enumerate(self.table.columns):
            if column.id in given and column.id not in row:
                self.halves.keep(TableCell(here.row, number), given[column.id])
        self.rows[here.row : here.row + 1] = [row]

    def _cell_question(self, here: TableCell, column: Field) -> Question:
        """Return the question for one cell; `column` is its column as it suits the row."""
        begins_row = here.column == 0
        rows_above = self.rows[: here.row]
        answer = self._row(here.row).get(column.id)
        if answer is None:
            answer = column.beginning(self._row(here.row), self.table.columns)
        is_growing = begins_row and not self.single_row
        may_go = is_growing and here.row < len(self.rows)
        may_end = is_growing and len(rows_above) >= self.table.least
        return self.question.with_(
            ask=column.ask,
            row=self._row_said(here.row),
            hint=column.hint or self.question.hint,
            example=column.example,
            optional=column.optional or may_end or may_go,
            above=self._above(here),
            ends_list=(bool(begins_row and here.row) or self.question.ends_list) and not may_go,
            takes_out=may_go,
            careful=column.careful,
            leaves=self.question.leaves and self._is_first(here),
            answer=answer,
            half=column.half_of(self.halves.get(here)),
            check=column.check,
            changed=lambda half: self._keep_half(here, half, answer),
        )

    def _keep_half(self, here: TableCell, half: Any, answer: Any) -> None:
        """Keep what stands in a cell, beside the rows so far."""
        self.halves.keep(here, half, answer)
        self._report(here)

    def _report(self, here: TableCell) -> None:
        """Give the table as it stands to be kept in the draft, with the cell that is on the screen."""
        begun = self.question.answer or [*self.table.seeds]
        if not self.halves and self.rows == begun and self._is_first(here):
            self.question.changed(None)
            return
        half = HalfTable(rows=[*self.rows], at=[*here])
        on_screen = self.halves.get(here)
        if on_screen is not None:
            half["half"] = on_screen
        others = self.halves.stored(without=here)
        if others:
            half["halves"] = others
        self.question.changed(half)

    def _row_said(self, row: int) -> str:
        """Return "row 2 of 4"; rows are counted where their number is known and more than one."""
        rows = len(self.table.seeds)
        return _("row {number} of {all}", number=row + 1, all=rows) if rows > 1 and row < rows else ""

    def _above(self, here: TableCell) -> list[Block]:
        """Return what stands above a cell: the rows so far, or the cells of this row, and earlier words."""
        column, row = self.table.columns[here.column], self._row(here.row)
        above = [*self.question.above]
        so_far = self._rows_above(here.row) if here.column == 0 else self._cells_before(here, row)
        if above and so_far:
            above.append(Words(""))
        return [*above, *so_far, *self.question.recalled(column, row)]

    def _rows_above(self, number: int) -> list[Block]:
        rows = self.rows[:number]
        return [Items([Item(self.table.row_words(row)) for row in rows])] if number else []

    def _cells_before(self, here: TableCell, row: Row) -> list[Block]:
        """Return the given cells of a row to the left of a cell; the first speaks for itself."""
        blocks: list[Block] = []
        for number, column in enumerate(self.table.columns[: here.column]):
            if column.id in row:
                words = cell_words(column, row[column.id])
                if number and column.label:
                    words = _("{label}: {answer}", label=column.label, answer=words)
                blocks.append(Words(words, theirs=True))
        return blocks


def cell_words(column: Field, cell: Any) -> str:
    """Return a cell as words on one line; None, for a cell without an answer, is ""."""
    if cell is None:
        return ""
    words = [say for _value, say in column.quotes(cell)]
    if not words:
        return column.brief(cell)
    return words[0] if len(words) == 1 else enumerated(words)
