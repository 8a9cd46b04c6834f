"""The program makes no network call: heard by an ear over the whole suite (tests/support/offline.py), and shown without one."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import offline
from tests.terminal.driver import Terminal

WITHOUT = ["unshare", "--map-root-user", "--net"]


def works(*words: str) -> bool:
    """Return whether a command is here and may do what it does."""
    return shutil.which(words[0]) is not None and subprocess.run([*words, "true"], capture_output=True).returncode == 0


def run(home: Path, *words: str, typed: str = "", before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run the real program."""
    environment = {**os.environ, "SMARTCLI_HOME": str(home)}
    return subprocess.run(
        [*before, sys.executable, "-m", "smartcli", *words], input=typed, capture_output=True, text=True,
        env=environment, timeout=240,
    )  # fmt: skip


@pytest.mark.parametrize(
    "reach",
    [
        lambda: socket.create_connection(("192.0.2.1", 80), timeout=1),
        lambda: socket.getaddrinfo("example.invalid", 80),
        lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
        lambda: urllib.request.urlopen("http://192.0.2.1/", timeout=1),
    ],
)
def test_a_reach_for_a_network_would_be_heard_and_stopped(reach: Callable[[], object]) -> None:
    with pytest.raises(offline.ReachedOutError):
        reach()
    assert offline.heard
    offline.heard.clear()


def a_day(home: Path, *before: str) -> None:
    """Keep an entry, look back, look for words, write it all out: as with a network, so without."""
    assert run(home, "record", "check-in", typed='{"mood": 6, "more": "words"}', before=before).returncode == 0
    assert run(home, "checkin", "--quick", typed="7\n", before=before).returncode == 0
    assert len(json.loads(run(home, "review", "--json", before=before).stdout)) == 2
    assert run(home, "search", "words", before=before).returncode == 0
    assert run(home, "support", before=before).returncode == 0
    assert len(json.loads(run(home, "export", "--as", "json", "--output", "-", before=before).stdout)["entries"]) == 2
    assert run(home, before=before).returncode == 0


@pytest.mark.skipif(not works(*WITHOUT), reason="NOT RUN: unshare may not take the network away here")
def test_all_is_well_where_there_is_no_network(tmp_path: Path) -> None:
    a_day(tmp_path / "home", *WITHOUT)


@pytest.mark.skipif(not works("strace", "-o", os.devnull), reason="NOT RUN: strace is not here, or may not trace")
@pytest.mark.parametrize("screen", [False, True])
def test_the_system_is_never_asked_for_a_network(tmp_path: Path, screen: bool) -> None:
    trace = tmp_path / "trace"
    before = ("strace", "-f", "-A", "-o", str(trace), "-e", "trace=network")
    if screen:  # asyncio wakes itself by a pair of sockets that lead nowhere
        terminal = Terminal("checkin", home=tmp_path / "home", before=before)
        terminal.see("1 of")
        terminal.type("7", "\r", "\x03")
        assert terminal.end() == 130
        assert "socketpair(AF_UNIX" in trace.read_text()
    else:
        a_day(tmp_path / "home", *before)
    asked = trace.read_text()
    assert "exited with 0" in asked or "exited with 130" in asked
    assert not re.findall(r"(?:connect|bind|listen|accept)\w*\(", asked)
    assert not [line for line in asked.splitlines() if re.search(r"socket(pair)?\(", line) and "AF_UNIX" not in line]
