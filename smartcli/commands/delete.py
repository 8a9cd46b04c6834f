"""Hiding entries."""

from typing import Annotated

import typer

from smartcli.commands.options import ID, Yes


def delete(
    entries: Annotated[list[str], typer.Argument(metavar="ID...", help=ID)],
    yes: Yes = False,
) -> None:
    """Hide entries. You can bring them back with `smartcli restore`; `smartcli purge` erases them for good."""
    from smartcli.workbook.removal import hide_entries
    from smartcli.workbook.workbook import Workbook

    hide_entries(Workbook(), entries, ask=not yes)
