"""Answers from a program: one JSON object in, a new entry's id out."""

import json
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from smartcli.commands.options import EXERCISE, About, Json, When

if TYPE_CHECKING:
    from smartcli.content.exercise import Exercise
    from smartcli.fields import Field
    from smartcli.session.form import Form
    from smartcli.session.memory import Memory


def record(
    exercise: Annotated[str, typer.Argument(help=EXERCISE)],
    when: When = None,
    about: About = None,
    as_json: Json = False,
) -> None:
    """Keep answers given as one JSON object on standard input: {"field": answer}. Prints the new id."""
    from smartcli.entries.revisions import fill, new_id
    from smartcli.moments import now
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


def filled_form(exercise: "Exercise", given: Mapping[str, Any], memory: "Memory", about: str | None) -> "Form":
    """Return the form with the answers given; raises Trouble that names all that is wrong, and nothing is kept.

    Fields with a condition, or left for later, are never required. What the journal remembers is read only
    where a field needs it.
    """
    from smartcli.session.form import Form
    from smartcli.trouble import Trouble
    from smartcli.words import joined, near

    problems = []
    known = {field.id: field for field in exercise.fields if field.answerable}
    for name in given:
        if name not in known:
            close = near(name, known)
            hint = f"Did you mean {close}?" if close else f"It has {joined(known)}."
            problems.append(f"{exercise.id} has no field by one of the names given. {hint}")
    fields = [field for field in known.values() if field.id in given or "." not in getattr(field, "from_", "")]
    answers: dict[str, Any] = {}
    form = Form(fields, answers, memory, about, own_words=False)
    for field in fields:
        if given.get(field.id) is not None:
            answer, problem = _taken(form.offered(field), given[field.id])
            if problem:
                problems.append(f"{field.id}: {problem}")
            answers[field.id] = answer
    missing = [field for field in form.missing() if not field.only_if and not field.later]
    problems += [f"{field.id}: this one is needed." for field in missing if given.get(field.id) is None]
    if problems:
        raise Trouble("\n".join(["Nothing was recorded.", *problems]))
    return form


def _taken(field: "Field", raw: Any) -> tuple[Any, str | None]:
    from smartcli.asking import WrongAnswerError

    try:
        answer = field.accept(raw)
    except WrongAnswerError as error:
        return None, str(error)
    return answer, field.check(answer)
