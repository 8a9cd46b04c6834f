"""Changing an entry."""

from typing import Annotated

import typer

from smartcli.commands.options import ID


def edit(entry: Annotated[str, typer.Argument(metavar="ID", help=ID)]) -> None:
    """Change an answer of an entry, or add what you left out. The old version stays in the journal."""
    from smartcli.workbook.sessions import edit_entry
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    edit_entry(workbook, workbook.journal.find(entry)).tell()
