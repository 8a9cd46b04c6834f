"""What is never counted: self-harm. The rule stands here alone, and whatever counts entries asks it.

A number of times somebody hurt themselves, or did not, helps nobody and can be read as a score to beat. The entries
themselves are kept, shown and exported like any other.

`families` is everywhere the family of each of the person's behaviours, by its folded name.
"""

from collections.abc import Mapping

from smartcli.entries.entry import Entry
from smartcli.fields.base import SELF_HARM
from smartcli.words import folded

# An entry with an answer to one of these measures is about a behaviour, whether it names one or not.
_OF_A_BEHAVIOUR = frozenset({"urge.before", "lapse", "urge.acted"})
NO_AMOUNTS = frozenset({SELF_HARM, "eating", "eating-restrict"})  # families of which no amount is asked or shown


def has_self_harm(families: Mapping[str, str]) -> bool:
    """Return whether self-harm is among the person's behaviours."""
    return SELF_HARM in families.values()


def has_only_self_harm(families: Mapping[str, str]) -> bool:
    """Return whether self-harm is all that the person wants to change, by whatever names."""
    return set(families.values()) == {SELF_HARM}


def is_about_self_harm(behaviour: str | None, families: Mapping[str, str]) -> bool:
    """Return whether the behaviour that an entry names is of the family self-harm: nothing of it is counted."""
    return families.get(folded(behaviour or "")) == SELF_HARM


def is_about_no_behaviour(entry: Entry) -> bool:
    """Return whether an entry names no behaviour and tells of no urge or lapse, as a check-in does: it is counted."""
    return not folded(entry.behaviour or "") and not tells_of_unnamed_behaviour(entry)


def tells_of_unnamed_behaviour(entry: Entry) -> bool:
    """Return whether an entry tells of an urge or a lapse, and does not say of which behaviour."""
    return not folded(entry.behaviour or "") and not entry.measures.isdisjoint(_OF_A_BEHAVIOUR)


def may_have_amounts(behaviour: str, families: Mapping[str, str]) -> bool:
    """Return whether amounts of a behaviour are shown: never of self-harm or eating.

    Nor amounts of nothing in particular where there is such a behaviour.
    """
    if not folded(behaviour):
        return not NO_AMOUNTS & set(families.values())
    return families.get(folded(behaviour)) not in NO_AMOUNTS


def may_be_about_self_harm(behaviour: str | None, families: Mapping[str, str]) -> bool:
    """Return whether an entry could be about self-harm: it names it, or names nothing where there is such a behaviour.

    For urges, lapses, and the words beside them. When in doubt they are not counted.
    """
    if not folded(behaviour or ""):
        return has_self_harm(families)
    return is_about_self_harm(behaviour, families)
