"""The examination of a journal and of this device's state: every byte read, every fault named, nothing changed.

What can be mended is mended on wish alone, and only by publishing: a good copy beside a damaged file, a file that has
gone under its own name. Nothing is ever mended by deleting.
"""

import contextlib
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from smartcli.journal import seal, system
from smartcli.journal.device_examination import DeviceExamination
from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.erased import FOLDER as ERASED
from smartcli.journal.erased import Erased
from smartcli.journal.examined_files import EntryFile, ExaminedFiles
from smartcli.journal.file_names import file_name_of, month_of
from smartcli.journal.files import Folder, is_folder, is_same, is_there
from smartcli.journal.good_copies import Copy, GoodCopies
from smartcli.journal.heads import ENTRY, REVISION, heads, is_well_formed, saved_at
from smartcli.journal.health import Finding, Health, Kind
from smartcli.journal.index import Index
from smartcli.journal.journal_lock import JournalLock
from smartcli.journal.kept import FOLDER as KEPT
from smartcli.journal.kept import Kept
from smartcli.journal.last_seen import LastSeen
from smartcli.journal.lock_examination import check_lock
from smartcli.journal.nearby import find_nearby
from smartcli.journal.sealed_names import SealedNames
from smartcli.journal.sealed_sums import SealedSums
from smartcli.journal.store import id_in
from smartcli.language import _


