"""The program, started by forking a process that has loaded it: for a third of what a start costs. Linux only.

What runs is what `python -m MODULE WORDS` runs, from its first line to its exit code, as a child of whoever asks, with
the streams, the folder and the environment that it asks for. Two things differ: modules are loaded already (so the
environment must not change how they load: `can_start`), and /proc shows the server's arguments and environment.
`tests/faults/test_every_call.py` shows that a forked program makes the same calls as one that is started anew.
"""

import ctypes
import gc
import importlib
import json
import os
import pkgutil
import runpy
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tests.support import children

PROGRAM = "smartcli"
_ROOT = Path(__file__).parents[2]
_READ_LATE = {"SMARTCLI_HOME", "SMARTCLI_NO_PAGER", "HOME", "TERM", "COLUMNS", "LINES", "NO_COLOR", "PROMPT_TOOLKIT_NO_CPR", "TAPS",
              "PYTHONDONTWRITEBYTECODE"}  # fmt: skip
_LANGUAGE = {"LANG": "C.UTF-8"}
_SUBREAPER, _PTRACER, _ANYONE = 36, 0x59616D61, ctypes.c_ulong(-1)  # prctl: PR_SET_CHILD_SUBREAPER, PR_SET_PTRACER


def can_start(environment: Mapping[str, str]) -> bool:
    """Return whether a forked program would be as one started anew: nothing here is read while modules load.

    With SMARTCLI_TEST_SIZE=2 every program is started anew.
    """
    same = children.environment(**_LANGUAGE)
    other = {name for name in {*same, *environment} if same.get(name) != environment.get(name)}
    is_push = os.environ.get("SMARTCLI_TEST_SIZE", "1") == "1"
    return sys.platform == "linux" and is_push and other <= _READ_LATE and environment.get("TERM") != "dumb"


def start(
    module: str,
    words: Sequence[str],
    environment: Mapping[str, str],
    streams: Sequence[int],
    *,
    here: Path | None = None,
    at: str = "",
    stopped: bool = False,
) -> int:
    """Start a module as the program; return the process id of it, which is a child of this process.

    `streams`: its standard input, output and error; a terminal becomes its own. `here`: its folder, if not this one.
    `at`: where its clock stands, if it does not go on. `stopped`: it waits for SIGCONT before its first line.
    """
    asked = {
        "words": [*words], "environment": dict(environment), "here": str(here or Path.cwd()), "at": at, "stopped": stopped,
        "streams": [f"/proc/{os.getpid()}/fd/{stream}" for stream in streams],
    }  # fmt: skip
    return _server(os.getpid(), module, "--plain" in words).start(asked)


class _Server:
    """A process that has loaded a module, and forks: it reads what to be, and answers with process ids."""

    def __init__(self, module: str, *, plain: bool) -> None:
        _prctl(_SUBREAPER, 1)
        self._one_at_a_time = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", __spec__.name, module, *["--plain"] * plain],
            env=children.environment(**_LANGUAGE), cwd=_ROOT, bufsize=0,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def start(self, asked: dict[str, Any]) -> int:
        assert self._process.stdin
        assert self._process.stdout
        with self._one_at_a_time:
            self._process.stdin.write(json.dumps(asked).encode() + b"\n")
            answer = self._process.stdout.read(32)
        assert answer, f"the fork server has ended: {self._process.communicate()[1].decode()}"
        return int(answer)


@cache
def _server(_owner: int, module: str, plain: bool) -> _Server:
    """Return the server of this process: one that was forked from it needs its own."""
    return _Server(module, plain=plain)


def _prctl(what: int, value: int | ctypes.c_ulong) -> None:
    ctypes.CDLL(None).prctl(what, value, 0, 0, 0)


def _load(module: str, *, plain: bool) -> None:
    """Load what the module may load, after what must be so before it is loaded (`smartcli.__main__`)."""
    from smartcli import language, trouble

    trouble.guard()
    if plain:
        os.environ["TYPER_USE_RICH"] = "0"
    language.choose(os.environ)
    package = importlib.import_module(PROGRAM)
    for one in pkgutil.walk_packages(package.__path__, f"{PROGRAM}."):
        if not one.name.endswith("__main__") and ".pdf" not in one.name:  # what makes a PDF is large, and few do
            importlib.import_module(one.name)
    if module != PROGRAM:
        importlib.import_module(module)
        del sys.modules[module]  # runpy runs it anew
    gc.collect()
    gc.freeze()  # a fork need not look through all of this as it ends


def _serve() -> dict[str, Any] | None:
    """Fork for every request; return it in the fork, and nothing here when nobody asks any more.

    The objects sys.stdin and sys.stdout stay as they were made: a fork reads and writes by them.
    """
    while request := _line(0):
        asked = json.loads(request)
        ready, begun = os.pipe()
        between = os.fork()
        if not between:  # the fork falls to whoever asked, as the next subreaper, once this one has ended
            forked = os.fork()
            if forked:
                os._exit(0)
            os.close(ready)
            _become(asked, begun)
            return dict(asked)
        os.waitpid(between, 0)
        os.close(begun)
        os.write(1, os.read(ready, 32))
        os.close(ready)
    return None


def _line(stream: int) -> bytes:
    line = b""
    while not line.endswith(b"\n"):
        more = os.read(stream, 1 << 16)
        if not more:
            return b""
        line += more
    return line


def _become(asked: dict[str, Any], begun: int) -> None:
    """Take the streams, the folder and the environment that were asked for, and tell that it is so."""
    streams = asked["streams"]
    is_terminal = os.path.realpath(streams[0]).startswith("/dev/pts/")
    if is_terminal:
        os.setsid()  # the first terminal that is opened from now on is its own
    for number, (stream, mode) in enumerate(zip(streams, (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY), strict=True)):
        opened = os.open(stream, os.O_RDWR if is_terminal else mode)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdout.reconfigure(line_buffering=os.isatty(1))  # type: ignore[union-attr]
    os.chdir(asked["here"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.write(begun, str(os.getpid()).encode())
    os.close(begun)
    if asked["stopped"]:
        _prctl(_PTRACER, _ANYONE)
        os.kill(os.getpid(), signal.SIGSTOP)


def main(module: str, *more: str) -> None:
    """Serve, and in a fork be the program."""
    _load(module, plain=bool(more))
    asked = _serve()
    if asked is None:
        return
    if asked["at"]:
        import time_machine

        time_machine.travel(asked["at"], tick=False).start()
    sys.argv[1:] = asked["words"]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
