"""Changing an entry."""

from typing import Annotated

import typer

from smartcli.commands.options import ID_OR_LIST


def edit(entry: Annotated[str | None, typer.Argument(metavar="[ID]", help=ID_OR_LIST)] = None) -> None:
    """Change an answer of an entry, or add what you left out. The old version stays in the journal."""
    from smartcli.workbook.sessions import edit_entry
    from smartcli.workbook.workbook import Workbook

    if entry is None:
        from smartcli.workbook.browser import choose_without_id
        from smartcli.workbook.entry_doings import CHANGE

        choose_without_id(CHANGE)
        return
    workbook = Workbook()
    workbook.unlock(entry)
    edit_entry(workbook, workbook.journal.find(entry)).tell()
