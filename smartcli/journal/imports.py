"""What each import brought, so that it can be taken back in one step: ids and revisions, no words.

One small file an import in this device's state folder, written before the first entry is, so that an import that
was cut short can be taken back too. Running the same import again adds to the same file.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from smartcli.journal.disk_errors import told_trouble
from smartcli.journal.files import Folder

_SUFFIX = ".json"


class Brought(NamedTuple):
    """What an import did to one entry: the revisions it added, and the head there was before, if any."""

    added: list[str]
    before: str | None = None


class Import(NamedTuple):
    """One import: its name, its number in the order they were last run, and what it brought by entry id."""

    name: str
    number: int
    entries: dict[str, Brought]


@dataclass
class Imports:
    """The imports of this device that can be taken back."""

    folder: Path

    def note(self, name: str, entries: Mapping[str, Brought]) -> None:
        """Note what an import is about to bring, durably, beside what it brought before. Raises Trouble (3)."""
        earlier = self._read(name)
        together = dict(earlier.entries) if earlier else {}
        for entry, brought in entries.items():
            old = together.get(entry)
            together[entry] = Brought([*dict.fromkeys([*old.added, *brought.added])], old.before) if old else brought
        last = self.last()
        number = last.number + 1 if last else 1
        kept = {"number": number, "entries": {entry: [one.added, one.before] for entry, one in together.items()}}
        with told_trouble("Nothing was written"), Folder(self.folder, create=True) as folder:
            folder.replace(name + _SUFFIX, json.dumps(kept).encode())

    def last(self) -> Import | None:
        """Return the newest import, None when there is none."""
        return max(self.all(), key=lambda one: one.number, default=None)

    def all(self) -> list[Import]:
        """Return every import that can be read."""
        try:
            with Folder(self.folder) as folder:
                names = [name for name, plain in folder.names() if plain and name.endswith(_SUFFIX)]
        except OSError:
            return []
        return [one for name in names if (one := self._read(name.removesuffix(_SUFFIX)))]

    def forget(self, name: str) -> None:
        """Remove the note of an import that was taken back. Raises Trouble (3)."""
        with told_trouble("The entries are hidden, but the import's own note stays"), Folder(self.folder) as folder:
            folder.remove(name + _SUFFIX)

    def _read(self, name: str) -> Import | None:
        try:
            with Folder(self.folder) as folder:
                read = json.loads(folder.read(name + _SUFFIX))
            entries = {entry: Brought([*added], before) for entry, (added, before) in read["entries"].items()}
            return Import(name, int(read["number"]), entries)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
