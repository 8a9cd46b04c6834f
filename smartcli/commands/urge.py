"""Help with an urge, then its log."""

from typing import Annotated

import typer

from smartcli.commands.options import About, Quick, When
from smartcli.language import _


def urge(
    quick: Quick = False,
    strength: Annotated[
        int | None, typer.Option(metavar="N", help=_("How strong the urge is now, from 0 to 10."))
    ] = None,
    when: When = None,
    about: About = None,
) -> None:
    """Get help with an urge now. Afterwards you can note how it went."""
    from smartcli.trouble import Trouble
    from smartcli.workbook.sessions import do_exercise
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    given = {}
    if strength is not None:
        field = workbook.catalog.find("urge-log").measuring("urge.before")
        problem = field.check(strength) if field else None
        if problem or field is None:
            raise Trouble(_("{option}: {problem}", option="--strength", problem=problem))
        given = {field.id: strength}
    do_exercise(workbook, "urge-log", quick=quick, when=when, about=about, given=given).tell()
