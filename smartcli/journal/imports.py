"""What each import added to the journal, so that it can be undone: ids and revisions, no words.

One small file for each import in this device's state folder, written before the first entry is, so
that an import that was cut short can be undone too. When it is run again to its end, that is the same import;
the same entries in a later state are the next one. Once the journal is locked the file is sealed, under a random name:
an import's own name would show to whoever has the imported file that it is here.
"""

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from smartcli.entries.revisions import new_id
from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.files import Folder
from smartcli.journal.unsealing import is_closed, plain_bytes, refuse_closed, seal_whole
from smartcli.language import _

FOLDER = "imports"  # its name in the state folder
_SUFFIX, _SEALED_SUFFIX = ".json", ".age"


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
    """The imports of this device that can be undone; `seal_to` as in Drafts. While closed there are none."""

    folder: Path
    seal_to: str = ""

    def note(self, name: str, entries: Mapping[str, Brought]) -> None:
        """Note durably what an import is about to add to the journal; raises Trouble (3)."""
        earlier = self.all()
        number = max((each.number for each in earlier), default=0) + 1
        cut_short = next((each for each in earlier if each.is_of(name) and each.lists(entries)), None)
        together = cut_short.entries if cut_short else entries
        file = cut_short.name if cut_short else f"{name}-{number}"
        with disk_errors_as_trouble(_("Nothing was written")):
            self._write(Import(file, number, together))

    def last(self) -> Import | None:
        """Return the import that was run last, None when there is none."""
        return max(self.all(), key=lambda each: each.number, default=None)

    def all(self) -> list[Import]:
        """Return every import whose file can be read."""
        return [*{each.name: each for each in self._by_file().values()}.values()]

    def forget(self, name: str) -> None:
        """Remove the file of an import that was undone. Raises Trouble (3)."""
        with (
            disk_errors_as_trouble(
                _("The entries are hidden, but smartcli could not delete its own record of the import")
            ),
            Folder(self.folder) as folder,
        ):
            for file in self._files_of(name):
                folder.remove(file)

    def settle(self, *, anew: bool = False) -> None:
        """Seal the file of every import, or make it plain again, as `seal_to` says; raises Trouble (3), LockedTrouble.

        `anew` seals those again that are sealed: to another key. A file that is no whole import is left: it holds
        nothing that anybody typed.
        """
        if anew or not self.seal_to:
            refuse_closed(self._bytes(file) for file in self._list_files())
        with disk_errors_as_trouble(_("The list of your imports cannot be rewritten")):
            for file, each in self._by_file().items():
                if anew or file.endswith(_SEALED_SUFFIX) != bool(self.seal_to):
                    self._write(each)

    def _write(self, each: Import) -> None:
        """Write the file of an import, and then remove those there were of it; durable. Raises OSError."""
        earlier = self._files_of(each.name)
        stored: dict[str, Any] = {"number": each.number}
        stored["entries"] = {entry: list(brought) for entry, brought in each.entries.items()}
        with Folder(self.folder, create=True) as folder:
            if self.seal_to:
                file = new_id() + _SEALED_SUFFIX
                data = json.dumps({"name": each.name, **stored}).encode()
                folder.publish(file, seal_whole(data, self.seal_to))
            else:
                file = each.name + _SUFFIX
                folder.replace(file, json.dumps(stored).encode())
            for other in earlier:
                if other != file:
                    folder.remove(other)

    def _files_of(self, name: str) -> list[str]:
        return [file for file, each in self._by_file().items() if each.name == name]

    def _by_file(self) -> dict[str, Import]:
        """Return the import in each file that is one and can be read."""
        read = {file: _read(file, self._bytes(file)) for file in self._list_files()}
        return {file: each for file, each in read.items() if each}

    def _list_files(self) -> list[str]:
        with contextlib.suppress(OSError), Folder(self.folder) as folder:
            names = [name for name, is_file in folder.names() if is_file]
            return [name for name in names if name.endswith((_SUFFIX, _SEALED_SUFFIX))]
        return []

    def _bytes(self, file: str) -> bytes:
        with contextlib.suppress(OSError), Folder(self.folder) as folder:
            return folder.read(file)
        return b""


def _read(file: str, data: bytes) -> Import | None:
    """Return the import in the bytes of a file; None where there is none of ours, or it is closed."""
    if is_closed(data):
        return None
    try:
        stored = json.loads(plain_bytes(data))
        entries = {}
        for entry, (added, before) in stored["entries"].items():
            entries[entry] = Brought([*added], before)
        return Import(str(stored.get("name") or file.removesuffix(_SUFFIX)), int(stored["number"]), entries)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
