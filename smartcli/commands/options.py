"""Options that several commands share."""

from typing import Annotated

import typer

About = Annotated[str | None, typer.Option("--about", metavar="NAME", help="Which behaviour, by your name for it.")]
When = Annotated[
    str | None,
    typer.Option("--when", metavar="W", help='When it was: "yesterday 9pm", "2 hours ago", 2026-11-22T21:00.'),
]
Quick = Annotated[bool, typer.Option("--quick", help="The quick version, where there is one.")]
Json = Annotated[bool, typer.Option("--json", help="As JSON, for programs; keys are only ever added.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
EXERCISE = "Its id or any other name it has."
ID = "The entry's id, or four or more of its first characters; `last` is the one saved last."

OfExercise = Annotated[str | None, typer.Option("--exercise", metavar="EXERCISE", help="Only this exercise.")]
OfPoint = Annotated[str | None, typer.Option("--point", metavar="P", help="Only this point.")]
Since = Annotated[str | None, typer.Option("--since", metavar="W", help="From this day on.")]
Until = Annotated[str | None, typer.Option("--until", metavar="W", help="Up to this day, and all of it.")]
Last = Annotated[int | None, typer.Option("--last", metavar="N", min=1, help="Only the newest N.")]
Deleted = Annotated[bool, typer.Option("--deleted", help="Deleted ones too.")]
