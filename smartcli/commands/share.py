"""One page for a meeting, a doctor or a friend."""

from typing import Annotated

import typer

from smartcli.commands.options import Since, Until
from smartcli.language import _
from smartcli.workbook.formats import ReaderName, SheetFormat


def share(
    for_: Annotated[
        ReaderName | None, typer.Option("--for", help=_("Who the page is for. If you leave this out, you are asked."))
    ] = None,
    since: Since = None,
    until: Until = None,
    as_: Annotated[SheetFormat | None, typer.Option("--as", help=_("You can print html from any browser."))] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help=_("A file, a folder, or - for standard output. If you leave this out, you are asked."),
        ),
    ] = None,
) -> None:
    """Make one page for a meeting, a doctor or a friend. You see the whole page before it is written."""
    from smartcli.workbook.share_questions import ShareOptions, Sharing
    from smartcli.workbook.workbook import Workbook

    Sharing(Workbook(saves=False), ShareOptions(for_, since, until, as_, output)).run()
