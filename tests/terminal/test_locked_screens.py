"""A locked journal at a terminal: no word of it, and nothing of its key, stays on a screen, in scrollback or in memory.

A canary stands in what was written, another in what is only half typed.
"""

import json
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pyte
import pytest

from smartcli.journal.drafts import Drafts
from smartcli.lock import keyring
from smartcli.lock.identity import Identity
from smartcli.lock.recovery_sheet import split_groups
from tests.support.locked import PASSPHRASE, lock_home
from tests.terminal.driver import Terminal, home_with_sitting, run
from tests.terminal.idling import Run

pytestmark = pytest.mark.skipif(os.name != "posix", reason="NOT RUN: pseudo-terminals are a POSIX matter")

CANARY, HALF = "quillfeather", "half-typed-words"
ENTER, ESC, CTRL_C, CTRL_Q, F2 = "\r", "\x1b", "\x03", "\x11", "\x1bOQ"
LIMIT = 5 * 60  # seconds: what counts in a locked journal where nothing else is set
FIELDS = """
[[field]]
id = "line"
kind = "line"
ask = "Line?"
headline = true
"""


class Locked(NamedTuple):
    """A home with a locked journal, and the key to it."""

    home: Path
    key: Identity

    @property
    def secrets(self) -> list[str]:
        """Return what a process that holds no key must not have in its memory."""
        return [CANARY, HALF, PASSPHRASE, self.key.secret, *split_groups(self.key.secret)[:3]]

    def drafted(self) -> list[str]:
        """Return what is half typed in the drafts, which are sealed."""
        keyring.hold(self.key)
        try:
            return [half for draft in Drafts(self.home / "state" / "drafts").all() for half in draft.halves.values()]
        finally:
            keyring.let_go()


@pytest.fixture
def locked(tmp_path: Path) -> Locked:
    home_with_sitting(tmp_path, FIELDS)
    key = lock_home(tmp_path)
    for mood in (3, 4):
        done = run(tmp_path, "record", "check-in", typed=json.dumps({"mood": mood, "good": f"{CANARY} {mood}"}))
        assert done.returncode == 0, done.stderr
    return Locked(tmp_path, key)


def give_passphrase(terminal: Terminal) -> None:
    terminal.see("Passphrase", "esc leave")
    terminal.type(PASSPHRASE)
    terminal.see("*" * len(PASSPHRASE))
    terminal.type(ENTER)


def at_passphrase(terminal: Terminal) -> None:
    terminal.see("Passphrase", "esc leave")
    terminal.type(HALF, F2)
    terminal.see(HALF)


def in_reader(terminal: Terminal) -> None:
    give_passphrase(terminal)
    terminal.see(CANARY, "enter leave")


def in_list(terminal: Terminal) -> None:
    give_passphrase(terminal)
    terminal.see("1 of 2", CANARY)


def in_sitting(terminal: Terminal) -> None:
    terminal.see("Line?")
    terminal.type(HALF)
    terminal.see(HALF)


def at_sheet(terminal: Terminal) -> None:
    give_passphrase(terminal)
    terminal.see("Have you written it down?")


PLACES = {
    "the passphrase": (["show", "last"], at_passphrase),
    "the reader": (["show", "last"], in_reader),
    "the list": (["review"], in_list),
    "a sitting": (["do", "sitting"], in_sitting),
    "the recovery key": (["lock", "--recovery-sheet"], at_sheet),
}


@pytest.mark.parametrize("place", PLACES)
def test_every_screen_is_left_and_no_memory_of_it_stays(locked: Locked, place: str) -> None:
    words, go = PLACES[place]
    started = Run(locked.home, *words)
    go(started.terminal)
    can_look = sys.platform == "linux"
    assert not can_look or started.held_in_memory(locked.secrets), "nothing was there to be left"
    started.at(LIMIT - 1)
    started.terminal.pump(0.2)
    assert "Resting" not in started.terminal.screen()
    started.at(LIMIT)
    started.terminal.see("Resting.")
    assert started.terminal.screen().strip().count("\n") == 0, "there is something else"
    if can_look:
        assert not started.held_in_memory(locked.secrets)
    assert locked.drafted() == ([HALF] if place == "a sitting" else [])
    started.terminal.type(ENTER)
    started.terminal.see("What now?", "Open the journal")
    assert not can_look or not started.held_in_memory(locked.secrets)
    started.terminal.type(CTRL_C)
    started.terminal.end()
    assert not stays(started.terminal, locked)


