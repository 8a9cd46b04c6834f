"""Bringing back an entry, or an earlier version of it."""

from typing import Annotated

import typer

from smartcli.commands.options import ID


def restore(
    entry: Annotated[str, typer.Argument(metavar="ID", help=ID)],
    revision: Annotated[str | None, typer.Option(metavar="R", help="An earlier version; none: the newest.")] = None,
) -> None:
    """Bring back a deleted entry, or an earlier version. What stands now is kept too."""
    from smartcli.entries.entry import LIVE
    from smartcli.entries.revisions import with_state
    from smartcli.trouble import say
    from smartcli.workbook.workbook import Workbook

    journal = Workbook().journal
    head = journal.find(entry, deleted=True)
    wanted = journal.find(head.entry.id, revision=revision).entry if revision else head.entry
    stands = wanted.revision == head.entry.revision and not head.entry.deleted
    if stands and not head.others and not head.unread:
        say("It stands as it is: there is nothing to bring back.")
        return
    journal.save(with_state(wanted, LIVE, head.revisions()))
    say(f"Brought back.  smartcli show {head.entry.id[:6]}")
