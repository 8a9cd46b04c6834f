"""Lines of input for the plain asker: from a pipe, or typed at a terminal.

A terminal's own line input silently cuts a line at 4,095 bytes (Linux's N_TTY), so there keys are
read one by one.
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
from weakref import WeakKeyDictionary

from smartcli.words import clean, visible

_PAUSE = 0.5  # seconds from a key until a half-typed line is saved
_LONGEST_KEY = 16  # characters; what a terminal sends for one key is shorter
_RUB_OUT = "\b \b"  # takes back one column: step left, overwrite, step left

Typed = Callable[[str], None]  # called with a line half typed, to save it

# The control characters a terminal sends for keys.
_CTRL_C = "\x03"
_CTRL_D = "\x04"
_CTRL_U = "\x15"
_BACKSPACE = "\x7f\b"  # one or the other, by terminal
_ESCAPE = "\x1b"


class Lines(Protocol):
    """A source of lines: a pipe or a keyboard."""

    live: bool

    def read(self, typed: Typed) -> str | None:
        """Return the next line, cleaned, without its end; None when there are no more.

        `typed` is called with a half-typed line. Raises KeyboardInterrupt on Ctrl-C.
        """

    def wait(self, seconds: float) -> str | None:
        """Wait so many seconds for a line at a terminal; None if none came. A pipe never waits.

        Raises EOFError when there are no more lines.
        """


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
    """Lines typed at a terminal, of any length: append-only, corrected with Backspace only."""

    live = True

    def __init__(self) -> None:
        """Read standard input, echo to standard error."""
        self._fd = sys.stdin.fileno()
        self._decode = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._waiting: list[str] = []  # letters read beyond the end of a line

    def read(self, typed: Typed) -> str | None:
        """Return the next line typed."""
        line = ""
        # When the line is saved next. Not put off by each key: typing may go on without a pause.
        due: float | None = None
        with _key_by_key(self._fd):
            while True:
                letter = self._letter(None if due is None else max(due - time.monotonic(), 0))
                if letter is None:
                    typed(line)
                    due = None
                    continue
                # The end of input comes first, since "" is in every text that is asked for below.
                if letter == "" or (letter == _CTRL_D and not line):
                    typed(line)
                    _echo("\n")
                    return None
                if letter in "\r\n":
                    _echo("\n")
                    return clean(line)
                if letter == _CTRL_C:
                    typed(line)
                    _echo("\n")
                    raise KeyboardInterrupt
                line = _edited(line, letter)
                due = due or time.monotonic() + _PAUSE

    def wait(self, seconds: float) -> str | None:
        """Wait so many seconds for a line, which is read to its end once it has begun."""
        with _key_by_key(self._fd):  # or the terminal would echo what is typed meanwhile, and take Ctrl-D for itself
            if not self._waiting and not select.select([self._fd], [], [], seconds)[0]:
                return None
            line = self.read(lambda half: None)
        if line is None:
            raise EOFError
        return line

    def _letter(self, timeout: float | None) -> str | None:
        """Return the next letter; None when none came in time, "" at the end of input.

        What a key such as an arrow sends (ESC and what follows at once) is skipped.
        """
        while not self._waiting:
            if timeout is not None and not select.select([self._fd], [], [], timeout)[0]:
                return None
            data = os.read(self._fd, 65536)
            if not data:
                return ""
            text = self._decode.decode(data)
            # Longer ones, or with a line end, are pasted words that happen to begin with ESC.
            has_end = "\n" in text or "\r" in text
            if text.startswith(_ESCAPE) and len(text) < _LONGEST_KEY and not has_end:
                continue
            self._waiting = [*reversed(text)]  # reversed: `pop` takes from the end
        return self._waiting.pop()


_OF_STDIN: WeakKeyDictionary[IO[str], Lines] = WeakKeyDictionary()


def lines_of_stdin() -> Lines:
    """Return the lines of standard input, the same for every asker: what was typed ahead waits in them."""
    if sys.stdin not in _OF_STDIN:
        _OF_STDIN[sys.stdin] = _new_lines_of_stdin()
    return _OF_STDIN[sys.stdin]


def _new_lines_of_stdin() -> Lines:
    """Return a keyboard's lines where keys can be read, else a pipe's."""
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
    input_flags, local_flags = 0, 3  # places in the list that tcgetattr returns
    changed[local_flags] &= ~(termios.ICANON | termios.ECHO | termios.ISIG | termios.IEXTEN)
    changed[input_flags] &= ~termios.IXON  # or Ctrl-S would stop the terminal
    termios.tcsetattr(fd, termios.TCSADRAIN, changed)
    try:
        yield
    finally:
        termios.tcsetattr(fd, termios.TCSADRAIN, before)


def _edited(line: str, letter: str) -> str:
    """Return a line after a key, echoed: a letter is added, Backspace and Ctrl-U take away."""
    if letter in _BACKSPACE:
        if line:
            _echo(_RUB_OUT * _cells(line[-1]))
        return line[:-1]
    if letter == _CTRL_U:
        _echo(_RUB_OUT * sum(map(_cells, line)))
        return ""
    if letter >= " " or letter == "\t":
        _echo(visible(letter))
        return line + letter
    return line  # any other control character


def _echo(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


def _cells(letter: str) -> int:
    """Return how many columns of the terminal a letter takes."""
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
