"""What stands on a screen and is not an answer yet: saved, so that it is there when the person returns."""

import asyncio
from collections.abc import Callable
from typing import Any

from smartcli.asking import Question

_PAUSE = 0.5  # seconds from a key until it is saved


class Half:
    """`state` returns what stands on the screen, in the shape of the answer; None is nothing."""

    def __init__(self, question: Question, state: Callable[[], Any]) -> None:
        self._question = question
        self._state = state
        self._saved = state()
        self._waiting: asyncio.TimerHandle | None = None

    def save(self) -> None:
        """Save what stands there, if it is not what stood there when it was last saved."""
        self.drop()
        state = self._state()
        if state != self._saved:
            self._saved = state
            self._question.changed(state)

    def save_soon(self) -> None:
        """Save it a moment after the first key, pause or none: a terminal may be closed at any time."""
        if self._waiting is None:
            self._waiting = asyncio.get_running_loop().call_later(_PAUSE, self.save)

    def drop(self) -> None:
        """Save nothing later: what was to be saved has become an answer, or is saved."""
        if self._waiting:
            self._waiting.cancel()
            self._waiting = None
