"""Disks without modes, locks, links or syncs of folders: all goes on, and what cannot be promised is said once."""

import errno
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from smartcli.content.catalog import Catalog
from smartcli.journal import export_target, files, limits, system
from smartcli.journal.disk_errors import UnconfirmedTrouble
from smartcli.journal.files import Folder, NotAFileError
from smartcli.journal.limits import Limit
from smartcli.journal.store import Journal
from smartcli.journal.system import FileSystem
from tests.conftest import Run
from tests.faults.other_disks import ANSWERS, FOLDER_SYNC, LINKS, LOCKS, MODES, REQUESTS, Doing, Refusing
from tests.journal.test_store import small

CAUTIONS = {
    MODES: "does not keep other people out",
    LOCKS: "in one window only",
    FOLDER_SYNC: "If the power goes off",
}
SAVED = '{"what": "words of mine"}'


def use_all(run: Run, out: Path) -> list[tuple[str, int]]:
    """Go through whatever writes, and return each command with its exit code."""
    codes: list[tuple[str, int]] = []

    def did(*words: str, typed: str = "") -> str:
        result = run(*words, typed=typed)
        codes.append((words[0], result.exit_code))
        assert "Something went wrong" not in result.stderr, result.stderr
        return result.stdout.strip()

    entry = did("record", "small", typed=SAVED)
    did("do", "small", typed="more words\n\n")
    did("do", "everything", typed="half\n.\n!\n")
    did("resume", typed="still more\n!\n")
    draft = json.loads(did("drafts", "--json"))[0]["id"]
    did("drafts", "discard", draft, "--yes")
    did("edit", entry, typed="other words\n\n")
    did("delete", entry, "--yes")
    did("restore", entry)
    did("review", "--json")
    did("search", "other", "words")
    did("export", "--as", "json", "--output", str(out / "all.json"))
    did("export", "--as", "csv", "--output", str(out / "csv"))
    did("export", "--as", "csv", "--output", str(out / "csv"), "--force")
    did("exercises", "new", "mine")
    did("purge", entry, "--yes")
    did("where")
    return codes


@pytest.fixture
def ordinary(run: Run, tiny: Catalog, tmp_path: Path) -> list[tuple[str, int]]:
    """The exit codes on a disk that can do all, in a home of its own."""
    (tmp_path / "ordinary").mkdir()
    codes = use_all(
        lambda *words, **typed: run("--home", str(tmp_path / "elsewhere"), *words, **typed), tmp_path / "ordinary"
    )
    return [(words, code) for words, code in codes]


@pytest.mark.parametrize("code", ANSWERS, ids=lambda code: errno.errorcode[code])
@pytest.mark.parametrize("request_", REQUESTS)
def test_a_disk_that_does_not_know_a_request_is_written_to_all_the_same(
    run: Run, tiny: Catalog, home: Path, monkeypatch: pytest.MonkeyPatch, code: int, request_: str
) -> None:
    monkeypatch.setattr(system, "fs", Refusing(code, request_))
    done = [
        run("record", "small", typed=SAVED),
        run("do", "everything", typed="half\n.\n!\n"),
        run("resume", typed="still more\n!\n"),
    ]
    assert [one.exit_code for one in done] == [0, 130, 130]
    assert len(json.loads(run("review", "--json").stdout)) == 1
    said = "".join(one.stderr for one in done)
    again = run("record", "small", typed=SAVED).stderr + run("resume", typed="!\n").stderr
    caution = CAUTIONS.get(request_)
    if caution:
        assert said.count(caution) == 1
    assert not any(caution in again for caution in CAUTIONS.values())
    assert "ot saved" not in said + again


