"""`urge --unkept` at a terminal: what it says, and what is found when it was ended in any way, kill -9 among them."""

import os
import signal
from pathlib import Path

import pytest

from tests.support.untouched import look
from tests.terminal.driver import Terminal

pytestmark = pytest.mark.skipif(os.name != "posix", reason="NOT RUN: pseudo-terminals are a POSIX matter")

TOLD = "Nothing of this is saved."
ENTER, ESC = "\r", "\x1b"


def test_on_the_screen_it_is_said_first_and_no_key_promises_more(tmp_path: Path) -> None:
    before = look(tmp_path)
    terminal = Terminal("urge", "--unkept", home=tmp_path / "home")
    assert "esc leave" in terminal.see(TOLD, "How strong")
    terminal.type("?")
    terminal.see("Leave. Nothing is saved.")
    terminal.type(ESC)
    terminal.see("How strong")
    terminal.type("7", ENTER)
    terminal.see("What would you like to do now?", "2 of")
    assert TOLD not in terminal.screen()
    terminal.type("p")
    assert terminal.end() == 130
    assert "Stopped. Nothing was saved." in terminal.screen()
    assert look(tmp_path) == before


@pytest.mark.parametrize("ended", [signal.SIGKILL, signal.SIGHUP])
def test_killed_over_half_a_word_it_leaves_nothing(tmp_path: Path, ended: signal.Signals) -> None:
    before = look(tmp_path)
    terminal = Terminal("urge", "--unkept", "--strength", "7", home=tmp_path / "home")
    terminal.see(TOLD, "What would you like to do now?")
    terminal.type("8", ENTER)
    terminal.see("In your own words.")
    terminal.type("a wal")
    terminal.see("a wal")
    if ended == signal.SIGKILL:  # it is handed over at once on the way back; else after half a second, or by the signal
        terminal.type(ESC)
        terminal.see("What would you like to do now?", "Breathe slowly")
    terminal.child.kill(ended)
    terminal.end()
    assert look(tmp_path) == before
