"""The catalogue: list it, read an exercise, check a file, start one of your own."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from smartcli.commands.options import EXERCISE, Json, OfPoint

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from smartcli.content.exercise import Exercise

app = typer.Typer()


@app.callback(invoke_without_command=True)
def exercises(context: typer.Context, point: OfPoint = None, as_json: Json = False) -> None:
    """The exercises: list them, read one, check a file, start your own."""
    from smartcli.pages.catalog import catalog_page
    from smartcli.trouble import say
    from smartcli.workbook.filters import Filters
    from smartcli.workbook.terminal import show
    from smartcli.workbook.workbook import Workbook

    if context.invoked_subcommand:
        return
    workbook = Workbook()
    wanted = Filters(point=point).named_point()
    listed = [exercise for exercise in workbook.catalog if wanted in (None, exercise.point)]
    if as_json:
        typer.echo(json.dumps([_row(one, workbook.done.get(one.id, ())) for one in listed]))
    else:
        show(catalog_page(listed, workbook.done))
    for broken in workbook.catalog.broken:
        say(f"{broken.name} was left out: {broken.reasons[0]}")


def _row(exercise: "Exercise", done: "Sequence[date]") -> dict[str, Any]:
    return {
        "id": exercise.id,
        "title": exercise.title,
        "point": exercise.point,
        "version": exercise.version,
        "minutes": exercise.minutes,
        "purpose": exercise.purpose,
        "aliases": [*exercise.aliases],
        "origin": exercise.origin,
        "times": len(done),
        "last": done[0].isoformat() if done else None,
    }


@app.command("show")
def show_one(exercise: Annotated[str, typer.Argument(help=EXERCISE)], as_json: Json = False) -> None:
    """Read an exercise without doing it."""
    from smartcli.pages.catalog import exercise_page
    from smartcli.workbook.terminal import show
    from smartcli.workbook.workbook import Workbook

    found = Workbook().catalog.find(exercise)
    if as_json:
        typer.echo(json.dumps(found.definition()))
    else:
        show(exercise_page(found))


@app.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(metavar="[FILE...]", help="None: all there are.")] = None,
) -> None:
    """Say what is wrong in exercise files, each with its line; nothing is changed."""
    from smartcli.trouble import Trouble
    from smartcli.words import count
    from smartcli.workbook.workbook import Workbook

    catalog = Workbook().catalog
    problems = [told for file in files for told in catalog.check_file(file)] if files else catalog.check()
    if problems:
        raise Trouble("\n".join(problems), hint=f"{count(len(problems), 'problem')}.")
    typer.echo(f"All well: {count(len(files) if files else len([*catalog]), 'exercise')} checked.")


@app.command()
def new(name: Annotated[str, typer.Argument(metavar="ID", help="Lower-case letters, digits and -.")]) -> None:
    """Start an exercise of your own from a commented file."""
    from smartcli.journal.disk_errors import disk_errors_as_trouble
    from smartcli.journal.export_target import write_file
    from smartcli.journal.files import Folder
    from smartcli.trouble import Trouble, say
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", name):
        raise Trouble("An id is made of lower-case letters, digits and -.", hint="For example: sunday-look-back")
    if workbook.catalog.get(name):
        raise Trouble("There is an exercise with that id already.", hint="Give yours another name.")
    with disk_errors_as_trouble("Nothing was written"):
        Folder(workbook.catalog.own, create=True).close()
    text = (workbook.catalog.folder / "starter.toml").read_text(encoding="utf-8")
    text = text.replace("my-exercise", name).replace("My exercise", name.replace("-", " ").capitalize())
    path = workbook.catalog.own / f"{name}.toml"
    write_file(path, [text])
    typer.echo(path)
    say(f"Open that file in any editor, then: smartcli do {name}")
