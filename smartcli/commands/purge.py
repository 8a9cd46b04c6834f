"""Erasing entries."""

from typing import Annotated

import typer

from smartcli.commands.options import ID, Yes


def purge(
    entries: Annotated[list[str], typer.Argument(metavar="ID...", help=ID)],
    yes: Yes = False,
) -> None:
    """Erase entries with all their versions from this device. It cannot be undone; asks first."""
    from smartcli.workbook.removal import erase_entries
    from smartcli.workbook.workbook import Workbook

    erase_entries(Workbook(), entries, ask=not yes)
