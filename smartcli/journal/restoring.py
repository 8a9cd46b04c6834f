"""The restoring of a backup: a union. What is missing is put back; nothing here is replaced or deleted.

What is put into a locked journal is sealed before it touches the disk, and what is put into one that is not locked is
opened. An empty journal takes the lock over, with all that is sealed.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from smartcli.journal import seal
from smartcli.journal.backup_contents import ENTRIES, EXERCISES, KEY_FILES, LOCK_NOTES, TOMBSTONES, name_in
from smartcli.journal.backup_file import CONFIG, DRAFTS, BackupFile, Member, name_by_content
from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.draft_header import DraftHeader, header_of
from smartcli.journal.draft_lines import opened_lines, sealed_lines
from smartcli.journal.file_names import FileNames
from smartcli.journal.files import Folder
from smartcli.journal.journal_lock import KEYS
from smartcli.journal.restoring_entries import EntryPlanner, Plan, Put, bytes_of, free_name, is_anything
from smartcli.journal.store import Journal, id_in
from smartcli.journal.unsealing import is_closed
from smartcli.language import _
from smartcli.lock import keyring
from smartcli.trouble import ATTENTION, Trouble

_BATCH = 250  # files put back between two syncs of folders


@dataclass
class Restorer:
    """Puts a backup's files back into a journal and this device's folders.

    A journal that is locked has to be open: what it holds already is known only then.
    """

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
        plan.takes_lock = not self.journal.seal_to and not revisions and has_lock(self.backup)
        entries = EntryPlanner(self.journal, plan, revisions, erased)
        for member in self.backup.members():  # by name, so that entries come before tombstones
            name = name_in(member.name)
            if member.name.startswith(ENTRIES):
                entries.take(member)
            elif member.name.startswith(TOMBSTONES):
                if name.removesuffix(".json") not in entries.known | erased:
                    plan.puts.append(Put(self.journal.erased.folder, name, member.name))
            elif member.name.startswith(EXERCISES):
                self._plan_exercise(plan, member)
            elif member.name.startswith(DRAFTS):
                self._plan_draft(plan, member, revisions, erased)
            elif member.name.startswith(KEY_FILES):
                self._plan_key_file(plan, member)
            elif member.name.startswith(LOCK_NOTES):
                if plan.takes_lock:
                    plan.puts.append(Put(self.journal.path, name, member.name))
            elif member.name == CONFIG:
                if not is_anything(self.config):
                    plan.has_config = True
                    plan.puts.append(Put(self.config.parent, self.config.name, member.name))
            elif not is_anything(self.journal.path / name):
                plan.puts.append(Put(self.journal.path, name, member.name))
            elif name == "journal.json" and self.journal.id:
                plan.is_of_another_journal = id_in(member.data) not in ("", self.journal.id)
        return plan

    def _plan_exercise(self, plan: Plan, member: Member) -> None:
        folder, name = self.journal.path / "exercises", name_in(member.name)
        if is_anything(folder / name):
            if bytes_of(folder, name) == member.data:
                return
            name = free_name(folder, name, member.data, "-from-backup")
        if name:
            plan.exercises += 1
            plan.puts.append(Put(folder, name, member.name))

    def _plan_draft(self, plan: Plan, member: Member, revisions: FileNames, erased: frozenset[str]) -> None:
        """Plan to put a draft back, unless it is here, has become an entry since, or would change an erased one.

        Where the one that is here is damaged beyond reading, it goes beside that.
        """
        name = name_in(member.name)
        header = _draft_header(member.data)
        if header and (header.entry in erased or self._became(name.removesuffix(".jsonl"), header, revisions)):
            return
        if is_anything(self.drafts / name):
            here = bytes_of(self.drafts, name)
            if not header or here is None or is_closed(here) or header_of(here):
                return
            name = f"{name_by_content(member.data, 13)}.jsonl"
            if is_anything(self.drafts / name):
                return
        plan.drafts += 1
        plan.puts.append(Put(self.drafts, name, member.name))

    def _plan_key_file(self, plan: Plan, member: Member) -> None:
        """Plan to put a key file back; beside another of its name under a name by its content."""
        folder, name = self.journal.path / KEYS, name_in(member.name)
        if is_anything(folder / name):
            if bytes_of(folder, name) == member.data:
                return
            drawn = name_by_content(member.data, 16)
            name = f"{drawn[:8]}-{drawn[8:]}.age"
            if is_anything(folder / name):
                return
        plan.puts.append(Put(folder, name, member.name))

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
        # What keeps something away comes first, then what opens the rest.
        first = {self.journal.erased.folder: 0, self.journal.path / KEYS: 1, self.journal.path: 2}
        puts = sorted(plan.puts, key=lambda put: (first.get(put.folder, 3), put.folder, put.name))
        for folder, of_folder in groupby(puts, key=lambda put: put.folder):
            batch = [*of_folder]
            for start in range(0, len(batch), _BATCH):
                durable += self._put(folder, batch[start : start + _BATCH])
                yield durable

    def _put(self, folder: Path, puts: list[Put]) -> int:
        """Publish some files in a folder, durably, and return how many."""
        is_shared = folder == self.config.parent
        with (
            disk_errors_as_trouble(_("Not everything was put back")),
            Folder(folder, create=True, shared=is_shared) as opened,
        ):
            for put in puts:
                # Another window may have written it just now: what is there stays.
                with contextlib.suppress(FileExistsError):
                    opened.place(put.name, self._as_here(put))
            opened.sync()
        return len(puts)

    def _as_here(self, put: Put) -> bytes:
        """Return the bytes of a member, sealed or in plain as the journal is here; raises Trouble (4)."""
        data, to = self.backup.read(put.member), self.journal.seal_to
        if put.is_closed:
            return data
        if put.member.startswith(DRAFTS):
            opened = data if keyring.is_empty() else opened_lines(data)
            return sealed_lines(data, to) if to else opened
        if put.member.startswith(ENTRIES) and seal.is_sealed(data) != bool(to):
            return seal.seal_bytes(data, to, name=put.noted) if to else seal.unsealed(data)
        return data


def has_lock(backup: BackupFile) -> bool:
    """Return whether a backup is of a locked journal."""
    return any(name.startswith(LOCK_NOTES) for name in backup.names())


def has_sealed(backup: BackupFile) -> bool:
    """Return whether a file in a backup is sealed."""
    return any(seal.is_sealed_name(name) for name in backup.names())


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
