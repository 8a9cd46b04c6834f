"""An export over an earlier one, in a folder where somebody may have written since: their lines stay.

The list in the folder says what our files held when we wrote them. A file that still holds that is ours, and is
replaced, or removed where the export has it no more. Every other is theirs: it stays, and what we would have written
under its name stands beside it. Nothing of theirs is ever moved or opened for writing.

A crash in the middle leaves some files new and some old: the list is first written with both sums of each, so
that the next export knows all of them for ours.
"""

import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path, PurePosixPath

from smartcli.journal import system
from smartcli.journal.files import Folder, is_folder, is_there

LIST = ".written"  # in an exported folder: a line for each of its files, with the sum of what it held
_LARGEST = 1 << 30  # bytes; no file of an export, nor its list, is larger
_BESIDE = " (smartcli"  # in the name of a file of ours beside one of theirs

Written = dict[str, set[str]]  # the check sums that a file of ours may have, by its name with "/" between the parts


@dataclass
class LeftAlone:
    """What an export over an earlier one left as it was: names in the folder."""

    beside: list[str] = field(default_factory=list)  # files of ours that stand beside changed ones
    gone: list[str] = field(default_factory=list)  # changed files that the export has no more


def written_before(path: Path) -> Written:
    """Return what an earlier export wrote to a folder; nothing where none did.

    A list of an older version has names only: such a file is ours if it holds what we are about to write.
    """
    written: Written = {}
    with contextlib.suppress(OSError), Folder(path, shared=True) as folder:
        for line in folder.read(LIST, _LARGEST).decode("utf-8", "replace").split("\n"):
            name, _tab, check_sum = line.partition("\t")
            if not _is_below(name):
                continue
            sums = written.setdefault(name, set())
            if check_sum:
                sums.add(check_sum)
    return written


def _is_below(name: str) -> bool:
    """Return whether a name of a list leads to something in the folder: anybody may have written the list."""
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts and "\0" not in name


def listed(written: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the lines of a folder's list."""
    return [f"{name}\t{check_sum}\n" for name, sums in written.items() for check_sum in sorted(sums)]


def sum_of(path: Path) -> str:
    """Return the check sum (SHA-256) of what a file holds; "" for what is no file that can be read.

    Line ends, and empty lines at the end, make no other sum: editors and sync tools change them, and nobody's words.
    """
    with contextlib.suppress(OSError), Folder(path.parent, shared=True) as folder:
        held = folder.read(path.name, _LARGEST).replace(b"\r\n", b"\n").rstrip(b"\n")
        return hashlib.sha256(held).hexdigest()
    return ""


def put_over(new: Path, target: Path) -> LeftAlone:
    """Put the files of a new export in the place of an earlier one, file by file; raises OSError.

    Each is moved, whole, to its name; `new` holds its list alone afterwards.
    """
    before, fresh = written_before(target), written_before(new)
    ours = {name: before.get(name, set()) | fresh.get(name, set()) for name in (*before, *fresh)}
    places = {name: _free_name(target, name, ours, fresh[name]) for name in fresh}
    _write_list(target, ours | {place: ours.get(place, set()) | fresh[name] for name, place in places.items()})
    left = LeftAlone()
    final: Written = {}
    for name in fresh:
        place = _free_name(target, name, ours, fresh[name])  # again: somebody may be writing there just now
        _make_folders(target, place)
        system.fs.replace(str(new / name), str(target / place))
        final[place] = fresh[name]
        if place != name:
            left.beside.append(place)
    for name in before:
        if name not in final and name not in fresh:
            _remove_ours(target, name, before, left)
    final |= {name: before[name] for name in left.gone}  # so that they are told the next time too
    if not system.fs.sync():
        sync_names({target / parent for place in final for parent in PurePosixPath(place).parents})
    _write_list(target, final)
    return left


def sync_names(folders: Iterable[Path]) -> None:
    """Make the names in some folders durable, where the system can sync a folder; raises OSError."""
    for path in folders:
        with Folder(path, shared=True) as folder:
            folder.sync()


def _remove_ours(target: Path, name: str, before: Written, left: LeftAlone) -> None:
    """Remove a file that the export has no more; if somebody changed it, it stays."""
    if _is_ours(target, name, before):
        system.fs.unlink(str(target / name))
        with contextlib.suppress(OSError):  # there are other files in it
            system.fs.rmdir(str((target / name).parent))
    elif is_there(target / name):
        left.gone.append(name)


def _free_name(target: Path, name: str, ours: Written, fresh: set[str]) -> str:
    """Return the name a file of ours gets: its own, or one beside it where somebody's file has that.

    `fresh`: the sum of what it is to hold; a file that holds the same is in nobody's way.
    """
    name = _below_folders(target, name)
    candidates = chain([name], _names_beside(name))
    return next(one for one in candidates if _is_free(target, one, ours.get(one, set()) | fresh))


def _below_folders(target: Path, name: str) -> str:
    """Return a name with another folder in it where somebody's file, or a link, has the name of the folder."""
    path = PurePosixPath()
    for part in PurePosixPath(name).parent.parts:
        folders = chain([path / part], map(PurePosixPath, _names_beside(str(path / part))))
        path = next(one for one in folders if _may_be_folder(target / one))
    return str(path / PurePosixPath(name).name)


def _names_beside(name: str) -> Iterator[str]:
    path = PurePosixPath(name)
    for number in count(1):
        again = f" {number}" if number > 1 else ""
        yield str(path.with_name(f"{path.stem}{_BESIDE}{again}){path.suffix}"))


def _may_be_folder(path: Path) -> bool:
    return not is_there(path) or (path.is_dir() and not path.is_symlink())


def _is_free(target: Path, name: str, ours: set[str]) -> bool:
    return not is_there(target / name) or sum_of(target / name) in ours


def _is_ours(target: Path, name: str, before: Written) -> bool:
    """Return whether a file is as an export wrote it."""
    return bool(before.get(name)) and sum_of(target / name) in before[name]


def _make_folders(target: Path, name: str) -> None:
    for parent in reversed(PurePosixPath(name).parents[:-1]):
        if not is_folder(target / parent):
            system.fs.mkdir(str(target / parent), 0o700)


def _write_list(target: Path, written: Written) -> None:
    with Folder(target, shared=True) as folder:
        folder.replace(LIST, "".join(listed(written)).encode())
