"""Colour in pipes: only where it is asked for; without that, what is piped is what it always was."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from smartcli import theme
from smartcli.theme import ColorWhen
from tests.support.made import record
from tests.terminal.driver import run

ESCAPE = "\x1b["
PAGES = [
    ["insights"],
    ["show", "last"],
    ["review"],
    ["support"],
    ["exercises"],
    ["plan"],
    ["programme"],
    ["history", "last"],
    [],
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    for mood in (3, 5, 7):
        record(folder, "check-in", {"mood": mood, "urges": False})
    return folder


def piped(home: Path, *words: str, **environment: str) -> str:
    cleared = {"NO_COLOR": "", "TERM": "xterm-256color", "COLUMNS": "80", "TZ": "UTC"}
    done = run(home, *words, **{**cleared, **environment})
    assert done.returncode == 0, done.stderr
    return done.stdout


# What leaves colour to the terminal, which a pipe is not: words before the command, and the environment.
_LEFT_TO_THE_TERMINAL: list[tuple[list[str], dict[str, str]]] = [
    ([], {}),
    ([], {"NO_COLOR": "1"}),
    ([], {"CLICOLOR": "1"}),
    ([], {"CLICOLOR": "0"}),
    ([], {"FORCE_COLOR": "0"}),
    ([], {"TERM": "dumb"}),
    ([], {"COLORTERM": "truecolor"}),
    ([], {"NO_COLOR": "1", "FORCE_COLOR": "1"}),
    ([], {"TERM": "dumb", "FORCE_COLOR": "1"}),
    (["--color", "auto"], {}),
    (["--color", "never"], {}),
    (["--color", "never"], {"FORCE_COLOR": "1"}),
]


@pytest.mark.parametrize(("options", "environment"), _LEFT_TO_THE_TERMINAL)
def test_a_pipe_is_the_same_whatever_leaves_colour_to_the_terminal(
    home: Path, options: list[str], environment: dict[str, str]
) -> None:
    assert piped(home, *options, "insights", **environment) == piped(home, "--plain", "insights")


@pytest.mark.parametrize("words", PAGES, ids="-".join)
def test_a_page_in_a_pipe_is_the_plain_one(home: Path, words: list[str]) -> None:
    plain = piped(home, "--plain", *words)
    assert ESCAPE not in plain
    assert piped(home, *words) == plain


def test_a_pipe_has_colour_where_it_is_asked_for(home: Path) -> None:
    coloured = piped(home, "--color", "always", "insights")
    assert ESCAPE + "1m" in coloured
    assert ESCAPE + "38;5;" in coloured
    for environment in ({"FORCE_COLOR": "1"}, {"CLICOLOR_FORCE": "1"}):
        assert piped(home, "insights", **environment) == coloured
    for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}, {"CLICOLOR": "0"}, {"TERM": "linux"}):
        assert piped(home, "--color", "always", "insights", **environment) == coloured


def test_plain_mode_has_no_colour_whoever_asks(home: Path) -> None:
    plain = piped(home, "--plain", "insights")
    assert piped(home, "--plain", "--color", "always", "insights") == plain
    assert piped(home, "insights", SMARTCLI_PLAIN="1", FORCE_COLOR="1") == plain


def test_data_has_no_colour_whoever_asks(home: Path) -> None:
    for words in (["insights", "--json"], ["review", "--json"], ["export", "--as", "md", "--output", "-"]):
        assert piped(home, "--color", "always", *words) == piped(home, *words)


def test_a_theme_of_none_and_no_color_look_the_same(home: Path) -> None:
    coloured = piped(home, "--color", "always", "insights")
    (home / "config.toml").write_text('theme = "none"\n')
    without = piped(home, "--color", "always", "insights")
    assert ESCAPE + "38;" not in without
    assert ESCAPE + "1m" in without
    (home / "config.toml").write_text('theme = "dark"\n')
    dark = piped(home, "--color", "always", "insights")
    assert len({coloured, without, dark}) == 3


@pytest.mark.parametrize("columns", [20, 30, 40, 100])
def test_a_coloured_pipe_is_as_wide_as_columns_says(home: Path, columns: int) -> None:
    coloured = piped(home, "--color", "always", "insights", COLUMNS=str(columns))
    widths = [len(line) for line in re.sub(r"\x1b\[[\d;]*m", "", coloured).splitlines()]
    assert max(widths) <= columns


def test_another_word_than_the_three_is_told(run: Callable) -> None:
    done = run("--color", "sometimes", "insights")
    assert done.exit_code == 2
    assert "always" in done.stderr
    assert "sometimes" not in done.stderr


def test_what_one_run_was_told_is_not_left_for_the_next(run: Callable) -> None:
    run("--color", "always", "insights")
    run("insights")
    assert theme._when is ColorWhen.AUTO


@pytest.mark.parametrize("words", [["--help"], ["insights", "--help"], ["exercises", "--help"]])
@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are a POSIX matter")
def test_help_is_bold_and_has_no_colour(home: Path, words: list[str]) -> None:
    coloured = piped(home, "--color", "always", *words)
    assert ESCAPE + "1m" in coloured
    assert not [code for code in ("3", "9") for digit in range(8) if f"{ESCAPE}{code}{digit}m" in coloured]
    assert ESCAPE not in piped(home, *words)
