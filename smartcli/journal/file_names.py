"""What there is in a journal, told by the names of its files alone."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property

from smartcli.journal.heads import ENTRY, Revision, is_well_formed

_APART = timedelta(days=2)  # a name tells UTC: a person's day begins and ends within so much of it


class Listing(Mapping[str, list[Revision]]):
    """Every revision there is, by entry; each by the name its file should have: a well-formed name is the identity.

    Plain texts, not objects: there may be a hundred thousand, and most are never looked at. `folders` are the
    months' folders they lie in; `called` are the names of those under another name.
    """

    def __init__(self) -> None:
        self.folders: dict[str, str] = {}
        self.called: dict[str, str] = {}

    def __getitem__(self, entry: str) -> list[Revision]:
        return [self.revision(name) for name in self._names[entry]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        """The names of each entry's revisions."""
        found: dict[str, list[str]] = {}
        for name in self.folders:
            found.setdefault(name[ENTRY], []).append(name)
        return found

    def add(self, folder: str, names: Iterable[str]) -> list[str]:
        """Take in a folder's well-formed names; return the others."""
        names = [*names]
        good = [name for name in names if is_well_formed(name)]
        self.folders.update(dict.fromkeys(good, folder))
        return [name for name in names if name not in self.folders] if len(good) < len(names) else []

    def adopt(self, revision: Revision, name: str) -> None:
        """Take in a file under another name, unless the revision is there under its own; `name` is its own."""
        if name not in self.folders:
            self.folders[name] = revision.folder
            self.called[name] = revision.name

    def ids(self) -> list[str]:
        """Return the entry of every revision."""
        return [name[ENTRY] for name in self.folders]

    def revision(self, name: str) -> Revision:
        """Return one of the revisions by the name its file should have."""
        return Revision.named(self.folders[name], self.called.get(name, name), name)

    def several(self) -> dict[str, list[Revision]]:
        """Return the revisions of every entry that has more than one."""
        ids = self.ids()
        if len(set(ids)) == len(ids):
            return {}
        found: dict[str, list[Revision]] = {entry: [] for entry, number in Counter(ids).items() if number > 1}
        for entry, name in zip(ids, self.folders, strict=True):
            if entry in found:
                found[entry].append(self.revision(name))
        return found

    def newest_first(self, since: date | None = None, until: date | None = None) -> list[str]:
        """Return the names by `when`, newest first; with bounds, those that may be of these days."""
        names: Iterable[str] = self.folders
        if since:
            low = f"{since - _APART:%Y%m%d}"
            names = [name for name in names if name >= low]
        if until:
            high = f"{until + _APART:%Y%m%d}~"
            names = [name for name in names if name <= high]
        return sorted(names, reverse=True)
