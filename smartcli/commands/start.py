"""Setting up: what to change, which country, which people."""


def start() -> None:
    """Say what you want to change; set your country and your people. All of it can be passed over."""
    from smartcli.commands.do import go_through
    from smartcli.workbook.workbook import Workbook

    go_through(Workbook(), "start")
