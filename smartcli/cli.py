"""Every command, and the panel of the help it stands in."""

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
from typer._click.exceptions import UsageError
from typer.main import get_command

from smartcli import __version__, trouble
from smartcli.commands.base import Command, Group, no_such_command, tell_cautions
from smartcli.commands.completion import InstallCompletion, ShowCompletion, exercise_names, prepare
from smartcli.commands.options import Color, Home, NoColor, NoPager, PassphraseFd, Plain, take_passphrase
from smartcli.language import N_, _
from smartcli.notice import NOTICE
from smartcli.words import folded

EVERY_DAY, POINTS, LOOK_BACK = N_("Every day"), N_("The four points"), N_("Look back")
SHARE, SAFE = N_("Share"), N_("Keep safe")

# The modules of the commands, by their panels. Each holds a function of its name, or an `app` with commands of its own.
PANELS: dict[str, tuple[str, ...]] = {
    EVERY_DAY: ("checkin", "urge", "lapse", "support"),
    POINTS: ("programme", "do", "resume", "later", "start", "exercises", "drafts"),
    LOOK_BACK: ("review", "search", "show", "compare", "insights", "edit", "delete", "restore", "history", "purge"),
    SHARE: ("export", "print_", "plan", "share", "record", "import_"),
    SAFE: ("lock", "unlock", "backup", "where", "doctor", "settings", "remind", "due", "help_"),
}


class Commands(Mapping[str, Any]):
    """The commands by their names. Each is made when it is first asked for: all of them take longer than most runs."""

    def __init__(self) -> None:
        self._places = {module.rstrip("_"): (module, panel) for panel, modules in PANELS.items() for module in modules}
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = _make(name, *self._places[name])
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def _make(name: str, module: str, panel: str) -> Any:
    """Return a command, made by typer from the function in its module, or from the `app` there."""
    found = import_module(f"smartcli.commands.{module}")
    alone = typer.Typer(add_completion=False)
    alone.callback()(lambda: None)
    if hasattr(found, "app"):
        alone.add_typer(found.app, name=name, rich_help_panel=_(panel))
    else:
        alone.command(name, cls=Command, rich_help_panel=_(panel))(getattr(found, module))
    group: Any = get_command(alone)
    return group.commands[name]


class Kindly(Group):
    """The command group that tells what goes wrong, before typer would tell it in its own way."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands: Any = Commands()

    def main(self, *args: Any, **options: Any) -> Any:
        """Run the program through the door: what is still to be written when typer has ended goes out here."""
        with trouble.door():
            prepare(self)
            return super().main(*args, **options)

    def make_context(self, *args: Any, **options: Any) -> Any:
        """Read the command line through the door, --help and --version too: typer ends a closed pipe with 1."""
        with trouble.door():
            return super().make_context(*args, **options)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Return what TAB offers for the first word: commands, and exercises once a letter is typed."""
        offered = list(super().shell_complete(ctx, incomplete))
        if incomplete and not incomplete.startswith("-"):
            known = {item.value for item in offered}
            offered += [item for item in exercise_names(incomplete) if item.value not in known]
        return offered

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command of the next word; while TAB is pressed, `do` for the name of an exercise."""
        if ctx.resilient_parsing and folded(args[0]) not in self.commands:
            name = folded(args[0])
            if name in {item.value for item in exercise_names(name)}:
                return "do", self.commands["do"], [*args]
        return super().resolve_command(ctx, args)

    def resolve_other_word(self, ctx: Any, args: Sequence[str]) -> Any:
        """Return `do` where the words before the options name an exercise; raises Trouble with a guess where not."""
        from smartcli.commands.other_words import guess, is_exercise, leading_words

        if args[0].startswith("-"):  # after "--", where nothing is an option: no name begins so
            raise no_such_command(ctx, [])
        command: Any = self.commands["do"]
        try:  # for --home, which may stand behind the name, and for the words alone
            typed = command.take_global_options(typer.Context(command, info_name=command.name, parent=ctx), args)
            words = typed["exercise"]
        except UsageError:
            words = leading_words(args)
        if is_exercise(" ".join(words or ())):
            return command.name, command, [*args]
        raise no_such_command(ctx, [f"{ctx.command_path} {line}".strip() for line in guess(args[0], self.commands)])

    def invoke(self, ctx: Any) -> Any:
        """Run a command through the door: further out, typer would answer Ctrl-C with "Aborted"."""
        with trouble.door():
            try:
                return super().invoke(ctx)
            finally:
                if ctx.invoked_subcommand != "support":  # which needs no place at all
                    tell_cautions()


app = typer.Typer(
    cls=Kindly,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="\n\n".join(
        (
            _(
                "Are you in danger now? `smartcli support` shows numbers to call. "
                "You can do any exercise at any time, in any order."
            ),
            _(
                "--home, --plain, --color, --no-pager and --passphrase-fd can stand anywhere on the line. After -- "
                "nothing is an option."
            ),
            _(
                "Exit codes: 0 done. 1 a mistake in smartcli itself. 2 something was typed wrong. 3 something could "
                "not be saved or read; nothing is lost. 4 something needs your attention. 5 the journal is locked, and "
                "was not opened. 130 stopped; you can go on later."
            ),
        )
    ),
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"smartcli {__version__}\n{_(NOTICE)}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def smartcli(
    context: typer.Context,
    home: Home = None,
    plain: Plain = False,
    color: Color = None,
    no_color: NoColor = False,
    no_pager: NoPager = False,
    passphrase_fd: PassphraseFd = None,
    install_completion: InstallCompletion = None,
    show_completion: ShowCompletion = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=_("Show the version."))
    ] = False,
) -> None:
    """A private, offline workbook for changing an addictive behaviour. Type `smartcli` alone to see today."""
    # The options were taken by callbacks of their own.
    if context.invoked_subcommand is None:
        from smartcli.commands.today import today

        take_passphrase()
        today()
