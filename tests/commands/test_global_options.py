"""The options of the whole program are taken anywhere on the line, and a value is never taken for one of them."""

import json
from collections.abc import Iterator
from pathlib import Path

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
    for line in places_in(words, ["--color", "never"]):
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
