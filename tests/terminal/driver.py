"""The real program as a child: on a pseudo-terminal, its screen as a person would see it, or without one."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import pexpect
import ptyprocess
import pyte

from smartcli.journal.drafts import Drafts
from smartcli.journal.store import Journal
from tests.support import children, fork_server

BOUND = 60.0  # seconds: how long a condition is waited for; only a program that hangs takes so long, whatever the load

_LET_GO = 0.3  # seconds; twice what it takes until the same key counts on a new page
_READ_WITHIN = 2.0  # seconds for which a key waits for the one before to be read; a busy program reads later
_TIOCGPTN = 0x80045430  # Linux: the number of a pseudo-terminal's other side

_SITTING = """
format = 1
id = "sitting"
title = "Sitting"
point = "daily"
purpose = "For tests."
"""
_AT = """
import time_machine
time_machine.travel("{}", tick=False).start()
from smartcli.__main__ import main
main()
"""


def home_with_sitting(home: Path, fields: str) -> None:
    """Give a home an exercise named "sitting" that asks these fields, written as TOML."""
    own = home / "journal" / "exercises"
    own.mkdir(parents=True)
    (own / "sitting.toml").write_text(_SITTING + fields)


def run(
    home: Path, *words: str, typed: str = "", before: Sequence[str] = (), traced: Sequence[str] = (), **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the program to its end with `typed` on standard input, by way of the command `before`.

    `traced`: a strace that is attached to it before its first line, or from its start where it is not forked.
    """
    shown = {"SMARTCLI_HOME": str(home), "HOME": str(home), "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    whole = children.environment(**{**shown, **environment})
    if not before and fork_server.can_start(whole):
        return _forked(words, typed, whole, traced)
    return subprocess.run(
        [*before, *traced, sys.executable, "-m", "smartcli", *words],
        input=typed,
        capture_output=True,
        text=True,
        env=whole,
        timeout=4 * BOUND,
    )


def _forked(
    words: Sequence[str], typed: str, environment: Mapping[str, str], traced: Sequence[str]
) -> subprocess.CompletedProcess[str]:
    (stdin, typing), (told, stdout), (noted, stderr) = os.pipe(), os.pipe(), os.pipe()
    streams = [stdin, stdout, stderr]
    pid = fork_server.start("smartcli", words, environment, streams, stopped=bool(traced))
    for stream in streams:
        os.close(stream)
    tracer = _attached(traced, pid) if traced else contextlib.nullcontext()
    too_late = threading.Timer(4 * BOUND, os.kill, [pid, signal.SIGKILL])
    too_late.start()
    with tracer, ThreadPoolExecutor(3) as pool:
        pool.submit(_type_all, typing, typed)
        said, aside = pool.map(_read_all, (told, noted))
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    too_late.cancel()
    return subprocess.CompletedProcess([*words], code, said, aside)


def _attached(tracer: Sequence[str], pid: int) -> subprocess.Popen[str]:
    """Attach a strace to a stopped program, and let that go on."""
    os.waitpid(pid, os.WUNTRACED)
    attached = subprocess.Popen([*tracer, "-p", str(pid)], stderr=subprocess.PIPE, text=True)
    assert attached.stderr
    said = attached.stderr.readline()
    assert "attached" in said, said
    os.kill(pid, signal.SIGCONT)
    return attached


def _type_all(stream: int, typed: str) -> None:
    with contextlib.suppress(BrokenPipeError), os.fdopen(stream, "w", encoding="utf-8") as typing:
        typing.write(typed)


def _read_all(stream: int) -> str:
    with os.fdopen(stream, encoding="utf-8") as told:
        return told.read()


class _Forked(pexpect.spawn):  # type: ignore[misc]
    """A program on a pseudo-terminal that was forked, not started anew."""

    def __init__(self, module: str, words: Sequence[str], at: str, **more: Any) -> None:
        self._asked = module, words, at
        super().__init__(sys.executable, **more)

    def _spawnpty(
        self, _args: object, *, env: Mapping[str, str], cwd: Path | None, dimensions: tuple[int, int], **_: object
    ) -> Any:
        module, words, at = self._asked
        ours, its = os.openpty()
        pid = fork_server.start(module, words, env, [its] * 3, here=cwd, at=at)
        os.close(its)
        started = ptyprocess.PtyProcess(pid, ours)
        started.setwinsize(*dimensions)
        return started


class OnDisk(NamedTuple):
    """What a home holds, read by this process."""

    drafted: dict[str, Any]  # the answers in drafts
    half: dict[str, Any]  # those half typed
    entries: list[dict[str, Any]]  # the answers of every entry
    unreadable: list[str]

    @classmethod
    def under(cls, home: Path) -> "OnDisk":
        """Read a home's drafts and entries."""
        journal, drafts = Journal(home / "journal"), Drafts(home / "state" / "drafts")
        entries = [entry.answers for entry in journal.entries()]
        begun = drafts.all()
        return cls(
            {name: answer for draft in begun for name, answer in draft.answers.items()},
            {name: half for draft in begun for name, half in draft.halves.items()},
            entries,
            [*map(str, journal.unreadable), *map(str, drafts.unreadable)],
        )


class Terminal:
    """One run of the program; `screen()` is what stands on the terminal now."""

    def __init__(
        self,
        *words: str,
        home: Path,
        columns: int = 80,
        rows: int = 24,
        at: str = "",
        before: Sequence[str] = (),
        here: Path | None = None,
        module: str = "smartcli",
        code: str = "",
        **environment: str,
    ) -> None:
        """Start the program, by way of `before` and in the folder `here`; its clock stands `at` a moment, if not now.

        `module`: what runs, if it is not the program itself; or `code`, as text.
        """
        shown = children.environment(
            SMARTCLI_HOME=str(home), TERM="xterm-256color", LANG="C.UTF-8", PROMPT_TOOLKIT_NO_CPR="1", HOME=str(home)
        )
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = b""
        self._typed_last = ""
        whole = {**shown, **environment}
        how: dict[str, Any] = {"cwd": here, "env": whole, "dimensions": (rows, columns), "timeout": BOUND}
        if not before and not code and fork_server.can_start(whole):
            self.child = _Forked(module, words, at, **how)
        else:
            code = code or (_AT.format(at) if at else "")
            program = ["-c", code] if code else ["-m", module]
            command, *arguments = [*before, sys.executable, *program, *words]
            self.child = pexpect.spawn(command, arguments, **how)

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

    def see(self, *words: str, seconds: float = BOUND) -> str:
        """Wait until all the words stand on the screen; return the screen."""
        end = time.monotonic() + seconds
        while not all(word in self.screen() for word in words):
            alive = self.pump()
            if time.monotonic() > end or (not alive and not all(word in self.screen() for word in words)):
                raise AssertionError(f"never saw {words}; the screen:\n{self.screen()}")
        return self.screen()

    def wait(self, until: Callable[[], bool], what: str) -> None:
        """Take in what is written until something is so; `what` says what never was."""
        end = time.monotonic() + BOUND
        while not until():
            assert time.monotonic() < end, f"never {what}; the screen:\n{self.screen()}"
            self.pump()

    def see_again(self, words: str, *, since: int) -> None:
        """Wait until words that may stand there already are written anew, after so many bytes."""
        self.wait(lambda: words.encode() in self.raw[since:], f"said again: {words}")

    def type(self, *keys: str) -> None:
        """Type keys as a hand does: each after the one before was read, and the same one again after a while."""
        for key in keys:
            if key == self._typed_last:
                time.sleep(_LET_GO)
            end = time.monotonic() + _READ_WITHIN
            while self._unread() and time.monotonic() < end:
                self.pump(0.01)
            self.child.send(key)
            self._typed_last = key

    def _unread(self) -> int:
        """Return how many bytes that were typed the program has not read; 0 where that cannot be told."""
        import fcntl
        import termios

        try:
            number = fcntl.ioctl(self.child.fileno(), _TIOCGPTN, bytes(4))
            other = os.open(f"/dev/pts/{int.from_bytes(number, sys.byteorder)}", os.O_RDONLY | os.O_NOCTTY)
        except (OSError, ValueError):
            return 0
        try:
            return int.from_bytes(fcntl.ioctl(other, termios.FIONREAD, bytes(4)), sys.byteorder)
        finally:
            os.close(other)

    def end(self, seconds: float = BOUND) -> int:
        """Wait for the program to end and return its exit code (negative: the signal)."""
        end = time.monotonic() + seconds
        while self.pump() and time.monotonic() < end:
            pass
        while self.child.isalive() and time.monotonic() < end:  # closing a program that is about to end would kill it
            time.sleep(0.01)
        self.child.close()
        return -self.child.signalstatus if self.child.signalstatus else int(self.child.exitstatus or 0)
