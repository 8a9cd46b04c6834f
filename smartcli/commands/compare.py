"""Two copies of an exercise, side by side."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from smartcli.entries.entry import Entry
    from smartcli.workbook.workbook import Workbook

COPIES = "The ids of two entries; or one exercise, for its last two."


def compare(
    copies: Annotated[list[str], typer.Argument(metavar="ID ID | EXERCISE", help=COPIES)],
    first: Annotated[bool, typer.Option("--first", help="With an exercise: the first and the last.")] = False,
) -> None:
    """Set two copies of an exercise side by side: what is new, what is gone, what moved."""
    from smartcli.pages.comparison import compared_page
    from smartcli.trouble import Trouble
    from smartcli.workbook.terminal import show
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    if len(copies) > 2 or (first and len(copies) == 2):
        raise Trouble("Two ids, or one exercise.", hint="--first goes with an exercise.")
    before, after = _two(workbook, *copies) if len(copies) == 2 else last_two(workbook, copies[0], first=first)
    show(compared_page(before, after))
    workbook.look_over()


def _two(workbook: "Workbook", one: str, other: str) -> "tuple[Entry, Entry]":
    """Return two entries, the earlier first; raises Trouble when they are of different exercises."""
    from smartcli.trouble import Trouble

    entries = [workbook.journal.find(name).entry for name in (one, other)]
    before, after = sorted(entries, key=lambda entry: entry.when.at)
    if before.exercise != after.exercise:
        raise Trouble("Those are two different exercises.", hint="`smartcli review --exercise X` lists copies of one.")
    return before, after


def last_two(workbook: "Workbook", name: str, *, first: bool = False) -> "tuple[Entry, Entry]":
    """Return the last two copies of an exercise about the same behaviour, or the first and the last."""
    from smartcli.trouble import Trouble
    from smartcli.workbook.filters import Filters

    exercise = Filters(name).named_exercise(workbook) or name
    after = next(workbook.memory.copies(exercise), None)
    earlier = [*workbook.memory.earlier(after)] if after and first else []
    before = earlier[-1] if earlier else workbook.memory.before(after) if after else None
    if after is None or before is None:
        raise Trouble("There is nothing to compare yet: it takes two copies.", hint=f"`smartcli do {exercise}`")
    return before, after
