"""How the reminder of this device stands: how it was set, and whether it is paused or rests. No words."""

import contextlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any

from smartcli.due import REMINDER
from smartcli.journal.files import Folder

_READERS = {"at": time.fromisoformat, "paused_until": date.fromisoformat}
_MOST_SHOWN = 3  # reminders in a row without an entry after which they rest: a judgement


@dataclass
class Standing:
    """A reminder that is set. `at` is a local time, "20:00"; `days` are weekdays, 0 being Monday.

    `paused_until` is the ISO date of the first day with a reminder again. `shown` are the days on which it was shown
    and nothing was written afterwards, `shown_at` the second of the last of them since 1970. `told_on` is the day on
    which Today said that it rests. `made` are the folders that were not there before it was set, `changed` the keys
    of the settings that had no value before: what is taken back with it.
    """

    way: str
    at: str
    days: list[int]
    files: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    paused_until: str | None = None
    resting: bool = False
    shown: list[str] = field(default_factory=list)
    shown_at: int = 0
    told_on: str | None = None

    @property
    def is_unanswered(self) -> bool:
        """Whether so many were shown in vain that they are to rest."""
        return len(self.shown) >= _MOST_SHOWN

    def is_same_job(self, other: "Standing") -> bool:
        """Return whether another reminder is of the same way, time and days."""
        return (self.way, self.at, self.days) == (other.way, other.at, other.days)

    @classmethod
    def read(cls, state: Path) -> "Standing | None":
        """Return how the reminder stands; None where none is set, or the file is damaged."""
        try:
            with Folder(state) as folder:
                return cls(**_checked(json.loads(folder.read(REMINDER))))
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None

    def write(self, state: Path) -> None:
        """Keep how the reminder stands; raises OSError."""
        with Folder(state, create=True) as folder:
            folder.replace(REMINDER, (json.dumps(asdict(self)) + "\n").encode())


def remove_standing(state: Path) -> None:
    """Forget that a reminder was set; raises OSError."""
    with contextlib.suppress(FileNotFoundError), Folder(state) as folder:
        folder.remove(REMINDER)


def _checked(stored: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a standing; raises ValueError or TypeError where one is not of its type."""
    types = {
        "days": list,
        "files": list,
        "made": list,
        "changed": list,
        "shown": list,
        "resting": bool,
        "shown_at": int,
    }
    may_be_none = ("paused_until", "told_on")
    are_right = [
        isinstance(value, types.get(name, str)) or (value is None and name in may_be_none)
        for name, value in stored.items()
    ]
    are_days = [isinstance(day, int) and 0 <= day <= 6 for day in stored["days"]]
    if not all(are_right) or not all(are_days):
        raise ValueError
    for name in ("at", "paused_until"):
        if stored.get(name) is not None:
            _READERS[name](stored[name])
    return stored
