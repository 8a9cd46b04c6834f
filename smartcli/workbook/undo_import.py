"""Taking back an import in one step: by new revisions, so that this can be taken back too."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from smartcli.entries.entry import DELETED, LIVE, DamagedEntryError, Entry
from smartcli.entries.revisions import with_state
from smartcli.journal.heads import Revision
from smartcli.journal.imports import Brought, Import
from smartcli.journal.standing import Head
from smartcli.journal.store import Journal

_MARK = "undone"  # the key of a revision that takes something back: when that was saved


class Undone(NamedTuple):
    """What taking back an import comes to: how many entries are hidden, put back as they were, left as they are."""

    hidden: int
    put_back: int
    left: int


def undo(journal: Journal, brought: Import, watch: Callable[[Sequence[Entry]], Iterable[Entry]] = iter) -> Undone:
    """Hide what an import brought, or put back the version that stood before it.

    What was changed since stays as it is. `watch` passes on what is written, one by one. Raises Trouble (3).
    """
    here = journal.revisions()
    written: list[Entry] = []
    left = 0
    for name, change in brought.entries.items():
        head = journal.head(here.get(name, []))
        if head is None or _is_as_before(head, change):
            continue
        back = _revision_back(journal, here[name], head, change)
        if back:
            written.append(back)
        else:
            left += 1
    journal.save_all(watch(written))
    hidden = sum(entry.deleted for entry in written)
    return Undone(hidden, len(written) - hidden, left)


def _is_as_before(head: Head, change: Brought) -> bool:
    """Return whether nothing stands any more of what an import did to an entry."""
    is_hidden_again = head.entry.deleted and change.before is None
    is_taken_back = is_undone(head.entry) and not {*change.added}.isdisjoint(head.entry.parents)
    return is_hidden_again or is_taken_back or {*head.revisions()} == {change.before}


def _revision_back(journal: Journal, revisions: Iterable[Revision], head: Head, change: Brought) -> Entry | None:
    """Return the revision that takes back what an import did to an entry; None when it was changed since."""
    stood = _read(journal, revisions, change.before) if change.before else None
    is_lost = change.before and not stood
    if head.unread or is_lost or _is_changed_since(journal, revisions, head, change):
        return None
    state = LIVE if stood and not stood.deleted else DELETED
    back = with_state(stood or head.entry, state, head.revisions())
    return Entry({**back.body, _MARK: back.body["saved"]})


def _is_changed_since(journal: Journal, revisions: Iterable[Revision], head: Head, change: Brought) -> bool:
    """Return whether something else stands than what an import brought."""
    if is_undone(head.entry):  # a later import was taken back: what stood before it stands again, as a new revision
        brought = (_read(journal, revisions, name) for name in change.added)
        return not any(entry and _says_the_same(entry, head.entry) for entry in brought)
    return bool({*head.revisions()} - {*change.added, change.before})


def _says_the_same(brought: Entry, put_back: Entry) -> bool:
    """Return whether a revision that `undo` wrote is another one in all but its place in the history."""
    return all(
        brought.body.get(name) == put_back.body.get(name)
        for name in {*brought.body, *put_back.body} - {"parents", "saved", "state", _MARK}
    )


def is_undone(entry: Entry) -> bool:
    """Return whether a revision was made by `undo`: the next import may then bring back what it took."""
    return bool(entry.body.get(_MARK) == entry.body["saved"])


def _read(journal: Journal, revisions: Iterable[Revision], wanted: str) -> Entry | None:
    try:
        return next((journal.read(one) for one in revisions if one.revision == wanted), None)
    except DamagedEntryError:
        return None
