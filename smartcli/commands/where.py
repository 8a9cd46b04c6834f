"""Every place anything is kept."""

from typing import Annotated

import typer

from smartcli.commands.options import Json
from smartcli.language import N_, _
from smartcli.trouble import Trouble

_INDEX_SAID = {
    "rewritten": N_(
        "The index (a list that helps smartcli find entries faster) did not match your entries, "
        "so smartcli made a new index. Your entries have not changed."
    ),
    "unwritable": N_(
        "The index (a list that helps smartcli find entries faster) could not be saved, so some "
        "commands are slower. Your entries have not changed."
    ),
}


def _show_network(*, as_json: bool) -> None:
    """Try the network, and show what came of it."""
    from smartcli.workbook.network_trial import page, to_json, try_network
    from smartcli.workbook.terminal import show

    tried = try_network()
    if as_json:
        import json

        typer.echo(json.dumps(to_json(tried)))
    else:
        show(page(tried))


def where(
    as_json: Json = False,
    network: Annotated[
        bool,
        typer.Option(
            "--network", help=_("Try the network, if your system refuses it to smartcli, and show what happens.")
        ),
    ] = False,
    accept_missing: Annotated[
        bool,
        typer.Option(
            "--accept-missing", help=_("Stop the warning about missing entries, if you removed them yourself.")
        ),
    ] = False,
) -> None:
    """Show every place where your data is stored, and every file that could not be read."""
    if network:
        if accept_missing:
            raise Trouble(_("Please use --network without --accept-missing."))
        _show_network(as_json=as_json)
        return
    from smartcli.blocks import Block, Heading, Item, Items, Page, Table, Words
    from smartcli.workbook.examining import last_backup_sentence
    from smartcli.workbook.kept_places import list_places
    from smartcli.workbook.terminal import show
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    workbook.tidy()
    found = list_places(workbook)
    if accept_missing:
        workbook.accept_losses()
    if as_json:
        from smartcli.words import json_text

        typer.echo(json_text(found))
        workbook.look_over(strictly=True)
        return
    rows = [[_(place["what"]), place["path"], place["holds"]] for place in found["places"]]
    blocks: list[Block] = [Table([_("What"), _("Where"), _("What is there")], rows)]
    if found["unreadable"]:
        listed = [Item(_("{file}: {reason}", file=file["name"], reason=file["why"])) for file in found["unreadable"]]
        blocks += [Heading(_("Files that smartcli could not read (it did not change them)")), Items(listed)]
    if found["index"]:
        blocks.append(Words(_(_INDEX_SAID[found["index"]]), quiet=True))
    blocks.append(Words(last_backup_sentence(workbook)))
    blocks.append(Words(_("smartcli stores nothing anywhere else, and sends nothing from this device."), quiet=True))
    show(Page(_("Where your data is"), blocks))
    workbook.look_over(strictly=True)
