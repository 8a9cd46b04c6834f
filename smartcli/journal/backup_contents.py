"""What goes into a backup: every version of every entry, own exercises, tombstones, drafts and settings.

A locked journal is backed up as it lies, which takes no key: sealed files under the random names they have, with the
key files that open them. What is opened or left readable on this device does not go in.
"""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from smartcli.entries.checking import as_entry
from smartcli.entries.entry import DamagedEntryError, Entry, NewerEntryError
from smartcli.journal import seal
from smartcli.journal.backup_file import CONFIG, DRAFTS, JOURNAL, Member, is_member_name, name_by_content
from smartcli.journal.entry_files import EntryFiles
from smartcli.journal.erased import FOLDER as ERASED
from smartcli.journal.file_names import file_name_of, is_foreign, month_of
from smartcli.journal.files import Folder, has_folder
from smartcli.journal.heads import ENTRY
from smartcli.journal.journal_lock import KEYS
from smartcli.lock import keyring

ENTRIES, EXERCISES = f"{JOURNAL}entries/", f"{JOURNAL}exercises/"
TOMBSTONES = f"{JOURNAL}{ERASED}/"
LOCK_NOTES, KEY_FILES = f"{JOURNAL}lock-", f"{JOURNAL}{KEYS}/"
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

    `waiting` are entries that wait on this device to join the journal. `unreadable` are the names of the files and
    folders that could not be read: they are missing in the backup, or are in it as damaged as they lie. `entries` are
    the ids of entries in plain, `sealed` is the number of sealed files, and `versions` the names of both.
    """

    journal: EntryFiles
    drafts: Path
    config: Path
    waiting: EntryFiles | None = None
    unreadable: list[str] = field(default_factory=list)
    entries: set[str] = field(default_factory=set)
    sealed: int = 0
    versions: set[str] = field(default_factory=set)

    def members(self) -> Iterator[Member]:
        """Yield every file, sorted by name; raises Trouble when the journal's folder cannot be read."""
        self.unreadable, self.entries, self.sealed, self.versions = [], set(), 0, set()
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
        """Note which entry a file is of, as far as its name says, and whether it can be read."""
        self.versions.add(name_in(file.member))
        if seal.is_sealed_name(file.member):
            self.sealed += 1
        else:
            self.entries.add(entry_of(file.member))
        if not look_inside(file.member, data).is_readable:
            self.unreadable.append(file.name)

    def _files(self) -> Iterator[_File]:
        """Yield every file that goes in."""
        root = self.journal.path
        if self.waiting:
            yield from self._entry_files(self.waiting)
        yield from self._entry_files(self.journal)
        for name in _OWN_FILES:
            yield _File(JOURNAL + name, root, name, may_be_missing=True)
        yield from self._files_in(root, JOURNAL, LOCK_NOTES)
        yield from self._key_files(root / KEYS)
        for prefix, folder in ((EXERCISES, root / "exercises"), (TOMBSTONES, root / ERASED), (DRAFTS, self.drafts)):
            yield from self._files_in(folder, prefix)
        config = Path(os.path.realpath(self.config))  # it may be a link into a repository of dotfiles
        yield _File(CONFIG, config.parent, config.name, may_be_missing=True)

    def _files_in(self, folder: Path, prefix: str, begin: str = "") -> Iterator[_File]:
        """Yield the files in a folder that a backup can hold, those that `begin` so with the prefix before them."""
        for name in self._names_in(folder):
            if is_member_name(prefix + name) and (prefix + name).startswith(begin):
                yield _File(prefix + name, folder, name)

    def _names_in(self, folder: Path) -> list[str]:
        """Return the names of the files in a folder; note a folder that cannot be opened."""
        try:
            if not has_folder(folder):
                return []
            with Folder(folder, shared=True) as opened:
                return [name for name, is_file in opened.names() if is_file]
        except OSError:
            self.unreadable.append(folder.name)
            return []

    def _key_files(self, folder: Path) -> Iterator[_File]:
        """Yield the key files; one that a sync tool has renamed gets a name of ours: what it is for is seen in it."""
        for name in self._names_in(folder):
            member = KEY_FILES + name
            if name.endswith(".age") and not is_foreign(name):
                if not is_member_name(member):
                    drawn = name_by_content(_bytes(folder, name), 16)
                    member = f"{KEY_FILES}{drawn[:8]}-{drawn[8:]}.age"
                yield _File(member, folder, name)

    def _entry_files(self, journal: EntryFiles) -> Iterator[_File]:
        """Yield the file of every revision, by the name it should have, wherever it lies; sealed ones as they lie."""
        erased = journal.erased.ids()
        revisions = journal.plain_revisions()
        self.unreadable += [file.name for file in journal.unreadable]
        entries = journal.path / "entries"
        for name in revisions.folders:
            if name[ENTRY] not in erased:
                revision = revisions.revision(name)
                yield _File(_entry_member(name), entries / revision.folder, revision.name)
        for name, folder in journal.sealed.items():
            yield _File(_sealed_member(entries / folder, name), entries / folder, name)


def _sealed_member(folder: Path, name: str) -> str:
    """Return what a sealed file is called in a backup: one that a sync tool has renamed, by its content."""
    own = name if seal.is_own_sealed_name(name) else f"{name_by_content(_bytes(folder, name), 26)}{seal.SEALED_SUFFIX}"
    return f"{ENTRIES}{own[0]}/{own}"


def _bytes(folder: Path, name: str) -> bytes:
    """Return the bytes of a file, none of one that cannot be read."""
    with contextlib.suppress(OSError), Folder(folder, shared=True) as opened:
        return opened.read(name)
    return b""


def _entry_member(name: str) -> str:
    """Return what the file of a revision is called in a backup."""
    return f"{ENTRIES}{month_of(name)}/{name}"


def name_in(member: str) -> str:
    """Return the name of the file that a member is."""
    return member.rpartition("/")[2]


def entry_of(member: str) -> str:
    """Return the id of the entry that a member in plain is a revision of."""
    return name_in(member)[ENTRY]


class Inside(NamedTuple):
    """What is in a member: the well-formed name of the revision, "" where nobody can tell, and the plain bytes.

    `is_readable` is whether it is sound, as far as can be told without the key of what is sealed; `is_closed`, whether
    it is sealed and no key that is held opens it. `entry` is None where it is damaged, or needs a newer version.
    """

    name: str
    data: bytes = b""
    entry: Entry | None = None
    is_readable: bool = True
    is_closed: bool = False


def look_inside(member: str, data: bytes) -> Inside:
    """Return what the bytes of a member hold, with whatever keys are held."""
    name = "" if seal.is_sealed_name(member) else name_in(member)
    if seal.is_sealed(data):
        if keyring.is_empty():
            return Inside(name, is_closed=True)
        try:
            data, own = seal.unseal(data)
        except seal.OtherKeyError:
            return Inside(name, is_closed=True)
        except DamagedEntryError:
            return Inside(name, is_readable=False)
        name = own or name
    try:
        entry = as_entry(seal.opened(data))
    except NewerEntryError:
        return Inside(name, data)
    except DamagedEntryError:
        return Inside(name, data, is_readable=False)
    return Inside(name or file_name_of(entry), data, entry)
