"""Erasing entries."""

from typing import Annotated

import typer

from smartcli.commands.options import ID, Yes


def purge(
    entries: Annotated[list[str], typer.Argument(metavar="ID...", help=ID)],
    yes: Yes = False,
) -> None:
    """Erase entries with all their versions from this device. It cannot be undone; asks first."""
    from smartcli.commands.workbook import Workbook, named, sure
    from smartcli.trouble import PAUSED, say
    from smartcli.words import count

    workbook = Workbook()
    heads = [workbook.journal.find(entry, deleted=True) for entry in dict.fromkeys(entries)]
    if not (yes or sure(workbook, f"Erase {named(heads)} for good?")):
        say("Nothing was erased.")
        raise typer.Exit(PAUSED)
    files = sum(workbook.journal.erase(head.entry.id) for head in heads)
    workbook.known.accept(set(workbook.journal.listed) - {head.entry.id for head in heads})
    for draft in workbook.drafts.all():
        if any(draft.entry == head.entry.id for head in heads):
            workbook.drafts.drop(workbook.drafts.take_up(draft.id))
    say(
        f"Erased: {count(len(heads), 'entry', 'entries')}, {count(files, 'file')}.",
        "Out of reach from here: backups, snapshots, exports, copies that a sync tool keeps, and what a disk has not "
        "yet written over.",
    )
