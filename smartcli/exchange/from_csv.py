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
from smartcli.language import N_, _
from smartcli.schema.keys import NUMBER, TEXT, Type, build, key, one_of, some
from smartcli.schema.toml_file import LIMIT, Source
from smartcli.words import folded, number, visible

EXAMPLE = N_("""\
For any other csv, say in a small file which column is what, and name it: --from mapping.toml
  when = "Date"        # or two columns: ["Date", "Time"]
  text = "Notes"
  mood = "Mood"        # if there is one; mood_scale = [1, 5] says from where to where""")


def _moods_by_word(value: Any, source: Source, path: tuple[str | int, ...]) -> dict[str, float] | None:
    if not isinstance(value, dict) or not all(_is_mood(mood) for mood in value.values()):
        source.problem(path, _('"mood_words" should give each word a number from 0 to 10.'))
        return None
    return {folded(word): mood for word, mood in value.items()}


def _is_mood(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 10


@dataclasses.dataclass(kw_only=True)
class ColumnMapping:
    """Which column is what."""

    when: tuple[str, ...] = key(some(TEXT), "the columns that say when")
    text: tuple[str, ...] = key(some(TEXT), "the columns with words", ())
    mood: str = key(TEXT, "the column with the mood", "")
    mood_scale: tuple[float, ...] = key(some(NUMBER), "the lowest and the highest mood", (0, 10))
    mood_words: dict[str, float] | None = key(Type("words with numbers", _moods_by_word), "moods in words", None)
    id: str = key(TEXT, "the column that tells a row for ever", "")
    dates: str = key(one_of(*dates.ORDERS), "how 3/4/2026 is meant", "")

    def columns(self) -> Iterator[tuple[str, str]]:
        """Yield each key that names columns, with the name of every column it names."""
        for name in self.when:
            yield "when", name
        for name in self.text:
            yield "text", name
        if self.mood:
            yield "mood", self.mood
        if self.id:
            yield "id", self.id

    def mood_of(self, cell: str) -> float | None:
        """Return the mood in a cell, from 0 to 10; None where it is no mood that the mapping knows."""
        if self.mood_words and folded(cell) in self.mood_words:
            return self.mood_words[folded(cell)]
        low, high = self.mood_scale
        value = number(cell)
        if value is None or not low <= value <= high:
            return None
        mood = round((value - low) * 10 / (high - low), 1)
        return int(mood) if mood == int(mood) else mood


def read_entries(opened: Opened, mapping_file: Path) -> Iterator[Imported | Left]:
    """Yield each row as the mapping says; raises Trouble."""
    mapping, source = _mapping(mapping_file)
    rows = Rows(opened)
    for which, name in mapping.columns():
        if rows.columns.count(name) != 1:
            sentence = N_('"{key}": the csv has no column of that name.')
            if name in rows.columns:
                sentence = N_('"{key}": the csv has several columns of that name.')
            source.problem((which,), _(sentence, key=which))
    _require_sound(source)
    places = {name: rows.columns.index(name) for _, name in mapping.columns()}
    order = mapping.dates
    if not order:
        moments = (" ".join(cells[places[name]] for name in mapping.when) for _, cells in rows)
        order = dates.order_of(moments, _which_order())
    for line, cells in rows:
        named = {name: cells[place] for name, place in places.items()}
        yield _entry(_("line {line}", line=line), mapping, rows.columns, named, cells, order)


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
        source.problem((), _('There should be "text" or "mood", or both.'))
    if mapping and (len(mapping.mood_scale) != 2 or mapping.mood_scale[0] >= mapping.mood_scale[1]):
        source.problem(("mood_scale",), _('"mood_scale" should be two numbers, such as [1, 5].'))
    _require_sound(source)
    assert mapping
    return mapping, source


def _require_sound(source: Source) -> None:
    if source.problems:
        raise refused("\n".join([_("The mapping file is not right yet."), *map(visible, source.problems_as_text())]))


def _entry(
    place: str, mapping: ColumnMapping, columns: list[str], named: dict[str, str], cells: list[str], order: str
) -> Imported | Left:
    moment = dates.read(" ".join(named[name].strip() for name in mapping.when), order)
    if moment is None:
        return Left(place, _("no date that can be read"))
    used = {*mapping.when, *mapping.text, mapping.id}
    mood = mapping.mood_of(named[mapping.mood]) if mapping.mood else None
    if mood is not None:  # what is no mood stays as words
        used.add(mapping.mood)
    unnamed = range(len(columns) + 1, len(cells) + 1)  # a row may be longer than the head
    names = [*columns, *(f"Column {number}" for number in unnamed)]
    also = [f"{name}: {cell}" for name, cell in zip(names, cells, strict=True) if name not in used and cell.strip()]
    text = "\n".join(named[name] for name in mapping.text if named[name].strip())
    own_id = named[mapping.id].strip() if mapping.id else ""
    identity = own_id or "\x1f".join(cells)
    return Imported(place, moment, text, identity, mood, tuple(also), named=bool(own_id))


def _which_order() -> str:
    """Return how a mapping file says which of two orders the dates have."""
    return _(
        'Add one of these lines to the mapping file: dates = "{day_first}", or dates = "{month_first}".',
        day_first=dates.DAY_FIRST,
        month_first=dates.MONTH_FIRST,
    )
