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
from smartcli.journal.standing import order_for_erasing
from smartcli.journal.store import Journal
from smartcli.journal.traces import Trace, find_traces
from smartcli.language import _


class Erasure(NamedTuple):
    """What erasing came to: how many files are gone, and which files of others' making still name an entry.

    `closed` are files and folders that could not be opened: something of it may still be in them.
    """

    files: int
    mentions: list[Path]
    closed: list[Path]


def erase(journal: Journal, state: Path, ids: Collection[str]) -> Erasure:
    """Erase entries for good: the tombstones are durable before the first file goes. Raises Trouble (3).

    `state` is this device's state folder, of which all goes too that holds one of them, unfinished changes as well.
    """
    journal.erased.add(ids)
    traces = find_traces([journal.path, state], ids, journal.cache)
    _remove(journal, traces.files, ids)
    # What names it in the state folder are our own lists, of ids alone.
    mentions = [path for path in traces.mentions if journal.path in path.parents]
    return Erasure(len(traces.files), mentions, traces.closed)


def erase_returned(journal: Journal, state: Path) -> frozenset[str]:
    """Erase what the last listing found of entries that were erased before; return their ids. Raises Trouble (3).

    Changes to one that were typed on this device, and were not there where it was erased, are left: nobody has read
    them yet.
    """
    returned = journal.returned
    if returned:
        erased_with_it = journal.erased.drafts(returned)
        files = find_traces([journal.path, state], returned, journal.cache).files
        _remove(journal, [file for file in files if not file.is_change or file.draft in erased_with_it], returned)
        journal.returned = frozenset()
    return returned


def _remove(journal: Journal, files: Collection[Trace], ids: Collection[str]) -> None:
    for trace in _oldest_first(journal.path / "entries", files):
        with (
            disk_errors_as_trouble(_("Not all of it is erased yet")),
            contextlib.suppress(FileNotFoundError),  # another window, or a sync tool, was quicker
            Folder(trace.folder, shared=True) as folder,
        ):
            folder.remove(trace.name)
    names = {trace.name for trace in files}
    if journal.cache:
        journal.cache.forget(names)
    if journal.sealed_names:
        journal.sealed_names.forget(names)
    if journal.index:
        journal.index.forget(ids)


def _oldest_first(entries: Path, files: Collection[Trace]) -> list[Trace]:
    """Return the files in the order in which they go: by history, not by clocks, copies before what they are of."""
    ordered = order_for_erasing(file.entry for file in files if file.entry)
    place = {revision: number for number, revision in enumerate(ordered)}

    def age(file: Trace) -> tuple[int, bool]:
        is_own = entries in (file.folder, *file.folder.parents)
        # Torn, or a draft: nobody can say how old it is, and nothing shows it.
        return place[file.entry.revision] if file.entry else -1, is_own

    return sorted(files, key=age)
