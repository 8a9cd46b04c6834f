"""Rows of small fields."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, ClassVar

from smartcli.asking import Asker, Back, Question, WrongAnswerError
from smartcli.blocks import BlankTable, Block, Item, Items, Words
from smartcli.blocks import Table as TableBlock
from smartcli.fields.base import Field, Part, cleaned, count_problem, read_field
from smartcli.fields.options import Options
from smartcli.fields.revising import revise
from smartcli.fields.scale import Scale
from smartcli.moments import recall
from smartcli.schema.keys import FLAG, NAME, REFERENCE, TEXT, WHOLE, Type, key, some
from smartcli.words import folded, joined

Row = dict[str, Any]
_LONGEST_HEAD = 45  # characters of a question that may head a blank column
_FEW = 4  # options that a blank cell has room for
_IDEAS = 12  # options named under a blank table


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Table(Field):
    """Rows asked one at a time, column by column; a row is {column id: answer}.

    `seeds` are the starter rows, made by the form from `rows` or `from`. `only` names the columns to ask,
    when what was left for later is filled in; `today` leaves out what is not due yet in an entry of the day `written`.
    """

    kind: ClassVar[str] = "table"
    about: ClassVar[str] = "rows of small fields, asked row by row"

    columns: tuple[Field, ...] = key(
        some(Type("field", read_field)), "fields of any kind but table, practice, note, rank"
    )
    rows: tuple[str, ...] = key(some(TEXT), "starter rows: what stands in their first column", ())
    from_: str = key(
        REFERENCE,
        'starter rows made from answers: a field of this sitting, or "exercise.field" of the newest entry',
        "",
    )
    own: bool = key(FLAG, "the person may add rows to the starter rows", False)
    min: int = key(WHOLE, "how many rows at least", 0)
    max: int | None = key(WHOLE, "how many rows at most", None)
    repeats: str = key(
        NAME,
        "each row is another round of this earlier choice: what follows the option chosen is gone through again",
        "",
    )
    seeds: tuple[Row, ...] = field(default=())
    only: tuple[str, ...] = field(default=())
    today: date | None = None
    written: date | None = None

    @property
    def least(self) -> int:
        """How many rows an answer needs."""
        return self.min or (0 if self.optional else 1)

    @property
    def growing(self) -> bool:
        """Whether rows can be added."""
        return self.own or not self.seeds

    def put(self, asker: Asker, question: Question) -> Any:
        """Ask row by row; an empty first column ends the table. One given before can be changed."""
        if isinstance(question.half, dict) and "rows" in question.half:
            at, column = question.half["at"]
            rows, half = question.half["rows"], question.half.get("half")
            return self._walk(asker, question, rows, at, column, half) or None
        left = question.half["items"] if isinstance(question.half, dict) else None
        filled = [row for row in self.seeds if len(row) > 1 and not self._gaps(row)]
        before = left or question.answer or filled
        if self.only or not before or len(before) < len(self.seeds):
            return self._walk(asker, question, [dict(seed) for seed in self.seeds]) or None
        changed = revise(
            asker,
            question,
            before,
            say=self._say,
            change=lambda row: self._walk(asker, question, [row], only=True)[0],
            check=self.check,
            add=(lambda rows: self._walk(asker, question, rows, len(rows))) if self.growing else None,
        )
        return changed or None

    def _walk(
        self,
        asker: Asker,
        question: Question,
        rows: Sequence[Row],
        at: int = 0,
        column: int = 0,
        half: Any = None,
        *,
        only: bool = False,
    ) -> list[Row]:
        """Ask cell by cell from row `at`, `column` on; with `only` that one row. Back is the cell before."""
        rows = list(rows)
        fixed = 0 if only else len(self.seeds)
        while at < fixed or (only and at == 0) or (not only and self.growing and at != self.max):
            row = rows[at] if at < len(rows) else {}
            if at < fixed and column == 0:
                column = 1  # its first cell is what the row is about
            asked = [number for number in range(column, len(self.columns)) if self._asks(number, row)]
            if not asked:
                at, column = at + 1, 0
                continue
            column = asked[0]
            try:
                part = self._cell(question, rows, at, column, only).with_(half=half)
                half = None
                cell = self.columns[column].put(asker, part)
            except Back:
                at, column = self._before(rows, at, column, fixed)
                continue
            if column == 0 and cell is None:
                break
            row = {**row, self.columns[column].id: cell}
            rows[at : at + 1] = [{name: value for name, value in row.items() if value is not None}]
            column += 1
            if not only:
                question.changed({"rows": rows, "at": [at, column]})
        return rows

    def _asks(self, number: int, row: Row) -> bool:
        column = self.columns[number]
        wanted = (
            column.id in self.only and column.id not in row and self._due(column, row)
            if self.only
            else not column.later
        )
        return wanted and all(condition.holds(row, frozenset()) for condition in column.only_if)

    def _due(self, column: Field, row: Row) -> bool:
        """Return whether the day of a cell has come, counted from the day its row is meant for, or was written."""
        due = next((row[one.id] for one in self.columns if one.measure == "goal.due" and one.id in row), None)
        day = recall(due).at.date() if due else self.written
        return day is None or self.today is None or day + timedelta(days=column.after_days) <= self.today

    def _before(self, rows: list[Row], at: int, column: int, fixed: int) -> tuple[int, int]:
        """Return the cell before this one; raises Back at the first."""
        while True:
            column -= 1
            if column < (1 if at < fixed else 0):
                at, column = at - 1, len(self.columns) - 1
            if at < 0:
                raise Back
            if self._asks(column, rows[at] if at < len(rows) else {}):
                return at, column

    def _cell(self, question: Question, rows: list[Row], at: int, number: int, only: bool) -> Question:
        """Return the question for one cell: the rows so far and this row's cells stand above it."""
        column = self.columns[number]
        row = rows[at] if at < len(rows) else {}
        above: list[Block] = [*question.above]
        if number == 0:
            above += [*([Words("")] if above else []), Items([Item(self._say(one)) for one in rows[:at]])] if at else []
        else:
            given = [one for one in self.columns[:number] if one.id in row]
            above += [Words("")] if above and given else []
            above += [Words(_named(one, row[one.id], first=one is self.columns[0]), theirs=True) for one in given]
        above += question.recalled(column, row)
        return question.with_(
            ask=column.ask,
            place=f"{question.place}, row {at + 1} of {len(self.seeds)}"
            if at < len(self.seeds) > 1
            else question.place,
            hint=column.hint or question.hint,
            example=column.example,
            optional=column.optional or (number == 0 and not only and len(rows[:at]) >= self.least),
            above=above,
            passing="done" if number == 0 and at else question.passing,
            answer=row.get(column.id),
            check=column.check,
            changed=(lambda half: None)
            if only
            else lambda half: question.changed({"rows": rows, "at": [at, number], "half": half}),
        )

    def _gaps(self, row: Row) -> bool:
        """Return whether a cell that should be asked has no answer in this row."""
        return any(
            self._asks(number, row) and not column.optional and column.id not in row
            for number, column in enumerate(self.columns)
        )

    def accept(self, raw: Any) -> Any:
        """Every cell as its column takes it."""
        raw = cleaned(raw)
        columns = {column.id: column for column in self.columns}
        if not isinstance(raw, list) or not all(isinstance(row, dict) for row in raw):
            raise WrongAnswerError("This should be a list of rows, each an object by column.")
        return [
            {
                name: columns[name].accept(cell) if name in columns else cell
                for name, cell in row.items()
                if cell is not None
            }
            for row in raw
        ]

    def check(self, answer: Any) -> str | None:
        """Every row has what its columns need, and there are enough rows but not too many."""
        if not isinstance(answer, list) or not all(isinstance(row, dict) for row in answer):
            return "This should be a list of rows."
        known = {column.id: column for column in self.columns}
        for number, row in enumerate(answer, 1):
            if not set(row) <= set(known):
                return f"Row {number} has a column that is not one of {', '.join(known)}."
            if self._gaps(row):
                return f"Row {number} is not complete."
            for name, cell in row.items():
                problem = known[name].check(cell)
                if problem:
                    return f"Row {number}, {name}: {problem}"
        return count_problem(len(answer), self.least, self.max)

    def _say(self, row: Row) -> str:
        return ", ".join(column.brief(row[column.id]) for column in self.columns if column.id in row)

    def blocks(self, answer: Any) -> list[Block]:
        """Return a table of what was answered; a column nobody filled is left out."""
        columns = [column for column in self.columns if any(column.id in row for row in answer)]
        return [
            TableBlock(
                [column.label or column.ask for column in columns],
                [[_cell_words(column, row.get(column.id)) for column in columns] for row in answer],
            )
        ]

    def blank(self) -> list[Block]:
        """Return an empty table, and under it what its longer choices offer."""
        given = [*self.rows, *([""] * (2 if self.own else 0))] if self.rows else [""] * min(self.max or 4, 6)
        rows = [[row, *(_empty_cell(column) for column in self.columns[1:])] for row in given]
        if not self.rows:
            rows = [[_empty_cell(self.columns[0]), *row[1:]] for row in rows]
        ideas = [Words(said, quiet=True) for column in self.columns[bool(self.from_) :] if (said := _ideas(column))]
        return [BlankTable([_head(column) for column in self.columns], rows), *ideas]

    def parts(self, answer: Any) -> list[Part]:
        """Each row is one thing, named by its first cell; its other cells are what may move."""
        first, *others = self.columns
        rows = []
        for row in answer:
            name = _cell_words(first, row.get(first.id))
            cells = {
                (one.label or one.ask) if len(others) > 1 else "": _cell_words(one, row[one.id])
                for one in others
                if one.id in row
            }
            rows.append(Part(folded(name), name, name, cells))
        return rows

    def brief(self, answer: Any) -> str:
        """Return what the rows are about."""
        first = self.columns[0]
        return super().brief(joined(first.brief(row[first.id]) for row in answer if first.id in row))

    def quotes(self, answer: Any) -> list[tuple[Any, str]]:
        """Return the first column of every row."""
        first = self.columns[0]
        return [quote for row in answer if first.id in row for quote in first.quotes(row[first.id])]

    def stored(self, answer: Any) -> dict[str, Any]:
        """Keep the columns as they were asked, each with the words of every option chosen in it."""
        columns = []
        for column in self.columns:
            cells = [row[column.id] for row in answer if column.id in row]
            flat = [one for cell in cells for one in (cell if isinstance(cell, list) else [cell])]
            columns.append(column.stored(flat))
        return super().stored(answer) | {"columns": columns}

    def problems(self) -> list[tuple[str, str]]:
        """A table has columns of the plainer kinds, each with its own id."""
        ids = [column.id for column in self.columns]
        if not ids:
            return [("columns", "A table needs a column.")]
        wrong = [column.kind for column in self.columns if column.kind in ("table", "practice", "note", "rank")]
        if wrong:
            return [("columns", f"A column cannot be a {wrong[0]}.")]
        return [("columns", "Two columns have the same id.")] if len(set(ids)) < len(ids) else []

    def afterwards(self, answer: Any, written: date, today: date | None = None) -> "Table | None":
        """Return the table that asks what was left for later in the rows of `answer`; None if nothing was.

        With `today` only what is due by then is asked; `written` is the day of the entry.
        """
        later = tuple(column.id for column in self.columns if column.later)
        table = replace(self, only=later, today=today, written=written, seeds=tuple(answer), own=False, later=False)
        asks = any(table._asks(number, row) for row in answer for number in range(len(self.columns)))
        return table if later and asks else None


