"""Answers from a program: one JSON object in, a new entry's id out."""

import sys
from typing import Annotated

import typer

from smartcli.commands.options import EXERCISE, About, Json, When
from smartcli.language import _
from smartcli.trouble import STORAGE, Trouble, say
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

    entry = record_answers(Workbook(), exercise, _input(), when=when, about=about)
    try:
        typer.echo(json_text({"id": entry.id, "revision": entry.revision}) if as_json else entry.id)
        sys.stdout.flush()
    except OSError:  # a program that hears nothing of the entry would save it again
        say(_("The entry is saved. Its id is {id}.", id=entry.id))
        raise


def _input() -> bytes:
    try:
        return sys.stdin.buffer.read()
    except OSError:  # a folder, for one
        raise Trouble(_("Nothing was saved: standard input cannot be read."), code=STORAGE) from None
