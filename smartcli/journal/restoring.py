"""The restoring of a backup: a union. What is missing is put back; nothing here is replaced or deleted."""

import base64
import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, groupby
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from smartcli.entries.checking import as_entry
from smartcli.entries.entry import DamagedEntryError, Entry, NewerEntryError
from smartcli.journal import seal, system
from smartcli.journal.backup_contents import ENTRIES, EXERCISES, TOMBSTONES, entry_of
from smartcli.journal.backup_file import CONFIG, DRAFTS, BackupFile, Member
from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.draft_header import DraftHeader, header_of
from smartcli.journal.file_names import FileNames, file_name_of, month_of
from smartcli.journal.files import Folder
from smartcli.journal.store import Journal, id_in
from smartcli.journal.unsealing import is_closed
from smartcli.language import _
from smartcli.trouble import ATTENTION, Trouble

_BATCH = 250  # files put back between two syncs of folders


class _Put(NamedTuple):
    """One file to put back: where, under which name, and the member it is."""

    folder: Path
    name: str
    member: str


@dataclass
class Plan:
    """What a restore would do: which files would be put back, and what stays as it is."""

    puts: list[_Put] = field(default_factory=list)
    entries: set[str] = field(default_factory=set)  # ids of entries that are not here at all
    versions: int = 0  # files that would be put back, of any entry
    versions_here: int = 0  # those of entries that are here
    here: set[str] = field(default_factory=set)  # ids of the entries in the backup that are here too
    erased: set[str] = field(default_factory=set)  # ids of the entries that were erased since
    damaged: int = 0  # versions that were damaged already when the backup was made
    exercises: int = 0
    drafts: int = 0
    has_config: bool = False
    is_of_another_journal: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to put back."""
        return not self.puts


@dataclass
class Restorer:
    """Puts a backup's files back into a journal and this device's folders."""

    backup: BackupFile
    journal: Journal
    drafts: Path
    config: Path

    def plan(self) -> Plan:
        """Read and check the whole backup, and return what a restore would do; nothing is written. Raises Trouble."""
        with disk_errors_as_trouble(_("Your journal cannot be read")):
            return self._plan()

    def _plan(self) -> Plan:
        plan = Plan()
        erased = self.journal.erased.read_ids()
        revisions = self.journal.revisions()
        check_all_open(self.journal)
        known = {*revisions.ids()} | {entry_of(name) for name in self.backup.names() if name.startswith(ENTRIES)}
        for member in self.backup.members():
            name = PurePosixPath(member.name).name
            if member.name.startswith(ENTRIES):
                self._plan_entry(plan, member, revisions, erased)
            elif member.name.startswith(TOMBSTONES):
                if name.removesuffix(".json") not in known | erased:
                    plan.puts.append(_Put(self.journal.erased.folder, name, member.name))
            elif member.name.startswith(EXERCISES):
                self._plan_exercise(plan, member)
            elif member.name.startswith(DRAFTS):
                self._plan_draft(plan, member, revisions, erased)
            elif member.name == CONFIG:
                if not _is_there(self.config):
                    plan.has_config = True
                    plan.puts.append(_Put(self.config.parent, self.config.name, member.name))
            elif not _is_there(self.journal.path / name):
                plan.puts.append(_Put(self.journal.path, name, member.name))
            elif name == "journal.json" and self.journal.id:
                plan.is_of_another_journal = id_in(member.data) not in ("", self.journal.id)
        return plan

    def _plan_entry(self, plan: Plan, member: Member, revisions: FileNames, erased: frozenset[str]) -> None:
        """Plan where a revision goes: under its own name, or under a new one where another file has that."""
        name, entry = PurePosixPath(member.name).name, entry_of(member.name)
        if entry in erased:
            plan.erased.add(entry)
            return
        if entry in revisions:
            plan.here.add(entry)
        read, is_newer = _read(member.data)
        if read is None and not is_newer:
            plan.damaged += 1
            return
        if read and read.id in erased:
            return
        if name in revisions.folders:
            chosen = self._beside(name, member, read, revisions)
            if not chosen:
                return
            name = chosen
        elif entry not in revisions:
            plan.entries.add(entry)
        plan.versions += 1
        plan.versions_here += entry in revisions
        plan.puts.append(_Put(self.journal.path / "entries" / month_of(name), name, member.name))

    def _beside(self, name: str, member: Member, read: Entry | None, revisions: FileNames) -> str:
        """Return a name beside the file that has a revision's name already; "" when that is as good."""
        revision = revisions.revision(name)
        folder = self.journal.path / "entries" / revision.folder
        if _bytes(folder, revision.name) == member.data:
            return ""
        own = file_name_of(read) if read else name
        if own != name:  # it was edited outside before the backup was made: another version
            return "" if own in revisions.folders else own
        return _free_name(self.journal.path / "entries" / month_of(name), name, member.data)

    def _plan_exercise(self, plan: Plan, member: Member) -> None:
        folder, name = self.journal.path / "exercises", PurePosixPath(member.name).name
        if _is_there(folder / name):
            if _bytes(folder, name) == member.data:
                return
            name = _free_name(folder, name, member.data, "-from-backup")
        if name:
            plan.exercises += 1
            plan.puts.append(_Put(folder, name, member.name))

    def _plan_draft(self, plan: Plan, member: Member, revisions: FileNames, erased: frozenset[str]) -> None:
        """Plan to put a draft back, unless it is here, has become an entry since, or would change an erased one.

        Where the one that is here is damaged beyond reading, it goes beside that.
        """
        name = PurePosixPath(member.name).name
        header = _draft_header(member.data)
        if header and (header.entry in erased or self._became(name.removesuffix(".jsonl"), header, revisions)):
            return
        if _is_there(self.drafts / name):
            here = _bytes(self.drafts, name)
            if not header or here is None or is_closed(here) or header_of(here):
                return
            name = _draft_name(member.data)
            if _is_there(self.drafts / name):
                return
        plan.drafts += 1
        plan.puts.append(_Put(self.drafts, name, member.name))

    def _became(self, draft: str, header: DraftHeader, revisions: FileNames) -> bool:
        """Return whether a draft is finished: its entry is here, or the version that it made of one."""
        versions = revisions.get(header.entry) or []
        if not header.parents:
            return bool(versions)
        entries = [self.journal.try_read(revision) for revision in versions]
        return any(entry.body.get("draft") == draft for entry in entries if entry)

    def put_back(self, plan: Plan) -> Iterator[int]:
        """Put back what was planned; yield after each batch how many files are durable. Raises Trouble (3, 4)."""
        durable = 0
        puts = sorted(plan.puts, key=lambda put: (put.folder != self.journal.erased.folder, put.folder, put.name))
        for folder, of_folder in groupby(puts, key=lambda put: put.folder):
            batch = [*of_folder]
            for start in range(0, len(batch), _BATCH):
                durable += self._put(folder, batch[start : start + _BATCH])
                yield durable

    def _put(self, folder: Path, puts: list[_Put]) -> int:
        """Publish some files in a folder, durably, and return how many."""
        is_shared = folder == self.config.parent
        with (
            disk_errors_as_trouble(_("Not everything was put back")),
            Folder(folder, create=True, shared=is_shared) as opened,
        ):
            for put in puts:
                # Another window may have written it just now: what is there stays.
                with contextlib.suppress(FileExistsError):
                    opened.place(put.name, self.backup.read(put.member))
            opened.sync()
        return len(puts)


