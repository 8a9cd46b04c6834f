"""Second names: every file of an entry is kept by a hard link in this device's state folder too.

So a sync tool, a wiped folder or a slip of `rm` does not take the only one. A link is the same file, not a copy: it
does not help against a dying disk, or a program that writes into the file itself. Where there are no hard links,
the newest files are copied. Sealed files get second names like any others; whose they are takes a key to find out.
"""

import contextlib
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from smartcli.entries.checking import as_entry
from smartcli.entries.entry import DamagedEntryError
from smartcli.journal import seal, system
from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.entry_files import EntryFiles
from smartcli.journal.erased import FOLDER as ERASED
from smartcli.journal.erased import Erased
from smartcli.journal.file_names import file_name_of
from smartcli.journal.files import NO_LINKS, TEMPORARY, Folder, has_folder, is_folder, is_there
from smartcli.journal.heads import ENTRY, Revision, is_well_formed
from smartcli.journal.opened_cache import OpenedCache
from smartcli.language import _
from smartcli.lock import keyring

FOLDER = "kept"  # its name in the state folder
_MOST_COPIES = 20_000  # files; where there are no links, second names take room
_COPIES_AT_ONCE = 500  # files, so that no command waits for a stick; the next command goes on
# A folder may change twice within one tick of its clock (2 seconds on FAT), and look the same afterwards.
_TICK = 2 * 10**9  # nanoseconds
# By how much a folder here is made older than the one it follows: two made at once would agree by accident.
_OLDER = 24 * 60 * 60 * 10**9  # nanoseconds


