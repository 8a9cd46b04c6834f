"""Snoozing: on which days something was offered, so that it is not offered again too soon.

Questions for afterwards and suggestions on Today are snoozed here. Losing the file costs one more
offer.
"""

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from smartcli.journal.files import Folder

_NAME = "resting.json"  # the file's name in every released version

# How often an offer helps before it nags: judgements, none is from a source.
_ENTRY_SNOOZE = timedelta(days=7)  # from one offer of an entry's later questions to the next
_ENTRY_GIVEN_UP = timedelta(days=90)  # from the day the questions are for until they are dropped
_SUGGESTION_IN_VIEW = timedelta(days=3)  # that a suggestion stays on Today: its turn
_SUGGESTION_SNOOZE = timedelta(days=21)  # from the first day of a first turn to the second turn
_MOST_TURNS = 5  # after which the rest grows no longer: 21 days, 42, 84, 168, 336
OLDEST = timedelta(days=365)  # an entry written longer ago than this is offered no more


@dataclass(frozen=True)
class Turns:
    """How a suggestion stands on a day: whether it can be shown, and how often it was passed over.

    A turn is the few days that a suggestion stays in view. After each turn that was passed over the
    suggestion rests twice as long as after the one before.
    """

    is_open: bool
    passed_over: int
    is_new: bool  # whether showing it would begin a turn


NEVER_SHOWN = Turns(is_open=True, passed_over=0, is_new=True)


@dataclass
class Snoozed:
    """The days on which entries' later questions, and suggestions, were offered on this device."""

    folder: Path

    def is_snoozed(self, entry: str, meant_for: date, today: date) -> bool:
        """Return whether an entry's later questions, meant for one day, wait today."""
        if today - meant_for > _ENTRY_GIVEN_UP:
            return True
        return any(today - offered < _ENTRY_SNOOZE for offered in self._read().get(entry, ()))

    def all_turns(self, today: date, done: Mapping[str, date]) -> dict[str, Turns]:
        """Return how each suggestion that was ever shown stands today; nothing is written.

        `done` names the day on which each was last done: turns up to then count no more.
        """
        shown = self._read().items()
        return {name: _turns(days, today, done.get(name)) for name, days in shown}

    def show(self, suggestion: str, today: date, done: date | None = None) -> bool:
        """Return whether a suggestion can be shown today; on its first day that begins its turn.

        `done` is the day on which it was last done. A disk that refuses the file is ignored.
        """
        days = self._read().get(suggestion, [])
        turns = _turns(days, today, done)
        if turns.is_open and turns.is_new:
            self._write(suggestion, [*days, today][-_MOST_TURNS:])
        return turns.is_open

    def note(self, name: str, today: date) -> None:
        """Note that something was offered today; a disk that refuses the file is ignored."""
        self._write(name, [today])

    def _write(self, name: str, days: list[date]) -> None:
        with contextlib.suppress(OSError), Folder(self.folder, create=True) as folder:
            offered = {**self._read(), name: days}
            stored = {each: [day.isoformat() for day in shown] for each, shown in offered.items()}
            folder.replace(_NAME, json.dumps(stored).encode())

    def _read(self) -> dict[str, list[date]]:
        """Return the days of each offer by name, oldest first; none when the file is missing or not ours.

        Earlier versions kept one day, not a list.
        """
        try:
            with Folder(self.folder) as folder:
                stored = json.loads(folder.read(_NAME))
            return {name: _days(shown) for name, shown in stored.items()}
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            return {}


def _days(stored: str | list[str]) -> list[date]:
    listed = [stored] if isinstance(stored, str) else stored
    return [date.fromisoformat(day) for day in listed]


def _turns(days: list[date], today: date, done: date | None) -> Turns:
    """Return how a suggestion stands that was first shown on these days, one a turn."""
    # A day in the future (the clock was put back) must not hide the suggestion for good.
    known = [day for day in days if day <= today and (done is None or day > done)]
    if not known:
        return NEVER_SHOWN
    since = today - known[-1]
    if since < _SUGGESTION_IN_VIEW:
        return Turns(is_open=True, passed_over=len(known) - 1, is_new=False)
    rest = _SUGGESTION_SNOOZE * 2 ** (min(len(known), _MOST_TURNS) - 1)
    return Turns(is_open=since >= rest, passed_over=len(known), is_new=True)
