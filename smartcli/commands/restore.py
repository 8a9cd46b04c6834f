"""Bringing back an entry, or an earlier version of it."""

from typing import Annotated

import typer

from smartcli.commands.options import ID_OR_LIST
from smartcli.language import _


def restore(
    entry: Annotated[str | None, typer.Argument(metavar="[ID]", help=ID_OR_LIST)] = None,
    revision: Annotated[
        str | None,
        typer.Option(
            metavar="R", help=_("The earlier version to bring back. If you leave this out, it is the newest one.")
        ),
    ] = None,
) -> None:
    """Bring back a hidden entry, or an earlier version. The version you have now stays in the journal too."""
    from smartcli.workbook.removal import restore_entry
    from smartcli.workbook.workbook import Workbook

    if entry is None:
        from smartcli.workbook.browser import choose_without_id
        from smartcli.workbook.entry_doings import RESTORE

        choose_without_id(RESTORE, needs_id=revision is not None)
        return
    workbook = Workbook()
    workbook.unlock(entry)
    restore_entry(workbook, entry, revision)
