"""The journal: immutable revisions of entries, one file each, in a folder for each month.

Nothing is ever overwritten. A save writes a new file; an edit's file names its parents; a deletion
is a revision too. So history, undo, two terminals, crashes and sync by any tool need nothing more.

The names of the files say which revisions there are (`file_names`). An index (`index`) may say
which of them need not be opened; nothing depends on it.
"""

import contextlib
import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from itertools import groupby, islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from smartcli.entries.checking import as_entry
from smartcli.entries.entry import (
    DELETED,
    ID,
    DamagedEntryError,
    Entry,
    Mentions,
    NewerEntryError,
    differing,
    side_by_side,
)
from smartcli.entries.revisions import new_id
from smartcli.journal import seal
from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.erased import FOLDER as TOMBSTONES
from smartcli.journal.erased import Erased
from smartcli.journal.file_heads import FileHead, read_file_head
from smartcli.journal.file_names import FileNames
from smartcli.journal.files import Folder, NotAFileError, NotDurableError, has_folder
from smartcli.journal.heads import (
    ENTRY,
    Revision,
    file_name,
    heads,
    live_ends,
    name_within,
    order_by_history,
    saved_at,
)
from smartcli.journal.index import Index, Traits
from smartcli.journal.last_seen import LastSeen
from smartcli.language import N_, _
from smartcli.moments import now, stamp
from smartcli.trouble import ATTENTION, Trouble

FORMAT = 1
_BATCH = 250  # entries saved between two syncs of folders: a step of an import's progress
_FOREIGN = (
    ".",
    "~",
    "desktop.ini",
    "Thumbs.db",
)  # how names of the system's or another tool's files begin
_UNFINISHED = (".tmp", ".part", ".crdownload", ".partial")  # how names of half-copied files end
SHORTEST_ID = 4  # characters by which an entry can be named; with fewer, several soon begin so

_NOT_READ = N_("Your journal cannot be read")

README = N_("""\
This folder is a smartcli journal: somebody's private notes. Please close it if it is not yours.

entries/    one JSON file for each version of each entry, by month. Nothing here is ever changed in place:
            an edit or a deletion is a new file that names the one before under "parents". The newest version
            of an entry is the one no other file names. Any text editor opens them: "ask" is the question,
            "answer" what was written.
exercises/  exercises of your own.

The program can be left out: the files stay readable without it.
""")


# A quick test of a file's bytes: false when the entry in them cannot be one that is looked for.
Holding = Callable[[bytes], object]


class Unreadable(NamedTuple):
    """A file or folder in the journal that could not be read: its name and why, in a few words."""

    name: str
    why: str
    is_folder: bool = False


class Head(NamedTuple):
    """An entry as it stands now: the revision that is its head, and how many others there are.

    `entry.others` are those of the `others` that say something else.
    """

    entry: Entry
    revision: Revision
    others: tuple[Revision, ...] = ()  # further live heads: the entry was edited in two places
    versions: int = 1
    unread: int = 0  # revisions that cannot be read now and that none was made from: one may be newer

    @property
    def needs_attention(self) -> bool:
        """Whether the entry stands in two versions, or a newer one cannot be read."""
        return bool(self.entry.others or self.unread)

    @property
    def edited_outside(self) -> bool:
        """Whether the content no longer matches the revision in its file's name."""
        return self.entry.revision != self.revision.revision

    def revisions(self) -> list[str]:
        """Return the hashes of the revisions that the next one has for parents."""
        return [self.revision.revision, *(other.revision for other in self.others)]

    def notes(self) -> list[str]:
        """Return what should be said beside the entry: edited outside, elsewhere, or deleted."""
        notes = []
        if self.edited_outside:
            notes.append(_("This entry was changed outside smartcli. You see it as it is now."))
        if self.entry.others:
            notes.append(
                _(
                    "This entry was changed in two places. All versions are saved. "
                    "`smartcli edit {id}` shows what is different and asks which one to keep.",
                    id=self.entry.id[:6],
                )
            )
        if self.unread:
            notes.append(
                _("A newer version of this cannot be read just now. `smartcli where` shows which file that is.")
            )
        if self.entry.deleted:
            notes.append(_("This entry is hidden. `smartcli restore {id}` brings it back.", id=self.entry.id[:6]))
        return notes


