"""Unfinished exercises."""

from typing import Annotated

import typer

from smartcli.commands.options import Json, Yes

app = typer.Typer()


@app.callback(invoke_without_command=True)
def drafts(context: typer.Context, as_json: Json = False) -> None:
    """List unfinished exercises, or discard one."""
    from smartcli.blocks import Item, Items, Page, Words
    from smartcli.trouble import say
    from smartcli.words import count
    from smartcli.workbook.terminal import show
    from smartcli.workbook.unfinished import unfinished
    from smartcli.workbook.workbook import Workbook

    if context.invoked_subcommand:
        return
    workbook = Workbook()
    found = unfinished(workbook)
    if workbook.drafts.unreadable:
        lost = count(len(workbook.drafts.unreadable), "unfinished exercise")
        say(f"{lost} could not be read and was left alone.", "`smartcli where` names the file.")
    if as_json:
        import json

        typer.echo(json.dumps([one.as_json() for one in found]))
        return
    listed = [Item(f"{one.said()}\n{one.draft.id[:8]}") for one in found]
    hint = Words("Go on with one: smartcli resume ID", quiet=True)
    show(Page("Unfinished", [Items(listed), hint] if found else [Words("Nothing is unfinished.")]))


@app.command()
def discard(
    draft: Annotated[str, typer.Argument(metavar="ID", help="The draft's id, or its first characters.")],
    yes: Yes = False,
) -> None:
    """Throw an unfinished exercise away. Asks first."""
    from smartcli.trouble import say
    from smartcli.workbook.terminal import sure
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    held = workbook.drafts.take_up(draft)
    if yes or sure(workbook.asker, "Throw this away for good?"):
        workbook.drafts.drop(held)
        say("It is gone.")
    else:
        held.close()
        say("Kept as it was.")
