"""`idle_minutes`: without a key for so long the screen is empty, and a new process without a word in memory waits."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.driver import OnDisk, Terminal, home_with_sitting
from tests.terminal.idling import Run

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are a POSIX matter")

ENTER, CTRL_C = "\r", "\x03"
LIMIT = 600  # seconds: the ten minutes of the settings
FIELDS = """
[[field]]
id = "line"
kind = "line"
ask = "Line?"
[[field]]
id = "more"
kind = "line"
ask = "More?"
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    home_with_sitting(tmp_path, FIELDS)
    (tmp_path / "config.toml").write_text(f"idle_minutes = {LIMIT // 60}\n")
    return tmp_path


def begun(run: Run, words: str = "CANARY-half") -> Terminal:
    """Wait for the first question and type half an answer."""
    run.terminal.see("Line?")
    run.terminal.type(words)
    run.terminal.see(words)
    return run.terminal


def test_without_a_key_the_words_leave_the_screen_and_the_memory(home: Path) -> None:
    run = Run(home, "do", "sitting")
    terminal = begun(run)
    can_look = sys.platform == "linux"
    assert not can_look or run.memory_holds("CANARY-half")
    run.at(LIMIT)
    terminal.see("Resting.")
    assert terminal.screen().strip().count("\n") == 0, "there is something else"
    assert OnDisk.under(home).half == {"line": "CANARY-half"}
    assert not can_look or not run.memory_holds("CANARY-half")
    if can_look:
        told = Path(f"/proc/{terminal.child.pid}/cmdline").read_bytes()
        assert b"sitting" not in told.rpartition(b"main()")[2]
    terminal.type(ENTER)
    terminal.see("What now?", "Continue: Sitting")
    terminal.type(CTRL_C)
    assert terminal.end() == 0


def test_keys_put_it_off_and_the_one_that_comes_too_late_is_none(home: Path) -> None:
    run = Run(home, "do", "sitting", every=60.0)  # so that only keys look at the clock, as when a computer wakes up
    terminal = begun(run, "a")
    for turn, key in enumerate("bcd", 1):
        run.at(turn * (LIMIT - 1))
        terminal.type(key)
        terminal.see("abcd"[: turn + 1])
    run.at(4 * LIMIT)
    terminal.type("e")
    terminal.see("Resting.")
    assert OnDisk.under(home).half == {"line": "abcd"}
    terminal.type(CTRL_C)
    assert terminal.end() == 130


def test_the_next_screen_goes_on_counting(home: Path) -> None:
    run = Run(home, "do", "sitting")
    terminal = begun(run, "one")
    terminal.type(ENTER)
    terminal.see("More?")
    terminal.type("?two")
    terminal.see("?two")
    run.at(LIMIT)
    terminal.see("Resting.")
    found = OnDisk.under(home)
    assert (found.drafted, found.half) == ({"line": "one"}, {"more": "?two"})
    terminal.child.close(force=True)


def test_it_is_off_unless_it_is_set(home: Path) -> None:
    (home / "config.toml").unlink()
    run = Run(home, "do", "sitting")
    terminal = begun(run, "a")
    run.at(1_000_000)
    terminal.type("b", ENTER)
    terminal.see("More?")
    terminal.type(CTRL_C)
    assert terminal.end() == 130
    assert OnDisk.under(home).drafted == {"line": "ab"}
