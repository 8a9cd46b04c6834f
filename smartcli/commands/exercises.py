"""The catalogue: list it, read an exercise, check a file, start one of your own."""

from pathlib import Path
from typing import Annotated

import typer

from smartcli.commands.base import Command, Group
from smartcli.commands.options import EXERCISE, Json, OfPoint
from smartcli.language import _, ngettext
from smartcli.words import json_text, visible

app = typer.Typer(cls=Group)


@app.callback(invoke_without_command=True)
def exercises(context: typer.Context, point: OfPoint = None, as_json: Json = False) -> None:
    """List all exercises. You can also read one, or write your own."""
    from smartcli.pages.catalog import catalog_page
    from smartcli.trouble import say
    from smartcli.workbook.filters import Filters
    from smartcli.workbook.terminal import show
    from smartcli.workbook.workbook import Workbook

    if context.invoked_subcommand:
        return
    workbook = Workbook()
    wanted = Filters(point=point).named_point()
    listed = [exercise for exercise in workbook.catalog.heads() if wanted in (None, exercise.point)]
    if as_json:
        from smartcli.exchange.as_json import exercise_row

        is_known = not workbook.is_closed
        rows = [exercise_row(one, workbook.done.get(one.id, ()) if is_known else None) for one in listed]
        typer.echo(json_text(rows))
    else:
        show(catalog_page(listed, workbook.done))
    for broken in workbook.catalog.broken:
        say(_("{file} was left out: {reason}", file=broken.name, reason=broken.reasons[0]))


@app.command("show", cls=Command)
def show_one(exercise: Annotated[str, typer.Argument(help=EXERCISE)], as_json: Json = False) -> None:
    """Read an exercise without doing it."""
    from smartcli.pages.catalog import exercise_page
    from smartcli.workbook.terminal import show
    from smartcli.workbook.workbook import Workbook

    found = Workbook().catalog.find(exercise)
    if as_json:
        typer.echo(json_text(found.definition()))
    else:
        show(exercise_page(found))


@app.command(cls=Command)
def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE...]", readable=False, help=_("Leave it out to check all exercises.")),
    ] = None,
) -> None:
    """Check exercise files for mistakes. It names each line and changes nothing."""
    from smartcli.trouble import Trouble, say
    from smartcli.workbook.exercise_check import find_advice, find_problems
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    problems = find_problems(workbook, files or [])
    if problems:
        found = ngettext("{number} problem found.", "{number} problems found.", len(problems))
        raise Trouble("\n".join(problems), hint=found)
    advice = find_advice(workbook, files or [])
    if advice:
        say(_("Only advice, about the words:"), *advice)
    checked = len(files) if files else len([*workbook.catalog])
    typer.echo(ngettext("{number} exercise checked, no problems.", "{number} exercises checked, no problems.", checked))


@app.command(cls=Command)
def new(name: Annotated[str, typer.Argument(metavar="ID", help=_("Lower-case letters, digits and -."))]) -> None:
    """Start an exercise of your own. It writes a file with comments that help you."""
    from smartcli.trouble import say
    from smartcli.workbook.own_exercise import begin_exercise
    from smartcli.workbook.workbook import Workbook

    typer.echo(visible(str(begin_exercise(Workbook(), name))))
    say(_("Open that file in any text editor, then try it: smartcli do {name}", name=name))
