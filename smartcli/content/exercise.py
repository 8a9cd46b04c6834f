"""An exercise: a TOML table of questions, read and checked as a whole.

What one field may say is checked by its kind, in `fields`; what must agree between fields, here.
"""

import dataclasses
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from smartcli.content.prose import translated
from smartcli.content.slots import NAMES, unknown_slots
from smartcli.fields import Field, Lines, Note, Option, Options, Table
from smartcli.fields.base import ANSWER_SLOT, FAMILIES, Condition, Recall, read_field
from smartcli.fields.measures import MEASURES
from smartcli.fields.sentence import gaps
from smartcli.language import N_, _
from smartcli.schema.keys import (
    FLAG,
    NAME,
    PROSE,
    TEXT,
    WHOLE,
    Declared,
    Type,
    as_json,
    build,
    key,
    one_of,
    some,
    table,
)
from smartcli.schema.toml_file import Path, Source
from smartcli.words import joined, near, sentences, suggestion

FORMAT = 1
POINTS = ("daily", "motivation", "urges", "thoughts", "balance")
_MOST_FIELDS = 100  # the largest exercise has a quarter of that; more is a slip of a program
_IN_A_SENTENCE = ("choice", "line")  # kinds of column that a `begins_with` may name: their answer is one thing
_MOST_RECALLED = 20  # earlier answers that one question can show

# Returns the options of a list in lists/ by its name, None when there is no such list.
Lists = Callable[[str], tuple[Option, ...] | None]


@dataclasses.dataclass(init=False, kw_only=True, eq=False, repr=False)
class Show(Declared):
    """How an entry is laid out when a plain list of answers is not enough."""

    grid: tuple[str, ...] = key(some(NAME), "four `lines` fields, shown two by two", ())
    wheel: tuple[str, ...] = key(some(NAME), "a table of areas, or scales, shown as a wheel", ())
    card: bool = key(FLAG, "a small card to carry; `print NAME --filled` puts it on paper", False)


