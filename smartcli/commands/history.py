"""The versions of an entry."""

from typing import Annotated

import typer

from smartcli.commands.options import ID_OR_LIST, Json


def history(
    entry: Annotated[str | None, typer.Argument(metavar="[ID]", help=ID_OR_LIST)] = None, as_json: Json = False
) -> None:
    """Show every version of an entry, newest first."""
    from smartcli.pages.versions import versions_page
    from smartcli.trouble import ATTENTION
    from smartcli.workbook.terminal import show
    from smartcli.workbook.workbook import Workbook

    if entry is None:
        from smartcli.workbook.browser import choose_without_id
        from smartcli.workbook.entry_doings import VERSIONS

        choose_without_id(VERSIONS, needs_id=as_json)
        return
    workbook = Workbook()
    workbook.unlock(entry)
    journal = workbook.journal
    head = journal.find(entry, deleted=True)
    versions = journal.versions(head)
    if as_json:
        from smartcli.exchange.as_json import row
        from smartcli.words import json_text

        rows = [
            {
                **row(version, version.revision, workbook.readable(version).summary()),
                "parents": version.parents,
            }
            for version in reversed(versions)
        ]
        typer.echo(json_text(rows))
    else:
        readable = [workbook.readable(version) for version in versions]
        show(versions_page(readable, set(head.revisions()), has_unread=bool(head.unread)))
    if head.needs_attention:
        raise typer.Exit(ATTENTION)
