"""The names of the sealed files that were seen last, so that one that is gone is missed while the journal is locked.

A sealed file's name is drawn at random and tells nothing, so the list is plain. There is one only once the journal is
locked; losing it costs one comparison.
"""

import contextlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from smartcli.journal import system
from smartcli.journal.files import Folder, write_all
from smartcli.journal.seal import is_sealed_name

_NAME = "names.txt"


@dataclass(frozen=True)
class SealedNames:
    """The list in a state folder, a name a line. A disk that refuses it is ignored."""

    folder: Path

    def compare(self, names: Collection[str], *, is_own: bool = True) -> int:
        """Return how many of the files seen last are not among the names of those that are here; nothing is written.

        `is_own`: the journal still names the key of this device. Where it does not, another device may have made it
        plain, or given it a new key; then its files have other names, and only their number counts.
        """
        known = {*self._read()}
        if not is_own:
            return max(0, len(known) - len(names))
        return len(known.difference(map(_downloaded, names)))

    def remember(self, names: Iterable[str]) -> None:
        """Remember files as here; those remembered before stay."""
        self.add({*names}.difference(self._read()))

    def add(self, new: Collection[str]) -> None:
        """Remember files that are new, such as one that was saved just now."""
        if not new:
            return
        with contextlib.suppress(OSError), Folder(self.folder, create=True) as folder:
            fd = folder.append_to(_NAME, new=not folder.has(_NAME))
            try:
                write_all(fd, _as_lines(new))
            finally:
                system.fs.close(fd)

    def settle(self, present: Collection[str]) -> None:
        """Remember the files that are here, and no others: nothing is missing, or that was accepted."""
        if {*self._read()} == {*present}:
            return
        with contextlib.suppress(OSError), Folder(self.folder, create=True) as folder:
            folder.replace(_NAME, _as_lines(present))

    def forget(self, names: Collection[str]) -> None:
        """Forget files that were erased on purpose, or whose absence was accepted."""
        known = self._read()
        left = [name for name in known if name not in names]
        if len(left) < len(known):
            with contextlib.suppress(OSError), Folder(self.folder) as folder:
                folder.replace(_NAME, _as_lines(left))

    def remove(self) -> None:
        """Remove the list: the journal is locked no more."""
        with contextlib.suppress(OSError), Folder(self.folder) as folder:
            folder.remove(_NAME)

    def _read(self) -> list[str]:
        """Return the names that were seen; none where the list cannot be read. A torn line names no file."""
        with contextlib.suppress(OSError), Folder(self.folder) as folder:
            lines = folder.read(_NAME).decode("ascii", "replace").split("\n")
            return [*filter(is_sealed_name, lines)]
        return []


def _downloaded(name: str) -> str:
    """Return the name of a file without what iCloud adds to it for as long as it keeps the file elsewhere."""
    return name[1:].removesuffix(".icloud") if name.startswith(".") else name


def _as_lines(names: Iterable[str]) -> bytes:
    # The line end before them closes a line that was torn.
    return ("\n" + "".join(f"{name}\n" for name in sorted(names))).encode("ascii")