def _named(column: Field, cell: Any, *, first: bool) -> str:
    """Return a cell as it stands above a later one of its row: the first speaks for itself."""
    words = _cell_words(column, cell)
    return words if first or not column.label else f"{column.label}: {words}"


def _cell_words(column: Field, cell: Any) -> str:
    if cell is None:
        return ""
    words = [say for _, say in column.quotes(cell)]
    return joined(words) if len(words) > 1 else words[0] if words else column.brief(cell)


def _head(column: Field) -> str:
    """Return a column's question for the head of a blank table, or its name where that is too long."""
    said = column.ask if len(column.ask) <= _LONGEST_HEAD or not column.label else column.label
    if isinstance(column, Scale):
        said += f" ({column.low} to {column.high})"
    return f"{said} (later)" if column.later else said


def _empty_cell(column: Field) -> str:
    """Return the few things to tick in one cell, else ""."""
    if column.kind == "yes_no":
        return "□ yes  □ no"
    few = isinstance(column, Options) and not column.own and len(column.options) <= _FEW
    return "\n".join(f"□ {option.say}" for option in column.options) if few and isinstance(column, Options) else ""


def _ideas(column: Field) -> str:
    """Return the options of a column whose cells have no room for them."""
    if not isinstance(column, Options) or not column.options or _empty_cell(column):
        return ""
    some = [option.say for option in column.options[:_IDEAS]]
    return f"{column.label or column.ask}, for instance: {'; '.join(some)}."
