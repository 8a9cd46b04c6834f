"""Asking the cells of a table one at a time, with a way back from each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from smartcli.asking import Asker, Back, Question
from smartcli.blocks import Block, Item, Items, Words
from smartcli.fields.base import Field
from smartcli.language import _
from smartcli.words import enumerated

if TYPE_CHECKING:
    from smartcli.fields.table import Table

Row = dict[str, Any]


class HalfTable(TypedDict, total=False):
    """What a draft keeps of a table being filled; drafts of earlier versions hold the same."""

    rows: list[Row]  # as far as they are given
    at: list[int]  # the cell to go on with: its row and its column, from 0
    half: Any  # what was typed in that cell, in the shape of its column's kind


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


_FIRST = TableCell(0, 0)


@dataclass
class Walk:
    """A way through the cells of a table, row by row. `rows` are the answers, changed as they are given.

    With `single_row` only the first of `rows` is asked; no draft keeps it half done, since its table is kept
    as it was until the row is whole.
    """

    table: "Table"
    asker: Asker
    question: Question
    rows: list[Row]
    single_row: bool = False

    def ask(self, here: TableCell = _FIRST, half: Any = None) -> list[Row]:
        """Ask from a cell on and return the rows; `half` is what was typed in that cell before.

        Back asks the cell before, and is raised at the first. An empty first cell ends the table.
        """
        while self._has_row(here.row):
            cell = self._next_asked(here)
            if cell is None:
                here = here.next_row()
                continue
            here = cell
            try:
                question = self._cell_question(here, half)
                half = None  # of that one cell, and only the first time it is asked
                column = self.question.suited(self.table.columns[here.column], self._row(here.row))
                answer = column.put(self.asker, question)
            except Back:
                here = self._asked_before(here)
                continue
            if here.column == 0 and answer is None:
                break
            self._keep(here, answer)
            answered, here = here, here.next()
            if not self.single_row:
                self.question.changed(HalfTable(rows=self.rows, at=[*here]))
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
            if here.row < 0:
                raise Back
            if self.table.asks(self.table.columns[here.column], self._row(here.row)):
                return here

    def _keep(self, here: TableCell, answer: Any) -> None:
        """Put an answer in its row, a new one if need be; a skipped cell holds nothing.

        Nor does one whose column is no longer asked after this answer, nor one that still says what it began with
        when that was made from another answer.
        """
        before = self._row(here.row)
        row = {**before, self.table.columns[here.column].id: answer}
        given = {name: cell for name, cell in row.items() if cell is not None}
        for column in self.table.columns[here.column + 1 :]:
            beginning = column.beginning(before, self.table.columns)
            if beginning is not None and before.get(column.id) == beginning:
                del given[column.id]
        self.rows[here.row : here.row + 1] = [self.table.without_hidden(given)]

    def _cell_question(self, here: TableCell, half: Any) -> Question:
        """Return the question for one cell."""
        column = self.table.columns[here.column]
        begins_row = here.column == 0
        rows_above = self.rows[: here.row]
        answer = self._row(here.row).get(column.id)
        if answer is None:
            answer = column.beginning(self._row(here.row), self.table.columns)
        may_end = begins_row and not self.single_row and len(rows_above) >= self.table.least
        return self.question.with_(
            ask=column.ask,
            row=self._row_said(here.row),
            hint=column.hint or self.question.hint,
            example=column.example,
            optional=column.optional or may_end,
            above=self._above(here),
            ends_list=bool(begins_row and here.row) or self.question.ends_list,
            answer=answer,
            half=half,
            check=column.check,
            changed=lambda half: self._keep_half(here, half),
        )

    def _keep_half(self, here: TableCell, half: Any) -> None:
        """Give what is typed in a cell to be kept in the draft, with the rows so far."""
        if not self.single_row:
            self.question.changed(HalfTable(rows=self.rows, at=[*here], half=half))

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


def ask_rows(
    table: "Table",
    asker: Asker,
    question: Question,
    rows: Sequence[Row],
    here: TableCell = _FIRST,
    half: Any = None,
) -> list[Row]:
    """Ask a table from a cell on and return its rows; `rows` stays as it is."""
    return Walk(table, asker, question, [*rows]).ask(here, half)


def ask_row(table: "Table", asker: Asker, question: Question, row: Row) -> Row:
    """Ask every cell of one row that was given before, and return the row as it is now."""
    return Walk(table, asker, question, [row], single_row=True).ask()[0]


def cell_words(column: Field, cell: Any) -> str:
    """Return a cell as words on one line; None, for a cell without an answer, is ""."""
    if cell is None:
        return ""
    words = [say for _value, say in column.quotes(cell)]
    if not words:
        return column.brief(cell)
    return words[0] if len(words) == 1 else enumerated(words)