class _MissingTrouble(Trouble):
    """An entry was here, and is not; exit code 4."""

    def __init__(self, sentence: str) -> None:
        super().__init__(
            sentence,
            safe=_("smartcli did not remove it."),
            hint=_("`smartcli where` says what you can do."),
            code=ATTENTION,
        )


class Standing(Enum):
    """How an entry stands, as far as names and the index tell."""

    LIVE = "live"
    HIDDEN = "hidden"


class _Listed(NamedTuple):
    """An entry's head as the index lists it, where the entry has several revisions."""

    revision: Revision
    file_head: FileHead


_Found = TypeVar("_Found", Head, _Listed)


@dataclass
class Journal:
    """A journal folder. Reading never writes; the first save makes the folder.

    The last call that listed the files sets `listed`, the ids of all entries; `returned`, those that
    were erased and have files again, which are not listed; and `unreadable`, the files that could not be
    read; reading entries adds to `unreadable`.
    """

    path: Path
    index: Index | None = None  # what is known of the files without opening them
    last_seen: LastSeen | None = None  # which entries were here before
    unreadable: list[Unreadable] = field(default_factory=list)
    listed: set[str] = field(default_factory=set)
    returned: frozenset[str] = frozenset()
    has_inner_folders: bool = False  # whether a month's folder holds folders, in which nothing is looked for
    _open_month: Folder | None = None
    _open_name: str = ""

    @property
    def _entries(self) -> Path:
        return self.path / "entries"

    @property
    def id(self) -> str:
        """The id that this journal was given when it was made; "" where it cannot be read."""
        try:
            with Folder(self.path) as folder:
                return id_in(folder.read("journal.json"))
        except OSError:
            return ""

    @property
    def erased(self) -> Erased:
        """The tombstones of the entries that were erased from this journal, on whatever device."""
        return Erased(self.path / TOMBSTONES)

    @property
    def has_closed_folder(self) -> bool:
        """Whether the last listing came upon a folder that cannot be opened: nobody knows what is in it."""
        return any(file.is_folder for file in self.unreadable)

    def save(self, entry: Entry) -> str:
        """Write a revision and return its hash; durable on return.

        Saving the same revision twice is the same as once. Raises Trouble (3) when it cannot be
        written, and Trouble (4) for an entry that was erased: it would be taken away again.
        """
        self._refuse_erased([entry])
        with disk_errors_as_trouble():
            self._create()
            with Folder(self._entries / _month_of(entry), create=True) as folder:
                try:
                    _write(entry, folder, folder.publish)
                except NotDurableError:  # it is there, so it is remembered
                    self._remember([entry], folder, by_person=True)
                    raise
                self._remember([entry], folder, by_person=True)
        return entry.revision

    def save_all(
        self,
        entries: Iterable[Entry],
        done: Callable[[int], None] = lambda number: None,
    ) -> None:
        """Write many revisions, each whole or not at all; all of them durable on return.

        `done` is called after each batch with the number that are durable so far. Raises Trouble
        (3) when a revision cannot be written, (4) for an entry that was erased: the batches before
        it are durable.
        """
        durable = 0
        remaining = iter(entries)
        while batch := [*islice(remaining, _BATCH)]:
            self._refuse_erased(batch)
            with disk_errors_as_trouble():
                self._create()
                for month, of_month in groupby(sorted(batch, key=_month_of), key=_month_of):
                    with Folder(self._entries / month, create=True) as folder:
                        written = [*of_month]
                        for entry in written:
                            _write(entry, folder, folder.place)
                        # Each file is durable before it has its name, as in `save`; only the names
                        # are made durable together, with one sync instead of one for each entry.
                        try:
                            folder.sync()
                        finally:  # they are there, whatever the disk says of them
                            self._remember(written, folder)
            durable += len(batch)
            done(durable)

    def _refuse_erased(self, entries: Iterable[Entry]) -> None:
        erased = self.erased.ids()
        back = {entry.id for entry in entries if entry.id in erased} if erased else set()
        if back and not self._are_shown(back):
            raise Trouble(
                _("That entry was erased, so nothing can be saved in it any more."),
                safe=_("Everything else you saved is safe."),
                hint=_("To save the words in a new entry: smartcli do"),
                code=ATTENTION,
            )

    def _are_shown(self, ids: Collection[str]) -> bool:
        """Return whether these entries are here, and what says that they are erased is damaged."""
        other = Journal(self.path)  # not this one, which may be in the middle of a listing
        other.revisions()
        return other.listed.issuperset(ids)

    def _remember(self, saved: Collection[Entry], folder: Folder, *, by_person: bool = False) -> None:
        """Note that entries are here, and let the index know which of these are next revisions.

        Should their files become unreadable before anything was looked at: a damaged deletion must not bring its
        entry back. `by_person`: each was saved for itself, not with many others.
        """
        if self.last_seen:
            self.last_seen.remember((entry.id for entry in saved), saved=by_person)
        if self.index is None:
            return
        for entry in saved:
            name = _file_name_of(entry)
            if entry.parents:
                with contextlib.suppress(OSError):
                    self.index.note_saved(name, folder.status(name), Traits.of(entry))
        self.index.write()

    def _create(self) -> None:
        """Create the journal's folder and its own two files, where they are missing."""
        with Folder(self.path, create=True) as folder:
            if folder.has("journal.json"):
                return
            name_of_journal = new_id()
            description = json.dumps({"format": FORMAT, "id": name_of_journal}) + "\n"
            # journal.json is written last: while it is missing, both are tried again.
            for name, text in (("README.txt", _(README)), ("journal.json", description)):
                # There from before, or made by another window just now. That neither is durable yet
                # must not keep the entry from being written, which is synced for itself.
                with contextlib.suppress(FileExistsError, NotDurableError):
                    folder.publish(name, text.encode())
        if self.last_seen and self.id == name_of_journal:
            self.last_seen.begin(name_of_journal)

    def exists(self) -> bool:
        """Return whether there is a journal here yet; raises Trouble (3) when that cannot be found out."""
        with disk_errors_as_trouble(_(_NOT_READ)):
            return has_folder(self._entries)

    def revisions(self) -> FileNames:
        """Return every revision there is; only files without a well-formed name are opened."""
        self.unreadable = []
        revisions = FileNames()
        renamed: list[tuple[str, str]] = []
        for month, names in self._months():
            for name in revisions.add(month, names):
                # What iCloud leaves in place of a file that it keeps in the cloud:
                # ".<name>.icloud".
                if name.startswith(".") and name.endswith(".json.icloud"):
                    self._miss(month, name, _("not downloaded yet"), revisions)
                elif not is_foreign(name):
                    renamed.append((month, name))
        # After all the well-formed names, which come first where a copy of the same revision lies.
        for month, name in renamed:
            self._adopt(month, name, revisions)
        self.listed = set(revisions.ids())
        self._leave_out_erased(revisions)
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

    def _months(self) -> Iterator[tuple[str, list[str]]]:
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
        if beside:
            yield "", beside
        for month in sorted(months):
            if month.startswith("."):
                continue
            try:
                with Folder(self._entries / month) as folder:
                    named = [*folder.names()]
            except OSError:
                self.unreadable.append(Unreadable(month, _("cannot be opened"), is_folder=True))
                continue
            inner = {name for name, is_file in named if not is_file and not name.endswith(seal.SUFFIX)}
            self.has_inner_folders |= any(not name.startswith(".") for name in inner)
            yield month, [name for name, _is_file in named if name not in inner]

    def _adopt(self, month: str, name: str, revisions: FileNames) -> None:
        """Add a file by its content: its name is not one of ours (a sync tool's copy, for one)."""
        try:
            entry = self._read(month, name)
        except DamagedEntryError as error:
            self._miss(month, name, str(error), revisions)
            return
        when = stamp(entry.when.at)
        revision = Revision(when, entry.id, entry.revision, month, name)
        own = _file_name_of(entry)
        if own in revisions.folders and not self._is_sound(revisions.revision(own)):
            revisions.drop(own)  # the file that has this revision's name is damaged, and this one is as it was
        revisions.adopt(revision, own)

    def _is_sound(self, revision: Revision) -> bool:
        """Return whether a revision's file can be read; also where only a newer version can."""
        try:
            self.read(revision)
        except NewerEntryError:
            return True
        except DamagedEntryError:
            return False
        return True

    def _miss(self, month: str, name: str, why: str, revisions: FileNames) -> None:
        """Note a file that cannot be read; where its name still tells which revision it is, that one is missed."""
        self.unreadable.append(Unreadable(name, why))
        well_formed = name_within(name, seal.SUFFIX)
        if well_formed:
            revisions.adopt(Revision.named(month, name, well_formed), well_formed)

    def _read(self, month: str, name: str) -> Entry:
        return as_entry(seal.opened(self._bytes(month, name)))

    def _bytes(self, month: str, name: str) -> bytes:
        """Return a file's bytes; raises DamagedEntryError with the reason they cannot be read."""
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

    def heads(
        self,
        *,
        deleted: bool = False,
        since: date | None = None,
        until: date | None = None,
        holding: Holding | None = None,
    ) -> Iterator[Head]:
        """Yield every live entry, newest `when` first, then by id; with `deleted` deleted ones too.

        Three arguments leave most files unread. `since` and `until` are the days that matter;
        entries a day or two beyond may come along. An entry with one revision whose bytes `holding`
        refuses is left out.

        Files are read as they are reached, so that the first few cost little however many there
        are. A file that cannot be read is added to `unreadable`, and never stops the rest.
        """
        revisions = self.revisions()
        names = revisions.newest_first(since, until)
        if self.index and isinstance(holding, Mentions):
            self.learn(self.index, revisions)
            names = self.index.select(names, holding)
        for standing in self.standing(revisions, names, self.head):
            if isinstance(standing, Head):
                head: Head | None = standing
            else:
                entry = self.try_read(standing, holding)
                head = Head(entry, standing) if entry else None
            if head and (deleted or not head.entry.deleted):
                yield head

    def standing(
        self,
        revisions: FileNames,
        names: Iterable[str],
        find_head: Callable[[list[Revision]], _Found | None],
    ) -> Iterator[Revision | _Found]:
        """Yield what stands for each entry, in the order of `names`: its only revision, or its head.

        An entry with several revisions has several names. `find_head` finds its head when the first
        of them is reached, but it is yielded at its own place in the order, if its name is there.
        """
        several = revisions.several()
        heads_to_come: dict[str, _Found | None] = {}  # None: yielded already, or there is none
        for name in names:
            entry = name[ENTRY]
            if entry not in several:
                yield revisions.revision(name)
                continue
            if entry not in heads_to_come:
                heads_to_come[entry] = find_head(several[entry])
            head = heads_to_come[entry]
            if head and _name_of(head.revision) == name:
                heads_to_come[entry] = None
                yield head

    def standing_names(self, revisions: FileNames) -> dict[str, Standing]:
        """Return what stands for each entry by the name of its head's file, newest first.

        No file is opened that the index knows, or that is the only one of its entry.
        """
        if self.index:
            self.learn(self.index, revisions)
        several = revisions.several()
        ends = {entry: self._find_ends(own) for entry, own in several.items()}
        of_several = {_name_of(listed.revision): listed for own in ends.values() for listed in own[:1]}
        deleted = self.index.deleted(revisions.folders) if self.index else frozenset()
        standing: dict[str, Standing] = {}
        for name in revisions.newest_first():
            if name[ENTRY] not in several:
                standing[name] = Standing.HIDDEN if name in deleted else Standing.LIVE
            elif name in of_several:
                is_live = any(listed.file_head.live for listed in ends[name[ENTRY]])
                standing[name] = Standing.LIVE if is_live else Standing.HIDDEN
        return standing

    def learn(self, index: Index, revisions: FileNames) -> None:
        """Make sure that the index knows every file it can know, by reading those that are new to it."""
        for name in self._confirm(index, revisions):
            revision = revisions.revision(name)
            # What cannot be read is told when it is read for its own sake.
            with contextlib.suppress(OSError, DamagedEntryError):
                status = self._month(revision.folder).status(name)
                entry = self.read(revision)
                if (entry.id, entry.revision) == (revision.entry, revision.revision):
                    index.add(name, status, Traits.of(entry))
        index.write()
        index.tidy(revisions.folders)

    def _confirm(self, index: Index, revisions: FileNames) -> list[str]:
        """Compare the index with the disk, and return the names of the files it does not know as they are.

        Files that a sync tool has renamed are in neither: their content decides, each time.
        """
        unknown: list[str] = []
        asked = (name for name in index.unconfirmed(revisions.folders) if name not in revisions.called)
        for month, names in groupby(asked, key=revisions.folders.__getitem__):
            with contextlib.suppress(OSError):
                folder = self._month(month)
                unknown += (name for name in names if not _is_confirmed(index, folder, name))
        return unknown

    def _traits_of(self, revisions: Iterable[Revision]) -> dict[Revision, Traits] | None:
        """Return the traits of all revisions of an entry; None unless the index knows all of them."""
        traits: dict[Revision, Traits] = {}
        for revision in revisions:
            known = self.index.traits(revision.name) if self.index else None
            if known is None:
                return None
            traits[revision] = known
        return traits

    def file_heads(self) -> Iterator[FileHead]:
        """Yield the file head of every live entry, newest first: quicker than reading entries."""
        return self._file_heads(self.revisions())

    def _file_heads(self, revisions: FileNames) -> Iterator[FileHead]:
        if self.index:
            self._confirm(self.index, revisions)
        for standing in self.standing(revisions, revisions.newest_first(), self._find_listed):
            if isinstance(standing, _Listed):
                file_head: FileHead | None = standing.file_head
            else:
                file_head = self._file_head(standing)
            if file_head and file_head.live:
                yield file_head

    def _find_listed(self, revisions: list[Revision]) -> _Listed | None:
        """Return the head among an entry's revisions with its file head; unread if the index knows."""
        return next(iter(self._find_ends(revisions)), None)

    def _find_ends(self, revisions: list[Revision]) -> list[_Listed]:
        """Return the revisions of an entry that are nobody's parent, its head first; unread if the index knows."""
        traits = self._traits_of(revisions)
        if traits is None:
            read = ((revision, self.try_read(revision)) for revision in revisions)
            traits = {revision: Traits.of(entry) for revision, entry in read if entry}
            traits |= self._remembered(revision for revision in revisions if revision not in traits)
        return [_Listed(end, traits[end].file_head(end.entry)) for end in _order_ends(traits)]

    def _file_head(self, revision: Revision) -> FileHead | None:
        """Return the head of an entry's file, by reading all of it where its layout is not ours.

        None when the file cannot be read.
        """
        traits = self.index.traits(revision.name) if self.index else None
        if traits:
            return traits.file_head(revision.entry)
        try:
            file_head = read_file_head(self._bytes(revision.folder, revision.name))
        except DamagedEntryError:
            file_head = None
        if file_head:
            return file_head
        entry = self.try_read(revision)
        return FileHead.of(entry) if entry else None

    def entries(self, holding: Holding | None = None) -> Iterator[Entry]:
        """Yield every live entry, newest first; `holding` as for `heads`."""
        return (head.entry for head in self.heads(holding=holding))

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

    def head(self, revisions: Iterable[Revision]) -> Head | None:
        """Return the head among the revisions of an entry; None when none of them can be read.

        Of several, a live one before a deleted one, then the one saved last. Of those that cannot be read, what the
        index remembers counts: a deletion is one still, and an older version never stands in silence for a newer.
        """
        revisions = [*revisions]
        entries = {revision: entry for revision in revisions if (entry := self.try_read(revision))}
        known = {revision: Traits.of(entry) for revision, entry in entries.items()}
        known |= self._remembered(revision for revision in revisions if revision not in entries)
        ends = _order_ends(known)
        if not ends or not entries:  # also when revisions made by hand name each other as parents, in a circle
            return None
        parents = {parent for traits in known.values() for parent in traits.parents}
        unread = sum(one not in entries and one.revision not in parents for one in revisions)
        live = [one for one in ends if one in entries and known[one].live]
        hidden = [one for one in ends if not known[one].live]
        if not live and not hidden:  # all that stands cannot be read: what it was made from is shown, with a note
            live = _order_live_ends({one: known[one] for one in entries}) or [*entries][-1:]
        if not live:
            entry = entries.get(hidden[0]) or _made_again(hidden[0], known[hidden[0]], entries.values())
            return Head(entry, hidden[0], versions=len(entries), unread=unread)
        newest, *others = live
        entry = side_by_side(entries[one] for one in live)
        if unread:
            entry = replace(entry, has_unread=True)
        return Head(entry, newest, tuple(others), versions=len(entries), unread=unread)

    def _remembered(self, lost: Iterable[Revision]) -> dict[Revision, Traits]:
        """Return what the index remembers of revisions whose files cannot be read."""
        if self.index is None:
            return {}
        asked = {revision: self.index.remembered(file_name(*revision[:3], seal.SUFFIX)) for revision in lost}
        return {revision: traits for revision, traits in asked.items() if traits}

    def find(self, name: str, *, revision: str | None = None, deleted: bool = False) -> Head:
        """Return the entry whose id begins with `name`, or for the name "last" the one saved last.

        With `revision`, the beginning of a revision's hash, that version of the entry. Raises
        Trouble when there is none, or when several entries begin so.
        """
        name = name.strip().casefold()
        all_revisions = self.revisions()
        if name == "last":
            name = self._last(all_revisions)
        revisions = all_revisions[self._find_id(name)]
        head = self.head(revisions)
        if head is None:
            raise Trouble(
                _("That entry cannot be read just now."),
                safe=_("The file has not been changed."),
                hint=_("`smartcli where` shows which file that is."),
                code=ATTENTION,
            )
        if revision:
            return self._version(revisions, revision)
        if head.entry.deleted and not deleted:
            hint = _("`smartcli restore {id}` brings it back.", id=head.entry.id[:8])
            raise Trouble(_("That entry is hidden."), hint=hint)
        return head

    def _find_id(self, beginning: str) -> str:
        """Return the one id in `listed` that begins so; raises Trouble for none or several."""
        show_ids = _("`smartcli review` shows the ids. `last` is the entry you saved last.")
        if len(beginning) < SHORTEST_ID:
            raise Trouble(_("Give at least four characters of the id."), hint=show_ids)
        ids = [entry for entry in self.listed if entry.startswith(beginning)]
        if not ids and self.has_closed_folder:
            raise Trouble(
                _("A folder in the journal could not be opened, and the entry may be in it."),
                safe=_("smartcli did not change it."),
                hint=_("`smartcli where` shows which folder that is."),
                code=ATTENTION,
            )
        if not ids:
            self._tell_gone(beginning)
            raise Trouble(_("No entry has that id."), hint=show_ids)
        if len(ids) > 1:
            hint = _("Give a few more characters.")
            raise Trouble(_("{number} entries have ids that begin like this.", number=len(ids)), hint=hint)
        return ids[0]

    def _tell_gone(self, beginning: str) -> None:
        """Raise Trouble where an entry whose id begins so was here, and was erased or is missing."""
        erased = self.erased.ids()
        if any(entry.startswith(beginning) for entry in erased):
            raise Trouble(_("That entry was erased."))
        missing = self.last_seen.missing(self.listed) if self.last_seen else set()
        if any(entry.startswith(beginning) for entry in missing):
            raise _MissingTrouble(_("That entry was here before, and is missing now."))

    def _version(self, revisions: list[Revision], beginning: str) -> Head:
        """Return the revision whose hash begins so; raises Trouble for none or several."""
        beginning = beginning.strip().casefold()
        matches = [revision for revision in revisions if revision.revision.startswith(beginning)]
        entry = self.try_read(matches[0]) if len(matches) == 1 else None
        if entry is None:
            hint = _("`smartcli history ID` lists them.")
            raise Trouble(_("That entry has no such version."), hint=hint)
        return Head(entry, matches[0], versions=len(revisions))

    def hidden_versions(self, head: Head) -> list[Entry]:
        """Return the versions of a hidden entry that stood when it was hidden, the one saved last first."""
        versions = {entry.revision: entry for entry in self.versions(head)}
        live = [revision for revision, entry in versions.items() if not entry.deleted]
        ends = live_ends(live, {revision: entry.parents for revision, entry in versions.items()})
        return differing(versions[revision] for revision in reversed(ends))

    def versions(self, head: Head, revisions: Sequence[Revision] = ()) -> list[Entry]:
        """Return every readable revision of an entry, oldest first.

        `revisions` are the entry's own, where the caller has them; else the journal is listed.
        """
        own = revisions or self.revisions()[head.entry.id]
        versions = [entry for revision in own if (entry := self.try_read(revision))]
        ordered = _order_by_history(versions)
        return sorted(versions, key=lambda entry: ordered.index(entry.revision))

    def _last(self, revisions: FileNames) -> str:
        """Return the id of the readable entry saved last; raises Trouble when there is none.

        That is the one saved last on this device, whatever its clock said, unless one has come since
        then from another device whose clock says that it was saved later, but not in the future. Raises
        Trouble (4) where it is missing: another would not be the one that is meant.
        """
        order = self.last_seen.in_order() if self.last_seen else {}
        erased = self.erased.ids()
        older = [*order]
        while older:
            own = older.pop()
            if not order[own] or own in erased:
                continue
            if own not in self.listed:
                raise _MissingTrouble(_("The entry that you saved last is missing now."))
            head = self.head(revisions[own])
            if head is None:
                return own  # it cannot be read, which is told of it
            if not head.entry.deleted:
                since, until = saved_at(head.entry.body["saved"]), now().timestamp()
                arrived = self._by_clock(revisions, self.listed.difference(older, [own]))
                return next((entry for saved, entry in arrived if since < saved <= until), own)
        candidates = self._by_clock(revisions, self.listed)
        # What a clock that is ahead has saved comes after all that may be true.
        until = now().timestamp()
        ranked = sorted(((saved <= until, saved, entry) for saved, entry in candidates), reverse=True)
        for _past, _saved, entry in ranked:
            # A file's head may be whole and the rest of it damaged.
            if self.head(revisions[entry]):
                return entry
        raise Trouble(_("There are no entries yet."), hint=_("`smartcli checkin` takes about a minute."))

    def _by_clock(self, revisions: FileNames, ids: Collection[str]) -> list[tuple[float, str]]:
        """Return when each of some live entries was saved, and its id, the latest first."""
        if not ids:
            return []
        if self.index:  # not by the heads alone: who looks at the last entry asks for measures next
            self.learn(self.index, revisions)
        heads = self._file_heads(revisions)
        return sorted(((saved_at(head.saved), head.id) for head in heads if head.id in ids), reverse=True)


