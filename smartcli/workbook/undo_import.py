"""Taking back an import in one step: by new revisions, so that this can be taken back too."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from smartcli.entries.entry import DELETED, LIVE, DamagedEntryError, Entry
from smartcli.entries.revisions import with_state
from smartcli.journal.heads import Revision
from smartcli.journal.imports import Import
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
    for name, one in brought.entries.items():
        head = journal.head(here.get(name, []))
        if head is None or (head.entry.deleted and one.before is None) or taken_back(head.entry):
            continue
        stands = {*head.revisions()}
        if stands == {one.before}:
            continue
        stood = _read(journal, here[name], one.before) if one.before else None
        if head.unread or stands - {*one.added, one.before} or (one.before and not stood):
            left += 1
            continue
        state = DELETED if stood is None or stood.deleted else LIVE
        back = with_state(stood or head.entry, state, head.revisions())
        written.append(Entry({**back.body, _MARK: back.body["saved"]}))
    journal.save_all(watch(written))
    hidden = sum(one.deleted for one in written)
    return Undone(hidden, len(written) - hidden, left)


def taken_back(entry: Entry) -> bool:
    """Return whether a revision was made by `undo`: the next import may then bring back what it took."""
    return bool(entry.body.get(_MARK) == entry.body["saved"])


def _read(journal: Journal, revisions: Iterable[Revision], wanted: str) -> Entry | None:
    try:
        return next((journal.read(one) for one in revisions if one.revision == wanted), None)
    except DamagedEntryError:
        return None
