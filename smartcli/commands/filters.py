"""Choosing entries: the filters that `review`, `search`, `export` and `insights` share."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from smartcli.commands.workbook import Workbook, moment
from smartcli.entry import mentions
from smartcli.exercise import POINTS
from smartcli.journal.store import Head
from smartcli.trouble import Trouble
from smartcli.words import folded, near


@dataclass(frozen=True)
class Filters:
    """Which entries are meant; each filter narrows the choice further."""

    exercise: str | None = None
    point: str | None = None
    about: str | None = None
    since: str | None = None
    until: str | None = None
    last: int | None = None
    deleted: bool = False

    def select(self, workbook: Workbook, holding: Callable[[bytes], bool] | None = None) -> Iterator[Head]:
        """Yield the entries meant, newest first; raises Trouble for a filter that cannot be read.

        `holding` tells quickly, from a file's bytes, that an entry need not be looked at.
        """
        exercise = self.named_exercise(workbook)
        point = self.named_point()
        since, until = self._day(workbook, self.since, "--since"), self._day(workbook, self.until, "--until")
        named = [mentions(key, value) for key, value in (("exercise", exercise), ("point", point)) if value]
        tests = [*named, *([holding] if holding else [])]
        chosen = (
            head
            for head in workbook.journal.heads(
                deleted=self.deleted,
                since=since,
                until=until,
                holding=(lambda data: all(test(data) for test in tests)) if tests else None,
            )
            if (exercise is None or head.entry.exercise == exercise)
            and (point is None or head.entry.point == point)
            and (self.about is None or folded(head.entry.behaviour or "") == folded(self.about))
            and (since is None or head.entry.day >= since)
            and (until is None or head.entry.day <= until)
        )
        return islice(chosen, self.last)

    def named_exercise(self, workbook: Workbook) -> str | None:
        """Return the id meant by a name; an exercise that is gone is still named by the id its entries bear."""
        if self.exercise is None:
            return None
        try:
            return workbook.catalog.find(self.exercise).id
        except Trouble:
            if next(workbook.memory.copies(self.exercise), None):
                return self.exercise
            raise

    def named_point(self) -> str | None:
        """Return the point meant; raises Trouble when there is none of that name."""
        if self.point is not None and folded(self.point) not in POINTS:
            close = near(self.point, POINTS)
            raise Trouble(f"--point is one of {', '.join(POINTS)}.", hint=f"Did you mean {close}?" if close else "")
        return folded(self.point) if self.point else None

    def _day(self, workbook: Workbook, words: str | None, option: str) -> date | None:
        found = moment(words, option)
        return found.day(workbook.settings.day_starts) if found else None