@dataclass
class Kept:
    """The second names, in folders called as those of the journal in the folder `journal`, which they are of.

    `cache` says whose sealed files are without opening them. A month's folder carries the time of change of the
    journal's folder of that month, made a day older: while the two agree there is nothing to do, and nothing is listed.
    """

    folder: Path
    journal: Path
    cache: OpenedCache | None = None
    _copies_left: int = _COPIES_AT_ONCE

    def keep(self) -> None:
        """Give a second name to every file that has none, and drop those of entries erased on any device.

        Never a trouble: what the disk refuses is tried again another time.
        """
        erased = Erased(self.journal / ERASED)
        self._copies_left = _COPIES_AT_ONCE
        with contextlib.suppress(OSError):
            self._drop_erased(erased)
        ids = erased.ids()
        months: list[str] = []
        with contextlib.suppress(OSError):
            months = _subfolders(self.journal / "entries")
        for month in sorted(months, reverse=True):
            with contextlib.suppress(OSError):
                self._keep_month(month, ids)

    def _keep_month(self, month: str, erased: Collection[str]) -> None:
        entries, kept = self.journal / "entries" / month, self.folder / month
        changed = system.fs.stat(str(entries)).st_mtime_ns
        if _follows(kept, changed):
            return
        with Folder(entries) as source, Folder(kept, create=True) as target:
            there = {*target.list_names()}
            names = [name for name, is_file in source.names() if is_file and _is_ours(name)]
            # Whose a sealed file is, is not asked here: one of an erased entry goes with the next look at the journal.
            missing = [name for name in names if name not in there and name[ENTRY] not in erased]
            if not all(self._add(name, source, target) for name in sorted(missing, reverse=True)):
                return
        _follow(kept, changed)

    def _add(self, name: str, source: Folder, target: Folder) -> bool:
        """Give a file its second name; return whether it has one now."""
        try:
            source.link_into(target, name)
        except FileExistsError:  # another window was here just now
            return True
        except OSError as error:
            return error.errno in NO_LINKS and self._copy(name, source, target)
        return True

    def _copy(self, name: str, source: Folder, target: Folder) -> bool:
        """Copy a file; the copy need not be durable, since one that is torn is made again by `doctor --mend`."""
        if self._copies_left == _COPIES_AT_ONCE and sum(1 for _name in self.names()) >= _MOST_COPIES:
            self._copies_left = 0
        if self._copies_left <= 0:
            return False
        self._copies_left -= 1
        with contextlib.suppress(FileExistsError):
            target.write_new(name, source.read(name))
        return True

    def names(self) -> Iterator[tuple[str, str]]:
        """Yield the month and the name of every file that has a second name here; raises OSError."""
        for month in sorted(_subfolders(self.folder)):
            with Folder(self.folder / month, shared=True) as folder:
                yield from ((month, name) for name in folder.list_names() if _is_ours(name))

    def own_names(self) -> dict[tuple[str, str], str]:
        """Return the well-formed name of the revision in each file here, by its month and name; raises OSError.

        Sealed files that no key held opens are left out.
        """
        names = [*self.names()]
        own = {(month, name): name for month, name in names if is_well_formed(name)}
        sealed = [] if keyring.is_empty() else [file for file in names if file not in own]
        known = self.cache.plain_names(name for _month, name in sealed) if self.cache and sealed else {}
        for month, name in sealed:
            found = known.get(name) or self._name_inside(month, name)
            if found:
                own[month, name] = found
        return own

    def _name_inside(self, month: str, name: str) -> str:
        """Return the well-formed name of the revision in a sealed file; "" where it cannot be read."""
        with contextlib.suppress(OSError, DamagedEntryError):
            data, own = seal.unseal(self.read(month, name))
            return own or file_name_of(as_entry(seal.opened(data)))
        return ""

    def ids(self) -> set[str]:
        """Return the ids of the entries that have a second name here, as far as the keys held tell."""
        with contextlib.suppress(OSError):
            return {own[ENTRY] for own in self.own_names().values()}
        return set()

    @property
    def _is_closed(self) -> bool:
        """Whether there are sealed files here, and no key is held."""
        return keyring.is_empty() and any(seal.is_sealed_name(name) for _month, name in self.names())

    def read(self, month: str, name: str) -> bytes:
        """Return the bytes of a file by its second name; raises OSError."""
        with Folder(self.folder / month, shared=True) as folder:
            return folder.read(name)

    def renew(self, month: str, name: str) -> None:
        """Give a file of the journal its second name anew, in place of what has it; raises OSError."""
        with Folder(self.journal / "entries" / month) as source, Folder(self.folder / month, create=True) as target:
            with contextlib.suppress(FileNotFoundError):
                target.remove(name)
            self._add(name, source, target)

    def settle(self, to: str) -> dict[str, str]:
        """Seal the second names to a public key, or make them plain again with ""; return what stays, with the reason.

        One whose revision is in the journal goes: the file there gets a second name anew. One that is the last of its
        revision is moved. The key has to be held. Cut short at any step, nothing is lost, and the next run goes on.
        Raises Trouble (3).
        """
        from smartcli.journal import locking

        with disk_errors_as_trouble(_("Not finished yet")):
            if not has_folder(self.folder):
                return {}
            self._drop_what_the_journal_has(is_sealed=bool(to))
        left = locking.settle_files(self.folder, to)
        locking.remove_empty_folders(self.folder)
        return left

    def _drop_what_the_journal_has(self, *, is_sealed: bool) -> None:
        """Drop the second names that are not as they should be now, and of which the journal has the revision, sound.

        Those of files that are in the journal under the same name stay, if they are sealed or plain as wished.
        """
        files = EntryFiles(self.journal)
        here = files.revisions()
        own_names = self.own_names()
        for month in _subfolders(self.folder):
            with Folder(self.folder / month) as folder:
                for name in folder.list_names():
                    is_right = seal.is_sealed_name(name) == is_sealed
                    if is_right and is_there(self.journal / "entries" / month / name):
                        continue
                    own = own_names.get((month, name), "")
                    revision = here.revision(own) if own in here.folders else None
                    if name.startswith(TEMPORARY) or (revision and self._is_as_good(files, revision, month, name)):
                        folder.unlink(name)
                folder.sync()

    def _is_as_good(self, files: EntryFiles, revision: Revision, month: str, name: str) -> bool:
        """Return whether the journal's own file of a revision is sound, or holds the same as one of the files here."""
        if files.is_whole(revision):
            return True
        with contextlib.suppress(OSError, DamagedEntryError):
            return files.read_plain(revision) == seal.unsealed(self.read(month, name))
        return False

    def forget(self, ids: Collection[str]) -> int:
        """Drop the second names of entries that were erased, and return how many there were; raises Trouble (3)."""
        with disk_errors_as_trouble(_("Not all of it is erased yet")):
            return self._remove(ids)

    def forget_all_but(self, present: Collection[str]) -> None:
        """Drop the second names of entries that are not among these: the person removed them. Raises Trouble (3)."""
        with disk_errors_as_trouble(_("Not erased")):
            self._remove({own[ENTRY] for own in self.own_names().values()}.difference(present))

    def _drop_erased(self, erased: Erased) -> None:
        """Drop the second names of entries that were erased on another device, once for each change of that list.

        While they are closed, nobody can tell which these are, and it waits.
        """
        changed = _changed(erased.folder)
        if not changed or not is_folder(self.folder) or _follows(self.folder, changed) or self._is_closed:
            return
        ids = self.ids() & erased.ids()
        if ids:
            self._remove(erased.sure(ids))
        _follow(self.folder, changed)

    def _remove(self, ids: Collection[str]) -> int:
        removed = 0
        own_names = self.own_names()
        for month in _subfolders(self.folder):
            with Folder(self.folder / month) as folder:
                for name in folder.list_names():
                    if name.startswith(TEMPORARY) or own_names.get((month, name), "")[ENTRY] in ids:
                        with contextlib.suppress(FileNotFoundError):
                            folder.remove(name)
                            removed += 1
        return removed


def _is_ours(name: str) -> bool:
    """Return whether a file of this name gets a second one: it is called as we call files of entries."""
    return bool(is_well_formed(name) or seal.is_own_sealed_name(name))


def _subfolders(path: Path) -> list[str]:
    """Return the names of the folders in a folder, hidden ones left out; none when it is missing. Raises OSError."""
    if not has_folder(path):
        return []
    with Folder(path, shared=True) as folder:
        return [name for name, is_file in folder.names() if not is_file and not name.startswith(".")]


def _changed(path: Path) -> int:
    """Return when a folder was last changed, in nanoseconds; 0 when it is missing."""
    try:
        return system.fs.stat(str(path)).st_mtime_ns
    except OSError:
        return 0


def _follows(folder: Path, changed: int) -> bool:
    """Return whether a folder is as it was when the one it follows was last `changed`, which it then was too."""
    return _changed(folder) == changed - _OLDER


def _follow(folder: Path, changed: int) -> None:
    """Note on a folder that it has all of the one it follows, unless that may still change within the same tick."""
    if time.time_ns() - changed > _TICK:
        system.fs.utime(str(folder), changed - _OLDER)
