"""Lines typed at a terminal, key by key."""

import os
import select
import sys
from collections.abc import Iterator

import pytest

from smartcli.prompts.lines import Keyboard

pty = pytest.importorskip("pty", reason="NOT RUN: pseudo-terminals are POSIX matters")


@pytest.fixture
def master(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The side of a terminal that a person types at; the other side is standard input."""
    import tty

    master, slave = pty.openpty()
    tty.setraw(slave)  # or the terminal itself would correct what is typed before it is read
    with os.fdopen(slave) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield master
    os.close(master)


def end_after_one_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the input end once everything typed so far was read, as when a terminal's window is closed."""
    real = os.read
    reads = iter([real])
    monkeypatch.setattr(os, "read", lambda fd, size: next(reads, lambda *_: b"")(fd, size))


def test_what_is_typed_is_read_with_its_corrections(master: int) -> None:
    os.write(master, b"calm\x7f\x7fke\x1b\nwrong\x15right\n")
    keyboard = Keyboard()
    assert [keyboard.read(lambda half: None) for _ in range(2)] == ["cake", "right"]


def test_the_end_of_input_is_no_answer_and_what_was_half_typed_is_saved(
    master: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.write(master, b"half a sen")
    end_after_one_read(monkeypatch)
    saved: list[str] = []
    assert Keyboard().read(saved.append) is None
    assert saved[-1] == "half a sen"
    assert Keyboard().read(lambda half: None) is None


@pytest.mark.parametrize(
    ("typed", "half"), [(b"half a sen", "half a sen"), (b"one\x17", ""), ("h\u00e4lf \U0001f642".encode(), "hälf 🙂")]
)
def test_ctrl_c_saves_what_was_half_typed_before_it_leaves(master: int, typed: bytes, half: str) -> None:
    os.write(master, typed + b"\x03")
    saved: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        Keyboard().read(saved.append)
    assert saved == [half]


def test_the_end_of_input_saves_what_was_half_typed_without_waiting(
    master: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.write(master, b"half a sen")
    end_after_one_read(monkeypatch)
    monkeypatch.setattr(select, "select", lambda *_: ([0], [], []))  # the end is there at once
    saved: list[str] = []
    assert Keyboard().read(saved.append) is None
    assert saved == ["half a sen"]


def test_a_terminal_that_is_gone_is_the_end_of_input(master: int) -> None:
    os.write(master, b"half a sen")
    saved: list[str] = []

    def save_and_close(half: str) -> None:
        saved.append(half)
        sys.stdin.close()

    assert Keyboard().read(save_and_close) is None
    assert saved[0] == "half a sen"


def test_the_end_of_input_ends_a_wait(master: int, monkeypatch: pytest.MonkeyPatch) -> None:
    os.write(master, b"7")
    end_after_one_read(monkeypatch)
    monkeypatch.setattr(select, "select", lambda *_: ([0], [], []))
    with pytest.raises(EOFError):
        Keyboard().wait(5)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        (b"a\x1b[I\x1b]11;rgb:0/0/0\x07\x1bP1$r0m\x1b\\\x1b[1;3Db\x1bOM", "ab"),
        (b"ab\x00\x07\x11\x16\x1c\x1fc\n", "abc"),
        ("a family 👨\u200d👩\u200d👧\x7f\n".encode(), "a family "),
        ("cafe\u0301\x7f\n".encode(), "caf"),
        ("🇫🇷🇩🇪\x7f\n".encode(), "🇫🇷"),
        ("می\u200cخواهم\n".encode(), "می\u200cخواهم"),
        (b"one two\x17three\n", "one three"),
        (b"one two\x1b\x7f\n", "one "),
        (b"one\x1b\x1bbtwo\n", "onetwo"),
    ],
)
def test_only_words_and_corrections_are_read(master: int, typed: bytes, line: str) -> None:
    for byte in (typed[at : at + 1] for at in range(len(typed))):
        os.write(master, byte)
    assert Keyboard().read(lambda half: None) == line


def test_the_columns_of_a_letter_are_rubbed_out(master: int, capsys: pytest.CaptureFixture[str]) -> None:
    os.write(master, "a夜\x7f\n".encode())
    Keyboard().read(lambda half: None)
    assert capsys.readouterr().err == "a夜" + "\b \b" * 2 + "\n"
    os.write(master, "ab 👨\u200d👩\u200d👧\x7f\n".encode())
    Keyboard().read(lambda half: None)
    # Two columns here, six there: the line is written anew, and spaces cover the widest.
    assert capsys.readouterr().err.endswith("\r> ab " + " " * 6 + "\b" * 6 + "\n")


def test_several_lines_pasted_are_one_answer_and_the_same_enter_does_not_end_two(master: int) -> None:
    keyboard = Keyboard()
    os.write(master, b"alpha\nbravo\ncharlie\n")
    saved: list[str] = []

    def press_enter(half: str) -> None:
        if not saved:
            os.write(master, b"\n")
        saved.append(half)

    assert keyboard.read(press_enter) == "alpha\nbravo\ncharlie\n"
    os.write(master, b"\n")  # the Enter of the line before bounces
    assert keyboard.wait(0.05) is None
    os.write(master, b"x\n")
    assert keyboard.read(lambda half: None) == "x"
