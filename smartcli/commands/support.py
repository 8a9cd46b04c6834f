"""Helplines and the person's own people."""


def support() -> None:
    """Who to turn to: helplines and your own people. Opens at once, asks nothing."""
    from smartcli.commands.workbook import Workbook, show
    from smartcli.page import Page

    show(Page("Support", Workbook().support()))
