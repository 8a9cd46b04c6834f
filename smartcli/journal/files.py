"""Durable, private file operations, all of them by way of `system.fs`.

What `publish` promises: the file is there whole, or not at all; nothing that was there is replaced; once it
returns, a power cut cannot take it back. The steps and why each is there: ARCHITECTURE.md, "Keeping".
"""

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from smartcli.journal import system

LARGEST = 16 * 1024 * 1024  # bytes; no file of ours is larger
TEMPORARY = ".tmp-"

_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_READ |= getattr(os, "O_NONBLOCK", 0)  # a fifo must not make us wait
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | (_READ & ~os.O_RDONLY)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_APPEND = os.O_RDWR | os.O_APPEND | (_READ & ~getattr(os, "O_NONBLOCK", 0))

_NO_LINKS = {
    errno.EPERM,
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
    errno.ENOSYS,
    errno.EMLINK,
    errno.EACCES,
    errno.EXDEV,
}
_NO_FOLDER_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES}


class NotAFileError(OSError):
    """Something that is not a plain file of a reasonable size; carries what it is in a few words."""


class Folder:
    """One folder that is ours alone, opened once; everything in it is reached relative to that.

    Where the system has no such thing (Windows), by its path.
    """

    _fd = -1

    def __init__(self, path: Path, *, create: bool = False, shared: bool = False) -> None:
        """Open the folder; with `create` make it, and what is missing above it, for the owner only.

        A folder that others may use is closed to them, unless it is not ours alone (`shared`).
        Raises OSError, among others PermissionError when it belongs to another user.
        """
        self.path = path
        if create:
            _make(path)
        self._close = system.fs.close
        self._fd = system.fs.open(str(path), _FOLDER) if _BY_FD else -1
        if _BY_FD and not shared:
            try:
                self._ours()
            except BaseException:
                self.close()
                raise

    def _ours(self) -> None:
        found = system.fs.fstat(self._fd)
        if found.st_uid != os.getuid():
            raise PermissionError(errno.EPERM, "belongs to another user")
        if found.st_mode & 0o077:
            system.fs.fchmod(self._fd, 0o700)

    def close(self) -> None:
        """Let go of the folder."""
        fd, self._fd = self._fd, -1  # never twice, even when it fails: the number may be another file's by then
        if fd >= 0:
            self._close(fd)

    def __del__(self) -> None:
        """Let go of one that was kept open for the next reading."""
        with contextlib.suppress(OSError):
            self.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _at(self, name: str) -> tuple[str, dict[str, Any]]:
        return (name, {"dir_fd": self._fd}) if self._fd >= 0 else (str(self.path / name), {})

    def read(self, name: str) -> bytes:
        """Return a file's bytes; raises NotAFileError for anything that is not a plain, reasonable file."""
        path, at = self._at(name)
        try:
            fd = system.fs.open(path, _READ, **at)
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.EMLINK):
                raise NotAFileError(error.errno, "a link") from None
            raise
        try:
            return _contents(fd)
        finally:
            system.fs.close(fd)

    def publish(self, name: str, data: bytes) -> None:
        """Create `name` with exactly `data`: whole or not at all, durable on return, replacing nothing.

        Raises FileExistsError when the name is taken, else the OSError that kept it from being written.
        """
        self.place(name, data)
        self.sync()

    def place(self, name: str, data: bytes) -> None:
        """Do the same for one of many: the data is durable on return, the name only after `sync`."""
        temporary = self._temporary(data)
        try:
            self._link(temporary, name)
        finally:
            self._drop(temporary)

    def replace(self, name: str, data: bytes) -> None:
        """Put `data` in place of what `name` held: the old or the new whole, durable on return."""
        temporary = self._temporary(data)
        try:
            self._put_in_place(temporary, name)
        except BaseException:
            self._drop(temporary)
            raise
        self.sync()

    def remove(self, name: str) -> None:
        """Unlink a file, durably."""
        path, at = self._at(name)
        system.fs.unlink(path, **at)
        self.sync()

    def append_to(self, name: str, *, new: bool = False) -> int:
        """Open a file for appending and return its descriptor; `new` makes it, and it must not be there."""
        path, at = self._at(name)
        fd = system.fs.open(path, _APPEND | (os.O_CREAT | os.O_EXCL if new else 0), 0o600, **at)
        if new:
            system.fs.fchmod(fd, 0o600)
            self.sync()
        return fd

    def names(self) -> Iterator[tuple[str, bool]]:
        """Yield every name in the folder, and whether it is a plain file."""
        with system.fs.scandir(self._fd if self._fd >= 0 else str(self.path)) as found:
            for one in found:
                yield str(one.name), one.is_file(follow_symlinks=False)

    def listed(self) -> list[str]:
        """Return every name in the folder, whatever it stands for: reading tells."""
        with system.fs.scandir(self._fd if self._fd >= 0 else str(self.path)) as found:
            return [str(one.name) for one in found]

    def sync(self) -> None:
        """Make the names in the folder durable, where the system can."""
        if self._fd < 0:
            return
        try:
            system.fs.fsync(self._fd)
        except OSError as error:
            if error.errno not in _NO_FOLDER_SYNC:
                raise

    def _temporary(self, data: bytes) -> str:
        """Write `data` to a new file beside its target, durable and read back; return its name.

        After EIO the file is thrown away and one new one tried: a second fsync on the same file may report
        success although the data is gone (PostgreSQL's fsyncgate).
        """
        for attempt in (1, 2):
            name = f"{TEMPORARY}{os.getpid()}-{os.urandom(8).hex()}"
            path, at = self._at(name)
            try:
                fd = system.fs.open(path, _NEW, 0o600, **at)
                try:
                    system.fs.fchmod(fd, 0o600)
                    write_all(fd, data)
                    system.fs.fsync(fd)
                finally:
                    system.fs.close(fd)
                if self.read(name) != data:
                    raise OSError(errno.EIO, "what was written reads back differently")
            except OSError as error:
                self._drop(name)
                if error.errno != errno.EIO or attempt == 2:
                    raise
            except BaseException:
                self._drop(name)
                raise
            else:
                return name
        raise AssertionError("unreachable")

    def _link(self, temporary: str, name: str) -> None:
        """Give the temporary file its name; a link, unlike a rename, cannot replace what is there."""
        (source, at), (target, to) = self._at(temporary), self._at(name)
        try:
            system.fs.link(source, target, **_both(at, to), **_NOT_THROUGH_LINKS)
        except FileExistsError:
            if not self._same(temporary, name):  # a network file system may report a link it made as failed
                raise
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            if self.has(name):
                raise FileExistsError(errno.EEXIST, "is there already") from None
            system.fs.rename(source, target, **_both(at, to))

    def _put_in_place(self, temporary: str, name: str) -> None:
        """Give the temporary file its name, in place of what had it."""
        (source, at), (target, to) = self._at(temporary), self._at(name)
        system.fs.replace(source, target, **_both(at, to))

    def has(self, name: str) -> bool:
        """Return whether anything has this name."""
        path, at = self._at(name)
        try:
            system.fs.stat(path, **at, follow_symlinks=False)
        except FileNotFoundError:
            return False
        return True

    def _same(self, one: str, other: str) -> bool:
        try:
            first, second = (
                system.fs.stat(path, **at, follow_symlinks=False) for path, at in map(self._at, (one, other))
            )
        except OSError:
            return False
        return (first.st_dev, first.st_ino) == (second.st_dev, second.st_ino)

    def _drop(self, name: str) -> None:
        """Unlink a temporary file; one that stays behind is harmless and swept later."""
        path, at = self._at(name)
        with contextlib.suppress(OSError):
            system.fs.unlink(path, **at)


