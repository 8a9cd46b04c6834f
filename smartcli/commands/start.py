"""Setting up: what to change, which country, which people."""


def start() -> None:
    """Say what you want to change, which country you live in, and who can help you. You can skip every question."""
    from smartcli.workbook.sessions import do_exercise
    from smartcli.workbook.workbook import Workbook

    do_exercise(Workbook(), "start").tell()
