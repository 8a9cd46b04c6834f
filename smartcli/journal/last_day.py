"""The newest day with an entry saved on this device, and the moment of the last save: what `due` looks at first.

A day and a number of seconds, no words. Whatever becomes of the stamp, `due` finds the answer in the names of files.
"""

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from smartcli import due
from smartcli.journal.files import Folder
from smartcli.moments import now


@dataclass(frozen=True)
class LastDay:
    """The stamp in this device's state folder."""

    folder: Path

    def note(self, days: Iterable[date], *, by_person: bool) -> None:
        """Note the days of entries that were saved; a disk that refuses the stamp is ignored.

        `by_person`: just now, by somebody who wrote; an import tells only days. Days to come are left out: one noted
        by a clock that was ahead would hide every day until then.
        """
        moment = now()
        day, saved = due.read_stamp(str(self.folder))
        newest = max((one for one in (day, *days) if one and one <= moment.date()), default=date.min)
        if by_person:
            saved = int(moment.timestamp())
        with contextlib.suppress(OSError), Folder(self.folder, create=True) as folder:
            folder.overwrite(due.STAMP, f"{newest.isoformat()} {saved}\n".encode())

    def forget(self) -> None:
        """Delete the stamp: entries were erased, and not even the day of one is to be left."""
        with contextlib.suppress(OSError), Folder(self.folder) as folder:
            folder.remove(due.STAMP)
