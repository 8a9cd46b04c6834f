"""Lines printed in plain mode: whole where they go to a file or a pipe, wrapped between words at a terminal."""

import os
from typing import TextIO

from smartcli.prompts.lines import PROMPT
from smartcli.words import wrapped


class Output:
    """A stream that lines are printed to."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def print(self, *texts: str) -> None:
        """Print texts, each on lines of its own."""
        width = width_of(self._stream)
        for text in texts:
            self._stream.write(wrapped(text, width) + "\n")
        self._stream.flush()

    def prompt(self) -> None:
        """Print the sign that a line is waited for."""
        self._stream.write(PROMPT)
        self._stream.flush()


def width_of(stream: TextIO) -> int | None:
    """Return the columns of the terminal a stream goes to; None where it goes elsewhere."""
    try:
        return os.get_terminal_size(stream.fileno()).columns or None
    except (OSError, ValueError):  # a file or a pipe; a stream of a test, which has no number
        return None
