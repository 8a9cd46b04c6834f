"""Going on with what was left unfinished."""

from typing import Annotated

import typer

from smartcli.language import _


def resume(
    draft: Annotated[
        str | None,
        typer.Argument(
            metavar="ID",
            help=_("The id of the unfinished exercise. If you leave this out, you continue the newest one."),
        ),
    ] = None,
) -> None:
    """Continue an unfinished exercise."""
    from smartcli.workbook.sessions import resume_draft
    from smartcli.workbook.workbook import Workbook

    resume_draft(Workbook(), draft or "").tell()
