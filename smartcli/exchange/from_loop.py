"""Loop Habit Tracker's csv export: a zip, or the folder it unpacks to.

At the top `Checkmarks.csv` has a row for each day and a column for each habit; each habit has a folder ("001 Walk")
whose own `Checkmarks.csv` may hold notes. Values are words (YES_MANUAL, NO, SKIP, UNKNOWN) or, in earlier versions,
their numbers (2, 0, 3, -1); a larger number is a measure, in thousandths. A day becomes one entry that says each habit
with yes, no or its measure; a note becomes an entry of its own. What Loop counted by itself (YES_AUTO, 1) or does not
know is not said. Source: the exporter in github.com/iSoron/uhabits.
"""

import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import PurePosixPath

from smartcli.exchange import dates
from smartcli.exchange.imported import Imported, Left
from smartcli.exchange.opening import Opened
from smartcli.exchange.rows import Rows
from smartcli.language import _

FILE = "Checkmarks.csv"
_SAID = {"YES_MANUAL": "yes", "2": "yes", "NO": "no", "0": "no", "SKIP": "skipped", "3": "skipped"}
_UNSAID = {"", "YES_AUTO", "1", "UNKNOWN", "-1"}
_NUMBER_OF_FOLDER = re.compile(r"\d+ +")
_THOUSANDTHS = 1000


def is_checkmarks(opened: Opened) -> bool:
    """Return whether a file is one of Loop's by its name and its head."""
    first = opened.beginning().partition("\n")[0]
    return PurePosixPath(opened.name).name == FILE and (first.startswith("Date,") or _is_dated(first))


def read_entries(opened: Opened) -> Iterator[Imported | Left]:
    """Yield each day of all habits, or each note of one; raises Trouble."""
    rows = Rows(opened)
    habit = _NUMBER_OF_FOLDER.sub("", PurePosixPath(opened.name).parent.name, count=1)
    if _is_dated(rows.columns[0]) or rows.columns[1:2] == ["Value"]:
        yield from _notes(rows, habit)
        return
    for line, cells in rows:
        place = _("line {line}", line=line)
        moment = dates.read(cells[0])
        if moment is None:
            yield Left(place, _("no date that can be read"))
            continue
        said = [(name, _say(cell)) for name, cell in zip_longest(rows.columns[1:], cells[1:], fillvalue="") if name]
        done = any(word not in ("", "no") for _name, word in said)
        text = "\n".join(f"{name}: {word}" for name, word in said if word) if done else ""
        yield Imported(place, moment, text, f"day {cells[0]}", named=True)


def _notes(rows: Rows, habit: str) -> Iterator[Imported | Left]:
    """Yield each note of one habit; what was done on its day stands in the file of all habits."""
    for line, cells in rows:
        moment = dates.read(cells[0])
        if moment and len(cells) > 2 and cells[2].strip():
            also = (f"Habit: {habit}",) if habit else ()
            yield Imported(_("line {line}", line=line), moment, cells[2], "\x1f".join([habit, *cells]), also=also)


def _is_dated(words: str) -> bool:
    return dates.leading(words) is not None


def _say(cell: str) -> str:
    """Return what a cell of the table says in words, "" for nothing."""
    cell = cell.strip()
    if cell in _UNSAID:
        return ""
    if cell in _SAID:
        return _SAID[cell]
    try:
        measure = int(cell) / _THOUSANDTHS
    except ValueError:
        return cell
    return f"{measure:g}"
