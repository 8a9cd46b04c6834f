"""Snoozing: on which day something was last offered, so that it is not offered again too soon.

Questions for afterwards are snoozed here; suggestions have their turns (`turns.py`). Losing the file
costs one more offer.
"""

import contextlib
import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from smartcli.journal.files import Folder

_NAME = "resting.json"  # the file's name in every released version

# How often an offer helps before it nags: judgements, none is from a source.
_ENTRY_SNOOZE = timedelta(days=7)  # from one offer of an entry's later questions to the next
_ENTRY_GIVEN_UP = timedelta(days=90)  # from the day the questions are for until they are dropped
OLDEST = timedelta(days=365)  # an entry written longer ago than this is offered no more


@dataclass
class Snoozed:
    """The day each entry's later questions were offered on this device."""

    folder: Path

    def is_snoozed(self, entry: str, meant_for: date, today: date) -> bool:
        """Return whether an entry's later questions, meant for one day, wait today."""
        if today - meant_for > _ENTRY_GIVEN_UP:
            return True
        offered = self._read().get(entry)
        return offered is not None and today - offered < _ENTRY_SNOOZE

    def note(self, name: str, today: date) -> None:
        """Note that something was offered today; a disk that refuses the file is ignored."""
        with contextlib.suppress(OSError), Folder(self.folder, create=True) as folder:
            days = {**self._read(), name: today}
            stored = {offered: day.isoformat() for offered, day in days.items()}
            folder.replace(_NAME, json.dumps(stored).encode())

    def _read(self) -> dict[str, date]:
        """Return the day of each offer by name; none when the file is missing or not ours."""
        try:
            with Folder(self.folder) as folder:
                stored = json.loads(folder.read(_NAME))
            return {name: date.fromisoformat(day) for name, day in stored.items()}
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            return {}
