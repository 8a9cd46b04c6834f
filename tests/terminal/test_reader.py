"""Long pages at a terminal: read a screenful at a time, with nothing left behind; short ones printed."""

import json
import os
import signal
from pathlib import Path

import pytest

from tests.terminal.driver import Terminal, home_with_sitting, run

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are a POSIX matter")

ENTER, ESC, SPACE, CTRL_C = "\r", "\x1b", " ", "\x03"
UP, DOWN, HOME, END, PAGE_UP, PAGE_DOWN = "\x1b[A", "\x1b[B", "\x1b[H", "\x1b[F", "\x1b[5~", "\x1b[6~"
ENTER_ALTERNATE, LEAVE_ALTERNATE = b"\x1b[?1049h", b"\x1b[?1049l"
FIELDS = """
[[field]]
id = "free"
kind = "text"
ask = "What?"
"""
LINES = 60
SECRET = "Number"


def line(number: int) -> str:
    return f"{SECRET} {number:02}."


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home_with_sitting(tmp_path, FIELDS)
    keep(tmp_path, LINES)
    return tmp_path


def keep(home: Path, lines: int) -> None:
    words = "\n".join(line(number) for number in range(1, lines + 1))
    assert run(home, "record", "sitting", typed=json.dumps({"free": words})).returncode == 0


def reader(home: Path, *words: str, columns: int = 40, rows: int = 20, **environment: str) -> Terminal:
    terminal = Terminal(*(words or ("show", "last")), home=home, columns=columns, rows=rows, **environment)
    terminal.see("q leave", line(1))
    return terminal


def place(terminal: Terminal) -> list[str]:
    """Return the end of the title line: which page, "of", how many."""
    return terminal.screen().partition("\n")[0].split()[-3:]


def printed(terminal: Terminal) -> bytes:
    """Return what was written outside the alternate screen."""
    before, _, rest = terminal.raw.partition(ENTER_ALTERNATE)
    return before + rest.rpartition(LEAVE_ALTERNATE)[2]


@pytest.mark.parametrize("columns", [20, 30, 40, 80, 120])
def test_a_long_page_is_read_to_its_end_with_enter_alone(home: Path, columns: int) -> None:
    terminal = reader(home, columns=columns)
    seen = ""
    while "enter leave" not in seen:
        seen += terminal.see(" of ")
        was = place(terminal)
        terminal.type(ENTER)
        terminal.wait(lambda was=was: place(terminal) != was or not terminal.child.isalive(), "read on")
    assert all(line(number) in seen for number in range(1, LINES + 1))
    assert terminal.end() == 0
    assert SECRET.encode() not in printed(terminal)
    assert SECRET not in terminal.screen()


@pytest.mark.parametrize("leave", ["q", ESC, CTRL_C])
def test_leaving_leaves_nothing_on_the_terminal(home: Path, leave: str) -> None:
    terminal = reader(home)
    terminal.type(leave)
    assert terminal.end() == 0
    assert terminal.raw.count(ENTER_ALTERNATE) == terminal.raw.count(LEAVE_ALTERNATE) == 1
    assert SECRET.encode() not in printed(terminal)
    assert SECRET not in terminal.screen()


def test_the_keys_scroll_and_the_place_is_told(home: Path) -> None:
    terminal = reader(home)
    first = terminal.see("1 of")
    for forth, back in [(SPACE, "b"), (PAGE_DOWN, PAGE_UP), (DOWN, UP), (END, HOME), ("G", "g")]:
        terminal.type(forth)
        terminal.wait(lambda: terminal.screen() != first, f"moved by {forth!r}")
        terminal.type(back)
        terminal.wait(lambda: terminal.screen() == first, f"moved back by {back!r}")
    terminal.type(END)
    terminal.see(line(LINES), "enter leave")
    assert place(terminal)[0] == place(terminal)[-1]
    terminal.type(SPACE, DOWN, PAGE_DOWN)  # none of them leaves: whoever holds a key down reads the end
    terminal.type("?")
    terminal.see("Keys", "Page Up")
    terminal.type("q")
    terminal.see(line(LINES))
    terminal.type("s")
    terminal.see("Support", "emergency")
    terminal.type("q")
    terminal.see(line(LINES))
    terminal.type("q")
    assert terminal.end() == 0


