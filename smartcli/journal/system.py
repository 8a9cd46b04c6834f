"""The system calls the journal makes: one object, the seam where the fault tests put their own."""

import contextlib
import errno
import os
from typing import Any


class FileSystem:
    """The calls used, and nothing else."""

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

    def scandir(self, where: Any) -> Any:
        """List a folder, by descriptor or path."""
        return os.scandir(where)

    def fsync(self, fd: int) -> None:
        """Make a file or folder durable; on macOS down to the disk itself, which fsync leaves out."""
        full = _full_sync()
        if full is not None:
            import fcntl

            with contextlib.suppress(OSError):
                fcntl.fcntl(fd, full)
                return
        os.fsync(fd)

    def sync(self) -> None:
        """Make everything written so far durable, where there is such a call: for many files at a time."""
        if hasattr(os, "sync"):
            os.sync()

    def fchmod(self, fd: int, mode: int) -> None:
        """Set the mode whatever the umask says; Windows has no such thing."""
        if hasattr(os, "fchmod"):
            os.fchmod(fd, mode)

    def hold(self, fd: int) -> None:
        """Lock a file for this process; raises BlockingIOError when another holds it."""
        _lock(fd)


fs = FileSystem()


def _full_sync() -> int | None:
    try:
        import fcntl
    except ImportError:
        return None
    return getattr(fcntl, "F_FULLFSYNC", None)


def _lock(fd: int) -> None:
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
