"""Helplines and the person's own people."""

from typing import Annotated

import typer


def support(
    whole: Annotated[bool, typer.Option("--all", help="Every number of every country, too.")] = False,
) -> None:
    """Who to turn to: helplines and your own people. Opens at once, asks nothing."""
    from smartcli.blocks import Page
    from smartcli.workbook.terminal import show
    from smartcli.workbook.workbook import Workbook

    made = Workbook().support_page()
    show(Page("Support", made.to_print_whole() if whole else made.to_print()))
