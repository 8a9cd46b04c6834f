"""Entries from a file of another program, or from our own export."""

from pathlib import Path
from typing import Annotated

import typer

from smartcli.language import _


def import_(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help=_("The file that another program exported."))
    ] = None,
    from_: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="KIND",
            help=_(
                "json (smartcli's own), jrnl, dayone, daylio, text, or a mapping file for a csv. If you "
                "leave this out, the format is found from the file itself."
            ),
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Only show what is in the file. Nothing is saved."))
    ] = False,
    undo: Annotated[bool, typer.Option("--undo", help=_("Undo the whole of the last import on this device."))] = False,
) -> None:
    """Import entries from another program. It reads json exports of smartcli, jrnl, Day One, Daylio, csv and text."""
    from smartcli.trouble import ATTENTION, Trouble
    from smartcli.workbook.import_file import import_file, undo_last_import
    from smartcli.workbook.workbook import Workbook

    if undo == (file is not None) or (undo and (from_ or dry_run)):
        raise Trouble(
            _("Type the name of the file to import, or --undo to undo the last import."),
            hint=_("For example: smartcli import FILE"),
        )
    if file is None:
        undo_last_import(Workbook())
        return
    is_whole = import_file(Workbook(), file, from_, dry_run=dry_run)
    if not is_whole:
        raise typer.Exit(ATTENTION)
