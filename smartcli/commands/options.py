"""Options that several commands share."""

import functools
import inspect
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from smartcli import places
from smartcli.language import _
from smartcli.theme import ColorWhen, choose_color

About = Annotated[
    str | None,
    typer.Option(
        "--about",
        metavar="NAME",
        help=_("The behaviour this is about. Use the name you gave to the behaviour. Your shell remembers it."),
    ),
]
When = Annotated[
    str | None,
    typer.Option(
        "--when",
        metavar="W",
        help=_('When this happened, for example "yesterday 9pm", "2 hours ago" or 2026-11-22T21:00.'),
    ),
]
Quick = Annotated[bool, typer.Option("--quick", help=_("Use the quick version, if there is one."))]
Json = Annotated[bool, typer.Option("--json", help=_("Write JSON for other programs. Keys are only ever added."))]
Yes = Annotated[bool, typer.Option("--yes", help=_("Do this without asking me first."))]
EXERCISE = _("The exercise's id, or another name it has.")
ID = _("The entry's id, or its first four characters or more. `last` is the entry you saved last.")
ID_OR_LIST = _(
    "The entry's id, or its first four characters or more. `last` is the entry you saved last. "
    "If you leave this out, you choose from your entries."
)

OfExercise = Annotated[
    str | None,
    typer.Option("--exercise", metavar="EXERCISE", help=_("Only entries of this exercise.")),
]
OfPoint = Annotated[
    str | None,
    typer.Option("--point", metavar="P", help=_("Only what belongs to this point.")),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since", metavar="W", help=_('From this day or period on, for example "last month", 2026-11 or yesterday.')
    ),
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="W", help=_("Up to this day or period, which is included."))
]
Last = Annotated[int | None, typer.Option("--last", "-n", metavar="N", min=1, help=_("Only the newest N entries."))]
Deleted = Annotated[bool, typer.Option("--deleted", help=_("Show hidden entries too."))]


def _choose_home(context: typer.Context, home: Path | None) -> None:
    if home is not None or context.parent is None:
        places.choose(home)


def _choose_plain(context: typer.Context, is_wanted: bool) -> None:
    from smartcli.workbook import terminal

    if is_wanted or context.parent is None:
        terminal.plain_is_chosen = is_wanted


def _choose_color(context: typer.Context, when: ColorWhen | None) -> None:
    is_first = context.parent is None and not context.params.get("no_color")  # which is done before, where it is typed
    if when is not None or is_first:
        choose_color(when or ColorWhen.AUTO)


def _choose_no_color(context: typer.Context, is_wanted: bool) -> bool:
    if is_wanted:
        _choose_color(context, ColorWhen.NEVER)
    return is_wanted


def _choose_printing(context: typer.Context, is_wanted: bool) -> None:
    from smartcli.workbook import terminal

    if is_wanted or context.parent is None:
        terminal.prints_pages = is_wanted


# The options of the whole program (`base.GLOBAL_OPTIONS`). Each is done by its callback: after a command only where it
# was typed there, so that what was typed before the command stays.
Home = Annotated[
    Path | None,
    typer.Option(
        "--home",
        metavar="DIR",
        readable=False,  # support needs no place, and who opens one tells what is wrong with it
        callback=_choose_home,
        help=_("Save everything in the folder DIR. You can also set SMARTCLI_HOME to that folder."),
    ),
]
Plain = Annotated[
    bool,
    typer.Option(
        "--plain",
        callback=_choose_plain,
        help=_("Plain text, one question at a time, for screen readers and for pipes."),
    ),
]
Color = Annotated[
    ColorWhen | None,
    typer.Option(
        "--color",
        callback=_choose_color,
        help=_(
            "Use colours: always (in a pipe too), never (or type --no-color), or auto, which is at a terminal only."
        ),
    ),
]
# What other programs call `--color never`; not in the help, which has it once.
NoColor = Annotated[
    bool, typer.Option("--no-color", callback=_choose_no_color, hidden=True, help=_("Never use colours."))
]
NoPager = Annotated[
    bool,
    typer.Option(
        "--no-pager",
        callback=_choose_printing,
        help=_("Print long pages. Without this, they open on a screen where you can scroll."),
    ),
]


_passphrase_fd: int | None = None  # until the passphrase is read from it


def _choose_passphrase_fd(number: int | None) -> None:
    global _passphrase_fd
    if number is not None:  # read only once all is understood: this is called twice where it stands first
        _passphrase_fd = number


def take_passphrase() -> None:
    """Read the passphrase from the file that the command line names, if it does; raises Trouble (2)."""
    global _passphrase_fd
    number, _passphrase_fd = _passphrase_fd, None
    if number is not None:
        from smartcli.workbook import unlocking

        unlocking.take_passphrase(number)


PassphraseFd = Annotated[
    int | None,
    typer.Option(
        "--passphrase-fd",
        metavar="N",
        min=0,
        callback=_choose_passphrase_fd,
        help=_("For scripts: read the passphrase of a locked journal from the open file N, one line. 0 is the input."),
    ),
]

_FILTERS = {
    "exercise": OfExercise,
    "point": OfPoint,
    "about": About,
    "since": Since,
    "until": Until,
    "last": Last,
    "deleted": Deleted,
}


def with_filters(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the seven options that choose entries; it gets them together, as `filters`.

    typer makes options of a function's parameters. So the function handed to typer has the seven in the
    place of `filters`, and makes the Filters of them that the command takes.
    """

    @functools.wraps(command)
    def run(**given: Any) -> None:
        from smartcli.workbook.filters import Filters

        chosen = {name: given.pop(name) for name in _FILTERS}
        if chosen["last"]:
            chosen["last"] = min(chosen["last"], sys.maxsize)  # more, no sequence of Python can have
        command(filters=Filters(**chosen), **given)

    parameters: list[inspect.Parameter] = []
    for parameter in inspect.signature(command).parameters.values():
        if parameter.name == "filters":
            parameters += [_parameter(name, option) for name, option in _FILTERS.items()]
        else:
            parameters.append(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY))
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run


def _parameter(name: str, option: Any) -> inspect.Parameter:
    default = False if option is Deleted else None
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=option, default=default)
