"""Power cuts and failing disks while many entries are saved at once: in an import, and in taking it back."""

import contextlib
import errno
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from smartcli.entries.entry import Entry
from smartcli.journal import store, system
from smartcli.journal.files import Folder
from smartcli.journal.imports import Imports
from smartcli.journal.store import Journal
from smartcli.trouble import Trouble
from smartcli.workbook.undo_import import undo
from tests.faults.forgetful import Crash, Forgetful
from tests.faults.test_crashes import EVERYTHING, HOME, MISTAKES, fresh, never
from tests.support.asking import entry as filled
from tests.workbook.test_importing import take_in

OUTCOMES = int(os.environ.get("CRASH_OUTCOMES", "100"))  # of each crash
Use = Callable[[Forgetful], None]


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_BATCH", 2)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Use:
    return lambda fs: monkeypatch.setattr(system, "fs", fs)


@pytest.fixture(scope="module")
def diary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("f") / "diary.txt"
    path.write_text("2026-09-01\none\n2026-10-01\ntwo\n2026-10-02\nthree\n2026-10-03\nfour\n2026-10-04\nfive\n")
    return path


MADE = [filled(EVERYTHING, {"one": f"answer {day}"}, day=day) for day in (3, 4, 5, 6, 7)]
SEVERAL = [*MADE[:4], Entry(MADE[4].body | {"when": "2026-10-07T21:00:00+00:00"})]  # two months, more than a batch


def save_several(kept: list[int]) -> None:
    Journal(HOME / "journal").save_all(SEVERAL, kept.append)


def broken(kept: list[int]) -> list[str]:
    """Return which promises the disk, as it is now, does not keep."""
    journal = Journal(HOME / "journal")
    stands = {head.entry.id: head.entry.body for head in journal.heads()}
    said = ["a damaged entry is visible" for _ in journal.unreadable]
    for made in SEVERAL[: max(kept, default=0)]:
        if stands.get(made.id) != made.body:
            said.append("a kept entry is lost")
    return said


def all_broken(disk: Use, *, any_order: bool) -> list[str]:
    """Crash before every operation, in many ways; return every promise that was broken."""
    whole = fresh()
    disk(whole)
    save_several([])
    said = []
    for at in range(1, whole.operations + 2):
        fs, kept = fresh(crash_at=at), []
        disk(fs)
        with contextlib.suppress(Crash):
            save_several(kept)
        for outcome in range(OUTCOMES):
            disk(fs.after_crash(random.Random(at * 1000 + outcome), any_order=any_order))
            said += broken(kept)
    return said


@pytest.mark.parametrize("any_order", [False, True])
def test_no_power_cut_costs_an_entry_said_to_be_kept_and_none_is_half(disk: Use, any_order: bool) -> None:
    assert not all_broken(disk, any_order=any_order)


def without_folder_sync(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Folder, "sync", never)


def with_the_name_given_before_the_fsync(monkeypatch: pytest.MonkeyPatch) -> None:
    def place(folder: Folder, name: str, data: bytes) -> None:
        fd = system.fs.open(".tmp-x", os.O_CREAT | os.O_WRONLY, 0o600, dir_fd=folder._fd)
        system.fs.write(fd, data)
        system.fs.rename(".tmp-x", name, src_dir_fd=folder._fd, dst_dir_fd=folder._fd)
        system.fs.fsync(fd)
        system.fs.close(fd)

    monkeypatch.setattr(Folder, "place", place)


@pytest.mark.parametrize("any_order", [False, True])
@pytest.mark.parametrize("mistake", [*MISTAKES[:3], without_folder_sync, with_the_name_given_before_the_fsync])
def test_each_planted_mistake_is_caught(
    disk: Use,
    monkeypatch: pytest.MonkeyPatch,
    mistake: Callable[[pytest.MonkeyPatch], None],
    any_order: bool,
) -> None:
    mistake(monkeypatch)
    assert all_broken(disk, any_order=any_order)


def live() -> dict[str, Any]:
    return {head.entry.id: head.entry.answers for head in Journal(HOME / "journal").heads()}


def test_an_import_cut_short_anywhere_goes_on_when_it_is_run_again_and_can_be_taken_back(
    disk: Use, diary: Path
) -> None:
    imports = Imports(HOME / "state" / "imports")
    whole = fresh()
    disk(whole)
    take_in(Journal(HOME / "journal"), diary, imports=imports)
    wanted = live()
    assert len(wanted) == 5
    for at in range(1, whole.operations + 2):
        fs = fresh(crash_at=at)
        disk(fs)
        with contextlib.suppress(Crash):
            take_in(Journal(HOME / "journal"), diary, imports=imports)
        for outcome in range(OUTCOMES // 10):
            after = fs.after_crash(random.Random(at * 1000 + outcome), any_order=True)
            disk(after)
            journal, half = Journal(HOME / "journal"), live()
            assert half.items() <= wanted.items()
            last = imports.last()
            assert last or not half  # whatever came in is known to have come
            if outcome % 2 and last:
                undo(journal, last)
                imports.forget(last.name)
                assert live() == {}
            take_in(journal, diary, imports=imports)
            assert live() == wanted
            last = imports.last()
            if last:
                undo(journal, last)
            assert live() == {}


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.EACCES])
@pytest.mark.parametrize("for_good", [False, True])
def test_whichever_operation_fails_it_is_told_and_nothing_kept_is_lost(disk: Use, code: int, for_good: bool) -> None:
    whole = fresh()
    disk(whole)
    save_several([])
    for at in range(1, whole.operations + 1):
        fs, kept = fresh(fail=(at, code, for_good)), []
        disk(fs)
        try:
            save_several(kept)
        except Trouble:
            assert kept != [2, 4, 5]
        else:
            assert kept == [2, 4, 5]
        fs._fail = None
        assert not broken(kept), f"operation {at}"
