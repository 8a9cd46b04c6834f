"""A small file of this device's state: plain, or sealed once the journal is locked.

Sealed, it is a row of frames: each holds what one append brought, or one replacement, as an age file of its own. So
it is written by the public key alone, and read with a key. A frame that is torn is passed over. What such a file says
may be lost without harm; so where the disk, or a missing key, keeps something from being written, nobody is troubled.
"""

import contextlib
import errno
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from smartcli.journal import system
from smartcli.journal.files import LARGEST, Folder, sync_file, write_all

_BEGINS_FRAME = b"\nsealed "  # then how long its age file is, in 8 hex digits, a line end, and the age file
_HEAD = len(_BEGINS_FRAME) + 9  # bytes before the age file
_BLOCK = 1024  # bytes: what is sealed is as long as some of these, so that the length tells little
_LARGEST = 256 * 1024 * 1024  # bytes of the largest of these files, the index
_MANY = 64  # frames, after which a file is written anew as one: each takes 0.1 ms to open


@dataclass
class StateFile:
    """A file in the state folder, by the name it has when it is plain.

    `seal_to` is the public key (`age1...`) to which it is sealed from now on; "" leaves it plain. While it is moved
    from one kind to the other there may be both, and then both count.
    """

    folder: Path
    name: str
    seal_to: str = ""
    has_gaps: bool = False  # whether the last reading came upon something that could not be read

    @property
    def sealed_name(self) -> str:
        """Its name when it is sealed."""
        return f"{self.name.partition('.')[0]}.age"

    @property
    def is_there(self) -> bool:
        """Whether there is such a file, of either kind; raises OSError."""
        with Folder(self.folder) as folder:
            return folder.has(self.name) or folder.has(self.sealed_name)

    @property
    def is_closed(self) -> bool:
        """Whether something in it cannot be read for want of a key."""
        with contextlib.suppress(OSError), Folder(self.folder) as folder:
            return folder.has(self.sealed_name) and _is_without_key()
        return False

    def read(self, largest: int = LARGEST) -> bytes:
        """Return what it says, nothing of what is sealed while no key is held.

        Raises FileNotFoundError where there is no such file, OSError for one that cannot be read or is larger than
        `largest` bytes.
        """
        with Folder(self.folder) as folder:
            plain = _read(folder, self.name, largest)
            sealed = _read(folder, self.sealed_name, largest)
        if plain is None and sealed is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        opened = self._open(sealed) if sealed else b""
        earlier, later = (plain or b"", opened) if self.seal_to else (opened, plain or b"")
        if not later:
            return earlier
        # Cut short, a move from one to the other leaves a copy.
        return later if earlier in later else earlier + b"\n" + later

    def read_objects(self) -> dict[str, Any]:
        """Return the JSON objects it holds as one, a later one over those before; raises ValueError, OSError."""
        read: dict[str, Any] = {}
        left = self.read().decode().strip()
        while left:
            value, end = json.JSONDecoder().raw_decode(left)
            read.update(value)
            left = left[end:].lstrip()
        return read

    def append(self, data: bytes, *, durably: bool = False) -> None:
        """Add to what it says, which takes no key. Raises OSError."""
        data = self._as_written(data)
        with Folder(self.folder, create=True) as folder:
            fd = folder.append_to(self._name_now, new=not folder.has(self._name_now))
            try:
                write_all(fd, data)
                if durably:
                    sync_file(fd)
            finally:
                system.fs.close(fd)

    def replace(self, data: bytes) -> None:
        """Say this and nothing else from now on, durably; raises OSError.

        Nothing happens while something in it cannot be read: it would be lost.
        """
        if self.is_closed:
            return
        with Folder(self.folder, create=True) as folder:
            folder.replace(self._name_now, self._as_written(data))
            if folder.has(self._other_name):
                folder.remove(self._other_name)

    def settle(self) -> None:
        """Bring what it says to where it belongs now: sealed, or plain again. Raises OSError, LockedTrouble.

        Cut short at any step, it is all there, and doing it again finishes it. To seal takes no key.
        """
        with contextlib.suppress(FileNotFoundError), Folder(self.folder) as folder:
            if not folder.has(self._other_name):
                return
            if not self.is_closed:
                self.replace(self.read(_LARGEST))
            elif self.seal_to:
                self.append(folder.read(self.name, _LARGEST), durably=True)
                folder.remove(self.name)
            else:
                from smartcli.lock.keyring import LockedTrouble

                raise LockedTrouble

    @property
    def _name_now(self) -> str:
        return self.sealed_name if self.seal_to else self.name

    @property
    def _other_name(self) -> str:
        return self.name if self.seal_to else self.sealed_name

    def _as_written(self, data: bytes) -> bytes:
        return _frame(data, self.seal_to) if self.seal_to else data

    def _open(self, data: bytes) -> bytes:
        if _is_without_key():
            return b""
        frames = [*opened_frames(data)]
        self.has_gaps = None in frames
        if len(frames) == 1:  # the usual case of the largest, the index
            return frames[0] or b""
        # A move that was cut short and done again, without a key, leaves a frame twice.
        once = reversed([*dict.fromkeys(reversed(frames))])
        said = b"".join(frame for frame in once if frame)
        if self.seal_to and len(frames) > _MANY:
            with contextlib.suppress(OSError), Folder(self.folder) as folder:
                folder.replace(self.sealed_name, self._as_written(said))
        return said


