"""An exercise: a TOML table of questions, read and checked."""

import dataclasses
import re
from collections.abc import Callable, Iterator
from typing import Any

from smartcli.fields import Field, Lines, Note, Option, Options, Table
from smartcli.fields.base import read_field
from smartcli.fields.measures import MEASURES
from smartcli.schema.keys import FLAG, NAME, TEXT, WHOLE, Declared, Type, as_json, build, key, one_of, some, table
from smartcli.schema.toml_file import Path, Source

FORMAT = 1
POINTS = ("daily", "motivation", "urges", "thoughts", "balance")
_MOST_FIELDS = 100

Lists = Callable[[str], tuple[Option, ...] | None]


@dataclasses.dataclass(init=False, kw_only=True, eq=False, repr=False)
class Show(Declared):
    """How an entry is laid out when a plain list of answers is not enough."""

    grid: tuple[str, ...] = key(some(NAME), "four `lines` fields, set two by two", ())
    wheel: tuple[str, ...] = key(some(NAME), "a table of areas, or scales, set as a wheel", ())
    card: bool = key(FLAG, "a small card to carry; `print NAME --filled` puts it on paper", False)


@dataclasses.dataclass(init=False, kw_only=True, eq=False, repr=False)
class Exercise(Declared):
    """One worksheet: what it is for, and its questions in order."""

    format: int = key(WHOLE, "1")
    id: str = key(NAME, "forever, and the file's name")
    version: int = key(WHOLE, "raised when a question changes its meaning", 1)
    title: str = key(TEXT, "its name for people")
    point: str = key(one_of(*POINTS), "the point of the programme it serves")
    aliases: tuple[str, ...] = key(some(TEXT), "other names it is found by", ())
    purpose: str = key(TEXT, "what it is for, in one line")
    suits: str = key(TEXT, "who it suits and when, in one line", "")
    minutes: int = key(WHOLE, "how long it takes", 5)
    in_support: bool = key(FLAG, "the newest entry of it stands on the support page", False)
    per_behaviour: bool = key(FLAG, "it is about one of the person's behaviours", False)
    repeat: str = key(TEXT, 'when to do it again: "30 days", or words', "")
    intro: str = key(TEXT, "shown before the first question; Enter goes on", "")
    sources: tuple[str, ...] = key(some(TEXT), 'where it comes from, or "general knowledge"', ())
    show: Show = key(table(Show, "show"), "how an entry is laid out", Show())
    fields: tuple[Field, ...] = key(some(Type("field", read_field)), "the questions, in order", called="field")
    own: bool = dataclasses.field(default=False)
    table: dict[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def origin(self) -> str:
        """Return "built-in" or "yours"."""
        return "yours" if self.own else "built-in"

    @property
    def repeat_days(self) -> int | None:
        """After how many days doing it again is worth suggesting, if `repeat` says so."""
        match = re.fullmatch(r"(\d+) days?", self.repeat)
        return int(match[1]) if match else None

    def field(self, name: str) -> Field | None:
        """Return the field with this id."""
        return next((field for field in self.fields if field.id == name), None)

    def measuring(self, measure: str) -> Field | None:
        """Return the first field with this measure."""
        return next((field for field in self.fields if field.measure == measure), None)

    def definition(self) -> dict[str, Any]:
        """Return it as plain data, lists resolved, keys that do not apply left out."""
        shown: dict[str, Any] = as_json(self)
        shown |= {"version": self.version, "minutes": self.minutes, "aliases": [*self.aliases]}
        shown["fields"] = shown.pop("field")
        return {name: value for name, value in shown.items() if name != "format"}


def read_exercise(source: Source, lists: Lists, *, own: bool = False) -> Exercise | None:
    """Return the exercise a TOML file holds; None when it has problems, all of them in `source.problems`.

    `lists` gives the options of a list by its name, or None when there is no such list.
    """
    if source.problems:
        return None
    number = source.table.get("format")
    if isinstance(number, int) and number > FORMAT:
        source.problem(("format",), f"This is format {number}, made for a newer version of smartcli.")
        return None
    exercise = build(Exercise, source.table, source, ())
    if exercise is None:
        return None
    fields = tuple(_with_lists(field, number, lists, source) for number, field in enumerate(exercise.fields))
    exercise = dataclasses.replace(exercise, fields=fields, own=own, table=source.table)
    for path, sentence in _problems(exercise):
        source.problem(path, sentence)
    return None if source.problems else exercise


def all_fields(exercise: Exercise) -> Iterator[tuple[Path, Field]]:
    """Yield every field and every column of a table, with its key path in the file."""
    for number, field in enumerate(exercise.fields):
        yield ("field", number), field
        yield from ((("field", number, "columns", at), column) for at, column in enumerate(field.columns))


def _with_lists(field: Field, number: int, lists: Lists, source: Source) -> Field:
    """Return the field with the options of its list among its options."""
    if isinstance(field, Table):
        columns = tuple(_with_lists(column, number, lists, source) for column in field.columns)
        return dataclasses.replace(field, columns=columns)
    if isinstance(field, Note) and field.swaps:
        swaps = lists(field.swaps)
        if swaps is None:
            source.problem(("field", number, "swaps"), f"There is no list {field.swaps}.")
        return dataclasses.replace(field, offered=swaps or ())
    if isinstance(field, Options) and field.options_from:
        listed = lists(field.options_from)
        if listed is None:
            source.problem(("field", number, "options_from"), f"There is no list {field.options_from}.")
        taken = {option.id for option in field.options}
        more = tuple(option for option in listed or () if option.id not in taken)
        return dataclasses.replace(field, options=(*field.options, *more))
    return field


Problems = Iterator[tuple[Path, str]]


def _problems(exercise: Exercise) -> Problems:
    """Yield what is wrong between the parts of an exercise."""
    if exercise.format != FORMAT:
        yield ("format",), f"The format is {FORMAT}."
    if not exercise.fields:
        yield (), "An exercise needs at least one [[field]]."
    if len(exercise.fields) > _MOST_FIELDS:
        yield (), f"An exercise has {_MOST_FIELDS} fields at most."
    seen: dict[str, Field] = {}
    enough = ""
    for number, field in enumerate(exercise.fields):
        path: Path = ("field", number)
        if field.id in seen:
            yield (*path, "id"), f'The id "{field.id}" is there twice.'
        for key_, sentence in _references(field, seen):
            yield (*path, key_), sentence
        if enough and field.answerable and not (field.optional or field.only_if or field.later):
            yield path, f'It comes after "{enough}", where the person may stop, so it must be optional.'
        enough = enough or (field.id if field.enough else "")
        row: dict[str, Field] = {}
        for at, column in enumerate(field.columns):
            for key_, sentence in _references(column, {**seen, **row}):
                yield (*path, "columns", at, key_), sentence
            row[column.id] = column
        seen[field.id] = field
    for path, field in all_fields(exercise):
        if field.once and not field.measure:
            yield path, '"once" needs a "measure" to know it by.'
        if field.answerable and not field.ask:
            yield path, 'The key "ask" is missing.'
        if not field.answerable and not (field.ask or field.recall):
            yield path, 'A note needs "ask" (what it says) or "recall".'
        yield from (((*path, "measure"), sentence) for sentence in _measure_problems(field))
    yield from _show_problems(exercise)


def _references(field: Field, seen: dict[str, Field]) -> Iterator[tuple[str, str]]:
    """Yield what a field says of fields that are not there, or come later."""
    names = [("only_if", condition.field) for condition in field.only_if if condition.field]
    names += [("keep_in_view", name) for name in field.keep_in_view]
    names += [("recall", recall.match) for recall in field.recall if recall.match]
    for recall in field.recall:
        if recall.match in seen and not seen[recall.match].measure:
            yield "recall", f'"{recall.match}" has no measure to match by.'
    if field.begins_from:
        names.append(("begins_from", field.begins_from))
        if field.begins_from in seen and seen[field.begins_from].kind != field.kind:
            yield "begins_from", f'"{field.begins_from}" is of another kind.'
    from_ = getattr(field, "from_", "")
    if from_ and "." not in from_:
        names.append(("from", from_))
    if getattr(field, "swaps_in", ""):
        names.append(("swaps_in", getattr(field, "swaps_in", "")))
    rerate = getattr(field, "rerate", "")
    if rerate:
        names.append(("rerate", rerate))
        if rerate in seen and seen[rerate].kind != "scale":
            yield "rerate", f'"{rerate}" is not a scale.'
    for key_, name in names:
        if name not in seen:
            yield key_, f'There is no earlier field "{name}".'
    for recall in field.recall:
        if bool(recall.measure) == bool(recall.exercise and recall.field):
            yield "recall", 'A recall names a "measure", or an "exercise" and a "field".'
        if not 1 <= recall.limit <= 20:
            yield "recall", '"limit" is from 1 to 20.'
    for condition in field.only_if:
        if not (condition.field or condition.family or condition.not_family):
            yield "only_if", 'A condition names a "field" or a "family".'


def _measure_problems(field: Field) -> Iterator[str]:
    if not field.measure:
        return
    measure = MEASURES[field.measure]
    if field.kind not in measure.kinds:
        yield f'"{field.measure}" goes with {" or ".join(measure.kinds)}, not with {field.kind}.'
    if field.kind == "scale" and (getattr(field, "low", None), getattr(field, "high", None)) != (
        measure.low,
        measure.high,
    ):
        yield f'"{field.measure}" is from {measure.low:g} to {measure.high:g}.'


def _show_problems(exercise: Exercise) -> Problems:
    grid = exercise.show.grid
    if grid and (len(grid) != 4 or not all(isinstance(exercise.field(name), Lines) for name in grid)):
        yield ("show",), 'A "grid" names four `lines` fields.'
    for name in exercise.show.wheel:
        field = exercise.field(name)
        if field is None or field.kind not in ("table", "scale"):
            yield ("show",), 'A "wheel" names a table, or scales.'
