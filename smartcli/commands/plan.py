"""My plan for staying well, on one page."""

from typing import Annotated

import typer

from smartcli.workbook.formats import SheetFormat


def plan(
    as_: Annotated[
        SheetFormat | None, typer.Option("--as", help="Write it to a file; html prints from any browser.")
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(metavar="PATH", help="A file, a folder, or - for standard output; else plan-DATE here."),
    ] = None,
) -> None:
    """Your plan for staying well, on one page, put together from your own newest words."""
    from smartcli.workbook.staying_well import show_plan, write_plan
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    if as_ or output:
        write_plan(workbook, as_, output)
    else:
        show_plan(workbook)
    workbook.look_over()