def is_framed(data: bytes) -> bool:
    """Return whether bytes are those of a sealed state file."""
    return data.startswith(_BEGINS_FRAME)


def opened_frames(data: bytes) -> Iterator[bytes | None]:
    """Yield what is in each frame of a sealed file; None for one that is torn, damaged, or sealed with another key.

    Raises LockedTrouble while no key is held.
    """
    start = 0
    while start < len(data):
        age_file = _age_file_at(data, start)
        if age_file:
            yield _opened(age_file)
            start += _HEAD + len(age_file)
        else:  # the next one may be whole
            yield None
            following = data.find(_BEGINS_FRAME, start + 1)
            start = following if following >= 0 else len(data)


def _age_file_at(data: bytes, start: int) -> bytes:
    """Return the age file of the frame that begins there; b"" where none begins, or it is torn."""
    head = data[start : start + _HEAD]
    if not head.startswith(_BEGINS_FRAME):
        return b""
    try:
        end = start + _HEAD + int(head[len(_BEGINS_FRAME) :], 16)
    except ValueError:
        return b""
    is_whole = end == len(data) or data.startswith(_BEGINS_FRAME, end)
    return data[start + _HEAD : end] if is_whole else b""


def _frame(data: bytes, to: str) -> bytes:
    """Return bytes as a sealed frame; raises OSError where nothing here can seal."""
    from smartcli.lock.keyring import MissingLibraryTrouble, seal_for

    spaces = b" " * (-(len(data) + 1) % _BLOCK)
    try:
        sealed = seal_for(data + b"\n" + spaces, to)
    except MissingLibraryTrouble:
        raise OSError(errno.ENOTSUP, "nothing here can seal") from None
    return b"%s%08x\n%s" % (_BEGINS_FRAME, len(sealed), sealed)


def _opened(age_file: bytes) -> bytes | None:
    from smartcli.lock.errors import LockError
    from smartcli.lock.keyring import open_sealed

    try:
        return open_sealed(age_file).rstrip(b" ")[:-1]
    except LockError:
        return None


def _is_without_key() -> bool:
    """Return whether no key is held."""
    from smartcli.lock.keyring import is_empty

    return is_empty()


def _read(folder: Folder, name: str, largest: int) -> bytes | None:
    """Return the bytes of a file, None where there is none; raises OSError."""
    try:
        return folder.read(name, largest)
    except FileNotFoundError:
        return None
