"""One checked file of everything."""

from pathlib import Path
from typing import Annotated

import typer

from smartcli.commands.options import Yes
from smartcli.language import _


def backup(
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE",
            help=_(
                "The file to write, or a folder. If you leave this out, the name is journal-DATE.zip, in this folder."
            ),
        ),
    ] = None,
    check: Annotated[
        Path | None,
        typer.Option(
            "--check",
            metavar="FILE",
            readable=False,
            help=_("Read all of a backup and compare it with your entries here."),
        ),
    ] = None,
    restore: Annotated[
        Path | None,
        typer.Option(
            "--restore",
            metavar="FILE",
            readable=False,
            help=_(
                "Put back what is missing here. Nothing here is replaced or deleted, and what you erased stays erased."
            ),
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("With --restore: only show what would be put back."))
    ] = False,
    unlock: Annotated[
        bool, typer.Option("--unlock", help=_("With --check: ask for the passphrase, and compare locked entries too."))
    ] = False,
    yes: Yes = False,
) -> None:
    """Save entries, unfinished exercises and settings in one file, and check that file.

    It is not encrypted, unless your journal is locked: then it is as locked as that.
    """
    from smartcli.trouble import ATTENTION, Trouble
    from smartcli.workbook.backing_up import check_backup, make_backup, restore_backup
    from smartcli.workbook.workbook import Workbook

    given = [each for each in (file, check, restore) if each is not None]
    if len(given) > 1 or (dry_run and restore is None) or (unlock and check is None):
        raise Trouble(
            _("Please do one thing at a time: make a backup, check one, or restore one."),
            hint=_("For example: smartcli backup --check FILE"),
        )
    workbook = Workbook()
    is_whole = True
    if restore is not None:
        restore_backup(workbook, restore, dry_run=dry_run, ask=not yes)
    elif check is not None:
        if unlock:
            workbook.unlock()
        is_whole = check_backup(workbook, check)
    else:
        is_whole = make_backup(workbook, file)
    if not is_whole:
        raise typer.Exit(ATTENTION)