def id_in(data: bytes) -> str:
    """Return the id of the journal that the bytes of a journal.json are of; "" where they say none."""
    try:
        named = json.loads(data)["id"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""
    return named if isinstance(named, str) and ID.fullmatch(named) else ""


def _order_ends(traits: Mapping[Revision, Traits]) -> list[Revision]:
    """Return the revisions that are nobody's parent: a live one before a deleted one, then the one saved last."""
    parents = {revision.revision: known.parents for revision, known in traits.items()}
    return _order(traits, heads([revision.revision for revision in traits], parents))


def _order_live_ends(traits: Mapping[Revision, Traits]) -> list[Revision]:
    """Return the live revisions that no other live one follows, the one saved last first."""
    parents = {revision.revision: known.parents for revision, known in traits.items()}
    return _order(traits, live_ends([revision.revision for revision, known in traits.items() if known.live], parents))


def _order(traits: Mapping[Revision, Traits], ends: Collection[str]) -> list[Revision]:
    """Return those revisions whose hashes are `ends`: a live one before a deleted one, then the one saved last."""

    def rank(revision: Revision) -> tuple[bool, float, str]:
        known = traits[revision]
        # The hash last, so that every device agrees which of two saved at once is the head.
        return known.live, saved_at(known.saved), revision.revision

    return sorted((revision for revision in traits if revision.revision in ends), key=rank, reverse=True)


def order_for_erasing(entries: Iterable[Entry]) -> list[str]:
    """Return the revisions of entries, oldest first by history; of each entry, what stands for it comes last."""
    of_entry: dict[str, dict[str, Entry]] = {}
    for entry in entries:
        of_entry.setdefault(entry.id, {})[entry.revision] = entry
    ordered = []
    for versions in of_entry.values():
        named = {Revision("", entry.id, revision, "", ""): entry for revision, entry in versions.items()}
        ends = _order_ends({revision: Traits.of(entry) for revision, entry in named.items()})
        standing = [ends[0].revision] if ends else []
        ordered += [
            revision for revision in _order_by_history(versions.values()) if revision not in standing
        ] + standing
    return ordered


def _made_again(deletion: Revision, traits: Traits, versions: Iterable[Entry]) -> Entry:
    """Return a deletion whose file cannot be read, by what the index remembers of it and what it hid.

    It differs from the version it hid in nothing but these three keys, so its hash tells whether it is the same.
    """
    again = {"parents": [*traits.parents], "state": DELETED, "saved": traits.saved}
    made = [Entry({**version.body, **again}) for version in versions]
    return next((entry for entry in made if entry.revision == deletion.revision), made[-1])


def _order_by_history(entries: Iterable[Entry]) -> list[str]:
    """Return the revisions of an entry, oldest first: by their parents, then by clock."""
    saved: dict[str, float] = {}
    parents: dict[str, Iterable[str]] = {}
    for entry in entries:
        saved[entry.revision] = saved_at(entry.body["saved"])
        parents[entry.revision] = entry.parents
    return order_by_history(saved, parents)


def _is_confirmed(index: Index, folder: Folder, name: str) -> bool:
    """Return whether the index knows a file as it is; one that is gone by now needs no reading."""
    try:
        return index.confirm(name, folder.status(name))
    except OSError:
        return True


def _month_of(entry: Entry) -> str:
    """Return the name of an entry's folder: the month in its file's name, such as 2026-11."""
    when = stamp(entry.when.at)
    return f"{when[:4]}-{when[4:6]}"


def _name_of(revision: Revision) -> str:
    """Return the name that a revision's file should have, whatever it is called."""
    return file_name(*revision[:3], seal.SUFFIX)


def _file_name_of(entry: Entry) -> str:
    return file_name(stamp(entry.when.at), entry.id, entry.revision, seal.SUFFIX)


def _write(entry: Entry, folder: Folder, put: Callable[[str, bytes], None]) -> None:
    """Write a revision to its month's folder with `put`; the same bytes there are as good."""
    name = _file_name_of(entry)
    data = seal.sealed(entry.body)
    try:
        put(name, data)
    except FileExistsError:
        if folder.read(name) != data:
            raise
        folder.sync()  # its name may not be durable yet: an earlier try may have come no further


def is_foreign(name: str) -> bool:
    """Return whether a file is another program's, or one that is still being copied."""
    return name.startswith(_FOREIGN) or name.endswith(_UNFINISHED)
