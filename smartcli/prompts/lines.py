"""Lines of input for the plain asker: from a pipe, or typed at a terminal.

A terminal's own line input cuts a line at 4,095 bytes without a word, so there keys are read one by one.
"""

import codecs
import contextlib
import os
import select
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from typing import IO, Protocol

from smartcli.words import clean, visible

_PAUSE = 0.5  # seconds from a key until a half-typed line is kept

Typed = Callable[[str], None]


class Lines(Protocol):
    """Where lines come from."""

    live: bool

    def read(self, typed: Typed) -> str | None:
        """Return the next line, cleaned, without its end; None when there are no more.

        `typed` is told of a half-typed line. Raises KeyboardInterrupt on Ctrl-C.
        """

    def wait(self, seconds: float) -> str | None:
        """Wait so long for a line at a terminal; None when none came. From a pipe nothing is waited for."""


class Piped:
    """Lines from a pipe or a file."""

    live = False

    def __init__(self, stream: IO[bytes]) -> None:
        """Read from a binary stream; bytes that are not UTF-8 become U+FFFD."""
        self._stream = stream

    def read(self, typed: Typed) -> str | None:
        """Return the next line."""
        line = self._stream.readline()
        if not line:
            return None
        return clean(line.decode("utf-8", "surrogateescape")).removesuffix("\n")

    def wait(self, seconds: float) -> str | None:
        """A pipe does not wait."""
        return None


class Keyboard:
    """Lines typed at a terminal, of any length: append-only, with Backspace as the one correction."""

    live = True

    def __init__(self) -> None:
        """Read standard input, echo to standard error."""
        self._fd = sys.stdin.fileno()
        self._decode = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._waiting: list[str] = []  # letters read beyond the end of a line

    def read(self, typed: Typed) -> str | None:
        """Return the next line typed."""
        line = ""
        due: float | None = None  # when what is typed is kept, though the typing may go on without a pause
        with _key_by_key(self._fd):
            while True:
                letter = self._letter(None if due is None else max(due - time.monotonic(), 0))
                if letter is None:
                    typed(line)
                    due = None
                    continue
                if letter in "\r\n":
                    _echo("\n")
                    return clean(line)
                if letter == "\x03":
                    typed(line)
                    _echo("\n")
                    raise KeyboardInterrupt
                if letter in ("\x04", ""):
                    if letter == "" or not line:
                        _echo("\n")
                        return None
                elif letter in "\x7f\b":
                    if line:
                        _echo("\b \b" * _cells(line[-1]))
                        line = line[:-1]
                elif letter == "\x15":
                    _echo("\b \b" * sum(map(_cells, line)))
                    line = ""
                elif letter >= " " or letter == "\t":
                    line += letter
                    _echo(visible(letter))
                due = due or time.monotonic() + _PAUSE

    def wait(self, seconds: float) -> str | None:
        """Wait so long for a line, which is read whole once it has begun."""
        if self._waiting or select.select([self._fd], [], [], seconds)[0]:
            return self.read(lambda half: None)
        return None

    def _letter(self, timeout: float | None) -> str | None:
        """Return the next letter; None when none came in time, "" at the end of input.

        What a key such as an arrow sends (ESC and what follows at once) is passed over.
        """
        while not self._waiting:
            if timeout is not None and not select.select([self._fd], [], [], timeout)[0]:
                return None
            data = os.read(self._fd, 65536)
            if not data:
                return ""
            text = self._decode.decode(data)
            if text.startswith("\x1b") and "\n" not in text and "\r" not in text and len(text) < 16:
                continue
            self._waiting = [*reversed(text)]
        return self._waiting.pop()


def lines_of_stdin() -> Lines:
    """Return the lines of standard input: typed if it is a terminal we can read key by key, else piped."""
    try:
        import termios
    except ImportError:  # Windows, whose consoles do not cut lines
        return Piped(sys.stdin.buffer)
    try:
        termios.tcgetattr(sys.stdin.fileno())
    except (termios.error, OSError, ValueError):
        return Piped(sys.stdin.buffer)
    return Keyboard()


@contextlib.contextmanager
def _key_by_key(fd: int) -> Iterator[None]:
    """Read a terminal key by key, unechoed, for a while."""
    import termios

    before = termios.tcgetattr(fd)
    changed = termios.tcgetattr(fd)
    changed[3] &= ~(termios.ICANON | termios.ECHO | termios.ISIG | termios.IEXTEN)
    changed[0] &= ~termios.IXON
    termios.tcsetattr(fd, termios.TCSADRAIN, changed)
    try:
        yield
    finally:
        termios.tcsetattr(fd, termios.TCSADRAIN, before)


def _echo(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


def _cells(letter: str) -> int:
    """Return how many columns a letter takes."""
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
