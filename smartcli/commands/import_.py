"""Entries from a file of another program, or from our own export."""

from pathlib import Path
from typing import Annotated

import typer


def import_(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="What another program exported.")] = None,
    from_: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="KIND",
            help="json (our own), jrnl, dayone, daylio, text, or a mapping file for a csv; else the file tells.",
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what is in it; write nothing.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take back the last import on this device, all of it.")] = False,
) -> None:
    """Take in entries from our own export, jrnl, Day One, Daylio, any csv, or a text with dates."""
    from smartcli.trouble import ATTENTION, Trouble
    from smartcli.workbook.import_file import import_file, undo_last_import
    from smartcli.workbook.workbook import Workbook

    if undo == (file is not None) or (undo and (from_ or dry_run)):
        raise Trouble("Name a file to import, or --undo to take back the last one.", hint="smartcli import FILE")
    if file is None:
        undo_last_import(Workbook())
        return
    is_whole = import_file(Workbook(), file, from_, dry_run=dry_run)
    if not is_whole:
        raise typer.Exit(ATTENTION)
