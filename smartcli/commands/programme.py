"""The four points: what I did, what could be next, and the path."""


def programme() -> None:
    """See the four points: what you did, what could be next, and why."""
    from smartcli.workbook.losses import look_over
    from smartcli.workbook.programme import gather_programme, run_programme_menu
    from smartcli.workbook.terminal import is_interactive, show
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    if is_interactive():
        run_programme_menu(workbook)
        return
    show(gather_programme(workbook).page())
    look_over(workbook)
