"""The classes of all commands: help in the person's language, and usage errors as sentences of our own."""

import copy
import os
import shutil
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Any

from typer._click import exceptions  # typer brings its own click, and names few of its errors in public
from typer._click.core import Command as ClickCommand
from typer._click.types import IntRange
from typer.core import HAS_RICH, TyperCommand, TyperGroup

from smartcli.commands.options import take_passphrase
from smartcli.language import _
from smartcli.theme import wants_colour
from smartcli.trouble import DONE, Trouble
from smartcli.words import either, folded, near

GLOBAL_OPTIONS = (
    "--home",
    "--plain",
    "--color",
    "--no-color",
    "--no-pager",
    "--passphrase-fd",
)  # of the whole program: they may stand after a command too

_MAY_BE_EMPTY = {"say"}  # options: the words of the reminder are taken away by none
_PADDING = 4  # columns around the text of the help
_SEARCH = "search"  # the command that takes any word
TYPING_ERROR = 0.7  # how like a command a word has to be: with `words.NEAR` "undo" is "do", and "stats" is "start"

_HELP_STYLES = {
    "STYLE_OPTION": "bold",
    "STYLE_SWITCH": "bold",
    "STYLE_TYPES": "",
    "STYLE_USAGE": "bold",
    "STYLE_HELPTEXT": "",
    "STYLE_REQUIRED_SHORT": "bold",
    "STYLE_REQUIRED_LONG": "bold",
    "STYLE_OPTION_DEFAULT": "",
    "STYLE_COMMANDS_TABLE_FIRST_COLUMN": "bold",
}  # rich's styles, by typer's names


class _Spoken:
    """What commands and groups share. Typer takes their help from docstrings: it passes the door here."""

    help: str | None

    def __init__(self, *, help: str | None = None, **attributes: Any) -> None:  # noqa: A002  typer's name
        super().__init__(help=_(help) if help else "", **attributes)  # type: ignore[call-arg]
        self._global_options: list[Any] | None = None

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the parameters of a command; below the top the options of the whole program are among them.

        Click's own parser then finds these anywhere on the line, and never takes a value for an option.
        """
        own: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        if ctx.parent is None:
            return own
        if self._global_options is None:
            known = [option for option in ctx.find_root().command.params if option.opts[0] in GLOBAL_OPTIONS]
            self._global_options = [copy.copy(option) for option in known]
        for option in self._global_options:
            option.expose_value = False  # its callback does what it says
            option.hidden = not ctx.resilient_parsing  # from the help of each command, which is long; not from TAB
        return [*own, *self._global_options]

    def take_global_options(self, ctx: Any, args: Sequence[str]) -> dict[str, Any]:
        """Do what the options of the whole program say, before --help, whose look they decide.

        Returns the values that were typed, by the names of the parameters. Raises click's UsageError, and Trouble for
        a value that is empty.
        """
        typed, _words, _order = self.make_parser(ctx).parse_args([*args])  # type: ignore[attr-defined]
        _refuse_empty_values(ctx, self.get_params(ctx), typed)
        for option in self.get_params(ctx):
            if option.opts[0] in GLOBAL_OPTIONS and option.name in typed:
                option.handle_parse_result(ctx, typed, [])
        return dict(typed)

    def get_help_option(self, ctx: Any) -> Any:
        """Return the option that shows the help, with its own help translated: typer's is English."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option:
            option.help = _("Show this help.")
        return option

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line, whose first word typer has in English."""
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=_("Usage:") + " ")

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help in bold and plain: typer's yellow and cyan cannot be read on white."""
        described = self.help
        try:
            self._format_with_examples(ctx, formatter)
        except SystemExit:  # rich's answer to `--help | head`: it ends with 1
            raise SystemExit(DONE) from None
        finally:
            self.help = described

    def _format_with_examples(self, ctx: Any, formatter: Any) -> None:
        from smartcli.commands.examples import describe_examples
        from smartcli.workbook.terminal import is_plain

        examples = describe_examples(ctx.command_path.partition(" ")[2], shutil.get_terminal_size().columns - _PADDING)
        if is_plain() or not HAS_RICH:  # without boxes; after a \b click keeps lines as they are
            self.help = f"{self.help}\n\n\b\n{examples}"
            ClickCommand.format_help(self, ctx, formatter)  # type: ignore[arg-type]
            return
        from typer import rich_utils

        self.help = f"{self.help}\n\n{examples}"
        for name, style in _HELP_STYLES.items():
            setattr(rich_utils, name, style)
        rich_utils.FORCE_TERMINAL = wants_colour(os.environ) or None
        super().format_help(ctx, formatter)  # type: ignore[misc]

    def _takes_word_help(self) -> bool:
        """Return whether the word "help" has a meaning of its own here: a command, or a word to look for."""
        return "help" in getattr(self, "commands", ()) or self.name == _SEARCH  # type: ignore[attr-defined]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what was typed after the command; raises Trouble."""
        if args == ["help"] and not self._takes_word_help():
            args = ["--help"]  # as in `smartcli checkin help`
        typed = [*args]  # click takes them out as it reads
        try:
            self.take_global_options(ctx, args)
            return list(super().parse_args(ctx, args))  # type: ignore[misc]
        except exceptions.UsageError as error:
            raise _trouble_from(error, ctx, typed) from None


class Command(_Spoken, TyperCommand):
    """A command."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; a passphrase that a script gives is read first, before the answers that may follow it."""
        take_passphrase()
        return super().invoke(ctx)


