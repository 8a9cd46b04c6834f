"""Steps towards goals: how many are done, and how many are past their day. None is judged."""

from datetime import date
from typing import NamedTuple

from smartcli.insights.notes import Notes
from smartcli.insights.section import Section
from smartcli.language import _


class Steps(NamedTuple):
    """How many steps were written, are done, are past their day, and are open otherwise."""

    steps: int
    done: int
    overdue: int
    open: int


def count_steps(notes: Notes, today: date) -> Section[Steps]:
    """Return how the steps stand that were written in a period, on a day."""
    steps = notes.steps
    done = sum(one.done is True for one in steps)
    overdue = sum(one.done is not True and one.due is not None and one.due < today for one in steps)
    row = Steps(len(steps), done, overdue, len(steps) - done - overdue)
    return Section("goals", _("Steps"), len(steps), 1, [row] if steps else [])
