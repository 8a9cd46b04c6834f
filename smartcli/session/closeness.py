"""How close the person's earlier words, and what they tried before, are to this moment."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from smartcli.entries.entry import Observed
from smartcli.fields.base import same
from smartcli.shares import share_interval

STRONG, STRONG_FROM = "strong", 8  # an answer to `for-when`, and the strength of an urge from which it is meant
_QUARTERS = ("night", "morning", "afternoon", "evening")  # answers to `for-when`: 0-6, 6-12, 12-18, 18-24
_ENOUGH = 5  # urges after which something is said of one tool, and of all the others together
_Z = 1.2815515655446004  # the 0.9 quantile of the normal distribution

Cue = tuple[str, Any]  # a measure and an answer that words may have been written beside


class Used(NamedTuple):
    """Something answered before: its id or words, the words, how often, and how often an urge fell after it."""

    value: str
    words: str
    times: int
    helped: int
    rated: int


def quarter(hour: int) -> int:
    """Return which quarter of the day an hour lies in, from 0, as `insights` counts hours."""
    return hour // 6


def cues(triggers: Sequence[Any], hour: int, strength: Any) -> list[Cue]:
    """Return what words may be meant for at this moment, the closest first: a trigger, the time of day, the strength.

    `triggers` are those named in this sitting; `strength` is that of the urge now, None where it is not known.
    """
    named: list[Cue] = [("trigger", [*triggers])] if triggers else []
    is_strong = isinstance(strength, int | float) and strength >= STRONG_FROM
    strong: list[Cue] = [("for-when", STRONG)] if is_strong else []
    return [*named, ("for-when", _QUARTERS[quarter(hour)]), *strong]


def distance(beside: Mapping[str, Sequence[Observed]], wanted: Sequence[Cue]) -> int:
    """Return how far words are from this moment, by what was answered beside them: 0 is the closest.

    Words for no moment in particular come after those for this one, and words for another moment last.
    """
    for place, (measure, answer) in enumerate(wanted):
        if matches(beside.get(measure, ()), answer):
            return place
    is_for_another = bool(beside.get("trigger") or beside.get("for-when"))
    return len(wanted) + is_for_another


def matches(observed: Sequence[Observed], answer: Any) -> bool:
    """Return whether one of several things is the answer, or one of them where it is a list: by id or by words."""
    wanted = answer if isinstance(answer, list) else [answer]
    return any(same(one.value, other) or same(one.words, other) for one in observed for other in wanted)


def clearly_best(tools: Sequence[Used]) -> Used | None:
    """Return the tool after which urges fell clearly more often than after any other; None where none stands out.

    It was rated after five urges or more, and so were all the others together. Urges fall by themselves: so even the
    low end of its range (the one-sided 90 % limit of Wilson, 1927) must lie above the share of urges that fell after
    each other tool rated so often, and after all the others together.
    """
    for tool in tools:
        others = [other for other in tools if other is not tool and other.rated]
        rated = sum(other.rated for other in others)
        if tool.rated < _ENOUGH or rated < _ENOUGH:
            continue
        shares = [sum(other.helped for other in others) / rated]
        shares += [other.helped / other.rated for other in others if other.rated >= _ENOUGH]
        if share_interval(tool.helped, tool.rated, _Z)[0] > max(shares):
            return tool
    return None
