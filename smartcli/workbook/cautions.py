"""What cannot be promised at the places where things are: told once for each place."""

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from smartcli import places
from smartcli.journal import limits, system
from smartcli.journal.files import Folder, is_folder
from smartcli.journal.limits import Limit
from smartcli.language import N_, _
from smartcli.places import Places
from smartcli.trouble import Trouble, say
from smartcli.words import visible

_TOLD = "told"  # a file of the state folder: the names of the cautions that were told, one a line

_RELATIVE = "relative"
_OPEN = "open"
_SAYS = {
    _RELATIVE: N_(
        "SMARTCLI_HOME is not a whole path. smartcli now uses {folder}. Started in another folder, it would not find "
        "what you write now."
    ),
    _OPEN: N_(
        "Everybody who uses this device can put files in {folder}. Please let only yourself write to it, or choose "
        "another folder with SMARTCLI_HOME."
    ),
    Limit.MODES: N_(
        "This disk does not keep other people out: whoever can open {folder} can read what you write. Everything "
        "else works as usual."
    ),
    Limit.LOCKS: N_(
        "This disk cannot tell smartcli whether an exercise is open in two windows. Please keep each one open in one "
        "window only. The folder is {folder}."
    ),
    Limit.SYNC: N_(
        "This disk does not confirm that it has saved something for good. If the power goes off, the last thing you "
        "wrote in {folder} could be missing."
    ),
}


def tell_cautions() -> None:
    """Say what was met at these places that limits a promise, and was not said before. Never a trouble.

    Where nothing may be written, it could not be remembered that it was said; nor was anything promised.
    """
    if system.is_read_only():
        return
    with contextlib.suppress(Trouble, OSError):
        found = places.places()
        told = _told(found.state)
        new = [caution for caution in _cautions(found) if caution not in told]
        if new:
            folder = visible(str(found.journal.parent))
            say(*(_(_SAYS[caution], folder=folder) for caution in new))
            _remember(found, [*told, *new])


def _cautions(found: Places) -> Iterator[str]:
    """Yield the names of the cautions that hold now."""
    if places.is_relative():
        yield _RELATIVE
    if any(map(_is_open_to_all, (found.journal.parent, found.config.parent))):
        yield _OPEN
    has_no_modes = system.IS_WINDOWS and not found.journal.is_relative_to(Path.home())
    if has_no_modes and is_folder(found.journal):  # the profile folder is closed to others, and no other is
        limits.met.add(Limit.MODES)
    yield from sorted(limits.met)
    limits.met.clear()


def _is_open_to_all(folder: Path) -> bool:
    """Return whether every user of this device may make files in a folder."""
    try:
        mode = system.fs.stat(str(folder)).st_mode
    except OSError:  # not there yet
        return False
    return os.name == "posix" and bool(mode & stat.S_IWOTH)


def _told(state: Path) -> list[str]:
    with contextlib.suppress(OSError), Folder(state) as folder:
        return folder.read(_TOLD).decode("ascii", "replace").split()
    return []


def _remember(found: Places, told: list[str]) -> None:
    """Remember what was told, once something was written; a disk that refuses has it told again."""
    with contextlib.suppress(OSError):
        if is_folder(found.journal) or is_folder(found.state):
            with Folder(found.state, create=True) as folder:
                folder.replace(_TOLD, "".join(f"{caution}\n" for caution in told).encode())
    limits.met.clear()  # of the note itself