@pytest.mark.parametrize("code", [errno.EPERM, errno.EINVAL, errno.EROFS], ids=lambda code: errno.errorcode[code])
def test_everything_works_on_a_disk_that_can_do_next_to_nothing(
    run: Run, tiny: Catalog, tmp_path: Path, ordinary: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setattr(system, "fs", Refusing(code, *REQUESTS))
    assert use_all(run, tmp_path) == ordinary


def test_everything_works_where_files_are_reached_by_their_paths_and_links_cannot_be_refused(
    run: Run, tiny: Catalog, tmp_path: Path, ordinary: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Bare(FileSystem):
        """Windows: no descriptors of folders, no O_NOFOLLOW, no hard links on this disk."""

        def open(self, path: str, flags: int, mode: int = 0o777) -> int:  # type: ignore[override]
            assert not Path(path).is_dir()
            return os.open(path, flags & ~os.O_NOFOLLOW, mode)

        def link(self, source: str, target: str, **options: Any) -> None:
            raise OSError(errno.EINVAL, "planted")

        def sync(self) -> bool:
            return False

    monkeypatch.setattr(system, "fs", Bare())
    monkeypatch.setattr(files, "_BY_FD", False)
    monkeypatch.setattr(files, "_REFUSES_LINKS", False)
    assert use_all(run, tmp_path) == ordinary


def test_what_was_told_of_a_draft_is_not_told_again(
    run: Run, tiny: Catalog, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "fs", Refusing(errno.ENOLCK, LOCKS))
    said = run("do", "everything", typed="half\n.\n!\n").stderr
    assert CAUTIONS[LOCKS] in said
    assert CAUTIONS[LOCKS] not in run("resume", typed="!\n").stderr


def test_a_disk_that_only_seems_to_take_modes_is_told_of(
    run: Run, tiny: Catalog, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "fs", Doing())
    said = "".join(run("record", "small", typed=SAVED).stderr for _ in range(3))
    assert said.count(CAUTIONS[MODES]) == 1


def test_what_a_stick_cannot_do_is_not_said_of_the_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "met", {Limit.LOCKS})
    monkeypatch.setattr(system, "fs", Refusing(errno.EPERM, *REQUESTS))
    export_target.write_file(tmp_path / "stick.zip", [b"words"])
    export_target.write_folder(tmp_path / "stick", [("one.csv", "words")])
    assert limits.met == {Limit.LOCKS}


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="NOT RUN: only root can give a folder to another")
@pytest.mark.parametrize("requests", [(), REQUESTS])
def test_only_a_folder_of_another_owner_is_refused(
    run: Run, tiny: Catalog, home: Path, monkeypatch: pytest.MonkeyPatch, requests: tuple[str, ...]
) -> None:
    assert run("record", "small", typed=SAVED).exit_code == 0
    os.chown(home / "journal", 65534, 65534)
    monkeypatch.setattr(system, "fs", Refusing(errno.EPERM, *requests))
    refused = run("record", "small", typed=SAVED)
    assert refused.exit_code == 3
    assert "somebody else" in refused.stderr


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.ESTALE], ids=lambda code: errno.errorcode[code])
def test_a_folder_that_cannot_be_synced_after_its_file_is_there_is_told_truly(
    run: Run, tiny: Catalog, home: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    run("record", "small", typed=SAVED)
    run("do", "everything", typed="half\n.\n!\n")
    with monkeypatch.context() as patch:
        patch.setattr(system, "fs", Refusing(code, FOLDER_SYNC))
        recorded = run("record", "small", typed=SAVED)
        sitting = run("do", "small", typed="words of a sitting\n\n")
    for done in (recorded, sitting):
        assert done.exit_code == 3
        assert "could not confirm" in done.stderr
        assert "Not saved:" not in done.stderr
        assert "Saved." not in done.stdout + done.stderr
    rows = [row["id"] for row in json.loads(run("review", "--json").stdout)]
    drafts = [file.read_text() for file in (home / "state" / "drafts").iterdir()]
    assert len(rows) == 2
    assert sum("words of a sitting" in draft for draft in drafts) == 1
    assert any(f"Its id is {row}." in recorded.stderr for row in rows)


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.ESTALE], ids=lambda code: errno.errorcode[code])
def test_what_is_not_there_is_never_called_saved(
    run: Run, tiny: Catalog, home: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    class Broken(FileSystem):
        def fsync(self, fd: int) -> None:
            raise OSError(code, "planted")

    monkeypatch.setattr(system, "fs", Broken())
    for done in (run("record", "small", typed=SAVED), run("do", "small", typed="words\n\n")):
        assert done.exit_code == 3
        assert "aved." not in done.stdout
        assert "The entry is saved" not in done.stderr
    assert not json.loads(run("review", "--json").stdout)


def test_a_new_folder_that_could_not_be_synced_is_synced_by_who_tries_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []

    class Once(FileSystem):
        fails = True

        def fsync(self, fd: int) -> None:
            if self.fails:
                self.fails = False
                raise OSError(errno.EIO, "planted")
            synced.append(str(Path(f"/proc/self/fd/{fd}").readlink()))

    if not Path("/proc/self/fd").exists():
        pytest.skip("NOT RUN: only Linux says what a descriptor is of")
    monkeypatch.setattr(system, "fs", Once())
    with pytest.raises(OSError, match="planted"):
        Folder(tmp_path / "new", create=True)
    Folder(tmp_path / "new", create=True).close()
    assert synced == [str(tmp_path)]


@pytest.mark.parametrize("code", [errno.EIO, errno.EINVAL, errno.EOVERFLOW, errno.ENXIO])
def test_a_name_is_given_without_links_and_what_is_there_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setattr(system, "fs", Refusing(code, LINKS))
    with Folder(tmp_path) as folder:
        folder.publish("name", b"first")
        with pytest.raises(FileExistsError):
            folder.publish("name", b"second")
        assert folder.read("name") == b"first"
    assert os.listdir(tmp_path) == ["name"]


def test_a_link_that_was_made_although_an_error_came_back_is_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Late(FileSystem):
        def link(self, source: str, target: str, **options: Any) -> None:
            super().link(source, target, **options)
            raise OSError(errno.EIO, "the answer was lost")

    monkeypatch.setattr(system, "fs", Late())
    with Folder(tmp_path) as folder:
        folder.publish("name", b"x")
        assert folder.read("name") == b"x"
    assert os.listdir(tmp_path) == ["name"]


def test_links_are_refused_where_the_system_cannot_refuse_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_REFUSES_LINKS", False)
    monkeypatch.setattr(files, "_READ", files._READ & ~os.O_NOFOLLOW)
    monkeypatch.setattr(files, "_APPEND", files._APPEND & ~os.O_NOFOLLOW)
    (tmp_path / "victim").write_bytes(b"mine")
    (tmp_path / "name").symlink_to(tmp_path / "victim")
    with Folder(tmp_path) as folder:
        for reach in (folder.read, folder.append_to):
            with pytest.raises(NotAFileError, match="a link"):
                reach("name")


@pytest.mark.parametrize("mark", [0x1000, 0x40000, 0x400000])
def test_a_file_that_windows_keeps_in_the_cloud_is_not_downloaded_by_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mark: int
) -> None:
    class Status:
        st_mode, st_size, st_file_attributes = stat.S_IFREG, 1, mark

    class Cloud(FileSystem):
        def fstat(self, fd: int) -> Any:
            return Status

        def read(self, fd: int, size: int) -> bytes:
            raise AssertionError("it was read")

    (tmp_path / "name").write_bytes(b"x")
    with Folder(tmp_path) as folder:
        monkeypatch.setattr(system, "fs", Cloud())
        with pytest.raises(NotAFileError, match="not downloaded"):
            folder.read("name")


