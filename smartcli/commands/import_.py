"""Entries from files of other programs, or from our own export."""

from pathlib import Path
from typing import Annotated

import typer

from smartcli.language import _


def import_(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE...",
            readable=False,  # whether they can be read is told by who reads them
            help=_("The files that another program exported, a folder of notes, or - for standard input."),
        ),
    ] = None,
    from_: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="KIND",
            help=_(
                "json (smartcli's own), jrnl, dayone, daylio, journey, loop, text, or a mapping file for "
                "a csv or JSON. If you leave this out, the format is found from the file itself."
            ),
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Only show what is in the files. Nothing is saved."))
    ] = False,
    undo: Annotated[bool, typer.Option("--undo", help=_("Undo the whole of the last import on this device."))] = False,
) -> None:
    """Import entries from another program. All files are one import, and --undo takes it back.

    - jrnl: smartcli import journal.txt

    - Day One: smartcli import Export.zip

    - Daylio: smartcli import backup.daylio (or its csv)

    - Obsidian: smartcli import FOLDER (your daily notes)

    - Journey: smartcli import journey.zip

    - Loop: smartcli import loop.zip (its csv export)

    - Any other csv or JSON: smartcli import FILE --from FILE (a mapping file; the README shows one)
    """
    from smartcli.trouble import ATTENTION, Trouble
    from smartcli.workbook.import_file import import_files, undo_last_import
    from smartcli.workbook.workbook import Workbook

    if undo == bool(files) or (undo and (from_ or dry_run)):
        raise Trouble(
            _("Type the name of the file to import, or --undo alone to undo the last import."),
            hint=_("For example: smartcli import FILE"),
        )
    if not files:
        undo_last_import(Workbook())
        return
    is_whole = import_files(Workbook(), files, from_, dry_run=dry_run)
    if not is_whole:
        raise typer.Exit(ATTENTION)
