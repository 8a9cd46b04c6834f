"""A file system that notes what a power cut could still take: bytes and names that were not synced since."""

import os
from pathlib import Path
from typing import Any

from smartcli.journal.system import FileSystem

Node = tuple[int, int]  # a device and an inode: a file or a folder, whatever it is called by now


class Recording(FileSystem):
    """The real calls, noted. Without `syncs_all` there is no sync of everything at once, as on Windows and macOS."""

    def __init__(self, *, syncs_all: bool = True) -> None:
        self._syncs_all = syncs_all
        self._in_memory: set[Node] = set()  # files with bytes, and folders with names, that are not on the disk yet

    def lost_by_a_power_cut(self, path: Path) -> list[str]:
        """Return the names, relative to its folder, of what is at or below a path and could still be lost, or come back."""
        below = [path, *(path.rglob("*") if path.is_dir() else ())]
        return [
            str(each.relative_to(path.parent))
            for each in below
            if _node(each.stat()) in self._in_memory or _node(each.parent.stat()) in self._in_memory
        ]

    def _named(self, path: str, dir_fd: int | None = None) -> None:
        """Note that a name was given or taken away in a folder."""
        status = Path(path).parent.stat() if dir_fd is None else os.fstat(dir_fd)
        self._in_memory.add(_node(status))

    def open(self, path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:  # type: ignore[override]
        if flags & os.O_CREAT:
            self._named(path, dir_fd)
        return os.open(path, flags, mode, dir_fd=dir_fd)

    def write(self, fd: int, data: Any) -> int:  # type: ignore[override]
        self._in_memory.add(_node(os.fstat(fd)))
        return os.write(fd, data)

    def mkdir(self, path: str, mode: int = 0o777) -> None:  # type: ignore[override]
        Path(path).mkdir(mode)
        self._named(path)
        self._in_memory.add(_node(Path(path).stat()))

    def link(self, source: str, target: str, **options: Any) -> None:
        super().link(source, target, **options)
        self._named(target, options.get("dst_dir_fd"))

    def rename(self, source: str, target: str, **options: Any) -> None:
        super().rename(source, target, **options)
        self._named(target, options.get("dst_dir_fd"))

    def replace(self, source: str, target: str, **options: Any) -> None:
        super().replace(source, target, **options)
        self._named(target, options.get("dst_dir_fd"))

    def unlink(self, path: str, **options: Any) -> None:
        super().unlink(path, **options)
        self._named(path, options.get("dir_fd"))

    def fsync(self, fd: int) -> None:
        self._in_memory.discard(_node(os.fstat(fd)))

    def sync(self) -> bool:
        if self._syncs_all:
            self._in_memory.clear()
        return self._syncs_all


def _node(status: os.stat_result) -> Node:
    return status.st_dev, status.st_ino
