"""The system calls of the journal: methods of one object, which the fault tests replace."""

import contextlib
import errno
import os
from typing import Any


class FileSystem:
    """The system calls the journal uses, and no others."""

    open = staticmethod(os.open)
    close = staticmethod(os.close)
    read = staticmethod(os.read)
    write = staticmethod(os.write)
    link = staticmethod(os.link)
    rename = staticmethod(os.rename)
    replace = staticmethod(os.replace)
    unlink = staticmethod(os.unlink)
    rmdir = staticmethod(os.rmdir)
    mkdir = staticmethod(os.mkdir)
    chmod = staticmethod(os.chmod)
    stat = staticmethod(os.stat)
    fstat = staticmethod(os.fstat)

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

    def sync(self) -> None:
        """Make everything written so far durable, in one call; Windows has no such call."""
        if hasattr(os, "sync"):
            os.sync()

    def fchmod(self, fd: int, mode: int) -> None:
        """Set a file's mode whatever the umask says; Windows has no such call."""
        if hasattr(os, "fchmod"):
            os.fchmod(fd, mode)

    def hold(self, fd: int) -> None:
        """Lock a file for this process; raises BlockingIOError when another holds it."""
        _lock(fd)


fs = FileSystem()


def _full_sync_request() -> int | None:
    """Return the number of macOS's request for a full sync; None on every other system."""
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    return getattr(fcntl, "F_FULLFSYNC", None)


def _lock(fd: int) -> None:
    """Lock an open file without waiting; closing it, or the process's end, unlocks it."""
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError as error:
            raise BlockingIOError(errno.EAGAIN, "held by another process") from error
        return
    fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
