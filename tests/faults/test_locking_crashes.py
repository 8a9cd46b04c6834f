"""Power cuts while a journal is being locked, made plain again, or sealed to a new key."""

import contextlib
import os
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from smartcli.entries.entry import Entry
from smartcli.journal import locking, seal, system
from smartcli.journal.file_names import file_name_of
from smartcli.journal.files import Folder
from smartcli.journal.store import Journal
from smartcli.lock import keyring
from smartcli.lock.identity import Identity, generate_identity
from smartcli.trouble import Trouble
from tests.faults.forgetful import Crash, Forgetful
from tests.faults.test_crashes import EVERYTHING, HOME, fresh, never
from tests.journal.test_erasing import settle
from tests.support.asking import entry as filled

OUTCOMES = int(os.environ.get("CRASH_OUTCOMES", "2"))  # of each crash
ENTRIES = HOME / "journal" / "entries"
OLD, NEW = generate_identity(), generate_identity()

Use = Callable[[Forgetful], None]
Step = Callable[[], object]


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(locking, "_BATCH", 2)
    monkeypatch.setattr(locking, "_need_room", never)
    keyring.hold(OLD)
    keyring.hold(NEW)
    yield
    keyring.let_go()


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Use:
    return lambda fs: monkeypatch.setattr(system, "fs", fs)


MADE = [filled(EVERYTHING, {"one": f"answer {day}"}, day=day) for day in (3, 4, 5)]
CHANGED = Entry(MADE[0].body | {"parents": [MADE[0].revision], "saved": "2031-01-01T00:00:00+00:00"})
DAMAGED = filled(EVERYTHING, {"one": "torn"}, day=6)


def quiet(done: int, of: int) -> None:
    """Tell nobody how far it is."""


def lock_it(to: Identity = OLD) -> object:
    return locking.seal_files(ENTRIES, to.recipient, quiet)


def open_it() -> object:
    return locking.open_files(ENTRIES, quiet)


def reseal_it() -> object:
    return locking.reseal_files(ENTRIES, NEW.recipient, OLD, quiet)


def begin(disk: Use, *, locked: bool) -> Forgetful:
    """Return a disk with a journal: edits, a copy by a sync tool, a file changed by hand, and a damaged one."""
    fs = fresh()
    disk(fs)
    journal = Journal(HOME / "journal")
    journal.save_all([*MADE, CHANGED, DAMAGED])
    months = [name for name, is_file in Folder(ENTRIES).names() if not is_file]
    with Folder(ENTRIES / months[0]) as folder:
        by_hand = seal.sealed(MADE[1].body | {"saved": "2026-12-01T00:00:00+00:00"})
        folder.replace(file_name_of(MADE[1]), by_hand)
        folder.replace(file_name_of(DAMAGED), b'{"format": 1, "id": ')
        folder.publish("copy of a file (conflict).json", seal.sealed(MADE[2].body))
    if locked:
        lock_it()
    settle(fs.root)
    fs.operations = 0
    return fs


def seen() -> Any:
    """Return what the journal says now, and how many of its files cannot be read."""
    journal = Journal(HOME / "journal")
    heads = [(head.entry.body, head.versions, head.unread) for head in journal.heads()]
    return heads, len({file.name for file in journal.unreadable})


def cut(disk: Use, fs: Forgetful, step: Step, at: int) -> Forgetful:
    """Run a step on a copy of a disk with the power cut before one of its operations."""
    copy = fs.after_crash(random.Random(0), any_order=False)
    copy._crash_at = at
    disk(copy)
    with contextlib.suppress(Crash):
        step()
    return copy


def count_operations(disk: Use, fs: Forgetful, step: Step) -> int:
    return cut(disk, fs, step, 0).operations


STEPS = {"lock": (False, lock_it), "off": (True, open_it), "new key": (True, reseal_it)}


def broken(disk: Use, which: str, *, any_order: bool) -> Iterator[str]:
    """Cut a step before each operation, and its repetition at a random one; yield the promises that were broken."""
    locked, step = STEPS[which]
    begun = begin(disk, locked=locked)
    wanted = seen()
    for at in range(1, count_operations(disk, begun, step) + 2):
        chance = random.Random(at)
        for _outcome in range(OUTCOMES):
            left = cut(disk, begun, step, at).after_crash(chance, any_order=any_order)
            again = cut(disk, left, step, chance.randrange(1, 40)).after_crash(chance, any_order=any_order)
            disk(again)
            if seen() != wanted:
                yield "something is lost while it is half done"
            step()
            if seen() != wanted:
                yield "something is lost when it is done"
            plain, sealed = locking.list_plain(ENTRIES), locking.list_sealed(ENTRIES)
            if sealed if which == "off" else plain:
                yield "not all of it is done"
            if which == "new key" and any(locking._is_opened_by(OLD, locking._read(ENTRIES, one)) for one in sealed):
                yield "something is left to the old key"


@pytest.mark.parametrize("any_order", [False, True])
@pytest.mark.parametrize("which", STEPS)
def test_cut_twice_anywhere_nothing_is_lost_and_the_next_run_ends_it(disk: Use, which: str, any_order: bool) -> None:
    assert not [*broken(disk, which, any_order=any_order)]


def without_folder_sync(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Folder, "sync", never)


def in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def place(folder: Folder, name: str, data: bytes) -> None:
        folder.overwrite(name, data)

    monkeypatch.setattr(Folder, "place", place)


def old_file_first(monkeypatch: pytest.MonkeyPatch) -> None:
    place = locking._place

    def place_after(entries: Any, new: Any) -> None:
        for file in locking.list_plain(entries)[:1]:
            locking._unlink(entries, file)
        place(entries, new)

    monkeypatch.setattr(locking, "_place", place_after)


@pytest.mark.parametrize("mistake", [without_folder_sync, in_place, old_file_first])
def test_each_planted_mistake_is_caught(
    disk: Use, monkeypatch: pytest.MonkeyPatch, mistake: Callable[[pytest.MonkeyPatch], None]
) -> None:
    mistake(monkeypatch)
    with contextlib.suppress(Trouble):  # a folder that was never durable is gone: the mistake shows
        assert next(broken(disk, "lock", any_order=True), "")


def test_a_locked_journal_has_nothing_plain_below_its_entries(disk: Use) -> None:
    fs = begin(disk, locked=True)
    said = b"".join(node.bytes for node in nodes(fs.root))
    assert b"answer" in said  # the disk still has what was taken away, and says so where a file is read
    names = [name for month in Folder(ENTRIES).list_names() for name in Folder(ENTRIES / month).list_names()]
    assert all(seal.is_sealed_name(name) for name in names)


def nodes(node: Any) -> Iterator[Any]:
    if not node.folder:
        yield node
    for inner in node.names.values() if node.folder else ():
        yield from nodes(inner)
