"""Quick entries of yesterday and today, to be filled in if the person likes."""

from collections.abc import Container, Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from smartcli.content.exercise import Exercise
from smartcli.journal.standing import Head
from smartcli.language import _
from smartcli.moments import is_after_midnight, weekday_name
from smartcli.workbook.left_out import left_out

if TYPE_CHECKING:
    from smartcli.workbook.workbook import Workbook

REST = "rest-"  # before an entry's id, in the notes of what was offered: what its quick version left out
_OFFERED = timedelta(days=1)  # the day it was made, and the next: later, little of the moment is remembered


class QuickEntry(NamedTuple):
    """An entry whose exercise asks more than its quick version did."""

    exercise: Exercise
    head: Head
    today: date

    def describe(self) -> str:
        """Return what the menu says of it."""
        day = self.head.entry.day
        if is_after_midnight(self.today):
            weekday = weekday_name(day.weekday())
            return _("Add to the entry of {weekday}: {title}", weekday=weekday, title=self.exercise.title)
        if day == self.today:
            return _("Add to today's entry: {title}", title=self.exercise.title)
        return _("Add to yesterday's entry: {title}", title=self.exercise.title)


def find_quick_entry(workbook: "Workbook", heads: Iterable[Head], drafted: Container[str] = ()) -> QuickEntry | None:
    """Return the newest quick entry of yesterday or today that can be filled in; None where there is none.

    One that was passed over once is not offered again, nor one that may be about self-harm, nor one whose id is in
    `drafted`: its filling in is begun, and stands among what is unfinished.
    """
    today = workbook.today
    for head in heads:
        entry = head.entry
        exercise = workbook.catalog.get(entry.exercise) if entry.quick else None
        if exercise is None or entry.id in drafted:
            continue
        if today - entry.day > _OFFERED or not left_out(exercise, entry):
            continue
        if not workbook.is_uncounted(entry) and workbook.snoozed.day_of(REST + entry.id) is None:
            return QuickEntry(exercise, head, today)
    return None
