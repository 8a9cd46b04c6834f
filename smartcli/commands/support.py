"""Helplines and the person's own people."""


def support() -> None:
    """Who to turn to: helplines and your own people. Opens at once, asks nothing."""
    from smartcli.blocks import Page
    from smartcli.workbook.terminal import show
    from smartcli.workbook.workbook import Workbook

    show(Page("Support", Workbook().support()))
