"""The man page, made of the same words as `--help`. `python -m tools.manual` writes docs/smartcli.1."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from typer.main import get_command

from smartcli import __version__
from smartcli.cli import PANELS, app
from smartcli.commands.examples import EXAMPLES

MANUAL = Path(__file__).parent.parent / "docs" / "smartcli.1"
_NAME = "smartcli"


def page() -> str:
    """Return the page in the language of man (roff)."""
    program: Any = get_command(app)
    context = typer.Context(program, info_name=_NAME)
    description, _, more = program.help.partition(". ")
    lines = [
        f'.TH SMARTCLI 1 "" "{_NAME} {__version__}"',
        ".SH NAME",
        rf"{_NAME} \- {_roff(description[0].lower() + description[1:])}",
        ".SH SYNOPSIS",
        _usage(context),
        ".SH DESCRIPTION",
        _roff(more),
        ".SH EXAMPLES",
        *_examples(""),
        ".SH OPTIONS",
        *_parameters(program, context),
        ".SH COMMANDS",
    ]
    for panel in PANELS:
        lines.append(f".SS {_roff(panel)}")
        for command in program.commands.values():
            if command.rich_help_panel == panel:
                lines += _command(command, context)
    lines += [".SH NOTES", *(f".PP\n{_roff(part)}" for part in program.epilog.split("\n\n"))]
    return "\n".join(lines) + "\n"


def _command(command: Any, parent: Any) -> Iterator[str]:
    context = typer.Context(command, info_name=command.name, parent=parent)
    yield f".TP\n{_usage(context)}"
    for number, paragraph in enumerate(command.help.split("\n\n")):
        yield f"{'.IP' if number else ''}\n{_roff(paragraph)}".strip()
    yield ".RS"
    yield from _examples(context.command_path.partition(" ")[2])
    yield from _parameters(command, context)
    yield ".RE"
    for inner in getattr(command, "commands", {}).values():
        yield from _command(inner, context)


def _usage(context: Any) -> str:
    pieces = " ".join(context.command.collect_usage_pieces(context))
    return rf"\fB{_roff(context.command_path)}\fR {_roff(pieces)}"


def _examples(command: str) -> Iterator[str]:
    for line, says in EXAMPLES[command]:
        yield f".TP\n{_roff(line)}\n{_roff(says)}"


def _parameters(command: Any, context: Any) -> Iterator[str]:
    for parameter in command.get_params(context):
        if parameter.name == "help" or getattr(parameter, "hidden", False):
            continue
        value = parameter.make_metavar(context)
        names = ", ".join(rf"\fB{_roff(name)}\fR" for name in sorted(parameter.opts, key=len))
        if parameter.param_type_name == "argument":
            names = ""
        elif getattr(parameter, "is_flag", False):
            value = ""
        yield f".TP\n{f'{names} {_roff(value)}'.strip()}\n{_roff(parameter.help)}"


def _roff(text: str) -> str:
    """Return a text of which man reads nothing as an order: backslashes, hyphens, and dots that begin a line."""
    text = " ".join(text.split()).replace("\\", r"\e").replace("-", r"\-")
    return re.sub(r"^([.'])", r"\\&\1", text)


def main() -> None:
    MANUAL.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
