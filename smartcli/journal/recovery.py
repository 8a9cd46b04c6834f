"""Recovery of the temporary files a crash left: whole entries are published, the rest is put aside.

Nothing is deleted but what the person erased: a temporary file is removed only after its bytes are safe under another
name.
"""

import contextlib
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

from smartcli.entries.checking import as_entry
from smartcli.entries.entry import DamagedEntryError
from smartcli.journal import seal
from smartcli.journal.aside import Aside
from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.drafts import Drafts
from smartcli.journal.files import TEMPORARY, Folder, is_folder
from smartcli.journal.store import Journal
from smartcli.journal.traces import is_change, owner
from smartcli.journal.unsealing import is_closed, plain_bytes
from smartcli.language import _

_OLD = 3600  # seconds; no write takes an hour, so an older temporary file is a leftover
_LEFTOVER = re.compile(re.escape(TEMPORARY) + r"(\d+)-[0-9a-f]+")  # the process id of its maker


def recover_leftovers(journal: Journal, drafts: Drafts, aside: Path, *, at_once: bool = False) -> int:
    """Recover our leftovers in the journal and the state folder; return how many were put aside.

    A whole entry that no draft holds any more was finished, only its name was missing: it is
    published. What was erased meanwhile goes for good. Anything else goes to the folder `aside`. A
    leftover the disk refuses to move waits for another time, and one that is sealed for a key.
    `at_once`: also those that are not old, if their process has ended.
    """
    put_aside = 0
    put = Aside(aside, drafts.seal_to)
    in_drafts = {draft.entry for draft in drafts.all()}
    months = _subfolders(journal.path / "entries")
    try:
        erased = journal.erased.read_ids()
    except OSError:  # what was erased could be published
        return 0
    for path in (journal.path, *months, drafts.path, drafts.path.parent):
        if path in months and drafts.closed:  # one of these drafts may hold the entry
            continue
        for name, sealed in _leftovers(path, at_once=at_once):
            if is_closed(sealed):
                continue
            with contextlib.suppress(OSError):
                data = plain_bytes(sealed)
                whose = owner(data)
                if whose in erased and not is_change(data):
                    if journal.erased.sure([whose]):
                        _remove(path, name)
                    continue
                published = path in months and _publish(journal, data, in_drafts)
                if not published:
                    put.add(name, sealed)
                # Only now, when the bytes are durable elsewhere: a crash before this repeats the
                # work.
                _remove(path, name)
                if not published:
                    put_aside += 1
    return put_aside


def drop_unpublished(journal: Journal, entry: str) -> None:
    """Remove what was never published of an entry whose draft is discarded, or the next recovery would publish it.

    The caller holds the draft, so nothing is writing it. Raises Trouble (3).
    """
    for path in _subfolders(journal.path / "entries"):
        with disk_errors_as_trouble(_("The unfinished exercise could not be deleted")), Folder(path) as folder:
            for name in [*_plain_files(folder)]:
                if _LEFTOVER.fullmatch(name) and _owner(folder.read(name)) == entry:
                    folder.remove(name)


def keep_unpublished(journal: Journal, aside: Aside) -> None:
    """Put aside every sealed leftover of an entry whose process has ended, while no key is held.

    Where a draft is discarded without a key, nobody can tell which of them is of its entry; none is to be published by
    the next recovery as if it had been finished. Raises Trouble (3).
    """
    with disk_errors_as_trouble(_("The unfinished exercise could not be deleted")):
        for path in _subfolders(journal.path / "entries"):
            for name, data in _leftovers(path, at_once=True):
                if is_closed(data):
                    aside.add(name, data)
                    _remove(path, name)


def _owner(data: bytes) -> str | None:
    """Return whose the bytes of a leftover are; None where that takes a key."""
    return None if is_closed(data) else owner(plain_bytes(data))


def _subfolders(path: Path) -> list[Path]:
    """Return the folders in a folder; none when it is missing or cannot be opened."""
    if not is_folder(path):
        return []
    with contextlib.suppress(OSError), Folder(path) as folder:
        return [path / name for name, is_file in folder.names() if not is_file]
    return []


def _leftovers(path: Path, *, at_once: bool = False) -> list[tuple[str, bytes]]:
    """Return the name and bytes of each temporary file of ours whose process has ended, once it is old or `at_once`."""
    leftovers = []
    with contextlib.suppress(OSError), Folder(path, shared=True) as folder:
        for name in _plain_files(folder):
            match = _LEFTOVER.fullmatch(name)
            if match and (at_once or _is_old(path / name)) and not _is_running(int(match[1])):
                with contextlib.suppress(OSError):
                    leftovers.append((name, folder.read(name)))
    return leftovers


def _plain_files(folder: Folder) -> Iterator[str]:
    return (name for name, is_file in folder.names() if is_file)


def _is_old(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > _OLD


def _is_running(pid: int) -> bool:
    """Return whether a process runs; False on Windows, where asking would send it Ctrl-C."""
    if os.name != "posix":
        return False
    try:
        os.kill(pid, 0)  # signal 0 is never sent: this only asks for the process
    except ProcessLookupError:
        return False
    except OSError:  # it runs, but for another user
        return True
    return True


def _publish(journal: Journal, data: bytes, in_drafts: set[str]) -> bool:
    """Publish a leftover that is a whole entry and in no draft; return whether it was published."""
    try:
        entry = as_entry(seal.opened(data))
    except DamagedEntryError:
        return False
    if entry.id in in_drafts:
        return False
    journal.save(entry)
    return True


def _remove(path: Path, name: str) -> None:
    with Folder(path, shared=True) as folder:
        folder.remove(name)
