"""The files of one import: named one by one, in a folder, in a zip archive, or on standard input.

Each is opened only while it is read. A folder is gone through by name. What is hidden is left alone; links are not
followed; they, and what can hold no entries (photos, recordings), are counted, to be told.
"""

import os
import stat
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import NamedTuple, NoReturn

from smartcli.exchange.archive import Archive
from smartcli.exchange.foreign import refuse_office_file
from smartcli.exchange.imported import refused
from smartcli.exchange.opening import LARGEST, Opened, open_file
from smartcli.exchange.our_own import refuse_our_folder, refuse_our_own
from smartcli.language import _
from smartcli.trouble import Trouble

STANDARD_INPUT = "-"
_MOST = 20_000  # files of one import: a note a day for fifty years
_NO_FILE = -1  # the size of a link, or of anything else that is no plain file
_PIPED = 64 * 1024 * 1024  # bytes from a pipe, which must be held in memory: nothing of it is laid on the disk
_WITH_ENTRIES = (
    *(".txt", ".text", ".md", ".markdown", ".org", ".json", ".jsonl", ".ndjson"),
    *(".csv", ".tsv", ".daylio", ".zip"),
)
_BESIDE_CHECKMARKS = {"Habits.csv", "Scores.csv"}  # of Loop's export: nothing in them has a day of its own


class Source(NamedTuple):
    """One file of an import: the name that tells what it may be, how it is opened, and its number among all."""

    name: str
    open: Callable[[], AbstractContextManager[Opened]]
    number: int = 0

    def placed(self, place: str) -> str:
        """Return a place in this file in words, with the file where there are several."""
        if not self.number:
            return place
        file = _("file {number}", number=self.number)
        stem = PurePosixPath(self.name).stem
        if stem and not any(sign.isalpha() for sign in stem):  # a date; other names may hold a person's words
            file = PurePosixPath(self.name).name
        return _("{file}, {place}", file=file, place=place) if place else file


@dataclass
class Sources:
    """All files of one import, in the order they are read, and how many files were left aside."""

    files: list[Source] = field(default_factory=list)
    behind: Counter[str] = field(default_factory=Counter)

    def __iter__(self) -> Iterator[Source]:
        """Yield each file; several are numbered from 1."""
        several = len(self.files) > 1
        return (source._replace(number=number * several) for number, source in enumerate(self.files, 1))


@contextmanager
def open_sources(paths: Sequence[Path]) -> Iterator[Sources]:
    """Find all files that paths name, "-" among them; raises Trouble. They can be opened inside the `with` alone."""
    with ExitStack() as stack:
        sources = Sources()
        for path in paths:
            if str(path) == STANDARD_INPUT:
                _add_file(sources, stack, "", _standard_input())
            elif _is_folder(path):
                try:
                    _add_folder(sources, stack, path)
                except OSError as error:  # a folder that may be listed and not entered, for one
                    _folder_cannot_be_read(error)
            else:
                _add_file(sources, stack, path.name, partial(open_file, path))
            if len(sources.files) > _MOST:
                raise _too_many()
        if not sources.files:
            raise refused(_("There is no file in this folder that smartcli can import."))
        yield sources


def _is_folder(path: Path) -> bool:
    """Return whether a folder is there; where nobody can say (a name that is too long), opening it as a file tells."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _add_file(sources: Sources, stack: ExitStack, name: str, open_it: Callable[[], Opened]) -> None:
    """Add a file, or each file with entries that an archive holds."""
    with open_it() as opened:
        zipped = opened.zipped()
        if zipped:
            refuse_our_own(opened)
    if not zipped:
        sources.files.append(Source(name, open_it))
        return
    archive = Archive(stack.enter_context(open_it()))
    names = archive.names()
    refuse_office_file(names)
    chosen = [one for one in names if _may_hold_entries(one, names) and not one.lower().endswith(".zip")]
    if not chosen:
        raise refused(_("The archive holds no file that smartcli can import."))
    archive.check_size(chosen)
    sources.files += [Source(one, partial(archive.open, one)) for one in chosen]
    if not any(one.lower().endswith((".json", ".daylio")) for one in chosen):  # these count their own photos
        sources.behind["other file"] += len(names) - len(chosen)


def _add_folder(sources: Sources, stack: ExitStack, folder: Path) -> None:
    """Add each file in a folder that may hold entries, by name; count the others."""
    refuse_our_folder(folder)
    sizes = dict(_files_in(folder))
    chosen = [name for name in sorted(sizes) if sizes[name] != _NO_FILE and _may_hold_entries(name, sizes)]
    if sum(sizes[name] for name in chosen if not name.lower().endswith(".zip")) > LARGEST:
        raise refused(_("The folder holds more than {number} MB of text.", number=LARGEST // 1024**2))
    for name in chosen:
        _add_inside(sources, stack, name, partial(open_file, folder / name))
    sources.behind["other file"] += len(sizes) - len(chosen)


def _add_inside(sources: Sources, stack: ExitStack, name: str, open_it: Callable[[], Opened]) -> None:
    """Add a file of a folder; an archive that cannot be read is told when its turn comes, beside the others."""
    if name.lower().endswith((".zip", ".daylio")):
        with suppress(Trouble):
            _add_file(sources, stack, name, open_it)
            return
    sources.files.append(Source(name, open_it))


def _files_in(folder: Path) -> Iterator[tuple[str, int]]:
    """Yield the name inside a folder, with "/" between its parts, and the size of each visible file."""
    number = 0
    for place, folders, names in os.walk(folder, onerror=_folder_cannot_be_read):
        inside = Path(place).relative_to(folder)
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        for name in [*names, *links]:
            status = (Path(place) / name).lstat()
            number += 1
            if number > _MOST * 5:
                raise _too_many()
            if not name.startswith("."):
                yield (inside / name).as_posix(), status.st_size if stat.S_ISREG(status.st_mode) else _NO_FILE


def _folder_cannot_be_read(error: OSError) -> NoReturn:
    hint = _("Check whether you may open it and everything in it.")
    raise refused(_("A folder cannot be read."), hint) from error


def _too_many() -> Trouble:
    return refused(_("There are more than {number} files.", number=_MOST), _("Import them in parts."))


def _may_hold_entries(name: str, all_names: Collection[str]) -> bool:
    """Return whether the name of a file says that there may be entries in it."""
    path = PurePosixPath(name)
    if path.name in _BESIDE_CHECKMARKS and (path.parent / "Checkmarks.csv").as_posix() in all_names:
        return False
    return path.suffix.lower() in _WITH_ENTRIES


def _standard_input() -> Callable[[], Opened]:
    """Return what opens standard input, which is read once; raises Trouble."""
    hint = _("For example: cat notes.txt | smartcli import -")
    try:
        if sys.stdin is None or sys.stdin.isatty():
            raise refused(_("There is nothing on standard input."), hint)
        data = sys.stdin.buffer.read(_PIPED + 1)
    except OSError:
        raise refused(_("Standard input cannot be read."), hint) from None
    if len(data) > _PIPED:
        hint = _("Name the file instead: smartcli import FILE")
        raise refused(_("Standard input holds more than {number} MB.", number=_PIPED // 1024**2), hint)
    return lambda: Opened("", BytesIO(data))