@dataclass
class Examination:
    """Examines a journal and this device's state; `mend` mends what `run` has found.

    Of what is sealed, without a key, the bytes are compared with those of the last examination.
    """

    journal: Path
    state: Path
    index: Index
    last_seen: LastSeen
    kept: Kept
    imported: Collection[str] = ()  # revisions that an import brought: it may bring a version without the one before
    lock: JournalLock | None = None
    health: Health = field(default_factory=Health)
    _names: dict[str, EntryFile] = field(default_factory=dict)  # files by the names they should have, damaged ones too
    _present: set[str] = field(default_factory=set)  # ids of entries that have a file
    _parents: dict[str, dict[str, list[str]]] = field(default_factory=dict)  # by entry and revision
    _live: dict[str, dict[str, str]] = field(default_factory=dict)  # by entry and revision, a check sum of what it says
    _damaged: list[EntryFile] = field(default_factory=list)
    _sound: set[str] = field(default_factory=set)  # names that files should have, of those that can be read
    _is_another: bool = False  # whether this is not the journal that was here before
    _copies: dict[str, tuple[str, Copy]] = field(default_factory=dict)  # what can be mended: its month, a good copy
    _without_second_name: list[tuple[str, str]] = field(default_factory=list)  # month and name

    def run(self) -> Health:
        """Examine everything and return what was found."""
        self.index.read()  # before the files: what another window saves meanwhile would seem to be gone
        self.health.is_closed = bool(self.lock and self.lock.is_closed)
        self._device.check_permissions()  # before the folders are opened, which takes other users' access away
        for file in self._files.read_all():
            self._take(file)
        for own, file in self._files.elsewhere.items():
            self._present.add(own[ENTRY])
            self._names.setdefault(own, file)
        erased = self._read_erased()
        self._check_journal(erased)
        gone = self._check_second_names(erased)
        self._tell_damaged()
        self._check_missing(erased, gone)
        self._check_conflicts()
        self._check_parents(gone)
        self._check_lock()
        self._device.check_drafts()
        self._device.check_own_files()
        self._device.check_space()
        self._device.check_clock()
        if self.index.is_there and not self.index.is_true_of(self._files.seen):
            self.health.find(Kind.INDEX, "index", can_mend=True)
        self.health.entries = sum(1 for entry in self._parents if self._is_live(entry))
        self.health.sort()
        return self.health

    def __post_init__(self) -> None:
        self._device = DeviceExamination(self.journal, self.state, self.health)
        self._files = ExaminedFiles(self.journal, self.index, SealedSums(self.state), self.health)
        self._closed = self._files.closed  # months that cannot be opened, and other folders of the journal
        self._good_copies = GoodCopies(self.kept)

    def _is_live(self, entry: str) -> bool:
        """Return whether an entry is not hidden: one of its heads is live."""
        revisions = self._parents[entry]
        return any(head in self._live[entry] for head in heads(revisions, revisions))

    # The files of entries.

    def _take(self, file: EntryFile) -> None:
        """Take a file into account."""
        if file.is_closed:
            self.health.files += 1
            self.health.closed += 1
            self.health.closed_new += self._files.sums.is_new(file.name)
            self._names[file.name] = file
            self._sound.add(file.name)
            return
        if file.entry is None:
            self._damaged.append(file)
            own = file.name if is_well_formed(file.name) else self._good_copies.own_name(file.name)
            if own:
                self._present.add(own[ENTRY])
                self._names.setdefault(own, file)
            return
        entry, identity = file.entry, file.identity
        self.health.files += 1
        self._present.add(identity[ENTRY])
        self._names[identity] = file._replace(entry=None)
        self._sound.add(identity)
        if identity != file_name_of(entry):
            self.health.find(Kind.EDITED, file.name)
        revision = identity[REVISION]
        self._parents.setdefault(identity[ENTRY], {})[revision] = [*entry.parents]
        live = self._live.setdefault(identity[ENTRY], {})
        if not entry.deleted:
            live[revision] = entry.gist
        self._device.newest = max(self._device.newest, saved_at(entry.body["saved"]))

    def _tell_damaged(self) -> None:
        """Name the damaged files, but for those with a good copy beside them."""
        for file in self._damaged:
            copy = self._find_copy(file.month, file.name)
            if file.name in self._sound or (copy and copy.own in self._sound):
                self.health.healed.append(file.name)
            else:
                self.health.find(Kind.DAMAGED, file.name, file.why, can_mend=copy is not None)

    def _find_copy(self, month: str, name: str) -> Copy | None:
        """Return a good copy of a file, and note it for mending."""
        copy = self._good_copies.find(month, name)
        if copy:
            self._copies[name] = (month, copy)
        return copy

    # What is missing.

    def _read_erased(self) -> Collection[str]:
        """Return the ids of the entries that were erased; nothing is called missing where they cannot be read."""
        tombstones = Erased(self.journal / ERASED)
        try:
            ids = tombstones.read_ids()
            here = ids & self._present
            unsure = here - tombstones.sure(here)
            for entry in unsure:
                self.health.find(Kind.TOMBSTONE, entry)
            for name in tombstones.damaged():
                if not any(entry in name for entry in unsure):
                    self.health.find(Kind.OWN_FILE, f"{ERASED}/{name}", _("not readable"))
        except OSError:
            self._closed.add(ERASED)
            self.health.find(Kind.OWN_FILE, ERASED, _("cannot be opened"))
            return ()
        return ids

    def _check_journal(self, erased: Collection[str]) -> None:
        """Say so when another journal lies here, or entries near it: what is missing must not be put into another."""
        self._device.check_files(self.journal, lambda name: name == "journal.json", id_in)
        journal = ""
        with contextlib.suppress(OSError), Folder(self.journal, shared=True) as folder:
            journal = id_in(folder.read("journal.json"))
        missing = self.last_seen.missing(self._present).difference(erased)
        self._is_another = bool(missing) and self.last_seen.is_another(journal)
        if self._is_another:
            self.health.find(Kind.ANOTHER, "journal.json")
        for folder_near in find_nearby(self.journal, self._present.union(erased)):
            self.health.find(Kind.BESIDE, str(folder_near))

    def _check_second_names(self, erased: Collection[str]) -> set[str]:
        """Compare second names with the files; return the names that the files of revisions should have that are gone.

        Of a sealed file that has gone, only a key tells whether its revision is still here.
        """
        gone: set[str] = set()
        second: set[str] = set()
        if self._is_another:
            return gone
        try:
            own_names = self.kept.own_names()
            for month, name in self.kept.names():
                second.add(name)
                own = own_names.get((month, name), "")
                if not own or own in self._names or own[ENTRY] in erased or self._closed & {month, "entries", ERASED}:
                    continue
                if name in self._files.sealed:  # damaged, and named as that
                    continue
                gone.add(own)
                self.health.find(Kind.GONE, name, can_mend=self._find_copy(month, name) is not None)
        except OSError:
            self.health.find(Kind.OWN_FILE, KEPT, _("cannot be opened"))
            return gone
        for identity, file in self._names.items():
            if not file.month or identity not in self._sound or identity[ENTRY] in erased:
                continue  # second names lie in folders of months
            is_ours = is_well_formed(file.name) or seal.is_own_sealed_name(file.name)
            if file.name in second and self._has_sound_second_name(file.month, file.name):
                self.health.second_names += 1
            elif is_ours and is_there(self.journal / "entries" / file.month / file.name):
                self._without_second_name.append((file.month, file.name))
        for _month, name in self._without_second_name:
            self.health.find(Kind.SECOND_NAMES, name, can_mend=True)
        return gone

    def _has_sound_second_name(self, month: str, name: str) -> bool:
        """Return whether a second name is the same file, or a good copy of it."""
        path, second = self.journal / "entries" / month / name, self.kept.folder / month / name
        return is_same(path, second) or self._good_copies.find(month, name) is not None

    def _check_missing(self, erased: Collection[str], gone: Collection[str]) -> None:
        """Name the entries that were here and of which nothing is left; not while a folder cannot be opened."""
        if self._closed or self._is_another:
            return
        if self.lock and self.health.is_closed and self.lock.is_locked:
            names = [*self._files.sealed, *self._names, *self.health.left_by_others]
            lost = SealedNames(self.state).compare(names, is_own=self.lock.own_lock is not None)
            if lost:
                self.health.find(Kind.MISSING_FILES, str(lost))
        missing = self.last_seen.missing(self._present) - {*erased} - {name[ENTRY] for name in gone}
        for entry in missing:
            self.health.find(Kind.MISSING, entry)

    def _check_conflicts(self) -> None:
        """Name the entries that were changed in two places: they have several live heads that say different things."""
        for entry, revisions in self._parents.items():
            live = self._live[entry]
            if len({live[head] for head in heads(revisions, revisions) if head in live}) > 1:
                self.health.find(Kind.CONFLICT, entry)

    def _check_parents(self, gone: Collection[str]) -> None:
        """Name the versions whose earlier version is not here, nor named already."""
        named = {(name[ENTRY], name[REVISION]) for name in (*self._names, *gone)}
        for entry, revisions in self._parents.items():
            for revision, parents in revisions.items():
                if revision not in self.imported and any((entry, parent) not in named for parent in parents):
                    self.health.find(Kind.PARENT, f"{entry}.{revision}")

    def _check_lock(self) -> None:
        """Name what is wrong with the lock; remember how the sealed files are, where all of them could be seen."""
        if self.lock:
            check_lock(self.lock, self.health)
        self.health.sealed = len(self._files.sealed)
        if not self._closed:
            self._files.sums.write({*self._files.sealed})

    # Mending.

    def mend(self) -> int:
        """Mend what can be mended of what `run` has found; return how many things that were. Raises Trouble (3)."""
        findings = [finding for finding in self.health.findings if finding.can_mend]
        with disk_errors_as_trouble(_("Not everything was mended")):
            for finding in findings:
                if finding.kind in (Kind.DAMAGED, Kind.GONE):
                    self._publish(finding)
                elif finding.kind is Kind.PERMISSIONS:
                    system.fs.chmod(finding.name, 0o700 if is_folder(Path(finding.name)) else 0o600)
            for month, name in self._without_second_name:
                self.kept.renew(month, name)
        if any(finding.kind is Kind.INDEX for finding in findings):
            self.index.check(self._files.seen)
        return len(findings)

    def _publish(self, finding: Finding) -> None:
        """Publish the good copy of a file: under its own name where that is free, else beside it.

        In a locked journal it is sealed, and then no name is as good as its own.
        """
        month, copy = self._copies[finding.name]
        to = self.lock.seal_to if self.lock else ""
        if to:
            name = finding.name if finding.kind is Kind.GONE else ""
            sealed = name if seal.is_own_sealed_name(name) else seal.random_name(seal.random_letter())
            with Folder(self.journal / "entries" / sealed[0], create=True) as folder:
                folder.publish(sealed, copy.sealed(to))
            return
        stem = copy.own.removesuffix(seal.SUFFIX)
        with Folder(self.journal / "entries" / (month or month_of(copy.own)), create=True) as folder:
            for name in (copy.own, f"{stem}.mended{seal.SUFFIX}"):
                with contextlib.suppress(FileExistsError):
                    folder.publish(name, copy.plain)
                    return
