"""Rows of small fields."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, ClassVar

from smartcli.asking import Asker, Question, WrongAnswerError
from smartcli.blocks import BlankTable, Block, Item, Words
from smartcli.blocks import Table as TableBlock
from smartcli.fields.base import Condition, Field, Part, SheetCell, cleaned, count_problem, read_field
from smartcli.fields.halves import Halves, is_place
from smartcli.fields.options import Options
from smartcli.fields.table_asking import FIRST_CELL, Row, TableCell, Walk, cell_words
from smartcli.language import _
from smartcli.moments import recall
from smartcli.schema.keys import FLAG, NAME, PROSE, REFERENCE, WHOLE, Type, key, some, table
from smartcli.words import enumerated, folded, sentence

_LONGEST_HEAD, _NARROW_HEAD = 45, 24  # characters of a question that may head a blank column, and a narrow one
_NARROW = 3
_FEW = 4  # options that a blank cell has room for
_IDEAS = 12  # options named under a blank table


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Table(Field):
    """Rows asked one at a time, column by column; a row is {column id: answer}.

    `seeds` are the starter rows, made by the form from `rows` or `from`. `columns_due` names the columns to ask,
    when what was left for later is filled in; `today` leaves out what is not due yet in an entry of the day `written`.
    """

    kind: ClassVar[str] = "table"
    about: ClassVar[str] = "rows of small fields, asked row by row"
    wordless: ClassVar[bool] = False
    scalar: ClassVar[bool] = False
    in_tables: ClassVar[bool] = False

    columns: tuple[Field, ...] = key(
        some(Type("field", read_field)), "fields of any kind but table, practice, note, rank"
    )
    rows: tuple[str, ...] = key(some(PROSE), "starter rows: what stands in their first column", ())
    from_: str = key(
        REFERENCE,
        'starter rows made from answers: a field of this session, or "exercise.field" of the newest entry',
        "",
    )
    each_behaviour: tuple[Condition, ...] = key(
        some(table(Condition, "condition")),
        "starter rows: each of the person's behaviours for which all of these hold; no other row is taken",
        (),
    )
    own: bool = key(FLAG, "the person may add rows to the starter rows", False)
    min: int = key(WHOLE, "how many rows at least", 0)
    max: int | None = key(WHOLE, "how many rows at most", None)
    repeats: str = key(
        NAME,
        "each row is another round of this earlier choice: what follows the option chosen is done again",
        "",
    )
    seeds: tuple[Row, ...] = field(default=())
    columns_due: tuple[str, ...] = field(default=())
    today: date | None = None
    written: date | None = None

    @property
    def least(self) -> int:
        """How many rows an answer needs."""
        return self.min or (0 if self.optional else 1)

    @property
    def growing(self) -> bool:
        """Whether rows can be added."""
        return self.own or not (self.seeds or self.each_behaviour)

    def put(self, asker: Asker, question: Question) -> Any:
        """Ask row by row; an empty first column ends the table. One given before can be changed."""
        half = self.half_of(question.half) or {}
        question = question.with_(half=half or None)
        if "rows" in half:  # left in the middle of a row; "items" are whole rows, left while they were changed
            return self._without_starters(self._walk(asker, question, half["rows"])) or None
        if self.each_behaviour:
            return self._without_starters(self._walk(asker, question, self._begun(question.answer or []))) or None
        filled = [seed for seed in self.seeds if len(seed) > 1 and not self._gaps(seed)]
        begun = question.answer or filled
        before = half.get("items") or begun
        if "doing" not in half and (self.columns_due or not before or len(before) < len(self.seeds)):
            return self._walk(asker, question, [dict(seed) for seed in self.seeds]) or None
        from smartcli.fields.revising import Revision

        revision = Revision(
            asker,
            question,
            begun=begun,
            item=lambda row: Item(self.row_words(row)),
            change=lambda row, part: self._walk(asker, part.with_(answer=[row]), [row], single=True)[0],
            check=self.check,
            whole=self._whole_rows,
            add=(lambda rows, part: self._add(asker, question, part, rows)) if self.growing else None,
        )
        return revision.ask() or None

    def half_of(self, stored: Any) -> Any:
        """Return half a table as `HalfTable` or `HalfRevision`, with the cells that still fit."""
        if not isinstance(stored, dict):
            return None
        rows = {name: self._fitting(stored[name]) for name in ("rows", "items") if isinstance(stored.get(name), list)}
        return {**stored, **rows} if rows else None

    def _fitting(self, rows: list[Any]) -> list[Row]:
        """Return the rows of a draft with the cells that this table has and takes: it may have been changed since."""
        columns = {column.id: column for column in self.columns}
        return [
            {name: cell for name, cell in row.items() if name in columns and columns[name].check(cell) is None}
            for row in rows
            if isinstance(row, dict)
        ]

    def _walk(
        self, asker: Asker, question: Question, rows: Sequence[Row], *, first: int = 0, single: bool = False
    ) -> list[Row]:
        """Ask rows from where the person left them; with no way back to those before `first`. `single`: only one."""
        half = question.half if isinstance(question.half, dict) else {}
        here = self._left_at(half.get("at"), first, rows)
        halves = Halves(half.get("halves"), half["at"] if is_place(half.get("at")) else here, half.get("half"))
        return Walk(self, asker, question, [*rows], halves, first, single).ask(here)

    def _left_at(self, at: Any, first: int, rows: Sequence[Row]) -> TableCell:
        """Return the cell to go on with: that of the draft, if no row before it lacks a cell, or else the first."""
        if is_place(at) and len(at) == len(FIRST_CELL) and at[0] >= first and at[1] >= 0:
            return min(TableCell(*at), max(self._first_gap(rows), TableCell(first, 0)))
        return TableCell(first, 0)

    def _first_gap(self, rows: Sequence[Row]) -> TableCell:
        """Return the first cell that has no answer and needs one; past all `rows` where there is none."""
        for number, row in enumerate(rows):
            for place, column in enumerate(self.columns):
                if self._is_gap(column, row):
                    return TableCell(number, place)
        return TableCell(len(rows), 0)

    def _whole_rows(self, half: Any, before: int) -> list[Row] | None:
        """Return so many rows of half a table that stood before, and the others that lack no cell; or None."""
        rows = half.get("rows") if isinstance(half, dict) else None
        if rows is None:
            return None
        return [*rows[:before], *(row for row in rows[before:] if not self._gaps(row))] or None

    def _add(self, asker: Asker, question: Question, part: Question, rows: list[Row]) -> list[Row]:
        """Ask for more rows, after those that were begun and left; with no way back to those that stood before."""
        half = self.half_of(part.half) or {}
        begun = [row for row in half.get("rows", [])[len(rows) :] if self._gaps(row)]
        part = part.with_(answer=rows or question.answer)
        return self._walk(asker, part, [*rows, *begun], first=len(rows))

    def asks(self, column: Field, row: Row) -> bool:
        """Return whether a cell is asked: its column is asked now, and its conditions hold in its row."""
        if self.columns_due:
            is_due = column.id in self.columns_due and column.id not in row and self._is_due(column, row)
        else:
            is_due = not column.later
        return is_due and _is_shown(column, row) and not (column.once and self._is_begun_with(column, row))

    def _without_starters(self, rows: list[Row]) -> list[Row]:
        """Return rows without those about a behaviour of which nothing was answered."""
        return [row for row in rows if row not in self.seeds] if self.each_behaviour else rows

    def _begun(self, before: list[Row]) -> list[Row]:
        """Return the starter rows with what was answered before, and the rows of before that are not asked now."""
        first = self.columns[0].id
        given = {folded(str(row.get(first, ""))): row for row in before}
        begun = [{**seed, **given.pop(folded(seed[first]), {})} for seed in self.seeds]
        return [*begun, *given.values()]

    def with_starters(self, rows: list[Row]) -> list[Row]:
        """Return rows with the cells that their starter rows bring with them, where they give none."""
        first = self.columns[0].id
        starters = {folded(seed[first]): seed for seed in self.seeds}
        return [{**starters.get(folded(str(row.get(first, ""))), {}), **row} for row in rows]

    def _is_begun_with(self, column: Field, row: Row) -> bool:
        """Return whether the starter row of a row brought this cell with it."""
        first = self.columns[0].id
        return any(column.id in seed and seed.get(first) == row.get(first) for seed in self.seeds)

    def without_hidden(self, row: Row) -> Row:
        """Return a row without the cells whose conditions do not hold in it, such as one that was changed.

        In the order of the columns, since a condition may look at a cell that is hidden itself.
        """
        hidden: set[str] = set()
        for column in self.columns:
            left = {name: cell for name, cell in row.items() if name not in hidden}
            if not _is_shown(column, left):
                hidden.add(column.id)
        return {name: cell for name, cell in row.items() if name not in hidden}

    def _is_due(self, column: Field, row: Row) -> bool:
        """Return whether the day of a cell has come, counted from the day its row is meant for, or was written."""
        meant = (column for column in self.columns if column.measure == "goal.due" and column.id in row)
        meant_for = next((row[column.id] for column in meant), None)
        day = recall(meant_for).at.date() if meant_for else self.written
        if day is None or self.today is None:
            return True
        return day + timedelta(days=column.after_days) <= self.today

    def _gaps(self, row: Row) -> bool:
        """Return whether a cell that should be asked has no answer in this row."""
        return any(self._is_gap(column, row) for column in self.columns)

    def _is_gap(self, column: Field, row: Row) -> bool:
        return self.asks(column, row) and not column.optional and column.id not in row

    def accept(self, raw: Any) -> Any:
        """Every cell as its column takes it."""
        raw = cleaned(raw)
        columns = {column.id: column for column in self.columns}
        if not isinstance(raw, list) or not all(isinstance(row, dict) for row in raw):
            raise WrongAnswerError(_("This should be a list of rows, each an object by column."))
        return [
            {
                name: columns[name].accept(cell) if name in columns else cell
                for name, cell in row.items()
                if cell is not None
            }
            for row in raw
        ]

    def notes_on(self, raw: Any) -> list[str]:
        """Return what has to be said of the cells of its columns."""
        columns = {column.id: column for column in self.columns}
        cells = ((name, cell) for row in raw for name, cell in row.items() if name in columns and cell is not None)
        return [note for name, cell in cells for note in columns[name].notes_on(cell)]

    def begun(self, rows: list[Row]) -> list[Row]:
        """Return rows of a program with what their open cells begin with: nobody is there to take it with Enter.

        What somebody's safety hangs on is not taken for them.
        """
        begun = []
        for row in rows:
            asked = [column for column in self.columns if self.asks(column, row) and not column.careful]
            beginnings = {column.id: column.beginning(row, self.columns) for column in asked}
            taken = {name: cell for name, cell in beginnings.items() if cell is not None}
            begun.append(taken | row)
        return begun

    def check(self, answer: Any) -> str | None:
        """Every row has what its columns need and is one that is asked; there are enough rows, not too many."""
        if not isinstance(answer, list) or not all(isinstance(row, dict) for row in answer):
            return _("This should be a list of rows.")
        known = {column.id: column for column in self.columns}
        for number, row in enumerate(answer, 1):
            if not set(row) <= set(known):
                return _(
                    "Row {number} has a column that is not one of these: {names}.",
                    number=number,
                    names=enumerated(known),
                )
            if self._gaps(row):
                return _("Row {number} is not complete.", number=number)
            for name, cell in row.items():
                problem = known[name].check(cell)
                if problem:
                    return _("Row {number}, {name}: {problem}", number=number, name=name, problem=problem)
        return count_problem(len(answer), self.least, self.max)

    def row_words(self, row: Row) -> str:
        """Return a row on one line: its cells, in the order of the columns."""
        return enumerated(column.brief(row[column.id]) for column in self.columns if column.id in row)

    def blocks(self, answer: Any) -> list[Block]:
        """Return a table of what was answered; a column nobody filled is left out."""
        columns = [column for column in self.columns if any(column.id in row for row in answer)]
        return [
            TableBlock(
                [column.label or column.ask for column in columns],
                [[cell_words(column, row.get(column.id)) for column in columns] for row in answer],
            )
        ]

    def blank(self) -> list[Block]:
        """Return an empty table, and under it what its longer choices offer."""
        given = [*self.rows, *([""] * (2 if self.own else 0))] if self.rows else [""] * min(self.max or 4, 6)
        rows = [[row, *(_empty_cell(column) for column in self.columns[1:])] for row in given]
        if not self.rows:
            rows = [[_empty_cell(self.columns[0]), *row[1:]] for row in rows]
        ideas = [Words(said, quiet=True) for column in self.columns[bool(self.from_) :] if (said := _ideas(column))]
        widths = [column.blank_width for column in self.columns]
        return [BlankTable([_head(column) for column in self.columns], rows, widths), *ideas]

    def parts(self, answer: Any) -> list[Part]:
        """Each row is one thing, named by its first cell; its other cells are what may move."""
        first, *others = self.columns
        rows = []
        for row in answer:
            name = cell_words(first, row.get(first.id))
            states = {}
            for column in others:
                if column.id in row:
                    state = (column.label or column.ask) if len(others) > 1 else ""
                    states[state] = cell_words(column, row[column.id])
            rows.append(Part(folded(name), name, name, states))
        return rows

    def brief(self, answer: Any) -> str:
        """Return what the rows are about."""
        first = self.columns[0]
        return super().brief(enumerated(first.brief(row[first.id]) for row in answer if first.id in row))

    def cell_names(self) -> list[str]:
        """Return nothing, as `cells`."""
        return []

    def cells(self, answer: Any) -> dict[str, SheetCell]:
        """Return nothing: its rows are rows of a table of their own, with the cells of its columns."""
        return {}

    def flat(self, answer: Any) -> list[tuple[Field, Any]]:
        """Return every cell with its column, column by column."""
        return [(column, row[column.id]) for column in self.columns for row in answer if column.id in row]

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
            return [("columns", _("A table needs a column."))]
        wrong = [column.kind for column in self.columns if not (column.in_tables and column.answerable)]
        if wrong:
            return [("columns", _("A column can't be of the kind {kind}.", kind=wrong[0]))]
        return [("columns", _("Two columns have the same id."))] if len(set(ids)) < len(ids) else []

    def afterwards(self, answer: Any, written: date, today: date | None = None) -> "Table | None":
        """Return the table that asks what was left for later in the rows of `answer`; None if nothing was.

        With `today` only what is due by then is asked; `written` is the day of the entry.
        """
        later = tuple(column.id for column in self.columns if column.later)
        table = replace(
            self, columns_due=later, today=today, written=written, seeds=tuple(answer), own=False, later=False
        )
        asks = any(table.asks(column, row) for row in answer for column in self.columns)
        return table if later and asks else None


def _head(column: Field) -> str:
    """Return a column's question for the head of a blank table, or its name where that is too long."""
    is_long = len(column.ask) > (_NARROW_HEAD if column.blank_width <= _NARROW else _LONGEST_HEAD)
    question = column.label if is_long and column.label else column.ask
    range_said = column.blank_head()
    if range_said:
        question = _("{question} ({range})", question=question, range=range_said)
    return _("{question} (later)", question=question) if column.later else question


def _empty_cell(column: Field) -> str:
    """Return the few things to tick in one cell, else ""."""
    if isinstance(column, Options) and not column.own and len(column.options) <= _FEW:
        return "\n".join(f"□ {option.say}" for option in column.options)
    return column.blank_cell()


def _ideas(column: Field) -> str:
    """Return the options of a column whose cells have no room for them."""
    if not isinstance(column, Options) or not column.options or _empty_cell(column):
        return ""
    some = [option.say for option in column.options[:_IDEAS]]
    return _("{question} For example: {ideas}.", question=sentence(column.label or column.ask), ideas=enumerated(some))


def _is_shown(column: Field, row: Row) -> bool:
    """Return whether the conditions of a column hold in a row."""
    return all(condition.holds(row, frozenset()) for condition in column.only_if)
