"""Entries as a folder of tables for a spreadsheet or a statistics program.

`entries.csv` has one row an entry: id, when, day, exercise, title, point, behaviour, summary, version, started,
saved, revision, state. Every exercise has a file of its own, again one row an entry: id, when, day, behaviour, and
the answers by field id:

- words, and moments as ISO 8601 text, as they are; numbers as numbers; yes_no as "yes" or "no";
- choice: the words shown, and under "FIELD.id" what trends join on (for own words the same);
- lines, choices, rank: one thing a line of the cell (a backslash in it is written ``\\\\``, a line break ``\\n``);
  choices and ranks have their ids under "FIELD.id", marked lines their marks, space between, under "FIELD.marks";
- table: its columns under "FIELD.COLUMN", one row of the table a line of the cell, written in the same way;
- practice: "FIELD.seconds", "FIELD.finished", "FIELD.ratings" with "SECONDS VALUE" a line.

Two marks of the format: UTF-8 with a byte-order mark and CRLF, as spreadsheets expect; and an apostrophe before
words that a spreadsheet would run as a formula (a first sign = + - @, also full-width, or a leading tab or CR) and
before words that begin with apostrophes and then such a sign, so that taking one away gives the words back
(OWASP ASVS 1.2.10). A spreadsheet cuts a cell at 32,767 characters; the file does not.
"""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from smartcli import NOTICE
from smartcli.entries.entry import Answered, Entry
from smartcli.exchange.names import file_name
from smartcli.fields import Choice, Field, Lines, Options, Practice, Table
from smartcli.words import visible

Cell = str | int | float

_FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r])")
_ENTRIES = ("id", "when", "day", "exercise", "title", "point", "behaviour", "summary", "version", "started", "saved",
            "revision", "state")  # fmt: skip
_ALWAYS = ("id", "when", "day", "behaviour")

READ_ME = f"""\
These tables were written by smartcli. They are NOT encrypted: anyone who can open this folder can read them.

entries.csv   one row an entry.
The others    one exercise each, one row an entry, the answers by column. Lists have one thing a line of the cell.
              An apostrophe before a sign keeps a spreadsheet from running words as a formula.

{NOTICE}
"""


def files(entries: Iterable[Entry], built_in: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield (file name, piece) pairs. `entries` is gone through twice: first for the columns there are.

    `built_in`: the exercises that may be named by their ids in file names.
    """
    yield "README.txt", READ_ME
    yield "entries.csv", _start(_ENTRIES)
    columns: dict[str, dict[str, None]] = {}
    for entry in entries:
        yield "entries.csv", _row([_told(entry, name) for name in _ENTRIES])
        known = columns.setdefault(_file(entry, built_in), {})
        known.update((name, None) for one in entry.fields for name in _columns(one.field))
    for file, names in columns.items():
        yield file, _start([*_ALWAYS, *names])
    for entry in entries:
        file = _file(entry, built_in)
        answers = answer_cells(entry.fields)
        yield (
            file,
            _row([*(_told(entry, name) for name in _ALWAYS), *(answers.get(name, "") for name in columns[file])]),
        )


def answer_cells(answered: Sequence[Answered]) -> dict[str, Cell]:
    """Return answers as cells by column."""
    return {name: cell for one in answered for name, cell in zip(_columns(one.field), _cells(one), strict=True)}


def _file(entry: Entry, built_in: Collection[str]) -> str:
    return f"{file_name(entry.exercise, built_in)}.csv"


def _told(entry: Entry, name: str) -> Cell:
    """Return what an entry says of itself."""
    if name == "summary":
        return visible(entry.summary())
    if name == "revision":
        return entry.revision
    told = entry.body.get(name)
    return told if isinstance(told, str | int | float) else ""


def _columns(field: Field) -> list[str]:
    """Return the columns that a field's answers take."""
    if isinstance(field, Table):
        return [f"{field.id}.{name}" for column in field.columns for name in _columns(column)]
    if isinstance(field, Practice):
        return [f"{field.id}.{name}" for name in ("seconds", "finished", "ratings")]
    if isinstance(field, Options):
        return [field.id, f"{field.id}.id"]
    if isinstance(field, Lines) and field.marks:
        return [field.id, f"{field.id}.marks"]
    return [field.id]


def _cells(answered: Answered) -> list[Cell]:
    """Return an answer as the cells of its columns."""
    field, answer, _ = answered
    if isinstance(field, Table):
        return [cell for column in field.columns for cell in _down(column, answer)]
    if isinstance(field, Practice):
        ratings = lined(f"{one['after_seconds']} {one['value']}" for one in answer["ratings"])
        return [answer["seconds"], _plain(answer["finished"]), ratings]
    if isinstance(field, Choice):
        return [field.say(answer), answer]
    if isinstance(field, Options):
        return [lined(map(field.say, answer)), lined(answer)]
    if isinstance(field, Lines):
        marks = [lined(" ".join(one["marks"]) for one in answer)] if field.marks else []
        return [lined(item.text for item in field.items(answer)), *marks]
    return [_plain(answer)]


def _down(column: Field, rows: Sequence[dict[str, object]]) -> list[Cell]:
    """Return one column of a table, its rows one below the other in a cell."""
    empty: list[Cell] = [""] * len(_columns(column))
    filled = [_cells(Answered(column, row[column.id])) if column.id in row else empty for row in rows]
    return [lined(map(str, cells)) for cells in zip(*filled, strict=True)] or empty


def _plain(answer: object) -> Cell:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return answer if isinstance(answer, int | float) else str(answer)


def lined(parts: Iterable[str]) -> str:
    """Return several things as one cell, one a line."""
    return "\n".join(str(part).replace("\\", "\\\\").replace("\n", "\\n") for part in parts)


def safe(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet runs: words that begin like a formula get an apostrophe before them."""
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def _start(names: Sequence[str]) -> str:
    """Return a file's beginning: the byte-order mark and the head."""
    return "\ufeff" + _row(names)


def _row(cells: Sequence[Cell]) -> str:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_NONNUMERIC).writerow([safe(cell) for cell in cells])
    return text.getvalue()
