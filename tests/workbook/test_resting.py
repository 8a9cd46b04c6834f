"""A new run in the place of one that was left: the same program, and nothing of what it was asked to do."""

import os
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from smartcli import places
from smartcli.workbook import resting
from smartcli.workbook.leaving import describe_how_long_open
from smartcli.workbook.workbook import Workbook
from tests.support.locked import lock_home


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


class Limits(NamedTuple):
    """After how many minutes without a key a workbook's screens are left, and what is said when it is opened."""

    minutes: int
    said: str


def limits_of(home: Path, settings: str, **how: bool) -> Limits:
    (home / "config.toml").write_text(settings)
    workbook = Workbook(**how)
    left = resting.idle_leave(workbook)
    assert (left is not None) == bool(workbook.idle_minutes)
    return Limits(workbook.idle_minutes, describe_how_long_open(workbook))


@pytest.mark.parametrize(
    ("settings", "plain", "locked"), [("", 0, 5), ("idle_minutes = 1", 1, 1), ("idle_minutes = 0", 0, 0)]
)
def test_a_locked_journal_is_not_left_open_unless_that_was_chosen(
    home: Path, monkeypatch: pytest.MonkeyPatch, settings: str, plain: int, locked: int
) -> None:
    monkeypatch.setattr(Workbook, "asks_on_screen", True)
    home.mkdir(exist_ok=True)
    assert limits_of(home, settings).minutes == plain
    assert limits_of(home, settings, shows_key=True).minutes == locked, "the key of a journal that is not locked yet"
    lock_home(home)
    found = limits_of(home, settings)
    assert found.minutes == locked
    assert (str(locked) in found.said) == bool(locked)
    (home / "state" / "lock.json").unlink()
    assert limits_of(home, settings).minutes == locked, "locked on another device"


def test_nothing_counts_minutes_in_plain_mode_and_nobody_says_so(home: Path) -> None:
    lock_home(home)
    assert "5" not in describe_how_long_open(Workbook())
