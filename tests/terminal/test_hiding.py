"""Ctrl-Q on every screen: at once nothing of the program is to be seen, every word is saved, the terminal is sane."""

import copy
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import pyte
import pytest

from tests.terminal.driver import OnDisk, Terminal, home_with_sitting, run
from tests.terminal.scenes import SCENES

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are a POSIX matter")

ROOT = Path(__file__).parents[2]
CTRL_Q, ENTER, ESC, DOWN = "\x11", "\r", "\x1b", "\x1b[B"
QUICK = 20.0  # seconds; quiet it takes some 10 ms, and what hangs takes for ever, whatever the load
# Writes as a shell does before it starts the program; then how that ended, whether the terminal is as it was, and
# what of the keys was left for the shell.
SHELL = """
import os, select, subprocess, sys, termios, tty
modes = termios.tcgetattr(0)
print("$ the COMMAND", flush=True)
code = subprocess.call(sys.argv[1:])
same = termios.tcgetattr(0) == modes
tty.setcbreak(0, termios.TCSANOW)
left = os.read(0, 99) if select.select([0], [], [], 0)[0] else b""
print("ENDED", code, "as before:", same, "left:", left, flush=True)
"""
FIELDS = """
[[field]]
id = "line"
kind = "line"
ask = "Line?"
optional = true
[[field]]
id = "text"
kind = "text"
ask = "Text?"
optional = true
[[field]]
id = "lines"
kind = "lines"
ask = "Lines?"
optional = true
[[field]]
id = "pick"
kind = "choice"
ask = "Pick?"
own = true
optional = true
options = [{ id = "a", say = "Apples" }, { id = "b", say = "Pears" }]
"""


class Kept(pyte.HistoryScreen):
    """A terminal with scrollback that knows the alternate screen."""

    _behind: Any = None

    def set_mode(self, *modes: int, **options: Any) -> None:
        super().set_mode(*modes, **options)
        if options.get("private") and 1049 in modes:
            self._behind = copy.deepcopy(self.buffer), copy.copy(self.cursor)

    def reset_mode(self, *modes: int, **options: Any) -> None:
        super().reset_mode(*modes, **options)
        if options.get("private") and 1049 in modes and self._behind:
            self.buffer, self.cursor = self._behind


def in_a_shell(*words: str, home: Path, **options: Any) -> Terminal:
    return Terminal(*words, home=home, before=[sys.executable, "-c", SHELL], **options)


def see_it_hidden(terminal: Terminal, *, rows: int = 24, columns: int = 80) -> None:
    """Wait until the shell goes on, and look at all that a terminal may still hold, with an alternate screen or not."""
    terminal.see("ENDED 130 as before: True left: b''", seconds=QUICK)
    for kind in (pyte.HistoryScreen, Kept):
        shown = kind(columns, rows)
        pyte.ByteStream(shown).feed(terminal.raw)
        lines = [line.strip() for line in shown.display if line.strip()]
        assert [line.split()[0] for line in lines] == ["ENDED"]
        assert not shown.history.top, "the screen was scrolled"
    _, _, inside = terminal.raw.partition(b"\x1b[?1049h")
    assert not re.search(rb"\x1b\[2J|\x1b\[3J|\x1b\[0?J", inside.partition(b"\x1b[2K")[2])
    for on, off in ((b"\x1b[?7l", b"\x1b[?7h"), (b"\x1b[?25l", b"\x1b[?25h"), (b"\x1b[?2004h", b"\x1b[?2004l")):
        assert terminal.raw.rfind(on) < terminal.raw.rfind(off)
    assert terminal.raw.rfind(b"\x1b[?1000h") <= terminal.raw.rfind(b"\x1b[?1000l")
    terminal.child.close(force=True)


@pytest.mark.parametrize("name", SCENES)
def test_every_screen_hides(name: str, tmp_path: Path) -> None:
    terminal = in_a_shell(name, str(tmp_path), home=tmp_path, here=ROOT, module="tests.terminal.scenes", TAPS="1")
    terminal.see("Scene 1:")
    terminal.wait((tmp_path / "table.json").exists, "told its table")
    terminal.type(CTRL_Q)
    see_it_hidden(terminal)


