"""Entries as tables for a spreadsheet or a statistics program: a folder of them, or one alone.

`entries.csv` has one row an entry: id, when, day, date, time, exercise, title, point, behaviour, summary, version,
started, saved, revision, state, changed_in_two_places. Every exercise has a file of its own, again one row an entry:
id, when, day, date, time, behaviour, and the answers by field id:

- words as they are; numbers as numbers; yes_no as "yes" or "no";
- moment: ISO 8601 text, and its parts under "FIELD.date" and "FIELD.time" (HH:MM, empty where only the day is known);
- choice: the words shown, and under "FIELD.id" what trends join on (for own words the same);
- lines, choices, rank: one thing a line of the cell (a backslash in it is written ``\\\\``, a line break ``\\n``);
  choices and ranks have their ids under "FIELD.id", marked lines their marks, space between, under "FIELD.marks";
- practice: "FIELD.seconds", "FIELD.finished", "FIELD.ratings" with "SECONDS VALUE" a line.

The rows of a table (steps, plans) are a file of their own, EXERCISE-FIELD.csv, one row each: the id of the entry,
`row` (1 is the first), day, behaviour, and its columns as above. They stand nowhere else, so nothing is there twice.
`columns.csv` says what every column of answers holds: question, kind, low, high, unit, and the words of the ids.
An answer whose id is that of a column named above is "answer-ID".

`when` is the moment with its offset; `date` and `time` are the same on the person's clock; `day` is their day, which
ends in the night (at 04:00, unless set otherwise). An entry that was changed in two places has a row for each version,
"newest" or "older" under changed_in_two_places, which other files than entries.csv have where they hold such an entry.

Two marks of the format. Files begin with a byte-order mark and end lines with CRLF, as spreadsheets expect; standard
output has neither, since scripts would take the mark for a part of the first column's name. An apostrophe stands
before words that a spreadsheet would run as a formula (a first sign = + - @, also full-width, or a leading tab or CR)
and before words that begin with apostrophes and then such a sign, so that taking one away gives the words back
(OWASP ASVS 1.2.10). A spreadsheet cuts a cell at 32,767 characters; the file does not.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from smartcli.entries.entry import Entry
from smartcli.exchange.csv_cells import Cell, csv_row, lined, plain_cell
from smartcli.exchange.names import file_name, part_name
from smartcli.fields.base import Field, dotted
from smartcli.language import N_, _
from smartcli.moments import clock_said
from smartcli.notice import NOTICE
from smartcli.words import visible

_ENTRIES = ("id", "when", "day", "date", "time", "exercise", "title", "point", "behaviour", "summary", "version",
            "started", "saved", "revision", "state", "changed_in_two_places")  # fmt: skip
_IN_TWO_PLACES = "changed_in_two_places"
_OF_AN_ENTRY = ("id", "when", "day", "date", "time", "behaviour")  # before the answers
_OF_A_ROW = ("id", "row", "day", "behaviour")  # before the cells of one row of a table
_OWN_NAMES = frozenset((*_OF_AN_ENTRY, *_OF_A_ROW, _IN_TWO_PLACES))
_LEGEND = ("file", "exercise", "column", "question", "kind", "low", "high", "unit", "ids")
_MARK = "\ufeff"  # tells a spreadsheet that the file is UTF-8

_READ_ME = N_("""\
These tables were written by smartcli. They are NOT encrypted: anyone who can open this folder can read them.

entries.csv   one row for each entry. An entry that was changed in two places has a row for each version;
              changed_in_two_places then says which one is the newest.
columns.csv   what each column of answers holds: the question, its kind, its lowest and highest number, and what
              short ids mean.
The others    one exercise each, one row for each entry, the answers by column. What you wrote in rows, such as the
              steps of a goal, has a file of its own: id is the entry, row is the place in it.

day           your own day. It ends at 4 in the morning, or when you chose: a night out belongs to the day before.
date, time    the same moment as when, on the clock where you were

A list has one thing on each line of its cell. An apostrophe before a sign keeps a spreadsheet from running words
as a formula.
""")


class _Column(NamedTuple):
    """A column of answers: the question, and which of its cells stands there."""

    asked: Field
    cell: str


class _Row(NamedTuple):
    """One row of a table, its cells by column; what stands first in it, and its columns of answers by name."""

    lead: Sequence[str]
    cells: Mapping[str, Cell]
    columns: Mapping[str, _Column]


@dataclass
class _Table:
    """What the rows of one table have in common, found by going through all of them first."""

    lead: Sequence[str]
    title: str = ""
    columns: dict[str, _Column] = field(default_factory=dict)  # each as it was asked last
    ids: dict[str, dict[str, str]] = field(default_factory=dict)  # by column: the words of the ids in its cells
    in_two_places: bool = False

    def add(self, row: _Row, entry: Entry) -> None:
        """Take note of a row's columns."""
        self.title = self.title or entry.title
        self.in_two_places = self.in_two_places or bool(entry.others)
        for name, column in row.columns.items():
            self.columns.setdefault(name, column)
            for option in column.asked.codes().get(column.cell, ()):
                if option.say != option.id:
                    self.ids.setdefault(name, {}).setdefault(option.id, option.say)

    def head(self) -> list[str]:
        """Return the names of all columns."""
        return [*self.lead, *self.columns, *([_IN_TWO_PLACES] if self.in_two_places else [])]

    def cells(self, row: _Row) -> list[Cell]:
        """Return a row's cells, one for each column."""
        return [row.cells.get(name, "") for name in self.head()]

    def legend(self, file: str) -> Iterator[list[Cell]]:
        """Yield a row of columns.csv for each column of answers."""
        for name, (asked, _cell) in self.columns.items():
            limits = [getattr(asked, key, None) for key in ("low", "high", "unit")]
            ids = lined(f"{id_} = {words}" for id_, words in self.ids.get(name, {}).items())
            numbers = ["" if limit is None else limit for limit in limits]
            yield [file, self.title, name, asked.ask or asked.label, asked.kind, *numbers, ids]


