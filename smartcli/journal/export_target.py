"""Export targets: writes a file or a folder outside the journal, atomically, for the owner only.

Both are written under a temporary name beside the target and renamed or linked at the end, so that
a crash leaves nothing half written under the target's name. What a crash did leave is removed by
the next export to the same place.
"""

import contextlib
import os
import re
import stat
import time
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

from smartcli.journal import limits, system
from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.export_over import LIST, LeftAlone, listed, put_over, sum_of, sync_names, written_before
from smartcli.journal.files import Folder, has_folder, is_folder, open_no_link, set_mode, sync_file, write_all
from smartcli.language import N_, _
from smartcli.trouble import STORAGE, Trouble
from smartcli.words import sentences, visible

_UNFINISHED = ".smartcli-unfinished-"
_UNFINISHED_NAME = re.compile(re.escape(_UNFINISHED) + r"\d+-[0-9a-f]{16}")
_STALE = 3600  # seconds; an export that has not grown for an hour is nobody's work any more
_BUFFER = 1 << 20  # characters kept in memory before a write: one system call for many small pieces

_ADD = os.O_WRONLY | os.O_APPEND
# Never through a link, not inherited by other programs, no line ends changed; 0 where a system has
# no such flag.
_ADD |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_APPEND = _ADD | os.O_CREAT

_NOT_WRITTEN = N_("Nothing was written")
_NOT_ALL_WRITTEN = N_("Not every file was written")
_AGAIN = N_("What you wrote there is as it was. Please export again.")
_NAME_ANOTHER = N_("Choose another place with --output.")


def write_file(path: Path, pieces: Iterable[str | bytes], *, force: bool | None = None, hint: str = "") -> None:
    """Write a file of mode 0600 from pieces as they come; durable on return. `force` as for `ensure_free`.

    Raises Trouble when its name is taken and `force` is not given (2), and when it cannot be
    written (3). `hint` says what to do then; without it, what to do with --output.
    """
    ensure_free(path, force=force, hint=hint)
    with (
        disk_errors_as_trouble(_(_NOT_WRITTEN), hint=hint or _(_NAME_ANOTHER)),
        limits.of_another_place(),
        _Target(path.parent) as parent,
    ):
        parent.write(path.name, pieces, replace=bool(force))


def write_folder(path: Path, files: Iterable[tuple[str, str]], *, force: bool = False) -> LeftAlone:
    """Write a folder of mode 0700 with files of mode 0600; durable on return.

    `files` are pairs of a file's name and a piece of its text: each piece is appended to the file
    of that name. With `force` it may be written over one that an earlier export wrote: what somebody
    added or changed there stays (`export_over`). Raises Trouble as `write_file` does.
    """
    ensure_free(path, force=force, folder=True)
    with (
        disk_errors_as_trouble(_(_NOT_WRITTEN), hint=_(_NAME_ANOTHER)),
        limits.of_another_place(),
        _Target(path.parent) as parent,
    ):
        return parent.write_folder(path.name, files)


def is_export_folder(path: Path) -> bool:
    """Return whether an earlier export wrote this folder: the list of its files lies in it."""
    return bool(written_before(path))


def next_free(path: Path) -> Path:
    """Return a path, or the first of NAME-2, NAME-3, ... beside it, that nothing has; the ending stays."""
    numbered = (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in count(2))
    return path if not os.path.lexists(path) else next(other for other in numbered if not os.path.lexists(other))


def ensure_free(path: Path, *, force: bool | None = None, folder: bool = False, hint: str = "") -> None:
    """Raise Trouble unless an export may be written under this name.

    With `force` it may replace a file, or (`folder`) be written over a folder of an earlier export; None where there
    is no such option to speak of. `hint` as for `write_file`.
    """
    ensure_folder(path.parent, hint=hint)
    try:
        mode = system.fs.stat(str(path), follow_symlinks=False).st_mode
    except OSError:  # nothing has this name; any other reason shows itself when we write
        return
    as_it_was = _("smartcli did not change what is there.")
    if not _is_same_type(mode, folder=folder):
        raise Trouble(
            _("There is already something else with that name."),
            safe=as_it_was,
            hint=hint or _(_NAME_ANOTHER),
        )
    if folder and _holds_files(path) and not is_export_folder(path):
        raise Trouble(
            _("There is a folder with that name, with other things in it."),
            safe=as_it_was,
            hint=_(_NAME_ANOTHER),
        )
    if not force:
        free = _("The name {name} is free.", name=visible(next_free(path).name))
        replaces = "" if force is None else _("(`export --force` replaces what an earlier export wrote.)")
        raise Trouble(
            _("There is already a folder with that name.") if folder else _("There is already a file with that name."),
            safe=as_it_was,
            hint=hint or sentences(free, replaces),
        )


def ensure_folder(path: Path, *, hint: str = "") -> None:
    """Raise Trouble (3) unless there is a folder to write into. `hint` as for `write_file`."""
    with disk_errors_as_trouble(_(_NOT_WRITTEN), hint=hint or _(_NAME_ANOTHER)):
        is_place = has_folder(path)
    if not is_place:
        raise Trouble(
            _("Nothing was written: that folder does not exist."),
            hint=hint or _("Make the folder first, or choose another one with --output."),
            code=STORAGE,
        )


