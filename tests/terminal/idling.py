"""A run of the program whose idle time is what a test says, and whose memory it may look into."""

from collections.abc import Sequence
from pathlib import Path

from tests.terminal.driver import Terminal

# The program with a clock that the test turns, and a memory that it may look into.
PROGRAM = """
import pathlib
import smartcli.prompts.screen_idle as screen_idle
from smartcli import secrecy
screen_idle.seconds_up = lambda: float(pathlib.Path({clock!r}).read_text())
screen_idle._EVERY = {every}
secrecy.no_dumps = lambda: None
from smartcli.__main__ import main
main()
"""


class Run:
    """A run whose idle time is what the test says."""

    def __init__(self, home: Path, *words: str, every: float = 0.05) -> None:
        self._clock = home / "clock"
        self.at(0)
        self.terminal = Terminal(*words, home=home, code=PROGRAM.format(clock=str(self._clock), every=every))

    def at(self, seconds: float) -> None:
        """Set the clock."""
        new = self._clock.with_suffix(".new")
        new.write_text(str(seconds))
        new.replace(self._clock)

    def memory_holds(self, words: str) -> bool:
        """Return whether words stand anywhere in the memory of the process, as `held_in_memory` looks for them."""
        return bool(self.held_in_memory([words]))

    def held_in_memory(self, words: Sequence[str]) -> set[str]:
        """Return which of some words stand anywhere in the memory of the process, in any of Python's encodings.

        Linux only, and only for who may look into it.
        """
        process = Path("/proc") / str(self.terminal.child.pid)
        wanted = [(one, one.encode(coding)) for one in words for coding in ("utf-8", "utf-16-le", "utf-32-le")]
        found = set()
        with (process / "mem").open("rb", 0) as memory:
            for line in (process / "maps").read_text().splitlines():
                place, rights, *_ = line.split()
                if rights.startswith("rw"):
                    begin, end = (int(part, 16) for part in place.split("-"))
                    memory.seek(begin)
                    held = memory.read(end - begin)
                    found |= {one for one, encoded in wanted if encoded in held}
        return found
