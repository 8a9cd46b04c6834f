"""Signals, Ctrl-Z, type-ahead and a hand's slips, on a pseudo-terminal: the terminal is sane, and nothing is lost."""

import os
import signal
import sys
import termios
import time
from pathlib import Path

import pytest

from tests.terminal.driver import OnDisk, Terminal, home_with_sitting

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are a POSIX matter")

ENTER, CTRL_C, CTRL_D, CTRL_Z, ESC = "\r", "\x03", "\x04", "\x1a", "\x1b"
MODES = pytest.mark.parametrize("mode", [[], ["--plain"]], ids=["screen", "plain"])
# Starts the program as a shell with job control does: in a process group of its own, in front; goes on with it when
# something is typed after it has stopped; tells how it ended, and what the terminal is like then.
SHELL = """
import os, signal, subprocess, sys, termios
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
modes = termios.tcgetattr(0)
def front(group):
    os.tcsetpgrp(0, group)
def child():
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpgrp())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
ran = subprocess.Popen(sys.argv[1:], preexec_fn=child)
print("PID", ran.pid, flush=True)
while True:
    _, status = os.waitpid(ran.pid, os.WUNTRACED)
    front(os.getpgrp())
    same = termios.tcgetattr(0) == modes
    if not os.WIFSTOPPED(status):
        break
    print("STOPPED, terminal as before:", same, flush=True)
    sys.stdin.readline()
    front(os.getpgid(ran.pid))
    os.kill(ran.pid, signal.SIGCONT)
number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else -os.WEXITSTATUS(status)
print("ENDED", number, "terminal as before:", same, flush=True)
"""

FIELDS = """
[[field]]
id = "first"
kind = "line"
ask = "First?"
[[field]]
id = "second"
kind = "line"
ask = "Second?"
optional = true
[[field]]
id = "third"
kind = "line"
ask = "Third?"
optional = true
[[field]]
id = "pick"
kind = "choice"
ask = "Fourth?"
options = [{ id = "a", say = "Apples" }, { id = "b", say = "Pears" }]
[[field]]
id = "free"
kind = "text"
ask = "Fifth?"
optional = true
"""


