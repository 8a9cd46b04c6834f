"""One line of the person's own for this hour: a plan, a reason, or what they decided to say to an urge."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from smartcli.entries.entry import Entry
from smartcli.entries.self_harm import may_be_about_self_harm
from smartcli.fields.base import same
from smartcli.language import _
from smartcli.moments import now
from smartcli.words import folded

if TYPE_CHECKING:
    from smartcli.workbook.workbook import Workbook

_TURNS = 12  # of the newest lines, which take turns: beyond, they are mostly from another time of life


class OwnLine(NamedTuple):
    """Words of the person's own, and the sentence they come after."""

    lead: str
    words: str


def find_own_line(workbook: "Workbook") -> OwnLine | None:
    """Return one line of their own for this hour, another one each day; None where there is none.

    A plan for what sets urges off at this time of day comes first, else a reason, else the refusal line. What is
    or may be about self-harm is never taken, nor what belongs to a behaviour that is no longer named.
    """
    kinds: list[tuple[str, Callable[[Workbook], Iterator[str]]]] = [
        (_("Your plan for this time of day:"), _plans_for_now),
        (_("You gave this reason to change:"), lambda workbook: _words_of(workbook, "reason")),
        (_("What you decided to tell an urge:"), lambda workbook: _words_of(workbook, "reply.refusal")),
    ]
    for lead, list_lines in kinds:
        lines = _each_once(list_lines(workbook))
        if lines:
            return OwnLine(lead, lines[workbook.today.toordinal() % len(lines)])
    return None


def _plans_for_now(workbook: "Workbook") -> Iterator[str]:
    """Yield the plans for the triggers that urges had at this time of day, the newest first."""
    if next(workbook.memory.with_measure("plan.urge"), None) is None:
        return  # no plan at all: what comes at this hour need not be looked up
    triggers = workbook.memory.triggers_at(now().hour, None)
    for entry in _suitable(workbook, "plan.urge"):
        whole, *rows = entry.observations()
        for observation in rows or [whole]:
            if any(same(seen.value, trigger) for seen in observation.get("trigger", ()) for trigger in triggers):
                yield from (plan.words for plan in observation.get("plan.urge", ()))


def _words_of(workbook: "Workbook", measure: str) -> Iterator[str]:
    """Yield what suitable entries say about a measure, the newest first."""
    for entry in _suitable(workbook, measure):
        yield from (observed.words for observed in entry.observations_of(measure))


def _suitable(workbook: "Workbook", measure: str) -> Iterator[Entry]:
    """Yield the entries with a measure whose words may stand on Today."""
    names = {folded(behaviour.name) for behaviour in workbook.memory.behaviours}
    for entry in workbook.memory.with_measure(measure):
        is_past = bool(names and entry.behaviour) and folded(entry.behaviour or "") not in names
        if not is_past and not may_be_about_self_harm(entry.behaviour, workbook.families_ever):
            yield entry


def _each_once(lines: Iterable[str]) -> list[str]:
    """Return the first few lines, each once, on one line each."""
    each: dict[str, str] = {}
    for words in islice(lines, 4 * _TURNS):  # the same reason is given again and again
        line = " ".join(words.split())
        if line:
            each.setdefault(folded(line), line)
    return [*each.values()][:_TURNS]