class Group(_Spoken, TyperGroup):
    """A command that has commands of its own."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that the next word names, in any case; raises Trouble when there is none."""
        if args[0] not in self.commands:
            name = folded(args[0])
            if name in self.commands:
                args = [name, *args[1:]]
            elif not ctx.resilient_parsing:  # while completing, click wants to hear that there is none
                return self.resolve_other_word(ctx, args)
        return super().resolve_command(ctx, args)

    def resolve_other_word(self, ctx: Any, args: Sequence[str]) -> Any:
        """Raise the Trouble of a word that names no command, with a near miss; the whole program knows more words."""
        close = near(args[0], self.commands, cutoff=TYPING_ERROR)
        raise no_such_command(ctx, [f"{ctx.command_path} {close}"] if close else [])


def no_such_command(ctx: Any, meant: Sequence[str]) -> Trouble:
    """Return the trouble of a word that names no command. `meant`: the command lines that probably were."""
    lines = [f"`{line}`" for line in meant]
    hint = _("Did you mean {commands}?", commands=either(lines)) if lines else _see_help(ctx)
    return Trouble(_("There is no command with that name."), hint=hint)


def tell_cautions() -> None:
    """Say once what cannot be promised at the places where things are."""
    from smartcli.workbook import cautions

    cautions.tell_cautions()


def _trouble_from(error: exceptions.UsageError, ctx: Any, typed: Sequence[str]) -> Trouble:
    """Return the trouble that tells a usage error, without the words that were `typed`."""
    hint = _see_help(ctx)
    match error:
        case exceptions.NoSuchOption():
            command = _command_that_takes(error.option_name, ctx, typed)
            if command:
                hint = _("Please type {option} after the command: {command}", option=error.option_name, command=command)
            elif error.possibilities:
                hint = _("Did you mean {options}?", options=either(sorted(error.possibilities)))
            return Trouble(_("There is no option {option} here.", option=error.option_name), hint=hint)
        case exceptions.BadOptionUsage():
            if _is_flag(ctx, error.option_name):
                return Trouble(
                    _("{option} stands alone. Please type no value after it.", option=error.option_name), hint=hint
                )
            return Trouble(_("Please type a value after {option}.", option=error.option_name), hint=hint)
        case exceptions.MissingParameter():
            wanted = error.param.make_metavar(ctx).strip("{}") if error.param else ""
            sentence = _("`{command}` needs one more word: {wanted}.", command=ctx.command_path, wanted=wanted)
            return Trouble(sentence, hint=hint)
        case exceptions.BadParameter():
            close = _near_value(error.param, typed)
            if close:
                hint = _("Did you mean {options}?", options=close)
            return Trouble(_describe_values(error.param), hint=hint)
        case _other:
            return Trouble(_("You typed more words than `{command}` can use.", command=ctx.command_path), hint=hint)


def _refuse_empty_values(ctx: Any, parameters: Sequence[Any], typed: Mapping[str, Any]) -> None:
    """Raise Trouble for an option or a file that is typed and empty, as a variable of the shell is that is not set.

    An empty path would mean the folder the person is in, an empty filter would leave out nothing or everything.
    """
    for parameter in parameters:
        value = typed.get(parameter.name)
        values = value if isinstance(value, list | tuple) else [value]
        is_empty = any(isinstance(one, str) and not one.strip() for one in values)
        if not is_empty or ctx.resilient_parsing:
            continue
        if parameter.param_type_name == "option" and parameter.name not in _MAY_BE_EMPTY:
            raise Trouble(_("Please type a value after {option}.", option=parameter.opts[0]), hint=_see_help(ctx))
        if "FILE" in (parameter.metavar or ""):
            raise Trouble(_("The name of a file is empty."), safe=_("Nothing was changed."), hint=_see_help(ctx))


def _command_that_takes(option: str, ctx: Any, typed: Sequence[str]) -> str:
    """Return the command line with an option in its place that was typed before its command; "" for none."""
    commands = getattr(ctx.command, "commands", {})
    command = next((commands[word] for word in typed if word in commands), None)
    if command is None or not any(option in parameter.opts for parameter in command.params):
        return ""
    return f"`{ctx.command_path} {command.name} {option}`"


def _see_help(ctx: Any) -> str:
    return _("`{command} --help` shows what you can type.", command=ctx.command_path)


def _is_flag(ctx: Any, option: str) -> bool:
    """Return whether an option takes no value."""
    return any(option in parameter.opts and parameter.is_flag for parameter in ctx.command.params)


def _near_value(parameter: Any, typed: Sequence[str]) -> str | None:
    """Return the value that was probably meant by what was typed after an option; None where nothing is close."""
    choices: Collection[str] = getattr(parameter.type, "choices", ())
    known = [str(choice) for choice in choices]
    name = parameter.opts[0]
    values = [word.removeprefix(f"{name}=") for word in typed if word.startswith(f"{name}=")]
    values += [value for option, value in pairwise(typed) if option == name]
    return next((close for value in values if value not in known and (close := near(value, known))), None)


def _describe_values(parameter: Any) -> str:
    """Return a sentence that says which values an option or an argument takes."""
    name = (parameter.metavar or "").strip("[]") if parameter.param_type_name == "argument" else parameter.opts[0]
    choices: Collection[str] | None = getattr(parameter.type, "choices", None)
    if choices:
        return _("{option} has to be {choices}.", option=name, choices=either(map(str, choices)))
    if "int" not in parameter.type.name:
        return _("{option} can't be used as you typed it.", option=name)
    if not isinstance(parameter.type, IntRange) or parameter.type.min is None:
        return _("{option} has to be a whole number.", option=name)
    low, high = parameter.type.min, parameter.type.max
    if high is None:
        return _("{option} has to be a whole number, {low} or more.", option=name, low=low)
    return _("{option} has to be a whole number from {low} to {high}.", option=name, low=low, high=high)
