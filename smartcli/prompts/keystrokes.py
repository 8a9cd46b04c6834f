"""What hands do at a keyboard: keys that bounce or are held, and words that come faster than any hand types."""

import math
import re
import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from smartcli.prompts.sequences import ESCAPE, Paste, Scanner, as_sent_by_all
from smartcli.words import without_controls

_PLAIN = re.compile(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*")  # characters, tabs and line ends
_ENDED_LINE = re.compile(r"[^\r\n][\r\n]")
_SEVERAL_LINES = re.compile(r"[^\r\n][\r\n]+[^\r\n]")
_AT_ONCE = 64  # characters from which on words that were read at once are a paste

# A worn key bounces within 20 ms, a held one repeats every 15 to 100 ms after a first wait of 225 to 1,000 ms, and
# nobody means the same key twice within 150 ms of a new page. Esc is another matter: two of them quickly are a wish to
# go back two, and one too many loses nothing.
_SETTLED = 0.15  # seconds
_SETTLED_ESCAPE = 0.05
_FIRST_REPEAT = 1.0  # seconds from a new page until a key held since before it has certainly begun to repeat

K = TypeVar("K", bound=Hashable)
P = TypeVar("P")


class Keystrokes:
    """Turns what a terminal sends into keys, each as every terminal sends it, and `Paste`s."""

    def __init__(
        self, takes_words: Callable[[], bool] = lambda: False, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`takes_words`: whether words are typed now, by a hand; then several lines at once are a paste."""
        self._takes_words = takes_words
        self._clock = clock
        self.read_at = 0.0  # when something was last read, in seconds
        self._scanner = Scanner(clock)
        self._burst = ""  # words and line ends that came at once; whether more follow is not known yet

    @property
    def is_waiting(self) -> bool:
        """Whether to call `flush` if nothing follows within the escape time."""
        return self._scanner.is_waiting or bool(self._burst)

    def feed(self, data: str) -> list[str]:
        """Return the keys in what was read at once."""
        self.read_at = self._clock()
        if self._is_burst(data):
            self._burst += data
            return []
        return [*self._settle(), *self._words_and_keys(data)]

    def flush(self) -> list[str]:
        """Return the keys that were held back, now that nothing followed for the escape time."""
        return [*self._settle(), *self._scanner.flush()]

    def _is_burst(self, data: str) -> bool:
        if self._scanner.is_within or not self._takes_words() or not _PLAIN.fullmatch(data):
            return False
        return bool(self._burst or _ENDED_LINE.search(data))

    def _settle(self) -> list[str]:
        """Return what came at once: a paste when it is several lines, else its keys."""
        burst, self._burst = self._burst, ""
        if _SEVERAL_LINES.search(burst):
            return [_cleaned(burst)]
        return self._words_and_keys(burst) if burst else []

    def _words_and_keys(self, data: str) -> list[str]:
        """Return what was read at once: many words as one paste, since a key for each letter would take long."""
        words = data.rstrip("\r\n")
        if len(words) < _AT_ONCE or self._scanner.is_within or not self._takes_words() or not _PLAIN.fullmatch(words):
            return self._keys(data)
        return [_cleaned(words), *self._keys(data[len(words) :])]

    def _keys(self, data: str) -> list[str]:
        keys: list[str] = []
        before = ""
        for found in self._scanner.feed(data):
            if (before, found) != ("\r", "\n"):  # some terminals send both for one Enter
                keys += _sent(found)
            before = found
        return keys


def _sent(found: str) -> list[str]:
    """Return the keys that one key of the terminal stands for: mostly one; line feed is Enter."""
    if isinstance(found, Paste):
        return [_cleaned(found)]
    key = as_sent_by_all(found).replace("\n", "\r")
    return [key] if key.startswith(ESCAPE) else [*key]


def _cleaned(words: str) -> Paste:
    return Paste(without_controls(words.replace("\r\n", "\n").replace("\r", "\n")))


class Bounce(Generic[K, P]):
    """Keeps the key that ended a page from answering the next, until the hand has let go of it.

    Keys are told apart by K; P is a press, as it is handed on. Times are in seconds, by one clock.
    """

    def __init__(self, escape: K) -> None:
        """`escape` is the Esc key."""
        self._escape = escape
        self._last: tuple[K | None, float] = (None, 0.0)  # the key pressed last, and when
        self._key: K | None = None  # the key that ended the page before, while it is not trusted
        self._seen_at: float | None = None  # since when the page can be seen; None before
        self._doubted: P | None = None  # a press of that key, which counts unless another follows at once

    @property
    def is_waiting(self) -> bool:
        """Whether to call `flush` if nothing follows within the escape time."""
        return self._doubted is not None

    def begin(self, ended_by: K | None) -> None:
        """Begin a page; `ended_by` is the key that ended the one before, None to trust every key."""
        self._key, self._seen_at, self._doubted = ended_by, None, None

    def see(self, at: float) -> None:
        """Note that the page can be seen since then."""
        if self._seen_at is None:
            self._seen_at = at

    def press(self, key: K, press: P, at: float, *, trusted: bool = False) -> list[P]:
        """Return the presses that count now that a key was pressed: this one, an earlier one that waited, or none.

        `trusted`: this one counts whatever it is.
        """
        is_again = key == self._last[0]
        since = at - self._last[1] if is_again else math.inf
        self._last = (key, at)
        if not trusted and key == self._escape and since < _SETTLED_ESCAPE:
            self._doubted = None
            return []
        if trusted or key != self._key:
            self._key = None
            return [*self.flush(), press]
        if key != self._escape and (self._seen_at is None or min(since, at - self._seen_at) < _SETTLED):
            self._doubted = None
            return []
        if self._seen_at is not None and at - self._seen_at > _FIRST_REPEAT:
            self._key = None
            return [press]
        self._doubted = press
        return []

    def flush(self) -> list[P]:
        """Return the press that waited for another like it, now that none came."""
        if self._doubted is None:
            return []
        doubted, self._doubted, self._key = self._doubted, None, None
        return [doubted]
