"""A file system in memory that forgets what was not fsynced: the seam `journal.system.fs` filled for fault tests.

It is weaker than any real one. Until a file is fsynced its writes may be applied, left out, torn, zeroed or turned
to garbage; until a folder is fsynced its names may be lost, in order or any of them; fsyncing a file does not make
its name durable. Every operation is counted and can be made the moment of a crash, or of an error.
"""

import errno
import os
import random
import stat
import types
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Crash(BaseException):
    """The power went."""


class Node:
    """A file's bytes or a folder's names: what is durable, and what is not yet."""

    def __init__(self, *, folder: bool) -> None:
        self.folder = folder
        self.bytes = b""
        self.names: dict[str, Node] = {}
        self.pending: list[tuple[Any, ...]] = []

    def content(self) -> bytes:
        """Return the bytes as a running program reads them."""
        now = bytearray(self.bytes)
        for offset, data in self.pending:
            _put(now, offset, data)
        return bytes(now)

    def listing(self) -> dict[str, "Node"]:
        """Return the names as a running program sees them."""
        now = dict(self.names)
        for change in self.pending:
            _apply(now, change)
        return now

    def settle(self) -> None:
        """Make everything durable."""
        if self.folder:
            self.names = self.listing()
        else:
            self.bytes = self.content()
        self.pending = []


def _put(into: bytearray, offset: int, data: bytes) -> None:
    into.extend(b"\0" * (offset - len(into)))
    into[offset : offset + len(data)] = data


def _apply(names: dict[str, Node], change: tuple[Any, ...]) -> None:
    kind, name, *rest = change
    if kind == "set":
        names[name] = rest[0]
    else:
        names.pop(name, None)
    if kind == "rename":
        names[rest[0]] = rest[1]


