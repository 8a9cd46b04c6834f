"""Turns: on which days each suggestion came into view on this device, so that nobody is circled through the same few.

A suggestion stays on Today for a few days: its turn. Passed over, it rests, each time twice as long as
before, and comes back behind what was passed over less often. Losing the file costs some offers more.
"""

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from smartcli.journal.state_file import StateFile

NAME = "turns.json"

# How often an offer helps before it nags: judgements, none is from a source.
_IN_VIEW = timedelta(days=3)  # that a suggestion stays on Today
_FIRST_REST = timedelta(days=21)  # from the first day of the first turn to the second turn
_MOST_TURNS = 5  # after which the rest grows no longer: 21 days, 42, 84, 168, 336


@dataclass(frozen=True)
class Standing:
    """How a suggestion stands on a day: whether it can be shown, and how often it was passed over.

    `is_new`: showing it would begin a turn.
    """

    is_open: bool
    passed_over: int
    is_new: bool


NEVER_SHOWN = Standing(is_open=True, passed_over=0, is_new=True)


@dataclass
class Turns:
    """The first day of each turn of every suggestion, by the suggestion's name."""

    folder: Path
    seal_to: str = ""  # the public key the file is sealed to from now on, "" leaves it plain

    def standings(self, today: date, done: Mapping[str, date]) -> dict[str, Standing]:
        """Return how each suggestion that was ever shown stands today; nothing is written.

        `done` names the day on which each was last done: turns up to then count no more.
        """
        return {name: _standing(days, today, done.get(name)) for name, days in self._read().items()}

    def show(self, suggestion: str, today: date, done: date | None = None) -> bool:
        """Return whether a suggestion can be shown today; on its first day that begins its turn.

        `done` is the day on which it was last done. A disk that refuses the file is ignored.
        """
        days = self._read().get(suggestion, [])
        standing = _standing(days, today, done)
        if standing.is_open and standing.is_new:
            self._write({**self._read(), suggestion: [*days, today][-_MOST_TURNS:]})
        return standing.is_open

    def _write(self, turns: Mapping[str, list[date]]) -> None:
        stored = {name: [day.isoformat() for day in days] for name, days in turns.items()}
        with contextlib.suppress(OSError):
            self._file.replace(json.dumps(stored).encode())

    @property
    def _file(self) -> StateFile:
        return StateFile(self.folder, NAME, self.seal_to)

    def _read(self) -> dict[str, list[date]]:
        """Return the days of each suggestion, oldest first; none when the file is missing or not ours."""
        try:
            stored = self._file.read_objects()
            return {name: [date.fromisoformat(day) for day in days] for name, days in stored.items()}
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            return {}


def _standing(days: list[date], today: date, done: date | None) -> Standing:
    """Return how a suggestion stands whose turns began on these days."""
    # A day in the future (the clock was put back) must not hide the suggestion for good.
    turns = [day for day in days if day <= today and (done is None or day > done)]
    if not turns:
        return NEVER_SHOWN
    since = today - turns[-1]
    if since < _IN_VIEW:
        return Standing(is_open=True, passed_over=len(turns) - 1, is_new=False)
    rest = _FIRST_REST * 2 ** (min(len(turns), _MOST_TURNS) - 1)
    return Standing(is_open=since >= rest, passed_over=len(turns), is_new=True)
