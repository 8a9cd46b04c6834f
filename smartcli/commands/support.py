"""Helplines and the person's own people."""

from typing import Annotated

import typer

from smartcli.language import _


def support(
    whole: Annotated[bool, typer.Option("--all", help=_("Show all numbers of all countries too."))] = False,
) -> None:
    """Find somebody to talk to: helplines and your own people. It opens at once and asks nothing."""
    from smartcli.blocks import Page
    from smartcli.pages.support import MORE_BY_COMMAND
    from smartcli.workbook.terminal import has_reader, is_interactive, show
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    made = workbook.support_page()
    if whole and not is_interactive():
        show(Page(_("Support"), made.to_print_whole()))
        return
    # In a locked journal a plan that stays readable is read in the reader, and not left in scrollback.
    is_plan_apart = bool(made.plans) and workbook.is_locked and has_reader()
    try:
        if whole or is_plan_apart:
            show(Page(_("Support"), made.to_read()), in_reader=is_plan_apart or None)
    finally:  # whatever becomes of the long page, the numbers that matter most stand on the terminal
        last = made.ten_lines(MORE_BY_COMMAND) if is_plan_apart else made.to_print()
        show(Page(_("Support"), last), in_reader=False)
