"""Going through an exercise."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from smartcli.commands.options import EXERCISE, About, Quick, When

if TYPE_CHECKING:
    from smartcli.workbook.workbook import Workbook


def do(
    exercise: Annotated[list[str] | None, typer.Argument(help=f"{EXERCISE} None: choose one.")] = None,
    quick: Quick = False,
    when: When = None,
    about: About = None,
) -> None:
    """Go through an exercise."""
    from smartcli.workbook.choose_exercise import choose_exercise
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    go_through(workbook, " ".join(exercise or ()) or choose_exercise(workbook), quick=quick, when=when, about=about)


def go_through(
    workbook: "Workbook",
    name: str,
    *,
    quick: bool = False,
    when: str | None = None,
    about: str | None = None,
    given: Mapping[str, Any] | None = None,
) -> None:
    """Begin the exercise called `name`, go through it, and say what was kept."""
    from smartcli.workbook.sessions import sit
    from smartcli.workbook.workbook import moment

    exercise = workbook.catalog.find(name)
    quick = quick and any(field.quick for field in exercise.fields)  # without a quick version it is gone through whole
    sit(workbook, exercise, quick=quick, when=moment(when), about=about, given=given).tell()
