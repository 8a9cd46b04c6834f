"""Entries that waited on this device, sealed into the journal that was locked on another one."""

import contextlib
from collections.abc import Collection, Iterable
from pathlib import Path

from smartcli.entries.entry import Entry
from smartcli.journal import system
from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.file_names import FileNames, file_name_of
from smartcli.journal.files import Folder, has_folder
from smartcli.journal.heads import Revision
from smartcli.journal.locking import remove_empty_folders
from smartcli.journal.store import Journal
from smartcli.language import _

_ENTRIES = "entries"


def join_waiting(waiting: Path, journal: Journal) -> int:
    """Save what lies in a plain journal in another, locked one, and delete it there; return how many entries joined.

    First all of it is sealed, and durable; then it is read from the disk again; only then the plain files go. Cut
    short at any step, the next run goes on: nothing is lost, and nothing is saved twice. A file that cannot be read
    stays where it is. The key has to be held. Raises Trouble (3).
    """
    plain = _read_all(Journal(waiting))
    erased = journal.erased.ids()
    here = _read_names(journal)
    journal.save_all(
        entry for entry in plain.values() if file_name_of(entry) not in here.folders and entry.id not in erased
    )
    here = _read_names(journal)
    with disk_errors_as_trouble(_("What waits on this device could not join the journal yet")):
        _sync(journal, here)
        joined = {
            revision: entry
            for revision, entry in plain.items()
            if file_name_of(entry) in here.folders or entry.id in erased
        }
        _remove(waiting / _ENTRIES, joined)
        _remove_if_done(waiting)
    return len({entry.id for entry in joined.values()})


def _read_all(journal: Journal) -> dict[Revision, Entry]:
    """Return every revision in a journal that can be read."""
    revisions = (revision for several in journal.revisions().values() for revision in several)
    return {revision: entry for revision in revisions if (entry := journal.try_read(revision))}


def _read_names(journal: Journal) -> FileNames:
    """Return the revisions in a journal as its files on the disk say, and no cache of them."""
    return Journal(journal.path).revisions()


def _sync(journal: Journal, names: FileNames) -> None:
    """Make the names of files durable: a run that was cut short before may not have come so far."""
    for name in sorted(set(names.folders.values())):
        with Folder(journal.path / _ENTRIES / name) as folder:
            folder.sync()


def _remove(entries: Path, revisions: Iterable[Revision]) -> None:
    by_folder: dict[str, list[str]] = {}
    for revision in revisions:
        by_folder.setdefault(revision.folder, []).append(revision.name)
    for name, files in by_folder.items():
        _remove_files(entries / name, files)


def _remove_if_done(waiting: Path) -> None:
    """Delete the folder of what waited, and its own two files, where no entry is left in it."""
    remove_empty_folders(waiting / _ENTRIES)
    with contextlib.suppress(OSError):
        system.fs.rmdir(str(waiting / _ENTRIES))
    if has_folder(waiting / _ENTRIES):
        return
    _remove_files(waiting, ["README.txt", "journal.json"])
    system.fs.rmdir(str(waiting))


def _remove_files(path: Path, names: Collection[str]) -> None:
    with Folder(path) as folder:
        for name in names:
            with contextlib.suppress(FileNotFoundError):  # another window was quicker
                folder.unlink(name)
        folder.sync()
