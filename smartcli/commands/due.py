"""Whether a check-in is due, for a prompt, a script or the reminder."""

from typing import Annotated

import typer

from smartcli import due as answers
from smartcli.language import _


def due(
    quiet: Annotated[bool, typer.Option("--quiet", help=_("Print nothing. The exit code is the answer."))] = False,
    notify: Annotated[
        bool,
        typer.Option(
            "--notify", help=_("If something is due, show your reminder as a notification. The reminder uses this.")
        ),
    ] = False,
) -> None:
    """Tell whether you have written something today: the exit code is 0 if a check-in is due, and 10 if not."""
    from smartcli.workbook.notifying import answer_due

    is_due = answer_due(notify=notify, quiet=quiet)
    code = answers.DUE if is_due else answers.NOT_DUE
    if not quiet:
        typer.echo(_(answers.SAYS[code]))
    if not is_due:
        raise typer.Exit(code)
