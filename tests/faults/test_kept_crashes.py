"""Power cuts while second names are sealed, or made plain again: what only this device has is never lost."""

import random
from collections.abc import Iterator

import pytest

from smartcli.journal import locking
from smartcli.journal.files import Folder
from smartcli.journal.kept import Kept
from smartcli.journal.opened_cache import OpenedCache
from smartcli.journal.store import Journal
from tests.faults.forgetful import Forgetful
from tests.faults.test_crashes import HOME, fresh, never
from tests.faults.test_locking_crashes import ENTRIES, MADE, OLD, Use, count_operations, cut, lock_it, open_it
from tests.faults.test_locking_crashes import _small_batches as _small_batches
from tests.faults.test_locking_crashes import disk as disk
from tests.journal.test_erasing import settle

KEPT = HOME / "state" / "kept"
ONLY_HERE = MADE[0]


def the_kept() -> Kept:
    return Kept(KEPT, HOME / "journal", OpenedCache(HOME / "state", ""))


def begin(disk: Use, *, locked: bool) -> Forgetful:
    """Return a disk on which the entries were moved already, and the second names not yet."""
    fs = fresh()
    disk(fs)
    Journal(HOME / "journal").save_all(MADE)
    if locked:
        lock_it()
    for file in locking._files_below(ENTRIES):
        with Folder(KEPT / file.folder, create=True) as folder:
            folder.place(file.name, locking._read(ENTRIES, file))
    listed = Journal(HOME / "journal").revisions()
    [gone] = listed[ONLY_HERE.id]
    locking._unlink(ENTRIES, locking.File(gone.folder, gone.name))
    open_it() if locked else lock_it()
    settle(fs.root)
    fs.operations = 0
    return fs


def says_it() -> int:
    """Return how many second names hold the entry that only this device has."""
    return sum(ONLY_HERE.id in own for own in the_kept().own_names().values())


STEPS = {"lock": (False, OLD.recipient), "off": (True, "")}


def broken(disk: Use, which: str, *, any_order: bool) -> Iterator[str]:
    """Cut the step before each operation, and its repetition at a random one; yield the promises that were broken."""
    locked, to = STEPS[which]
    begun = begin(disk, locked=locked)

    def step() -> object:
        return the_kept().settle(to)

    for at in range(1, count_operations(disk, begun, step) + 2):
        chance = random.Random(at)
        left = cut(disk, begun, step, at).after_crash(chance, any_order=any_order)
        disk(left)
        if not says_it():
            yield "it is lost while it is half done"
        again = cut(disk, left, step, chance.randrange(1, 30)).after_crash(chance, any_order=any_order)
        disk(again)
        step()
        if says_it() != 1:
            yield "it is not there once"
        if (locking.list_sealed if which == "off" else locking.list_plain)(KEPT):
            yield "not all of it is done"


@pytest.mark.parametrize("any_order", [False, True])
@pytest.mark.parametrize("which", STEPS)
def test_cut_twice_anywhere_what_only_this_device_has_is_not_lost(disk: Use, which: str, any_order: bool) -> None:
    assert [*broken(disk, which, any_order=any_order)] == []


def test_a_planted_mistake_is_caught(disk: Use, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locking, "_sync", never)
    assert "it is lost while it is half done" in [*broken(disk, "lock", any_order=True)]
