"""How far something has come, where it takes more than a moment and somebody watches."""

import sys
import time

_AFTER = 1.0  # seconds
_EVERY = 0.1


class Progress:
    """A line on the terminal that counts; nothing elsewhere, nothing in the first second, gone at the end."""

    def __init__(self, what: str) -> None:
        """`what` stands before the number: "Reading"."""
        self._what = what
        self._next = time.monotonic() + _AFTER
        self._drawn = 0

    def __call__(self, number: int, of: int = 0) -> None:
        """Show how many there are by now, of how many, if that is known."""
        if time.monotonic() < self._next or not sys.stderr.isatty():
            return
        self._next = time.monotonic() + _EVERY
        line = f"{self._what} {number:,}{f' of {of:,}' if of else ''}"
        sys.stderr.write(f"\r{line.ljust(self._drawn)}")
        sys.stderr.flush()
        self._drawn = len(line)

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self._drawn:
            sys.stderr.write(f"\r{' ' * self._drawn}\r")
            sys.stderr.flush()
