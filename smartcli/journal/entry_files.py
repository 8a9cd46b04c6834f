"""The files of the entries: listed, adopted where a tool renamed them, and read one by one.

The names of the files say which revisions there are (`file_names`). What cannot be read is named and left.
"""

import contextlib
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from smartcli.entries.checking import as_entry
from smartcli.entries.entry import DamagedEntryError, Entry, NewerEntryError
from smartcli.journal import seal
from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.erased import FOLDER as TOMBSTONES
from smartcli.journal.erased import Erased
from smartcli.journal.file_names import FileNames, file_name_of, is_foreign, name_of
from smartcli.journal.files import Folder, NotAFileError, has_folder
from smartcli.journal.heads import Revision, name_within
from smartcli.journal.opened_cache import OpenedCache
from smartcli.journal.unchanged_months import Unchanged, no_months
from smartcli.language import N_, _
from smartcli.lock import keyring

_ENTRIES = (seal.SUFFIX, seal.SEALED_SUFFIX)  # how the names of their files end

# What iCloud leaves in place of a file that it keeps in the cloud: ".<name>.icloud".
_ELSEWHERE = tuple(f"{ending}.icloud" for ending in _ENTRIES)

_NOT_READ = N_("Your journal cannot be read")

# A quick test of a file's bytes: false when the entry in them cannot be one that is looked for.
Holding = Callable[[bytes], object]


class Unreadable(NamedTuple):
    """A file or folder in the journal that could not be read: its name and why, in a few words."""

    name: str
    why: str
    is_folder: bool = False
    is_others: bool = False  # not damaged: sealed with a key that is not held


class _Month(NamedTuple):
    """A folder and the names in it; what the disk said of it before it was listed, None where it holds folders too.

    `is_unchanged`: it was not listed, since it is as it was.
    """

    folder: str
    names: Sequence[str]
    status: os.stat_result | None = None
    is_unchanged: bool = False


