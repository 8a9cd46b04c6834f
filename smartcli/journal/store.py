"""The journal: immutable revisions of entries, one file each, in a folder for each month.

Nothing is ever overwritten. A save writes a new file; an edit's file names its parents; a deletion
is a revision too. So history, undo, two terminals, crashes and sync by any tool need nothing more.

How the files are listed and read: `entry_files`; which revision stands: `standing`. An index (`index`) may
say which files need not be opened; nothing depends on it.
"""

import contextlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby, islice
from typing import TypeVar

from smartcli.entries.entry import ID, DamagedEntryError, Entry, Mentions, differing, side_by_side
from smartcli.entries.revisions import new_id
from smartcli.journal import lookup, readme, seal
from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.entry_files import EntryFiles, Holding
from smartcli.journal.file_heads import FileHead, read_file_head
from smartcli.journal.file_names import FileNames, file_name_of, month_of, name_of
from smartcli.journal.files import Folder, NotDurableError
from smartcli.journal.heads import ENTRY, Revision, live_ends
from smartcli.journal.index import Index, Traits
from smartcli.journal.last_day import LastDay
from smartcli.journal.last_seen import LastSeen
from smartcli.journal.sealed_names import SealedNames
from smartcli.journal.standing import Head, Listed, Standing, made_again, order_ends, order_live_ends, order_versions
from smartcli.language import _
from smartcli.trouble import ATTENTION, Trouble

FORMAT = 1
_BATCH = 250  # entries saved between two syncs of folders: a step of an import's progress


_Found = TypeVar("_Found", Head, Listed)


