"""The daily check-in."""

from typing import Annotated

import typer

from smartcli.commands.options import Quick, When
from smartcli.language import _


def checkin(
    mood: Annotated[
        int | None,
        typer.Argument(
            metavar="[MOOD]", help=_("How you feel, from 0 to 10: the first answer. Your shell remembers it.")
        ),
    ] = None,
    quick: Quick = False,
    when: When = None,
) -> None:
    """Check in: how are you today? It takes about a minute."""
    from smartcli.workbook.given import to_given
    from smartcli.workbook.sessions import do_exercise
    from smartcli.workbook.unkept import open_for_help

    workbook = open_for_help()
    given = to_given(workbook, "check-in", "mood", mood, typed_as="MOOD")
    do_exercise(workbook, "check-in", quick=quick, when=when, given=given).tell()
