"""The ids of the entries seen last time, so that many missing ones raise an alarm.

A sync tool on an empty folder, a drive that is not mounted, a deletion that ran wild: missing files
are never taken as a wish to delete. The list lies in this device's state; losing it costs one
comparison.
"""

import contextlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from smartcli.entries.entry import ID
from smartcli.journal.files import Folder
from smartcli.language import _, ngettext
from smartcli.moments import day_said
from smartcli.trouble import ATTENTION, Trouble

_NAME = "known.txt"  # the file's name in every released version

# The alarm is for losses nobody makes by hand. The limits are judgements, none is from a source.
_ALARM_NUMBER = 50  # more missing entries than this raise the alarm in a journal of any size
_ALARM_SHARE = 5  # and so does one entry in five, unless just one is missing

# Remembering is a durable write, too slow for every command: while fewer than one entry in twenty
# is new, the file stays as it is. New entries not yet remembered are too few to have raised the
# alarm.
_NEW_SHARE = 20


@dataclass
class LastSeen:
    """The ids of the entries seen last time, one a line in a file of this device's state folder."""

    folder: Path

    def compare(self, present: Collection[str]) -> Trouble | None:
        """Return the alarm when many ids seen last time are missing; else remember those present.

        `present` holds the id of every entry that has a file, each once.
        """
        remembered, day = self._read()
        missing = len(remembered.difference(present))
        share_missing = missing > 1 and missing * _ALARM_SHARE >= len(remembered)
        if missing > _ALARM_NUMBER or share_missing:
            return _alarm(missing, day)
        new = len(present) - (len(remembered) - missing)
        if missing or new > min(len(remembered) / _NEW_SHARE, _ALARM_NUMBER):
            self.accept(present)
        return None

    def missing(self, present: Collection[str]) -> set[str]:
        """Return the ids seen last time that are missing now; nothing is remembered or written."""
        return self._read()[0].difference(present)

    def accept(self, present: Collection[str]) -> None:
        """Remember the ids that are present now; a disk that refuses the file is ignored."""
        lines = "".join(f"{entry}\n" for entry in sorted(present))
        with contextlib.suppress(OSError), Folder(self.folder, create=True) as folder:
            folder.replace(_NAME, lines.encode())

    def forget(self, erased: Collection[str]) -> None:
        """Forget the ids of entries erased on purpose; others still count as missing."""
        remembered, _day = self._read()
        left = remembered.difference(erased)
        if left != remembered:
            self.accept(left)

    def _read(self) -> tuple[set[str], date | None]:
        """Return the remembered ids and the day they were noted; no ids and None without a file."""
        try:
            with Folder(self.folder) as folder:
                lines = folder.read(_NAME).decode("ascii", "replace").split()
            day = date.fromtimestamp((self.folder / _NAME).stat().st_mtime)
        except OSError:
            return set(), None
        return {line for line in lines if ID.fullmatch(line)}, day


def _alarm(missing: int, day: date | None) -> Trouble:
    """Return the Trouble that says how many entries are missing since which day."""
    if day:
        sentence = ngettext(
            "{number} entry that was here on {day} is missing.",
            "{number} entries that were here on {day} are missing.",
            missing,
            day=day_said(day),
        )
    else:
        sentence = ngettext(
            "{number} entry that was here before is missing.",
            "{number} entries that were here before are missing.",
            missing,
        )
    return Trouble(
        sentence,
        safe=_("smartcli did not remove anything."),
        hint=_(
            "A drive or a sync tool may not be ready yet: look again later. "
            "If you removed the files yourself: `smartcli where --accept-missing`"
        ),
        code=ATTENTION,
    )
