"""Unfinished exercises."""

from typing import Annotated

import typer

from smartcli.commands.base import Command, Group
from smartcli.commands.options import Json, Yes
from smartcli.language import _, ngettext

app = typer.Typer(cls=Group)


@app.callback(invoke_without_command=True)
def drafts(context: typer.Context, as_json: Json = False) -> None:
    """List your unfinished exercises, or delete one."""
    from smartcli.blocks import Item, Items, Page, Words
    from smartcli.trouble import say
    from smartcli.workbook.terminal import show
    from smartcli.workbook.unfinished import list_unfinished
    from smartcli.workbook.workbook import Workbook

    if context.invoked_subcommand:
        return
    workbook = Workbook()
    listed = list_unfinished(workbook)
    if workbook.drafts.unreadable:
        lost = len(workbook.drafts.unreadable)
        say(
            ngettext(
                "{number} unfinished exercise could not be read. smartcli did not change it.",
                "{number} unfinished exercises could not be read. smartcli did not change them.",
                lost,
            ),
            _("`smartcli where` shows which files."),
        )
    if as_json:
        from smartcli.words import json_text

        typer.echo(json_text([unfinished.as_json() for unfinished in listed]))
        return
    if not listed:
        show(Page(_("Unfinished"), [Words(_("You have no unfinished exercises."))]))
        return
    items = [Item(f"{unfinished.describe()}\n{unfinished.draft.id[:8]}") for unfinished in listed]
    how = Words(_("To continue one of them: smartcli resume ID"), quiet=True)
    show(Page(_("Unfinished"), [Items(items), how]))


@app.command(cls=Command)
def discard(
    draft: Annotated[
        str, typer.Argument(metavar="ID", help=_("The id of the unfinished exercise, or its first characters."))
    ],
    yes: Yes = False,
) -> None:
    """Delete an unfinished exercise for good. It asks you first."""
    from smartcli.trouble import say
    from smartcli.workbook.terminal import confirm
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    chosen = workbook.drafts.take_up(draft)
    if yes or confirm(workbook.asker, _("Delete this unfinished exercise for good?")):
        workbook.drafts.drop(chosen)
        say(_("Deleted."))
    else:
        chosen.close()
        say(_("Nothing was deleted."))
