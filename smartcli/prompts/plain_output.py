"""Lines printed in plain mode: whole where they go to a file or a pipe, wrapped between words at a terminal."""

import os
import textwrap
from typing import TextIO


class Output:
    """A stream that lines are printed to."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def print(self, *texts: str) -> None:
        """Print texts, each on lines of its own."""
        width = width_of(self._stream)
        for text in texts:
            self._stream.write((wrapped(text, width) if width else text) + "\n")
        self._stream.flush()

    def prompt(self) -> None:
        """Print the sign that a line is waited for."""
        self._stream.write("> ")
        self._stream.flush()


def width_of(stream: TextIO) -> int | None:
    """Return the columns of the terminal a stream goes to; None where it goes elsewhere."""
    try:
        return os.get_terminal_size(stream.fileno()).columns or None
    except (OSError, ValueError):  # a file or a pipe; a stream of a test, which has no number
        return None


def wrapped(text: str, width: int) -> str:
    """Return a text with its lines wrapped between words, where a terminal would break words in two."""
    return "\n".join("\n".join(_wrapped_line(line, width)) for line in text.split("\n"))


def _wrapped_line(line: str, width: int) -> list[str]:
    # A word longer than the terminal is left whole: a copied address must stay one.
    return textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [line]
