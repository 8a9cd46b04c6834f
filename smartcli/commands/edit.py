"""Changing an entry."""

from typing import Annotated

import typer

from smartcli.commands.options import ID


def edit(entry: Annotated[str, typer.Argument(metavar="ID", help=ID)]) -> None:
    """Change an entry. You see your old answers, and the old version stays in the journal."""
    from smartcli.workbook.sessions import edit_entry
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    edit_entry(workbook, workbook.journal.find(entry)).tell()
