"""True sessions on a pseudo-terminal: to the end, left and gone on with, killed and gone on with."""

import json
import os
import re
import signal
from pathlib import Path

import pyte
import pytest

from tests.terminal.driver import OnDisk, Terminal, home_with_sitting, run

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are a POSIX matter")

ENTER, DOWN, CTRL_C, CTRL_D = "\r", "\x1b[B", "\x03", "\x04"

FIELDS = """
[[field]]
id = "first"
kind = "line"
ask = "First?"
[[field]]
id = "strength"
kind = "scale"
ask = "Second?"
low_label = "barely there"
high_label = "as strong as it gets"
[[field]]
id = "pick"
kind = "choice"
ask = "Third?"
options = [{ id = "a", say = "A rather long option that has to be broken into several lines" }, { id = "b", say = "B" }]
own = true
[[field]]
id = "free"
kind = "text"
ask = "Fourth?"
optional = true
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home_with_sitting(tmp_path, FIELDS)
    return tmp_path


def entries(home: Path) -> list[dict[str, object]]:
    done = run(home, "export", "--as", "json", "--output", "-")
    return [{field["id"]: field["answer"] for field in entry["fields"]} for entry in json.loads(done.stdout)["entries"]]


@pytest.mark.parametrize("columns", [40, 100])
@pytest.mark.parametrize("colour", [{}, {"NO_COLOR": "1"}])
def test_a_sitting_to_its_end(home: Path, columns: int, colour: dict[str, str]) -> None:
    terminal = Terminal("do", "sitting", home=home, columns=columns, **colour)
    terminal.see("Sitting", "1 of 4", "First?")
    terminal.type("hello there", ENTER)
    shown = terminal.see("2 of 4", "Second?", "barely there")
    assert max(map(len, shown.split("\n"))) <= columns
    terminal.type("7", ENTER)
    shown = terminal.see("Third?", "several", "lines")
    assert not [word for word in ["rather", "long", "option", "broken", "several"] if word not in shown]
    terminal.type("2", ENTER)
    terminal.see("Fourth?")
    terminal.type("one", ENTER, "two", CTRL_D)
    terminal.see("Save it", "hello there")
    terminal.type(ENTER)
    terminal.see("Saved.")  # the last words, on a page of their own
    terminal.type(ENTER)
    assert terminal.end() == 0
    assert entries(home) == [{"first": "hello there", "strength": 7, "pick": "b", "free": "one\ntwo"}]
    if colour:
        assert b"\x1b[36m" not in terminal.raw


def test_scrollback_keeps_nothing_that_was_written(home: Path) -> None:
    terminal = Terminal("do", "sitting", home=home)
    terminal.see("First?")
    terminal.type("CANARY", ENTER)
    terminal.see("Second?")
    terminal.type(CTRL_C)
    assert terminal.end() == 130
    before, _, inside = terminal.raw.partition(b"\x1b[?1049h")
    inside, _, after = inside.rpartition(b"\x1b[?1049l")
    assert b"CANARY" in inside
    assert b"CANARY" not in before + after
    assert b"Paused" in after


@pytest.mark.parametrize("leave", [CTRL_C, "SIGTERM"])
def test_nothing_goes_to_scrollback_where_there_is_no_alternate_screen(home: Path, leave: str) -> None:
    terminal = Terminal("do", "sitting", home=home, rows=12)
    terminal.see("First?")
    terminal.type("CANARY", ENTER)
    terminal.see("Second?")
    terminal.type("7", ENTER)
    terminal.see("Third?")
    if leave == CTRL_C:
        terminal.type(CTRL_C)
    else:
        terminal.child.kill(signal.SIGTERM)
    terminal.end()
    shown = pyte.HistoryScreen(80, 12)  # it knows no alternate screen
    pyte.ByteStream(shown).feed(terminal.raw)
    assert not shown.history.top, "the screen was scrolled"
    _, _, inside = terminal.raw.partition(b"CANARY")
    # Some terminals keep what is wiped at once: the whole screen, or all below its first corner.
    assert not re.search(rb"\x1b\[2J|\x1b\[0?J", inside)


def test_ctrl_c_pauses_and_resume_goes_on(home: Path) -> None:
    terminal = Terminal("do", "sitting", home=home)
    terminal.see("First?")
    terminal.type("hello", ENTER)
    terminal.see("Second?")
    terminal.type("7", ENTER)
    terminal.see("Third?")
    terminal.type(CTRL_C)
    assert terminal.end() == 130
    assert entries(home) == []
    again = Terminal("resume", home=home)
    again.see("Third?")
    again.type("1", ENTER)
    again.see("Fourth?")
    again.type(CTRL_D)
    again.see("Save it")
    again.type(ENTER)
    again.see("Saved.")
    again.type(ENTER)
    assert again.end() == 0
    assert entries(home) == [{"first": "hello", "strength": 7, "pick": "a"}]


@pytest.mark.parametrize("mode", [[], ["--plain"]])
def test_killed_in_the_middle_of_a_word_nothing_answered_is_lost_and_the_word_is_there(
    home: Path, mode: list[str]
) -> None:
    terminal = Terminal(*mode, "do", "sitting", home=home)
    terminal.see("First?")
    terminal.type("hello", ENTER)
    terminal.see("Second?")
    terminal.type("7", ENTER)
    terminal.see("Third?")
    terminal.type("2", ENTER)
    terminal.see("Fourth?")
    terminal.type("a thought half writ")
    terminal.see("half writ")
    terminal.wait(lambda: "half writ" in str(OnDisk.under(home).half.get("free")), "kept what is half written")
    terminal.child.kill(signal.SIGKILL)
    assert terminal.end() == -signal.SIGKILL
    again = Terminal(*mode, "resume", home=home)
    again.see("Fourth?", "a thought half writ")
    again.type(*([ENTER, "ten", ENTER, ".", ENTER] if mode else ["ten", CTRL_D]))
    again.see("Save it")
    again.type(ENTER)
    if not mode:
        again.see("Saved.")
        again.type(ENTER)
    assert again.end() == 0
    [kept] = entries(home)
    assert kept["first"] == "hello"
    assert str(kept["free"]).replace("\n", "").startswith("a thought half writ")


def test_a_line_of_any_length_can_be_typed_in_plain_mode(home: Path) -> None:
    terminal = Terminal("--plain", "do", "sitting", home=home)
    terminal.see("First?")
    words = "word " * 2000
    for at in range(0, len(words), 500):
        terminal.type(words[at : at + 500])
        terminal.pump(0.02)
    terminal.type(ENTER)
    terminal.see("Second?")
    terminal.type("7", ENTER)
    terminal.see("Third?")
    terminal.type("my own words", ENTER)
    terminal.see("Fourth?")
    terminal.type(ENTER)
    terminal.see("Save it")
    terminal.type(ENTER)
    assert terminal.end() == 0
    [kept] = entries(home)
    assert (kept["first"], kept["pick"]) == (words, "my own words")


def test_today_is_a_page_and_a_menu(home: Path) -> None:
    terminal = Terminal(home=home, columns=40)
    terminal.see("What now?", "Check in", "I need help now")
    terminal.type("s")
    terminal.see("Support", "emergency")
    terminal.type("q")
    terminal.see("What now?")
    terminal.type("\x1b")
    assert terminal.end() == 0
