"""Two copies of an exercise, side by side."""

from typing import Annotated

import typer

COPIES = "The ids of two entries; or one exercise, for its last two."


def compare(
    copies: Annotated[list[str], typer.Argument(metavar="ID ID | EXERCISE", help=COPIES)],
    first: Annotated[bool, typer.Option("--first", help="With an exercise: the first and the last.")] = False,
) -> None:
    """Set two copies of an exercise side by side: what is new, what is gone, what moved."""
    from smartcli.pages.comparison import compared_page
    from smartcli.workbook.copies import find_copies
    from smartcli.workbook.terminal import show
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    before, after = find_copies(workbook, copies, first=first)
    show(compared_page(workbook.readable(before), workbook.readable(after)))
    workbook.look_over()
