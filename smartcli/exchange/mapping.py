"""The mapping file: which column of a csv, or which key of JSON objects, is what.

    when = ["Date", "Time"]        # the columns that say when, in the order they are read
    text = ["Title", "Notes"]      # those with words; each begins a new line
    mood = "How I felt"            # a number, or a word
    mood_scale = [1, 5]            # the numbers of the worst and the best mood; [5, 1] where 1 is best
    mood_words = { great = 9, "so-so" = 5 }
    id = "Row"                     # what tells a row for ever, if there is such a column
    dates = "day-month-year"       # how 3/4/2026 is meant, or "month-day-year"
    zone = "Europe/Berlin"         # whose clocks the times are by

    exercise = "check-in"          # whose questions the columns below answer; check-in if left out
    [fields]                       # a field's id, and the column with its answer
    sleep = "Hours slept"
    urges = { column = "Urge?", words = { si = true, no = false } }
    strongest = { column = "Urge", scale = [1, 5] }
    good = { column = "Helped", separator = ";" }

`when` is needed, and one of `text`, `mood` and `fields`. Every other column is kept beside the words, by its name.
Names are compared without case and outer spaces. A key inside another one is named "outer.inner".
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import Any

from smartcli.exchange import dates
from smartcli.exchange.imported import RawAnswer, refused
from smartcli.exchange.opening import open_file
from smartcli.language import N_, _
from smartcli.schema.keys import ANSWER, NAME, NUMBER, TEXT, Type, build, key, one_of, some
from smartcli.schema.toml_file import LIMIT, Source
from smartcli.trouble import Trouble
from smartcli.words import enumerated, folded, near, number, sentences, visible

EXAMPLE = N_("""\
For any other csv or list in JSON, say in a small file which column is what, and name it: --from mapping.toml
  when = "Date"        # or two columns: ["Date", "Time"]
  text = "Notes"
  mood = "Mood"        # if there is one; mood_scale = [1, 5] says from worst to best""")
CHECK_IN = "check-in"
_COLUMNS_NAMED = 20  # in a sentence


def _moods_by_word(value: Any, source: Source, path: tuple[str | int, ...]) -> dict[str, float] | None:
    if not isinstance(value, dict) or not all(_is_mood(mood) for mood in value.values()):
        source.problem(path, _('"mood_words" should give each word a number from 0 to 10.'))
        return None
    return {folded(word): mood for word, mood in value.items()}


