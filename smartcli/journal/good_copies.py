"""Good copies of files that are damaged or gone: by their second names, or what the cache holds of them."""

import contextlib
from dataclasses import dataclass
from typing import NamedTuple

from smartcli.entries.checking import as_entry
from smartcli.entries.entry import DamagedEntryError
from smartcli.journal import seal
from smartcli.journal.file_names import file_name_of, month_of
from smartcli.journal.heads import is_well_formed
from smartcli.journal.kept import Kept
from smartcli.lock import keyring


class Copy(NamedTuple):
    """A copy of a revision's file: the well-formed name it should have, its plain bytes, and those of the file."""

    own: str
    plain: bytes
    data: bytes

    def sealed(self, to: str) -> bytes:
        """Return the bytes of the file for a locked journal: as they are if they are sealed, else sealed to a key."""
        return self.data if seal.is_sealed(self.data) else seal.seal_bytes(self.plain, to)


@dataclass(frozen=True)
class GoodCopies:
    """The copies that this device has. Only one whose content is what its name says is good."""

    kept: Kept

    def find(self, month: str, name: str) -> Copy | None:
        """Return a good copy of the file of this name in a month's folder; None where there is none, or is closed."""
        if is_well_formed(name):
            return self._of_second_name(month, name) or self._of_second_name(month_of(name), name)
        if not seal.is_sealed_name(name) or keyring.is_empty():
            return None
        copy, known = self._of_second_name(month, name), self.own_name(name)
        if copy and known in ("", copy.own):  # else it holds another revision than it did
            return copy
        return self._of_cache(name)

    def own_name(self, name: str) -> str:
        """Return the well-formed name that the cache knows a sealed file by; "" where it does not."""
        cache = self.kept.cache
        return cache.plain_names([name]).get(name, "") if cache and not keyring.is_empty() else ""

    def _of_second_name(self, month: str, name: str) -> Copy | None:
        with contextlib.suppress(OSError, DamagedEntryError):
            data = self.kept.read(month, name)
            plain = seal.unsealed(data)
            own = file_name_of(as_entry(seal.opened(plain)))
            if own == name or seal.is_sealed_name(name):
                return Copy(own, plain, data)
        return None

    def _of_cache(self, name: str) -> Copy | None:
        cache = self.kept.cache
        plain = cache.body(name) if cache else None
        with contextlib.suppress(DamagedEntryError):
            if plain is not None:
                return Copy(file_name_of(as_entry(seal.opened(plain))), plain, plain)
        return None
