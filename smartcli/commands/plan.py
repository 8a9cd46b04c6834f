"""My plan for staying well, on one page."""

from typing import Annotated

import typer

from smartcli.language import _
from smartcli.workbook.formats import SheetFormat


def plan(
    as_: Annotated[
        SheetFormat | None,
        typer.Option("--as", help=_("Write the plan to a file. You can print html from any browser.")),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help=_(
                "A file, a folder, or - for standard output. If you leave this out, the name is "
                "plan-DATE, in this folder."
            ),
        ),
    ] = None,
) -> None:
    """See your plan for staying well, on one page. It is made of the newest words you wrote."""
    from smartcli.workbook.losses import look_over
    from smartcli.workbook.staying_well import show_plan, write_plan
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    if as_ or output:
        write_plan(workbook, as_, output)
    else:
        show_plan(workbook)
    look_over(workbook)
