"""The two copies of an exercise that are to be compared."""

from collections.abc import Sequence

from smartcli.entries.entry import Entry
from smartcli.language import _
from smartcli.trouble import Trouble
from smartcli.workbook.filters import Filters
from smartcli.workbook.workbook import Workbook


def find_copies(workbook: Workbook, names: Sequence[str], *, first: bool = False) -> tuple[Entry, Entry]:
    """Return two copies, the earlier first: of two ids, or the last two of one exercise; raises Trouble.

    With `first`, an exercise's first copy and its last.
    """
    if len(names) > 2 or (first and len(names) == 2):
        raise Trouble(
            _("Type the ids of two entries, or the name of one exercise."),
            hint=_("--first can only follow the name of an exercise."),
        )
    workbook.unlock(*(names if len(names) == 2 else ()))
    if len(names) == 2:
        return _two_entries(workbook, names)
    return _last_two(workbook, names[0], first=first)


def _two_entries(workbook: Workbook, names: Sequence[str]) -> tuple[Entry, Entry]:
    entries = [workbook.journal.find(name).entry for name in names]
    before, after = sorted(entries, key=lambda entry: entry.when.at)
    if before.exercise != after.exercise:
        raise Trouble(
            _("Those two entries are of different exercises."),
            hint=_("`smartcli review --exercise NAME` lists the entries of one exercise."),
        )
    return before, after


def _last_two(workbook: Workbook, name: str, *, first: bool) -> tuple[Entry, Entry]:
    """Return the last two copies of an exercise about the same behaviour, or the first and the last."""
    exercise = Filters(name).named_exercise(workbook) or name
    after = next(workbook.memory.copies(exercise), None)
    before = workbook.memory.before(after) if after else None
    if after and first:
        for copy in workbook.memory.earlier(after):  # newest first: the last one is the first copy
            before = copy
    if after is None or before is None:
        raise Trouble(
            _("There is nothing to compare yet: you need two entries of this exercise."),
            hint=_("`smartcli do {exercise}` starts a new one.", exercise=exercise),
        )
    return before, after
