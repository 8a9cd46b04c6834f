"""Answers from a program: one JSON object in, a new entry's id out."""

import json
import sys
from typing import Annotated, Any

import typer

from smartcli.commands.options import EXERCISE, About, Json, When


def record(
    exercise: Annotated[str, typer.Argument(help=EXERCISE)],
    when: When = None,
    about: About = None,
    as_json: Json = False,
) -> None:
    """Keep answers given as one JSON object on standard input: {"field": answer}. Prints the new id."""
    from smartcli.entries.revisions import fill, new_id
    from smartcli.moments import now
    from smartcli.session.answers import filled_form
    from smartcli.workbook.workbook import Workbook, moment

    workbook = Workbook()
    chosen = workbook.catalog.find(exercise)
    at = moment(when)
    form = filled_form(chosen, read_object(sys.stdin.buffer.read()), workbook.memory, about)
    entry = fill(
        chosen,
        form.filled({}, now()),
        id=new_id(),
        started=now(),
        when=at,
        about=about,
        day_starts=workbook.settings.day_starts,
    )
    revision = workbook.journal.save(entry)
    typer.echo(json.dumps({"id": entry.id, "revision": revision}) if as_json else entry.id)
    kept = {
        field.setting: form.answers[field.id] for field in form.fields if field.setting and field.id in form.answers
    }
    if kept:
        workbook.settings.change(**kept)


def read_object(data: bytes) -> dict[str, Any]:
    """Return the JSON object in `data`; raises Trouble when it is anything else."""
    from smartcli.trouble import Trouble

    hint = 'Give one JSON object by field, such as {"mood": 6}. The fields: `smartcli exercises show EXERCISE --json`'
    try:
        read = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Trouble("Nothing was recorded: the input is not UTF-8 text.", hint=hint) from None
    except (ValueError, RecursionError):
        raise Trouble("Nothing was recorded: the input is not JSON.", hint=hint) from None
    if not isinstance(read, dict):
        raise Trouble("Nothing was recorded: the input is not a JSON object.", hint=hint)
    return read
