"""What was left for afterwards."""

from typing import Annotated

import typer

from smartcli.commands.options import ID


def later(entry: Annotated[str | None, typer.Argument(metavar="ID", help=ID)] = None) -> None:
    """Add to an entry afterwards: whether you took the step, or how it really was."""
    from smartcli.workbook.sessions import fill_in_later
    from smartcli.workbook.workbook import Workbook

    fill_in_later(Workbook(), entry).tell()
