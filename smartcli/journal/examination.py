"""The examination of a journal and of this device's state: every byte read, every fault named, nothing changed.

What can be mended is mended on wish alone, and only by publishing: a good copy beside a damaged file, a file that has
gone under its own name. Nothing is ever mended by deleting.
"""

import contextlib
import json
import os
import stat
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from smartcli.entries.checking import as_entry
from smartcli.entries.entry import DamagedEntryError, Entry
from smartcli.journal import seal, system
from smartcli.journal.aside import NAME as ASIDE
from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.draft import parse
from smartcli.journal.erased import FOLDER as ERASED
from smartcli.journal.erased import Erased
from smartcli.journal.file_names import file_name_of, is_foreign, month_of
from smartcli.journal.files import Folder, NotAFileError, has_folder, is_folder, is_same, is_there
from smartcli.journal.heads import ENTRY, REVISION, heads, is_well_formed, saved_at
from smartcli.journal.imports import FOLDER as IMPORTS
from smartcli.journal.index import Index, Seen, Traits
from smartcli.journal.kept import FOLDER as KEPT
from smartcli.journal.kept import Kept
from smartcli.journal.last_seen import NAME as LAST_SEEN
from smartcli.journal.last_seen import LastSeen
from smartcli.journal.nearby import find_nearby
from smartcli.journal.store import id_in
from smartcli.journal.unsealing import is_closed
from smartcli.language import _
from smartcli.moments import now

_LITTLE_SPACE = 100 * 1024 * 1024  # bytes: some years of writing, and room to save while other programs fill the rest
_CLOCKS_APART = 3600  # seconds by which clocks of two devices may differ before it is called a fault
_OTHERS = 0o077  # the bits of a mode that let other users in
_PLACEHOLDER = ".json.icloud"  # how the name of a file ends that iCloud keeps elsewhere: ".<name>.icloud"


class Kind(StrEnum):
    """The kinds of fault, in the order they are told."""

    ANOTHER = "another-journal"  # this is not the journal that was here, and entries of that are missing
    BESIDE = "beside"  # entries lie near the journal, where it does not look
    DAMAGED = "damaged"  # a file of an entry cannot be read
    GONE = "gone"  # a file is missing that has a second name on this device
    MISSING = "missing"  # an entry that was here is missing, and nothing of it is left
    TOMBSTONE = "tombstone"  # what says that an entry is erased is damaged, and the entry is here
    FOLDER = "folder"  # a month's folder cannot be opened
    EDITED = "edited-outside"  # a file was changed by another program
    CONFLICT = "changed-in-two-places"  # an entry was changed on two devices at once
    PARENT = "earlier-version-missing"  # a version names an earlier one that is not here
    DRAFT = "draft"  # an unfinished exercise cannot be read
    EXERCISE = "exercise"  # an exercise of the person's own cannot be used
    SETTINGS = "settings"  # something in config.toml cannot be read
    OWN_FILE = "own-file"  # a file in which smartcli notes something cannot be read
    FOREIGN = "foreign"  # a file that smartcli did not make lies among the entries
    PERMISSIONS = "permissions"  # other users can open a file or a folder
    SPACE = "space"  # the disk is nearly full
    CLOCK = "clock"  # something was saved later than now
    INDEX = "index"  # the index is damaged, or not true of the files
    SECOND_NAMES = "second-names"  # files have no sound second name on this device yet

    @property
    def needs_attention(self) -> bool:
        """Whether the person should do something; second names are made anew by themselves."""
        return self is not Kind.SECOND_NAMES


class Finding(NamedTuple):
    """One fault: what it is about (a file, a folder or an entry's id), why, and whether it can be mended."""

    kind: Kind
    name: str
    why: str = ""
    can_mend: bool = False


class _EntryFile(NamedTuple):
    """A file among the entries: its month, its name, and its entry, or else why that cannot be read."""

    month: str
    name: str
    entry: Entry | None
    why: str = ""


