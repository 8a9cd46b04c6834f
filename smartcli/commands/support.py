"""Helplines and the person's own people."""

from typing import Annotated

import typer

from smartcli.language import _


def support(
    whole: Annotated[bool, typer.Option("--all", help=_("Show all numbers of all countries too."))] = False,
) -> None:
    """Find somebody to talk to: helplines and your own people. It opens at once and asks nothing."""
    from smartcli.blocks import Page
    from smartcli.workbook.terminal import is_interactive, show
    from smartcli.workbook.workbook import Workbook

    made = Workbook().support_page()
    if whole and not is_interactive():
        show(Page(_("Support"), made.to_print_whole()))
        return
    try:
        if whole:
            show(Page(_("Support"), made.to_read()))
    finally:  # whatever becomes of the long page, the numbers that matter most stand on the terminal
        show(Page(_("Support"), made.to_print()), in_reader=False)