LIT = """
[[field]]
id = "some"
kind = "choices"
ask = "Some?"
options = [{ id = "a", say = "Apples" }, { id = "b", say = "Pears" }]
[[field]]
id = "much"
kind = "scale"
ask = "Much?"
low = 0
high = 10
[[field]]
id = "either"
kind = "yes_no"
ask = "Either?"
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home_with_sitting(tmp_path, FIELDS)
    return tmp_path


def in_a_shell(home: Path, *words: str) -> tuple[Terminal, int]:
    """Start the program from a shell; return its terminal and its process id."""
    terminal = Terminal(*words, home=home, before=[sys.executable, "-c", SHELL])
    terminal.wait(lambda: b"PID " in terminal.raw and b"\n" in terminal.raw.partition(b"PID ")[2], "started")
    return terminal, int(terminal.raw.partition(b"PID ")[2].split()[0])


def after_the_screen(terminal: Terminal) -> bytes:
    return terminal.raw.rpartition(b"\x1b[?1049l")[2]


ENDING = sorted(
    {getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGALRM", "SIGXCPU", "SIGABRT")}
)


@MODES
@pytest.mark.parametrize("number", ENDING)
def test_a_signal_gives_the_terminal_back_and_ends_the_program(home: Path, mode: list[str], number: int) -> None:
    terminal, pid = in_a_shell(home, *mode, "do", "sitting")
    terminal.see("First?")
    terminal.type("CANARY")
    terminal.see("CANARY")
    os.kill(pid, number)
    terminal.see(f"ENDED {number} terminal as before: True")
    assert OnDisk.under(home).half == {"first": "CANARY"}
    if not mode:
        assert b"\x1b[?1049l" in terminal.raw
        assert b"CANARY" not in after_the_screen(terminal)
        assert terminal.raw.rpartition(b"\x1b[?25h")[2].count(b"\x1b[?25l") == 0, "the cursor is shown"
        assert terminal.raw.rpartition(b"\x1b[?2004l")[2].count(b"\x1b[?2004h") == 0, "pastes have no brackets"


def test_a_signal_at_once_after_a_key_loses_nothing_that_is_lit(tmp_path: Path) -> None:
    home_with_sitting(tmp_path, LIT)
    for key, lit, half in (
        ("2", "[x] Pears", {"some": ["b"]}),
        ("7", "[7]", {"much": 7}),
        ("n", "› n No", {"either": False}),
    ):
        terminal, pid = in_a_shell(tmp_path, *(["do", "sitting"] if key == "2" else ["resume"]))
        terminal.see("?")
        if key != "2":
            terminal.type(ENTER)
        terminal.type(key)
        terminal.see(lit)
        os.kill(pid, signal.SIGTERM)
        terminal.see(f"ENDED {signal.SIGTERM:d} terminal as before: True")
        assert OnDisk.under(tmp_path).half == half


@pytest.mark.parametrize("moment", range(6))
def test_a_signal_ends_it_on_any_page_and_between_two(home: Path, moment: int) -> None:
    terminal, pid = in_a_shell(home, "do", "sitting")
    terminal.see("First?")
    terminal.type("one")
    terminal.see("› one")
    terminal.type(ENTER)
    time.sleep(moment / 50)  # not waited for: the moment is what is tried
    os.kill(pid, signal.SIGTERM)
    terminal.see(f"ENDED {signal.SIGTERM:d} terminal as before: True")
    on_disk = OnDisk.under(home)
    assert "one" in (on_disk.drafted | on_disk.half).values()
    assert not on_disk.unreadable


@MODES
def test_ctrl_z_leaves_the_terminal_and_fg_goes_on_with_what_was_half_typed(home: Path, mode: list[str]) -> None:
    terminal, _pid = in_a_shell(home, *mode, "do", "sitting")
    terminal.see("First?")
    terminal.type("half a wo")
    terminal.see("half a wo")
    for turn in range(2):
        since = len(terminal.raw)
        terminal.type(CTRL_Z)
        terminal.see_again("STOPPED, terminal as before: True", since=since)
        if not mode:
            left = terminal.raw[since:]
            assert b"\x1b[?1049l" in left
            assert b"half a wo" not in after_the_screen(terminal)
            assert "half a wo" not in terminal.screen()
        since = len(terminal.raw)
        terminal.type("\n")
        terminal.see_again("half a wo" + "r" * turn, since=since)
        terminal.type("r")
        terminal.see("half a wor" + "r" * turn)
    terminal.type("d", ENTER)
    terminal.see("Second?")
    terminal.type(CTRL_C)
    terminal.see("ENDED -130 terminal as before: True")
    assert OnDisk.under(home).drafted == {"first": "half a worrd"}


@MODES
def test_ctrl_z_does_nothing_where_no_shell_would_go_on(home: Path, mode: list[str]) -> None:
    terminal = Terminal(*mode, "do", "sitting", home=home)
    terminal.see("First?")
    terminal.type("a", CTRL_Z, "b", ENTER)
    terminal.see("Second?")
    terminal.type(CTRL_C)
    assert terminal.end() == 130
    assert OnDisk.under(home).drafted == {"first": "ab"}


@MODES
def test_the_interrupt_from_elsewhere_pauses_as_ctrl_c_does(home: Path, mode: list[str]) -> None:
    terminal = Terminal(*mode, "do", "sitting", home=home)
    terminal.see("First?")
    terminal.type("half")
    terminal.see("half")
    terminal.child.kill(signal.SIGINT)
    assert terminal.end() == 130
    assert OnDisk.under(home).half == {"first": "half"}


@pytest.mark.parametrize("moment", range(6))
def test_the_interrupt_is_heard_between_two_screens(home: Path, moment: int) -> None:
    terminal = Terminal("do", "sitting", home=home)
    terminal.see("First?")
    terminal.type("one")
    terminal.see("› one")
    terminal.type("\x1bOP")  # support
    time.sleep(moment / 100)  # not waited for: the moment is what is tried
    terminal.child.kill(signal.SIGINT)
    assert terminal.end() == 130
    assert OnDisk.under(home).half == {"first": "one"}


def test_a_storm_of_size_changes_is_harmless(home: Path) -> None:
    terminal = Terminal("do", "sitting", home=home)
    terminal.see("First?")
    terminal.type("calm")
    for turn in range(60):
        terminal.child.setwinsize(24, 60 + turn % 20)
        terminal.child.kill(signal.SIGWINCH)
    terminal.child.setwinsize(24, 80)
    terminal.type(ENTER)
    terminal.see("Second?")
    terminal.type(CTRL_C)
    assert terminal.end() == 130
    assert OnDisk.under(home).drafted == {"first": "calm"}


@pytest.mark.parametrize("wait", [0.0, 0.05, 0.15, 0.3])
def test_what_is_typed_before_the_program_draws_is_not_lost(home: Path, wait: float) -> None:
    terminal = Terminal("do", "sitting", home=home)
    time.sleep(wait)  # not waited for: the moment is what is tried
    terminal.child.send("6\r")  # turned into a line feed by a terminal that is not in raw mode yet
    terminal.see("Second?")
    terminal.type(CTRL_C)
    assert terminal.end() == 130
    assert OnDisk.under(home).drafted == {"first": "6"}


@MODES
def test_a_key_that_bounces_or_is_held_answers_one_question(home: Path, mode: list[str]) -> None:
    terminal = Terminal(*mode, "do", "sitting", home=home)
    terminal.see("First?")
    terminal.type("one")
    terminal.see("one")
    for _ in range(8):  # as a key that is held repeats
        terminal.child.send(ENTER)
        time.sleep(0.02)
    terminal.see("Second?")
    terminal.type("two", ENTER)
    terminal.see("Third?")
    terminal.type(ENTER, CTRL_C) if mode else terminal.type(ENTER)
    if not mode:
        terminal.see("Fourth?")
        terminal.type(CTRL_C)
    assert terminal.end() == 130
    assert OnDisk.under(home).drafted == {"first": "one", "second": "two", "third": None}


@MODES
def test_several_lines_at_once_answer_no_question(home: Path, mode: list[str]) -> None:
    terminal = Terminal(*mode, "do", "sitting", home=home)
    terminal.see("First?")
    terminal.child.send("alpha\rbravo\rcharlie\r")
    terminal.see("alpha", "charlie")
    assert "Second?" not in terminal.screen()
    terminal.type(CTRL_C)
    assert terminal.end() == 130
    assert str(OnDisk.under(home).half["first"]).split() == ["alpha", "bravo", "charlie"]


@MODES
def test_reports_and_unknown_keys_leave_no_trace(home: Path, mode: list[str]) -> None:
    terminal = Terminal(*mode, "do", "sitting", home=home)
    terminal.see("First?")
    strange = [
        "\x1b[I",
        "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
        "\x1b[24;80R",
        "\x1bP>|term 1\x1b\\",
        "\x1b[?62;c",
        "\x1bz",
    ]
    for sequence in strange:
        terminal.child.send("a")
        middle = len(sequence) // 2
        terminal.type(sequence[:middle], sequence[middle:]) if middle > 1 else terminal.type(sequence)
    terminal.type("\x1bOM")  # Enter on the keypad
    terminal.see("Second?")
    terminal.type(CTRL_C)
    assert terminal.end() == 130
    assert OnDisk.under(home).drafted == {"first": "a" * len(strange)}


def test_the_terminal_stays_in_raw_mode_between_two_screens(home: Path) -> None:
    terminal = Terminal("do", "sitting", home=home)
    terminal.see("First?")
    terminal.type("one", ENTER)
    local_flags = 3
    for _ in range(50):
        assert not termios.tcgetattr(terminal.child.fileno())[local_flags] & (termios.ECHO | termios.ICANON)
        terminal.pump(0.005)
    terminal.type(CTRL_C)
    assert terminal.end() == 130
