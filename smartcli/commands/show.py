"""One entry, read back."""

from typing import Annotated

import typer

from smartcli.commands.options import ID_OR_LIST, Json
from smartcli.language import _


def show(
    entry: Annotated[str | None, typer.Argument(metavar="[ID]", help=ID_OR_LIST)] = None,
    revision: Annotated[str | None, typer.Option(metavar="R", help=_("An earlier version."))] = None,
    as_json: Json = False,
) -> None:
    """Show one entry."""
    from smartcli.pages.entry import compares, entry_page
    from smartcli.trouble import ATTENTION
    from smartcli.workbook.terminal import show
    from smartcli.workbook.workbook import Workbook

    if entry is None:
        from smartcli.workbook.browser import OPEN, choose_without_id

        choose_without_id(OPEN, needs_id=as_json or revision is not None)
        return
    workbook = Workbook()
    workbook.unlock(entry)
    head = workbook.journal.find(entry, revision=revision)
    if as_json:
        from smartcli.words import json_text

        versions = [{**one.body, "revision": one.revision, "answers": one.answers} for one in head.entry.sides]
        versions[0]["revision"] = head.revision.revision
        typer.echo(json_text({**versions[0], "others": versions[1:], "unread": head.unread}))
    else:
        entry_shown = workbook.readable(head.entry)
        before = workbook.memory.before(head.entry) if compares(head.entry) else None
        show(entry_page(entry_shown, head.notes(), workbook.readable(before) if before else None))
    if head.needs_attention:
        raise typer.Exit(ATTENTION)
