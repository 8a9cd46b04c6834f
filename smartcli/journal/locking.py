"""The files of a plain journal sealed, of a locked one made plain again, or sealed to a new key.

File by file, in batches, and always in the same order: the new file is durable under its name, it is read back from
the disk and compared, and only then the old one goes. Cut short at any step, both are read together, and the next run
goes on. Nothing here is lost, and nothing is written without its seal that was not written so before.
"""

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from smartcli.entries.checking import as_entry
from smartcli.entries.entry import DamagedEntryError
from smartcli.journal import seal, system
from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.file_names import file_name_of, is_foreign, month_of
from smartcli.journal.files import TEMPORARY, Folder, has_folder
from smartcli.journal.heads import is_well_formed
from smartcli.language import _
from smartcli.lock import keyring
from smartcli.lock.errors import LockError
from smartcli.lock.identity import Identity
from smartcli.trouble import STORAGE, Trouble

_BATCH = 250  # files between two syncs of folders
_ROOM = 4096 + 512  # bytes on the disk that a sealed file of ordinary length takes, and some for its name

Progress = Callable[[int, int], None]  # how many files are done, of how many


class File(NamedTuple):
    """A file below the folder of entries: the folder it lies in ("" for that one itself), and its name."""

    folder: str
    name: str


class _New(NamedTuple):
    """A file to be written in place of an old one: where, and with which bytes."""

    file: File
    data: bytes


@dataclass
class Moved:
    """What a run came to: how many files were replaced, and which could not be, with the reason."""

    files: int = 0
    left: dict[str, str] = field(default_factory=dict)


def list_plain(entries: Path) -> list[File]:
    """Return the files with entries in plain below a folder, also those that a sync tool or a person has renamed.

    A file of another kind that somebody put there is not ours. Raises Trouble (3) when the folder cannot be read.
    """
    return [file for file in _files_below(entries) if _is_plain_entry(entries, file)]


def list_sealed(entries: Path) -> list[File]:
    """Return the sealed files below a folder; raises as `list_plain` does."""
    return [file for file in _files_below(entries) if seal.is_sealed_name(file.name)]


def seal_files(entries: Path, to: str, progress: Progress) -> Moved:
    """Seal every plain file below a folder to a public key; the key itself has to be held.

    Raises Trouble (3) when the disk refuses, before anything is written where there is too little room.
    """
    plain = list_plain(entries)
    _need_room(entries, len(plain))
    sealed = _names_in(entries, list_sealed(entries))

    def replacement(old: File, data: bytes, letter: str) -> _New:
        own = _own_name(old, data)
        if own in sealed:  # an earlier run was cut short between writing this and taking the plain one away
            there = sealed[own]
            bytes_there = _read(entries, there)
            if _holds(bytes_there, data):
                return _New(there, bytes_there)
        noted = "" if own == _name_by_content(data) else own
        return _New(File(letter, seal.random_name(letter)), seal.seal_bytes(data, to, name=noted))

    return _replace(entries, plain, replacement, _holds, progress)


def open_files(entries: Path, progress: Progress) -> Moved:
    """Make every sealed file below a folder plain again, under the name it should have; raises Trouble (3)."""

    def replacement(old: File, data: bytes, letter: str) -> _New:
        plain, own = seal.unseal(data)
        own = own or file_name_of(as_entry(seal.opened(plain)))
        return _New(File(month_of(own), own), plain)

    return _replace(entries, list_sealed(entries), replacement, lambda new, old: new == seal.unseal(old).data, progress)


def reseal_files(entries: Path, to: str, old: Identity, progress: Progress) -> Moved:
    """Seal every file that an old key opens to a new one; the new key has to be held too. Raises Trouble (3)."""
    old_files = [file for file in list_sealed(entries) if _is_opened_by(old, _read(entries, file))]
    _need_room(entries, len(old_files))

    def replacement(old: File, data: bytes, letter: str) -> _New:
        plain, own = seal.unseal(data)
        return _New(File(letter, seal.random_name(letter)), seal.seal_bytes(plain, to, name=own))

    return _replace(entries, old_files, replacement, lambda new, old: seal.unseal(new) == seal.unseal(old), progress)


def settle_files(folder: Path, to: str) -> dict[str, str]:
    """Bring every file below a folder to a public key, or make it plain with ""; return what stays, with the reason.

    The key, and those of what is sealed to others, have to be held. Raises Trouble (3).
    """
    if not to:
        return open_files(folder, _tell_nobody).left
    left = seal_files(folder, to, _tell_nobody).left
    for other in keyring.held():
        if other.recipient != to:
            left |= reseal_files(folder, to, other, _tell_nobody).left
    return left


def _tell_nobody(done: int, of: int) -> None:
    """Leave unsaid how far it is: there are few."""


def remove_empty_folders(entries: Path) -> None:
    """Remove the folders of months, or of letters, that hold nothing any more; what the disk refuses stays."""
    with contextlib.suppress(OSError), Folder(entries) as folder:
        for name in [name for name, is_file in folder.names() if not is_file]:
            with contextlib.suppress(OSError):
                system.fs.rmdir(str(entries / name))


