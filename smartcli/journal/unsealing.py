"""The bytes of any file of ours as they would be without the lock, whichever way they are sealed.

Entries, imports and what was put aside are sealed whole (`seal.py`), drafts line by line (`draft_lines.py`), this
device's lists in frames (`state_file.py`).
"""

import contextlib
from collections.abc import Iterable

from smartcli.entries.entry import DamagedEntryError
from smartcli.journal import seal
from smartcli.journal.draft_lines import has_sealed_lines, opened_lines
from smartcli.journal.state_file import is_framed, opened_frames


def plain_bytes(data: bytes) -> bytes:
    """Return the bytes of a file, opened as far as the keys held open them; the rest stays as it is.

    Raises LockedTrouble while no key is held and something is sealed.
    """
    if seal.is_sealed(data):
        with contextlib.suppress(DamagedEntryError):
            data = seal.unsealed(data)
    if is_framed(data):
        return b"".join(frame for frame in opened_frames(data) if frame)
    return opened_lines(data)


def is_closed(data: bytes) -> bool:
    """Return whether something in the bytes of a file is sealed, and no key is held."""
    if not (seal.is_sealed(data) or is_framed(data) or has_sealed_lines(data)):
        return False
    from smartcli.lock.keyring import is_empty

    return is_empty()


def refuse_closed(files: Iterable[bytes]) -> None:
    """Raise LockedTrouble where something in the bytes of some files is sealed, and no key is held."""
    if any(is_closed(data) for data in files):
        from smartcli.lock.keyring import LockedTrouble

        raise LockedTrouble


def seal_whole(data: bytes, to: str) -> bytes:
    """Return the bytes of a file sealed to a public key; as they are where that is "", or they are sealed already.

    Raises MissingLibraryTrouble.
    """
    return data if not to or seal.is_sealed(data) else seal.seal_bytes(data, to)
