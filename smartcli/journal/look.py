"""One look at the journal: its names are listed once, and no file that the index knows is read twice."""

import heapq
from collections.abc import Iterable, Iterator

from smartcli.entries.entry import Entry, Mentions
from smartcli.journal.entry_files import Holding
from smartcli.journal.file_names import FileNames, name_of
from smartcli.journal.heads import Revision
from smartcli.journal.index import Index
from smartcli.journal.standing import Head
from smartcli.journal.store import Journal


class Look:
    """The entries of a journal as it stood when they were first asked for.

    Whoever asks for one measure after another asks a look: each question then costs the files that may
    answer it, and not a listing of the folders.
    """

    def __init__(self, journal: Journal) -> None:
        """`journal` is listed when entries are first asked for."""
        self._journal = journal
        self._listed: FileNames | None = None
        self._by_kind: dict[str, list[str]] | None = None  # names, newest first, by their codes in the index
        self._heads: dict[str, Head | None] = {}  # of the entries with several revisions, by id
        self._read: dict[str, Entry | None] = {}  # what was read so far, by the names of files

    def __call__(self, holding: Holding | None = None) -> Iterator[Entry]:
        """Yield every live entry, newest first; `holding` as for `Journal.heads`."""
        if self._listed is None:
            self._listed = self._journal.recall_revisions()
        names = self._select(self._listed, holding)
        for standing in self._journal.standing(self._listed, names, self._find_head):
            if isinstance(standing, Head):
                entry: Entry | None = standing.entry
            else:
                entry = self._entry(self._listed.revision(standing), holding)
            if entry and not entry.deleted:
                yield entry

    def _select(self, listed: FileNames, holding: Holding | None) -> Iterable[str]:
        """Return the names of the files that `holding` may accept, newest first."""
        index = self._journal.index
        if index is None or not isinstance(holding, Mentions):
            return listed.newest_first()
        if self._by_kind is None:
            self._journal.learn(index, listed)
            self._by_kind = index.group(listed.newest_first())
        wanted = [names for code, names in self._by_kind.items() if index.is_possible(code, holding)]
        return heapq.merge(*wanted, reverse=True)

    def _find_head(self, revisions: list[Revision]) -> Head | None:
        """Return the head among all revisions of an entry."""
        entry = revisions[0].entry
        if entry not in self._heads:
            self._heads[entry] = self._journal.head(revisions)
        return self._heads[entry]

    def _entry(self, revision: Revision, holding: Holding | None) -> Entry | None:
        """Return the entry in the only file there is of it; None when `holding` refuses it or it cannot be read."""
        name = name_of(revision)
        if not self._is_known(self._journal.index, name):
            return self._journal.try_read(revision, holding)
        if name not in self._read:  # the index has answered for `holding` already
            self._read[name] = self._journal.try_read(revision)
        return self._read[name]

    def _is_known(self, index: Index | None, name: str) -> bool:
        return index is not None and index.is_known(name)