def _replace(
    entries: Path,
    files: Sequence[File],
    replacement: Callable[[File, bytes, str], _New],
    is_same: Callable[[bytes, bytes], bool],
    progress: Progress,
) -> Moved:
    """Replace files by others, batch by batch; `is_same` compares the new bytes, read from the disk, with the old.

    `replacement` is given the old file, its bytes, and the letter of the folder for new sealed files of the batch.
    """
    moved, done = Moved(), 0
    with disk_errors_as_trouble(_("Not finished yet")):
        for batch in _batches(files):
            letter = seal.random_letter()
            written: list[tuple[File, bytes, File]] = []
            for old in batch:
                try:
                    data = _read(entries, old)
                    new = replacement(old, data, letter)
                    _place(entries, new)
                except DamagedEntryError as error:
                    moved.left[old.name] = str(error)
                    continue
                written.append((old, data, new.file))
            _sync(entries, {new.folder for _old, _data, new in written})
            gone: set[str] = set()
            for old, data, file in written:
                if old == file:
                    continue
                if not is_same(_read(entries, file), data):
                    raise _not_as_written()
                if _read(entries, old) == data:  # nobody has changed it meanwhile
                    _unlink(entries, old)
                    gone.add(old.folder)
                    moved.files += 1
            _sync(entries, gone)
            done += len(batch)
            progress(done, len(files))
    return moved


def _place(entries: Path, new: _New) -> None:
    """Write a new file, unless an earlier run has: its bytes are durable, its name after the folder's sync.

    Raises DamagedEntryError where its name is taken by other bytes.
    """
    with Folder(entries / new.file.folder, create=True) as folder:
        if folder.has(new.file.name):
            if folder.read(new.file.name) != new.data:
                raise DamagedEntryError(_("another file has its name"))
            return
        folder.place(new.file.name, new.data)


def _sync(entries: Path, folders: Iterable[str]) -> None:
    for name in folders:
        with Folder(entries / name) as folder:
            folder.sync()


def _unlink(entries: Path, file: File) -> None:
    with contextlib.suppress(FileNotFoundError), Folder(entries / file.folder) as folder:
        folder.unlink(file.name)


def _read(entries: Path, file: File) -> bytes:
    with Folder(entries / file.folder, shared=True) as folder:
        return folder.read(file.name)


def _names_in(entries: Path, sealed: Iterable[File]) -> dict[str, File]:
    """Return sealed files by the plain names of what is in them; those that a key held does not open are left out."""
    named: dict[str, File] = {}
    for file in sealed:
        with contextlib.suppress(OSError, DamagedEntryError):
            plain, own = seal.unseal(_read(entries, file))
            named[own or _name_by_content(plain)] = file
    return named


def _is_opened_by(key: Identity, data: bytes) -> bool:
    from smartcli.lock.sealing import open_

    with contextlib.suppress(LockError):
        open_(data, [key])
        return True
    return False


def _holds(sealed: bytes, plain: bytes) -> bool:
    """Return whether a sealed file holds what a plain one does; spaces at the end are only there for its length."""
    return seal.unseal(sealed).data.rstrip(b" ") == plain.rstrip(b" ")


def _own_name(file: File, data: bytes) -> str:
    """Return the well-formed name that a plain file has, or should have; "" where nothing says so."""
    return file.name if is_well_formed(file.name) else _name_by_content(data)


def _name_by_content(data: bytes) -> str:
    """Return the name that a file with these bytes should have; "" where they are no entry that can be read."""
    try:
        return file_name_of(as_entry(seal.opened(data)))
    except DamagedEntryError:
        return ""


def _files_below(entries: Path) -> Iterator[File]:
    """Yield every file in a folder and in the folders in it, by name."""
    with disk_errors_as_trouble(_("Your journal cannot be read")):
        if not has_folder(entries):
            return
        with Folder(entries) as folder:
            named = sorted(folder.names())
        yield from (File("", name) for name, is_file in named if is_file)
        for inner in [name for name, is_file in named if not is_file and not name.startswith(".")]:
            with Folder(entries / inner) as folder:
                yield from (File(inner, name) for name, is_file in sorted(folder.names()) if is_file)


def _is_plain_entry(entries: Path, file: File) -> bool:
    """Return whether a file is, or by its name should be, an entry in plain."""
    if _is_others(file.name) or seal.is_sealed_name(file.name):
        return False
    if seal.SUFFIX in file.name:
        return True
    with contextlib.suppress(OSError):
        data = _read(entries, file)
        return not seal.is_sealed(data) and bool(_name_by_content(data))
    return False


def _is_others(name: str) -> bool:
    """Return whether a file is no entry of ours: another program's, or a temporary one."""
    return is_foreign(name) or name.startswith(TEMPORARY)


def _batches(files: Iterable[File]) -> Iterator[list[File]]:
    remaining = iter(files)
    while batch := [*islice(remaining, _BATCH)]:
        yield batch


def _need_room(entries: Path, files: int) -> None:
    """Raise Trouble (3) where the disk has no room for so many sealed files, and a tenth more."""
    with contextlib.suppress(OSError):
        if files and system.fs.free_space(os.fspath(entries)) < files * _ROOM * 11 // 10:
            raise Trouble(
                _("There is too little space on the disk: each entry is written anew before the old file is deleted."),
                safe=_("Nothing was changed."),
                hint=_("Please free some space and try again."),
                code=STORAGE,
            )


def _not_as_written() -> Trouble:
    return Trouble(
        _("A file read back from the disk is not what was written."),
        safe=_("The old file is still there. Nothing was deleted."),
        hint=_("The disk may be failing. Please make a backup on another one: smartcli backup"),
        code=STORAGE,
    )
