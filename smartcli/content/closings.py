"""Last words: the sentence a session ends on, chosen by what was answered, from rules in exercises/closings.toml."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from smartcli.content.prose import translated
from smartcli.fields.base import FAMILIES, Condition
from smartcli.language import _
from smartcli.schema.keys import FLAG, NAME, PROSE, WHOLE, Declared, build, key, one_of, some, table
from smartcli.schema.toml_file import Source

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

PAIRS = ("urge", "distress", "confidence")  # measures that are rated before and after
_FILE = "closings.toml"


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Closing(Declared):
    """One rule: a sentence to end on, and when. The first rule that holds is the one used."""

    exercise: tuple[str, ...] = key(some(NAME), "only after this exercise, or one of these", ())
    say: str = key(PROSE, "the sentence; whole and kind, with nothing of what the person wrote")
    quick: bool | None = key(FLAG, "only after the ten-second version (or, with false, only after the whole one)", None)
    fell: str = key(one_of(*PAIRS), "only when this is lower at the end than at the beginning", "")
    rose: str = key(one_of(*PAIRS), "only when this is higher at the end than at the beginning", "")
    stayed: str = key(one_of(*PAIRS), "only when this is at the end as it was at the beginning", "")
    only_if: tuple[Condition, ...] = key(some(table(Condition, "condition")), "only if all of these hold", ())
    family: tuple[str, ...] = key(some(one_of(*FAMILIES)), "only for behaviours of one of these families", ())
    not_family: tuple[str, ...] = key(some(one_of(*FAMILIES)), "not for behaviours of one of these families", ())
    saved: bool = key(FLAG, "false: only after a sitting of which nothing was saved, where no other rule is used", True)
    shows: str = key(NAME, "an answer to show below the sentence, on the screen inside only", "")

    def holds(self, finished: "Finished") -> bool:
        """Return whether the rule holds for a session that has just come to its end."""
        if self.saved is not finished.saved:
            return False
        if self.exercise and finished.exercise not in self.exercise:
            return False
        if self.quick is not None and self.quick is not finished.quick:
            return False
        behaviour = Condition(family=self.family, not_family=self.not_family)
        conditions = [behaviour, *self.only_if]
        if not all(condition.holds(finished.answers, finished.families) for condition in conditions):
            return False
        return (
            (not self.fell or (finished.moved(self.fell) or 0) < 0)
            and (not self.rose or (finished.moved(self.rose) or 0) > 0)
            and (not self.stayed or finished.moved(self.stayed) == 0)
        )


@dataclass(frozen=True)
class Finished:
    """What the rules look at: a session's exercise, its answers by field id, and the families of its behaviour.

    `moved` gives how much a rated pair changed from the first rating to the last, None where one is missing.
    `saved`: its answers were saved.
    """

    exercise: str
    answers: Mapping[str, Any]
    families: frozenset[str]
    moved: Callable[[str], float | None]
    quick: bool = False
    saved: bool = True


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Closings(Declared):
    """Every rule, the most particular first."""

    format: int = key(WHOLE, "1")
    closing: tuple[Closing, ...] = key(some(table(Closing, "closing")), "the rules, in the order they are tried")


def read_closings(folder: "Traversable") -> tuple[tuple[Closing, ...], Source]:
    """Return the rules in a folder of exercises, and their source with every problem found."""
    file = folder / _FILE
    if not file.is_file():
        return (), Source(_FILE)
    source = Source.read(_FILE, file.read_bytes())
    made = build(Closings, source.table, source, ()) if not source.problems else None
    return (translated(made, "closings").closing if made else ()), source


def note_unknown_fields(closings: Sequence[Closing], fields: Mapping[str, set[str]], source: Source) -> None:
    """Note each rule that names an exercise or a field that is not there; `fields`: field ids by exercise id."""
    for number, closing in enumerate(closings):
        path = ("closing", number)
        if not fields.keys() >= set(closing.exercise):
            source.problem((*path, "exercise"), _("There is no such exercise."))
            continue
        if any(part.remembered for condition in closing.only_if for part in condition.parts):
            source.problem(
                (*path, "only_if"), _('A rule looks at this session\'s answers, not at what is "remembered".')
            )
        for key_, name in _names(closing):
            if not closing.exercise:
                source.problem((*path, key_), _('A rule that looks at a field names its "exercise".'))
            for exercise in closing.exercise:
                if name not in fields[exercise]:
                    source.problem(
                        (*path, key_), _('"{exercise}" has no field "{name}".', exercise=exercise, name=name)
                    )


def _names(closing: Closing) -> Iterator[tuple[str, str]]:
    for part in (part for condition in closing.only_if for part in condition.parts):
        yield from (("only_if", name) for name in (part.field, part.not_below) if name)
    if closing.shows:
        yield "shows", closing.shows


def choose(closings: Sequence[Closing], finished: Finished) -> Closing | None:
    """Return the first rule that holds, or None."""
    return next((closing for closing in closings if closing.holds(finished)), None)
