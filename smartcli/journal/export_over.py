"""An export over an earlier one, in a folder where somebody may have written since: their lines stay.

The list in the folder says what our files held when we wrote them. A file that still holds that is ours, and is
replaced, or removed where the export has it no more. Every other is theirs: it stays, and what we would have written
under its name stands beside it. Nothing of theirs is ever moved or opened for writing.

A crash in the middle leaves some files new and some old: the list is first written with both sums of each, so
that the next export knows all of them for ours.
"""

import contextlib
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path, PurePosixPath

from smartcli.journal import system
from smartcli.journal.files import Folder, is_folder

LIST = ".written"  # in an exported folder: a line for each of its files, with the sum of what it held
_LARGEST = 1 << 30  # bytes; no file of an export, nor its list, is larger
_BESIDE = " (smartcli"  # in the name of a file of ours beside one of theirs

Written = dict[str, set[str]]  # the sums a file of ours may have, by its name with "/" between the parts


@dataclass
class Kept:
    """What an export over an earlier one left as it was: names in the folder."""

    beside: list[str] = field(default_factory=list)  # files of ours that stand beside changed ones
    gone: list[str] = field(default_factory=list)  # changed files that the export has no more


def written_before(path: Path) -> Written:
    """Return what an earlier export wrote to a folder; nothing where none did.

    A list of an older version has names only: a file of it is ours if it has not changed since the list was written.
    """
    written: Written = {}
    with contextlib.suppress(OSError), Folder(path, shared=True) as folder:
        made = folder.status(LIST).st_mtime_ns
        for line in folder.read(LIST, _LARGEST).decode("utf-8", "replace").split("\n"):
            name, tab, total = line.partition("\t")
            if name and not tab and _is_older(path / name, made):
                total = sum_of(path / name)
            if name:
                written.setdefault(name, set()).update({total} - {""})
    return written


def listed(written: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the lines of a folder's list."""
    return [f"{name}\t{total}\n" for name, totals in written.items() for total in sorted(totals)]


def sum_of(path: Path) -> str:
    """Return the sum of what a file holds; "" for what is no file that can be read."""
    with contextlib.suppress(OSError), Folder(path.parent, shared=True) as folder:
        return hashlib.sha256(folder.read(path.name, _LARGEST)).hexdigest()
    return ""


def put_over(new: Path, target: Path) -> Kept:
    """Put the files of a new export in the place of an earlier one, file by file; raises OSError.

    Each is moved, whole, to its name; `new` holds its list alone afterwards.
    """
    before, fresh = written_before(target), written_before(new)
    kept = Kept()
    names = {name: _free_name(target, name, before) for name in fresh}
    final: Written = {names[name]: totals for name, totals in fresh.items()}
    both = {name: before.get(name, set()) | final.get(name, set()) for name in (*before, *final)}
    _write_list(target, both)
    for name, place in names.items():
        _make_folders(target, place)
        system.fs.replace(str(new / name), str(target / place))
        if place != name:
            kept.beside.append(place)
    for name in before:
        if name not in final and name not in names:
            _remove_ours(target, name, before, kept)
    if not system.fs.sync():
        sync_names({target / parent for place in final for parent in PurePosixPath(place).parents})
    _write_list(target, final)
    return kept


def sync_names(folders: Iterable[Path]) -> None:
    """Make the names in some folders durable, where the system can sync a folder; raises OSError."""
    for path in folders:
        with Folder(path, shared=True) as folder:
            folder.sync()


def _remove_ours(target: Path, name: str, before: Written, kept: Kept) -> None:
    """Remove a file that the export has no more; if somebody changed it, it stays."""
    if _is_ours(target, name, before):
        system.fs.unlink(str(target / name))
        with contextlib.suppress(OSError):  # there are other files in it
            system.fs.rmdir(str((target / name).parent))
    elif os.path.lexists(target / name):
        kept.gone.append(name)


def _free_name(target: Path, name: str, before: Written) -> str:
    """Return the name a file of ours gets: its own, or one beside it where somebody's file has that."""
    return next(one for one in chain([name], _names_beside(name)) if _is_free(target, one, before))


def _names_beside(name: str) -> Iterator[str]:
    path = PurePosixPath(name)
    for number in count(1):
        again = f" {number}" if number > 1 else ""
        yield str(path.with_name(f"{path.stem}{_BESIDE}{again}){path.suffix}"))


def _is_free(target: Path, name: str, before: Written) -> bool:
    return not os.path.lexists(target / name) or _is_ours(target, name, before)


def _is_ours(target: Path, name: str, before: Written) -> bool:
    """Return whether a file is as an export wrote it; one that is written in while we look is theirs."""
    return bool(before.get(name)) and sum_of(target / name) in before[name]


def _is_older(path: Path, made: int) -> bool:
    with contextlib.suppress(OSError):
        return system.fs.stat(str(path), follow_symlinks=False).st_mtime_ns <= made
    return False


def _make_folders(target: Path, name: str) -> None:
    for parent in reversed(PurePosixPath(name).parents[:-1]):
        if not is_folder(target / parent):
            system.fs.mkdir(str(target / parent), 0o700)


def _write_list(target: Path, written: Written) -> None:
    with Folder(target, shared=True) as folder:
        folder.replace(LIST, "".join(listed(written)).encode())
