"""What TAB offers in a shell: commands and options by typer itself, and here the names of exercises.

Never a word of the person: no behaviour, no entry's id, and of exercises the built-in ones alone.
"""

import os
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Annotated, Any

import typer
from typer._click.shell_completion import CompletionItem

from smartcli.language import _

_VARIABLE = "_SMARTCLI_COMPLETE"  # set by the script of the shell while TAB is pressed


class Shell(StrEnum):
    """The shells that there is a script for."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


def exercise_names(incomplete: str) -> list[CompletionItem]:
    """Return the names of built-in exercises that begin so, each with its title."""
    from smartcli.workbook.exercise_names import built_in_names

    return [CompletionItem(name, help=title) for name, title in built_in_names(incomplete).items()]


def point_names(incomplete: str) -> list[CompletionItem]:
    """Return the ids of the points that begin so."""
    from smartcli.workbook.exercise_names import POINT_NAMES

    return [CompletionItem(point) for point in POINT_NAMES if point.startswith(incomplete)]


# By the names of the parameters, as click calls it: with the context, the parameter and the word so far.
_OFFERED: dict[str, Callable[[Any, Any, str], list[CompletionItem]]] = {
    "exercise": lambda _context, _parameter, incomplete: exercise_names(incomplete),
    "copies": lambda _context, _parameter, incomplete: exercise_names(incomplete),
    "point": lambda _context, _parameter, incomplete: point_names(incomplete),
}


def prepare(program: Any) -> None:
    """Say to typer what TAB offers, where a shell asks for it; elsewhere nothing is loaded for it.

    typer would look at these functions at every start, which takes 2 ms.
    """
    if not os.environ.get(_VARIABLE):
        return
    from typer._completion_classes import completion_init

    completion_init()
    for parameter in _all_parameters(program):
        if parameter.name in _OFFERED:
            parameter._custom_shell_complete = _OFFERED[parameter.name]


def _all_parameters(command: Any) -> Iterator[Any]:
    yield from command.params
    for inner in getattr(command, "commands", {}).values():
        yield from _all_parameters(inner)


def _show(shell: Shell | None) -> None:
    if shell is not None:
        from typer._completion_shared import get_completion_script

        typer.echo(get_completion_script(prog_name="smartcli", complete_var=_VARIABLE, shell=shell.value))
        raise typer.Exit


def _install(shell: Shell | None) -> None:
    if shell is None:
        return
    from smartcli.trouble import STORAGE, Trouble, say
    from smartcli.words import visible

    if shell is Shell.POWERSHELL:  # typer would loosen the rules for all scripts of this user
        raise Trouble(
            _("smartcli doesn't change the profile of PowerShell."),
            hint=_("Type: `smartcli --show-completion powershell >> $PROFILE`, then open a new window."),
        )
    from typer._completion_shared import install

    try:
        _name, path = install(shell=shell.value, prog_name="smartcli", complete_var=_VARIABLE)
    except (OSError, UnicodeError, RuntimeError):
        raise Trouble(
            _("The files of your shell cannot be changed."),
            safe=_("Your entries are not touched by this."),
            hint=_("`smartcli --show-completion {shell}` shows what belongs there.", shell=shell.value),
            code=STORAGE,
        ) from None
    say(_("Saved as {name}.", name=visible(str(path))), _("Open a new terminal. Then press TAB after `smartcli`."))
    raise typer.Exit


InstallCompletion = Annotated[
    Shell | None,
    typer.Option(
        "--install-completion",
        callback=_install,
        is_eager=True,
        help=_("Let TAB complete commands, options and exercises in your shell. It adds to the files of that shell."),
    ),
]
ShowCompletion = Annotated[
    Shell | None,
    typer.Option(
        "--show-completion", callback=_show, is_eager=True, help=_("Only show what completes for your shell.")
    ),
]
