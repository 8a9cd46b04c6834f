"""The system calls of the journal: methods of one object, which the fault tests replace.

What is different on Windows and macOS lies here, so that no other module asks which system it is on.
"""

import contextlib
import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any, Never

IS_WINDOWS = os.name == "nt"

# Seconds between tries on Windows, where a virus scanner or a sync tool that has a file open for a moment keeps it
# from being replaced or deleted. Together a second: more than they take, less than a person waits for.
_WAITS: tuple[float, ...] = (0.02, 0.05, 0.13, 0.3, 0.5) if IS_WINDOWS else ()

# Where Windows locks a file: far beyond the end of any draft. Its locks are mandatory, so a locked byte within the
# file could not even be read by another window.
_LOCKED_BYTE = 1 << 30

# What Windows says of a byte that another process has locked.
_HELD = {errno.EACCES, errno.EAGAIN, getattr(errno, "EDEADLOCK", errno.EDEADLK)}


class FileSystem:
    """The system calls the journal uses, and no others."""

    open = staticmethod(os.open)
    close = staticmethod(os.close)
    read = staticmethod(os.read)
    write = staticmethod(os.write)
    mkdir = staticmethod(os.mkdir)
    chmod = staticmethod(os.chmod)
    stat = staticmethod(os.stat)
    fstat = staticmethod(os.fstat)

    def link(self, source: str, target: str, **options: Any) -> None:
        """Give a file a second name; some systems (Android's Python, for one) have no such call."""
        if not hasattr(os, "link"):
            raise OSError(errno.ENOSYS, "no hard links")
        os.link(source, target, **options)

    def rename(self, source: str, target: str, **options: Any) -> None:
        """Give a file or folder another name."""
        _patiently(os.rename, source, target, **options)

    def replace(self, source: str, target: str, **options: Any) -> None:
        """Give a file the name of another, which it replaces."""
        _patiently(os.replace, source, target, **options)

    def unlink(self, path: str, **options: Any) -> None:
        """Delete a file's name."""
        _patiently(os.unlink, path, **options)

    def rmdir(self, path: str) -> None:
        """Delete an empty folder."""
        _patiently(os.rmdir, path)

    def utime(self, path: str, changed: int) -> None:
        """Set when a file or folder was last changed, in nanoseconds since 1970."""
        os.utime(path, ns=(changed, changed))

    def free_space(self, path: str) -> int:
        """Return how many bytes can still be written to the disk that holds a folder."""
        import shutil  # only `doctor` asks

        return shutil.disk_usage(path).free

    def scandir(self, where: Any) -> Any:
        """List a folder, by descriptor or path."""
        return os.scandir(where)

    def fsync(self, fd: int) -> None:
        """Make a file or folder durable.

        On macOS fsync leaves the data in the disk's own cache, so the whole way down is asked for
        first; a file system that does not know that request gets the plain fsync.
        """
        full_sync = _full_sync_request()
        if full_sync is not None:
            import fcntl

            with contextlib.suppress(OSError):
                fcntl.fcntl(fd, full_sync)
                return
        os.fsync(fd)

    def sync(self) -> bool:
        """Make everything written so far durable, in one call; return whether that is now so.

        Windows has no such call, and macOS returns from it before the disk is done: there each
        file has to be synced for itself.
        """
        if not sys.platform.startswith("linux"):
            return False
        os.sync()
        return True

    def fchmod(self, fd: int, mode: int) -> None:
        """Set a file's mode whatever the umask says; Windows has no such call."""
        if hasattr(os, "fchmod"):
            os.fchmod(fd, mode)

    def hold(self, fd: int) -> None:
        """Lock a file for this process until it is closed.

        Raises BlockingIOError when another process holds it, any other OSError where files cannot
        be locked.
        """
        try:
            import fcntl
        except ImportError:
            _lock_on_windows(fd)
        else:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)


# Flags of an opening that would change something.
_CHANGES = os.O_WRONLY | os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_TRUNC


class ReadOnlyFileSystem(FileSystem):
    """System calls of a disk that can only be read: it refuses every change, as a write-protected one does."""

    def open(self, path: str, flags: int, mode: int = 0o777, **options: Any) -> int:  # type: ignore[override]
        """Open a file or folder to read it."""
        if flags & _CHANGES:
            self._refuse()
        return os.open(path, flags, mode, **options)

    def _refuse(self, *_given: Any, **_options: Any) -> Never:
        raise OSError(errno.EROFS, "nothing is written")

    write = mkdir = chmod = fchmod = link = rename = replace = unlink = rmdir = utime = _refuse


fs = FileSystem()


@contextlib.contextmanager
def read_only() -> Iterator[None]:
    """Let nothing change on the disk for a while, whoever asks for it."""
    global fs
    before, fs = fs, ReadOnlyFileSystem()
    try:
        yield
    finally:
        fs = before


def is_read_only() -> bool:
    """Return whether nothing may change on the disk now."""
    return isinstance(fs, ReadOnlyFileSystem)


def _patiently(call: Callable[..., None], *given: Any, **options: Any) -> None:
    """Make a system call; where Windows refuses it for now, make it again for about a second."""
    for wait in _WAITS:
        try:
            call(*given, **options)
        except PermissionError:
            time.sleep(wait)
        else:
            return
    call(*given, **options)


def _full_sync_request() -> int | None:
    """Return the number of macOS's request for a full sync; None on every other system."""
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    return getattr(fcntl, "F_FULLFSYNC", None)


def _lock_on_windows(fd: int) -> None:
    """Lock one byte far beyond the end of an open file, and leave its position where it was."""
    import msvcrt

    position = os.lseek(fd, 0, os.SEEK_CUR)
    os.lseek(fd, _LOCKED_BYTE, os.SEEK_SET)
    try:
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    except OSError as error:
        if error.errno not in _HELD:
            raise
        raise BlockingIOError(errno.EAGAIN, "held by another process") from error
    finally:
        os.lseek(fd, position, os.SEEK_SET)
