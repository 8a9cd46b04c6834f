"""Going on with what was left unfinished."""

from typing import Annotated

import typer


def resume(
    draft: Annotated[str | None, typer.Argument(metavar="ID", help="Which one; none: the newest.")] = None,
) -> None:
    """Go on with an unfinished exercise."""
    from smartcli.workbook.sessions import resume_draft
    from smartcli.workbook.workbook import Workbook

    resume_draft(Workbook(), draft or "").tell()
