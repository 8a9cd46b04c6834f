"""The system calls where systems differ: Windows and macOS by what they answer, since neither is here."""

import errno
import os
import sys
import types
from pathlib import Path

import pytest

from smartcli.journal import system
from smartcli.journal.system import FileSystem


@pytest.fixture
def windows_locks(monkeypatch: pytest.MonkeyPatch) -> types.SimpleNamespace:
    """A Windows that has no fcntl, and notes where in a file a lock is asked for."""
    asked = types.SimpleNamespace(at=[], answer=None, LK_NBLCK=2)

    def locking(fd: int, mode: int, length: int) -> None:
        asked.at.append((os.lseek(fd, 0, os.SEEK_CUR), mode, length))
        if asked.answer:
            raise OSError(asked.answer, "planted")

    asked.locking = locking
    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setitem(sys.modules, "msvcrt", asked)
    return asked


def hold(tmp_path: Path) -> int:
    """Lock a file of six bytes, at its third; return its position afterwards."""
    (tmp_path / "x").write_bytes(b"abcdef")
    fd = os.open(tmp_path / "x", os.O_RDWR)
    try:
        os.lseek(fd, 3, os.SEEK_SET)
        FileSystem().hold(fd)
        return os.lseek(fd, 0, os.SEEK_CUR)
    finally:
        os.close(fd)


def test_windows_locks_a_byte_that_no_draft_reaches_so_that_others_can_read_it(
    tmp_path: Path, windows_locks: types.SimpleNamespace
) -> None:
    assert hold(tmp_path) == 3
    assert windows_locks.at == [(1 << 30, 2, 1)]
    assert (tmp_path / "x").read_bytes() == b"abcdef"


@pytest.mark.parametrize(("answer", "held"), [(errno.EACCES, True), (errno.EDEADLK, True), (errno.EINVAL, False)])
def test_windows_says_whether_another_window_holds_it_or_there_are_no_locks(
    tmp_path: Path, windows_locks: types.SimpleNamespace, answer: int, held: bool
) -> None:
    windows_locks.answer = answer
    with pytest.raises(OSError) as raised:  # noqa: PT011  which of them is what is asked
        hold(tmp_path)
    assert isinstance(raised.value, BlockingIOError) is held


@pytest.mark.parametrize("call", ["replace", "rename", "unlink", "rmdir"])
def test_windows_tries_again_while_another_program_has_a_file_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    made = 0
    real = getattr(os, call)

    def open_elsewhere(*given: str) -> None:
        nonlocal made
        made += 1
        if made < 3:
            raise PermissionError(errno.EACCES, "open in another program")
        real(*given)

    monkeypatch.setattr(os, call, open_elsewhere)
    monkeypatch.setattr(system, "_WAITS", (0, 0, 0))
    (tmp_path / "x").mkdir() if call == "rmdir" else (tmp_path / "x").touch()
    names = [str(tmp_path / name) for name in (("x", "y") if call.startswith("re") else ("x",))]
    getattr(FileSystem(), call)(*names)
    assert not (tmp_path / "x").exists()
    assert made == 3


def test_it_gives_up_when_the_file_stays_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def open_elsewhere(*given: str) -> None:
        raise PermissionError(errno.EACCES, "open in another program")

    monkeypatch.setattr(os, "replace", open_elsewhere)
    monkeypatch.setattr(system, "_WAITS", (0, 0))
    with pytest.raises(PermissionError):
        FileSystem().replace("x", "y")


def test_other_systems_are_not_asked_twice() -> None:
    assert os.name == "nt" or not system._WAITS


def test_a_python_without_hard_links_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "link")
    with pytest.raises(OSError, match="no hard links"):
        FileSystem().link("x", "y")


@pytest.mark.parametrize(("platform", "whole"), [("linux", True), ("darwin", False), ("win32", False)])
def test_one_sync_counts_only_where_it_waits_for_the_disk(
    monkeypatch: pytest.MonkeyPatch, platform: str, whole: bool
) -> None:
    synced = []
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(os, "sync", lambda: synced.append(1))
    assert FileSystem().sync() is whole
    assert bool(synced) is whole


@pytest.mark.parametrize("knows", [True, False])
def test_macos_asks_for_the_whole_way_down_and_else_for_a_plain_sync(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, knows: bool
) -> None:
    asked = []

    def fcntl(fd: int, request: int) -> None:
        asked.append("full")
        if not knows:
            raise OSError(errno.ENOTTY, "planted")

    monkeypatch.undo()  # the plain one that conftest takes away
    monkeypatch.setitem(sys.modules, "fcntl", types.SimpleNamespace(fcntl=fcntl, F_FULLFSYNC=51))
    monkeypatch.setattr(os, "fsync", lambda fd: asked.append("plain"))
    FileSystem().fsync(0)
    assert asked == (["full"] if knows else ["full", "plain"])


READS = {"open", "close", "read", "stat", "fstat", "free_space", "scandir", "fsync", "sync", "hold"}


def test_every_call_that_changes_something_is_refused_where_the_disk_is_only_read(tmp_path: Path) -> None:
    """A call that is new is one or the other: whoever adds it decides."""
    calls = {name for name in vars(FileSystem) if not name.startswith("_")}
    with system.read_only():
        for name in calls - READS:
            with pytest.raises(OSError, match="nothing is written"):
                getattr(system.fs, name)("x", "y")
        for flags in (
            os.O_WRONLY,
            os.O_RDWR,
            os.O_WRONLY | os.O_CREAT,
            os.O_RDONLY | os.O_CREAT,
            os.O_RDONLY | os.O_TRUNC,
        ):
            with pytest.raises(OSError, match="nothing is written"):
                system.fs.open(str(tmp_path / "x"), flags)
    assert [*tmp_path.iterdir()] == []
    assert not system.is_read_only()


def test_what_can_only_be_read_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"words")
    with system.read_only():
        fd = system.fs.open(str(tmp_path / "x"), os.O_RDONLY)
        assert system.fs.read(fd, 9) == b"words"
        system.fs.close(fd)
    system.fs.close(system.fs.open(str(tmp_path / "y"), os.O_WRONLY | os.O_CREAT))
