"""The files of a reminder: written, known as ours, and removed."""

import contextlib
from collections.abc import Iterable
from pathlib import Path

from smartcli import places
from smartcli.journal import system
from smartcli.journal.files import Folder
from smartcli.language import _
from smartcli.reminders.choosing import every_way
from smartcli.reminders.way import MARK, NAME, Way, job_name
from smartcli.silence import is_network_refused
from smartcli.trouble import Trouble


def ways_here(state: Path) -> list[Way]:
    """Return every way of being reminded that this kind of system may have; `state` is the state folder.

    Under the filter the crontab is for the person to change.
    """
    name = NAME if places.is_usual() else job_name(state)
    return every_way(state, name, cron_by_hand=is_network_refused())


def refuse_foreign(texts: Iterable[Path]) -> None:
    """Raise Trouble where a file of somebody else's has a name of ours."""
    for path in texts:
        if (path.exists() or path.is_symlink()) and not is_ours(path):
            raise Trouble(
                _("There is a file of another program where the reminder would be: {path}", path=path),
                safe=_("It has not been changed."),
                hint=_("Give it another name, and try again."),
            )


def is_ours(path: Path) -> bool:
    """Return whether a file was written for the reminder: it says so itself."""
    with contextlib.suppress(OSError, ValueError), Folder(path.resolve().parent, shared=True) as folder:
        return MARK.encode() in folder.read(path.resolve().name)
    return False


def are_written(texts: dict[Path, str]) -> bool:
    """Return whether every file stands there as it is to be."""
    with contextlib.suppress(OSError, ValueError):
        return all(path.read_text(encoding="utf-8") == text for path, text in texts.items())
    return False


def write_files(way: Way, texts: dict[Path, str]) -> None:
    """Write the files of a reminder, each whole; raises OSError."""
    for path, text in texts.items():
        with Folder(path.parent, create=True, shared=True) as folder:
            folder.replace(path.name, text.encode())
        if way.is_executable:
            system.fs.chmod(str(path), 0o700)


def missing_folders(paths: Iterable[Path]) -> set[Path]:
    """Return every folder that would have to be made for files of these paths."""
    return {folder for path in paths for folder in path.parents if not folder.exists()}


def remove_empty(folders: Iterable[Path]) -> None:
    """Remove the folders that are empty, and leave all others."""
    for folder in sorted(folders, reverse=True):  # what is inside another first
        with contextlib.suppress(OSError, ValueError):
            folder.rmdir()


def remove_files(way: Way) -> None:
    """Delete every file of a reminder that is ours; raises OSError."""
    for path in reversed(way.paths()):  # a link before the file it names
        if is_ours(path):
            with contextlib.suppress(FileNotFoundError), Folder(path.parent, shared=True) as folder:
                folder.remove(path.name)
