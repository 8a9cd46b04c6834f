"""The examination of what is ours beside the entries: drafts, notes of this device, permissions, disk, clock."""

import contextlib
import json
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from smartcli.journal import system
from smartcli.journal.aside import NAME as ASIDE
from smartcli.journal.draft import parse
from smartcli.journal.file_names import is_foreign
from smartcli.journal.files import Folder, has_folder, is_folder
from smartcli.journal.health import Health, Kind
from smartcli.journal.imports import FOLDER as IMPORTS
from smartcli.journal.kept import FOLDER as KEPT
from smartcli.journal.last_seen import NAME as LAST_SEEN
from smartcli.journal.unsealing import is_closed
from smartcli.language import _
from smartcli.moments import now

_LITTLE_SPACE = 100 * 1024 * 1024  # bytes: some years of writing, and room to save while other programs fill the rest
_CLOCKS_APART = 3600  # seconds by which clocks of two devices may differ before it is called a fault
_OTHERS = 0o077  # the bits of a mode that let other users in


@dataclass
class DeviceExamination:
    """Examines a state folder, and what is so of all our files; what it finds goes into `health`.

    `newest` is the Unix time at which the newest draft was begun, or the newest entry saved.
    """

    journal: Path
    state: Path
    health: Health
    newest: float = 0.0

    def check_permissions(self) -> None:
        """Name the files and folders of ours that other users can open, or that belong to another user."""
        if os.name != "posix":
            return
        for top in (self.journal, self.state):
            for path in _paths_below(top):
                with contextlib.suppress(OSError):
                    status = system.fs.stat(str(path), follow_symlinks=False)
                    if stat.S_ISLNK(status.st_mode):
                        continue
                    if status.st_uid != os.getuid():
                        self.health.find(Kind.PERMISSIONS, str(path), _("belongs to somebody else"))
                    elif status.st_mode & _OTHERS:
                        self.health.find(Kind.PERMISSIONS, str(path), can_mend=True)

    def check_drafts(self) -> None:
        """Name the unfinished exercises that cannot be read, and count all; what is closed cannot be looked into."""
        try:
            with Folder(self.state / "drafts", shared=True) as folder:
                for name in sorted(folder.list_names()):
                    if name.endswith(".jsonl"):
                        self._check_draft(folder, name)
        except (FileNotFoundError, NotADirectoryError):
            pass  # nothing was begun yet
        except OSError:
            self.health.find(Kind.DRAFT, "drafts", _("cannot be opened"))

    def _check_draft(self, folder: Folder, name: str) -> None:
        try:
            data = folder.read(name)
            if is_closed(data):  # nobody can tell how it is
                self.health.drafts += 1
                return
            draft = parse(name, data, folder.path)
        except (OSError, ValueError):
            self.health.find(Kind.DRAFT, name, _("not readable"))
            return
        self.health.drafts += 1
        self.newest = max(self.newest, draft.started.timestamp())
        if draft.damaged:
            self.health.find(Kind.DRAFT, name, _("some lines are damaged"))

    def check_own_files(self) -> None:
        """Name the files of ours, beside entries and drafts, that cannot be read; count what a crash left."""
        self.check_files(self.state, lambda name: name == LAST_SEEN, _is_text)
        for folder in (self.state, self.state / IMPORTS):
            self.check_files(folder, _is_named_json, _is_json)
        with contextlib.suppress(OSError), Folder(self.state / ASIDE, shared=True) as aside:
            self.health.put_aside = len(aside.list_names())

    def check_files(self, path: Path, is_meant: Callable[[str], bool], is_sound: Callable[[bytes], object]) -> None:
        """Name the files in a folder that cannot be read or are not sound, or the folder if it cannot be opened."""
        try:
            if not has_folder(path):
                return
            with Folder(path, shared=True) as folder:
                for name in sorted(filter(is_meant, folder.list_names())):
                    if not _can_read(folder, name, is_sound):
                        self.health.find(Kind.OWN_FILE, name, _("not readable"))
        except OSError:
            self.health.find(Kind.OWN_FILE, path.name, _("cannot be opened"))

    def check_space(self) -> None:
        """Say so when the disk is nearly full."""
        place = next((path for path in (self.journal, *self.journal.parents) if is_folder(path)), None)
        with contextlib.suppress(OSError):
            if place:
                self.health.free = system.fs.free_space(str(place))
                if self.health.free < _LITTLE_SPACE:
                    self.health.find(Kind.SPACE, str(place))

    def check_clock(self) -> None:
        """Say so when an entry was saved or a draft begun later than now."""
        if self.newest > now().timestamp() + _CLOCKS_APART:
            self.health.find(Kind.CLOCK, "clock")


def _can_read(folder: Folder, name: str, is_sound: Callable[[bytes], object]) -> bool:
    with contextlib.suppress(OSError):
        return bool(is_sound(folder.read(name)))
    return False


def _is_named_json(name: str) -> bool:
    return name.endswith(".json") and not is_foreign(name)


def _is_json(data: bytes) -> bool:
    """Return whether bytes are a JSON object, as every .json file of the state folder is."""
    try:
        return isinstance(json.loads(data), dict)
    except (ValueError, RecursionError):
        return False


def _is_text(data: bytes) -> bool:
    """Return whether bytes are lines of ASCII."""
    return data.isascii() and all(line.isprintable() for line in data.decode("ascii").split("\n"))


def _paths_below(top: Path) -> Iterator[Path]:
    """Yield a folder and all that lies in it, but for what a sync tool or a version control keeps there."""
    if not is_folder(top):
        return
    yield top
    for parent, folders, names in os.walk(top):
        # Second names are the same files as those of the journal.
        folders[:] = [name for name in folders if not name.startswith(".") and name != KEPT]
        yield from (Path(parent) / name for name in (*folders, *names) if not is_foreign(name))
