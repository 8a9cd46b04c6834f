"""What was offered and passed over, and when: so that it rests a while. Losing this file costs one more offer."""

import contextlib
import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from smartcli.journal.files import Folder

_NAME = "resting.json"
_AGAIN = timedelta(days=7)  # from one offer to the next
_IN_VIEW = timedelta(days=3)  # that a suggestion stays on Today
_REST = timedelta(days=21)  # from the first day of a suggestion to its next time
_GIVEN_UP = timedelta(days=90)  # after which an entry is offered no more, from the day it is meant for
OLDEST = timedelta(days=365)  # how long ago an entry may have been written that is still offered


@dataclass
class Resting:
    """The day an entry's questions for afterwards, or a suggestion, were offered, in this device's state folder."""

    folder: Path

    def rests(self, entry: str, meant_for: date, today: date) -> bool:
        """Return whether an entry, meant for a day, is not to be offered today."""
        if today - meant_for > _GIVEN_UP:
            return True
        last = self._read().get(entry)
        return last is not None and today - last < _AGAIN

    def shows(self, suggestion: str, today: date) -> bool:
        """Return whether a suggestion, by the exercise it names, is in view today; the first day is noted."""
        first = self._read().get(suggestion)
        since = today - first if first else _REST
        if not timedelta() <= since < _REST:
            self.note(suggestion, today)
            return True
        return since < _IN_VIEW

    def note(self, name: str, today: date) -> None:
        """Note that something was offered today. A disk that will not have it is no trouble."""
        with contextlib.suppress(OSError), Folder(self.folder, create=True) as folder:
            offered = {**self._read(), name: today}
            folder.replace(_NAME, json.dumps({name: day.isoformat() for name, day in offered.items()}).encode())

    def _read(self) -> dict[str, date]:
        """Return what is noted; a file that is none of ours is nothing noted."""
        try:
            with Folder(self.folder) as folder:
                read = json.loads(folder.read(_NAME))
            return {name: date.fromisoformat(day) for name, day in read.items()}
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            return {}
