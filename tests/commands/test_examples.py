"""The help of every command begins with examples, and each can be typed as it stands."""

import shlex
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.main import get_command

from smartcli.cli import app
from smartcli.commands.examples import EXAMPLES
from smartcli.content.catalog import Catalog
from smartcli.trouble import Trouble
from smartcli.words import folded
from tests.commands.test_output import all_commands
from tests.conftest import Run

LINES = [(command, line) for command, examples in EXAMPLES.items() for line, _says in examples]


def test_every_command_has_examples_and_nothing_else_has() -> None:
    assert set(EXAMPLES) == set(all_commands())


@pytest.mark.parametrize("command", EXAMPLES)
@pytest.mark.parametrize("plain", [[], ["--plain"]], ids=["boxes", "plain"])
@pytest.mark.parametrize("columns", ["40", "80"])
def test_they_come_before_any_option_and_are_never_broken(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: str, plain: list[str], columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    shown = run(*command.split(), "--help", *plain).stdout
    assert "For example:" in shown
    options = shown.index("--help")
    for line, _says in EXAMPLES[command]:
        words = " ".join(line.split())
        assert " ".join(shown.split()).find(words) >= 0
        assert shown.find(line.split(" --")[0][:20]) < options


@pytest.mark.parametrize(("command", "line"), LINES, ids=[line for _command, line in LINES])
def test_a_line_can_be_typed_and_is_of_its_command(command: str, line: str) -> None:
    name, *words = shlex.split(line.partition(" < ")[0])
    assert name == "smartcli"
    assert " ".join(words).startswith(command)
    at: Any = get_command(app)
    context = typer.Context(at, info_name=name)
    while words and words[0] in getattr(at, "commands", {}):
        at = at.commands[words.pop(0)]
        context = typer.Context(at, info_name=at.name, parent=context)
    try:
        at.parse_args(context, words)  # an option or a value that is not there raises Trouble
    except Trouble as trouble:
        pytest.fail(trouble.sentence)


def test_the_exercises_in_them_are_there() -> None:
    names = {folded(name) for one in Catalog(Path("/nowhere")) for name in (one.id, *one.aliases)}
    for _command, line in LINES:
        words = line.split()[1:]
        if (
            words[:1] in (["do"], ["compare"], ["print"], ["record"])
            and len(words) > 1
            and not words[1].startswith("-")
        ):
            name = " ".join(words[1:]).partition(" -")[0].partition(" <")[0]
            assert folded(name) in names, line


def test_exit_codes_and_where_options_stand_are_in_the_main_help(run: Run) -> None:
    shown = " ".join(run("--help").stdout.split())
    for code in ("0", "1", "2", "3", "4", "130"):
        assert f"{code} " in shown.partition("Exit codes:")[2]
    assert "anywhere on the line" in shown
