"""Blank worksheets and pocket cards for paper."""

from typing import Annotated

import typer

from smartcli.commands.options import EXERCISE
from smartcli.workbook.formats import SheetFormat


def print_(
    exercise: Annotated[str | None, typer.Argument(help=EXERCISE)] = None,
    as_: Annotated[SheetFormat, typer.Option("--as", help="html prints from any browser.")] = SheetFormat.HTML,
    output: Annotated[
        str | None,
        typer.Option(metavar="PATH", help="A file, a folder, or - for standard output; else worksheet here."),
    ] = None,
    copies: Annotated[int, typer.Option("--copies", metavar="N", min=1, max=100, help="How many of it.")] = 1,
    filled: Annotated[bool, typer.Option("--filled", help="Your newest copy of it; a plan as a pocket card.")] = False,
    all_: Annotated[bool, typer.Option("--all", help="The whole workbook, with contents.")] = False,
) -> None:
    """Make a worksheet to print: blank, or a pocket card of yours."""
    from smartcli.trouble import Trouble
    from smartcli.workbook.workbook import Workbook
    from smartcli.workbook.worksheets import print_sheets

    if all_ == bool(exercise) or (all_ and filled):
        raise Trouble("Name an exercise, or --all of them blank.", hint="`smartcli exercises` lists them.")
    name = None if all_ else exercise
    print_sheets(Workbook(), name, as_, output, copies=copies, filled=filled)
