"""What is being typed is kept half a second after its key, though the typing goes on: by a clock that the test turns."""

import asyncio
import contextlib
import random
import sys
from collections.abc import Callable
from itertools import accumulate
from types import SimpleNamespace
from typing import Any

import pytest

from smartcli.asking import Question
from smartcli.prompts import lines
from smartcli.prompts.screen_half import Half
from smartcli.prompts.screen_text import Typing

TICK = 0.01  # seconds: how far the clock is turned at once, and so how exact it is
PROMISED = 50  # ticks from a key until its letter is kept
_CHANCE = random.Random(1)
GAPS = [10] * 30 + [_CHANCE.randint(1, 45) for _ in range(50)]  # ticks before each key, no pause among them
KEYS = {*accumulate(GAPS)}  # the ticks at which a key is pressed

Way = Callable[[pytest.MonkeyPatch], int]


class Typist:
    """Types without a pause, and notes the longest that a letter has waited to be kept."""

    def __init__(self) -> None:
        self.now = 0  # ticks
        self.pressed: list[int] = []  # when, for each letter
        self.kept = 0  # letters
        self.longest = 0  # ticks

    def seconds(self) -> float:
        """Return what the clock says."""
        return self.now * TICK

    def keep(self, words: str) -> None:
        """Be told that these words are kept."""
        self.kept = len(words)

    def tick(self) -> bool:
        """Turn the clock; return whether a key is pressed now."""
        self.now += 1
        if self.kept < len(self.pressed):
            self.longest = max(self.longest, self.now - self.pressed[self.kept])
        if self.now in KEYS:
            self.pressed.append(self.now)
        return self.now in KEYS

    @property
    def text(self) -> str:
        """What stands in the widget."""
        return "a" * len(self.pressed)


def at_the_screen(monkeypatch: pytest.MonkeyPatch) -> int:
    """Type into the widget of the screen; return the longest that a letter waited, in ticks."""
    typist = Typist()
    typing = Typing(None, Question(ask="What?", changed=typist.keep))  # type: ignore[arg-type]  # no frame is drawn

    async def type_on() -> None:
        monkeypatch.setattr(asyncio.get_running_loop(), "time", typist.seconds)
        while typist.now < max(KEYS):
            pressed = typist.tick()
            if pressed:
                typing._changed(typist)
            for _ in range(2):  # the first takes up the timers that are due, the second calls them
                await asyncio.sleep(0)

    asyncio.run(type_on())
    return typist.longest


def at_a_list(monkeypatch: pytest.MonkeyPatch) -> int:
    """Move about in a list, a scale or whatever has rows; return the longest that a move waited, in ticks."""
    typist = Typist()
    half = Half(Question(ask="What?", changed=typist.keep), lambda: typist.text)

    async def move_on() -> None:
        monkeypatch.setattr(asyncio.get_running_loop(), "time", typist.seconds)
        while typist.now < max(KEYS):
            if typist.tick():
                half.save_soon()
            for _ in range(2):
                await asyncio.sleep(0)

    asyncio.run(move_on())
    return typist.longest


class Keypresses:
    """Stands for the modules that plain mode reads its keys with: the typist presses them."""

    def __init__(self, typist: Typist) -> None:
        self.typist = typist
        self.pressed = False  # a key that has not been read yet
        self.monotonic = typist.seconds

    def select(self, reading: list[int], _writing: Any, _odd: Any, seconds: float) -> tuple[list[int], Any, Any]:
        """Wait so long for a key."""
        for _ in range(round(seconds / TICK)):
            self.pressed = self.pressed or self.typist.tick()
            if self.pressed:
                break
        return (reading if self.pressed else []), [], []

    def read(self, _file: int, _size: int) -> bytes:
        """Wait for a key as long as it takes."""
        while not self.pressed:
            self.pressed = self.typist.tick()
        self.pressed = False
        return b"\r" if self.typist.now == max(KEYS) else b"a"


def in_plain_mode(monkeypatch: pytest.MonkeyPatch) -> int:
    """Type at the keyboard of plain mode; return the longest that a letter waited, in ticks."""
    typist = Typist()
    keys = Keypresses(typist)
    for module in ("os", "select", "time"):
        monkeypatch.setattr(lines, module, keys)
    monkeypatch.setattr(lines, "_key_by_key", lambda fd: contextlib.nullcontext())
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(fileno=lambda: 0))
    keyboard = lines.Keyboard()
    assert keyboard.read(typist.keep) == "a" * (len(KEYS) - 1)
    return typist.longest


WAYS = [at_the_screen, at_a_list, in_plain_mode]


@pytest.mark.parametrize("way", WAYS)
def test_no_letter_waits_longer_than_half_a_second(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    assert PROMISED - 2 <= way(monkeypatch) <= PROMISED + 2


def test_typing_kept_only_after_a_pause_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = Typing._changed

    def wait_for_a_pause(typing: Typing, buffer: Any) -> None:
        if typing._waiting:
            typing._waiting.cancel()
            typing._waiting = None
        changed(typing, buffer)

    monkeypatch.setattr(Typing, "_changed", wait_for_a_pause)
    assert at_the_screen(monkeypatch) > 2 * PROMISED
