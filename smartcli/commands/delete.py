"""Hiding entries."""

from typing import Annotated

import typer

from smartcli.commands.options import ID_OR_LIST, Yes


def delete(
    entries: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help=ID_OR_LIST)] = None,
    yes: Yes = False,
) -> None:
    """Hide entries. You can bring them back with `smartcli restore`; `smartcli purge` erases them for good."""
    from smartcli.workbook.removal import hide_entries
    from smartcli.workbook.workbook import Workbook

    if not entries:
        from smartcli.workbook.browser import choose_without_id
        from smartcli.workbook.entry_doings import HIDE

        choose_without_id(HIDE, needs_id=yes)
        return
    workbook = Workbook()
    workbook.unlock(*entries)
    hide_entries(workbook, entries, ask=not yes)
