"""When nobody is there: counted from the last key by a clock that knows sleep; a practice that runs is somebody."""

from collections.abc import Callable, Coroutine
from types import SimpleNamespace
from typing import Any

import pytest
from prompt_toolkit.application import Application
from prompt_toolkit.utils import Event

from smartcli.asking import Exercising
from smartcli.prompts import screen_idle
from smartcli.prompts.screen_frame import Frame
from smartcli.prompts.screen_idle import Idle
from smartcli.prompts.screen_practice import Practising
from smartcli.renderers.terminal import draw
from tests.support.keyboard import ENTER, Sized, asked, pipe

LIMIT = 600.0


class Left(Exception):  # noqa: N818  what would end the program
    """The program has left."""


class Stage:
    """An application that is looked at when the test says so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, is_busy: Callable[[], bool] = lambda: False) -> None:
        self.at = 0.0
        monkeypatch.setattr(screen_idle, "seconds_up", lambda: self.at)
        monkeypatch.setattr(screen_idle, "_EVERY", 0)
        monkeypatch.setattr(screen_idle, "vacate", lambda keys, output: None)
        self._tasks: list[Coroutine[Any, Any, None]] = []
        self._keys = Event[object](None)
        made: Any = SimpleNamespace(
            key_processor=SimpleNamespace(before_key_press=self._keys),
            pre_run_callables=[],
            create_background_task=self._tasks.append,
            input=None,
            output=None,
        )
        Idle(LIMIT, self._leave).watch(made, is_busy)
        self._keys = made.key_processor.before_key_press
        made.pre_run_callables[0]()
        self.look()

    def _leave(self) -> None:
        raise Left

    def look(self, at: float | None = None) -> None:
        """Let the program look at the clock."""
        self.at = self.at if at is None else at
        self._tasks[0].send(None)

    def press(self, at: float) -> None:
        """Press a key at a moment."""
        self.at = at
        self._keys.fire()


def test_it_leaves_so_long_after_the_last_key_and_not_before(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(monkeypatch)
    stage.look(LIMIT - 1)
    stage.press(LIMIT - 1)
    stage.look(2 * LIMIT - 2)
    with pytest.raises(Left):
        stage.look(2 * LIMIT - 1)


def test_a_key_that_wakes_a_computer_up_does_not_put_it_off(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(monkeypatch)
    with pytest.raises(Left):
        stage.press(LIMIT)


def test_what_goes_on_without_a_key_counts_as_somebody_unless_it_has_slept(monkeypatch: pytest.MonkeyPatch) -> None:
    busy = [True]
    stage = Stage(monkeypatch, lambda: busy[0])
    for turn in range(10):
        stage.look(turn * LIMIT / 2)
    busy[0] = False
    stage.look(5 * LIMIT)
    busy[0] = True
    stage.look(5 * LIMIT + 1)
    with pytest.raises(Left):
        stage.look(6 * LIMIT + 1)


def test_a_practice_is_busy_while_its_clock_runs() -> None:
    clock = [0.0]
    at_first: list[bool] = []
    asks: list[Callable[[], bool]] = []

    class Watching(Idle):
        def watch(self, made: Application[Any], is_busy: Callable[[], bool]) -> None:
            at_first.append(is_busy())
            asks.append(is_busy)

    with pipe() as typed:
        frame = Frame(draw, list, Sized(), typed, idle=Watching(LIMIT, list), clock=lambda: clock[0])
        typed.send_text(ENTER + "x")
        Practising(frame, asked(), Exercising([("Sit.", 60)], waits=True)).ask()
    assert at_first == [False], "it waits to begin"
    for clock[0], is_busy in ((0, True), (59, True), (60, False), (1_000, False)):
        assert asks[0]() == is_busy
