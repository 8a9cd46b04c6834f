"""Entries that lie near the journal, but not where it looks: a folder too deep or too high, after a copy."""

import contextlib
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from smartcli.journal.files import Folder, is_folder
from smartcli.journal.heads import is_well_formed
from smartcli.language import _

_DEEPEST = 4  # folders below the journal's own
_is_month = re.compile(r"\d{4}-\d{2}").fullmatch


def find_nearby(journal: Path) -> list[Path]:
    """Return the folders around a journal in which entries lie that it does not see."""
    own = journal / "entries"
    found: dict[Path, None] = {}
    for folder in _folders_with_entries(journal, _DEEPEST):
        if own not in (folder, folder.parent):
            found[folder.parent if _is_month(folder.name) else folder] = None
    beside = journal.parent / "entries"  # the journal's contents, copied one folder too high
    for folder in _folders_with_entries(beside, 1):
        found[beside if _is_month(folder.name) else folder] = None
    return [*found]


def describe_nearby(journal: Path) -> list[str]:
    """Return a sentence for each folder around a journal in which entries lie that it does not see."""
    return [
        _(
            "There are entries in {folder}. smartcli looks for them in {right}. Move them there to see them.",
            folder=str(folder),
            right=str(journal / "entries"),
        )
        for folder in find_nearby(journal)
    ]


def _folders_with_entries(path: Path, depth: int) -> Iterator[Path]:
    """Yield the folders, from `path` on and so many below it, that hold a file named as an entry's."""
    inner: list[Path] = []
    if not is_folder(path):
        return
    with contextlib.suppress(OSError), Folder(path, shared=True) as folder:
        names = folder.list_names()
        if any(map(is_well_formed, names)):
            yield path
            names = [name for name in names if not is_well_formed(name)]
        inner = [path / name for name in names if _is_inner(folder, name)] if depth else []
    for below in sorted(inner):
        yield from _folders_with_entries(below, depth - 1)


def _is_inner(folder: Folder, name: str) -> bool:
    """Return whether a name is that of a folder to look into; not of a hidden one, which is a tool's."""
    if name.startswith(".") or name.endswith((".json", ".toml", ".txt")):
        return False
    with contextlib.suppress(OSError):
        return stat.S_ISDIR(folder.status(name).st_mode)
    return False
