"""What each import added to the journal, so that it can be undone: ids and revisions, no words.

One small file for each import in this device's state folder, written before the first entry is, so
that an import that was cut short can be undone too. When it is run again to its end, that is the same import;
the same entries in a later state are the next one.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.files import Folder
from smartcli.language import _

FOLDER = "imports"  # its name in the state folder
_SUFFIX = ".json"


class Brought(NamedTuple):
    """What an import did to an entry: the revisions it added, and the head before it, if any."""

    added: list[str]
    before: str | None = None


class Import(NamedTuple):
    """One import: its name, its place in the order of runs, what it did to entries by their id."""

    name: str
    number: int
    entries: Mapping[str, Brought]

    def is_of(self, name: str) -> bool:
        """Return whether it is an import of files that `name` stands for."""
        return self.name.partition("-")[0] == name

    def lists(self, entries: Mapping[str, Brought]) -> bool:
        """Return whether all that another import is about to add is noted here already."""
        return all(
            entry in self.entries and {*brought.added} <= {*self.entries[entry].added}
            for entry, brought in entries.items()
        )


@dataclass
class Imports:
    """The imports of this device that can be undone."""

    folder: Path

    def note(self, name: str, entries: Mapping[str, Brought]) -> None:
        """Note durably what an import is about to add to the journal; raises Trouble (3)."""
        earlier = self.all()
        number = max((each.number for each in earlier), default=0) + 1
        cut_short = next((each for each in earlier if each.is_of(name) and each.lists(entries)), None)
        together = cut_short.entries if cut_short else entries
        stored = {"number": number, "entries": {entry: list(brought) for entry, brought in together.items()}}
        file = cut_short.name if cut_short else f"{name}-{number}"
        with (
            disk_errors_as_trouble(_("Nothing was written")),
            Folder(self.folder, create=True) as folder,
        ):
            folder.replace(file + _SUFFIX, json.dumps(stored).encode())

    def last(self) -> Import | None:
        """Return the import that was run last, None when there is none."""
        return max(self.all(), key=lambda each: each.number, default=None)

    def all(self) -> list[Import]:
        """Return every import whose file can be read."""
        try:
            with Folder(self.folder) as folder:
                files = [name for name, is_file in folder.names() if is_file]
        except OSError:
            return []
        names = [file.removesuffix(_SUFFIX) for file in files if file.endswith(_SUFFIX)]
        imports = [self._read(name) for name in names]
        return [each for each in imports if each]

    def forget(self, name: str) -> None:
        """Remove the file of an import that was undone. Raises Trouble (3)."""
        with (
            disk_errors_as_trouble(
                _("The entries are hidden, but smartcli could not delete its own record of the import")
            ),
            Folder(self.folder) as folder,
        ):
            folder.remove(name + _SUFFIX)

    def _read(self, name: str) -> Import | None:
        """Return the import noted under a name; None when its file is missing or not ours."""
        try:
            with Folder(self.folder) as folder:
                stored = json.loads(folder.read(name + _SUFFIX))
            entries = {}
            for entry, (added, before) in stored["entries"].items():
                entries[entry] = Brought([*added], before)
            return Import(name, int(stored["number"]), entries)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
