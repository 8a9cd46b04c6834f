"""Lines of input for the plain asker: from a pipe, or typed at a terminal.

A terminal's own line input silently cuts a line at 4,095 bytes (Linux's N_TTY), so there keys are
read one by one.
"""

import codecs
import contextlib
import os
import select
import shutil
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from typing import IO, Protocol
from weakref import WeakKeyDictionary

from smartcli.prompts import signals
from smartcli.prompts.keystrokes import Bounce, Keystrokes
from smartcli.prompts.sequences import ESCAPE, ESCAPE_TIME, Paste
from smartcli.words import clean, visible, without_controls

PROMPT = "> "
_PAUSE = 0.5  # seconds from a key until a half-typed line is saved
_RUB_OUT = "\b \b"  # takes back one column: step left, overwrite, step left

Typed = Callable[[str], None]  # called with a line half typed, to save it

# The control characters a terminal sends for keys.
_CTRL_C = "\x03"
_CTRL_D = "\x04"
_CTRL_U = "\x15"
_CTRL_Z = "\x1a"
_BACKSPACE = ("\x7f", "\b")  # one or the other, by terminal
_WORD_BACK = ("\x17", "\x1b\x7f", "\x1b\b")  # Ctrl-W, Alt-Backspace
_ENTER = "\r"
_ALT_ENTER = "\x1b\r"


