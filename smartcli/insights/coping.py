"""What helped: how urges changed when something was tried."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from smartcli.insights.estimates import interval, shrunken
from smartcli.insights.notes import Notes, Urge
from smartcli.insights.section import ENOUGH, Section, mean_of, tenth
from smartcli.insights.triggers import names
from smartcli.language import _


class AtTrigger(NamedTuple):
    """The mean change when a tool was tried at one trigger."""

    name: str
    n: int
    change: float


class Tool(NamedTuple):
    """One thing that was tried: the mean fall of the strength, before minus after, and its 95 % interval."""

    name: str
    n: int
    change: float | None
    low: float | None
    high: float | None
    triggers: tuple[AtTrigger, ...] = ()


def rank_tools(notes: Notes) -> Section[Tool]:
    """Return what was tried, best first by a mean drawn towards that of all tries; those tried too seldom last.

    A try is a coping tool beside an urge that was rated before and after. Several tools in one urge each count
    the whole change. That an urge fell after a tool does not say that it fell because of it: urges fall anyway.
    """
    rated = [urge for urge in notes.urges if urge.after is not None and urge.tools]
    tries: dict[str, list[Urge]] = defaultdict(list)
    for urge in rated:
        for tool in urge.tools:
            tries[tool.key].append(urge)
    if len(rated) < ENOUGH:
        return Section("coping", _("What helped"), len(rated), ENOUGH, [])
    called = names(tool for urge in rated for tool in urge.tools)
    overall = mean_of(_change(urge) for urges in tries.values() for urge in urges)
    order = sorted(tries, key=lambda key: _place(tries[key], overall, called[key]))
    rows = [_row(called[key], tries[key]) for key in order]
    return Section("coping", _("What helped"), len(rated), ENOUGH, rows)


def _change(urge: Urge) -> float:
    return urge.before - (urge.after or 0)


def _place(urges: list[Urge], overall: float, name: str) -> tuple[bool, float, str]:
    few = len(urges) < ENOUGH
    return few, -len(urges) if few else -shrunken([_change(urge) for urge in urges], overall), name


def _row(name: str, urges: list[Urge]) -> Tool:
    if len(urges) < ENOUGH:
        return Tool(name, len(urges), None, None, None)
    changes = [_change(urge) for urge in urges]
    low, high = interval(changes)
    return Tool(
        name, len(urges), tenth(mean_of(changes)), tenth(max(low, -10)), tenth(min(high, 10)), _by_trigger(urges)
    )


def _by_trigger(urges: Iterable[Urge]) -> tuple[AtTrigger, ...]:
    """Return the change at each trigger with enough tries, best first; nothing to set side by side is nothing."""
    found: dict[str, list[float]] = defaultdict(list)
    for urge in urges:
        for trigger in urge.triggers:
            found[trigger.key].append(_change(urge))
    called = names(trigger for urge in urges for trigger in urge.triggers)
    rows = [
        AtTrigger(called[key], len(changes), tenth(mean_of(changes)))
        for key, changes in found.items()
        if len(changes) >= ENOUGH
    ]
    return tuple(sorted(rows, key=lambda row: (-row.change, row.name)))