@dataclass
class Health:
    """What an examination found."""

    findings: list[Finding] = field(default_factory=list)
    entries: int = 0  # that are not hidden
    files: int = 0  # of entries, that could be read
    drafts: int = 0
    second_names: int = 0
    put_aside: int = 0  # files that a crash left
    left_by_others: list[str] = field(default_factory=list)  # files of the system or a sync tool; harmless
    healed: list[str] = field(default_factory=list)  # damaged files with a good copy beside them
    free: int | None = None  # bytes; None where the disk does not tell

    def sort(self) -> None:
        """Put the findings in the order they are told."""
        order = [*Kind]
        self.findings.sort(key=lambda finding: (order.index(finding.kind), finding.name))

    @property
    def needs_attention(self) -> bool:
        """Whether anything was found that the person should know."""
        return any(finding.kind.needs_attention for finding in self.findings)


@dataclass
class Examination:
    """Examines a journal and this device's state; `mend` mends what `run` has found."""

    journal: Path
    state: Path
    index: Index
    last_seen: LastSeen
    kept: Kept
    imported: Collection[str] = ()  # revisions that an import brought: it may bring a version without the one before
    health: Health = field(default_factory=Health)
    _names: dict[str, str] = field(default_factory=dict)  # months by the names that files should have, damaged ones too
    _present: set[str] = field(default_factory=set)  # ids of entries that have a file
    _parents: dict[str, dict[str, list[str]]] = field(default_factory=dict)  # by entry and revision
    _live: dict[str, dict[str, str]] = field(default_factory=dict)  # by entry and revision, a check sum of what it says
    _damaged: list[_EntryFile] = field(default_factory=list)
    _sound: set[str] = field(default_factory=set)  # names that files should have, of those that can be read
    _seen: dict[str, Seen] = field(default_factory=dict)
    _closed: set[str] = field(default_factory=set)  # months that cannot be opened, and other folders of the journal
    _is_another: bool = False  # whether this is not the journal that was here before
    _newest: float = 0.0  # Unix time at which the newest entry was saved, or the newest draft begun
    _without_second_name: list[tuple[str, str]] = field(default_factory=list)  # month and name

    def run(self) -> Health:
        """Examine everything and return what was found."""
        self.index.read()  # before the files: what another window saves meanwhile would seem to be gone
        self._check_permissions()  # before the folders are opened, which takes other users' access away
        for file in self._entry_files():
            self._take(file)
        erased = self._read_erased()
        self._check_journal(erased)
        gone = self._check_second_names(erased)
        self._tell_damaged()
        self._check_missing(erased, gone)
        self._check_conflicts()
        self._check_parents(gone)
        self._check_drafts()
        self._check_own_files()
        self._check_space()
        self._check_clock()
        if self.index.is_there and not self.index.is_true_of(self._seen):
            self._find(Kind.INDEX, "index", can_mend=True)
        self.health.entries = sum(1 for entry in self._parents if self._is_live(entry))
        self.health.sort()
        return self.health

    def _find(self, kind: Kind, name: str, why: str = "", *, can_mend: bool = False) -> None:
        self.health.findings.append(Finding(kind, name, why, can_mend))

    def _is_live(self, entry: str) -> bool:
        """Return whether an entry is not hidden: one of its heads is live."""
        revisions = self._parents[entry]
        return any(head in self._live[entry] for head in heads(revisions, revisions))

    # The files of entries.

    def _entry_files(self) -> Iterator[_EntryFile]:
        """Yield every file among the entries, read; name those of others, and folders that cannot be opened."""
        root = self.journal / "entries"
        if not is_folder(root):
            return
        months = []
        try:
            with Folder(root, shared=True) as folder:
                for name, is_file in sorted(folder.names()):
                    if is_file:  # beside the folders of months, as in a backup that was copied back by hand
                        yield from self._entry_file(folder, "", name)
                    elif not name.startswith("."):
                        months.append(name)
        except OSError:
            self._close(root.name)
        for month in sorted(months):
            try:
                with Folder(root / month, shared=True) as folder:
                    for name in sorted(folder.list_names()):
                        yield from self._entry_file(folder, month, name)
            except OSError:
                self._close(month)

    def _close(self, name: str) -> None:
        self._closed.add(name)
        self._find(Kind.FOLDER, name, _("cannot be opened"))

    def _entry_file(self, folder: Folder, month: str, name: str) -> Iterator[_EntryFile]:
        """Yield one file among the entries, unless it is another program's."""
        if name.startswith(".") and name.endswith(_PLACEHOLDER):
            own = name.removeprefix(".").removesuffix(".icloud")
            if is_well_formed(own):
                self._present.add(own[ENTRY])
                self._names[own] = month
            self._find(Kind.DAMAGED, name, _("not downloaded yet"))
        elif is_foreign(name):
            self.health.left_by_others.append(name)
        elif not name.endswith(seal.SUFFIX):
            self._find(Kind.FOREIGN, name, _("not an entry"))
        else:
            yield self._read(folder, month, name)

    def _read(self, folder: Folder, month: str, name: str) -> _EntryFile:
        try:
            status = folder.status(name)
            entry = as_entry(seal.opened(folder.read(name)))
        except NotAFileError as error:
            return _EntryFile(month, name, None, error.strerror or "")
        except OSError:
            return _EntryFile(month, name, None, _("cannot be opened"))
        except DamagedEntryError as error:
            with contextlib.suppress(OSError):
                self._note_seen(name, folder.status(name), None)
            return _EntryFile(month, name, None, str(error))
        self._note_seen(name, status, entry)
        return _EntryFile(month, name, entry)

    def _note_seen(self, name: str, status: os.stat_result, entry: Entry | None) -> None:
        """Note what is so of a file, for the index to be compared with."""
        if self.index.is_there and is_well_formed(name):
            is_own = entry is not None and file_name_of(entry) == name
            self._seen[name] = Seen(status, Traits.of(entry) if entry and is_own else None)

    def _take(self, file: _EntryFile) -> None:
        """Take a file into account."""
        if file.entry is None:
            self._damaged.append(file)
            if is_well_formed(file.name):
                self._present.add(file.name[ENTRY])
                self._names.setdefault(file.name, file.month)
            return
        entry, own = file.entry, file_name_of(file.entry)
        self.health.files += 1
        identity = file.name if is_well_formed(file.name) else own
        self._present.add(identity[ENTRY])
        self._names[identity] = file.month
        self._sound.add(identity)
        if identity != own:
            self._find(Kind.EDITED, file.name)
        revision = identity[REVISION]
        self._parents.setdefault(identity[ENTRY], {})[revision] = [*entry.parents]
        live = self._live.setdefault(identity[ENTRY], {})
        if not entry.deleted:
            live[revision] = entry.gist
        self._newest = max(self._newest, saved_at(entry.body["saved"]))

    def _tell_damaged(self) -> None:
        """Name the damaged files, but for those with a good copy beside them."""
        for file in self._damaged:
            if file.name in self._sound:
                self.health.healed.append(file.name)
            else:
                can_mend = bool(is_well_formed(file.name)) and self._good_copy(file.month, file.name) is not None
                self._find(Kind.DAMAGED, file.name, file.why, can_mend=can_mend)

    def _good_copy(self, month: str, name: str) -> bytes | None:
        """Return the bytes of a file by its second name, if they are what the name says; else None."""
        for folder in dict.fromkeys((month, month_of(name))):
            with contextlib.suppress(OSError, DamagedEntryError):
                data = self.kept.read(folder, name)
                if file_name_of(as_entry(seal.opened(data))) == name:
                    return data
        return None

    # What is missing.

    def _read_erased(self) -> Collection[str]:
        """Return the ids of the entries that were erased; nothing is called missing where they cannot be read."""
        tombstones = Erased(self.journal / ERASED)
        try:
            ids = tombstones.read_ids()
            here = ids & self._present
            unsure = here - tombstones.sure(here)
            for entry in unsure:
                self._find(Kind.TOMBSTONE, entry)
            for name in tombstones.damaged():
                if not any(entry in name for entry in unsure):
                    self._find(Kind.OWN_FILE, f"{ERASED}/{name}", _("not readable"))
        except OSError:
            self._closed.add(ERASED)
            self._find(Kind.OWN_FILE, ERASED, _("cannot be opened"))
            return ()
        return ids

    def _check_journal(self, erased: Collection[str]) -> None:
        """Say so when another journal lies here, or entries near it: what is missing must not be put into another."""
        self._check_files(self.journal, lambda name: name == "journal.json", id_in)
        journal = ""
        with contextlib.suppress(OSError), Folder(self.journal, shared=True) as folder:
            journal = id_in(folder.read("journal.json"))
        missing = self.last_seen.missing(self._present).difference(erased)
        self._is_another = bool(missing) and self.last_seen.is_another(journal)
        if self._is_another:
            self._find(Kind.ANOTHER, "journal.json")
        for folder_near in find_nearby(self.journal, self._present.union(erased)):
            self._find(Kind.BESIDE, str(folder_near))

    def _check_second_names(self, erased: Collection[str]) -> set[str]:
        """Compare second names with the files; return the names of files that have gone."""
        gone: set[str] = set()
        second: set[str] = set()
        if self._is_another:
            return gone
        try:
            for month, name in self.kept.names():
                second.add(name)
                if name in self._names or name[ENTRY] in erased or self._closed & {month, "entries", ERASED}:
                    continue
                gone.add(name)
                self._find(Kind.GONE, name, can_mend=self._good_copy(month, name) is not None)
        except OSError:
            self._find(Kind.OWN_FILE, KEPT, _("cannot be opened"))
            return gone
        for name, month in self._names.items():
            if not month or name not in self._sound or name[ENTRY] in erased or self._is_another:
                continue  # second names lie in folders of months
            if name in second and self._has_sound_second_name(month, name):
                self.health.second_names += 1
            elif is_there(self.journal / "entries" / month / name):  # not where a sync tool has renamed it
                self._without_second_name.append((month, name))
        for _month, name in self._without_second_name:
            self._find(Kind.SECOND_NAMES, name, can_mend=True)
        return gone

    def _has_sound_second_name(self, month: str, name: str) -> bool:
        """Return whether a second name is the same file, or a good copy of it."""
        is_link = is_same(self.journal / "entries" / month / name, self.kept.folder / month / name)
        return is_link or self._good_copy(month, name) is not None

    def _check_missing(self, erased: Collection[str], gone: Collection[str]) -> None:
        """Name the entries that were here and of which nothing is left; not while a folder cannot be opened."""
        if self._closed or self._is_another:
            return
        missing = self.last_seen.missing(self._present) - {*erased} - {name[ENTRY] for name in gone}
        for entry in missing:
            self._find(Kind.MISSING, entry)

    def _check_conflicts(self) -> None:
        """Name the entries that were changed in two places: they have several live heads that say different things."""
        for entry, revisions in self._parents.items():
            live = self._live[entry]
            if len({live[head] for head in heads(revisions, revisions) if head in live}) > 1:
                self._find(Kind.CONFLICT, entry)

    def _check_parents(self, gone: Collection[str]) -> None:
        """Name the versions whose earlier version is not here, nor named already."""
        named = {(name[ENTRY], name[REVISION]) for name in (*self._names, *gone)}
        for entry, revisions in self._parents.items():
            for revision, parents in revisions.items():
                if revision not in self.imported and any((entry, parent) not in named for parent in parents):
                    self._find(Kind.PARENT, f"{entry}.{revision}")

    # This device.

    def _check_permissions(self) -> None:
        """Name the files and folders of ours that other users can open, or that belong to another user."""
        if os.name != "posix":
            return
        for top in (self.journal, self.state):
            for path in _paths_below(top):
                with contextlib.suppress(OSError):
                    status = system.fs.stat(str(path), follow_symlinks=False)
                    if stat.S_ISLNK(status.st_mode):
                        continue
                    if status.st_uid != os.getuid():
                        self._find(Kind.PERMISSIONS, str(path), _("belongs to somebody else"))
                    elif status.st_mode & _OTHERS:
                        self._find(Kind.PERMISSIONS, str(path), can_mend=True)

    def _check_drafts(self) -> None:
        try:
            with Folder(self.state / "drafts", shared=True) as folder:
                for name in sorted(folder.list_names()):
                    if name.endswith(".jsonl"):
                        self._check_draft(folder, name)
        except (FileNotFoundError, NotADirectoryError):
            pass  # nothing was begun yet
        except OSError:
            self._find(Kind.DRAFT, "drafts", _("cannot be opened"))

    def _check_draft(self, folder: Folder, name: str) -> None:
        try:
            data = folder.read(name)
            if is_closed(data):  # nobody can tell how it is
                self.health.drafts += 1
                return
            draft = parse(name, data, folder.path)
        except (OSError, ValueError):
            self._find(Kind.DRAFT, name, _("not readable"))
            return
        self.health.drafts += 1
        self._newest = max(self._newest, draft.started.timestamp())
        if draft.damaged:
            self._find(Kind.DRAFT, name, _("some lines are damaged"))

    def _check_own_files(self) -> None:
        """Name the files of ours, beside entries and drafts, that cannot be read; count what a crash left."""
        self._check_files(self.state, lambda name: name == LAST_SEEN, _is_text)
        for folder in (self.state, self.state / IMPORTS):
            self._check_files(folder, _is_named_json, _is_json)
        with contextlib.suppress(OSError), Folder(self.state / ASIDE, shared=True) as aside:
            self.health.put_aside = len(aside.list_names())

    def _check_files(self, path: Path, is_meant: Callable[[str], bool], is_sound: Callable[[bytes], object]) -> None:
        """Name the files in a folder that cannot be read or are not sound, or the folder if it cannot be opened."""
        try:
            if not has_folder(path):
                return
            with Folder(path, shared=True) as folder:
                for name in sorted(filter(is_meant, folder.list_names())):
                    if not _can_read(folder, name, is_sound):
                        self._find(Kind.OWN_FILE, name, _("not readable"))
        except OSError:
            self._find(Kind.OWN_FILE, path.name, _("cannot be opened"))

    def _check_space(self) -> None:
        place = next((path for path in (self.journal, *self.journal.parents) if is_folder(path)), None)
        with contextlib.suppress(OSError):
            if place:
                self.health.free = system.fs.free_space(str(place))
                if self.health.free < _LITTLE_SPACE:
                    self._find(Kind.SPACE, str(place))

    def _check_clock(self) -> None:
        """Say so when an entry was saved or a draft begun later than now."""
        if self._newest > now().timestamp() + _CLOCKS_APART:
            self._find(Kind.CLOCK, "clock")

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
            self.index.check(self._seen)
        return len(findings)

    def _publish(self, finding: Finding) -> None:
        """Publish the good copy of a file: under its own name where that is free, else beside it."""
        month = self._names.get(finding.name, month_of(finding.name))
        data = self._good_copy(month, finding.name)
        if data is None:
            return
        stem = finding.name.removesuffix(seal.SUFFIX)
        with Folder(self.journal / "entries" / month, create=True) as folder:
            for name in (finding.name, f"{stem}.mended{seal.SUFFIX}"):
                with contextlib.suppress(FileExistsError):
                    folder.publish(name, data)
                    return


def _can_read(folder: Folder, name: str, is_sound: Callable[[bytes], object]) -> bool:
    with contextlib.suppress(OSError):
        return bool(is_sound(folder.read(name)))
    return False


def _is_named_json(name: str) -> bool:
    return name.endswith(".json") and not is_foreign(name)


def _is_json(data: bytes) -> bool:
    """Return whether bytes are a JSON object, as every .json file of the state folder is."""
    try:
        return isinstance(json.loads(data), dict)
    except (ValueError, RecursionError):
        return False


def _is_text(data: bytes) -> bool:
    """Return whether bytes are lines of ASCII."""
    return data.isascii() and all(line.isprintable() for line in data.decode("ascii").split("\n"))


def _paths_below(top: Path) -> Iterator[Path]:
    """Yield a folder and all that lies in it, but for what a sync tool or a version control keeps there."""
    if not is_folder(top):
        return
    yield top
    for parent, folders, names in os.walk(top):
        # Second names are the same files as those of the journal.
        folders[:] = [name for name in folders if not name.startswith(".") and name != KEPT]
        yield from (Path(parent) / name for name in (*folders, *names) if not is_foreign(name))
