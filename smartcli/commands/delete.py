"""Hiding entries."""

from typing import Annotated

import typer

from smartcli.commands.options import ID, Yes


def delete(
    entries: Annotated[list[str], typer.Argument(metavar="ID...", help=ID)],
    yes: Yes = False,
) -> None:
    """Hide entries. They can be brought back with restore; purge erases."""
    from smartcli.entries.entry import DELETED
    from smartcli.entries.revisions import with_state
    from smartcli.trouble import PAUSED, say
    from smartcli.words import count
    from smartcli.workbook.terminal import sure
    from smartcli.workbook.workbook import Workbook, each_once, named

    workbook = Workbook()
    heads = each_once(workbook.journal.find(entry) for entry in entries)
    if not (yes or sure(workbook.asker, f"Hide {named(heads)}?")):
        say("Nothing was hidden.")
        raise typer.Exit(PAUSED)
    workbook.journal.save_all(with_state(head.entry, DELETED, head.revisions()) for head in heads)
    say(f"Hidden: {count(len(heads), 'entry', 'entries')}. smartcli restore {heads[0].entry.id[:6]} brings it back.")
