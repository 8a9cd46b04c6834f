"""File systems that answer as other disks and other systems do, in place of `journal.system.fs`."""

import errno
import os
import stat
from pathlib import Path
from typing import Any

from smartcli.journal.system import FileSystem

# What file systems were seen to answer to a request that they do not know, or will not do.
ANSWERS = (
    *(errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOLCK),
    *(errno.EROFS, errno.EMLINK, errno.EXDEV, errno.ENOTTY, errno.ENXIO, errno.EOVERFLOW),
)
MODES, LOCKS, LINKS, FOLDER_SYNC = "modes", "locks", "links", "folder sync"
REQUESTS = (MODES, LOCKS, LINKS, FOLDER_SYNC)


class Refusing(FileSystem):
    """A disk that answers some requests with an error, each time."""

    def __init__(self, code: int, *requests: str) -> None:
        self._code = code
        self._requests = requests

    def _answer(self, request: str) -> None:
        if request in self._requests:
            raise OSError(self._code, "planted")

    def fchmod(self, fd: int, mode: int) -> None:
        self._answer(MODES)
        super().fchmod(fd, mode)

    def chmod(self, path: str, mode: int) -> None:  # type: ignore[override]
        self._answer(MODES)
        Path(path).chmod(mode)

    def hold(self, fd: int) -> None:
        self._answer(LOCKS)
        super().hold(fd)

    def link(self, source: str, target: str, **options: Any) -> None:
        self._answer(LINKS)
        super().link(source, target, **options)

    def fsync(self, fd: int) -> None:
        if stat.S_ISDIR(os.fstat(fd).st_mode):
            self._answer(FOLDER_SYNC)


class Closed(FileSystem):
    """A disk on which some files and folders, named by the last part of their path, cannot be opened or looked at."""

    def __init__(self, code: int, *names: str) -> None:
        self._code = code
        self._names = names

    def _answer(self, path: Any) -> None:
        if not isinstance(path, int) and Path(path).name in self._names:
            raise OSError(self._code, "planted", str(path))

    def open(self, path: str, *rest: Any, **at: Any) -> int:  # type: ignore[override]
        self._answer(path)
        return FileSystem.open(path, *rest, **at)

    def stat(self, path: str, **options: Any) -> os.stat_result:  # type: ignore[override]
        self._answer(path)
        return FileSystem.stat(path, **options)


class Doing(FileSystem):
    """A disk that takes every request about modes, and does nothing."""

    def fchmod(self, fd: int, mode: int) -> None:
        """Leave the mode as it is."""

    def chmod(self, path: str, mode: int) -> None:  # type: ignore[override]
        """Open a folder to everybody, as a stick is mounted."""
        Path(path).chmod(0o777)
