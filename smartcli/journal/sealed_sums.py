"""Check sums of the sealed files as they were at the last examination: whether one has changed is seen without a key.

A sealed file never changes. Its name and the sum of its sealed bytes tell nothing of what is in it, so the list is
plain, and lies in the state folder.
"""

import contextlib
import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from smartcli.journal.files import Folder
from smartcli.journal.seal import is_own_sealed_name

_NAME = "sums.txt"


@dataclass
class SealedSums:
    """The list in a state folder, a sum and a name a line, as `sha256sum` writes them."""

    folder: Path
    _new: dict[str, str] = field(default_factory=dict)

    def is_changed(self, name: str, data: bytes) -> bool:
        """Return whether a file has other bytes than at the last examination; one that is new is noted."""
        found = hashlib.sha256(data).hexdigest()
        return self._known.get(name, self._new.setdefault(name, found)) != found

    def is_new(self, name: str) -> bool:
        """Return whether nothing was known of a file before this examination."""
        return name not in self._known

    def write(self, present: Collection[str]) -> None:
        """Write the sums of the files that are `present`; a disk that refuses it is ignored."""
        left = {name: sum_ for name, sum_ in (self._new | self._known).items() if name in present}
        if left == self._known:
            return
        data = "".join(f"{sum_}  {name}\n" for name, sum_ in sorted(left.items()))
        with contextlib.suppress(OSError), Folder(self.folder, create=True) as folder:
            folder.replace(_NAME, data.encode("ascii"))

    @cached_property
    def _known(self) -> dict[str, str]:
        with contextlib.suppress(OSError), Folder(self.folder) as folder:
            lines = folder.read(_NAME).decode("ascii", "replace").split("\n")
            found = (line.partition("  ") for line in lines)
            return {name: sum_ for sum_, _space, name in found if is_own_sealed_name(name)}
        return {}
