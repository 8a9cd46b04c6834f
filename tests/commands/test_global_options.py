"""The options of the whole program are taken anywhere on the line, and a value is never taken for one of them."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from smartcli import theme
from smartcli.cli import app
from smartcli.content.catalog import Catalog
from smartcli.theme import ColorWhen
from smartcli.workbook import terminal
from tests.conftest import Run

COMMANDS = sorted(getattr(get_command(app), "commands", {}))


def places_in(words: list[str], option: list[str]) -> Iterator[list[str]]:
    """Yield a command line with an option in each place where one can stand."""
    for place in range(len(words) + 1):
        yield [*words[:place], *option, *words[place:]]


@pytest.mark.parametrize("words", [["where", "--json"], ["exercises", "check"], ["drafts", "--json"]], ids=" ".join)
def test_each_option_is_taken_anywhere(run: Run, tiny: Catalog, tmp_path: Path, words: list[str]) -> None:
    other = tmp_path / "other"
    for line in places_in(words, ["--home", str(other)]):
        terminal.plain_is_chosen = terminal.prints_pages = False
        done = run(*line)
        assert done.exit_code == 0, (line, done.stderr)
        if "where" in line:
            assert {Path(place["path"]).is_relative_to(other) for place in json.loads(done.stdout)["places"]} == {True}
    for line in places_in(words, ["--plain"]):
        assert run(*line).exit_code == 0
        assert terminal.plain_is_chosen, line
    for line in places_in(words, ["--no-pager"]):
        assert run(*line).exit_code == 0
        assert terminal.prints_pages, line
    for never in (["--color", "never"], ["--no-color"]):
        for line in places_in(words, never):
            assert run(*line).exit_code == 0
            assert theme._when is ColorWhen.NEVER, line


def test_what_stands_before_a_command_stays_where_nothing_stands_after_it(run: Run, tiny: Catalog) -> None:
    assert run("--plain", "--no-pager", "--color", "always", "exercises", "show", "small").exit_code == 0
    assert terminal.plain_is_chosen
    assert terminal.prints_pages
    assert theme._when is ColorWhen.ALWAYS


def test_none_of_it_is_left_for_the_next_run(run: Run, tiny: Catalog) -> None:
    run("exercises", "--plain", "--no-pager", "--color", "always")
    run("exercises")
    assert not terminal.plain_is_chosen
    assert not terminal.prints_pages
    assert theme._when is ColorWhen.AUTO


@pytest.mark.parametrize(
    "words", [["search", "--", "--plain"], ["review", "--about", "--plain"], ["do", "--", "--plain"], ["--", "--plain"]]
)
def test_a_value_is_never_taken_for_an_option(run: Run, tiny: Catalog, words: list[str]) -> None:
    done = run(*words)
    assert "no option" not in done.stderr
    assert not terminal.plain_is_chosen


@pytest.mark.parametrize("command", COMMANDS)
def test_an_option_before_its_command_is_told_where_to_stand(run: Run, command: str) -> None:
    inner = getattr(get_command(app), "commands", {})[command]
    own = [option for option in inner.params if option.param_type_name == "option" and option.opts != ["--version"]]
    for name in (option.opts[0] for option in own):
        done = run(name, *[command] * 2)  # the second stands for a value
        assert (done.exit_code, done.stdout) == (2, "")
        assert f" {command} {name}`" in " ".join(done.stderr.split()), name


@pytest.mark.parametrize("words", [["--help", "--plain"], ["review", "--help", "--plain"], ["review", "-h", "--plain"]])
def test_help_looks_as_the_options_behind_it_want_it(run: Run, words: list[str]) -> None:
    assert "─" in run(*words[:-1]).stdout
    assert "─" not in run(*words).stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_takes_them_and_refuses_a_wrong_value_in_our_words(run: Run, command: str) -> None:
    done = run(command, "--color", "sometimes")
    assert done.exit_code == 2
    assert done.stderr.splitlines()[0] == "--color has to be auto, always or never."
    assert run(command, "--plain", "--no-pager", "--help").exit_code == 0


# The short flags that people know from other programs: each everywhere that its long one is.
SHORT = {"--last": "-n", "--output": "-o", "--force": "-f", "--help": "-h"}


@pytest.mark.parametrize("command", COMMANDS)
def test_short_flags_are_the_same_everywhere(command: str) -> None:
    for option in get_command(app).commands[command].params:  # type: ignore[attr-defined]
        if option.param_type_name == "option":
            assert [name for name in option.opts if not name.startswith("--")] == [
                SHORT[name] for name in option.opts if name in SHORT
            ]


def test_a_short_flag_does_what_its_long_one_does(run: Run, tiny: Catalog, tmp_path: Path) -> None:
    for _ in range(3):
        run("record", "small", typed='{"what": "x"}')
    assert run("review", "-n", "2", "--json").stdout == run("review", "--last", "2", "--json").stdout
    assert len(json.loads(run("review", "-n2", "--json").stdout)) == 2
    target = tmp_path / "out.json"
    assert run("export", "-o", str(target), "-n", "1").exit_code == 0
    assert run("export", "-o", str(target), "-n", "1").exit_code == 2
    assert run("export", "-fo", str(target), "-n", "3").exit_code == 0
    assert len(json.loads(target.read_text())["entries"]) == 3


def _all_commands() -> Iterator[tuple[list[str], Any]]:
    """Yield each command, those of groups too, with the words that name it; first the program itself."""
    waiting = [([], get_command(app))]
    while waiting:
        words, command = waiting.pop()
        yield words, command
        waiting += [([*words, name], inner) for name, inner in getattr(command, "commands", {}).items()]


EMPTY = [
    [*words, option.opts[0], empty]
    for words, command in _all_commands()
    for option in command.params
    for empty in ("", " \t")
    if option.param_type_name == "option" and not option.is_flag and option.name != "say"
]
EMPTY += [[*words, ""] for words in (["import"], ["import", "a"], ["backup"], ["exercises", "check"])]
EMPTY += [["review", "--home", ""], ["review", "--last="], ["review", "--home="], ["export", "--output="]]


@pytest.mark.parametrize("words", EMPTY, ids=" ".join)
def test_a_variable_that_is_not_set_is_no_value_and_least_of_all_the_folder_one_is_in(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    (here / "2026-11-01.md").write_text("Of somebody else.")
    monkeypatch.chdir(here)
    line = words if words[:1] != ["--home"] else [*words, "where"]
    done = run(*line, typed='{"mood": 3}')
    assert (done.exit_code, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) in (1, 2, 3)
    assert "--help" in done.stderr or "has to be" in done.stderr
    assert [path.name for path in here.iterdir()] == ["2026-11-01.md"]
    assert not home.exists()


NUMBERS = [
    [*words, *option.opts[:1]] if option.param_type_name == "option" else words
    for words, command in _all_commands()
    for option in command.params
    if "int" in option.type.name
]


@pytest.mark.parametrize(
    "number", ["0", "-1", "99999999999999999999", "9" * 5000, "1.5", "½", "１", "1_0", "0x1", "nan"]
)
@pytest.mark.parametrize("words", NUMBERS, ids=" ".join)
def test_any_number_is_taken_or_told(run: Run, tiny: Catalog, words: list[str], number: str) -> None:
    more = {"search": ["x"], "print": ["small"], "show": ["last"], "restore": ["last"]}.get(words[0], [])
    line = [words[0], *more, *words[1:], *(["--"] if len(words) == 1 else []), number]
    done = run(*line)
    assert done.exit_code in (0, 2, 4, 130), done.stderr
    assert done.exit_code != 2 or len(done.stderr.splitlines()) in (1, 2, 3)
    assert len(number) < 3 or number not in done.stderr


OPENS_NOTHING = {"support", "help"}  # and so need no place


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="NOT RUN: no permissions of this kind here")
@pytest.mark.parametrize(
    "command", [words for words, command in _all_commands() if not hasattr(command, "commands")], ids=" ".join
)
def test_a_place_that_is_closed_to_us_is_told_as_that_and_closes_no_support(
    run: Run, tiny: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    for option in next(found for words, found in _all_commands() if words == command).params:
        assert option.type.name != "path" or not option.type.readable, "typer would tell it in its own way"
    closed = tmp_path / "closed"
    closed.mkdir()
    monkeypatch.setattr(os, "access", lambda *_, **__: False)  # which is all that typer asks; root may read anything
    done = run(*command, "--home", str(closed), typed="")
    assert "has to be" not in done.stderr
    assert command[0] not in OPENS_NOTHING or done.exit_code == 0