def stays(terminal: Terminal, locked: Locked, rows: int = 24) -> list[str]:
    """Return which of the secrets stand in what a terminal keeps, scrollback too, once the program has ended."""
    screen = pyte.HistoryScreen(80, rows, history=10_000)
    before, *inside = terminal.raw.split(b"\x1b[?1049h")
    pyte.ByteStream(screen).feed(before + b"".join(part.partition(b"\x1b[?1049l")[2] for part in inside))
    lines = [*screen.history.top, *(screen.buffer[row] for row in range(rows))]
    text = "\n".join("".join(line[column].data for column in range(80)) for line in lines)
    return [words for words in locked.secrets if words in text]


READ: Sequence[tuple[list[str], str]] = [
    (["show", "last"], CANARY),
    (["history", "last"], "the newest"),
    (["compare", "check-in"], CANARY),
    (["insights"], "Mood"),
    (["review"], CANARY),
    (["search", CANARY], CANARY),
    (["lock", "--recovery-sheet"], "Have you written it down?"),
]


@pytest.mark.parametrize(("words", "seen"), READ)
def test_what_is_read_stands_on_the_alternate_screen_alone(locked: Locked, words: list[str], seen: str) -> None:
    typed = [word for word in words if word != CANARY]  # or the terminal would show it as a command
    terminal = Terminal(*typed, home=locked.home, rows=60)
    give_passphrase(terminal)
    if CANARY in words:
        terminal.see("Search:")
        terminal.type(CANARY)
    terminal.see(seen)
    is_hidden = words[0] in ("show", "lock")
    terminal.type(CTRL_Q if is_hidden else CTRL_C)
    assert terminal.end() in ([130] if is_hidden else [0, 130])
    assert not stays(terminal, locked, rows=60)
    assert b"\x1b[?1049h" in terminal.raw


@pytest.mark.parametrize("way_out", [ESC, CTRL_C, CTRL_Q])
def test_a_passphrase_that_is_wrong_or_half_typed_leaves_nothing(locked: Locked, way_out: str) -> None:
    terminal = Terminal("show", "last", home=locked.home)
    terminal.see("Passphrase", "esc leave")
    terminal.type(HALF, ENTER)
    terminal.see("does not open it")
    terminal.type(HALF, F2)
    terminal.see(HALF, "f2 hide it")
    terminal.type(F2)
    terminal.wait(lambda: HALF not in terminal.screen(), "hidden again")
    terminal.type(way_out)
    assert terminal.end() == 130
    assert not stays(terminal, locked)
    assert not [path for path in locked.home.rglob("*") if path.is_file() and HALF.encode() in path.read_bytes()]


def test_keys_that_are_typed_while_the_passphrase_is_tried_do_not_show(locked: Locked) -> None:
    terminal = Terminal("show", "last", home=locked.home)
    terminal.see("Passphrase", "esc leave")
    terminal.type("wrong words", ENTER)
    terminal.child.send(HALF)
    terminal.see("does not open it", "*" * len(HALF))
    terminal.type(ESC)
    assert terminal.end() == 130
    assert HALF.encode() not in terminal.raw


@pytest.mark.parametrize("option", ["--plain", "--no-pager"])
def test_who_asks_for_it_in_print_gets_it(locked: Locked, option: str) -> None:
    terminal = Terminal(option, "show", "last", home=locked.home)
    terminal.see("Passphrase")
    terminal.type(PASSPHRASE, ENTER)
    terminal.see(CANARY)
    assert terminal.end() == 0
    assert PASSPHRASE.encode() not in terminal.raw
    assert CANARY in stays(terminal, locked)


def test_a_plan_that_stays_readable_is_read_apart_and_the_numbers_stand_on_the_terminal(locked: Locked) -> None:
    (locked.home / "config.toml").write_text('keep_open = ["safety-plan"]\n')
    run(locked.home, "record", "safety-plan", typed=json.dumps({"signs": [CANARY]}))
    terminal = Terminal("support", home=locked.home)
    terminal.see("In danger now?", CANARY, "q leave")
    terminal.type("q")
    assert terminal.end() == 0
    assert not stays(terminal, locked)
    assert re.search(rb"1049l.*In danger now\?", terminal.raw, re.DOTALL)
