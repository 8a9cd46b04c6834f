"""Erasing entries."""

from typing import Annotated

import typer

from smartcli.commands.options import ID, Yes


def purge(
    entries: Annotated[list[str], typer.Argument(metavar="ID...", help=ID)],
    yes: Yes = False,
) -> None:
    """Erase entries with all their versions from this device. It cannot be undone; asks first."""
    from smartcli.trouble import PAUSED, say
    from smartcli.words import count
    from smartcli.workbook.terminal import sure
    from smartcli.workbook.workbook import Workbook, each_once, named

    workbook = Workbook()
    heads = each_once(workbook.journal.find(entry, deleted=True) for entry in entries)
    if not (yes or sure(workbook.asker, f"Erase {named(heads)} for good?")):
        say("Nothing was erased.")
        raise typer.Exit(PAUSED)
    erased = {head.entry.id for head in heads}
    drafts = [workbook.drafts.take_up(draft.id) for draft in workbook.drafts.all() if draft.entry in erased]
    files = sum(map(workbook.journal.erase, erased))
    for draft in drafts:
        workbook.drafts.drop(draft)
    workbook.last_seen.forget(erased)
    say(
        f"Erased: {count(len(heads), 'entry', 'entries')}, {count(files, 'file')}.",
        "Out of reach from here: backups, snapshots, exports, copies that a sync tool keeps, what was put aside after "
        "a crash (`smartcli where` shows it), and what a disk has not yet written over.",
    )