def _is_mood(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 10


def _answers_by_word(value: Any, source: Source, path: tuple[str | int, ...]) -> dict[str, Any] | None:
    if not isinstance(value, dict):
        source.problem(path, _('"words" should give each word an answer.'))
        return None
    return {folded(word): ANSWER.read(answer, source, (*path, word)) for word, answer in value.items()}


@dataclasses.dataclass(kw_only=True)
class FieldColumn:
    """The column that answers one question."""

    column: str = key(TEXT, "the column with the answer")
    scale: tuple[float, ...] = key(some(NUMBER), "the numbers that stand for the lowest and the highest answer", ())
    words: dict[str, Any] | None = key(Type("words with answers", _answers_by_word), "answers in words", None)
    separator: str = key(Type("text", lambda value, _source, _path: value if isinstance(value, str) else None),
                         "what parts the things in a list", "")  # fmt: skip

    def answer_in(self, cell: str) -> RawAnswer | None:
        """Return what a cell answers, for the question to take or refuse; None for an empty one."""
        if not cell.strip():
            return None
        if self.words and folded(cell) in self.words:
            return RawAnswer(self.words[folded(cell)])
        if self.separator:
            return RawAnswer([part.strip() for part in cell.split(self.separator) if part.strip()])
        return RawAnswer(cell.strip(), self.scale)


def _fields(value: Any, source: Source, path: tuple[str | int, ...]) -> dict[str, FieldColumn] | None:
    if not isinstance(value, dict):
        source.problem(path, _('"fields" should give each field a column.'))
        return None
    columns = {}
    for name, asked in value.items():
        given = {"column": asked} if isinstance(asked, str) else asked
        column = build(FieldColumn, given, source, (*path, name))
        if column and column.scale and not _is_scale(column.scale):
            source.problem((*path, name, "scale"), _('"scale" should be two different numbers, such as [1, 5].'))
        if column:
            columns[name] = column
    return columns


def _is_scale(scale: Sequence[float]) -> bool:
    return len(scale) == 2 and scale[0] != scale[1]


@dataclasses.dataclass(kw_only=True)
class ColumnMapping:
    """Which column is what."""

    when: tuple[str, ...] = key(some(TEXT), "the columns that say when")
    text: tuple[str, ...] = key(some(TEXT), "the columns with words", ())
    mood: str = key(TEXT, "the column with the mood", "")
    mood_scale: tuple[float, ...] = key(some(NUMBER), "the worst and the best mood", (0, 10))
    mood_words: dict[str, float] | None = key(Type("words with numbers", _moods_by_word), "moods in words", None)
    id: str = key(TEXT, "the column that tells a row for ever", "")
    dates: str = key(one_of(*dates.ORDERS), "how 3/4/2026 is meant", "")
    zone: str = key(TEXT, "the time zone of the times", "")
    exercise: str = key(NAME, "the exercise whose questions the fields are", CHECK_IN)
    fields: dict[str, FieldColumn] | None = key(Type("columns by field", _fields), "the columns of answers", None)

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
        for field, asked in (self.fields or {}).items():
            yield field, asked.column

    @property
    def time_zone(self) -> tzinfo | None:
        """The time zone named, if any."""
        return dates.zone_named(self.zone) if self.zone else None

    def mood_of(self, cell: str) -> float | None:
        """Return the mood in a cell, from 0 to 10; None where it is no mood that the mapping knows."""
        if self.mood_words and folded(cell) in self.mood_words:
            return self.mood_words[folded(cell)]
        value = number(cell)
        return None if value is None else scaled(value, self.mood_scale, (0, 10))


def scaled(value: float, scale: Sequence[float], onto: Sequence[float]) -> float | None:
    """Return a value on a scale as one on another, to a tenth; None outside the scale. Either may run down."""
    low, high = scale
    if not min(low, high) <= value <= max(low, high):
        return None
    there = round(onto[0] + (value - low) * (onto[1] - onto[0]) / (high - low), 1)
    return int(there) if there == int(there) else there


def read_mapping(path: Path) -> tuple[ColumnMapping, Source]:
    """Read a mapping file; raises Trouble that names all that is wrong in it."""
    try:
        with open_file(path) as opened:
            text = ""
            for piece in opened.pieces():
                text += piece
                if len(text) > LIMIT:
                    break
    except Trouble as trouble:
        sentence = _("{place}: {reason}", place=_("mapping file"), reason=trouble.sentence)
        raise refused(sentence, trouble.hint) from None
    source = Source.read(visible(path.name), text.encode())
    mapping = None if source.problems else build(ColumnMapping, source.table, source, ())
    if mapping and not (mapping.text or mapping.mood or mapping.fields):
        source.problem((), _('There should be "text", "mood" or "fields".'))
    if mapping and not _is_scale(mapping.mood_scale):
        source.problem(("mood_scale",), _('"mood_scale" should be two numbers, such as [1, 5].'))
    if mapping and mapping.zone and mapping.time_zone is None:
        source.problem(("zone",), _('"zone" should be a time zone such as "Europe/Berlin".'))
    require_sound(source)
    assert mapping
    return mapping, source


def find_columns(mapping: ColumnMapping, source: Source, columns: Sequence[str]) -> Mapping[str, int]:
    """Return the place of each column that the mapping names; raises Trouble that names those which are not there."""
    known = [folded(name) for name in columns]
    places = {}
    for key_name, name in mapping.columns():
        if known.count(folded(name)) == 1:
            places[name] = known.index(folded(name))
            continue
        if folded(name) in known:
            sentence = _('"{key}": there are several columns of that name.', key=key_name)
        else:
            close = near(folded(name), known)
            meant = _('Did you mean "{name}"?', name=columns[known.index(close)].strip()) if close else ""
            sentence = sentences(_('"{key}": there is no column of that name.', key=key_name), meant)
        source.problem(_path_of(key_name, mapping), sentence)
    hint = ""
    if source.problems:
        names = [visible(name.strip()) for name in columns if name.strip()][:_COLUMNS_NAMED]
        hint = _("The columns are: {names}.", names=enumerated(names))
    require_sound(source, hint)
    return places


def _path_of(key_name: str, mapping: ColumnMapping) -> tuple[str, ...]:
    return ("fields", key_name) if key_name in (mapping.fields or {}) else (key_name,)


def require_sound(source: Source, hint: str = "") -> None:
    """Raise Trouble that names every problem of a mapping file, if there is one."""
    if source.problems:
        raise mapping_trouble(source.problems_as_text(), hint)


def mapping_trouble(problems: Sequence[str], hint: str = "") -> Trouble:
    """Return the trouble with a mapping file that is not right yet."""
    return refused("\n".join([_("The mapping file is not right yet."), *map(visible, problems)]), hint)


def which_order() -> str:
    """Return how a mapping file says which of two orders the dates have."""
    return _(
        'Add one of these lines to the mapping file: dates = "{day_first}", or dates = "{month_first}".',
        day_first=dates.DAY_FIRST,
        month_first=dates.MONTH_FIRST,
    )
