"""Three things worth noticing, each with its numbers, picked by fixed rules.

The rules are tried in the order in which they stand in `_RULES`; the first three that have something to say are
taken. Each needs what its section needs. They say what was, and never why.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from smartcli.insights.after_lapse import Return
from smartcli.insights.coping import Tool
from smartcli.insights.duration import Duration
from smartcli.insights.glance import Figure
from smartcli.insights.hours import Hour, peak
from smartcli.insights.section import Section, between
from smartcli.insights.triggers import Cue
from smartcli.moments import DAYS
from smartcli.words import count, joined

MOST = 3
_MOOD_MOVED = 0.5  # points of 10, with 7 check-ins or more on both sides
_MOOD_LEAST = 7


class Findings(NamedTuple):
    """The sections the rules look at."""

    glance: Section[Figure]
    hours: Section[Hour]
    triggers: Section[Cue]
    coping: Section[Tool]
    duration: Section[Duration]
    after_lapse: Section[Return]


def pick_noticed(found: Findings) -> list[str]:
    """Return up to three sentences."""
    said = (rule(found) for rule in _RULES)
    return [one for one in said if one][:MOST]


def _hours(found: Findings) -> str:
    """Where in the week most urges came."""
    top = peak(found.hours)
    if top is None:
        return ""
    days = joined(DAYS[day].capitalize() for day in top.weekdays)
    where = f"on {days} {top.part}" if days else f"in the {top.part}"
    return f"Most urges came {where} ({top.n} of {top.of})."


def _coping(found: Findings) -> str:
    """The tool that leads, if its interval is above nothing."""
    best = found.coping.rows[0] if found.coping.rows else None
    if best is None or best.change is None or best.low is None or best.low <= 0:
        return ""
    others = [one.change for one in found.coping.rows[1:] if one.change is not None]
    more = ", more than after anything else you tried" if others and best.change > max(others) else ""
    sure = f"{best.low:g} to {best.high:g}, {count(best.n, 'time')}"
    return f"Urges were lower by {best.change:g} on average after “{best.name}” ({sure}){more}."


def _duration(found: Findings) -> str:
    """The time within which half of the urges had halved."""
    row = found.duration.rows[0] if found.duration.rows else None
    if row is None or row.half_minutes is None:
        return ""
    urges = f"{row.n} urges" if row.low is None else f"{between(row.low, row.high)}; {row.n} urges"
    return f"Half of your urges had halved within {row.half_minutes:g} minutes ({urges})."


def _return(found: Findings) -> str:
    """The way back after a lapse, if it is getting shorter."""
    earlier, later = found.after_lapse.more["earlier"], found.after_lapse.more["later"]
    if earlier is None or later >= earlier:
        return ""
    return (
        f"After a lapse you are back sooner than you were: in {later:g} {'day' if later == 1 else 'days'}, "
        f"where it was {earlier:g} "
        f"({found.after_lapse.n} times)."
    )


def _passed(found: Findings) -> str:
    """How many urges passed without being acted on, where it is half of them or more."""
    row = _figure(found.glance, "passed-in-all")
    if row is None or row.now is None or row.n < _MOOD_LEAST or row.now * 2 < row.n:
        return ""
    return f"{row.now:g} of {row.n} urges passed without your acting on them."


def _mood(found: Findings) -> str:
    """A mood that has gone up or down since the period before."""
    row = _figure(found.glance, "mood")
    if row is None or row.now is None or row.before is None or min(row.n, row.n_before or 0) < _MOOD_LEAST:
        return ""
    if abs(row.now - row.before) < _MOOD_MOVED:
        return ""
    behind = f"{row.n} and {row.n_before} check-ins"
    return f"Your mood was {row.now:g} on average, and {row.before:g} in the time before ({behind})."


def _trigger(found: Findings) -> str:
    """The trigger that stood beside most urges, if it was there three times in ten or more."""
    top = found.triggers.rows[0] if found.triggers.rows else None
    if top is None or top.strength is None or top.n * 10 < found.triggers.n * 3:
        return ""
    return (
        f"“{top.name}” stood beside {top.n} of {found.triggers.n} urges; they were {top.strength:g} strong on average."
    )


def _chosen(found: Findings) -> str:
    """The days of the last 90 that went the chosen way."""
    row = _figure(found.glance, "chosen-90")
    if row is None or not row.now or row.n < _MOOD_LEAST:
        return ""
    return f"{row.now:g} of {row.n} days went your way, of the last 90."


def _figure(section: Section[Figure], name: str) -> Figure | None:
    return next((row for row in section.rows if row.id == name), None)


_RULES: Sequence[Callable[[Findings], str]] = (_hours, _coping, _duration, _return, _passed, _mood, _trigger, _chosen)
