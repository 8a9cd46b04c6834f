"""Blank worksheets and pocket cards for paper."""

from typing import Annotated

import typer

from smartcli.commands.options import EXERCISE
from smartcli.language import N_, _
from smartcli.workbook.formats import PaperSize, SheetFormat

_AS = N_("If you leave this out, the ending of --output decides, or else html. You can print html from any browser.")


def print_(
    exercise: Annotated[str | None, typer.Argument(help=EXERCISE)] = None,
    as_: Annotated[SheetFormat | None, typer.Option("--as", help=_(_AS))] = None,
    paper: Annotated[
        PaperSize | None,
        typer.Option(
            "--paper",
            help=_("With pdf: the size of your paper. If you leave this out, it is what is usual in your country."),
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help=_(
                "A file, a folder, or - for standard output. If you leave this out, the name is "
                "worksheet, in this folder."
            ),
        ),
    ] = None,
    copies: Annotated[
        int | None,
        typer.Option(
            "--copies",
            metavar="N",
            min=1,
            max=100,
            help=_("How many copies. Two pocket cards fit on a sheet, so without a number you get two of a card."),
        ),
    ] = None,
    filled: Annotated[
        bool, typer.Option("--filled", help=_("With the answers of your newest entry. A plan becomes a pocket card."))
    ] = False,
    all_: Annotated[bool, typer.Option("--all", help=_("The whole workbook, with a list of contents."))] = False,
) -> None:
    """Make a worksheet to print, or a pocket card of your plan."""
    from smartcli.trouble import Trouble
    from smartcli.workbook.workbook import Workbook
    from smartcli.workbook.worksheets import print_sheets

    if all_ == bool(exercise) or (all_ and filled):
        raise Trouble(
            _("Type the name of one exercise, or --all for the whole workbook without answers."),
            hint=_("`smartcli exercises` lists them all."),
        )
    name = None if all_ else exercise
    print_sheets(Workbook(), name, as_, output, paper=paper, copies=copies, filled=filled)
