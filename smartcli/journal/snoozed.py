"""Snoozing: on which day something was last offered, so that it is not offered again too soon.

Questions for afterwards and what else Today shows only now and then are snoozed here; suggestions have
their turns (`turns.py`). Names and days alone are kept, no words. Losing the file costs one more offer.
"""

import contextlib
import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from smartcli.journal.state_file import StateFile

NAME = "resting.json"  # the file's name in every released version

# How often an offer helps before it nags: judgements, none is from a source.
_ENTRY_SNOOZE = timedelta(days=7)  # from one offer of an entry's later questions to the next
_ENTRY_GIVEN_UP = timedelta(days=90)  # from the day the questions are for until they are dropped
OLDEST = timedelta(days=365)  # an entry written longer ago than this is offered no more


@dataclass
class Snoozed:
    """The day each entry's later questions were offered on this device."""

    folder: Path
    seal_to: str = ""  # the public key the file is sealed to from now on, "" leaves it plain

    def is_snoozed(self, entry: str, meant_for: date, today: date) -> bool:
        """Return whether an entry's later questions, meant for one day, wait today."""
        if today - meant_for > _ENTRY_GIVEN_UP:
            return True
        offered = self._read().get(entry)
        return offered is not None and today - offered < _ENTRY_SNOOZE

    def day_of(self, name: str) -> date | None:
        """Return the day on which something was last noted; None when it never was."""
        return self._read().get(name)

    def noted_on(self, prefix: str, today: date) -> list[str]:
        """Return the rest of every name that begins with `prefix` and was noted today."""
        days = self._read().items()
        return [name.removeprefix(prefix) for name, day in days if day == today and name.startswith(prefix)]

    def note(self, name: str, today: date) -> None:
        """Note that something was offered today; a disk that refuses the file is ignored."""
        if self._file.is_closed:  # what else was noted cannot be read, and stays
            with contextlib.suppress(OSError):
                self._file.append(b"\n" + json.dumps({name: today.isoformat()}).encode())
            return
        self._write({**self._read(), name: today}, today)

    def forget(self, name: str, today: date) -> None:
        """Forget that something was ever noted; a disk that refuses the file is ignored."""
        self._write({other: day for other, day in self._read().items() if other != name}, today)

    def _write(self, days: dict[str, date], today: date) -> None:
        """Write the days; what is older than any rule looks at is left out."""
        stored = {name: day.isoformat() for name, day in days.items() if today - day <= OLDEST}
        with contextlib.suppress(OSError):
            self._file.replace(json.dumps(stored).encode())

    @property
    def _file(self) -> StateFile:
        return StateFile(self.folder, NAME, self.seal_to)

    def _read(self) -> dict[str, date]:
        """Return the day of each offer by name; none when the file is missing or not ours."""
        try:
            stored = self._file.read_objects()
            return {name: date.fromisoformat(day) for name, day in stored.items()}
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            return {}
