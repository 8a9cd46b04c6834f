"""Two copies of an exercise, side by side."""

from typing import Annotated

import typer

from smartcli.language import _

COPIES = _(
    "The ids of two entries, or one exercise to compare its last two entries. "
    "If you leave this out, you choose an entry and compare it with the one before it."
)


def compare(
    copies: Annotated[list[str] | None, typer.Argument(metavar="[ID ID | EXERCISE]", help=COPIES)] = None,
    first: Annotated[
        bool, typer.Option("--first", help=_("With an exercise: compare its first entry with its last."))
    ] = False,
) -> None:
    """Compare two entries of an exercise. You see what is new, what is gone and what has changed."""
    from smartcli.pages.comparison import compared_page
    from smartcli.workbook.copies import find_copies
    from smartcli.workbook.losses import look_over
    from smartcli.workbook.terminal import show
    from smartcli.workbook.workbook import Workbook

    if not copies:
        from smartcli.workbook.browser import choose_without_id
        from smartcli.workbook.entry_doings import COMPARE

        choose_without_id(COMPARE, needs_id=first)
        return
    workbook = Workbook()
    workbook.unlock()
    before, after = find_copies(workbook, copies, first=first)
    show(compared_page(workbook.readable(before), workbook.readable(after)))
    look_over(workbook)
