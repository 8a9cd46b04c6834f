"""A screen fed with keys through a pipe: no terminal needed."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from smartcli.asking import Question
from smartcli.blocks import Words
from smartcli.prompts.screen import Screen
from smartcli.renderers.terminal import draw

UP, DOWN, LEFT, RIGHT = "\x1b[A", "\x1b[B", "\x1b[D", "\x1b[C"
HOME, END, PAGE_UP, PAGE_DOWN = "\x1b[H", "\x1b[F", "\x1b[5~", "\x1b[6~"
ENTER, LINE_FEED, BACKSPACE, CTRL_C, CTRL_D, F1, F2 = "\r", "\n", "\x7f", "\x03", "\x04", "\x1bOP", "\x1bOQ"
ESC = "\x1b[27u"  # as kitty sends it: whole. A bare escape with another key right behind it is Alt and that key
BOUND = 60.0  # seconds; only a screen that waits for more keys than were typed takes so long, whatever the load

Keys = Callable[..., Screen]


class Sized(DummyOutput):
    """A terminal of some size that swallows everything, and remembers whether it was asked for the mouse."""

    def __init__(self, columns: int = 80, rows: int = 24) -> None:
        self.columns, self.rows, self.mouse = columns, rows, False

    def get_size(self) -> Size:
        """Return how large it is."""
        return Size(rows=self.rows, columns=self.columns)

    def enable_mouse_support(self) -> None:
        """Remember that it was asked."""
        self.mouse = True


def _still_waits(_signal: int, _frame: object) -> None:
    raise AssertionError("the screen waits for more keys")


@contextmanager
def pipe() -> Iterator[PipeInput]:
    """A pipe to type into; a screen that waits for more keys than were typed ends by itself."""
    before = signal.signal(signal.SIGALRM, _still_waits)
    signal.setitimer(signal.ITIMER_REAL, BOUND)
    try:
        with create_pipe_input() as made:
            yield made
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def keyboard() -> Iterator[Keys]:
    """keys("abc") is an asker into which these keys are typed."""
    with pipe() as made:

        def typed(text: str, output: Sized | None = None, **more: Any) -> Screen:
            made.send_text(text)
            return Screen(draw, lambda: [Words("SUPPORT")], output or Sized(), made, **more)

        yield typed


def asked(**changes: Any) -> Question:
    """Return a question of a small exercise, with these changes."""
    return Question(ask="What?", heading="Test", place="1 of 2").with_(**changes)
