"""The journal: immutable revisions in a folder, read by listing names.

Nothing is ever overwritten. A save writes a new file; an edit's file names its parents; a deletion is a
revision too. So history, undo, two terminals, crashes and sync by any tool need nothing more.
"""

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, islice
from pathlib import Path
from typing import NamedTuple

from smartcli.entries.checking import as_entry
from smartcli.entries.entry import DamagedEntryError, Entry
from smartcli.entries.revisions import new_id
from smartcli.journal import file_heads, seal
from smartcli.journal.disk_errors import told_trouble
from smartcli.journal.file_heads import Glance
from smartcli.journal.file_names import Listing
from smartcli.journal.files import Folder, NotAFileError, is_folder
from smartcli.journal.heads import ENTRY, Revision, depth, file_name, heads, is_well_formed, saved_at
from smartcli.moments import stamp
from smartcli.trouble import ATTENTION, Trouble

FORMAT = 1
_BATCH = 250  # entries for which the folders are synced once
_FOREIGN = (".", "~", "desktop.ini", "Thumbs.db")
_UNFINISHED = (".tmp", ".part", ".crdownload", ".partial")

README = """\
This folder is a smartcli journal: somebody's private notes. Please close it if it is not yours.

entries/    one JSON file for each version of each entry, by month. Nothing here is ever changed in place:
            an edit or a deletion is a new file that names the one before under "parents". The newest version
            of an entry is the one no other file names. Any text editor opens them: "ask" is the question,
            "answer" what was written.
exercises/  exercises of your own.

The program can be left out: the files stay readable without it.
"""


Holding = Callable[[bytes], object]  # whether a file may hold what is looked for, told from its bytes


class Unreadable(NamedTuple):
    """A file in the journal that could not be read: its name and why, in a few words."""

    name: str
    why: str


class Head(NamedTuple):
    """The entry as it stands: its newest live revision, and how it came to be so."""

    entry: Entry
    revision: Revision
    others: tuple[Revision, ...] = ()  # further live heads: it was edited in two places
    versions: int = 1
    unread: int = 0  # revisions that could not be read just now: what stands may be another

    @property
    def edited_outside(self) -> bool:
        """Whether the content no longer matches the revision in its file's name."""
        return self.entry.revision != self.revision.revision

    def revisions(self) -> list[str]:
        """Return the revisions that a next one is made from."""
        return [self.revision.revision, *(other.revision for other in self.others)]

    def notes(self) -> list[str]:
        """Return what should be said beside the entry: edited outside, elsewhere, or deleted."""
        said = []
        if self.edited_outside:
            said.append("This file was edited outside smartcli. It is shown as it stands.")
        if self.others:
            said.append("It was changed in two places. This is the newer; both are kept.")
        if self.entry.deleted:
            said.append(f"Deleted. `smartcli restore {self.entry.id[:6]}` brings it back.")
        return said


