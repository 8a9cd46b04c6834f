"""Durable, private files: whole or not at all, replacing nothing."""

import errno
import os
import stat
from pathlib import Path

import pytest

from smartcli.journal import limits, system
from smartcli.journal.files import LARGEST, Folder, NotAFileError
from smartcli.journal.system import FileSystem

posix = pytest.mark.skipif(os.name != "posix", reason="modes and links are POSIX matters")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@posix
@pytest.mark.parametrize("umask", [0o000, 0o002, 0o077, 0o777])
def test_what_is_made_is_the_owners_alone_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        with Folder(tmp_path / "a" / "b", create=True) as folder:
            folder.publish("new", b"x")
            folder.replace("new", b"y")
            os.close(folder.append_to("log", new=True))
    finally:
        os.umask(before)
    assert mode(tmp_path / "a" / "b") == 0o700
    assert [mode(tmp_path / "a" / "b" / name) for name in ("new", "log")] == [0o600, 0o600]


@posix
def test_a_folder_of_ours_that_others_may_use_is_closed_to_them(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    Folder(tmp_path).close()
    assert mode(tmp_path) == 0o700


@posix
def test_a_folder_that_is_shared_is_left_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    Folder(tmp_path, shared=True).close()
    assert mode(tmp_path) == 0o755


def test_nothing_that_is_there_is_replaced_by_publishing(tmp_path: Path) -> None:
    with Folder(tmp_path) as folder:
        folder.publish("name", b"first")
        with pytest.raises(FileExistsError):
            folder.publish("name", b"second")
        assert folder.read("name") == b"first"
    assert os.listdir(tmp_path) == ["name"]


@posix
def test_a_link_is_neither_followed_nor_replaced(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    with Folder(tmp_path / "ours", create=True) as folder:
        (tmp_path / "ours" / "name").symlink_to(victim)
        with pytest.raises(FileExistsError):
            folder.publish("name", b"other")
        with pytest.raises(NotAFileError):
            folder.read("name")
    assert victim.read_bytes() == b"mine"


@posix
def test_what_is_not_a_plain_file_of_a_reasonable_size_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "folder").mkdir()
    with (tmp_path / "sparse").open("wb") as file:
        file.truncate(LARGEST + 1)
    with Folder(tmp_path) as folder:
        for name, told in [
            ("fifo", "not a plain file"),
            ("folder", "not a plain file"),
            ("sparse", "too large"),
        ]:
            with pytest.raises(NotAFileError, match=told):
                folder.read(name)


class Flaky(FileSystem):
    """A file system whose calls of one name fail at first."""

    def __init__(self, name: str, code: int, times: int = 1) -> None:
        self.left = times
        real = getattr(FileSystem, name) if name != "fsync" else os.fsync

        def fail(*args: object, **kwargs: object) -> object:
            if self.left:
                self.left -= 1
                raise OSError(code, "planted")
            return real(*args, **kwargs)

        setattr(self, name, fail)


@pytest.mark.parametrize("code", [errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EXDEV])
def test_without_hard_links_a_name_is_given_by_renaming(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setattr(system, "fs", Flaky("link", code, times=2))
    with Folder(tmp_path) as folder:
        folder.publish("name", b"x")
        with pytest.raises(FileExistsError):
            folder.publish("name", b"y")
        assert folder.read("name") == b"x"
    assert os.listdir(tmp_path) == ["name"]


def test_a_disk_error_is_met_with_one_new_file_and_never_a_second_fsync(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Folder(tmp_path) as folder:
        monkeypatch.setattr(system, "fs", Flaky("fsync", errno.EIO))
        folder.publish("name", b"x")
        monkeypatch.setattr(system, "fs", Flaky("fsync", errno.EIO, times=2))
        with pytest.raises(OSError, match="planted"):
            folder.publish("other", b"x")
    assert os.listdir(tmp_path) == ["name"]


@pytest.mark.parametrize("refused", ["files", "folders", "nothing"])
@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.ENOTTY, errno.EPERM])
def test_a_disk_that_cannot_sync_files_or_folders_is_noted_to_be_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: str, code: int
) -> None:
    disk = FileSystem()

    def fsync(fd: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(fd).st_mode)
        if refused == ("folders" if is_folder else "files"):
            raise OSError(code, "planted")

    monkeypatch.setattr(disk, "fsync", fsync, raising=False)
    monkeypatch.setattr(system, "fs", disk)
    monkeypatch.setattr(limits, "met", set())
    with Folder(tmp_path) as folder:
        folder.publish("name", b"x")
        folder.replace("name", b"y")
    assert limits.met == (set() if refused == "nothing" else {limits.Limit.SYNC})


def test_what_reads_back_differently_is_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lying = FileSystem()
    monkeypatch.setattr(
        lying,
        "write",
        lambda fd, data: os.write(fd, bytes(data)[: len(data) // 2]) * 0 + len(data),
        raising=False,
    )
    monkeypatch.setattr(system, "fs", lying)
    with Folder(tmp_path) as folder, pytest.raises(OSError, match="reads back"):
        folder.publish("name", b"xxxx")
    assert os.listdir(tmp_path) == []


def test_short_writes_are_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    short = FileSystem()
    monkeypatch.setattr(short, "write", lambda fd, data: os.write(fd, bytes(data)[:3]), raising=False)
    monkeypatch.setattr(system, "fs", short)
    with Folder(tmp_path) as folder:
        folder.publish("name", b"abcdefgh")
        assert folder.read("name") == b"abcdefgh"
