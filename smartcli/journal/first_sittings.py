"""The first sittings on this device, counted without a word: what is explained only then is told by this."""

import contextlib
from pathlib import Path

from smartcli.journal.files import Folder, is_folder

_NAME = "sittings"
_FIRST = 3  # sittings in which a key is named that everybody should have seen, and nobody needs to read for ever

_counted: set[Path] = set()  # the state folders for which this run of the program has been counted


def is_among_first(state: Path) -> bool:
    """Return whether this run of the program is one of the first that asks on screens, and count it; True only once.

    As long as nothing was written on this device nothing is counted either. A disk that refuses is ignored.
    """
    if state in _counted:
        return False
    _counted.add(state)
    before = _count(state)
    if before < _FIRST and is_folder(state):
        with contextlib.suppress(OSError), Folder(state, create=True) as folder:
            folder.replace(_NAME, str(before + 1).encode())
    return before < _FIRST


def _count(state: Path) -> int:
    """Return how many sittings were counted; 0 when the file is missing or not ours."""
    try:
        with Folder(state) as folder:
            return int(folder.read(_NAME))
    except (OSError, ValueError):
        return 0
