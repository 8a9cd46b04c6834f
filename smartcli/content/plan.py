"""The sections of "My plan for staying well": what each is filled from, in exercises/plan.toml."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smartcli.content.prose import translated
from smartcli.fields.base import Condition
from smartcli.fields.measures import MEASURES
from smartcli.language import _
from smartcli.schema.keys import NAME, PROSE, TEXT, WHOLE, Declared, build, key, one_of, some, table
from smartcli.schema.toml_file import Source

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_FILE = "plan.toml"
# How a section is put together; those FOR_ALL are about all behaviours at once.
HOLDS = ("words", "used", "people", "aims", "limits", "trial", "support-plans", "helplines", "note")
FOR_ALL = ("support-plans", "helplines", "note")
_BY_MEASURE = ("words", "used", "people")


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class PlanSection(Declared):
    """One section of the plan: its title, what fills it, and what stands there while nothing does."""

    id: str = key(NAME, "its name among them")
    title: str = key(PROSE, "its heading")
    holds: str = key(
        one_of(*HOLDS),
        "how it is put together: own `words`, newest first; what was `used` (or met) most; `people`; `aims`; sentences "
        "of `limits` or a `trial`; `support-plans`, `helplines`, or a `note`",
        "words",
    )
    measures: tuple[str, ...] = key(
        some(one_of(*MEASURES)), "what its words answer; the person's own exercises count too", ()
    )
    leave_out: tuple[str, ...] = key(some(TEXT), "ids of options that say nothing in a plan", ())
    most: int = key(WHOLE, "how many lines it has at most, for each behaviour", 4)
    gap: str = key(PROSE, "what to write there by hand while it is empty; without it an empty section is left out", "")
    exercise: str = key(NAME, "the exercise that fills it", "")
    say: str = key(PROSE, "what a `note` says", "")
    only_if: tuple[Condition, ...] = key(
        some(table(Condition, "condition")), "only for behaviours for which all of these hold", ()
    )


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class PlanSections(Declared):
    """Every section, in the order they stand."""

    format: int = key(WHOLE, "1")
    section: tuple[PlanSection, ...] = key(some(table(PlanSection, "section")), "the sections, in their order")


def read_plan(folder: "Traversable") -> tuple[tuple[PlanSection, ...], Source]:
    """Return the sections in a folder of exercises, and their source with every problem found."""
    file = folder / _FILE
    if not file.is_file():
        return (), Source(_FILE)
    source = Source.read(_FILE, file.read_bytes())
    made = build(PlanSections, source.table, source, ()) if not source.problems else None
    sections = translated(made, "plan").section if made else ()
    for number, section in enumerate(sections):
        for key_, sentence in _problems(section):
            source.problem(("section", number, key_), sentence)
    return sections, source


def _problems(section: PlanSection) -> list[tuple[str, str]]:
    """Return what does not go together in a section: the key it stands under, and a sentence."""
    problems = []
    if section.holds in _BY_MEASURE and not section.measures and not section.gap:
        problems.append(("id", _("Nothing fills this section: it needs measures, or a gap to write in.")))
    if section.holds == "note" and not section.say:
        problems.append(("holds", _('A note needs something to "say".')))
    if any(condition.field for condition in section.only_if):
        problems.append(("only_if", _('A section looks at a family or at what is "remembered", not at a field.')))
    return problems