@dataclass
class EntryFiles:
    """The files in a journal's folder; reading never writes.

    The last call that listed the files sets `listed`, the ids of all entries; `sealed`, the folders of sealed files by
    their names; `returned`, those that
    were erased and have files again, which are not listed; `has_inner_folders`, whether a month's folder
    holds folders, in which nothing is looked for; and `unreadable`, the files that could not be read;
    reading entries adds to `unreadable`.
    """

    path: Path
    seal_to: str = field(default="", kw_only=True)  # the public key that new files are sealed to, "" for plain ones
    cache: OpenedCache | None = field(default=None, kw_only=True)  # what sealed files were found to hold
    unreadable: list[Unreadable] = field(default_factory=list, init=False)
    listed: frozenset[str] = field(default=frozenset(), init=False)
    sealed: dict[str, str] = field(default_factory=dict, init=False)
    returned: frozenset[str] = field(default=frozenset(), init=False)
    has_inner_folders: bool = field(default=False, init=False)
    _open_month: Folder | None = field(default=None, init=False)
    _open_name: str = field(default="", init=False)

    @property
    def _entries(self) -> Path:
        return self.path / "entries"

    @property
    def erased(self) -> Erased:
        """The tombstones of the entries that were erased from this journal, on whatever device."""
        return Erased(self.path / TOMBSTONES)

    @property
    def has_closed_folder(self) -> bool:
        """Whether the last listing came upon a folder that cannot be opened: nobody knows what is in it."""
        return any(file.is_folder for file in self.unreadable)

    def exists(self) -> bool:
        """Return whether there is a journal here yet; raises Trouble (3) when that cannot be found out."""
        with disk_errors_as_trouble(_(_NOT_READ)):
            return has_folder(self._entries)

    def names_on_disk(self) -> set[str]:
        """Return the names of the files in the folders of entries, whatever is in them: that takes no key."""
        return {name for month in self._months() for name in month.names}

    def revisions(self, unchanged: Unchanged = no_months) -> FileNames:
        """Return every revision there is; only files without a well-formed name are opened.

        `unchanged` knows the names in folders that need not be listed. Raises LockedTrouble where files are sealed and
        no key is held: a locked journal never looks empty.
        """
        revisions = self.plain_revisions(unchanged)
        self._add_sealed(revisions)
        self.listed = revisions.ids()
        self._leave_out_erased(revisions)
        return revisions

    def plain_revisions(self, unchanged: Unchanged = no_months) -> FileNames:
        """Return every revision there is in plain, which takes no key; what is sealed is in `sealed` afterwards."""
        self.unreadable, self.has_inner_folders = [], False
        self.sealed = {}
        revisions = FileNames()
        renamed: list[tuple[str, str]] = []
        for month, names, status, is_unchanged in self._months(unchanged):
            if status and is_unchanged:
                revisions.add_unchanged(month, names, status)
                continue
            others = revisions.add(month, names)
            if status and all(map(_is_passed_over, others)):
                revisions.statuses[month] = status
            sealed = dict.fromkeys(filter(seal.is_own_sealed_name, others), month)  # all at once: there may be many
            self.sealed |= sealed
            for name in (name for name in others if name not in sealed):
                if seal.is_sealed_name(name) and not is_foreign(name):
                    self.sealed[name] = month
                elif _is_elsewhere(name):
                    self._miss(month, Unreadable(name, _("not downloaded yet")), revisions)
                elif not is_foreign(name):
                    renamed.append((month, name))
        # After all the well-formed names, which come first where a copy of the same revision lies.
        for month, name in renamed:
            self._adopt(month, name, revisions)
        return revisions

    def _leave_out_erased(self, revisions: FileNames) -> None:
        """Leave out of a listing what was erased, and has come back by a sync tool or an old copy."""
        back = self.erased.ids() & self.listed
        self.returned = self.erased.sure(back)
        for entry in sorted(back - self.returned):
            self.unreadable.append(Unreadable(f"{entry}.json", _("it says that an entry is erased, but is damaged")))
        if self.returned:
            revisions.leave_out(self.returned)
            self.listed -= self.returned

    def _months(self, unchanged: Unchanged = no_months) -> Iterator[_Month]:
        """Yield each month's folder and the names in it, oldest month first.

        Files that lie beside the folders of months, as in a backup that was copied back by hand, come
        before them, with "" for their folder.
        """
        if not self.exists():
            return
        months: list[str] = []
        beside: list[str] = []
        with disk_errors_as_trouble(_(_NOT_READ)), Folder(self._entries) as folder:
            for name, is_file in folder.names():
                (beside if is_file else months).append(name)
            months = sorted(name for name in months if not name.startswith("."))
            found = folder.statuses(months)
            statuses = {name: status for name, status in found if stat.S_ISDIR(status.st_mode)}
        if beside:
            yield _Month("", beside)
        known = unchanged(statuses)
        for month in months:
            if month in known:
                yield _Month(month, known[month], statuses[month], is_unchanged=True)
                continue
            try:
                with Folder(self._entries / month) as folder:
                    names = folder.list_names()
                    inner = self._inner_folders(folder, names)
            except OSError:
                self.unreadable.append(Unreadable(month, _("cannot be opened"), is_folder=True))
                continue
            self.has_inner_folders |= any(not name.startswith(".") for name in inner)
            if inner:
                yield _Month(month, [name for name in names if name not in inner])
            else:
                yield _Month(month, names, statuses.get(month))

    def _inner_folders(self, folder: Folder, names: list[str]) -> set[str]:
        """Return the names of what is no file in a month's folder; only names unlike a file's are looked at."""
        others = {name for name in names if not name.endswith(_ENTRIES)}
        return others - {name for name, is_file in folder.names() if is_file} if others else others

    def _add_sealed(self, revisions: FileNames) -> None:
        """Add the sealed files, by what is in them: from the cache, or opened now. Raises LockedTrouble."""
        if self.sealed and keyring.is_empty():
            if self.seal_to:
                raise keyring.LockedTrouble
            self._miss_sealed()
            return
        known = self.cache.plain_names(self.sealed) if self.cache else {}
        called = {own: name for name, own in known.items() if own not in revisions.folders}
        revisions.adopt_all(called, self.sealed)
        for name in sorted(self.sealed.keys() - called.values()):
            if name in known:  # a revision that is there twice
                self._take(revisions, self.sealed[name], name, known[name])
            else:
                self._adopt(self.sealed[name], name, revisions)
        if self.cache and (self.sealed or self.cache.is_there):
            self.cache.write(self.sealed)

    def _miss_sealed(self) -> None:
        """Note sealed files in a journal that is not locked: another device may still lock what it writes."""
        why = _("locked, and this journal is not")
        self.unreadable += [Unreadable(name, why, is_others=True) for name in self.sealed]

    def _adopt(self, month: str, name: str, revisions: FileNames) -> None:
        """Add a file by its content: its name is not one of ours (a sealed one, or a sync tool's copy)."""
        try:
            data, own = self._named_bytes(month, name)
            own = own or file_name_of(as_entry(seal.opened(data)))
        except DamagedEntryError as error:
            is_others = isinstance(error, seal.OtherKeyError)
            self._miss(month, Unreadable(name, str(error), is_others=is_others), revisions)
            return
        if self.cache and seal.is_sealed_name(name):
            self.cache.learn(name, own, data)
        self._take(revisions, month, name, own)

    def _take(self, revisions: FileNames, month: str, name: str, own: str) -> None:
        """Add a file whose revision should have a name of its `own`, unless a sound file has that."""
        if own in revisions.folders and not self._is_sound(revisions.revision(own)):
            revisions.drop(own)  # the file that has this revision's name is damaged, and this one is as it was
        revisions.adopt(Revision.named(month, name, own), own)

    def _is_sound(self, revision: Revision) -> bool:
        """Return whether a revision's file can be read; also where only a newer version can."""
        try:
            self.read(revision)
        except NewerEntryError:
            return True
        except DamagedEntryError:
            return False
        return True

    def read_plain(self, revision: Revision) -> bytes:
        """Return the plain bytes of a revision's file, whatever they are; raises DamagedEntryError."""
        return self._bytes(revision.folder, revision.name)

    def is_whole(self, revision: Revision) -> bool:
        """Return whether a revision's file can be read, and holds what the name that it should have says."""
        try:
            return file_name_of(self.read(revision)) == name_of(revision)
        except DamagedEntryError:
            return False

    def _miss(self, month: str, file: Unreadable, revisions: FileNames) -> None:
        """Note a file that cannot be read; where its name still tells which revision it is, that one is missed."""
        self.unreadable.append(file)
        well_formed = name_within(file.name, seal.SUFFIX)
        if well_formed:
            revisions.adopt(Revision.named(month, file.name, well_formed), well_formed)

    def _read(self, month: str, name: str) -> Entry:
        return as_entry(seal.opened(self._bytes(month, name)))

    def _bytes(self, month: str, name: str) -> bytes:
        """Return the plain bytes of a file; raises DamagedEntryError with the reason they cannot be read."""
        cached = self.cache.body(name) if self.cache and seal.is_sealed_name(name) else None
        return seal.unsealed(self._bytes_on_disk(month, name)) if cached is None else cached

    def _named_bytes(self, month: str, name: str) -> seal.Unsealed:
        """Return the plain bytes of a file, and its plain name where a sealed one notes that; raises as `_bytes`."""
        data = self._bytes_on_disk(month, name)
        return seal.unseal(data) if seal.is_sealed(data) else seal.Unsealed(data, "")

    def _bytes_on_disk(self, month: str, name: str) -> bytes:
        """Return the bytes of a file, which may be sealed; raises DamagedEntryError where they cannot be read."""
        try:
            return self._month(month).read(name)
        except NotAFileError as error:
            raise DamagedEntryError(error.strerror) from None
        except OSError:
            raise DamagedEntryError(_("cannot be opened")) from None

    def _month(self, month: str) -> Folder:
        """Return a month's folder, kept open while one file after another is read from it."""
        if self._open_month is None or self._open_name != month:
            if self._open_month:
                self._open_month.close()
            self._open_month, self._open_name = Folder(self._entries / month), month
        return self._open_month

    def status(self, revision: Revision) -> os.stat_result | None:
        """Return what the disk says of a revision's file; None when it cannot be reached."""
        with contextlib.suppress(OSError):
            return self._month(revision.folder).status(revision.name)
        return None

    def read(self, revision: Revision) -> Entry:
        """Return the entry in one revision's file; raises DamagedEntryError."""
        return self._read(revision.folder, revision.name)

    def try_read(self, revision: Revision, holding: Holding | None = None) -> Entry | None:
        """Return a revision's entry; None when `holding` refuses it or it cannot be read.

        One that cannot be read is added to `unreadable`.
        """
        try:
            data = self._bytes(revision.folder, revision.name)
            if holding is not None and not holding(data):
                return None
            return as_entry(seal.opened(data))
        except DamagedEntryError as error:
            # Another reading, still under way, may have come upon the file.
            if not any(file.name == revision.name for file in self.unreadable):
                self.unreadable.append(Unreadable(revision.name, str(error)))
            return None


def _is_elsewhere(name: str) -> bool:
    """Return whether a file stands for one that is kept in the cloud."""
    return name.startswith(".") and name.endswith(_ELSEWHERE)


def _is_passed_over(name: str) -> bool:
    """Return whether a file in a month's folder is none of ours, of which nothing is to be told."""
    return is_foreign(name) and not _is_elsewhere(name)
