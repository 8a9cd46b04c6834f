"""The daily check-in."""

from smartcli.commands.options import Quick, When


def checkin(quick: Quick = False, when: When = None) -> None:
    """Check in: how is today? About a minute."""
    from smartcli.commands.do import go_through
    from smartcli.workbook.workbook import Workbook

    go_through(Workbook(), "check-in", quick=quick, when=when)
