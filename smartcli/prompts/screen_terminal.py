"""The terminal while screens are shown on it: taken, and given back when a signal ends or stops the program."""

import contextlib
import os
from collections.abc import Callable, Iterator
from typing import Any

from prompt_toolkit.input import Input
from prompt_toolkit.output import Output

from smartcli.prompts import signals

# What prompt_toolkit may have switched on, switched off: reports of the mouse, brackets around a paste, styles, a
# hidden cursor. Nothing stays to be seen, even where a terminal has no alternate screen.
_LEAVE = b"\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?2004l\x1b[0m\x1b[2J\x1b[H\x1b[?1049l\x1b[?25h"
_TAKE = b"\x1b[?1049h\x1b[2J\x1b[H"


@contextlib.contextmanager
def taken(keys: Input, output: Output, redraw: Callable[[], None]) -> Iterator[None]:
    """Keep the terminal in raw mode: between two screens, too, no key is echoed, lost or turned into another.

    A signal that ends the program gives the terminal back first. One that stops it does so too, and `redraw` is called
    when the program goes on; it draws the screen anew.
    """
    with _given_back_by_signals(keys, output, redraw), keys.raw_mode():
        yield


@contextlib.contextmanager
def _given_back_by_signals(keys: Input, output: Output, redraw: Callable[[], None]) -> Iterator[None]:
    try:
        import termios

        key_file, screen_file = keys.fileno(), output.fileno()
        before = termios.tcgetattr(key_file)
    except (ImportError, NotImplementedError, OSError, ValueError, termios.error):
        yield  # Windows, or what stands for a terminal in a test
        return
    ours: list[Any] = []

    def leave() -> None:
        ours[:] = termios.tcgetattr(key_file)
        with contextlib.suppress(OSError):
            os.write(screen_file, _LEAVE)  # not by way of `output`, which may be in the middle of writing
        termios.tcsetattr(key_file, termios.TCSANOW, before)

    def take() -> None:
        termios.tcsetattr(key_file, termios.TCSANOW, ours)
        os.write(screen_file, _TAKE)
        redraw()

    with signals.held(leave, take):
        yield
