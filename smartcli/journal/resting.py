"""What was offered and passed over, and when: so that Today lets it rest a while. Losing it costs one more offer."""

import contextlib
import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from smartcli.journal.files import Folder

_NAME = "resting.json"
_AGAIN = timedelta(days=7)  # from one offer to the next
_GIVEN_UP = timedelta(days=90)  # after which an entry is offered no more


@dataclass
class Resting:
    """When each entry's questions for afterwards were last offered, in a file of this device's state folder."""

    folder: Path

    def rests(self, entry: str, written: date, today: date, after_days: int) -> bool:
        """Return whether an entry, written on a day, is not to be offered today."""
        if today - written > _GIVEN_UP or today - written < timedelta(days=after_days):
            return True
        last = self._read().get(entry)
        return last is not None and today - last < _AGAIN

    def note(self, entry: str, today: date) -> None:
        """Note that an entry's questions were offered today. A disk that will not have it is no trouble."""
        with contextlib.suppress(OSError), Folder(self.folder, create=True) as folder:
            offered = {**self._read(), entry: today}
            folder.replace(_NAME, json.dumps({name: day.isoformat() for name, day in offered.items()}).encode())

    def _read(self) -> dict[str, date]:
        """Return what is noted; a file that is none of ours is nothing noted."""
        try:
            with Folder(self.folder) as folder:
                read = json.loads(folder.read(_NAME))
            return {name: date.fromisoformat(day) for name, day in read.items()}
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            return {}
