"""A new run in the place of one that was left: the same program, and nothing of what it was asked to do."""

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from smartcli import places
from smartcli.settings import Settings
from smartcli.workbook import resting


class Ended(Exception):  # noqa: N818
    """The process ended, or became another one."""


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the process ended with, or became."""
    seen: list[Any] = []

    def end(*given: Any) -> None:
        seen.extend(given)
        raise Ended

    monkeypatch.setattr(os, "execve", end)
    monkeypatch.setattr(os, "_exit", end)
    monkeypatch.setattr(resting, "has_person", lambda: True)
    return seen


@pytest.mark.skipif(os.name != "posix", reason="elsewhere there is no exec")
@pytest.mark.parametrize(
    ("started", "words", "again"),
    [
        (["python", "-m", "smartcli"], [], ["-m", "smartcli"]),
        (["python", "-m", "smartcli"], ["search", "CANARY"], ["-m", "smartcli"]),
        (["python", "-P", "/bin/smartcli"], ["urge", "--about", "CANARY"], ["-P", "/bin/smartcli"]),
    ],
)
def test_the_same_program_begins_again_without_what_it_was_asked(
    monkeypatch: pytest.MonkeyPatch, ended: list[Any], started: list[str], words: list[str], again: list[str]
) -> None:
    monkeypatch.setattr(sys, "orig_argv", [*started, *words])
    monkeypatch.setattr(sys, "argv", ["smartcli", *words])
    monkeypatch.setattr(places, "_chosen", Path("here"))
    with pytest.raises(Ended):
        resting.rest()
    path, arguments, environment = ended
    assert (path, arguments) == (sys.executable, [sys.executable, *again])
    assert environment["SMARTCLI_HOME"] == str(Path("here").absolute())
    assert "CANARY" not in str(environment)


@pytest.mark.parametrize("missing", ["person", "exec", "program"])
def test_where_nobody_can_be_asked_again_it_ends(
    monkeypatch: pytest.MonkeyPatch, ended: list[Any], missing: str
) -> None:
    if missing == "person":
        monkeypatch.setattr(resting, "has_person", lambda: False)
    if missing == "exec":
        monkeypatch.setattr(os, "name", "nt")
    if missing == "program":
        monkeypatch.setattr(os, "execve", lambda *given: (_ for _ in ()).throw(FileNotFoundError()))
    with pytest.raises(Ended):
        resting.rest()
    assert ended == [130]


def test_idle_leave_is_off_unless_it_is_set(tmp_path: Path) -> None:
    assert resting.idle_leave(Settings(tmp_path)) is None
    assert resting.idle_leave(Settings(tmp_path, idle_minutes=1)) is not None
