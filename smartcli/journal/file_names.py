"""The names of a journal's files: which revisions there are, without opening any file."""

import os
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property

from smartcli.entries.entry import Entry
from smartcli.journal import seal
from smartcli.journal.heads import ENTRY, Revision, file_name, is_well_formed
from smartcli.moments import stamp

# A name holds a moment in UTC. The person's day begins up to 14 hours away from UTC's (the widest
# offset) and lasts until the next morning, so it lies within two days of the name's date.
UTC_TO_LOCAL = timedelta(days=2)

_FOREIGN = (
    ".",
    "~",
    "desktop.ini",
    "Thumbs.db",
)  # how names of the system's or another tool's files begin
_UNFINISHED = (".tmp", ".part", ".crdownload", ".partial")  # how names of half-copied files end


class FileNames(Mapping[str, list[Revision]]):
    """Every revision in a journal, by entry id, known by the names of files.

    A revision is known by the name its file should have: the well-formed name is its identity, also
    where a sync tool has renamed the file. Names stay plain texts until they are asked for: there
    may be a hundred thousand, and most are never looked at.

    `folders` gives the month's folder each name lies in, folder by folder, and in each the names in order; `called`
    what the file is really called, where that is another name; `statuses` what the disk said, before they were listed,
    of the folders that hold nothing else. `unchanged` are the folders that were not listed: they are as they were.
    `begun` is the moment before the first folder was listed, in nanoseconds since 1970.
    """

    def __init__(self) -> None:
        self.begun = time.time_ns()
        self.folders: dict[str, str] = {}
        self.called: dict[str, str] = {}
        self.statuses: dict[str, os.stat_result] = {}
        self.unchanged: set[str] = set()
        self._added: list[tuple[str, Sequence[str]]] = []  # as folders were added
        self._is_as_added = True  # whether all that was added is there still, each in one folder

    def __getitem__(self, entry: str) -> list[Revision]:
        return [self.revision(name) for name in self._names_by_entry[entry]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names_by_entry)

    def __len__(self) -> int:
        return len(self._names_by_entry)

    @cached_property
    def _names_by_entry(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        for name in self.folders:
            names.setdefault(name[ENTRY], []).append(name)
        return names

    def add(self, folder: str, names: Iterable[str]) -> list[str]:
        """Add the well-formed names found in a month's folder; return the other names."""
        names = sorted(names)
        well_formed = [*filter(is_well_formed, names)]
        self._add(folder, well_formed)
        if len(well_formed) == len(names):  # nearly always, and the comparison below is slow
            return []
        return [name for name in names if name not in self.folders]

    def add_unchanged(self, folder: str, well_formed: Sequence[str], status: os.stat_result) -> None:
        """Add the names in a month's folder that is as it was when it held just these, in order."""
        self._add(folder, well_formed)
        self.statuses[folder] = status
        self.unchanged.add(folder)

    def _add(self, folder: str, well_formed: Sequence[str]) -> None:
        before = len(self.folders)
        self.folders.update(dict.fromkeys(well_formed, folder))
        self._is_as_added &= len(self.folders) == before + len(well_formed)
        self._added.append((folder, well_formed))

    def adopt(self, revision: Revision, name: str) -> None:
        """Add a file not called by its own `name`, unless the revision is there under that."""
        if name not in self.folders:
            self.folders[name] = revision.folder
            self.called[name] = revision.name

    def adopt_all(self, called: Mapping[str, str], folders: Mapping[str, str]) -> None:
        """Add files not called by their own names, none of which is there: what they are `called`, by their own names.

        `folders` gives the folder of each by what it is called.
        """
        self.called.update(called)
        self.folders.update(zip(called, map(folders.__getitem__, called.values()), strict=True))

    def drop(self, name: str) -> None:
        """Leave out the file of this name: it cannot be read, and another holds the same revision."""
        self._is_as_added = False
        del self.folders[name]
        self.called.pop(name, None)

    def leave_out(self, entries: Collection[str]) -> None:
        """Leave some entries out; to be called before anything was asked of the listing."""
        self.folders = {name: folder for name, folder in self.folders.items() if name[ENTRY] not in entries}
        self.called = {name: called for name, called in self.called.items() if name in self.folders}
        self._is_as_added = False
        self.__dict__.pop("_ids", None)

    def is_sealed(self, name: str) -> bool:
        """Return whether the file of a revision, by the name it should have, is sealed."""
        return seal.is_sealed_name(self.called.get(name, ""))

    def sealed(self) -> list[str]:
        """Return the names that the files of revisions should have that are sealed."""
        return [name for name, called in self.called.items() if called.endswith(seal.SEALED_SUFFIX)]

    def names_in(self, folder: str) -> list[str]:
        """Return the well-formed names that were found in a folder, in order."""
        return [name for added, names in self._added if added == folder for name in names]

    def is_unchanged(self, folder: str) -> bool:
        """Return whether the files of a folder need not be asked for: it is as it was, and they lie nowhere else."""
        return self._is_as_added and folder in self.unchanged

    def in_folders(self) -> Iterator[tuple[str, Sequence[str]]]:
        """Yield each folder and the well-formed names in it, in order; files called otherwise are left out."""
        for folder, names in self._added:
            if self._is_as_added:
                yield folder, names
            else:
                yield folder, [name for name in names if self._is_there(folder, name)]

    def _is_there(self, folder: str, name: str) -> bool:
        """Return whether a revision's file is the one in this folder that is called by its own name."""
        return self.folders.get(name) == folder and name not in self.called

    def ids(self) -> frozenset[str]:
        """Return the ids of all entries."""
        return self._ids

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset([name[ENTRY] for name in self.folders])

    def revision(self, name: str) -> Revision:
        """Return the revision whose file should have this name."""
        return Revision.named(self.folders[name], self.called.get(name, name), name)

    def several(self) -> dict[str, list[Revision]]:
        """Return the revisions of every entry that has more than one, by entry id."""
        return self._several

    @cached_property
    def _several(self) -> dict[str, list[Revision]]:
        if len(self.ids()) == len(self.folders):  # as in most journals
            return {}
        ids = [name[ENTRY] for name in self.folders]
        revisions: dict[str, list[Revision]] = {}
        for entry, number in Counter(ids).items():
            if number > 1:
                revisions[entry] = []
        for entry, name in zip(ids, self.folders, strict=True):
            if entry in revisions:
                revisions[entry].append(self.revision(name))
        return revisions

    def newest_first(self, since: date | None = None, until: date | None = None) -> list[str]:
        """Return the names, newest `when` first; with bounds, those that may be of these days."""
        if not since and not until:
            return self._newest_first
        names: Iterable[str] = self.folders
        if since:
            low = f"{since - UTC_TO_LOCAL:%Y%m%d}"
            names = [name for name in names if name >= low]
        if until:
            high = f"{until + UTC_TO_LOCAL:%Y%m%d}~"  # "~" sorts after every character of a name
            names = [name for name in names if name <= high]
        return sorted(names, reverse=True)

    @cached_property
    def _newest_first(self) -> list[str]:
        return sorted(self.folders, reverse=True)


def file_name_of(entry: Entry) -> str:
    """Return the name that the file of an entry's revision should have."""
    return file_name(stamp(entry.when.at), entry.id, entry.revision, seal.SUFFIX)


def name_of(revision: Revision) -> str:
    """Return the name that a revision's file should have, whatever it is called."""
    return file_name(*revision[:3], seal.SUFFIX)


def month_of(name: str) -> str:
    """Return the month's folder, such as 2026-11, for the name of a revision's file."""
    return f"{name[:4]}-{name[4:6]}"


def is_foreign(name: str) -> bool:
    """Return whether a file is another program's, or one that is still being copied."""
    return name.startswith(_FOREIGN) or name.endswith(_UNFINISHED)
