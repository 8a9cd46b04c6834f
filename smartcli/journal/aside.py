"""What a crash put aside: files that could not be told to be finished, until the person decides."""

import contextlib
from dataclasses import dataclass
from pathlib import Path

from smartcli.entries.checking import as_entry
from smartcli.entries.entry import DamagedEntryError, Entry
from smartcli.journal import seal
from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.draft import Draft, parse
from smartcli.journal.files import TEMPORARY, Folder, is_folder
from smartcli.journal.unsealing import is_closed, plain_bytes, seal_whole
from smartcli.language import _
from smartcli.trouble import Trouble

NAME = "lost+found"  # the folder's name in the state folder


@dataclass
class AsideFile:
    """One file that was put aside: its bytes, and what they are: an entry, a draft, or None where neither is whole.

    `is_closed`: it is sealed and no key is held, so nobody can tell what it holds.
    """

    name: str
    data: bytes
    holds: Entry | Draft | None
    is_closed: bool = False

    @property
    def id(self) -> str:
        """The part of its name that tells it from the others."""
        return self.name.removeprefix(TEMPORARY).rpartition("-")[2] or self.name


@dataclass
class Aside:
    """The folder of what was put aside on this device; `seal_to` as in Drafts."""

    path: Path
    seal_to: str = ""

    def __len__(self) -> int:
        """Return how many files were put aside, without opening any."""
        with contextlib.suppress(OSError), Folder(self.path) as folder:
            return len(folder.list_names())
        return 0

    def all(self) -> list[AsideFile]:
        """Return every file that was put aside; raises Trouble (3) when the folder cannot be opened."""
        if not is_folder(self.path):
            return []
        files = []
        with disk_errors_as_trouble(_("What was put aside cannot be read")), Folder(self.path) as folder:
            for name, is_file in sorted(folder.names()):
                data = b""
                with contextlib.suppress(OSError):  # listed all the same: it can be deleted
                    data = folder.read(name) if is_file else b""
                files.append(_aside_file(name, data, self.path))
        return files

    def add(self, name: str, data: bytes) -> None:
        """Put a file aside, durably; the same one there is as good. Raises OSError, MissingLibraryTrouble."""
        data = seal_whole(data, self.seal_to)
        with Folder(self.path, create=True) as folder:
            try:
                folder.publish(name, data)
            except FileExistsError:  # a crash left it here too
                folder.sync()

    def settle(self, *, anew: bool = False) -> None:
        """Seal every file, or make it plain again, as `seal_to` says; raises Trouble (3), LockedTrouble.

        `anew` seals those again that are sealed: to another key.
        """
        if not is_folder(self.path):
            return
        with disk_errors_as_trouble(_("What was put aside cannot be rewritten")), Folder(self.path) as folder:
            for name in [name for name, is_file in folder.names() if is_file]:
                data = folder.read(name)
                plain = plain_bytes(data) if anew or not self.seal_to else data
                settled = seal_whole(plain, self.seal_to)
                if settled != data:
                    folder.replace(name, settled)

    def find(self, beginning: str) -> AsideFile | None:
        """Return the one file whose id begins so, None where there is none; raises Trouble for several."""
        wanted = beginning.strip().casefold()
        found = [file for file in self.all() if file.id.startswith(wanted)] if wanted else []
        if len(found) > 1:
            raise Trouble(_("Several files have ids that begin like this."), hint=_("Give a few more characters."))
        return found[0] if found else None

    def remove(self, file: AsideFile) -> None:
        """Remove a file for good; raises Trouble (3)."""
        with (
            disk_errors_as_trouble(_("The file could not be deleted")),
            Folder(self.path) as folder,
            contextlib.suppress(FileNotFoundError),
        ):
            folder.remove(file.name)


def _aside_file(name: str, data: bytes, folder: Path) -> AsideFile:
    if is_closed(data):
        return AsideFile(name, data, None, is_closed=True)
    data = plain_bytes(data)
    return AsideFile(name, data, _held_in(data, folder))


def _held_in(data: bytes, folder: Path) -> Entry | Draft | None:
    with contextlib.suppress(DamagedEntryError):
        return as_entry(seal.opened(data))
    with contextlib.suppress(ValueError):
        return parse("", data, folder)
    return None
