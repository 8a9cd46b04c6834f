"""Erasing entries for good: a tombstone first, then every file that holds one, the newest version last.

Cut short at any step, what is left is the newest version and never something older brought back, and the tombstone
sees to it that the rest goes with the next look at the journal.
"""

import contextlib
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.files import Folder
from smartcli.journal.store import Journal, order_for_erasing
from smartcli.journal.traces import Trace, find_traces
from smartcli.language import _


class Erasure(NamedTuple):
    """What erasing came to: how many files are gone, and which files of others' making still name an entry."""

    files: int
    mentions: list[Path]


def erase(journal: Journal, state: Path, ids: Collection[str]) -> Erasure:
    """Erase entries for good: the tombstones are durable before the first file goes. Raises Trouble (3).

    `state` is this device's state folder, of which all goes too that holds one of them, but for drafts in use.
    """
    journal.erased.add(ids)
    return _remove_traces(journal, state, ids)


def erase_returned(journal: Journal, state: Path) -> frozenset[str]:
    """Erase what the last listing found of entries that were erased before; return their ids. Raises Trouble (3)."""
    returned = journal.returned
    if returned:
        _remove_traces(journal, state, returned)
        journal.returned = frozenset()
    return returned


def _remove_traces(journal: Journal, state: Path, ids: Collection[str]) -> Erasure:
    traces = find_traces([journal.path, state], ids)
    for trace in _oldest_first(journal.path / "entries", traces.files):
        with (
            disk_errors_as_trouble(_("Not erased")),
            contextlib.suppress(FileNotFoundError),  # another window, or a sync tool, was quicker
            Folder(trace.folder, shared=True) as folder,
        ):
            folder.remove(trace.name)
    if journal.index:
        journal.index.forget(ids)
    return Erasure(len(traces.files), traces.mentions)


def _oldest_first(entries: Path, files: Collection[Trace]) -> list[Trace]:
    """Return the files in the order in which they go: by history, not by clocks, copies before what they are of."""
    ordered = order_for_erasing(file.entry for file in files if file.entry)
    place = {revision: number for number, revision in enumerate(ordered)}

    def age(file: Trace) -> tuple[int, bool]:
        is_own = entries in file.folder.parents
        # Torn, or a draft: nobody can say how old it is, and nothing shows it.
        return place[file.entry.revision] if file.entry else -1, is_own

    return sorted(files, key=age)
