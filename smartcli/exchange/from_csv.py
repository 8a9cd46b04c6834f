"""Any csv, by a small mapping file that says which column is what.

    when = ["Date", "Time"]        # the columns that say when, in the order they are read
    text = ["Title", "Notes"]      # those with words; each begins a new line
    mood = "How I felt"            # a number, or a word
    mood_scale = [1, 5]            # the numbers' lowest and highest; without it 0 and 10
    mood_words = { great = 9, "so-so" = 5 }
    id = "Row"                     # what tells a row for ever, if there is such a column
    dates = "day-month-year"       # how 3/4/2026 is meant, or "month-day-year"

`when` is needed, and `text` or `mood`. Every other column is kept beside the words, by its name.
"""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from smartcli.exchange import dates
from smartcli.exchange.imported import Imported, Left, refused
from smartcli.exchange.opening import Opened
from smartcli.exchange.rows import Rows
from smartcli.schema.keys import NUMBER, TEXT, Type, build, key, one_of, some
from smartcli.schema.toml_file import LIMIT, Source
from smartcli.words import folded, number, visible

EXAMPLE = """\
For any other csv, say in a small file which column is what, and name it: --from mapping.toml
  when = "Date"        # or two columns: ["Date", "Time"]
  text = "Notes"
  mood = "Mood"        # if there is one; mood_scale = [1, 5] says from where to where"""

_MEANT = f'Say which in the mapping file: dates = "{dates.DAY_FIRST}", or "{dates.MONTH_FIRST}".'


def _words(value: Any, source: Source, path: tuple[str | int, ...]) -> dict[str, float] | None:
    if not isinstance(value, dict) or not all(
        isinstance(one, int | float) and not isinstance(one, bool) and 0 <= one <= 10 for one in value.values()
    ):
        source.problem(path, '"mood_words" should give each word a number from 0 to 10.')
        return None
    return {folded(word): one for word, one in value.items()}


@dataclasses.dataclass(kw_only=True)
class ColumnMapping:
    """Which column is what."""

    when: tuple[str, ...] = key(some(TEXT), "the columns that say when")
    text: tuple[str, ...] = key(some(TEXT), "the columns with words", ())
    mood: str = key(TEXT, "the column with the mood", "")
    mood_scale: tuple[float, ...] = key(some(NUMBER), "the lowest and the highest mood", (0, 10))
    mood_words: dict[str, float] | None = key(Type("words with numbers", _words), "moods in words", None)
    id: str = key(TEXT, "the column that tells a row for ever", "")
    dates: str = key(one_of(*dates.ORDERS), "how 3/4/2026 is meant", "")

    def columns(self) -> Iterator[tuple[str, str]]:
        """Yield every column it names, and the key that names it."""
        yield from (("when", name) for name in self.when)
        yield from (("text", name) for name in self.text)
        yield from ((which, name) for which, name in (("mood", self.mood), ("id", self.id)) if name)

    def mood_of(self, cell: str) -> float | None:
        """Return a mood from 0 to 10, or None."""
        if self.mood_words and folded(cell) in self.mood_words:
            return self.mood_words[folded(cell)]
        low, high = self.mood_scale
        told = number(cell)
        if told is None or not low <= told <= high:
            return None
        mood = round((told - low) * 10 / (high - low), 1)
        return int(mood) if mood == int(mood) else mood


def read_entries(opened: Opened, mapping_file: Path) -> Iterator[Imported | Left]:
    """Yield each row as the mapping says; raises Trouble."""
    mapping, source = _mapping(mapping_file)
    rows = Rows(opened)
    for which, name in mapping.columns():
        if rows.columns.count(name) != 1:
            many = "several columns" if name in rows.columns else "no column"
            source.problem((which,), f'"{which}": the csv has {many} of that name.')
    _sound(source)
    at = {name: rows.columns.index(name) for _, name in mapping.columns()}
    order = mapping.dates or dates.order_of(
        (" ".join(cells[at[name]] for name in mapping.when) for _, cells in rows), _MEANT
    )
    for line, cells in rows:
        yield _entry(f"line {line}", mapping, rows.columns, {name: cells[at[name]] for name in at}, cells, order)


def _mapping(path: Path) -> tuple[ColumnMapping, Source]:
    """Read a mapping file; raises Trouble that names all that is wrong in it."""
    with Opened(path) as opened:
        text = ""
        for piece in opened.pieces():
            text += piece
            if len(text) > LIMIT:
                break
    source = Source.read(visible(path.name), text.encode())
    mapping = None if source.problems else build(ColumnMapping, source.table, source, ())
    if mapping and not mapping.text and not mapping.mood:
        source.problem((), 'There should be "text" or "mood", or both.')
    if mapping and (len(mapping.mood_scale) != 2 or mapping.mood_scale[0] >= mapping.mood_scale[1]):
        source.problem(("mood_scale",), '"mood_scale" should be two numbers, such as [1, 5].')
    _sound(source)
    assert mapping
    return mapping, source


def _sound(source: Source) -> None:
    if source.problems:
        raise refused("\n".join(["The mapping file is not right yet.", *map(visible, source.told())]))


def _entry(
    place: str, mapping: ColumnMapping, columns: list[str], named: dict[str, str], cells: list[str], order: str
) -> Imported | Left:
    moment = dates.read(" ".join(named[name].strip() for name in mapping.when), order)
    if moment is None:
        return Left(place, "no date that can be read")
    mood = mapping.mood_of(named[mapping.mood]) if mapping.mood else None
    used = {*mapping.when, *mapping.text, mapping.id, *([mapping.mood] if mood is not None else [])}
    names = [*columns, *(f"Column {number}" for number in range(len(columns) + 1, len(cells) + 1))]
    also = [f"{name}: {cell}" for name, cell in zip(names, cells, strict=True) if name not in used and cell.strip()]
    text = "\n".join(named[name] for name in mapping.text if named[name].strip())
    own = named[mapping.id].strip() if mapping.id else ""
    return Imported(place, moment, text, own or "\x1f".join(cells), mood, tuple(also), named=bool(own))
