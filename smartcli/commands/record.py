"""Answers from a program: one JSON object in, a new entry's id out."""

import sys
from typing import Annotated

import typer

from smartcli.commands.options import EXERCISE, About, Json, When
from smartcli.words import json_text


def record(
    exercise: Annotated[str, typer.Argument(help=EXERCISE)],
    when: When = None,
    about: About = None,
    as_json: Json = False,
) -> None:
    """Save answers from a program. Give one JSON object on standard input: {"field": answer}. It prints the new id."""
    from smartcli.workbook.recording import record_answers
    from smartcli.workbook.workbook import Workbook

    entry = record_answers(Workbook(), exercise, sys.stdin.buffer.read(), when=when, about=about)
    typer.echo(json_text({"id": entry.id, "revision": entry.revision}) if as_json else entry.id)
