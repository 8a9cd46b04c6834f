"""What TAB offers in a shell: commands and options by typer itself; the names of exercises, settings and topics here.

Never a word of the person: no behaviour, no entry's id, and of exercises the built-in ones alone.
"""

import os
import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
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


def _names_of_one(context: Any, parameter: Any, incomplete: str) -> list[CompletionItem]:
    """Return the names of exercises, unless one is named already: what follows is no second one."""
    return [] if context.params.get(parameter.name) else exercise_names(incomplete)


def _help_topics(context: Any, _parameter: Any, incomplete: str) -> list[CompletionItem]:
    """Return the words that `help` takes after those typed: commands, and those of a command that has some."""
    at = context.find_root()
    for word in context.params.get("topics") or ():
        inner = getattr(at.command, "commands", {}).get(word)
        if inner is None:
            return []
        at = typer.Context(inner, info_name=word, parent=at)
    return [] if incomplete.startswith("-") else at.command.shell_complete(at, incomplete)


def _setting_names(_context: Any, _parameter: Any, incomplete: str) -> list[CompletionItem]:
    from smartcli.workbook.device_settings import list_keys

    return [CompletionItem(key) for key in list_keys(incomplete)]


def _setting_values(context: Any, _parameter: Any, incomplete: str) -> list[CompletionItem]:
    """Return the words that the setting named before takes, where these are few."""
    from smartcli.workbook.device_settings import list_choices

    choices = [] if context.params.get("value") else list_choices(context.params["key"])
    return [CompletionItem(choice) for choice in choices if choice.startswith(incomplete)]


# By the names of the parameters, as click calls it: with the context, the parameter and the word so far.
_OFFERED: dict[str, Callable[[Any, Any, str], list[CompletionItem]]] = {
    "exercise": _names_of_one,
    "copies": _names_of_one,
    "point": lambda _context, _parameter, incomplete: point_names(incomplete),
    "topics": _help_topics,
    "key": _setting_names,
    "value": _setting_values,
}


def prepare(program: Any) -> None:
    """Say to typer what TAB offers, where a shell asks for it; elsewhere nothing is loaded for it.

    typer would look at these functions at every start, which takes 2 ms.
    """
    if not os.environ.get(_VARIABLE):
        return
    from typer._completion_classes import completion_init

    sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  the prompt is no place for a sentence

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