def _is_same_type(mode: int, *, folder: bool) -> bool:
    """Return whether a mode is a folder's (`folder`), else whether it is a file's or a link's."""
    if folder:
        return stat.S_ISDIR(mode)
    return stat.S_ISREG(mode) or stat.S_ISLNK(mode)


def _holds_files(folder: Path) -> bool:
    return any(names for _parent, _folders, names in os.walk(folder))


class _Target(Folder):
    """The folder in which an export is to appear; opening it removes what a crash left there."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, shared=True)
        self._remove_stale()

    def write(self, name: str, pieces: Iterable[str | bytes], *, replace: bool) -> None:
        """Write a file from pieces: whole or not at all, durable on return."""
        temporary = _unfinished_name()
        path, at = self._at(temporary)
        try:
            # The data is durable before it has its name: a power cut may lose the file, never half
            # of it.
            _append(path, _in_blocks(pieces), durable=True, **at)
            if replace:
                self._put_in_place(temporary, name)
            else:
                self._link(temporary, name)
        finally:
            self._drop(temporary)
        self.sync()

    def write_folder(self, name: str, files: Iterable[tuple[str, str]]) -> LeftAlone:
        """Write a folder of files: under a name of its own, and then as, or over, the one of that name."""
        target, new = self.path / name, self.path / _unfinished_name()
        left = LeftAlone()
        try:
            _fill(new, files)
            if is_folder(target):
                # Some of it may be there by then, and the next export goes on with that.
                with disk_errors_as_trouble(_(_NOT_ALL_WRITTEN), hint=_(_AGAIN)):
                    left = put_over(new, target)
            else:
                system.fs.rename(str(new), str(target))
        finally:
            _remove_folder(new)
        self.sync()
        return left

    def _remove_stale(self) -> None:
        """Remove unfinished exports that have not grown for an hour."""
        with contextlib.suppress(OSError):
            # The names are listed first: a folder must not change while it is being read.
            for name in [name for name, _ in self.names() if _UNFINISHED_NAME.fullmatch(name)]:
                path = self.path / name
                found = system.fs.stat(str(path), follow_symlinks=False)
                if found.st_mtime >= time.time() - _STALE:
                    continue
                if stat.S_ISDIR(found.st_mode):
                    _remove_folder(path)
                else:
                    self._drop(name)


def _unfinished_name() -> str:
    return f"{_UNFINISHED}{os.getpid()}-{os.urandom(8).hex()}"


def _in_blocks(pieces: Iterable[str | bytes]) -> Iterator[bytes]:
    """Yield the pieces as bytes, many small ones together."""
    block: list[bytes] = []
    size = 0
    for piece in pieces:
        block.append(piece.encode("utf-8", "replace") if isinstance(piece, str) else piece)
        size += len(piece)
        if size > _BUFFER:
            yield b"".join(block)
            block = []
            size = 0
    yield b"".join(block)


def _fill(folder: Path, files: Iterable[tuple[str, str]]) -> None:
    """Write every file of a new folder, and the list of their names; durable on return.

    One sync at the end makes all of them durable, on systems that have one: one for each would take
    half a minute for ten thousand notes. Until then the folder has only its temporary name, so
    nothing is promised too early.
    """
    made: set[Path] = set()
    names: dict[str, None] = {}  # a dict, for the order in which the files first came
    buffered: dict[str, list[str]] = {}
    size = 0
    _make_once(folder, made)
    for name, piece in files:
        names.setdefault(name)
        buffered.setdefault(name, []).append(piece)
        size += len(piece)
        if size > _BUFFER:
            _append_all(folder, buffered, made)
            buffered = {}
            size = 0
    _append_all(folder, buffered, made)
    _append_all(folder, {LIST: listed({name: {sum_of(folder / name)} for name in names})}, made)
    if not system.fs.sync():
        for name in (*names, LIST):
            _sync_one(folder / name)
        sync_names(made)


def _sync_one(path: Path) -> None:
    fd = open_no_link(str(path), _ADD)
    try:
        sync_file(fd)
    finally:
        system.fs.close(fd)


def _append_all(folder: Path, buffered: dict[str, list[str]], made: set[Path]) -> None:
    for name, pieces in buffered.items():
        path = folder / name
        _make_once(path.parent, made)
        _append(str(path), _in_blocks(pieces))


def _make_once(folder: Path, made: set[Path]) -> None:
    if folder not in made:
        system.fs.mkdir(str(folder), 0o700)
        made.add(folder)


def _append(path: str, pieces: Iterable[bytes], *, durable: bool = False, **at: int) -> None:
    """Append to a file of mode 0600, which is made if it is missing; with `durable` fsync it."""
    fd = open_no_link(path, _APPEND, 0o600, **at)
    try:
        set_mode(fd, 0o600)
        for piece in pieces:
            write_all(fd, piece)
        if durable:
            sync_file(fd)
    finally:
        system.fs.close(fd)


def _remove_folder(folder: Path) -> None:
    """Remove a folder and what is in it, as far as the disk lets us."""
    with contextlib.suppress(OSError):
        for parent, _folders, names in os.walk(folder, topdown=False):  # what lies deepest first
            for name in names:
                system.fs.unlink(str(Path(parent) / name))
            system.fs.rmdir(parent)
