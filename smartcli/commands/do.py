"""Going through an exercise."""

from typing import Annotated

import typer

from smartcli.commands.options import EXERCISE, About, Quick, When


def do(
    exercise: Annotated[list[str] | None, typer.Argument(help=f"{EXERCISE} None: choose one.")] = None,
    quick: Quick = False,
    when: When = None,
    about: About = None,
) -> None:
    """Go through an exercise."""
    from smartcli.workbook.choose_exercise import choose_exercise
    from smartcli.workbook.sessions import do_exercise
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    name = " ".join(exercise or ()) or choose_exercise(workbook)
    do_exercise(workbook, name, quick=quick, when=when, about=about).tell()