def check_all_open(journal: Journal) -> None:
    """Raise Trouble (4) when the last listing came upon a folder that cannot be opened: who knows what it holds."""
    if journal.has_closed_folder:
        raise Trouble(
            _("A folder in the journal could not be opened, so smartcli cannot tell what is missing."),
            safe=_("smartcli changed nothing."),
            hint=_("`smartcli where` shows which folder that is."),
            code=ATTENTION,
        )


def _draft_header(data: bytes) -> DraftHeader | None:
    """Return the header of a draft in a backup; None where it cannot be read, or that takes a key."""
    return None if is_closed(data) else header_of(data)


def _draft_name(data: bytes) -> str:
    """Return a name for a draft beside another of its name: the same bytes always get the same."""
    return f"{base64.b32encode(hashlib.sha256(data).digest())[:13].decode().lower()}.jsonl"


def _read(data: bytes) -> tuple[Entry | None, bool]:
    """Return the entry in a file's bytes, None when it cannot be read; and whether a newer version can read it."""
    try:
        return as_entry(seal.opened(data)), False
    except NewerEntryError:
        return None, True
    except DamagedEntryError:
        return None, False


def _free_name(folder: Path, name: str, data: bytes, sign: str = ".from-backup") -> str:
    """Return a name for a file beside another of its name; "" when the same bytes lie there under such a name."""
    stem, dot, ending = name.rpartition(".")
    for number in count(1):
        free = f"{stem}{sign}{'' if number == 1 else f'-{number}'}{dot}{ending}"
        there = _bytes(folder, free)
        if there == data:
            return ""
        if there is None and not _is_there(folder / free):
            return free
    raise AssertionError("unreachable")


def _bytes(folder: Path, name: str) -> bytes | None:
    """Return the bytes of a file here; None when it cannot be read."""
    try:
        with Folder(folder, shared=True) as opened:
            return opened.read(name)
    except OSError:
        return None


def _is_there(path: Path) -> bool:
    """Return whether anything has this name, a broken link too; raises OSError where that cannot be found out."""
    try:
        system.fs.stat(str(path), follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True
