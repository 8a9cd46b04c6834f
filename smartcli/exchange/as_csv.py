"""Entries as a folder of tables for a spreadsheet or a statistics program.

`entries.csv` has one row an entry: id, when, day, exercise, title, point, behaviour, summary, version, started,
saved, revision, state, changed_in_two_places. Every exercise has a file of its own, again one row an entry: id, when,
day, behaviour, and the answers by field id:

- words, and moments as ISO 8601 text, as they are; numbers as numbers; yes_no as "yes" or "no";
- choice: the words shown, and under "FIELD.id" what trends join on (for own words the same);
- lines, choices, rank: one thing a line of the cell (a backslash in it is written ``\\\\``, a line break ``\\n``);
  choices and ranks have their ids under "FIELD.id", marked lines their marks, space between, under "FIELD.marks";
- table: its columns under "FIELD.COLUMN", one row of the table a line of the cell, written in the same way;
- practice: "FIELD.seconds", "FIELD.finished", "FIELD.ratings" with "SECONDS VALUE" a line.

An entry that was changed in two places has a row for each version, "newest" or "older" under changed_in_two_places,
which the files of exercises have where they hold such an entry.

Two marks of the format: UTF-8 with a byte-order mark and CRLF, as spreadsheets expect; and an apostrophe before
words that a spreadsheet would run as a formula (a first sign = + - @, also full-width, or a leading tab or CR) and
before words that begin with apostrophes and then such a sign, so that taking one away gives the words back
(OWASP ASVS 1.2.10). A spreadsheet cuts a cell at 32,767 characters; the file does not.
"""

import csv
import io
import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from smartcli import NOTICE
from smartcli.entries.entry import Answered, Entry
from smartcli.exchange.names import file_name
from smartcli.fields.base import SheetCell, dotted
from smartcli.language import N_, _
from smartcli.words import visible

Cell = str | int | float

_FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r])")
_ENTRIES = ("id", "when", "day", "exercise", "title", "point", "behaviour", "summary", "version", "started", "saved",
            "revision", "state", "changed_in_two_places")  # fmt: skip
_IN_TWO_PLACES = "changed_in_two_places"
_ALWAYS = ("id", "when", "day", "behaviour")

_READ_ME = N_("""\
These tables were written by smartcli. They are NOT encrypted: anyone who can open this folder can read them.

entries.csv   one row for each entry. An entry that was changed in two places has a row for each version;
              changed_in_two_places then says which one is the newest.
The others    one exercise each, one row for each entry, the answers by column. A list has one thing on each line
              of its cell. An apostrophe before a sign keeps a spreadsheet from running words as a formula.
""")


def files(entries: Iterable[Entry], built_in: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield (file name, piece) pairs. `entries` is gone through twice: first for the columns there are.

    `built_in`: the exercises that may be named by their ids in file names.
    """
    yield "README.txt", f"{_(_READ_ME)}\n{_(NOTICE)}\n"
    yield "entries.csv", _start(_ENTRIES)
    columns: dict[str, dict[str, None]] = {}
    in_two_places: set[str] = set()  # the files that hold an entry with several versions
    for entry in entries:
        file = _file(entry, built_in)
        known = columns.setdefault(file, {})
        for version in entry.sides:
            yield "entries.csv", _row([_entry_cell(version, entry, name) for name in _ENTRIES])
            known.update(dict.fromkeys(answer_cells(version.fields)))
        if entry.others:
            in_two_places.add(file)
    for file, names in columns.items():
        yield file, _start([*_ALWAYS, *names, *([_IN_TWO_PLACES] if file in in_two_places else [])])
    for entry in entries:
        file = _file(entry, built_in)
        for version in entry.sides:
            answers = answer_cells(version.fields)
            row = [_entry_cell(version, entry, name) for name in _ALWAYS]
            row += [answers.get(name, "") for name in columns[file]]
            row += [_entry_cell(version, entry, _IN_TWO_PLACES)] if file in in_two_places else []
            yield file, _row(row)


def answer_cells(answered: Sequence[Answered]) -> dict[str, Cell]:
    """Return answers as cells by column: the id of the field, with a dot and the name of a further cell."""
    cells: dict[str, Cell] = {}
    for field, answer, _seconds in answered:
        for name, cell in field.cells(answer).items():
            cells[dotted(field.id, name)] = _plain(cell)
    return cells


def _file(entry: Entry, built_in: Collection[str]) -> str:
    return f"{file_name(entry.exercise, built_in)}.csv"


def _entry_cell(version: Entry, entry: Entry, name: str) -> Cell:
    """Return one cell about a version of an entry itself, by the name of its column."""
    if name == "summary":
        return visible(version.summary())
    if name == "revision":
        return version.revision
    if name == _IN_TWO_PLACES:
        return ("newest" if version is entry else "older") if entry.others else ""
    value = version.body.get(name)
    return value if isinstance(value, str | int | float) else ""


def _plain(cell: SheetCell) -> Cell:
    """Return a field's cell as text or number: a list one thing a line, also inside another list."""
    if cell is None:
        return ""
    if isinstance(cell, bool):  # before the numbers: to Python it is one
        return "yes" if cell else "no"
    if isinstance(cell, str | int | float):
        return cell
    if isinstance(cell, list | tuple):
        return lined(str(_plain(part)) for part in cell)
    return json.dumps(cell, ensure_ascii=False)


def lined(parts: Iterable[str]) -> str:
    """Return several things as one cell, one a line; a backslash or line break inside one is escaped."""
    return "\n".join(part.replace("\\", "\\\\").replace("\n", "\\n") for part in parts)


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
