"""What leaves the journal: a file or a folder somewhere else, whole or not at all, for the owner only.

Both are made under a name of their own beside the target and get its name at the end, so that a crash leaves
nothing half written under it. What a crash did leave is cleared away by the next writing there.
"""

import contextlib
import os
import re
import stat
import time
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from smartcli.journal import system
from smartcli.journal.disk_errors import told_trouble
from smartcli.journal.files import Folder, is_folder, write_all
from smartcli.trouble import STORAGE, Trouble

_UNFINISHED = ".smartcli-unfinished-"
_OURS = re.compile(re.escape(_UNFINISHED) + r"\d+-[0-9a-f]{16}")
_LIST = ".written"  # in a folder: the names of all its files, one a line, so that only those are ever replaced
_STALE = 3600  # seconds; what has not grown for so long is nobody's work any more
_HELD = 1 << 20  # characters held back before they go to their files
_ADD = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_ADD |= getattr(os, "O_BINARY", 0)

_WHAT, _ELSEWHERE = "Nothing was written", "--output names another place."


def write_file(path: Path, pieces: Iterable[str | bytes], *, force: bool = False) -> None:
    """Write a file 0600 from pieces as they come; durable on return.

    Raises Trouble when its name is taken and `force` is not given (2), and when it cannot be written (3).
    """
    free(path, force=force)
    with told_trouble(_WHAT, hint=_ELSEWHERE), _Target(path.parent) as folder:
        folder.write(path.name, pieces, replace=force)


def write_folder(path: Path, files: Iterable[tuple[str, str]], *, force: bool = False) -> None:
    """Write a folder 0700 of files 0600 from (name, piece) pairs, each piece added to the file of that name.

    With `force` it may take the place of one written so before, if nothing else lies in that. Raises Trouble as
    `write_file` does.
    """
    free(path, force=force, folder=True)
    with told_trouble(_WHAT, hint=_ELSEWHERE), _Target(path.parent) as folder:
        folder.write_folder(path.name, files)


def is_ours(path: Path) -> bool:
    """Return whether a folder was written here before: it bears the list of its files."""
    return bool(_listed(path))


def free(path: Path, *, force: bool = False, folder: bool = False) -> None:
    """Raise Trouble unless something may be written under this name."""
    if not is_folder(path.parent):
        hint = "Make it first, or name another with --output."
        raise Trouble(f"{_WHAT}: there is no such folder.", hint=hint, code=STORAGE)
    try:
        mode = system.fs.stat(str(path), follow_symlinks=False).st_mode
    except OSError:
        return
    left = "It was left as it is."
    if not (stat.S_ISDIR(mode) if folder else stat.S_ISREG(mode) or stat.S_ISLNK(mode)):
        raise Trouble("There is something else of that name already.", safe=left, hint=_ELSEWHERE)
    if folder and set(_inside(path)) - _listed(path) - {_LIST}:
        raise Trouble("There is a folder of that name with other things in it.", safe=left, hint=_ELSEWHERE)
    if not force:
        raise Trouble(
            f"There is a {'folder' if folder else 'file'} of that name already.",
            safe=left,
            hint="Give another name. (`export --force` replaces what an export wrote.)",
        )


def _inside(path: Path) -> Iterator[str]:
    """Yield every file below a folder, as a name relative to it."""
    for top, _, names in os.walk(path):
        yield from ((Path(top) / name).relative_to(path).as_posix() for name in names)


def _listed(path: Path) -> set[str]:
    """Return the names of the files that were written to a folder, as its list tells."""
    with contextlib.suppress(OSError), Folder(path, shared=True) as folder:
        return set(folder.read(_LIST).decode("utf-8", "replace").split("\n")) - {""}
    return set()


class _Target(Folder):
    """The folder in which something is to appear."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, shared=True)
        self._clear_away()

    def write(self, name: str, pieces: Iterable[str | bytes], *, replace: bool) -> None:
        """Write a file from pieces."""
        temporary = _unfinished()
        path, at = self._at(temporary)
        try:
            _add(path, _gathered(pieces), durable=True, **at)
            (self._put_in_place if replace else self._link)(temporary, name)
        finally:
            self._drop(temporary)
        self.sync()

    def write_folder(self, name: str, files: Iterable[tuple[str, str]]) -> None:
        """Write a folder of files; one of ours that has its name goes once the new one is there."""
        target, new, old = (self.path / one for one in (name, _unfinished(), _unfinished()))
        try:
            _fill(new, files)
            listed = _listed(target) | {_LIST}
            if is_folder(target):
                system.fs.rename(str(target), str(old))
            try:
                system.fs.rename(str(new), str(target))
            except OSError:
                if is_folder(old):
                    system.fs.rename(str(old), str(target))
                raise
            _remove(old, listed)
        finally:
            _remove(new)
        self.sync()

    def _clear_away(self) -> None:
        """Remove what a crash left here."""
        with contextlib.suppress(OSError):
            for name in [name for name, _ in self.names() if _OURS.fullmatch(name)]:
                path = self.path / name
                found = system.fs.stat(str(path), follow_symlinks=False)
                if found.st_mtime < time.time() - _STALE:
                    _remove(path) if stat.S_ISDIR(found.st_mode) else self._drop(name)


def _unfinished() -> str:
    return f"{_UNFINISHED}{os.getpid()}-{os.urandom(8).hex()}"


def _gathered(pieces: Iterable[str | bytes]) -> Iterator[bytes]:
    """Yield the pieces as bytes, several together."""
    held, size = [], 0
    for piece in pieces:
        held.append(piece.encode("utf-8", "replace") if isinstance(piece, str) else piece)
        size += len(piece)
        if size > _HELD:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


def _fill(folder: Path, files: Iterable[tuple[str, str]]) -> None:
    """Write every file of a new folder, and the list of them; durable on return.

    One call makes all of them durable: one for each would take half a minute for ten thousand notes.
    """
    made: set[Path] = set()
    names: dict[str, None] = {}
    held: dict[str, list[str]] = {}
    size = 0
    _make(folder, made)
    for name, piece in files:
        names.setdefault(name)
        held.setdefault(name, []).append(piece)
        size += len(piece)
        if size > _HELD:
            _add_all(folder, held, made)
            held, size = {}, 0
    held[_LIST] = [f"{name}\n" for name in names]
    _add_all(folder, held, made)
    system.fs.sync()


def _add_all(folder: Path, held: dict[str, list[str]], made: set[Path]) -> None:
    for name, pieces in held.items():
        _make((folder / name).parent, made)
        _add(str(folder / name), _gathered(pieces))


def _make(folder: Path, made: set[Path]) -> None:
    if folder not in made:
        system.fs.mkdir(str(folder), 0o700)
        made.add(folder)


def _add(path: str, pieces: Iterable[bytes], *, durable: bool = False, **at: int) -> None:
    """Add to a file, which is made if it is not there."""
    fd = system.fs.open(path, _ADD, 0o600, **at)
    try:
        with contextlib.suppress(PermissionError):  # a stick whose file system knows no modes
            system.fs.fchmod(fd, 0o600)
        for piece in pieces:
            write_all(fd, piece)
        if durable:
            system.fs.fsync(fd)
    finally:
        system.fs.close(fd)


def _remove(folder: Path, only: Collection[str] | None = None) -> None:
    """Remove a folder and the files in it, or `only` these; one that is not empty then stays."""
    with contextlib.suppress(OSError):
        for top, _, names in os.walk(folder, topdown=False):
            for name in names:
                path = Path(top) / name
                if only is None or path.relative_to(folder).as_posix() in only:
                    system.fs.unlink(str(path))
            system.fs.rmdir(top)
