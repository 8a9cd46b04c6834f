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
    from smartcli.workbook.sessions import resume_draft, unlock_to_resume
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    unlock_to_resume(workbook, draft or "")
    resume_draft(workbook, draft or "").tell()
