"""Files and folders outside the journal: whole or not at all, private, and nothing replaced that was not meant."""

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from smartcli.journal import system
from smartcli.journal.export_target import is_export_folder, write_file, write_folder
from smartcli.trouble import Trouble

FILES = [("a.csv", "one\n"), ("deep/b.md", "two\n"), ("a.csv", "three\n")]


def below(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".written"
    }


def breaking() -> Iterator[tuple[str, str]]:
    yield "a.csv", "x" * 3_000_000
    raise KeyboardInterrupt


def test_a_file_is_written_from_its_pieces_for_the_owner_only(tmp_path: Path) -> None:
    os.umask(old := os.umask(0))
    write_file(tmp_path / "x", ["one ", b"two ", "drei é\n"])
    assert (tmp_path / "x").read_text() == "one two drei é\n"
    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o600
    assert old == os.umask(old)


def test_a_folder_is_written_file_by_file_for_the_owner_only(tmp_path: Path) -> None:
    write_folder(tmp_path / "x", FILES)
    assert below(tmp_path / "x") == {"a.csv": "one\nthree\n", "deep/b.md": "two\n"}
    assert {path.stat().st_mode & 0o777 for path in [tmp_path / "x", *(tmp_path / "x").rglob("*")]} == {0o700, 0o600}
    assert os.listdir(tmp_path) == ["x"]


@pytest.mark.parametrize("write", [lambda path, **how: write_file(path, (piece for _, piece in breaking()), **how),
                                   lambda path, **how: write_folder(path, breaking(), **how)])  # fmt: skip
def test_cut_short_it_leaves_nothing_and_what_was_there(tmp_path: Path, write: Any) -> None:
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "x")
    assert os.listdir(tmp_path) == []
    write_folder(tmp_path / "y", FILES)
    with pytest.raises(KeyboardInterrupt):
        write_folder(tmp_path / "y", breaking(), force=True)
    assert below(tmp_path / "y") == {"a.csv": "one\nthree\n", "deep/b.md": "two\n"}


def test_only_force_replaces_a_file_and_a_link_is_replaced_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / "x").symlink_to(victim)
    with pytest.raises(Trouble) as told:
        write_file(tmp_path / "x", ["new"])
    assert told.value.code == 2
    write_file(tmp_path / "x", ["new"], force=True)
    assert (victim.read_text(), (tmp_path / "x").read_text()) == ("mine", "new")


def test_force_replaces_a_folder_of_ours_but_never_one_with_other_things_in_it(tmp_path: Path) -> None:
    target = tmp_path / "x"
    write_folder(target, FILES)
    assert is_export_folder(target)
    with pytest.raises(Trouble):
        write_folder(target, FILES)
    write_folder(target, [("c", "new")], force=True)
    assert below(target) == {"c": "new"}
    (target / "deep").mkdir()
    (target / "deep" / "my own note.md").write_text("mine")
    with pytest.raises(Trouble) as told:
        write_folder(target, FILES, force=True)
    assert "other things" in told.value.sentence
    assert below(target) == {"c": "new", "deep/my own note.md": "mine"}


def test_force_never_takes_a_folder_for_a_file_or_a_file_for_a_folder(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    os.mkfifo(tmp_path / "pipe")
    for name in ("folder", "pipe"):
        with pytest.raises(Trouble):
            write_file(tmp_path / name, ["x"], force=True)
    for name in ("file", "link", "pipe"):
        with pytest.raises(Trouble):
            write_folder(tmp_path / name, FILES, force=True)
    assert sorted(os.listdir(tmp_path)) == ["file", "folder", "link", "pipe"]


@pytest.mark.parametrize(
    ("call", "error"), [("write", errno.ENOSPC), ("open", errno.EROFS), ("fsync", errno.EIO), ("open", errno.EACCES)]
)
def test_a_disk_that_will_not_is_told_in_a_sentence_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, error: int
) -> None:
    real = getattr(system.fs, call)

    def fail(*given: Any, **how: Any) -> Any:
        if call == "open" and not given[1] & os.O_CREAT:
            return real(*given, **how)
        raise OSError(error, "planted")

    monkeypatch.setattr(system.fs, call, fail)
    with pytest.raises(Trouble) as told:
        write_file(tmp_path / "x", ["words"])
    assert told.value.code == 3
    assert told.value.sentence.startswith("Nothing was written: ")
    assert "--output" in told.value.hint
    assert os.listdir(tmp_path) == []


def test_a_folder_that_cannot_take_its_name_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_folder(tmp_path / "x", FILES)
    real, calls = system.fs.rename, []

    def second(*given: Any) -> None:
        calls.append(given)
        if len(calls) == 2:
            raise OSError(errno.EIO, "planted")
        real(*given)

    monkeypatch.setattr(system.fs, "rename", second)
    with pytest.raises(Trouble):
        write_folder(tmp_path / "x", [("c", "new")], force=True)
    assert below(tmp_path / "x") == {"a.csv": "one\nthree\n", "deep/b.md": "two\n"}
    assert os.listdir(tmp_path) == ["x"]


@pytest.mark.parametrize("folder", [False, True])
def test_killed_in_the_middle_nothing_has_the_name_and_the_next_time_clears_away(tmp_path: Path, folder: bool) -> None:
    code = (
        "import sys, time; from pathlib import Path; from smartcli.journal.export_target import write_file, write_folder\n"
        "def pieces():\n"
        "    yield 'a', 'x' * 3_000_000\n"
        "    print('now', flush=True); time.sleep(60)\n"
        f"path = Path({str(tmp_path / 'x')!r})\n"
        f"write_folder(path, pieces()) if {folder} else write_file(path, (piece for _, piece in pieces()))\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert process.stdout
    assert process.stdout.readline() == b"now\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    [left] = os.listdir(tmp_path)
    assert left.startswith(".smartcli-unfinished-")
    os.utime(tmp_path / left, (time.time(),) * 2)  # by the clock of the tests
    write_file(tmp_path / "young", ["x"])
    assert (tmp_path / left).exists(), "somebody may still be writing it"
    os.utime(tmp_path / left, (time.time() - 7200,) * 2)
    write_file(tmp_path / "later", ["x"])
    assert sorted(os.listdir(tmp_path)) == ["later", "young"]


def test_a_link_that_bears_the_name_of_something_unfinished_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "words").write_text("mine")
    link = tmp_path / ".smartcli-unfinished-1-0123456789abcdef"
    link.symlink_to(tmp_path / "mine")
    os.utime(link, (0, 0), follow_symlinks=False)
    write_file(tmp_path / "x", ["x"])
    assert (tmp_path / "mine" / "words").read_text() == "mine"