def test_a_word_is_found_forward_and_back(home: Path) -> None:
    terminal = reader(home)
    terminal.type("/")
    terminal.see("Find:", "enter find")
    terminal.type("nUMBER 4qs", ENTER)
    terminal.see("These words are not on this page.")
    terminal.type("/", "number 4", ENTER)
    terminal.see(line(40), "n next")
    terminal.type("n" * 11)  # 41 to 49, then round to number 40, then 41
    terminal.type("N" * 3)  # 40, 49, 48
    terminal.type("/", ESC)
    terminal.wait(lambda: "Find:" not in terminal.screen(), "the line for words gone")
    terminal.see(line(48))
    terminal.type("/", "12." + ENTER)
    terminal.see(line(12))
    terminal.type("q")
    assert terminal.end() == 0


def test_letters_are_words_while_they_are_looked_for(home: Path) -> None:
    terminal = reader(home)
    terminal.type("/", "qbsnNgG ?/")
    terminal.see("qbsnNgG ?/")
    terminal.type(ESC)
    terminal.see("q leave", line(1))
    terminal.type("q")
    assert terminal.end() == 0


def resize(terminal: Terminal, columns: int, rows: int) -> None:
    terminal._screen.resize(rows, columns)
    terminal.child.setwinsize(rows, columns)
    terminal.child.kill(signal.SIGWINCH)


def test_a_new_size_keeps_the_place(home: Path) -> None:
    terminal = reader(home, rows=20)
    terminal.type(SPACE)
    terminal.see("2 of")
    top = terminal.screen().splitlines()[2].strip()
    for columns, rows in [(80, 30), (24, 12), (40, 20)]:
        resize(terminal, columns, rows)
        terminal.see(top)
        terminal.wait(lambda: terminal.screen().splitlines()[2].strip() == top, "the same line on top")
    terminal.type("q")
    assert terminal.end() == 0


def test_what_fits_with_the_prompt_is_printed_and_one_line_more_is_read(home: Path) -> None:
    whole = Terminal("show", "last", home=home, columns=40, rows=200)
    whole.see(line(LINES))
    whole.end()
    assert ENTER_ALTERNATE not in whole.raw
    height = whole.raw.count(b"\n")
    fits = Terminal("show", "last", home=home, columns=40, rows=height + 1)
    assert fits.end() == 0
    assert ENTER_ALTERNATE not in fits.raw
    assert fits.raw == whole.raw
    longer = Terminal("show", "last", home=home, columns=40, rows=height)
    longer.see(line(1), "q leave")
    longer.type("q")
    assert longer.end() == 0


@pytest.mark.parametrize(
    ("words", "environment"),
    [
        (["--no-pager", "show", "last"], {}),
        (["--plain", "show", "last"], {}),
        (["show", "last"], {"SMARTCLI_PLAIN": "1"}),
        (["show", "last"], {"TERM": "dumb"}),
    ],
)
def test_where_it_is_not_wanted_everything_is_printed(
    home: Path, words: list[str], environment: dict[str, str]
) -> None:
    terminal = Terminal(*words, home=home, columns=40, rows=10, **environment)
    assert terminal.end() == 0
    assert ENTER_ALTERNATE not in terminal.raw
    assert all(line(number).encode() in terminal.raw for number in range(1, LINES + 1))


@pytest.mark.parametrize(
    "words", [["insights"], ["exercises"], ["exercises", "show", "sitting"], ["plan"], ["history", "last"], ["support", "--all"], ["where"]]
)  # fmt: skip
def test_every_command_that_shows_a_page_opens_it_where_it_is_long(home: Path, words: list[str]) -> None:
    terminal = Terminal(*words, home=home, columns=40, rows=7)
    terminal.see("s support")
    terminal.type(END)
    terminal.see("enter leave")
    terminal.type("q")
    assert terminal.end() == 0
    assert LEAVE_ALTERNATE in terminal.raw


def test_support_never_waits_behind_a_page(home: Path) -> None:
    (home / "config.toml").write_text('[[people]]\nname = "Sam"\ncontact = "0161"\n')
    terminal = Terminal("support", home=home, columns=40, rows=7)
    assert terminal.end() == 0
    assert ENTER_ALTERNATE not in terminal.raw
    assert b"Sam" in terminal.raw


def test_after_all_the_numbers_the_first_ones_stand_on_the_terminal(home: Path) -> None:
    (home / "config.toml").write_text('country = "gb"\n[[people]]\nname = "Sam"\ncontact = "0161"\n')
    terminal = Terminal("support", "--all", home=home, columns=40, rows=24)
    terminal.see("1 of", "Sam")
    terminal.type("q")
    assert terminal.end() == 0
    assert b"Sam" in printed(terminal)
    assert b"999" in printed(terminal)
