"""Help with an urge, then its log."""

from typing import Annotated

import typer

from smartcli.commands.options import About, Quick, When


def urge(
    quick: Quick = False,
    strength: Annotated[int | None, typer.Option(metavar="N", help="How strong it is now, 0 to 10.")] = None,
    when: When = None,
    about: About = None,
) -> None:
    """Help with an urge now; then note it, if you like."""
    from smartcli.trouble import Trouble
    from smartcli.workbook.sessions import do_exercise
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    given = {}
    if strength is not None:
        field = workbook.catalog.find("urge-log").measuring("urge.before")
        problem = field.check(strength) if field else None
        if problem or field is None:
            raise Trouble(f"--strength: {problem}")
        given = {field.id: strength}
    do_exercise(workbook, "urge-log", quick=quick, when=when, about=about, given=given).tell()
