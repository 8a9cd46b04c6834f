"""What was here the last time: so that entries which vanish in numbers raise an alarm instead of being believed.

A sync tool on an empty folder, a drive that is not there, a deletion that ran wild: absence is never a command.
The list lies in this device's state; losing it costs nothing but one comparison.
"""

import contextlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from smartcli.entries.entry import ID
from smartcli.journal.files import Folder
from smartcli.moments import day_said
from smartcli.trouble import ATTENTION, Trouble
from smartcli.words import count

_NAME = "known.txt"
_MANY = 50  # entries missing, whatever the share
_SHARE = 5  # or one in so many, if it is more than one
_FEW = 20  # as long as no more than one in so many is new, the list can wait: noting it is a durable write


@dataclass
class Known:
    """The entries known to have been here, in a file of this device's state folder."""

    folder: Path

    def compare(self, present: Collection[str]) -> Trouble | None:
        """Return the alarm when many entries of the last time are missing; else take note of what is here.

        `present` are the ids of every entry there is a file of, each once.
        """
        before, day = self._read()
        missing = before - set(present)
        if len(missing) > _MANY or (len(missing) > 1 and len(missing) * _SHARE >= len(before)):
            return Trouble(
                f"{count(len(missing), 'entry', 'entries')} that {'was' if len(missing) == 1 else 'were'} here"
                f"{f' on {day_said(day)}' if day else ''} are missing.",
                safe="smartcli did not remove them, and takes none of it for granted.",
                hint="A drive or a sync tool may not be ready: look again later. If it is meant so: "
                "smartcli where --accept-missing",
                code=ATTENTION,
            )
        new = len(present) - len(before) + len(missing)
        if missing or new > min(len(before) / _FEW, _MANY):
            self.accept(present)
        return None

    def accept(self, present: Collection[str]) -> None:
        """Take what is here for what should be here. A disk that will not have it is no trouble."""
        with contextlib.suppress(OSError), Folder(self.folder, create=True) as folder:
            folder.replace(_NAME, "".join(f"{name}\n" for name in sorted(present)).encode())

    def forget(self, erased: Collection[str]) -> None:
        """Take note that some were erased on purpose; what else is missing is still missed."""
        before, _ = self._read()
        if before & {*erased}:
            self.accept(before - {*erased})

    def _read(self) -> tuple[set[str], date | None]:
        try:
            with Folder(self.folder) as folder:
                names = {name for name in folder.read(_NAME).decode("ascii", "replace").split() if ID.fullmatch(name)}
            return names, date.fromtimestamp((self.folder / _NAME).stat().st_mtime)
        except OSError:
            return set(), None
