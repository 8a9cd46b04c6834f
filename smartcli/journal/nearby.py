"""Entries that lie near the journal, but not where it looks: a folder too deep or too high, after a copy."""

import contextlib
import re
import stat
from collections.abc import Collection, Iterator
from pathlib import Path

from smartcli.journal.files import Folder, is_folder
from smartcli.journal.heads import ENTRY, is_well_formed
from smartcli.language import _

_DEEPEST = 4  # folders below the journal's own
_MOST_BESIDE = 100  # folders beside the journal that are looked into
_is_month = re.compile(r"\d{4}-\d{2}").fullmatch


def find_nearby(journal: Path, here: Collection[str] = ()) -> list[Path]:
    """Return the folders around a journal in which entries lie that it does not see.

    `here` are the ids of the entries that are in it, or were erased: a folder with no others is only a copy.
    """
    own = journal / "entries"
    found: dict[Path, None] = {}
    for folder in _folders_with_entries(journal, _DEEPEST, here):
        if own not in (folder, folder.parent):
            is_in_month = own == folder.parent.parent and _is_month(folder.parent.name)
            found[folder if is_in_month or not _is_month(folder.name) else folder.parent] = None
    for folder in _folders_with_entries_beside(journal, here):
        found[folder.parent if _is_month(folder.name) else folder] = None
    return [*found]


def _folders_with_entries_beside(journal: Path, here: Collection[str]) -> Iterator[Path]:
    """Yield the folders with entries beside a journal: its contents one folder too high, or a copy of all of it.

    Of a folder that is called otherwise, only what lies in it as in a journal or a home is looked into.
    """
    if not is_folder(journal.parent):
        return
    with contextlib.suppress(OSError), Folder(journal.parent, shared=True) as folder:
        names = [name for name, is_file in folder.names() if not is_file and not name.startswith(".")]
        for name in sorted(names)[:_MOST_BESIDE]:
            beside = journal.parent / name
            if name == "entries" or _is_month(name):
                yield from _folders_with_entries(beside, 1, here)
            elif beside != journal and name != "state":
                yield from _folders_with_entries(beside / "entries", 1, here)
                yield from _folders_with_entries(beside / "journal" / "entries", 1, here)


def describe_nearby(journal: Path, here: Collection[str] = ()) -> list[str]:
    """Return a sentence for each folder that `find_nearby` finds."""
    return [
        _(
            "There are entries in {folder}. smartcli looks for them in {right}. Move them there to see them.",
            folder=str(folder),
            right=str(journal / "entries"),
        )
        for folder in find_nearby(journal, here)
    ]


def _folders_with_entries(path: Path, depth: int, here: Collection[str]) -> Iterator[Path]:
    """Yield the folders, from `path` on and so many below it, that hold a file named as that of an entry not `here`."""
    inner: list[Path] = []
    if not is_folder(path):
        return
    with contextlib.suppress(OSError), Folder(path, shared=True) as folder:
        names = folder.list_names()
        of_entries = {name for name in names if is_well_formed(name)}
        if any(name[ENTRY] not in here for name in of_entries):
            yield path
        names = [name for name in names if name not in of_entries]
        inner = [path / name for name in names if _is_inner(folder, name)] if depth else []
    for below in sorted(inner):
        yield from _folders_with_entries(below, depth - 1, here)


def _is_inner(folder: Folder, name: str) -> bool:
    """Return whether a name is that of a folder to look into; not of a hidden one, which is a tool's."""
    if name.startswith(".") or name.endswith((".json", ".toml", ".txt")):
        return False
    with contextlib.suppress(OSError):
        return stat.S_ISDIR(folder.status(name).st_mode)
    return False