def write_all(fd: int, data: bytes) -> None:
    """Write all of `data`, however little the system takes at a time."""
    left = memoryview(data)
    while left:
        written = system.fs.write(fd, left)
        if written == 0:
            raise OSError(errno.EIO, "nothing more can be written")
        left = left[written:]


def read_all(fd: int, size: int | None = None) -> bytes:
    """Return everything from a descriptor's place to its end, or `size` bytes if there are as many."""
    parts = []
    left = size
    while left != 0 and (part := system.fs.read(fd, left or 1 << 20)):
        parts.append(part)
        left = None if left is None else left - len(part)
    return b"".join(parts)


def _contents(fd: int) -> bytes:
    found = system.fs.fstat(fd)
    if not stat.S_ISREG(found.st_mode):
        raise NotAFileError(errno.EINVAL, "not a plain file")
    if found.st_size > LARGEST:
        raise NotAFileError(errno.EFBIG, "too large")
    data = read_all(fd, found.st_size)
    if data and getattr(found, "st_blocks", 1) == 0 and not data.strip(b"\0"):
        raise NotAFileError(errno.ENODATA, "not downloaded yet")  # a cloud folder's placeholder
    return data


def is_folder(path: Path) -> bool:
    """Return whether there is a folder here, or a link to one."""
    try:
        return stat.S_ISDIR(system.fs.stat(str(path)).st_mode)
    except OSError:
        return False


def _make(path: Path) -> None:
    """Make a folder 0700 and everything missing above it, each durable in the one above."""
    if is_folder(path):
        return
    if path.parent != path:
        _make(path.parent)
    with contextlib.suppress(FileExistsError):
        system.fs.mkdir(str(path), 0o700)
        system.fs.chmod(str(path), 0o700)  # whatever the umask took away
    if not _BY_FD:
        return
    try:
        fd = system.fs.open(str(path.parent), _FOLDER)
        try:
            system.fs.fsync(fd)
        finally:
            system.fs.close(fd)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise


def _both(at: dict[str, Any], to: dict[str, Any]) -> dict[str, Any]:
    return {"src_dir_fd": at["dir_fd"], "dst_dir_fd": to["dir_fd"]} if at else {}


_BY_FD = os.open in os.supports_dir_fd and os.link in os.supports_dir_fd
_NOT_THROUGH_LINKS = {"follow_symlinks": False} if os.link in os.supports_follow_symlinks else {}
