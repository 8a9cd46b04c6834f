"""Erasing entries."""

from typing import Annotated

import typer

from smartcli.commands.options import ID_OR_LIST, Yes


def purge(
    entries: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help=ID_OR_LIST)] = None,
    yes: Yes = False,
) -> None:
    """Erase entries for good, with all their versions. It asks you first, because this cannot be undone."""
    from smartcli.workbook.removal import erase_entries
    from smartcli.workbook.workbook import Workbook

    if not entries:
        from smartcli.workbook.browser import choose_without_id
        from smartcli.workbook.entry_doings import ERASE

        choose_without_id(ERASE, needs_id=yes)
        return
    workbook = Workbook()
    workbook.unlock(*entries)
    erase_entries(workbook, entries, ask=not yes)