@pytest.mark.parametrize("name", ["choose", "practice", "reader"])
def test_the_page_of_keys_hides_by_a_letter(name: str, tmp_path: Path) -> None:
    terminal = in_a_shell(name, str(tmp_path), home=tmp_path, here=ROOT, module="tests.terminal.scenes")
    terminal.see("Scene 1:")
    terminal.type("?")
    terminal.see("h hide")
    terminal.type("h")
    see_it_hidden(terminal)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home_with_sitting(tmp_path, FIELDS)
    return tmp_path


@pytest.mark.parametrize(
    ("before", "words", "hide", "half"),
    [
        ((), "CANARY wo", CTRL_Q, {"line": "CANARY wo"}),
        ((), "CANARY wo", ESC + CTRL_Q, {"line": "CANARY wo"}),
        ((), "CANARY wo", "\x1b[113;5u", {"line": "CANARY wo"}),  # as kitty sends it
        ((), "CANARY wo", CTRL_Q + "more" * 500 + ENTER, {"line": "CANARY wo"}),  # what comes after is nobody's
        (("Text?",), "CANARY wo", ESC + "h", {"text": "CANARY wo"}),
        (("Text?", "Lines?"), "one\rCANARY wo", CTRL_Q, {"lines": {"items": ["one"], "typed": "CANARY wo"}}),
        (("Text?", "Lines?", "Pick?"), "3", CTRL_Q, None),
    ],
    ids=["line", "esc first", "kitty", "keys after", "text, by the menu", "list", "own words"],
)
def test_what_is_half_typed_is_saved(
    home: Path, before: tuple[str, ...], words: str, hide: str, half: dict[str, Any] | None
) -> None:
    terminal = in_a_shell("do", "sitting", home=home)
    terminal.see("Line?")
    for question in before:
        terminal.type(ENTER)
        terminal.see(question)
    for part in words.split("\r"):
        if part != words.split("\r")[0]:
            terminal.type(ENTER)
        terminal.type(part)
        terminal.see(part)
    if half is None:
        terminal.type(ENTER)
        terminal.see("In your own words.")
        terminal.type("CANARY wo")
        terminal.see("CANARY wo")
        half = {"pick": "CANARY wo"}
    if hide == ESC + "h":  # a menu: together the two are Alt-h
        terminal.type(ESC)
        terminal.see("h hide")
        hide = "h"
    terminal.type(hide)
    see_it_hidden(terminal)
    found = OnDisk.under(home)
    assert found.half == half
    assert not found.entries
    assert not found.unreadable


def test_keys_that_were_not_read_yet_are_saved_up_to_the_one_that_hides(home: Path) -> None:
    terminal = in_a_shell("do", "sitting", home=home)
    terminal.see("Line?")
    terminal.child.send("CANARY" + CTRL_Q)
    see_it_hidden(terminal)
    assert OnDisk.under(home).half == {"line": "CANARY"}
    assert "CANARY" in run(home, "--plain", "resume", typed="\n\n\n\n").stderr


def test_an_edit_that_is_half_made_is_saved(home: Path) -> None:
    run(home, "record", "sitting", typed='{"line": "first CANARY"}')
    terminal = in_a_shell("edit", "last", home=home)
    terminal.see("Change one answer")
    terminal.type(ENTER)
    terminal.wait(lambda: "Change one answer" not in terminal.screen(), "opened")
    terminal.see("first CANARY", "esc")
    terminal.type(" and mo")
    terminal.see("and mo")
    terminal.type(CTRL_Q)
    see_it_hidden(terminal)
    found = OnDisk.under(home)
    assert found.half == {"line": "first CANARY and mo"}
    assert found.entries == [{"line": "first CANARY"}]


@pytest.mark.parametrize("words", [["review"], ["show", "last"]])
def test_looking_back_hides(home: Path, words: list[str]) -> None:
    run(home, "record", "sitting", typed=json.dumps({"line": "a CANARY", "text": "CANARY\n" * 40}))
    terminal = in_a_shell(*words, home=home, rows=24)
    terminal.see("CANARY")
    if words == ["review"]:
        terminal.type(ENTER)
        terminal.see("enter choose")
    terminal.type(CTRL_Q)
    see_it_hidden(terminal)
