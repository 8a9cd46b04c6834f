"""Erasing entries."""

from typing import Annotated

import typer

from smartcli.commands.options import ID, Yes


def purge(
    entries: Annotated[list[str], typer.Argument(metavar="ID...", help=ID)],
    yes: Yes = False,
) -> None:
    """Erase entries for good, with all their versions. It asks you first, because this cannot be undone."""
    from smartcli.workbook.removal import erase_entries
    from smartcli.workbook.workbook import Workbook

    erase_entries(Workbook(), entries, ask=not yes)
