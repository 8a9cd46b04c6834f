"""An entry in one line: the answers its exercise marks as `headline`."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from smartcli.fields.measures import MEASURES
from smartcli.language import _
from smartcli.moments import lasted
from smartcli.words import enumerated

if TYPE_CHECKING:
    from smartcli.entries.entry import Answered

_BEFORE = {measure.pairs_with: name for name, measure in MEASURES.items() if measure.pairs_with}  # by the one after
_PAIRED = frozenset([*_BEFORE, *_BEFORE.values()])
_TIMED = 60  # seconds between two ratings from which on their time apart says something


def is_in_summary(stored: Mapping[str, Any]) -> bool:
    """Return whether a stored question may have a part in the summary: a headline, or one of two ratings."""
    return bool(stored.get("headline")) or stored.get("measure") in _PAIRED


def summary_line(answered: Sequence["Answered"], last: Callable[[str], Any], *, own_words: bool) -> str:
    """Return the headlines among some answers as one line: "urge strength 7 before, 4 after 6 minutes, walking".

    `last` gives the last answer to a measure, which may stand in a table of further rounds. What was rated
    before and after stands together, where the first of the two is. Without `own_words` the line holds only
    numbers and words of ours.
    """
    first: dict[str, Answered] = {}
    for one in answered:
        first.setdefault(one.field.measure, one)
    parts = []
    for one in answered:
        if not one.field.headline or _BEFORE.get(one.field.measure) in first:
            continue
        if own_words or not one.field.has_own_words(one.answer):
            measure = MEASURES.get(one.field.measure)
            after = first.get(measure.pairs_with) if measure and measure.pairs_with else None
            parts.append(_part(one, after, last))
    return enumerated(part for part in parts if part)


def _part(one: "Answered", after: "Answered | None", last: Callable[[str], Any]) -> str:
    """Return one answer as a part of the line, with the rating `after` it if there is one."""
    if after is None:
        return one.field.in_summary(one.answer)
    return one.field.in_headline(_both(one, after, after.field.brief(last(after.field.measure))))


def _both(one: "Answered", after: "Answered", rated: str) -> str:
    """Return two ratings, the one `after` it as it was `rated` last, with the time between where it says something."""
    before = one.field.brief(one.answer)
    if one.after_seconds is not None and after.after_seconds is not None:
        seconds = after.after_seconds - one.after_seconds
        if seconds >= _TIMED:
            return _("{before} before, {after} after {time}", before=before, after=rated, time=lasted(seconds))
    return _("{before} before, {after} after", before=before, after=rated)
