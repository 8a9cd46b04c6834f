"""Temporary files that a crash has left: whole ones are published, the others put aside. None is deleted."""

import contextlib
import os
import re
import time
from pathlib import Path

from smartcli.entries.checking import as_entry
from smartcli.entries.entry import DamagedEntryError
from smartcli.journal import seal
from smartcli.journal.drafts import Drafts
from smartcli.journal.files import TEMPORARY, Folder, is_folder
from smartcli.journal.store import Journal

_OLD = 3600  # seconds after which a temporary file can only be a leftover
_PID = re.compile(re.escape(TEMPORARY) + r"(\d+)-[0-9a-f]+")


def sweep(journal: Journal, drafts: Drafts, aside: Path) -> int:
    """See to our leftovers in the journal and the state folder; return how many were put aside in `aside`.

    A whole entry that no draft holds any more is published: it was finished, only its name was missing. Anything
    else goes to `aside`. What cannot be done is left for another time.
    """
    moved = 0
    held = {draft.entry for draft in drafts.all()}
    entries = journal.path / "entries"
    months = [*_folders(entries)] if is_folder(entries) else []
    for path in (journal.path, *months, drafts.path, drafts.path.parent):
        for name, data in _leftovers(path):
            with contextlib.suppress(OSError):
                if path in months and _publish(journal, data, held):
                    _remove(path, name)
                else:
                    with Folder(aside, create=True) as folder:
                        folder.publish(name, data)
                    _remove(path, name)
                    moved += 1
    return moved


def _folders(path: Path) -> list[Path]:
    with contextlib.suppress(OSError), Folder(path) as folder:
        return [path / name for name, plain in folder.names() if not plain]
    return []


def _leftovers(path: Path) -> list[tuple[str, bytes]]:
    """Return our old temporary files in a folder whose makers are gone."""
    found = []
    with contextlib.suppress(OSError), Folder(path, shared=True) as folder:
        for name, plain in folder.names():
            match = _PID.fullmatch(name) if plain else None
            if match and _old(path / name) and not _alive(int(match[1])):
                with contextlib.suppress(OSError):
                    found.append((name, folder.read(name)))
    return found


def _old(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > _OLD


def _alive(pid: int) -> bool:
    if os.name != "posix":
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _publish(journal: Journal, data: bytes, held: set[str]) -> bool:
    """Publish a leftover that is a whole entry, unless a draft still holds all of it; return whether that was done."""
    try:
        entry = as_entry(seal.opened(data))
    except DamagedEntryError:
        return False
    if entry.id in held:
        return False
    journal.save(entry)
    return True


def _remove(path: Path, name: str) -> None:
    with Folder(path, shared=True) as folder:
        folder.remove(name)
