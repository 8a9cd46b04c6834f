"""What goes into a backup: every version of every entry, own exercises, tombstones, drafts and settings."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from smartcli.entries.checking import as_entry
from smartcli.entries.entry import DamagedEntryError, NewerEntryError
from smartcli.journal import seal
from smartcli.journal.backup_file import CONFIG, DRAFTS, JOURNAL, Member, is_member_name
from smartcli.journal.erased import FOLDER as ERASED
from smartcli.journal.file_names import month_of
from smartcli.journal.files import Folder, has_folder
from smartcli.journal.heads import ENTRY
from smartcli.journal.store import Journal

ENTRIES, EXERCISES = f"{JOURNAL}entries/", f"{JOURNAL}exercises/"
TOMBSTONES = f"{JOURNAL}{ERASED}/"
_OWN_FILES = ("README.txt", "journal.json")


class _File(NamedTuple):
    """A file to go in: its name in the backup, and where it lies."""

    member: str
    folder: Path
    name: str
    may_be_missing: bool = False


@dataclass
class BackupContents:
    """The files of a journal and this device that go into a backup; going through `members` reads them.

    `unreadable` are the names of the files and folders that could not be read: they are missing in the backup, or are
    in it as damaged as they lie.
    """

    journal: Journal
    drafts: Path
    config: Path
    unreadable: list[str] = field(default_factory=list)
    entries: set[str] = field(default_factory=set)

    def members(self) -> Iterator[Member]:
        """Yield every file, sorted by name; raises Trouble when the journal's folder cannot be read."""
        self.unreadable, self.entries = [], set()
        files = sorted({file.member: file for file in self._files()}.values())
        folder: Folder | None = None
        try:
            for file in files:
                if folder is None or folder.path != file.folder:
                    if folder:
                        folder.close()
                    folder = None
                try:
                    folder = folder or Folder(file.folder, shared=True)
                    data = folder.read(file.name)
                except FileNotFoundError:
                    if not file.may_be_missing:
                        self.unreadable.append(file.name)
                    continue
                except OSError:
                    self.unreadable.append(file.name)
                    continue
                if file.member.startswith(ENTRIES):
                    self._note(file, data)
                yield Member(file.member, data)
        finally:
            if folder:
                folder.close()

    def _note(self, file: _File, data: bytes) -> None:
        """Note which entry a file is of, and whether it can be read."""
        self.entries.add(entry_of(file.member))
        if not is_readable(data):
            self.unreadable.append(file.name)

    def _files(self) -> Iterator[_File]:
        """Yield every file that goes in."""
        root = self.journal.path
        yield from self._entry_files()
        for name in _OWN_FILES:
            yield _File(JOURNAL + name, root, name, may_be_missing=True)
        for prefix, folder in ((EXERCISES, root / "exercises"), (TOMBSTONES, root / ERASED), (DRAFTS, self.drafts)):
            yield from self._files_in(folder, prefix)
        config = Path(os.path.realpath(self.config))  # it may be a link into a repository of dotfiles
        yield _File(CONFIG, config.parent, config.name, may_be_missing=True)

    def _files_in(self, folder: Path, prefix: str) -> Iterator[_File]:
        """Yield the files in a folder that a backup can hold; note a folder that cannot be opened."""
        try:
            if not has_folder(folder):
                return
            with Folder(folder, shared=True) as opened:
                names = [name for name, is_file in opened.names() if is_file]
        except OSError:
            self.unreadable.append(folder.name)
            return
        yield from (_File(prefix + name, folder, name) for name in names if is_member_name(prefix + name))

    def _entry_files(self) -> Iterator[_File]:
        """Yield the file of every revision, by the name it should have, wherever it lies."""
        erased = self.journal.erased.ids()
        revisions = self.journal.revisions()
        self.unreadable += [file.name for file in self.journal.unreadable]
        for name in revisions.folders:
            if name[ENTRY] not in erased:
                revision = revisions.revision(name)
                yield _File(_entry_member(name), self.journal.path / "entries" / revision.folder, revision.name)


def _entry_member(name: str) -> str:
    """Return what the file of a revision is called in a backup."""
    return f"{ENTRIES}{month_of(name)}/{name}"


def entry_of(member: str) -> str:
    """Return the id of the entry that a member is a revision of."""
    return member.rpartition("/")[2][ENTRY]


def is_readable(data: bytes) -> bool:
    """Return whether a file's bytes are an entry, also one that only a newer version can read."""
    try:
        as_entry(seal.opened(data))
    except NewerEntryError:
        return True
    except DamagedEntryError:
        return False
    return True
