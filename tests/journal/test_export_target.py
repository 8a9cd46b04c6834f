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
from smartcli.journal.export_over import sum_of
from smartcli.journal.export_target import is_export_folder, write_file, write_folder
from smartcli.trouble import Trouble
from tests.support.durable import Recording

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
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "my own note.md").write_text("mine")
    with pytest.raises(Trouble) as told:
        write_folder(foreign, FILES, force=True)
    assert "other things" in told.value.sentence
    assert below(foreign) == {"my own note.md": "mine"}


def test_over_an_earlier_export_what_somebody_wrote_stays_with_ours_beside(tmp_path: Path) -> None:
    target = tmp_path / "x"
    write_folder(target, [("a.md", "1"), ("b.md", "1"), ("gone.md", "1"), ("erased.md", "1"), ("deep/c.md", "1")])
    (target / "b.md").write_text("1 and mine")
    (target / "erased.md").write_text("1 and mine")
    (target / "deep" / "own.md").write_text("own")
    (target / ".obsidian").mkdir()
    (target / ".obsidian" / "app.json").write_text("{}")
    (target / "new.md").write_text("theirs")
    theirs = {
        "b.md": "1 and mine",
        "erased.md": "1 and mine",
        "deep/own.md": "own",
        ".obsidian/app.json": "{}",
        "new.md": "theirs",
    }
    for text in "23":
        kept = write_folder(target, [(name, text) for name in ("a.md", "b.md", "new.md", "deep/c.md")], force=True)
        ours = {"a.md": text, "deep/c.md": text, "b (smartcli).md": text, "new (smartcli).md": text}
        assert below(target) == theirs | ours
        assert sorted(kept.beside) == ["b (smartcli).md", "new (smartcli).md"]
        assert kept.gone == ["erased.md"]
    (target / "b (smartcli).md").write_text("mine too")
    write_folder(target, [("b.md", "4")], force=True)
    assert below(target) == theirs | {"b (smartcli).md": "mine too", "b (smartcli 2).md": "4"}
    assert os.listdir(tmp_path) == ["x"]


def test_a_list_that_tells_nothing_takes_nobodys_lines(tmp_path: Path) -> None:
    for number, listed in enumerate(("a.csv\ndeep/b.md\n", "", "\x00\xff", "../x\n/y\n")):
        target = tmp_path / str(number)
        write_folder(target, [("a.csv", "1"), ("deep/b.md", "same"), ("old.md", "1")])
        (target / "a.csv").write_text("mine")
        for _again in range(2):
            (target / ".written").write_text(f"{listed}\nold.md\n")
            write_folder(target, [("a.csv", "new"), ("deep/b.md", "same")], force=True)
        ours = {"a (smartcli).csv": "new", "deep/b.md": "same"}
        assert below(target) == {"a.csv": "mine", "old.md": "1"} | ours


