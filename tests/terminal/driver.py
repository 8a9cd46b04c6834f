"""A real sitting: the program on a pseudo-terminal, its screen as a person would see it."""

import os
import sys
import time
from pathlib import Path

import pexpect
import pyte

_AT = """
import time_machine
time_machine.travel("{}", tick=False).start()
from smartcli.__main__ import main
main()
"""


class Terminal:
    """One run of the program; `screen()` is what stands on the terminal now."""

    def __init__(
        self, *words: str, home: Path, columns: int = 80, rows: int = 24, at: str = "", **environment: str
    ) -> None:
        """Start the program; `at` is the moment its clock stands at, if not now."""
        program = ["-c", _AT.format(at)] if at else ["-m", "smartcli"]
        shown = {
            "SMARTCLI_HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8", "PROMPT_TOOLKIT_NO_CPR": "1",
            "PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path), "HOME": str(home),
        }  # fmt: skip
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = b""
        self.child = pexpect.spawn(
            sys.executable,
            [*program, *words],
            env={**shown, **environment},
            dimensions=(rows, columns),
            timeout=20,
        )

    def pump(self, seconds: float = 0.05) -> bool:
        """Take in what was written; returns False when the program has ended."""
        try:
            data = self.child.read_nonblocking(65536, timeout=seconds)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += data
        self._stream.feed(data)
        return True

    def screen(self) -> str:
        """Return the lines on the screen, without trailing spaces."""
        return "\n".join(line.rstrip() for line in self._screen.display).rstrip()

    def see(self, *words: str, seconds: float = 20) -> str:
        """Wait until all the words stand on the screen; return the screen."""
        end = time.monotonic() + seconds
        while not all(word in self.screen() for word in words):
            alive = self.pump()
            if time.monotonic() > end or (not alive and not all(word in self.screen() for word in words)):
                raise AssertionError(f"never saw {words}; the screen:\n{self.screen()}")
        return self.screen()

    def type(self, *keys: str) -> None:
        """Type keys."""
        for key in keys:
            self.child.send(key)

    def end(self, seconds: float = 20) -> int:
        """Wait for the program to end and return its exit code (negative: the signal)."""
        end = time.monotonic() + seconds
        while self.pump() and time.monotonic() < end:
            pass
        self.child.close()
        return -self.child.signalstatus if self.child.signalstatus else int(self.child.exitstatus or 0)
