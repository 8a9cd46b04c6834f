"""Unfinished exercises, and what a crash put aside."""

from typing import TYPE_CHECKING, Annotated

import typer

from smartcli.commands.base import Command, Group
from smartcli.commands.options import Json, Yes
from smartcli.language import _, ngettext

if TYPE_CHECKING:
    from smartcli.workbook.workbook import Workbook

app = typer.Typer(cls=Group)

_EITHER = _("The id of an unfinished exercise or of a file that was put aside, or its first characters.")


@app.callback(invoke_without_command=True)
def drafts(
    context: typer.Context,
    as_json: Json = False,
    aside: Annotated[
        bool, typer.Option("--aside", help=_("List the files that were put aside after a crash."))
    ] = False,
) -> None:
    """List your unfinished exercises, show what you wrote, or delete one."""
    from smartcli.workbook.workbook import Workbook

    if context.invoked_subcommand:
        return
    workbook = Workbook()
    if aside:
        workbook.unlock()
        _list_aside(workbook, as_json=as_json)
    else:
        _list_drafts(workbook, as_json=as_json)


def _list_drafts(workbook: "Workbook", *, as_json: bool) -> None:
    from smartcli.blocks import Block, Item, Items, Page, Words
    from smartcli.trouble import say
    from smartcli.workbook.terminal import show
    from smartcli.workbook.unfinished import list_unfinished

    if workbook.is_closed:
        _count_drafts(workbook, as_json=as_json)
        return
    listed = list_unfinished(workbook)
    unreadable = [name.partition(".")[0][:8] for name in workbook.drafts.unreadable]
    if unreadable:
        say(
            ngettext(
                "{number} unfinished exercise could not be read. smartcli did not change it.",
                "{number} unfinished exercises could not be read. smartcli did not change them.",
                len(unreadable),
            ),
            *(_("To see what can be read of it: smartcli drafts show {id}", id=name) for name in unreadable),
        )
    if as_json:
        from smartcli.words import json_text

        typer.echo(json_text([unfinished.as_json() for unfinished in listed]))
        return
    blocks: list[Block] = [Words(_("You have no unfinished exercises."))]
    if listed:
        items = [Item(f"{unfinished.describe()}\n{unfinished.draft.id[:8]}") for unfinished in listed]
        how = _("To continue one of them: smartcli resume ID. To read what you wrote: smartcli drafts show ID")
        blocks = [Items(items), Words(how, quiet=True)]
    put_aside = len(workbook.aside)
    if put_aside:
        told = ngettext(
            "{number} file was put aside after a crash. To see it: smartcli drafts --aside",
            "{number} files were put aside after a crash. To see them: smartcli drafts --aside",
            put_aside,
        )
        blocks.append(Words(told, quiet=True))
    show(Page(_("Unfinished"), blocks))


def _count_drafts(workbook: "Workbook", *, as_json: bool) -> None:
    """Say how many exercises are unfinished: which they are is locked."""
    from smartcli.blocks import Block, Page, Words
    from smartcli.pages.today import unfinished_number
    from smartcli.workbook.terminal import show
    from smartcli.workbook.unfinished import closed_rows, count_unfinished

    if as_json:
        from smartcli.words import json_text

        typer.echo(json_text(closed_rows(workbook)))
        return
    number = count_unfinished(workbook)
    blocks: list[Block] = [Words(_("You have no unfinished exercises."))]
    if number:
        how = _("To continue the newest, with your passphrase: smartcli resume")
        blocks = [Words(unfinished_number(number)), Words(_("Which they are is locked.")), Words(how, quiet=True)]
    show(Page(_("Unfinished"), blocks))


def _list_aside(workbook: "Workbook", *, as_json: bool) -> None:
    from smartcli.blocks import Item, Items, Page, Words
    from smartcli.workbook.set_aside import aside_row, describe
    from smartcli.workbook.terminal import show

    files = workbook.aside.all()
    if as_json:
        from smartcli.words import json_text

        typer.echo(json_text([aside_row(file) for file in files]))
        return
    if not files:
        show(Page(_("Put aside"), [Words(_("Nothing was put aside."))]))
        return
    how = _(
        "To read one: smartcli drafts show ID. To bring it back: drafts restore ID. To delete it: drafts discard ID"
    )
    items = [Item(f"{describe(file)}\n{file.id}") for file in files]
    show(Page(_("Put aside"), [Items(items), Words(how, quiet=True)]))


@app.command(cls=Command, name="show")
def show_words(name: Annotated[str, typer.Argument(metavar="ID", help=_EITHER)]) -> None:
    """Show what you wrote in an unfinished exercise, or what can be read of a file that was put aside."""
    from smartcli.trouble import ATTENTION
    from smartcli.workbook.draft_words import find_page
    from smartcli.workbook.terminal import show
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    workbook.unlock()
    page, is_whole = find_page(workbook, name)
    show(page)
    if not is_whole:
        raise typer.Exit(ATTENTION)


@app.command(cls=Command)
def restore(name: Annotated[str, typer.Argument(metavar="ID", help=_("The id of a file that was put aside."))]) -> None:
    """Bring back what was put aside after a crash."""
    from smartcli.trouble import Trouble, say
    from smartcli.workbook.set_aside import bring_back
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    workbook.unlock()
    file = workbook.aside.find(name)
    if file is None:
        raise Trouble(_("Nothing that was put aside has that id."), hint=_("`smartcli drafts --aside` lists it."))
    say(bring_back(workbook, file))


@app.command(cls=Command)
def discard(name: Annotated[str, typer.Argument(metavar="ID", help=_EITHER)], yes: Yes = False) -> None:
    """Delete an unfinished exercise, or a file that was put aside, for good. It asks you first."""
    from smartcli.trouble import say
    from smartcli.workbook.set_aside import find_to_discard
    from smartcli.workbook.terminal import confirm
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    ask, delete, leave = find_to_discard(workbook, name)
    if yes or confirm(workbook.asker, ask):
        delete()
        say(_("Deleted."))
    else:
        leave()
        say(_("Nothing was deleted."))
