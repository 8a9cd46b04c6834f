"""Second names: made for every file, cheap when nothing has changed, gone with what was erased, never a trouble."""

import errno
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from smartcli.journal import kept, system
from smartcli.journal.erased import FOLDER, Erased
from smartcli.journal.kept import Kept
from smartcli.journal.store import Journal
from smartcli.trouble import Trouble
from tests.faults.other_disks import LINKS, Closed, Refusing
from tests.journal.test_store import edited, small


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal")


@pytest.fixture
def second(tmp_path: Path, journal: Journal) -> Kept:
    return Kept(tmp_path / "state" / "kept", journal.path)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("entries/*/*") if path.is_file()} | {
        path.name: path.read_bytes() for path in folder.glob("*/*.json") if path.parent.name != "erased"
    }


def settle(journal: Journal) -> None:
    """Have the folders of the months look as if nothing had changed in them for a while."""
    for month in (journal.path / "entries").iterdir():
        os.utime(month, (time.time() - 60, time.time() - 60))


def listed(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return a list that fills with the folders that are listed from now on."""
    seen: list[Any] = []
    scandir = system.FileSystem.scandir

    def noted(fs: system.FileSystem, where: Any) -> Any:
        seen.append(where)
        return scandir(fs, where)

    monkeypatch.setattr(system.FileSystem, "scandir", noted)
    return seen


def test_every_file_gets_one_and_it_is_the_same_file(journal: Journal, second: Kept) -> None:
    first = small("one")
    for entry in (first, small("two", 23), edited(first, "three")):
        journal.save(entry)
    second.keep()
    assert files(second.folder) == files(journal.path)
    for path in (journal.path / "entries").glob("*/*"):
        assert path.stat().st_nlink == 2
    assert second.folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("how", ["unlink", "empty folder", "replaced"])
def test_what_takes_a_file_from_the_journal_leaves_the_second_name(journal: Journal, second: Kept, how: str) -> None:
    journal.save(small("kept words"))
    second.keep()
    before = files(second.folder)
    [path] = (journal.path / "entries").glob("*/*.json")
    if how == "replaced":  # as sync tools and many editors do
        (path.parent / "new").write_bytes(b"")
        (path.parent / "new").replace(path)
    else:
        path.unlink()
        if how == "empty folder":
            path.parent.rmdir()
    second.keep()
    assert files(second.folder) == before


def test_where_nothing_has_changed_no_month_is_listed(
    journal: Journal, second: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in (1, 2):
        journal.save(small("one", day))
    settle(journal)
    second.keep()
    seen = listed(monkeypatch)
    second.keep()
    assert len(seen) == 1  # the folder of all months
    monkeypatch.undo()
    journal.save(small("two", 23))
    second.keep()
    assert len(files(second.folder)) == 3


def test_a_file_that_came_within_a_tick_of_the_last_look_is_not_missed(journal: Journal, second: Kept) -> None:
    journal.save(small("one"))
    month = next((journal.path / "entries").iterdir())
    changed = time.time_ns()
    os.utime(month, ns=(changed, changed))
    second.keep()
    journal.save(small("two", 23))
    os.utime(month, ns=(changed, changed))  # a clock that had not gone on
    second.keep()
    assert len(files(second.folder)) == 2


def test_a_second_name_that_was_removed_is_made_again(journal: Journal, second: Kept) -> None:
    journal.save(small("one"))
    settle(journal)
    second.keep()
    next(second.folder.glob("*/*")).unlink()
    second.keep()
    assert files(second.folder) == files(journal.path)


def test_what_was_erased_loses_its_second_names_and_the_rest_keeps_them(journal: Journal, second: Kept) -> None:
    gone, left = small("gone"), small("left", 23)
    for entry in (gone, edited(gone, "gone too"), left):
        journal.save(entry)
    second.keep()
    assert second.forget([gone.id]) == 2
    assert [name for name in files(second.folder) if gone.id in name] == []
    assert len(files(second.folder)) == 1


@pytest.mark.parametrize("tombstone_first", [True, False])
def test_what_was_erased_on_another_device_loses_its_second_name_here(
    journal: Journal, second: Kept, *, tombstone_first: bool
) -> None:
    gone, left = small("gone"), small("left", 23)
    for entry in (gone, left):
        journal.save(entry)
    settle(journal)
    second.keep()
    old = next(journal.path.glob(f"entries/*/*{gone.id}*"))
    steps: list[Callable[[], object]] = [
        lambda: Erased(journal.path / FOLDER).add([gone.id]),
        lambda: [path.unlink() for path in journal.path.glob(f"entries/*/*{gone.id}*")],
    ]
    for step in steps if tombstone_first else reversed(steps):
        step()
        second.keep()
    assert {name[17:30] for name in files(second.folder)} == {left.id}
    old.write_bytes(b"{}")  # a sync tool brings an old copy back
    second.keep()
    assert {name[17:30] for name in files(second.folder)} == {left.id}


@pytest.mark.parametrize("error", sorted({errno.EPERM, errno.EXDEV, errno.ENOTSUP, errno.ENOSYS}))
def test_where_there_are_no_hard_links_files_are_copied(
    journal: Journal, second: Kept, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    journal.save(small("one"))

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(system.FileSystem, "link", staticmethod(refuse))
    second.keep()
    assert files(second.folder) == files(journal.path)
    [path] = second.folder.glob("*/*")
    assert (path.stat().st_nlink, path.stat().st_mode & 0o777) == (1, 0o600)


def test_copies_are_made_a_part_at_a_time_the_newest_first_and_never_too_many(
    journal: Journal, second: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(1, 8):
        journal.save(small(f"day {day}", day))
    monkeypatch.setattr(kept, "_COPIES_AT_ONCE", 2)
    monkeypatch.setattr(kept, "_MOST_COPIES", 5)

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(errno.EXDEV, "")

    monkeypatch.setattr(system.FileSystem, "link", staticmethod(refuse))
    second.keep()
    assert sorted(files(second.folder)) == sorted(files(journal.path))[-2:]
    for _ in range(5):
        second.keep()
    assert 5 <= len(files(second.folder)) < 7


@pytest.mark.parametrize("call", ["link", "mkdir", "utime", "stat", "scandir", "open"])
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES])
def test_a_disk_that_refuses_is_never_a_trouble(
    journal: Journal, second: Kept, monkeypatch: pytest.MonkeyPatch, call: str, error: int
) -> None:
    journal.save(small("one"))
    before = files(journal.path)

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(system.FileSystem, call, refuse)
    second.keep()
    monkeypatch.undo()
    assert files(journal.path) == before
    second.keep()
    assert files(second.folder) == before


def test_what_the_disk_will_not_let_go_of_is_told(
    journal: Journal, second: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = small("one")
    journal.save(entry)
    second.keep()

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(errno.EROFS, "")

    monkeypatch.setattr(system.FileSystem, "unlink", staticmethod(refuse))
    with pytest.raises(Trouble):
        second.forget([entry.id])


def test_no_half_copy_is_left_by_a_full_disk(journal: Journal, second: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(Refusing):
        def write(self, fd: int, data: Any) -> int:  # type: ignore[override]
            raise OSError(errno.ENOSPC, "planted")

    journal.save(small("one"))
    monkeypatch.setattr(system, "fs", Full(errno.EXDEV, LINKS))
    second.keep()
    assert not files(second.folder)


@pytest.mark.parametrize("is_month", [True, False])
def test_second_names_that_cannot_be_reached_are_told(
    journal: Journal, second: Kept, monkeypatch: pytest.MonkeyPatch, *, is_month: bool
) -> None:
    entry = small("one")
    journal.save(entry)
    second.keep()
    name = next(second.folder.iterdir()).name if is_month else second.folder.name
    monkeypatch.setattr(system, "fs", Closed(errno.EACCES, name))
    with pytest.raises(Trouble):
        second.forget([entry.id])
    with pytest.raises(Trouble):
        second.forget_all_but([])
    second.keep()  # never a trouble


def test_links_and_other_programs_files_get_no_second_name(journal: Journal, second: Kept, tmp_path: Path) -> None:
    journal.save(small("one"))
    [path] = (journal.path / "entries").glob("*/*.json")
    (tmp_path / "secret").write_text("not ours")
    (path.parent / path.name.replace(path.name[17:30], "a" * 13)).symlink_to(tmp_path / "secret")
    (path.parent / "notes.txt").write_text("not ours")
    second.keep()
    assert [*files(second.folder)] == [path.name]