def test_saving_again_syncs_what_could_not_be_confirmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing = Refusing(errno.EIO, FOLDER_SYNC)
    synced = 0

    class Counting(FileSystem):
        def fsync(self, fd: int) -> None:
            nonlocal synced
            synced += stat.S_ISDIR(os.fstat(fd).st_mode)

    journal = Journal(tmp_path / "journal")
    journal.save(small())  # the folders are there from now on
    entry = small("other words")
    monkeypatch.setattr(system, "fs", refusing)
    with pytest.raises(UnconfirmedTrouble):
        journal.save(entry)
    monkeypatch.setattr(system, "fs", Counting())
    journal.save(entry)
    assert synced == 1


@pytest.mark.parametrize(("is_elsewhere", "told"), [(True, 1), (False, 0)])
def test_windows_keeps_others_out_of_the_profile_folder_only(
    run: Run, tiny: Catalog, home: Path, monkeypatch: pytest.MonkeyPatch, is_elsewhere: bool, told: int
) -> None:
    monkeypatch.setattr(system, "IS_WINDOWS", True)
    monkeypatch.setattr(Path, "home", lambda: home.parent / "profile" if is_elsewhere else home.parent)
    said = "".join(run("record", "small", typed=SAVED).stderr for _ in range(2))
    assert said.count(CAUTIONS[MODES]) == told
