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
    master, slave = pty.openpty()
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


def test_the_end_of_input_ends_a_wait(master: int, monkeypatch: pytest.MonkeyPatch) -> None:
    os.write(master, b"7")
    end_after_one_read(monkeypatch)
    monkeypatch.setattr(select, "select", lambda *_: ([0], [], []))
    with pytest.raises(EOFError):
        Keyboard().wait(5)
