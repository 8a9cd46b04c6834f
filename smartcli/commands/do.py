"""Going through an exercise."""

from typing import Annotated

import typer

from smartcli.commands.options import About, Quick, When
from smartcli.language import _


def do(
    exercise: Annotated[
        list[str] | None,
        typer.Argument(
            help=_("The exercise's id, or another name it has. Leave it out to choose from a list."),
        ),
    ] = None,
    quick: Quick = False,
    when: When = None,
    about: About = None,
) -> None:
    """Do an exercise."""
    from smartcli.workbook.choose_exercise import choose_exercise
    from smartcli.workbook.sessions import do_exercise
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    name = " ".join(exercise or ()) or choose_exercise(workbook)
    do_exercise(workbook, name, quick=quick, when=when, about=about).tell()