class Lines(Protocol):
    """A source of lines: a pipe or a keyboard."""

    live: bool

    def read(self, typed: Typed, *, goes_on: bool = False) -> str | None:
        """Return the next line, cleaned, without its end; None when there are no more.

        At a terminal it has line ends in it where several lines were pasted. `typed` is called with a half-typed line.
        `goes_on`: it belongs to the same answer as the line before. Raises KeyboardInterrupt on Ctrl-C.
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

    def read(self, typed: Typed, *, goes_on: bool = False) -> str | None:
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
        self._decode = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode
        self._strokes = Keystrokes(lambda: True, lambda: time.monotonic())
        self._bounce: Bounce[str, str] = Bounce(ESCAPE)
        self._has_ended_line = False  # whether a line was ended since the last time one was asked for
        self._waiting: deque[str] = deque()  # keys that count and were not used yet; "" is the end of input
        self._line = ""

    def read(self, typed: Typed, *, goes_on: bool = False) -> str | None:
        """Return the next line typed; several lines pasted are one, which Enter ends as any other."""
        self._begin(goes_on=goes_on)
        self._line = ""

        def save() -> None:
            typed(self._line)
            _echo("\n")

        with _key_by_key(self._fd), signals.held(save, lambda: _echo(PROMPT + _shown(self._line))):
            try:
                is_whole = self._type_line(typed)
            except KeyboardInterrupt:
                save()
                raise
            if not is_whole:
                save()
                return None
        _echo("\n")
        self._has_ended_line = True
        return clean(self._line)

    def wait(self, seconds: float) -> str | None:
        """Wait so many seconds for a line, which is read to its end once it has begun."""
        with _key_by_key(self._fd):  # or the terminal would echo what is typed meanwhile, and take Ctrl-D for itself
            self._begin()
            key = self._key(seconds)
            if key is None:
                return None
            self._waiting.appendleft(key)
            line = self.read(lambda half: None)
        if line is None:
            raise EOFError
        return line

    def _begin(self, *, goes_on: bool = False) -> None:
        """Begin a line: the Enter that ended the one before does not end this one too, unless both are one answer."""
        if self._has_ended_line:
            self._bounce.begin(None if goes_on else _ENTER)
            self._bounce.see(time.monotonic())
            self._has_ended_line = False

    def _type_line(self, typed: Typed) -> bool:
        """Take keys until Enter; returns whether it came, not the end of input. Raises KeyboardInterrupt on Ctrl-C."""
        # When the line is saved next. Not put off by each key: typing may go on without a pause.
        due: float | None = None
        while True:
            key = self._key(None if due is None else max(due - time.monotonic(), 0))
            if key is None:
                typed(self._line)
                due = None
                continue
            if key == _ENTER:
                return True
            if not key or (key == _CTRL_D and not self._line):
                return False
            if key == _CTRL_C:
                raise KeyboardInterrupt
            if key == _CTRL_Z:
                signals.suspend()
                continue
            self._line = _edited(self._line, key)
            due = due or time.monotonic() + _PAUSE

    def _key(self, timeout: float | None) -> str | None:
        """Return the next key that counts; None when none came in time (seconds), "" at the end of input."""
        until = None if timeout is None else time.monotonic() + timeout
        while not self._waiting:
            pauses = [ESCAPE_TIME] if self._strokes.is_waiting or self._bounce.is_waiting else []
            if until is not None:
                pauses.append(max(until - time.monotonic(), 0))
            if not pauses or self._comes_within(min(pauses)):
                self._take_in()
            elif len(pauses) == 1 and until is not None:
                return None
            else:
                self._settle()
        return self._waiting.popleft()

    def _comes_within(self, seconds: float) -> bool:
        """Return whether there is something to read, or nothing any more, within so many seconds."""
        try:
            return bool(select.select([self._fd], [], [], seconds)[0])
        except OSError:  # the terminal is gone
            return True

    def _take_in(self) -> None:
        """Read what is there."""
        try:
            data = os.read(self._fd, 65536)
        except OSError:  # the terminal is gone
            data = b""
        if data:
            self._count(self._strokes.feed(self._decode(data)))
        else:
            self._settle()
            self._waiting.append("")

    def _settle(self) -> None:
        """Note that nothing followed for the escape time."""
        self._count(self._strokes.flush())
        self._waiting.extend(self._bounce.flush())

    def _count(self, keys: list[str]) -> None:
        for key in keys:
            counted = _ENTER if key == _ALT_ENTER else key
            self._waiting.extend(self._bounce.press(counted, counted, self._strokes.read_at))


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

    def leave() -> None:
        with contextlib.suppress(termios.error, OSError):  # the terminal is gone
            termios.tcsetattr(fd, termios.TCSADRAIN, before)

    def take() -> None:
        termios.tcsetattr(fd, termios.TCSADRAIN, changed)

    with signals.held(leave, take):
        take()
        try:
            yield
        finally:
            leave()


def _edited(line: str, key: str) -> str:
    """Return a line after a key, echoed: letters are added; Backspace, Ctrl-W and Ctrl-U take away."""
    if key in _BACKSPACE:
        from smartcli.prompts.graphemes import last_grapheme  # here, as its tables take longer than all of plain mode

        return _rubbed_out(line, len(last_grapheme(line)))
    if key in _WORD_BACK:
        return _rubbed_out(line, len(line) - len(_without_last_word(line)))
    if key == _CTRL_U:
        return _rubbed_out(line, len(line))
    if isinstance(key, Paste) or (len(key) == 1 and without_controls(key)):
        _echo(_shown(key))
        return line + key
    return line  # any other key


def _rubbed_out(line: str, length: int) -> str:
    """Return a line without so many characters at its end, after taking them off the terminal."""
    if not length:
        return line
    from smartcli.prompts.graphemes import columns, spread_columns

    left, gone = _shown(line[:-length]), _shown(line[-length:])
    # Terminals do not agree how wide an emoji of several code points is. As many spaces as it can be, after the line
    # written anew, hide it on each; where the line is longer than a row, its beginning cannot be reached.
    if columns(gone) == spread_columns(gone) or columns(PROMPT + left + gone) >= shutil.get_terminal_size().columns:
        _echo(_RUB_OUT * columns(gone))
    else:
        widest = max(columns(gone), spread_columns(gone))
        _echo("\r" + PROMPT + left + " " * widest + "\b" * widest)
    return line[:-length]


def _without_last_word(line: str) -> str:
    words = line.rstrip()
    return words[: len(words) - len(words.split()[-1])] if words else ""


def _shown(words: str) -> str:
    """Return words as they are echoed: on one line, each letter as wide as it is taken for."""
    return visible(words).replace("\n", " ").replace("\t", " ")


def _echo(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
