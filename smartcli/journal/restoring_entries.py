"""Where each version of an entry in a backup goes in a journal: sealed where that is locked, else in plain."""

from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import NamedTuple

from smartcli.entries.entry import DamagedEntryError
from smartcli.journal import seal, system
from smartcli.journal.backup_contents import Inside, look_inside, name_in
from smartcli.journal.backup_file import Member, name_by_content
from smartcli.journal.file_names import FileNames, file_name_of, month_of
from smartcli.journal.files import Folder
from smartcli.journal.heads import ENTRY
from smartcli.journal.store import Journal


class Put(NamedTuple):
    """One file to put back: where, under which name, and the member it is.

    `noted` is what a file that is sealed now was called, where it does not say so itself. `is_closed`: it is sealed
    with a key that is not held, and goes as it is.
    """

    folder: Path
    name: str
    member: str
    noted: str = ""
    is_closed: bool = False


@dataclass
class Plan:
    """What a restore would do: which files would be put back, and what stays as it is."""

    puts: list[Put] = field(default_factory=list)
    entries: set[str] = field(default_factory=set)  # ids of entries that are not here at all
    versions: int = 0  # files that would be put back, of any entry
    versions_here: int = 0  # those of entries that are here
    here: set[str] = field(default_factory=set)  # ids of the entries in the backup that are here too
    erased: set[str] = field(default_factory=set)  # ids of the entries that were erased since
    damaged: int = 0  # versions that were damaged already when the backup was made
    closed: int = 0  # sealed files that would be put back and that no key held opens
    left_closed: int = 0  # those that would not, because the journal is not locked
    takes_lock: bool = False  # whether the journal is locked afterwards, and was not before
    exercises: int = 0
    drafts: int = 0
    has_config: bool = False
    is_of_another_journal: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to put back."""
        return not self.puts


@dataclass
class EntryPlanner:
    """Plans where the versions in a backup go. `erased` are the ids of entries that were erased here.

    `known` are the ids of the entries that are here, and of those in the backup that were looked at.
    """

    journal: Journal
    plan: Plan
    revisions: FileNames
    erased: Collection[str]
    known: set[str] = field(default_factory=set)
    _planned: set[str] = field(default_factory=set)  # well-formed names
    _letter: str = field(default_factory=seal.random_letter)

    def __post_init__(self) -> None:
        self.known.update(self.revisions.ids())
        self._own_names = {called: own for own, called in self.revisions.called.items()}

    @property
    def _entries(self) -> Path:
        return self.journal.path / "entries"

    def take(self, member: Member) -> None:
        """Plan where a revision goes: under its own name, or under a new one where another file has that."""
        if self._is_here_as_it_is(member):
            return
        inside = look_inside(member.name, member.data)
        if inside.is_closed or (inside.is_readable and not inside.name):
            self._take_closed(member)
            return
        entry = inside.name[ENTRY]
        if entry:
            self.known.add(entry)
        if entry in self.erased:
            self.plan.erased.add(entry)
            return
        if entry in self.revisions:
            self.plan.here.add(entry)
        if not inside.is_readable:
            self.plan.damaged += 1
            return
        if (inside.entry and inside.entry.id in self.erased) or inside.name in self._planned:
            return
        self._planned.add(inside.name)
        name: str | None = inside.name
        if inside.name in self.revisions.folders:
            name = self._beside(inside)
        elif entry not in self.revisions:
            self.plan.entries.add(entry)
        if name:
            self.plan.versions += 1
            self.plan.versions_here += entry in self.revisions
            self.plan.puts.append(self._put(name, member, inside))

    def _is_here_as_it_is(self, member: Member) -> bool:
        """Return whether a sealed file is here, the same in name and bytes: then it need not be opened."""
        name = name_in(member.name)
        own = self._own_names.get(name)
        if own is None or bytes_of(self._entries / self.journal.sealed.get(name, ""), name) != member.data:
            return False
        self.plan.here.add(own[ENTRY])
        return True

    def _put(self, name: str, member: Member, inside: Inside) -> Put:
        """Return where a revision of this well-formed name goes, or a plain file of a name beside it."""
        if not self.journal.seal_to:
            return Put(self._entries / month_of(name), name, member.name)
        sealed = name_in(member.name)
        if not seal.is_sealed_name(sealed) or sealed in self.journal.sealed:
            sealed = seal.random_name(self._letter)
        says_so = inside.entry and file_name_of(inside.entry) == name
        return Put(self._entries / sealed[0], sealed, member.name, noted="" if says_so else name)

    def _take_closed(self, member: Member) -> None:
        """Plan to put a file that nobody can open now where it was, under another name where that is another file's."""
        if not self.journal.seal_to and not self.plan.takes_lock:
            self.plan.left_closed += 1
            return
        name = name_in(member.name)
        if name in self.journal.sealed:
            if bytes_of(self._entries / self.journal.sealed[name], name) == member.data:
                return
            name = name_by_content(member.data, 26) + seal.SEALED_SUFFIX
            if name in self.journal.sealed:
                return
        self.plan.closed += 1
        self.plan.puts.append(Put(self._entries / name[0], name, member.name, is_closed=True))

    def _beside(self, inside: Inside) -> str:
        """Return a name beside the file that has a revision's name already; "" when that is as good."""
        revision = self.revisions.revision(inside.name)
        try:
            there: bytes | None = self.journal.read_plain(revision)
        except DamagedEntryError:
            there = None
        if there is not None and there.rstrip(b" ") == inside.data.rstrip(b" "):
            return ""
        own = file_name_of(inside.entry) if inside.entry else inside.name
        if own != inside.name:  # it was edited outside before the backup was made: another version
            return "" if own in self.revisions.folders else own
        if self.journal.seal_to:  # sealed, it is known by what is in it, and stands in for a file that is damaged
            return "" if self.journal.try_read(revision) else own
        return free_name(self._entries / month_of(own), own, inside.data)


def free_name(folder: Path, name: str, data: bytes, sign: str = ".from-backup") -> str:
    """Return a name for a file beside another of its name; "" when the same bytes lie there under such a name."""
    stem, dot, ending = name.rpartition(".")
    for number in count(1):
        free = f"{stem}{sign}{'' if number == 1 else f'-{number}'}{dot}{ending}"
        there = bytes_of(folder, free)
        if there == data:
            return ""
        if there is None and not is_anything(folder / free):
            return free
    raise AssertionError("unreachable")


def bytes_of(folder: Path, name: str) -> bytes | None:
    """Return the bytes of a file here; None when it cannot be read."""
    try:
        with Folder(folder, shared=True) as opened:
            return opened.read(name)
    except OSError:
        return None


def is_anything(path: Path) -> bool:
    """Return whether anything has this name, a broken link too; raises OSError where that cannot be found out."""
    try:
        system.fs.stat(str(path), follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True
