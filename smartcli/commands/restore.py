"""Bringing back an entry, or an earlier version of it."""

from typing import Annotated

import typer

from smartcli.commands.options import ID


def restore(
    entry: Annotated[str, typer.Argument(metavar="ID", help=ID)],
    revision: Annotated[str | None, typer.Option(metavar="R", help="An earlier version; none: the newest.")] = None,
) -> None:
    """Bring back a deleted entry, or an earlier version. What stands now is kept too."""
    from smartcli.workbook.removal import restore_entry
    from smartcli.workbook.workbook import Workbook

    restore_entry(Workbook(), entry, revision)
