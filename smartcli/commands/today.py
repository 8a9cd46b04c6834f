"""Today: what is unfinished, what can be added, one suggestion, and a menu."""


def today() -> None:
    """Print today's page; at a terminal go on with a menu until it is left."""
    from smartcli.workbook.losses import look_over
    from smartcli.workbook.terminal import has_person, show

    if has_person():
        from smartcli.workbook.resting import wait_if_resting

        wait_if_resting()
        from smartcli.workbook.today_menu import run_today_menu

        run_today_menu()
        return
    from smartcli.workbook.today import gather_today

    gathered = gather_today(with_own_words=False)
    show(gathered.page_without_own_words())
    look_over(gathered.workbook)
