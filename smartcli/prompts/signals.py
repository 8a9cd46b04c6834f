"""Signals, while a program has the terminal to itself: it is given back before the program ends or stops.

A signal that ends a program ends it as if nobody had listened, after everything that holds the terminal has put it
back. A shell sees by which signal it ended, and nothing else of the program runs. Whoever ends the program at once for
another reason (a key that hides it, a long time without any key) calls `leave` first: there is one way out in a hurry.
"""

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from types import FrameType
from typing import NamedTuple

_NOT_ENDING = (
    *("SIGKILL", "SIGSTOP"),  # nobody can listen to these
    *("SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGCONT", "SIGCHLD", "SIGURG", "SIGWINCH", "SIGINFO"),
    *("SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL"),  # the machine's own: nothing may run after them
    "SIGINT",  # Python's KeyboardInterrupt, which pauses; `interrupted` where that may not come at any moment
)


class _Hold(NamedTuple):
    leave: Callable[[], None]
    take: Callable[[], None]


_holds: list[_Hold] = []
_listening: list[int] = []  # the signals that are listened to, all of which did what they do by default


def _nothing() -> None:
    pass


@contextlib.contextmanager
def held(leave: Callable[[], None], take: Callable[[], None] = _nothing) -> Iterator[None]:
    """Hold the terminal, or words that are not saved yet, for a while.

    `leave` gives the terminal back, or saves; it is called when a signal ends or stops the program, before those who
    held it earlier. `take` takes the terminal again when the program goes on after a stop. Both may be called at any
    moment, in the middle of anything. Only the main thread is told of signals.
    """
    hold = _Hold(leave, take)
    _holds.append(hold)
    if not _listening:
        _listen()
    try:
        yield
    finally:
        _holds.remove(hold)
        if not _holds:
            _stop_listening()


@contextlib.contextmanager
def interrupted(tell: Callable[[], None]) -> Iterator[None]:
    """Call `tell` at an interrupt, for a while, instead of raising KeyboardInterrupt in the middle of anything."""
    is_ours = False
    with contextlib.suppress(ValueError):  # not the main thread
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, lambda number, frame: tell())
            is_ours = True
    try:
        yield
    finally:
        if is_ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)


def suspend() -> None:
    """Stop the program and those started with it, as Ctrl-Z does in a shell; nothing where no shell would go on."""
    has_terminal = any(hold.take is not _nothing for hold in _holds)
    if has_terminal and getattr(signal, "SIGTSTP", None) in _listening and _has_job_control():
        os.kill(0, signal.SIGTSTP)


def _has_job_control() -> bool:
    """Return whether a shell that can go on with us may be there: the parent is of the same session."""
    try:
        return os.getsid(os.getppid()) == os.getsid(0)
    except OSError:
        return False


def _listen() -> None:
    """Listen to the signals that end or stop a program, but those that somebody ignores or listens to already."""
    if os.name != "posix":
        return
    others = {getattr(signal, name, None) for name in _NOT_ENDING}
    with contextlib.suppress(ValueError):  # not the main thread
        for number in sorted(signal.valid_signals() - others):
            if signal.getsignal(number) == signal.SIG_DFL:
                signal.signal(number, _end)
                _listening.append(number)
        if signal.getsignal(signal.SIGTSTP) == signal.SIG_DFL:
            signal.signal(signal.SIGTSTP, _stop)
            _listening.append(signal.SIGTSTP)


def _stop_listening() -> None:
    while _listening:
        signal.signal(_listening.pop(), signal.SIG_DFL)


def leave() -> None:
    """Let everybody who holds the terminal or words give them back or save them: the last first, as a signal does."""
    for hold in reversed(_holds):
        with contextlib.suppress(Exception):
            hold.leave()


def _end(number: int, frame: FrameType | None) -> None:
    """Give the terminal back and end by the signal."""
    leave()
    _by_default(number)


def _stop(number: int, frame: FrameType | None) -> None:
    """Give the terminal back, stop, and take it again when the program goes on."""
    leave()
    _by_default(number)
    signal.signal(number, _stop)
    for hold in [*_holds]:
        with contextlib.suppress(Exception):
            hold.take()


def _by_default(number: int) -> None:
    """Let a signal do what it does where nobody listens."""
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
