"""Whether everything that is kept is whole."""

from typing import Annotated

import typer

from smartcli.commands.options import Json
from smartcli.language import _


def doctor(
    as_json: Json = False,
    mend: Annotated[
        bool,
        typer.Option(
            "--mend",
            help=_("Mend what can be mended. A good copy gets a name of its own: nothing is replaced or deleted."),
        ),
    ] = False,
    unlock: Annotated[
        bool, typer.Option("--unlock", help=_("Ask for the passphrase of a locked journal, and read its entries too."))
    ] = False,
) -> None:
    """Read every byte of your data and name whatever is wrong. Without --mend, nothing is changed."""
    from smartcli.trouble import ATTENTION
    from smartcli.workbook.examining import examine, page, to_json
    from smartcli.workbook.terminal import show
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    if unlock:
        workbook.unlock()
    health, mended = examine(workbook, mend=mend)
    if as_json:
        from smartcli.words import json_text

        typer.echo(json_text(to_json(workbook, health, mended)))
    else:
        show(page(workbook, health, mended))
    if health.needs_attention:
        raise typer.Exit(ATTENTION)
