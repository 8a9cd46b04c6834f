"""Words typed at a terminal of any size: what was typed last is in sight, and so is the question."""

import struct
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

import pytest

from tests.terminal.driver import OnDisk, Terminal, home_with_sitting

ENTER, ESC, DOWN = "\r", "\x1b", "\x1b[B"
QUESTION = "What was it like for you?"
SITTING = f"""
[[field]]
id = "what"
kind = "text"
ask = "{QUESTION}"
hint = "{"A hint of many words. " * 6}"
example = "{"An example of more words. " * 8}"
[[field]]
id = "thought"
kind = "line"
ask = "A line?"
example = "{"Short words. " * 20}"
"""
WORDS = " ".join(f"word{number}" for number in range(60))
SIZES = [(20, 16), (30, 20), (40, 24), (80, 24), (120, 40)]


def shown(terminal: Terminal) -> str:
    """Return what stands on the screen without its line breaks and spaces."""
    return "".join(terminal.screen().split())


def is_in_sight(terminal: Terminal, last: str) -> bool:
    """Return whether the cursor stands just behind these words."""
    cursor = terminal._screen.cursor
    before = "".join(terminal._screen.display[: cursor.y]) + terminal._screen.display[cursor.y][: cursor.x]
    return "".join(before.split()).endswith(last)


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_what_is_typed_stays_in_sight_with_the_question(tmp_path: Path, columns: int, rows: int) -> None:
    home_with_sitting(tmp_path, SITTING)
    terminal = Terminal("do", "sitting", home=tmp_path, columns=columns, rows=rows)
    terminal.wait(lambda: "Anexampleofmore" in shown(terminal), "the example")
    terminal.type(WORDS)
    terminal.wait(lambda: is_in_sight(terminal, "word59"), "the last word and the cursor")
    assert "likeforyou?" in shown(terminal)
    terminal.type(ENTER, ENTER)
    terminal.wait(lambda: "Enteragaintofinish" in shown(terminal), "how to finish")
    assert "word59" in shown(terminal), "a long paragraph is not gone when the cursor is below it"
    terminal.type(ENTER)
    terminal.wait(lambda: "2of2" in shown(terminal), "the next question")
    terminal.type(WORDS)
    terminal.wait(lambda: is_in_sight(terminal, "word59"), "the last word and the cursor")
    assert "Aline?" in shown(terminal)
    terminal.type(DOWN)
    terminal.wait(lambda: "ppause" in shown(terminal), "the menu")
    terminal.type("p")
    assert terminal.end() == 130
    on_disk = OnDisk.under(tmp_path)
    assert (on_disk.drafted, on_disk.half) == ({"what": WORDS}, {"thought": WORDS})


def test_a_new_size_keeps_words_and_menu_and_esc_twice_goes_back(tmp_path: Path) -> None:
    home_with_sitting(tmp_path, SITTING)
    terminal = Terminal("do", "sitting", home=tmp_path, columns=80, rows=24)
    terminal.see(QUESTION)
    terminal.type("first", *[ENTER] * 3)
    terminal.see("A line?")
    terminal.type(ESC)
    terminal.wait(lambda: is_in_sight(terminal, "first"), "the first question again")
    terminal.type(" words", ESC)
    terminal.see("p pause")
    ioctl(terminal.child.child_fd, TIOCSWINSZ, struct.pack("HHHH", 12, 30, 0, 0))
    terminal._screen.resize(12, 30)
    terminal.wait(lambda: "first words" in terminal.screen() and "p pause" in terminal.screen(), "the same, smaller")
    terminal.type("!")
    terminal.wait(lambda: is_in_sight(terminal, "firstwords!"), "the letter that closed the menu")
    terminal.type(ESC, ESC)
    terminal.child.close()
