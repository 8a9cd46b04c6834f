"""What stood beside urges: triggers, and the state the person was in."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from smartcli.insights.notes import Named, Notes, Urge
from smartcli.insights.section import ENOUGH, Section, mean
from smartcli.language import _


class Cue(NamedTuple):
    """One thing that stood beside urges: how often, how strong they were, how many of `known` were acted on."""

    name: str
    n: int
    strength: float | None
    acted: int | None
    known: int


def rank_triggers(notes: Notes) -> Section[Cue]:
    """Return what set urges off, most frequent first. Only what stands beside a rated urge counts."""
    return _beside("triggers", _("Triggers"), notes.urges, lambda urge: urge.triggers)


def rank_states(notes: Notes) -> Section[Cue]:
    """Return the states the person was in (hungry, angry, lonely, tired), most frequent first."""
    return _beside("contexts", _("How you were at the time"), notes.urges, lambda urge: urge.contexts)


def _beside(name: str, title: str, urges: Iterable[Urge], of: Callable[[Urge], Sequence[Named]]) -> Section[Cue]:
    """Return how urges were beside each thing; below four of them only how many there were."""
    named = [urge for urge in urges if of(urge)]
    found: dict[str, list[Urge]] = defaultdict(list)
    for urge in named:
        for one in of(urge):
            found[one.key].append(urge)
    called = names(one for urge in named for one in of(urge))
    rows = sorted((_row(called[key], there) for key, there in found.items()), key=lambda row: (-row.n, row.name))
    return Section(name, title, len(named), ENOUGH, rows if len(named) >= ENOUGH else [])


def _row(name: str, urges: Sequence[Urge]) -> Cue:
    known = [one.acted for one in urges if one.acted is not None]
    enough = len(urges) >= ENOUGH
    return Cue(
        name, len(urges), mean(one.before for one in urges), known.count(True) if enough and known else None, len(known)
    )


def most_frequent(urges: Iterable[Urge]) -> tuple[list[str], int]:
    """Return what set most urges off, by name, and how often; several where they are level, none where nothing did."""
    triggers = [trigger for urge in urges for trigger in urge.triggers]
    times = Counter(trigger.key for trigger in triggers)
    most = max(times.values(), default=0)
    return [name for key, name in sorted(names(triggers).items()) if times[key] == most], most


def names(named: Iterable[Named]) -> dict[str, str]:
    """Return what each thing is called: in the words used most (ties: first in the alphabet)."""
    words: dict[str, Counter[str]] = defaultdict(Counter)
    for one in named:
        words[one.key][one.words] += 1
    return {key: min(used, key=lambda said: (-used[said], said)) for key, used in words.items()}
