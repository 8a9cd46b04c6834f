"""What an import says: what is in a file, what cannot be taken in, what was taken back."""

from collections.abc import Iterator

from smartcli.exchange.imported import left_in_file, refused
from smartcli.moments import day_said
from smartcli.trouble import Trouble
from smartcli.words import count as counted
from smartcli.words import joined
from smartcli.workbook.importing import BACK, CHANGED, HERE, HIDDEN, NEW, VERSION, Count
from smartcli.workbook.undo_import import Undone

_NAMED = 5  # of what cannot be taken in; the rest is counted, so that it fits a small screen
_STATES = {NEW: "new", VERSION: "in a version that is new", BACK: "back from an undone import", HERE: "here already"}


def describe_count(program: str, count: Count) -> Iterator[str]:
    """Yield what is in a file of another program, in sentences; at least one entry must have been counted."""
    assert count.first
    assert count.last
    span = day_said(count.first)
    if count.first != count.last:
        span = f"{span} to {day_said(count.last)}"
    yield f"From {program}: {counted(count.found, 'entry', 'entries')}, {span}."
    states = joined(f"{count.states[state]:,} {words}" for state, words in _STATES.items() if count.states[state])
    if states:
        yield f"{states.capitalize()}."
    if count.states[HIDDEN]:
        yield f"You deleted {count.states[HIDDEN]:,} of them here: they stay so. smartcli restore ID brings one back."
    if count.states[CHANGED]:
        yield f"You changed {count.states[CHANGED]:,} of them here, and they stay as you have them."
    if count.beside:
        yield f"What there is no question for (tags, stars, places) is kept beside the words: in {count.beside:,}."
    if count.coming:
        yield f"Dated in the future, and kept so: {count.coming:,}."
    if count.behind:
        behind = joined(left_in_file(what, number) for what, number in sorted(count.behind.items()))
        yield f"Stays in the file: {behind}."
    if count.empty:
        yield f"Empty, and passed over: {count.empty:,}."
    yield from _describe_left(count)


def nothing_to_import(count: Count) -> Trouble:
    """Return the trouble that says why nothing in a file can be taken in."""
    if not count.left:
        return refused("There are no entries in this file.")
    return refused("\n".join(["Nothing in this file can be taken in.", *_describe_left(count)]))


def describe_undone(undone: Undone) -> Iterator[str]:
    """Yield what taking back an import came to, in sentences."""
    hidden = counted(undone.hidden, "entry", "entries")
    yield f"Hidden again: {hidden}. Importing the file once more brings them back."
    if undone.put_back:
        yield f"As before: {counted(undone.put_back, 'entry', 'entries')}."
    if undone.left:
        yield f"Changed here since, and left as they are: {counted(undone.left, 'entry', 'entries')}."


def _describe_left(count: Count) -> Iterator[str]:
    """Yield what of a file cannot be taken in, and why: the first few, then how many more."""
    if not count.left:
        return
    yield f"Not taken in: {len(count.left):,}."
    for left in count.left[:_NAMED]:
        yield f"  {left.place}: {left.why}"
    if len(count.left) > _NAMED:
        yield f"  and {len(count.left) - _NAMED:,} more"
