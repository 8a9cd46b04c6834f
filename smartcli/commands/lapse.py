"""After a lapse."""

from smartcli.commands.options import About, Quick, When


def lapse(quick: Quick = False, when: When = None, about: About = None) -> None:
    """Get help after a lapse. Safety comes first, then what happened, what helped and one next step."""
    from smartcli.workbook.sessions import do_exercise
    from smartcli.workbook.unkept import open_for_help

    do_exercise(open_for_help(), "lapse", quick=quick, when=when, about=about).tell()
