"""Tombstones: which entries were erased, without a word of them, so that nothing brings one back.

One file an erased entry, in the journal's folder `erased`: it is synced with the journal, so that every device,
backup and old copy that comes back meets it. An older version of the program passes the folder by.
"""

import contextlib
import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from smartcli.entries.entry import ID
from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.files import Folder
from smartcli.language import _
from smartcli.moments import now

FOLDER = "erased"  # its name in the journal's folder, in every released version
_FORMAT = 1
_LARGEST = 4096  # bytes; a larger file is no tombstone

# A tombstone's name, also as a sync tool changes it: "<id> 2.json", "<id>.sync-conflict-….json", ".<id>.json.icloud".
_names_entry = re.compile(r"\.?([a-z2-7]{13})(?![a-z0-9]).*\.json(?:\.icloud)?", re.ASCII).fullmatch


@dataclass(frozen=True)
class Erased:
    """The tombstones in a folder; reading never writes, and a folder that cannot be read holds none."""

    folder: Path

    def ids(self) -> frozenset[str]:
        """Return the ids of the entries that may not be brought back: those that tombstones are called by.

        No file is opened: a tombstone that is damaged, or not downloaded yet, keeps its entry away all the same.
        """
        with contextlib.suppress(OSError):
            return self.read_ids()
        return frozenset()

    def read_ids(self) -> frozenset[str]:
        """Return the same ids; raises OSError where it cannot be found out which: for whoever brings entries back."""
        try:
            with Folder(self.folder) as folder:
                names = folder.list_names()
        except FileNotFoundError:
            return frozenset()
        return frozenset(match[1] for match in map(_names_entry, names) if match)

    def sure(self, ids: Iterable[str]) -> frozenset[str]:
        """Return those of the ids whose tombstone is whole: only what it names may be removed from the disk."""
        wanted = [*ids]
        if not wanted:
            return frozenset()
        try:
            with Folder(self.folder) as folder:
                return frozenset(entry for entry in wanted if _is_whole(folder, entry))
        except OSError:
            return frozenset()

    def drafts(self, ids: Iterable[str]) -> frozenset[str]:
        """Return the ids of the drafts that were erased together with these entries."""
        found: set[str] = set()
        with contextlib.suppress(OSError), Folder(self.folder) as folder:
            for entry in ids:
                named = (_read(folder, entry) or {}).get("drafts", [])
                found.update(draft for draft in named if isinstance(draft, str))
        return frozenset(found)

    def damaged(self) -> list[str]:
        """Return the names of the tombstones that do not say what they should; raises OSError."""
        try:
            with Folder(self.folder, shared=True) as folder:
                names = [name for name in folder.list_names() if not name.endswith(".icloud")]
                found = {name: match[1] for name in names if (match := _names_entry(name))}
                return sorted(name for name, entry in found.items() if not _is_whole(folder, entry, name))
        except FileNotFoundError:
            return []

    def add(self, ids: Collection[str], drafts: Collection[str] = ()) -> None:
        """Write a tombstone for each of the ids; durable on return. Raises Trouble (3).

        `drafts` are the ids of the drafts that are erased with them: cut short, the next look erases those too.
        """
        if not ids:
            return
        with disk_errors_as_trouble(_("Not erased")), Folder(self.folder, create=True) as folder:
            for entry in sorted(ids):
                if _is_whole(folder, entry):
                    continue
                try:
                    folder.place(_name(entry), _tombstone(entry, drafts))
                except FileExistsError:  # a damaged one
                    folder.replace(_name(entry), _tombstone(entry, drafts))
            folder.sync()  # also what was there: another window may not have got so far


def _name(entry: str) -> str:
    return f"{entry}.json"


def _tombstone(entry: str, drafts: Collection[str]) -> bytes:
    """Return a tombstone's bytes: which entry was erased, and on which day."""
    said: dict[str, Any] = {"format": _FORMAT, "id": entry, "erased": now().date().isoformat()}
    if drafts:
        said["drafts"] = sorted(drafts)
    return (json.dumps(said) + "\n").encode("ascii")


def _is_whole(folder: Folder, entry: str, name: str = "") -> bool:
    """Return whether an entry's tombstone is there and says what it should; `name` as for `_read`."""
    return _read(folder, entry, name) is not None


def _read(folder: Folder, entry: str, name: str = "") -> dict[str, Any] | None:
    """Return what an entry's tombstone says, None where it is not whole; a newer version may say more.

    `name` is what a sync tool calls it, if another.
    """
    try:
        said = json.loads(folder.read(name or _name(entry), _LARGEST))
        date.fromisoformat(said["erased"])
        return said if ID.fullmatch(entry) and said["id"] == entry else None
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
