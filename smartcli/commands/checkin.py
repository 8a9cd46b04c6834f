"""The daily check-in."""

from smartcli.commands.options import Quick, When


def checkin(quick: Quick = False, when: When = None) -> None:
    """Check in: how are you today? It takes about a minute."""
    from smartcli.workbook.sessions import do_exercise
    from smartcli.workbook.workbook import Workbook

    do_exercise(Workbook(), "check-in", quick=quick, when=when).tell()
