"""Every place anything is kept."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from smartcli.commands.options import Json
from smartcli.language import N_, _, ngettext
from smartcli.trouble import ATTENTION, Trouble

if TYPE_CHECKING:
    from smartcli.blocks import Block, Page
    from smartcli.workbook.workbook import Workbook

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
    """Show every place where your data is stored, the files of your reminder, and every file that could not be read."""

    if network:
        if accept_missing:
            raise Trouble(_("Please use --network without --accept-missing."))
        _show_network(as_json=as_json)
        return
    from smartcli.workbook.kept_places import list_places
    from smartcli.workbook.losses import accept_losses, look_over
    from smartcli.workbook.terminal import show
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    workbook.tidy()
    if accept_missing:
        workbook.unlock()  # what is missing is known only by what is there
    found = list_places(workbook)
    if accept_missing:
        accept_losses(workbook)
    if as_json:
        from smartcli.words import json_text

        typer.echo(json_text(found))
    else:
        show(_page(workbook, found))
    look_over(workbook, strictly=True, names_unreadable=True)
    if found["unreadable"] or found["need_attention"]:
        raise typer.Exit(ATTENTION)


def _page(workbook: "Workbook", found: dict[str, Any]) -> "Page":
    from smartcli.blocks import Block, Heading, Item, Items, Page, Table, Words
    from smartcli.workbook.examining import last_backup_sentence
    from smartcli.workbook.reminder_shown import way_sentences

    rows = [[_(place["what"]), place["path"], place["holds"]] for place in found["places"]]
    blocks: list[Block] = [Table([_("What"), _("Where"), _("What is there")], rows)]
    if found["unreadable"]:
        listed = [Item(_("{file}: {reason}", file=file["name"], reason=file["why"])) for file in found["unreadable"]]
        blocks += [Heading(_("Files that smartcli could not read (it did not change them)")), Items(listed)]
    if found["need_attention"]:
        said = ngettext(
            "{number} entry was changed in two places, or a newer version of it cannot be read.",
            "{number} entries were changed in two places, or a newer version of them cannot be read.",
            found["need_attention"],
        )
        which = _("`smartcli doctor` shows which.")
        blocks.append(Words(f"{said} {which}"))
    if found["closed"]:
        blocks.append(Words(_("The journal is locked, so what is in its files is not shown here.")))
    elif found["locked"]:
        blocks.append(Words(_("The journal is locked, and you have opened it for now.")))
    if found["index"]:
        blocks.append(Words(_(_INDEX_SAID[found["index"]]), quiet=True))
    if found["reminder"]:
        blocks += [Words(sentence) for sentence in way_sentences(workbook.places.state)]
    blocks.append(Words(last_backup_sentence(workbook)))
    if found["to_delete"]:
        blocks += _describe_removal(found)
    blocks.append(Words(_("smartcli stores nothing anywhere else, and sends nothing from this device."), quiet=True))
    return Page(_("Where your data is"), blocks)


def _describe_removal(found: dict[str, Any]) -> "list[Block]":
    """Return what a person deletes to remove everything of theirs, and what smartcli cannot name."""
    from smartcli.blocks import Heading, Item, Items, Words
    from smartcli.workbook.leftovers import is_sourced

    sentences: list[str] = []
    if found["reminder"]:
        sentences.append(_("Before that, `smartcli remind --off` removes your reminder."))
    if any(is_sourced(Path(path)) for path in found["to_delete"]):
        sentences.append(
            _("The file .bashrc in your home folder has a line with smartcli.sh in it. Delete that line too.")
        )
    sentences.append(
        _(
            "Files that you wrote with export, share, print or backup are where you put them. "
            "Copies on other devices stay there too."
        )
    )
    return [
        Heading(_("To remove everything of yours")),
        Words(_("If you uninstall smartcli, these stay here. You can delete them, but then nothing brings them back:")),
        Items([Item(path) for path in found["to_delete"]]),
        *(Words(sentence) for sentence in sentences),
    ]


def _show_network(*, as_json: bool) -> None:
    """Try the network, and show what came of it."""
    from smartcli.workbook.network_trial import page, to_json, try_network
    from smartcli.workbook.terminal import show

    tried = try_network()
    if as_json:
        from smartcli.words import json_text

        typer.echo(json_text(to_json(tried)))
    else:
        show(page(tried))