@dataclasses.dataclass(init=False, kw_only=True, eq=False, repr=False)
class ExerciseHead(Declared):
    """What an exercise is for, without its questions: all that a list shows of it."""

    format: int = key(WHOLE, "1")
    id: str = key(NAME, "never changes; the same as the file's name")
    version: int = key(WHOLE, "raised when a question changes its meaning", 1)
    title: str = key(PROSE, "its name for people")
    point: str = key(one_of(*POINTS), "the point of the programme it serves")
    aliases: tuple[str, ...] = key(some(TEXT), "other names it is found by", ())
    purpose: str = key(PROSE, "what it is for, in one line")
    suits: str = key(PROSE, "who it suits and when, in one line", "")
    minutes: int = key(WHOLE, "how long it takes", 5)
    in_support: bool = key(FLAG, "its newest entry is shown on the support page", False)
    per_behaviour: bool = key(FLAG, "it is about one of the person's behaviours", False)
    reading: bool = key(FLAG, "a text to read; it is saved as read even when the person writes nothing", False)
    repeat: str = key(PROSE, 'when to do it again: "30 days", or words', "")
    intro: str = key(PROSE, "shown before the first question; Enter goes on", "")
    sources: tuple[str, ...] = key(some(TEXT), 'where it comes from, or "general knowledge"', ())
    show: Show = key(table(Show, "show"), "how an entry is laid out", Show())
    own: bool = dataclasses.field(default=False)
    table: dict[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def origin(self) -> str:
        """Return "built-in" or "yours"."""
        return "yours" if self.own else "built-in"

    @property
    def repeat_days(self) -> int | None:
        """After how many days doing it again is worth suggesting, if `repeat` says so."""
        match = re.fullmatch(r"(\d+) days?", self.table.get("repeat", self.repeat))
        return int(match[1]) if match else None


@dataclasses.dataclass(init=False, kw_only=True, eq=False, repr=False)
class Exercise(ExerciseHead):
    """One worksheet: what it is for, and its questions in order."""

    fields: tuple[Field, ...] = key(
        some(Type("field", read_field)),
        "the questions, in order",
        called="field",
    )

    def field(self, name: str) -> Field | None:
        """Return the field with this id."""
        return next((field for field in self.fields if field.id == name), None)

    def measuring(self, measure: str) -> Field | None:
        """Return the first field with this measure."""
        return next((field for field in self.fields if field.measure == measure), None)

    def definition(self) -> dict[str, Any]:
        """Return the exercise as plain data, lists resolved, keys that do not apply left out."""
        data: dict[str, Any] = as_json(self)
        # Always there, so that a program need not know their defaults.
        data |= {"version": self.version, "minutes": self.minutes, "aliases": [*self.aliases]}
        data["fields"] = data.pop("field")
        data.pop("format", None)
        return data


def read_exercise(source: Source, lists: Lists, *, own: bool = False) -> Exercise | None:
    """Return the exercise in a TOML file; None when it has problems, all in `source.problems`.

    `lists` gives the options of a list in lists/; `own` says that the exercise is the person's own.
    """
    if source.problems:
        return None
    number = source.table.get("format")
    # A newer format may mean anything by the rest: problems found there would mislead.
    if isinstance(number, int) and number > FORMAT:
        sentence = _("This is format {number}, made for a newer version of smartcli.", number=number)
        source.problem(("format",), sentence)
        return None
    exercise = build(Exercise, source.table, source, ())
    if exercise is None:
        return None
    if not own:
        exercise = translated(exercise, exercise.id)
    fields = []
    for number, field in enumerate(exercise.fields):
        fields.append(_with_lists(field, ("field", number), lists, source))
    exercise = dataclasses.replace(exercise, fields=tuple(fields), own=own, table=source.table)
    for path, sentence in _problems(exercise):
        source.problem(path, sentence)
    return None if source.problems else exercise


def read_head(source: Source) -> ExerciseHead | None:
    """Return the head of a built-in exercise, where `source` holds no more of it; None when it has problems."""
    head = build(ExerciseHead, source.table, source, ()) if not source.problems else None
    if head is None or source.problems:
        return None
    return dataclasses.replace(translated(head, head.id), table=source.table)


def all_fields(exercise: Exercise) -> Iterator[tuple[Path, Field]]:
    """Yield every field and every column of a table, with its key path in the file."""
    for number, field in enumerate(exercise.fields):
        yield ("field", number), field
        if isinstance(field, Table):
            for column_number, column in enumerate(field.columns):
                yield ("field", number, "columns", column_number), column


def slot_problems(source: Source) -> None:
    """Note every name in braces, anywhere in a file of texts, that is no slot.

    Not in `begins_with`: there it is a column of the same table, which is checked with the table. A `headline` has
    the one slot {answer}.
    """

    def look(value: Any, path: Path) -> None:
        if isinstance(value, str):
            value = value.replace(ANSWER_SLOT, "") if "headline" in path else value
            for name in unknown_slots(value):
                close = near(name, NAMES)
                known = _("The slots are {names}.", names=joined(NAMES))
                hint = _("Did you mean {name}?", name=f"{{{close}}}") if close else known
                source.problem(path, sentences(_("There is no slot {name}.", name=f"{{{name}}}"), hint))
        elif isinstance(value, dict):
            for name, inner in value.items():
                if name != "begins_with":
                    look(inner, (*path, name))
        elif isinstance(value, list):
            for number, inner in enumerate(value):
                look(inner, (*path, number))

    look(source.table, ())


def _with_lists(field: Field, path: Path, lists: Lists, source: Source) -> Field:
    """Return a field with the options of the lists it names; missing lists become problems."""
    if isinstance(field, Table):
        # The path stays the table's: a list that a column lacks is reported there.
        columns = tuple(_with_lists(column, path, lists, source) for column in field.columns)
        return dataclasses.replace(field, columns=columns)
    if isinstance(field, Note) and field.swaps:
        offered = _options_of_list(field.swaps, (*path, "swaps"), lists, source)
        return dataclasses.replace(field, offered=offered)
    if isinstance(field, Options) and field.options_from:
        listed = _options_of_list(field.options_from, (*path, "options_from"), lists, source)
        own_ids = {option.id for option in field.options}
        more = [option for option in listed if option.id not in own_ids]
        return dataclasses.replace(field, options=(*field.options, *more))
    return field


def _options_of_list(name: str, path: Path, lists: Lists, source: Source) -> tuple[Option, ...]:
    options = lists(name)
    if options is None:
        source.problem(path, _("There is no list {name}.", name=name))
    return options or ()


Problems = Iterator[tuple[Path, str]]  # the key path of each problem in the file, and a sentence
KeyProblems = Iterator[tuple[str, str]]  # the key of a field, and a sentence


def _problems(exercise: Exercise) -> Problems:
    """Yield what is wrong between the parts of an exercise."""
    if exercise.format != FORMAT:
        yield ("format",), _("The format is {format}.", format=FORMAT)
    if not exercise.fields:
        yield (), _("An exercise needs at least one [[field]].")
    if len(exercise.fields) > _MOST_FIELDS:
        yield (), _("An exercise has {most} fields at most.", most=_MOST_FIELDS)
    yield from _order_problems(exercise)
    ids = {field.id for field in exercise.fields}
    for path, field in all_fields(exercise):
        yield from _field_problems(field, path)
        for name in (name for refusal in field.refuse for name in (refusal.above, refusal.below)):
            if name and name not in ids:
                yield (*path, "refuse"), _('There is no field "{name}".', name=name)
    yield from _show_problems(exercise)


def _order_problems(exercise: Exercise) -> Problems:
    """Yield ids that stand twice, names of no earlier field, and needed answers after the end."""
    earlier: dict[str, Field] = {}
    last_needed = ""  # the first field after which the person may stop
    for number, field in enumerate(exercise.fields):
        path: Path = ("field", number)
        if field.id in earlier:
            yield (*path, "id"), _('The id "{id}" is there twice.', id=field.id)
        for key_, sentence in _reference_problems(field, earlier):
            yield (*path, key_), sentence
        if last_needed and _must_be_answered(field):
            needless = N_('It comes after "{field}", where the person may stop, so it must be optional.')
            yield path, _(needless, field=last_needed)
        if field.enough and not last_needed:
            last_needed = field.id
        if isinstance(field, Table):
            yield from _column_problems(field, path, earlier)
        earlier[field.id] = field


def _must_be_answered(field: Field) -> bool:
    """Return whether nobody can finish the exercise without an answer to this field."""
    return field.answerable and not (field.optional or field.only_if or field.later)


def _column_problems(table: Table, path: Path, earlier: dict[str, Field]) -> Problems:
    """Yield names, in the columns of a table, of what is no earlier field and no earlier column."""
    known = dict(earlier)
    for number, column in enumerate(table.columns):
        problems = (
            *_reference_problems(column, known),
            *_not_in_columns(column),
            *_beginning_problems(column, table.columns[:number]),
        )
        for key_, sentence in problems:
            yield (*path, "columns", number, key_), sentence
        known[column.id] = column


def _beginning_problems(column: Field, earlier: Sequence[Field]) -> KeyProblems:
    """Yield what is wrong with the sentence that a column begins with: it is made of earlier cells of the row."""
    begins_with = getattr(column, "begins_with", "")
    kinds = {column.id: column.kind for column in earlier}
    if begins_with and not gaps(begins_with):
        yield "begins_with", _('"begins_with" names an earlier column in braces, such as {situation}.')
    for name in gaps(begins_with):
        if name not in kinds:
            close = near(name, kinds)
            hint = _("Did you mean {name}?", name=f"{{{close}}}") if close else ""
            lacks = _("This table has no earlier column {name}.", name=f"{{{name}}}")
            yield "begins_with", sentences(lacks, hint)
        elif kinds[name] not in _IN_A_SENTENCE:
            yield (
                "begins_with",
                _(
                    "{name} is of the kind {kind}: only a choice or a line stands in a sentence.",
                    name=f"{{{name}}}",
                    kind=kinds[name],
                ),
            )


def _not_in_columns(column: Field) -> KeyProblems:
    """Yield what would do nothing in a column.

    Only of keys that no own exercise of an earlier version can have: a file that was read once stays readable.
    """
    if column.aside:
        yield "aside", _('"aside" does nothing in a column of a table.')
    if column.refuse:
        yield "refuse", _('"refuse" does nothing in a column of a table.')
    if column.after_day:
        yield "after_day", _('"after_day" does nothing in a column of a table.')
    if getattr(column, "proposes", "") and not column.once:
        yield "proposes", _('"proposes" goes with "once" in a column of a table.')
    if any(part.remembered for condition in column.only_if for part in condition.parts):
        yield "only_if", _('A column looks at cells of its own row, not at what is "remembered".')


def _field_problems(field: Field, path: Path) -> Problems:
    """Yield what is wrong between the keys of one field or column."""
    if field.once and not field.measure:
        yield path, _('"once" needs a "measure" to know it by.')
    if field.after_day and not field.later:
        yield (*path, "after_day"), _('"after_day" goes with "later".')
    if field.renew_days and not field.once:
        yield (*path, "renew_days"), _('"renew_days" goes with "once".')
    if field.answerable and not field.ask:
        yield path, _('The key "ask" is missing.')
    if getattr(field, "begins_with", "") and "columns" not in path:
        yield (*path, "begins_with"), _('"begins_with" goes with a column of a table.')
    if not field.answerable and field.aside:
        yield (*path, "aside"), _('A note asks nothing, so "aside" would never be shown.')
    if not field.answerable and not (field.ask or field.recall):
        yield path, _('A note needs "ask" (what it says) or "recall".')
    for sentence in _measure_problems(field):
        yield (*path, "measure"), sentence
    for refusal in field.refuse:
        if refusal.is_ is None and not (refusal.above or refusal.below or refusal.past):
            yield (*path, "refuse"), _('A refusal names "is", "above", "below" or "past".')
    for key_, sentence in _option_problems(field):
        yield (*path, key_), sentence


def _reference_problems(field: Field, earlier: dict[str, Field]) -> KeyProblems:
    """Yield what a field says of other fields that are missing, come later or do not fit."""
    yield from _misfits(field, earlier)
    for key_, name in _named_fields(field):
        if name not in earlier:
            yield key_, _('There is no earlier field "{name}".', name=name)
    yield from _recall_problems(field)
    for key_, condition in _conditions(field):
        if not any((condition.field, condition.family, condition.not_family, condition.remembered, condition.any_)):
            yield key_, _('A condition names a "field", a "family" or what is "remembered".')
        if condition.field and condition.remembered:
            yield key_, _('A condition names a "field" or what is "remembered", not both.')
        if condition.standing_days and not condition.remembered:
            yield key_, _('"standing_days" goes with "remembered".')


def _option_problems(field: Field) -> KeyProblems:
    """Yield options that name a family or a measure that is not there."""
    if isinstance(field, Lines) and any(mark.for_ or mark.not_for or mark.needs for mark in field.marks):
        yield "marks", _('"for", "not_for" and "needs" go with options, not with marks.')
    if not isinstance(field, Options):
        return
    for option in field.options:
        if option.needs and option.needs not in MEASURES:
            yield "options", _('Option "{id}": there is no measure of the name in "needs".', id=option.id)
        for family in (*option.for_, *option.not_for):
            if family not in FAMILIES:
                unknown = _('Option "{id}": there is no family of that name.', id=option.id)
                yield "options", sentences(unknown, suggestion(family, FAMILIES))


def _misfits(field: Field, earlier: dict[str, Field]) -> KeyProblems:
    """Yield earlier fields that a field names although they are of the wrong kind for that."""
    for key_, recall in _recalls(field):
        if recall.match in earlier and not earlier[recall.match].measure:
            yield key_, _('"{match}" has no measure to match by.', match=recall.match)
    begins_from = earlier.get(field.begins_from)
    if begins_from and begins_from.kind != field.kind:
        yield "begins_from", _('"{begins_from}" is of another kind.', begins_from=field.begins_from)
    if field.after_day in earlier and earlier[field.after_day].kind != "moment":
        yield "after_day", _('"{after_day}" is no moment.', after_day=field.after_day)
    rerate = getattr(field, "rerate", "")
    if rerate in earlier and earlier[rerate].kind != "scale":
        yield "rerate", _('"{rerate}" is not a scale.', rerate=rerate)
    repeats = getattr(field, "repeats", "")
    if repeats in earlier and earlier[repeats].kind != "choice":
        yield "repeats", _('"{repeats}" is not a choice.', repeats=repeats)


def _named_fields(field: Field) -> Iterator[tuple[str, str]]:
    """Yield every field of the same exercise that a field names, after the key that names it."""
    for key_, condition in _conditions(field):
        if condition.field:
            yield key_, condition.field
        if condition.not_below:
            yield key_, condition.not_below
    for name in field.keep_in_view:
        yield "keep_in_view", name
    for key_, recall in _recalls(field):
        if recall.match:
            yield key_, recall.match
    if field.begins_from:
        yield "begins_from", field.begins_from
    if field.after_day:
        yield "after_day", field.after_day
    # "exercise.field" names a field of another exercise: the catalogue checks that.
    from_ = getattr(field, "from_", "")
    if from_ and "." not in from_:
        yield "from", from_
    for key_ in ("swaps_in", "rerate", "repeats"):
        name = getattr(field, key_, "")
        if name:
            yield key_, name


def _conditions(field: Field) -> Iterator[tuple[str, Condition]]:
    """Yield every condition of a field, those inside `any` too, after the key that holds it."""
    yield from (("only_if", part) for condition in field.only_if for part in condition.parts)
    each_behaviour = getattr(field, "each_behaviour", ())
    yield from (("each_behaviour", part) for condition in each_behaviour for part in condition.parts)


def _recalls(field: Field) -> Iterator[tuple[str, Recall]]:
    """Yield the earlier words that a field shows, after the key that names them."""
    yield from (("recall", recall) for recall in field.recall)
    yield from (("aside", recall) for recall in field.aside)


def _recall_problems(field: Field) -> KeyProblems:
    """Yield what is wrong inside a recall, and what would do nothing there."""
    for key_, recall in _recalls(field):
        by_field = bool(recall.exercise and recall.field)
        if bool(recall.measure) == by_field:
            yield key_, _('A recall names a "measure", or an "exercise" and a "field".')
        if by_field and recall.fits:
            yield key_, _('"fits" goes with "measure".')
        if recall.match and recall.fits:
            yield key_, _('A recall has "match" or "fits", not both.')
        if not 1 <= recall.limit <= _MOST_RECALLED:
            yield key_, _('"limit" is from 1 to {most}.', most=_MOST_RECALLED)
    for key_, recalls in (("recall", field.recall), ("aside", field.aside)):
        if recalls and recalls[0].otherwise:
            yield key_, _('"otherwise" needs a recall before it in the list.')


def _measure_problems(field: Field) -> Iterator[str]:
    """Yield what does not fit between a field and its measure: kind, or ends of the scale."""
    if not field.measure:
        return
    measure = MEASURES[field.measure]
    if field.kind not in measure.kinds:
        kinds = " or ".join(measure.kinds)
        yield _('"{measure}" goes with {kinds}, not with {kind}.', measure=field.measure, kinds=kinds, kind=field.kind)
    if measure.low is None or measure.high is None:  # no measure of scales
        return
    ends = (getattr(field, "low", None), getattr(field, "high", None))
    if field.kind == "scale" and ends != (measure.low, measure.high):
        yield _(
            '"{measure}" is from {low} to {high}.',
            measure=field.measure,
            low=measure.low,
            high=measure.high,
        )


def _show_problems(exercise: Exercise) -> Problems:
    """Yield fields that [show] names although they cannot be laid out so."""
    grid = [exercise.field(name) for name in exercise.show.grid]
    if grid and (len(grid) != 4 or not all(isinstance(field, Lines) for field in grid)):
        yield ("show",), _('A "grid" names four `lines` fields.')
    for name in exercise.show.wheel:
        field = exercise.field(name)
        if field is None or field.kind not in ("table", "scale"):
            yield ("show",), _('A "wheel" names a table, or scales.')
