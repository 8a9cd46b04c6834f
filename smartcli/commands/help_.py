"""Help by word: of smartcli, of a command, or what an exercise is for."""

from typing import Annotated, Any

import typer

from smartcli.commands.base import Group
from smartcli.commands.exercises import show_one
from smartcli.language import _
from smartcli.words import folded


def help_(
    context: typer.Context,
    topics: Annotated[
        list[str] | None,
        typer.Argument(metavar="[COMMAND]", help=_("A command, or an exercise by its id or another name it has.")),
    ] = None,
) -> None:
    """Show help, also for one command or one exercise."""
    shown: Any = context.find_root()
    for place, word in enumerate(topics or ()):
        if not isinstance(shown.command, Group):
            break  # what follows is a word that the command takes
        inner = shown.command.commands.get(folded(word))
        if inner is None:
            shown.command.resolve_other_word(shown, (topics or [])[place:])  # raises Trouble, but for an exercise
            show_one(" ".join(topics or ()))
            return
        shown = typer.Context(inner, info_name=inner.name, parent=shown)
    typer.echo(shown.get_help())
