"""When the last backup was made on this device: a day and a number of entries, no words and no place."""

import contextlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from smartcli.journal.files import Folder

_NAME = "backups.json"


@dataclass(frozen=True)
class LastBackup:
    """The note of the last backup, in this device's state folder."""

    folder: Path

    def day(self) -> date | None:
        """Return the day of the last backup; None when there was none, or the note cannot be read."""
        try:
            with Folder(self.folder) as folder:
                return date.fromisoformat(json.loads(folder.read(_NAME))["last"])
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None

    def note(self, day: date) -> None:
        """Note a backup that was made and checked; a disk that refuses the note is ignored."""
        with contextlib.suppress(OSError), Folder(self.folder, create=True) as folder:
            folder.replace(_NAME, json.dumps({"last": day.isoformat()}).encode())
