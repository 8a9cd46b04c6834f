"""The terminal while screens are shown on it: taken, and given back when a signal ends or stops the program."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

from prompt_toolkit.input import Input
from prompt_toolkit.output import Output
from prompt_toolkit.output.vt100 import Vt100_Output

from smartcli.prompts import signals

# What prompt_toolkit may have changed, as it was: reports of the mouse, brackets around a paste, styles, line wrapping.
_SWITCHED_OFF = "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?2004l\x1b[0m\x1b[?7h"
_LEAVE, _TAKE = "\x1b[?1049l\x1b[?25h", "\x1b[?1049h"  # the alternate screen; the cursor is shown again
_KEEP_CURSOR, _CURSOR_BACK = "\x1b7", "\x1b8"
_LOCAL_MODES = 3  # the place of these in what termios returns; to echo is one of them
_END_OF_ROW, _NEXT_ROW = "\x1b[K", "\x1b[B\r\x1b[2K"


def erased_by_rows(rows: int) -> str:
    """Return what wipes a screen of so many rows, row after row, and leaves the cursor in its first corner.

    A screen that is wiped at once goes to the scrollback of some terminals (tmux, VTE) where there is no alternate
    screen: what the person wrote would stay there.
    """
    return "\x1b[H" + _erased_below(rows) + "\x1b[H"


def _erased_below(rows: int) -> str:
    """Return what wipes the rest of the cursor's row and all rows below it, in a screen of so many."""
    return _END_OF_ROW + _NEXT_ROW * (rows - 1)


@contextlib.contextmanager
def nothing_scrolled_out(output: Output) -> Iterator[None]:
    """Let a terminal's output neither scroll the screen nor wipe it at once, for a while: see `erased_by_rows`.

    prompt_toolkit goes down by line ends, which scroll from the last row on.
    """
    if isinstance(output, Vt100_Output):
        write = output.write

        def write_or_go_down(data: str) -> None:
            if data and not data.strip("\r\n"):
                output.write_raw("\r")
                output.cursor_down(data.count("\n"))
            else:
                write(data)

        def erase_screen() -> None:
            output.write_raw(_KEEP_CURSOR + erased_by_rows(output.get_size().rows) + _CURSOR_BACK)

        def erase_down() -> None:
            output.write_raw(_KEEP_CURSOR + _erased_below(output.get_size().rows) + _CURSOR_BACK)

        vars(output).update(write=write_or_go_down, erase_screen=erase_screen, erase_down=erase_down)
    try:
        yield
    finally:
        for name in ("write", "erase_screen", "erase_down"):
            vars(output).pop(name, None)


def vacate(keys: Input, output: Output) -> None:
    """Save what is half typed, give the terminal back, and wipe it, so that nobody sees what was there.

    The shell's own screen is wiped too: the command that started the program stands there. Keys that were not read yet
    are dropped, or the shell would show them. Only for a program that ends now.
    """
    signals.leave()
    with contextlib.suppress(ImportError, NotImplementedError, OSError, ValueError):
        import termios

        with contextlib.suppress(termios.error):
            termios.tcflush(keys.fileno(), termios.TCIFLUSH)
    output.write_raw(erased_by_rows(output.get_size().rows))
    with contextlib.suppress(OSError):
        output.flush()


@contextlib.contextmanager
def unechoed() -> Iterator[None]:
    """Let the terminal show nothing of what is typed while no screen is there: it may be the next passphrase."""
    before = _modes_of(sys.stdin)
    if before is None:
        yield
        return
    import termios

    silent = [*before]
    silent[_LOCAL_MODES] &= ~termios.ECHO

    def set_modes(modes: list[Any]) -> None:
        with contextlib.suppress(termios.error):
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, modes)

    set_modes(silent)
    try:
        with signals.held(lambda: set_modes(before), lambda: set_modes(silent)):
            yield
    finally:
        set_modes(before)


def _modes_of(stream: Any) -> list[Any] | None:
    """Return the modes of the terminal that a stream or an input is; None where there is none, and on Windows."""
    try:
        import termios
    except ImportError:
        return None
    try:
        return termios.tcgetattr(stream.fileno())
    except (NotImplementedError, OSError, ValueError, termios.error):  # such as what stands for a terminal in a test
        return None


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
    before = _modes_of(keys)
    if before is None or _modes_of(output) is None:
        with signals.held(_giving_back(output)):
            yield
        return
    import termios

    key_file, screen_file = keys.fileno(), output.fileno()
    ours: list[Any] = []

    def leave() -> None:
        ours[:] = termios.tcgetattr(key_file)
        with contextlib.suppress(OSError):  # not by way of `output`, which may be in the middle of writing
            os.write(screen_file, (_SWITCHED_OFF + _wiped(screen_file) + _LEAVE).encode())
        termios.tcsetattr(key_file, termios.TCSANOW, before)

    def take() -> None:
        termios.tcsetattr(key_file, termios.TCSANOW, ours)
        os.write(screen_file, (_TAKE + _wiped(screen_file)).encode())
        redraw()

    with signals.held(leave, take):
        yield


def _giving_back(output: Output) -> Callable[[], None]:
    """Return what wipes a screen and leaves it by way of its output, as that is before a `Frame` changes it."""
    leave = output.quit_alternate_screen

    def give_back() -> None:
        output.erase_screen()
        leave()
        output.show_cursor()
        output.flush()

    return give_back


def _wiped(screen_file: int) -> str:
    return erased_by_rows(os.get_terminal_size(screen_file).lines)
