"""Every place anything is kept."""

from typing import Annotated

import typer

from smartcli.commands.options import Json


def where(
    as_json: Json = False,
    accept_missing: Annotated[
        bool, typer.Option("--accept-missing", help="Entries that are gone are meant to be gone.")
    ] = False,
) -> None:
    """Show every place where anything of yours is kept, and every file that could not be read."""
    from smartcli.blocks import Block, Heading, Item, Items, Page, Table, Words
    from smartcli.workbook.kept_places import list_places
    from smartcli.workbook.terminal import show
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    workbook.tidy()
    found = list_places(workbook)
    if accept_missing:
        workbook.last_seen.accept(workbook.journal.listed)
    if as_json:
        import json

        typer.echo(json.dumps(found))
        workbook.look_over()
        return
    rows = [[place["what"], place["path"], place["holds"]] for place in found["places"]]
    blocks: list[Block] = [Table(["What", "Where", "What is there"], rows)]
    if found["unreadable"]:
        listed = [Item(f"{file['name']}: {file['why']}") for file in found["unreadable"]]
        blocks += [Heading("Could not be read, and were left as they are"), Items(listed)]
    blocks.append(Words("Nothing is kept anywhere else, and nothing leaves this device.", quiet=True))
    show(Page("Where your words are", blocks))
    workbook.look_over()