def test_a_list_cannot_name_a_file_outside(tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text("theirs")
    target = tmp_path / "x"
    write_folder(target, FILES)
    with (target / ".written").open("a") as written:
        for name in ("../other.md", "deep/../../other.md", f"{tmp_path}/other.md", "a\0b"):
            written.write(f"{name}\t{sum_of(tmp_path / 'other.md')}\n")
    write_folder(target, FILES, force=True)
    assert (tmp_path / "other.md").read_text() == "theirs"


@pytest.mark.parametrize("new", ["1\r\n2\r\n", "1\n2\n\n", "1\n2"])
def test_other_line_ends_are_nobodys_lines(tmp_path: Path, new: str) -> None:
    write_folder(tmp_path / "x", [("a.md", "1\n2\n")])
    (tmp_path / "x" / "a.md").write_bytes(new.encode())
    kept = write_folder(tmp_path / "x", [("a.md", "3\n")], force=True)
    assert (below(tmp_path / "x"), kept.beside) == ({"a.md": "3\n"}, [])


@pytest.mark.parametrize("link", [False, True])
def test_where_something_else_has_the_name_of_a_folder_ours_is_beside(tmp_path: Path, link: bool) -> None:
    target, elsewhere = tmp_path / "x", tmp_path / "elsewhere"
    elsewhere.mkdir()
    write_folder(target, [("a.md", "1"), ("deep/b.md", "1")])
    (target / "deep" / "b.md").unlink()
    (target / "deep").rmdir()
    (target / "deep").symlink_to(elsewhere) if link else (target / "deep").write_text("mine")
    (target / "a.md").unlink()
    (target / "a.md").mkdir()
    for _number in range(2):
        kept = write_folder(target, [("a.md", "2"), ("deep/b.md", "2")], force=True)
        assert sorted(kept.beside) == ["a (smartcli).md", "deep (smartcli)/b.md"]
        assert (target / "deep (smartcli)" / "b.md").read_text() == "2"
        assert (target / "a (smartcli).md").read_text() == "2"
    assert not [*elsewhere.iterdir()]
    assert link or (target / "deep").read_text() == "mine"


def test_what_is_written_while_we_write_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "x"
    write_folder(target, [("a.md", "1"), ("b.md", "1")])
    real = system.fs.replace

    def replace(old: str, new: str, **how: Any) -> None:
        real(old, new, **how)
        if new.endswith("a.md"):
            (target / "b.md").write_text("mine")

    monkeypatch.setattr(system.fs, "replace", replace)
    kept = write_folder(target, [("a.md", "2"), ("b.md", "2")], force=True)
    assert kept.beside == ["b (smartcli).md"]
    assert below(target) == {"a.md": "2", "b.md": "mine", "b (smartcli).md": "2"}


@pytest.mark.parametrize("stop", range(8))
def test_cut_short_over_an_earlier_export_nobodys_lines_are_lost_and_the_next_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: int
) -> None:
    target = tmp_path / "x"
    write_folder(target, [("a.md", "1"), ("b.md", "1"), ("c.md", "1")])
    (target / "b.md").write_text("mine")
    real, calls = {name: getattr(system.fs, name) for name in ("replace", "unlink")}, []

    def cut(name: str) -> Any:
        def call(*given: Any, **how: Any) -> None:
            calls.append(name)
            if len(calls) > stop:
                raise OSError(errno.EIO, "planted")
            real[name](*given, **how)

        return call

    with monkeypatch.context() as patched:
        for name in real:
            patched.setattr(system.fs, name, cut(name))
        try:
            write_folder(target, [("a.md", "2"), ("b.md", "2")], force=True)
        except Trouble as told:
            assert told.code == 3  # noqa: PT017
            assert calls[0] == "unlink" or "Nothing was written" not in told.sentence  # noqa: PT017
    assert below(target)["b.md"] == "mine"
    write_folder(target, [("a.md", "3"), ("b.md", "3")], force=True)
    files = below(target)
    assert {name: files[name] for name in ("a.md", "b.md", "b (smartcli).md")} == {
        "a.md": "3",
        "b.md": "mine",
        "b (smartcli).md": "3",
    }
    left = set(files) - {"a.md", "b.md", "b (smartcli).md"}
    assert all(name.startswith(".tmp-") for name in left)  # a list, which could not even be removed


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


@pytest.mark.parametrize("syncs_all", [True, False])
@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("folder", [False, True])
def test_what_is_written_outlasts_a_power_cut_once_it_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: bool, force: bool, syncs_all: bool
) -> None:
    disk = Recording(syncs_all=syncs_all)
    monkeypatch.setattr(system, "fs", disk)
    many = [*FILES, ("deep/deeper/d.md", "four\n"), ("long", "x" * 3_000_000)]
    if force:
        write_folder(tmp_path / "x", FILES) if folder else write_file(tmp_path / "x", ["old"])
        assert disk.lost_by_a_power_cut(tmp_path / "x") == []
    if folder:
        write_folder(tmp_path / "x", many, force=force)
    else:
        write_file(tmp_path / "x", (piece for _, piece in many), force=force)
    assert disk.lost_by_a_power_cut(tmp_path / "x") == []


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