@dataclass
class Journal(EntryFiles):
    """A journal folder. Reading never writes; the first save makes the folder."""

    index: Index | None = None  # what is known of the files without opening them
    last_seen: LastSeen | None = None  # which entries were here before
    last_day: LastDay | None = None  # when something was saved last
    after_save: Callable[[Collection[Entry]], None] | None = None  # what else is to know of revisions just saved
    sealed_names: SealedNames | None = None  # which sealed files were here before
    _letter: str = field(default_factory=seal.random_letter, init=False)  # the folder that sealed files go to

    @property
    def id(self) -> str:
        """The id that this journal was given when it was made; "" where it cannot be read."""
        try:
            with Folder(self.path) as folder:
                return id_in(folder.read("journal.json"))
        except OSError:
            return ""

    def recall_revisions(self) -> FileNames:
        """Return every revision there is, as `revisions`; the months that the index knows unchanged are not listed."""
        return self.revisions(self.index.unchanged) if self.index else self.revisions()

    def save(self, entry: Entry) -> str:
        """Write a revision and return its hash; durable on return.

        Saving the same revision twice is the same as once. Raises Trouble (3) when it cannot be
        written, and Trouble (4) for an entry that was erased: it would be taken away again.
        """
        self._refuse_erased([entry])
        with disk_errors_as_trouble():
            self._create()
            with Folder(self._entries / self._folder_of(entry), create=True) as folder:
                try:
                    self._write(entry, folder, folder.publish)
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
                self._letter = seal.random_letter()  # one folder for the batch: it is synced once
                for name, together in groupby(sorted(batch, key=self._folder_of), key=self._folder_of):
                    with Folder(self._entries / name, create=True) as folder:
                        written = [*together]
                        for entry in written:
                            self._write(entry, folder, folder.place)
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
        """Note that entries are here and of which days, and let the index know which of these are next revisions.

        Should their files become unreadable before anything was looked at: a damaged deletion must not bring its
        entry back. `by_person`: each was saved for itself, not with many others.
        """
        if self.last_seen:
            self.last_seen.remember((entry.id for entry in saved), saved=by_person)
        if self.last_day:
            self.last_day.note((entry.day for entry in saved), by_person=by_person)
        if self.after_save:
            self.after_save(saved)
        if self.index is None:
            return
        for entry in saved:
            name = file_name_of(entry)
            if entry.parents:
                with contextlib.suppress(OSError):
                    self.index.note_saved(name, None if self.seal_to else folder.status(name), Traits.of(entry))
        self.index.write()

    def _folder_of(self, entry: Entry) -> str:
        """Return the name of the folder an entry's file goes to: its month such as 2026-11, or a letter if sealed."""
        return self._letter if self.seal_to else month_of(file_name_of(entry))

    def _write(self, entry: Entry, folder: Folder, put: Callable[[str, bytes], None]) -> None:
        """Write a revision to its folder with `put`; the same bytes there are as good."""
        data = seal.sealed(entry.body, self.seal_to)
        if self.seal_to:
            sealed_name = seal.random_name(self._letter)
            put(sealed_name, data)
            if self.sealed_names:
                self.sealed_names.add([sealed_name])
            return
        name = file_name_of(entry)
        try:
            put(name, data)
        except FileExistsError:
            if folder.read(name) != data:
                raise
            folder.sync()  # its name may not be durable yet: an earlier try may have come no further

    def _create(self) -> None:
        """Create the journal's folder and its own two files, where they are missing."""
        with Folder(self.path, create=True) as folder:
            if folder.has("journal.json"):
                return
            name_of_journal = new_id()
            description = json.dumps({"format": FORMAT, "id": name_of_journal}) + "\n"
            # journal.json is written last: while it is missing, both are tried again.
            text_there = readme.text(is_locked=bool(self.seal_to))
            for name, text in ((readme.NAME, text_there), ("journal.json", description)):
                # There from before, or made by another window just now. That neither is durable yet
                # must not keep the entry from being written, which is synced for itself.
                with contextlib.suppress(FileExistsError, NotDurableError):
                    folder.publish(name, text.encode())
        if self.last_seen and self.id == name_of_journal:
            self.last_seen.begin(name_of_journal)

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
                revision = revisions.revision(standing)
                entry = self.try_read(revision, holding)
                head = Head(entry, revision) if entry else None
            if head and (deleted or not head.entry.deleted):
                yield head

    def standing(
        self,
        revisions: FileNames,
        names: Iterable[str],
        find_head: Callable[[list[Revision]], _Found | None],
    ) -> Iterator[str | _Found]:
        """Yield what stands for each entry, in the order of `names`: its only name, or its head.

        An entry with several revisions has several names. `find_head` finds its head when the first
        of them is reached, but it is yielded at its own place in the order, if its name is there.
        """
        several = revisions.several()
        heads_to_come: dict[str, _Found | None] = {}  # None: yielded already, or there is none
        for name in names:
            entry = name[ENTRY]
            if entry not in several:
                yield name
                continue
            if entry not in heads_to_come:
                heads_to_come[entry] = find_head(several[entry])
            head = heads_to_come[entry]
            if head and name_of(head.revision) == name:
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
        of_several = {name_of(listed.revision): listed for own in ends.values() for listed in own[:1]}
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
                is_sealed = revisions.is_sealed(name)
                status = None if is_sealed else self._month(revision.folder).status(name)
                entry = self.read(revision)
                if (entry.id, entry.revision) == (revision.entry, revision.revision):
                    index.add(name, status, Traits.of(entry))
        index.write()
        index.tidy(revisions)

    def _confirm(self, index: Index, revisions: FileNames) -> list[str]:
        """Compare the index with the disk, and return the names of the files it does not know as they are.

        Files that a sync tool has renamed are in neither: their content decides, each time. A sealed file never
        changes, so the disk is not asked.
        """
        unknown: list[str] = []
        for month, names in revisions.in_folders():
            if revisions.is_unchanged(month) and index.trust_month(month, names):
                continue
            if asked := index.unconfirmed(names):
                with contextlib.suppress(OSError):
                    unknown += index.confirm(self._month(month).statuses(asked))
        if sealed := index.unconfirmed(revisions.sealed()):
            unknown += index.trust(sealed)
        return unknown

    def _traits_of(self, revisions: Iterable[Revision]) -> dict[Revision, Traits] | None:
        """Return the traits of all revisions of an entry; None unless the index knows all of them."""
        traits: dict[Revision, Traits] = {}
        for revision in revisions:
            known = self.index.traits(name_of(revision)) if self.index else None
            if known is None:
                return None
            traits[revision] = known
        return traits

    def file_heads(self, revisions: FileNames | None = None) -> Iterator[FileHead]:
        """Yield the file head of every live entry, newest first: quicker than reading entries.

        `revisions` is a listing, where the caller has one.
        """
        revisions = self.revisions() if revisions is None else revisions
        if self.index:
            self._confirm(self.index, revisions)
        for standing in self.standing(revisions, revisions.newest_first(), self._find_listed):
            if isinstance(standing, Listed):
                file_head: FileHead | None = standing.file_head
            else:
                known = self.index.file_head(standing) if self.index else None
                file_head = known or self._file_head(revisions.revision(standing))
            if file_head and file_head.live:
                yield file_head

    def _find_listed(self, revisions: list[Revision]) -> Listed | None:
        """Return the head among an entry's revisions with its file head; unread if the index knows."""
        return next(iter(self._find_ends(revisions)), None)

    def _find_ends(self, revisions: list[Revision]) -> list[Listed]:
        """Return the revisions of an entry that are nobody's parent, its head first; unread if the index knows."""
        traits = self._traits_of(revisions)
        if traits is None:
            read = ((revision, self.try_read(revision)) for revision in revisions)
            traits = {revision: Traits.of(entry) for revision, entry in read if entry}
            traits |= self._remembered(revision for revision in revisions if revision not in traits)
        return [Listed(end, traits[end].file_head(end.entry)) for end in order_ends(traits)]

    def _file_head(self, revision: Revision) -> FileHead | None:
        """Return the head of an entry's file, by reading all of it where its layout is not ours.

        None when the file cannot be read.
        """
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

    def head(self, revisions: Iterable[Revision]) -> Head | None:
        """Return the head among the revisions of an entry; None when none of them can be read.

        Of several, a live one before a deleted one, then the one saved last. Of those that cannot be read, what the
        index remembers counts: a deletion is one still, and an older version never stands in silence for a newer.
        """
        revisions = [*revisions]
        entries = {revision: entry for revision in revisions if (entry := self.try_read(revision))}
        known = {revision: Traits.of(entry) for revision, entry in entries.items()}
        known |= self._remembered(revision for revision in revisions if revision not in entries)
        ends = order_ends(known)
        if not ends or not entries:  # also when revisions made by hand name each other as parents, in a circle
            return None
        parents = {parent for traits in known.values() for parent in traits.parents}
        unread = sum(one not in entries and one.revision not in parents for one in revisions)
        live = [one for one in ends if one in entries and known[one].live]
        hidden = [one for one in ends if not known[one].live]
        if not live and not hidden:  # all that stands cannot be read: what it was made from is shown, with a note
            live = order_live_ends({one: known[one] for one in entries}) or [*entries][-1:]
        if not live:
            entry = entries.get(hidden[0]) or made_again(hidden[0], known[hidden[0]], entries.values())
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
        asked = {revision: self.index.remembered(name_of(revision)) for revision in lost}
        return {revision: traits for revision, traits in asked.items() if traits}

    def find(self, name: str, *, revision: str | None = None, deleted: bool = False) -> Head:
        """Return the entry whose id begins with `name`, or for the name "last" the one saved last.

        With `revision`, the beginning of a revision's hash, that version of the entry. Raises
        Trouble when there is none, or when several entries begin so.
        """
        return lookup.find(self, name, revision=revision, deleted=deleted)

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
        ordered = order_versions(versions)
        return sorted(versions, key=lambda entry: ordered.index(entry.revision))


def id_in(data: bytes) -> str:
    """Return the id of the journal that the bytes of a journal.json are of; "" where they say none."""
    try:
        named = json.loads(data)["id"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""
    return named if isinstance(named, str) and ID.fullmatch(named) else ""
