"""The path of the first week and month: small steps as data, in exercises/path.toml."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smartcli.content.exercise import Exercise
from smartcli.content.prose import translated
from smartcli.fields.base import FAMILIES, suits
from smartcli.language import _
from smartcli.schema.keys import FLAG, NAME, PROSE, WHOLE, Declared, build, key, one_of, some, table
from smartcli.schema.toml_file import Path, Source
from smartcli.words import sentences, suggestion

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

FILE = "path.toml"
LONGEST = 3  # minutes a step may take: what the person is promised
WEEKS = 4
AIMS = ("stop", "cut-down", "get-help", "find-out")  # the options of the measure `aim`


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Instead(Declared):
    """What can be done in place of a step that was passed over."""

    exercise: str = key(NAME, "the exercise")
    quick: bool = key(FLAG, "its quick version", False)
    say: str = key(PROSE, "why, in a sentence")


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class PathStep(Declared):
    """One small step: an exercise of three minutes at most, and why."""

    id: str = key(NAME, "never changes: by this the program knows which steps were skipped")
    week: int = key(WHOLE, "the week it belongs to, 1 to 4")
    exercise: str = key(NAME, "the exercise")
    quick: bool = key(FLAG, "its quick version, where the whole is longer than three minutes", False)
    say: str = key(PROSE, "why, in a sentence")
    instead: Instead | None = key(table(Instead, "instead"), "what is shown after this was skipped", None)
    aim: tuple[str, ...] = key(some(one_of(*AIMS)), "only for those who want one of these", ())
    family: tuple[str, ...] = key(some(one_of(*FAMILIES)), "only for behaviours of one of these families", ())
    not_family: tuple[str, ...] = key(some(one_of(*FAMILIES)), "not while a behaviour is of one of these families", ())

    def is_for(self, families: frozenset[str], aims: frozenset[str]) -> bool:
        """Return whether the step suits somebody with behaviours of these families, and these aims."""
        return suits(families, self.family, self.not_family) and (not self.aim or bool(aims & set(self.aim)))

    @property
    def ways(self) -> "Sequence[PathStep | Instead]":
        """The step itself, then what can be done instead."""
        return [self, self.instead] if self.instead else [self]


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class FirstWeeks(Declared):
    """The whole path, in order."""

    format: int = key(WHOLE, "1")
    choose: str = key(NAME, "the exercise in which a person begins the path or stops it")
    week_ends: str = key(PROSE, "what is said when the first week's steps are done")
    month_ends: str = key(PROSE, "what is said when all steps are done")
    step: tuple[PathStep, ...] = key(some(table(PathStep, "step")), "the steps, in order")


def read_path(folder: "Traversable") -> tuple[FirstWeeks | None, Source]:
    """Return the path in a folder of exercises (None: there is none, or it is broken), and its source."""
    file = folder / FILE
    if not file.is_file():
        return None, Source(FILE)
    source = Source.open(FILE, file)
    made = build(FirstWeeks, source.table, source, ()) if not source.problems else None
    return (None if source.problems or not made else translated(made, "path")), source


def note_path_problems(path: FirstWeeks, source: Source, exercises: Mapping[str, Exercise]) -> None:
    """Add to `source` every step that cannot be taken; `exercises` are all there are, by id."""
    if path.choose not in exercises:
        source.problem(("choose",), no_exercise(path.choose, exercises))
    ids: set[str] = set()
    for number, step in enumerate(path.step):
        place: Path = ("step", number)
        if step.id in ids:
            source.problem((*place, "id"), _('The id "{id}" is there twice.', id=step.id))
        ids.add(step.id)
        if not 1 <= step.week <= WEEKS:
            source.problem((*place, "week"), _('"week" is from 1 to {weeks}.', weeks=WEEKS))
        for way in step.ways:
            key_ = "exercise" if way is step else "instead"
            for sentence in _problems_of(way, exercises):
                source.problem((*place, key_), sentence)


def _problems_of(way: PathStep | Instead, exercises: Mapping[str, Exercise]) -> Iterator[str]:
    """Yield what is wrong with the exercise of a step."""
    exercise = exercises.get(way.exercise)
    if exercise is None:
        yield no_exercise(way.exercise, exercises)
    elif way.quick and not any(field.quick for field in exercise.fields):
        yield _('"{exercise}" has no quick version.', exercise=way.exercise)
    elif not way.quick and exercise.minutes > LONGEST:
        yield _(
            '"{exercise}" takes {minutes} minutes; a step takes {longest} at most.',
            exercise=way.exercise,
            minutes=exercise.minutes,
            longest=LONGEST,
        )


def no_exercise(name: str, known: Collection[str]) -> str:
    """Return the sentence that there is no exercise of this id, with a near miss if there is one."""
    return sentences(_('There is no exercise "{name}".', name=name), suggestion(name, known))