class Forgetful:
    """The file system. `crash_at`: the operation (from 1) before which it raises Crash.

    `fail`: (operation, errno, for good) makes that operation raise OSError, once or from there on.
    """

    def __init__(self, crash_at: int = 0, fail: tuple[int, int, bool] | None = None) -> None:
        self.root = Node(folder=True)
        self.operations = 0
        self._crash_at = crash_at
        self._fail = fail
        self._open: dict[int, tuple[Node, list[int], bool]] = {}
        self._next = 1000

    def made(self, path: str) -> None:
        """Have a durable folder at a path from the start."""
        node = self.root
        for part in path.strip("/").split("/"):
            node = node.names.setdefault(part, Node(folder=True))

    def _tick(self) -> None:
        self.operations += 1
        if self.operations == self._crash_at:
            raise Crash
        if self._fail and (self.operations == self._fail[0] or (self._fail[2] and self.operations > self._fail[0])):
            raise OSError(self._fail[1], "planted")

    def _folder(self, path: str, dir_fd: int | None) -> tuple[Node, str]:
        """Return the folder that holds a path's last part, and that part."""
        node = self._open[dir_fd][0] if dir_fd is not None else self.root
        *above, name = path.strip("/").split("/")
        for part in above:
            found = node.listing().get(part)
            if found is None or not found.folder:
                raise FileNotFoundError(errno.ENOENT, "planted")
            node = found
        return node, name

    def _find(self, path: str, dir_fd: int | None = None) -> Node:
        folder, name = self._folder(path, dir_fd)
        node = folder.listing().get(name) if name else folder
        if node is None:
            raise FileNotFoundError(errno.ENOENT, "no such file")
        return node

    def open(self, path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if flags & os.O_CREAT:
            self._tick()
            folder, name = self._folder(path, dir_fd)
            node = folder.listing().get(name)
            if node is not None and flags & os.O_EXCL:
                raise FileExistsError(errno.EEXIST, "exists")
            if node is None:
                node = Node(folder=False)
                folder.pending.append(("set", name, node))
        else:
            node = self._find(path, dir_fd)
        self._next += 1
        self._open[self._next] = (node, [0], bool(flags & os.O_APPEND))
        return self._next

    def close(self, fd: int) -> None:
        self._open.pop(fd)

    def read(self, fd: int, size: int) -> bytes:
        node, place, _ = self._open[fd]
        data = node.content()[place[0] : place[0] + size]
        place[0] += len(data)
        return data

    def write(self, fd: int, data: Any) -> int:
        self._tick()
        node, place, append = self._open[fd]
        offset = len(node.content()) if append else place[0]
        node.pending.append((offset, bytes(data)))
        place[0] = offset + len(data)
        return len(data)

    def fsync(self, fd: int) -> None:
        self._tick()
        self._open[fd][0].settle()

    def link(self, old: str, new: str, *, src_dir_fd: int, dst_dir_fd: int, follow_symlinks: bool = True) -> None:
        self._tick()
        folder = self._open[dst_dir_fd][0]
        if new in folder.listing():
            raise FileExistsError(errno.EEXIST, "exists")
        folder.pending.append(("set", new, self._find(old, src_dir_fd)))

    def rename(self, old: str, new: str, *, src_dir_fd: int, dst_dir_fd: int) -> None:
        self._tick()
        node = self._find(old, src_dir_fd)
        self._open[dst_dir_fd][0].pending.append(("rename", old, new, node))

    replace = rename

    def unlink(self, path: str, *, dir_fd: int) -> None:
        self._tick()
        self._find(path, dir_fd)
        self._open[dir_fd][0].pending.append(("del", path))

    def mkdir(self, path: str, mode: int = 0o777) -> None:
        self._tick()
        folder, name = self._folder(path, None)
        if name in folder.listing():
            raise FileExistsError(errno.EEXIST, "exists")
        folder.pending.append(("set", name, Node(folder=True)))

    def rmdir(self, path: str) -> None:
        self._tick()
        folder, name = self._folder(path, None)
        if self._find(path).listing():
            raise OSError(errno.ENOTEMPTY, "not empty")
        folder.pending.append(("del", name))

    def chmod(self, path: str, mode: int) -> None:
        self._find(path)

    def fchmod(self, fd: int, mode: int) -> None:
        pass

    def hold(self, fd: int) -> None:
        pass

    def _told(self, node: Node) -> Any:
        mode = stat.S_IFDIR | 0o700 if node.folder else stat.S_IFREG | 0o600
        return types.SimpleNamespace(
            st_mode=mode, st_uid=os.getuid(), st_size=0 if node.folder else len(node.content()), st_blocks=8, st_dev=1,
            st_ino=id(node),
        )  # fmt: skip

    def fstat(self, fd: int) -> Any:
        return self._told(self._open[fd][0])

    def stat(self, path: str, *, dir_fd: int | None = None, follow_symlinks: bool = True) -> Any:
        return self._told(self._find(path, dir_fd))

    @contextmanager
    def scandir(self, where: Any) -> Iterator[Any]:
        node = self._open[where][0] if isinstance(where, int) else self._find(where)
        yield iter(
            types.SimpleNamespace(name=name, is_file=lambda follow_symlinks=True, found=found: not found.folder)
            for name, found in node.listing().items()
        )

    def after_crash(self, chance: random.Random, *, any_order: bool) -> "Forgetful":
        """Return what might stand on the disk when the power comes back."""
        left = Forgetful()
        contents: dict[int, Node] = {}
        left.root = self._survivor(self.root, chance, any_order, contents)
        return left

    def _survivor(self, node: Node, chance: random.Random, any_order: bool, known: dict[int, Node]) -> Node:
        if id(node) in known:
            return known[id(node)]
        left = known[id(node)] = Node(folder=node.folder)
        if not node.folder:
            left.bytes = _torn(node, chance)
            return left
        kept = (
            [change for change in node.pending if chance.random() < 0.5]
            if any_order
            else node.pending[: chance.randrange(len(node.pending) + 1)]
        )
        names = dict(node.names)
        for change in kept:
            _apply(names, change)
        left.names = {name: self._survivor(found, chance, any_order, known) for name, found in names.items()}
        return left


def _torn(node: Node, chance: random.Random) -> bytes:
    now = bytearray(node.bytes)
    for offset, data in node.pending:
        fate = chance.choice(["apply", "omit", "torn", "zero", "garbage"])
        if fate == "omit":
            continue
        if fate == "torn":
            data = data[: chance.randrange(len(data) + 1)]
        elif fate == "zero":
            data = b"\0" * len(data)
        elif fate == "garbage":
            data = chance.randbytes(len(data))
        _put(now, offset, data)
    return bytes(now)
