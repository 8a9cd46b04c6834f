"""Leaving by itself: where no key was pressed for some minutes, nobody may be there, or somebody else."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from prompt_toolkit.application import Application

from smartcli.prompts.screen_terminal import vacate

_EVERY = 1.0  # seconds between two looks: as long as words may stand there once a computer has woken up


def seconds_up() -> float:
    """Return seconds by a clock that nobody can set, and that goes on while the computer sleeps, where there is one."""
    if hasattr(time, "CLOCK_BOOTTIME"):  # Linux
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class Idle:
    """Leaves the terminal empty when no key was pressed for so many seconds, and goes on with `rest`.

    `rest` ends the program, or puts another in its place. The time counts from one screen to the next.
    """

    def __init__(self, seconds: float, rest: Callable[[], Any]) -> None:
        self._seconds = seconds
        self._rest = rest
        self._since = seconds_up()  # the last key

    def watch(self, made: Application[Any], is_busy: Callable[[], bool]) -> None:
        """Watch an application while it runs; while `is_busy`, something goes on there without any key."""

        def count_key(_processor: object) -> None:
            self.look(made)  # whoever wakes a computer up may not be who fell asleep
            self._since = seconds_up()

        async def look_now_and_then() -> None:
            while True:
                await asyncio.sleep(_EVERY)
                self.look(made)
                if is_busy():
                    self._since = seconds_up()

        def begin() -> None:
            made.create_background_task(look_now_and_then())

        made.key_processor.before_key_press += count_key
        made.pre_run_callables.append(begin)

    def look(self, made: Application[Any]) -> None:
        """Leave if it is time."""
        if seconds_up() - self._since >= self._seconds:
            vacate(made.input, made.output)
            self._rest()
