"""The files of entries as an examination reads them: every byte, from the disk, and named where they cannot be read."""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from smartcli.entries.checking import as_entry
from smartcli.entries.entry import DamagedEntryError, Entry
from smartcli.journal import seal
from smartcli.journal.file_names import file_name_of, is_foreign
from smartcli.journal.files import Folder, NotAFileError, is_folder
from smartcli.journal.heads import is_well_formed
from smartcli.journal.health import Health, Kind
from smartcli.journal.index import Index, Seen, Traits
from smartcli.journal.sealed_sums import SealedSums
from smartcli.language import _
from smartcli.lock import keyring

# How the name of a file ends that iCloud keeps elsewhere: ".<name>.icloud".
_PLACEHOLDERS = (f"{seal.SUFFIX}.icloud", f"{seal.SEALED_SUFFIX}.icloud")


class EntryFile(NamedTuple):
    """A file among the entries: its month or letter, its name, and its entry, or else why that cannot be read.

    `own` is the well-formed name that a sealed file stands for. `is_closed`: it is sealed, and no key held opens it.
    """

    month: str
    name: str
    entry: Entry | None = None
    why: str = ""
    own: str = ""
    is_closed: bool = False

    @property
    def identity(self) -> str:
        """The name by which the file is known: the one that its revision should have, where that can be told."""
        if self.entry and not is_well_formed(self.name):
            return self.own or file_name_of(self.entry)
        return self.name


@dataclass
class ExaminedFiles:
    """Reads every file among the entries; what is wrong with folders and other files goes into `health`.

    Afterwards: `sealed` are the names of sealed files; `elsewhere` the files that iCloud has not downloaded, by the
    names they should have; `closed` the folders that cannot be opened; `seen` what the index is to be compared with.
    """

    journal: Path
    index: Index
    sums: SealedSums
    health: Health
    sealed: list[str] = field(default_factory=list)
    elsewhere: dict[str, EntryFile] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    seen: dict[str, Seen] = field(default_factory=dict)

    def read_all(self) -> Iterator[EntryFile]:
        """Yield every file among the entries, read; name those of others, and folders that cannot be opened."""
        root = self.journal / "entries"
        if not is_folder(root):
            return
        months = []
        try:
            with Folder(root, shared=True) as folder:
                for name, is_file in sorted(folder.names()):
                    if is_file:  # beside the folders of months, as in a backup that was copied back by hand
                        yield from self._entry_file(folder, "", name)
                    elif not name.startswith("."):
                        months.append(name)
        except OSError:
            self._close(root.name)
        for month in sorted(months):
            try:
                with Folder(root / month, shared=True) as folder:
                    for name in sorted(folder.list_names()):
                        yield from self._entry_file(folder, month, name)
            except OSError:
                self._close(month)

    def _close(self, name: str) -> None:
        self.closed.add(name)
        self.health.find(Kind.FOLDER, name, _("cannot be opened"))

    def _entry_file(self, folder: Folder, month: str, name: str) -> Iterator[EntryFile]:
        """Yield one file among the entries, unless it is another program's."""
        if name.startswith(".") and name.endswith(_PLACEHOLDERS):
            own = name.removeprefix(".").removesuffix(".icloud")
            if is_well_formed(own):
                self.elsewhere[own] = EntryFile(month, name)
            self.health.find(Kind.DAMAGED, name, _("not downloaded yet"))
        elif is_foreign(name):
            self.health.left_by_others.append(name)
        elif not name.endswith((seal.SUFFIX, seal.SEALED_SUFFIX)):
            self.health.find(Kind.FOREIGN, name, _("not an entry"))
        else:
            yield self._read(folder, month, name)

    def _read(self, folder: Folder, month: str, name: str) -> EntryFile:
        is_sealed = seal.is_sealed_name(name)
        if is_sealed:
            self.sealed.append(name)
        try:
            status = folder.status(name)
            data = folder.read(name)
            file = self._open(month, name, data) if is_sealed else EntryFile(month, name, as_entry(seal.opened(data)))
        except NotAFileError as error:
            return EntryFile(month, name, why=error.strerror or "")
        except OSError:
            return EntryFile(month, name, why=_("cannot be opened"))
        except DamagedEntryError as error:
            if not is_sealed:
                with contextlib.suppress(OSError):
                    self._note_seen(name, folder.status(name), None)
            return EntryFile(month, name, why=str(error))
        if file.entry:
            self._note_seen(file.identity, None if is_sealed else status, file.entry)
        return file

    def _open(self, month: str, name: str, data: bytes) -> EntryFile:
        """Return a sealed file, opened if a key that is held does; raises DamagedEntryError."""
        if self.sums.is_changed(name, data):
            raise DamagedEntryError(_("not as it was at the last look"))
        if not seal.can_be_opened(data):
            raise DamagedEntryError(_("not readable"))
        if keyring.is_empty():
            return EntryFile(month, name, is_closed=True)
        try:
            plain, own = seal.unseal(data)
        except seal.OtherKeyError:
            return EntryFile(month, name, is_closed=True)
        return EntryFile(month, name, as_entry(seal.opened(plain)), own=own)

    def _note_seen(self, name: str, status: os.stat_result | None, entry: Entry | None) -> None:
        """Note what is so of a file, for the index to be compared with."""
        if self.index.is_there and is_well_formed(name):
            is_own = entry is not None and file_name_of(entry) == name
            self.seen[name] = Seen(status, Traits.of(entry) if entry and is_own else None)
