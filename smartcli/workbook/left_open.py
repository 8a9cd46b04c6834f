"""What stays readable while the journal is locked: copies of the newest entries of the exercises the person chose.

They lie in plain in a journal of their own in this device's state folder. Nothing else ever goes there, and no copy
stays longer than the choice (the setting `keep_open`) and the entry it is of.
"""

import contextlib
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from smartcli.entries.entry import Entry, Mentions
from smartcli.journal import system
from smartcli.journal.file_names import file_name_of
from smartcli.journal.files import Folder, is_folder
from smartcli.journal.heads import Revision
from smartcli.journal.store import Journal
from smartcli.trouble import Trouble


class _Copy(NamedTuple):
    """A file that is left open, and the entry in it; None where it cannot be read."""

    file: Revision
    entry: Entry | None


class LeftOpen:
    """The copies of the newest entry of each exercise chosen, one of each.

    A disk that refuses one is ignored: the entry itself is safe in the journal, and the copy is made anew when the
    journal is opened.
    """

    def __init__(self, path: Path, chosen: Collection[str]) -> None:
        """`path`: of the folder with the copies; `chosen`: the ids of the exercises of which one is kept."""
        self._path = path
        self._chosen = frozenset(chosen)

    def note(self, saved: Iterable[Entry]) -> None:
        """Renew the copies by revisions that were saved just now; this takes no key."""
        for entry in saved:
            if entry.exercise in self._chosen:
                with contextlib.suppress(OSError, Trouble):
                    self._take(entry)

    def renew(self, journal: Journal) -> None:
        """Make the copies what they should be, by a journal that is open: another device may have changed it too."""
        with contextlib.suppress(OSError, Trouble):
            newest = [entry for exercise in sorted(self._chosen) if (entry := _find_newest(journal, exercise))]
            for entry in newest:
                self._keep(entry)
            self._remove_all_but(file_name_of(entry) for entry in newest)

    def prune(self) -> None:
        """Remove the copies of exercises that are not chosen any more, and what is no copy; this takes no key."""
        with contextlib.suppress(OSError, Trouble):
            self._remove(copy for copy in self._copies() if not copy.entry or copy.entry.exercise not in self._chosen)

    def remove(self) -> None:
        """Remove every copy, and the folder: the journal is not locked any more."""
        with contextlib.suppress(OSError, Trouble):
            self._remove(self._copies())
            _empty(self._path / "entries")
            _empty(self._path)

    def _take(self, entry: Entry) -> None:
        """Keep a revision in place of the copy there is, if it is of the same entry or of a newer one."""
        others = [copy for copy in self._copies() if copy.entry and copy.entry.exercise == entry.exercise]
        own = [copy for copy in others if copy.entry and copy.entry.id == entry.id]
        if entry.deleted:
            self._remove(own)
        elif own or all(copy.entry is None or _order(copy.entry) < _order(entry) for copy in others):
            self._keep(entry)
            self._remove(copy for copy in others if copy.entry != entry)

    def _keep(self, entry: Entry) -> None:
        """Write the copy of a revision; what is newer is written before what is older goes."""
        Journal(self._path).save(Entry(entry.body))

    def _copies(self) -> Iterator[_Copy]:
        """Yield every file of an entry that is there."""
        if not is_folder(self._path / "entries"):
            return
        journal = Journal(self._path)
        for own in journal.revisions().values():
            for file in own:
                yield _Copy(file, journal.try_read(file))

    def _remove_all_but(self, names: Iterable[str]) -> None:
        kept = {*names}
        self._remove(copy for copy in self._copies() if copy.file.name not in kept)

    def _remove(self, copies: Iterable[_Copy]) -> None:
        for copy in [*copies]:
            month = self._path / "entries" / copy.file.folder
            with Folder(month) as folder:
                folder.remove(copy.file.name)
            with contextlib.suppress(OSError):  # others are left in it
                system.fs.rmdir(str(month))


def _find_newest(journal: Journal, exercise: str) -> Entry | None:
    """Return the newest entry of an exercise; None where there is none."""
    heads = journal.heads(holding=Mentions("exercise", exercise))
    return next((head.entry for head in heads if head.entry.exercise == exercise), None)


def _order(entry: Entry) -> tuple[float, str]:
    """Return what puts entries in the order in which the journal lists them."""
    return entry.when.at.timestamp(), entry.id


def _empty(path: Path) -> None:
    """Remove a folder with the files in it."""
    with contextlib.suppress(OSError):
        with Folder(path) as folder:
            for name, is_file in folder.names():
                if is_file:
                    folder.unlink(name)
        system.fs.rmdir(str(path))