def files(entries: Iterable[Entry], built_in: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield (file name, piece) pairs. `entries` is gone through twice: first for the columns there are.

    `built_in`: the exercises that may be named by their ids in file names.
    """
    yield "README.txt", f"{_(_READ_ME)}\n{_(NOTICE)}\n"
    yield "entries.csv", _MARK + csv_row(_ENTRIES)
    tables: dict[str, _Table] = {}
    for version, entry in _versions(entries):
        about = _about(version, entry)
        yield "entries.csv", csv_row(_entry_row(version, about))
        for file, row in _all_rows(version, about, built_in):
            tables.setdefault(file, _Table(row.lead)).add(row, entry)
    yield "columns.csv", _MARK + csv_row(_LEGEND)
    for file, table in tables.items():
        yield file, _MARK + csv_row(table.head())
        for explained in table.legend(file):
            yield "columns.csv", csv_row(explained)
    for version, entry in _versions(entries):
        for file, row in _all_rows(version, _about(version, entry), built_in):
            yield file, csv_row(tables[file].cells(row))


def one_table(entries: Iterable[Entry], notes: list[str], *, for_a_spreadsheet: bool) -> Iterator[str]:
    """Yield the table of one exercise, piece by piece; `entries` are all of it, gone through twice.

    `for_a_spreadsheet`: with the byte-order mark and CRLF. Rows of tables have no place in it; a sentence that
    says so is added to `notes`.
    """
    mark, line_end = (_MARK, "\r\n") if for_a_spreadsheet else ("", "\n")
    table = _Table(_OF_AN_ENTRY)
    has_rows = False
    for version, entry in _versions(entries):
        table.add(_row(version, _about(version, entry)), entry)
        has_rows = has_rows or any(asked.columns for asked, *_rest in version.fields)
    yield mark + csv_row(table.head(), line_end)
    for version, entry in _versions(entries):
        yield csv_row(table.cells(_row(version, _about(version, entry))), line_end)
    if has_rows:
        notes.append(
            _(
                "What you wrote in rows, such as the steps of a goal, is not in this table. `smartcli export --as csv` "
                "writes a folder, where the rows have a table of their own."
            )
        )


def _versions(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Yield every version that stands of each entry, newest first, with the entry."""
    for entry in entries:
        for version in entry.sides:
            yield version, entry


def _all_rows(version: Entry, about: Mapping[str, Cell], built_in: Collection[str]) -> Iterator[tuple[str, _Row]]:
    """Yield what one version of an entry adds to the files: its own row, and those of its tables.

    `about` is what stands first in them.
    """
    exercise = file_name(version.exercise, built_in)
    yield f"{exercise}.csv", _row(version, about)
    for asked, answer, _seconds in version.fields:
        if not asked.columns:
            continue
        file = f"{exercise}-{part_name(asked.id, is_named=version.exercise in built_in)}.csv"
        columns: dict[str, _Column] = {}  # those that nobody filled too
        for column in asked.columns:
            columns |= {_column_name(column, cell): _Column(column, cell) for cell in column.cell_names()}
        for number, row in enumerate(answer, 1):
            cells, filled = _answers((column, row[column.id]) for column in asked.columns if column.id in row)
            yield file, _Row(_OF_A_ROW, {**about, "row": number, **cells}, {**columns, **filled})


def _row(version: Entry, about: Mapping[str, Cell]) -> _Row:
    """Return the row of one version of an entry in the table of its exercise; `about` is what stands first in it."""
    cells, columns = _answers((asked, answer) for asked, answer, _seconds in version.fields)
    return _Row(_OF_AN_ENTRY, {**about, **cells}, columns)


def _about(version: Entry, entry: Entry) -> dict[str, Cell]:
    """Return the cells about a version of an entry that stand beside its answers, by the names of their columns."""
    return {
        "id": version.id,
        "when": str(version.body["when"]),
        "day": str(version.body["day"]),
        "date": version.when.at.date().isoformat(),
        "time": clock_said(version.when),
        "behaviour": version.behaviour or "",
        _IN_TWO_PLACES: ("newest" if version is entry else "older") if entry.others else "",
    }


def _entry_row(version: Entry, about: Mapping[str, Cell]) -> list[Cell]:
    """Return the row of one version of an entry in entries.csv; `about` is among its cells."""
    kept = {name: value for name, value in version.body.items() if isinstance(value, str | int | float)}
    more = {"summary": visible(version.summary()), "revision": version.revision}
    cells = {**kept, **about, **more}
    return [cells.get(name, "") for name in _ENTRIES]


def _answers(answered: Iterable[tuple[Field, Any]]) -> tuple[dict[str, Cell], dict[str, _Column]]:
    """Return answers as cells, and their columns, both by the name of the column."""
    cells: dict[str, Cell] = {}
    columns: dict[str, _Column] = {}
    for asked, answer in answered:
        for cell, value in asked.cells(answer).items():
            name = _column_name(asked, cell)
            cells[name] = plain_cell(value)
            columns[name] = _Column(asked, cell)
    return cells, columns


def _column_name(asked: Field, cell: str) -> str:
    """Return the name of a question's column: its id, with a dot and the name of a further cell."""
    return dotted(f"answer-{asked.id}" if asked.id in _OWN_NAMES else asked.id, cell)