@dataclass
class Journal:
    """A journal folder. Reading never writes; the first save makes the folder.

    `unreadable` and `listed` (the ids of all entries) are what the last listing found.
    """

    path: Path
    unreadable: list[Unreadable] = field(default_factory=list)
    listed: set[str] = field(default_factory=set)
    _open: Folder | None = None

    def save(self, entry: Entry) -> str:
        """Write a revision and return its name's revision part; durable on return.

        Saving the same revision twice is the same as once. Raises Trouble (3) when it cannot be written.
        """
        with told_trouble():
            self._found()
            with Folder(self.path / "entries" / _place(entry), create=True) as folder:
                _write(entry, folder, folder.publish)
        return entry.revision

    def save_all(self, entries: Iterable[Entry], done: Callable[[int], None] = lambda number: None) -> None:
        """Write many revisions, each whole or not at all; all of them durable on return.

        `done` is told, every few hundred, how many are durable. Each file is made durable before it has its name,
        as ever; only the folder, where the names are, is synced once for all of a batch that lie in it.
        Raises Trouble (3) when one cannot be written: those before it are kept.
        """
        kept = 0
        entries = iter(entries)
        while batch := [*islice(entries, _BATCH)]:
            with told_trouble():
                self._found()
                for month, those in groupby(sorted(batch, key=_place), key=_place):
                    with Folder(self.path / "entries" / month, create=True) as folder:
                        for entry in those:
                            _write(entry, folder, folder.place)
                        folder.sync()
            kept += len(batch)
            done(kept)

    def _found(self) -> None:
        """Make the journal's own files, where they are not there yet."""
        with Folder(self.path, create=True) as folder:
            if not folder.has("journal.json"):
                described = {"format": FORMAT, "id": new_id()}
                for name, text in (("README.txt", README), ("journal.json", json.dumps(described) + "\n")):
                    with contextlib.suppress(FileExistsError):  # there before, or made by another window just now
                        folder.publish(name, text.encode())

    def erase(self, entry: str) -> int:
        """Unlink every file of an entry, oldest first, and return how many there were.

        Oldest first: were it cut short, what is left is the newest, never something older brought back.
        Raises Trouble (3).
        """
        files = [*self._files_of(entry)]
        parents = {found.revision: found.parents for _, _, found in files if found}

        def age(file: tuple[str, str, Entry | None]) -> tuple[float, int]:
            found = file[2]
            return (saved_at(found.body["saved"]), depth(found.revision, parents)) if found else (0.0, 0)

        for month, name, _ in sorted(files, key=age):
            with told_trouble("Not erased"), Folder(self.path / "entries" / month) as folder:
                folder.remove(name)
        return len(files)

    def _files_of(self, entry: str) -> Iterator[tuple[str, str, Entry | None]]:
        """Yield the month and name of every file of an entry, under whatever name it lies, and what it holds."""
        for month, names in self._months():
            for name in names:
                named = is_well_formed(name)
                if _not_ours(name) or (named and name[ENTRY] != entry):
                    continue
                try:
                    found = self._read(month, name)
                except DamagedEntryError:
                    if named:
                        yield month, name, None
                    continue
                if found.id == entry:
                    yield month, name, found

    def exists(self) -> bool:
        """Return whether there is a journal here yet."""
        return is_folder(self.path / "entries")

    def revisions(self) -> Listing:
        """Return every revision there is, from names alone where names tell."""
        self.unreadable = []
        found = Listing()
        odd: list[tuple[str, str]] = []
        for month, names in self._months():
            for name in found.add(month, names):
                if name.startswith(".") and name.endswith(".json.icloud"):
                    self.unreadable.append(Unreadable(name, "not downloaded yet"))
                elif not _not_ours(name):
                    odd.append((month, name))
        for month, name in odd:
            self._adopt(month, name, found)
        self.listed = set(found.ids())
        return found

    def _months(self) -> Iterator[tuple[str, list[str]]]:
        """Yield each month's folder and the names in it."""
        if not self.exists():
            return
        with told_trouble(), Folder(self.path / "entries") as top:
            months = sorted(name for name, plain in top.names() if not plain and not name.startswith("."))
        for month in months:
            try:
                with Folder(self.path / "entries" / month) as folder:
                    yield month, folder.listed()
            except OSError:
                self.unreadable.append(Unreadable(month, "cannot be opened"))

    def _adopt(self, month: str, name: str, found: Listing) -> None:
        """Take in a file whose name is not ours, such as a sync tool's copy: its identity is inside."""
        try:
            entry = self._read(month, name)
        except DamagedEntryError as error:
            self.unreadable.append(Unreadable(name, str(error)))
            return
        revision = Revision(stamp(entry.when.at), entry.id, entry.revision, month, name)
        found.adopt(revision, file_name(*revision[:3], seal.SUFFIX))

    def _read(self, month: str, name: str) -> Entry:
        return as_entry(seal.opened(self._bytes(month, name)))

    def _bytes(self, month: str, name: str) -> bytes:
        """Return a file's bytes; raises DamagedEntryError with the reason when they cannot be had."""
        try:
            return self._month(month).read(name)
        except NotAFileError as error:
            raise DamagedEntryError(error.strerror) from None
        except OSError:
            raise DamagedEntryError("cannot be opened") from None

    def _month(self, month: str) -> Folder:
        """Return a month's folder, kept open while the reading stays in it."""
        if self._open is None or self._open.path.name != month:
            if self._open:
                self._open.close()
            self._open = Folder(self.path / "entries" / month)
        return self._open

    def read(self, revision: Revision) -> Entry:
        """Return one revision's entry; raises DamagedEntryError."""
        return self._read(revision.folder, revision.name)

    def heads(
        self,
        *,
        deleted: bool = False,
        since: date | None = None,
        until: date | None = None,
        holding: Holding | None = None,
    ) -> Iterator[Head]:
        """Yield every live entry, newest `when` first (ties: by id); with `deleted` those hidden too.

        To pass over most files unread: `since` and `until` are the days that matter (entries a day or two
        beyond may come along); an entry of one file whose bytes `holding` refuses is left out.

        Files are read as they are reached, so that the first few cost little however many there are.
        What cannot be read is noted in `unreadable`, and never stops the rest.
        """
        for one in self._standing(since, until):
            head = self._alone(one, holding) if isinstance(one, Revision) else one
            if head and (deleted or not head.entry.deleted):
                yield head

    def _standing(self, since: date | None = None, until: date | None = None) -> Iterator[Revision | Head]:
        """Yield what stands for each entry, newest first: its only revision, unread, or its head."""
        listing = self.revisions()
        several = listing.several()
        waiting: dict[str, Head | None] = {}  # heads whose own place in the order is still to come
        for name in listing.newest_first(since, until):
            entry = name[ENTRY]
            if entry not in several:
                yield listing.revision(name)
                continue
            if entry not in waiting:
                waiting[entry] = self.head(several[entry])
            head = waiting[entry]
            if head and file_name(*head.revision[:3], seal.SUFFIX) == name:
                waiting[entry] = None
                yield head

    def glances(self) -> Iterator[Glance]:
        """Yield a glance at every live entry, newest first: far quicker than reading them."""
        for one in self._standing():
            seen = self._glance(one) if isinstance(one, Revision) else file_heads.of(one.entry)
            if seen and seen.live:
                yield seen

    def _glance(self, revision: Revision) -> Glance | None:
        try:
            seen = file_heads.glance(self._bytes(revision.folder, revision.name))
        except DamagedEntryError:
            seen = None
        entry = None if seen else self._readable(revision)
        return file_heads.of(entry) if entry else seen

    def entries(self, holding: Holding | None = None) -> Iterator[Entry]:
        """Yield every live entry, newest first; `holding` as for `heads`."""
        return (head.entry for head in self.heads(holding=holding))

    def _alone(self, revision: Revision, holding: Holding | None) -> Head | None:
        entry = self._readable(revision, holding)
        return Head(entry, revision) if entry else None

    def _readable(self, revision: Revision, holding: Holding | None = None) -> Entry | None:
        try:
            data = self._bytes(revision.folder, revision.name)
            return as_entry(seal.opened(data)) if holding is None or holding(data) else None
        except DamagedEntryError as error:
            self.unreadable.append(Unreadable(revision.name, str(error)))
            return None

    def head(self, revisions: Iterable[Revision]) -> Head | None:
        """Return the head among all revisions of an entry: live before deleted, then the one saved last.

        None when none of them can be read.
        """
        revisions = [*revisions]
        read = {revision: entry for revision in revisions if (entry := self._readable(revision))}
        parents = {revision.revision: entry.parents for revision, entry in read.items()}
        ends = heads([revision.revision for revision in read], parents)
        order = sorted(
            (revision for revision in read if revision.revision in ends),
            key=lambda revision: (
                not read[revision].deleted,
                saved_at(read[revision].body["saved"]),
                revision.revision,
            ),
            reverse=True,
        )
        if not order:
            return None
        live = tuple(revision for revision in order[1:] if not read[revision].deleted)
        return Head(read[order[0]], order[0], live, len(read), len(revisions) - len(read))

    def find(self, name: str, *, revision: str | None = None, deleted: bool = False) -> Head:
        """Return the entry whose id begins with `name` (4 characters or more), or the one saved `last`.

        With `revision` (its beginning) that version of it. Raises Trouble when there is none, or several.
        """
        name = name.strip().casefold()
        if name == "last":
            name = self._last()
        listing = self.revisions()
        found = [entry for entry in self.listed if entry.startswith(name)]
        if len(name) < 4 or not found:
            short = "An id is named by four of its characters or more." if len(name) < 4 else ""
            hint = "`smartcli review` shows the ids; `last` is the entry saved last."
            raise Trouble(short or "No entry has that id.", hint=hint)
        if len(found) > 1:
            raise Trouble(f"{len(found)} entries have ids that begin so.", hint="Give a few characters more.")
        revisions = listing[found[0]]
        head = self.head(revisions)
        if head is None:
            raise Trouble(
                "That entry cannot be read just now.",
                safe="Its file was left as it is.",
                hint="`smartcli where` names the file.",
                code=ATTENTION,
            )
        if revision:
            return self._version(revisions, revision)
        if head.entry.deleted and not deleted:
            raise Trouble("That entry was deleted.", hint=f"`smartcli restore {head.entry.id[:8]}` brings it back.")
        return head

    def _version(self, revisions: list[Revision], name: str) -> Head:
        """Return the one revision whose name begins so."""
        found = [one for one in revisions if one.revision.startswith(name.strip().casefold())]
        entry = self._readable(found[0]) if len(found) == 1 else None
        if entry is None:
            raise Trouble("That entry has no such version.", hint="`smartcli history ID` lists them.")
        return Head(entry, found[0], versions=len(revisions))

    def versions(self, head: Head, revisions: Sequence[Revision] = ()) -> list[Entry]:
        """Return every readable revision of an entry, oldest first; `revisions`: its own, if known already."""
        among = revisions or self.revisions()[head.entry.id]
        found = [entry for one in among if (entry := self._readable(one))]
        parents = {entry.revision: entry.parents for entry in found}
        return sorted(found, key=lambda entry: (saved_at(entry.body["saved"]), depth(entry.revision, parents)))

    def _last(self) -> str:
        """Return the id of the entry saved last; of two, the later by id. One that cannot be read is passed over."""
        listing = self.revisions()
        saved = sorted(((saved_at(seen.saved), seen.id) for seen in self.glances()), reverse=True)
        for _, entry in saved:
            if self.head(listing[entry]):
                return entry
        raise Trouble("There are no entries yet.", hint="`smartcli checkin` takes about a minute.")


def _place(entry: Entry) -> str:
    """Return the folder an entry belongs in: the month in its file's name."""
    when = stamp(entry.when.at)
    return f"{when[:4]}-{when[4:6]}"


def _write(entry: Entry, folder: Folder, put: Callable[[str, bytes], None]) -> None:
    """Put a revision into its month's folder; one that is there already is the same."""
    name, data = file_name(stamp(entry.when.at), entry.id, entry.revision, seal.SUFFIX), seal.sealed(entry.body)
    try:
        put(name, data)
    except FileExistsError:
        if folder.read(name) != data:
            raise


def _not_ours(name: str) -> bool:
    """Return whether a name is another tool's leftover, or a file still being written."""
    return name.startswith(_FOREIGN) or name.endswith(_UNFINISHED)
