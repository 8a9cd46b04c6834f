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
    from smartcli.workbook.unfinished import list_unfinished
    from smartcli.workbook.workbook import Workbook

    if context.invoked_subcommand:
        return
    workbook = Workbook()
    listed = list_unfinished(workbook)
    if workbook.drafts.unreadable:
        lost = count(len(workbook.drafts.unreadable), "unfinished exercise")
        say(f"{lost} could not be read and was left alone.", "`smartcli where` names the file.")
    if as_json:
        import json

        typer.echo(json.dumps([unfinished.as_json() for unfinished in listed]))
        return
    if not listed:
        show(Page("Unfinished", [Words("Nothing is unfinished.")]))
        return
    items = [Item(f"{unfinished.describe()}\n{unfinished.draft.id[:8]}") for unfinished in listed]
    show(Page("Unfinished", [Items(items), Words("Go on with one: smartcli resume ID", quiet=True)]))


@app.command()
def discard(
    draft: Annotated[str, typer.Argument(metavar="ID", help="The draft's id, or its first characters.")],
    yes: Yes = False,
) -> None:
    """Throw an unfinished exercise away. Asks first."""
    from smartcli.trouble import say
    from smartcli.workbook.terminal import confirm
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    chosen = workbook.drafts.take_up(draft)
    if yes or confirm(workbook.asker, "Throw this away for good?"):
        workbook.drafts.drop(chosen)
        say("It is gone.")
    else:
        chosen.close()
        say("Kept as it was.")
