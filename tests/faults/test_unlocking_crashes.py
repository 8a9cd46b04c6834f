"""Power cuts while a device is told the passphrase of a journal, while that is changed, and while a new key is begun."""

import contextlib
import os
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from smartcli import places
from smartcli.entries.entry import Entry
from smartcli.journal import joining, seal, system
from smartcli.journal.files import Folder
from smartcli.journal.journal_lock import WAITING, JournalLock, PublicLock
from smartcli.journal.key_files import KeyFiles, open_key_file
from smartcli.journal.store import Journal
from smartcli.lock import keyring
from smartcli.lock.errors import DamagedKeyFileError, WrongPassphraseError
from smartcli.lock.identity import Identity, generate_identity
from smartcli.workbook.key_changes import begin_new_key, change_passphrase
from smartcli.workbook.opening import open_with
from smartcli.workbook.workbook import Workbook
from tests.faults.forgetful import Crash, Forgetful
from tests.faults.test_crashes import EVERYTHING, HOME, fresh, never
from tests.journal.test_erasing import settle
from tests.support.asking import entry as filled
from tests.support.locked import PASSPHRASE

OUTCOMES = int(os.environ.get("CRASH_OUTCOMES", "1"))  # of each crash
QUICK = 4
NEW = "some other words"
KEY = generate_identity()
LOCK = JournalLock(HOME / "journal", HOME / "state")
WAITS = HOME / "state" / WAITING

Use = Callable[[Forgetful], None]
Step = Callable[[], object]


@pytest.fixture(autouse=True)
def _here() -> Iterator[None]:
    places.choose(HOME)
    yield
    places.choose(None)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Use:
    return lambda fs: monkeypatch.setattr(system, "fs", fs)


THERE, MADE, OTHER = (filled(EVERYTHING, {"one": f"answer {day}"}, day=day) for day in (3, 4, 5))
CHANGED = Entry(MADE.body | {"parents": [MADE.revision], "saved": "2031-01-01T00:00:00+00:00"})
OCTOBER = Entry(OTHER.body | {"when": "2026-10-07T21:00:00+00:00"})
WAITED = [MADE, CHANGED, OCTOBER]


def begin(disk: Use, *, waiting: bool) -> Forgetful:
    """Return a disk with a journal that another device has locked; with `waiting`, entries wait to join it."""
    fs = fresh()
    disk(fs)
    Journal(LOCK.journal, seal_to=KEY.recipient).save(THERE)
    LOCK.forget()
    LOCK.publish(PublicLock(KEY.name, KEY.recipient, "2026-11-01"))
    KeyFiles(LOCK.journal).publish(KEY, PASSPHRASE, log_work=QUICK)
    if waiting:
        Journal(WAITS).save_all(WAITED)
    settle(fs.root)
    fs.operations = 0
    return fs


def revisions(path: Any) -> set[str]:
    """Return what can be read in a journal now, as its files on the disk say."""
    keyring.hold(KEY)
    journal = Journal(path)
    found = {
        entry.revision
        for several in journal.revisions().values()
        for one in several
        if (entry := journal.try_read(one))
    }
    keyring.let_go()
    return found


def sealed_files() -> list[str]:
    entries = LOCK.journal / "entries"
    folders = [name for name, is_file in Folder(entries).names() if not is_file]
    return [name for folder in folders for name in Folder(entries / folder).list_names() if seal.is_sealed_name(name)]


def cut(disk: Use, fs: Forgetful, step: Step, at: int) -> Forgetful:
    """Run a step on a copy of a disk with the power cut before one of its operations."""
    copy = fs.after_crash(random.Random(0), any_order=False)
    copy._crash_at = at
    disk(copy)
    with contextlib.suppress(Crash):
        step()
    keyring.let_go()
    return copy


def crashes(disk: Use, fs: Forgetful, step: Step) -> Iterator[Forgetful]:
    """Yield what is left of a disk by a power cut before each operation of a step, names lost in order and in any."""
    for at in range(1, cut(disk, fs, step, 0).operations + 2):
        chance = random.Random(at)
        left = cut(disk, fs, step, at)
        for outcome in range(OUTCOMES):
            after = left.after_crash(chance, any_order=bool((at + outcome) % 2))
            disk(after)
            yield after


def unlock() -> None:
    open_with(Workbook(), PASSPHRASE)


ALL = {made.revision for made in [THERE, *WAITED]}


def broken_by_joining(disk: Use) -> Iterator[str]:
    """Cut the unlocking before each operation, and its repetition at a random one; yield each promise broken."""
    chance = random.Random(1)
    for left in crashes(disk, begin(disk, waiting=True), unlock):
        again = cut(disk, left, unlock, chance.randrange(1, 60)).after_crash(chance, any_order=True)
        for after in (left, again):
            disk(after)
            if revisions(LOCK.journal) | revisions(WAITS) != ALL:
                yield "an entry is lost"
        unlock()
        keyring.let_go()
        LOCK.forget()
        if LOCK.seal_to != KEY.recipient:
            yield "it is not pinned"
        if revisions(LOCK.journal) != ALL:
            yield "an entry has not joined"
        if len(sealed_files()) != len(ALL):
            yield "an entry is there twice"
        if Folder(HOME / "state").has(WAITING):
            yield "something waits still"


def test_a_device_may_lose_power_at_any_moment_of_being_told_the_passphrase(disk: Use) -> None:
    assert not [*broken_by_joining(disk)]


def without_folder_sync(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Folder, "sync", never)


def with_the_plain_files_gone_first(monkeypatch: pytest.MonkeyPatch) -> None:
    save_all = Journal.save_all

    def save_late(journal: Journal, entries: Any) -> None:
        entries = [*entries]
        joining._remove(WAITS / "entries", joining._read_all(Journal(WAITS)))
        save_all(journal, entries)

    monkeypatch.setattr(Journal, "save_all", save_late)


def with_everything_sealed_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "file_name_of", lambda entry: "another name")


@pytest.mark.parametrize(
    "mistake", [without_folder_sync, with_the_plain_files_gone_first, with_everything_sealed_each_time]
)
def test_each_planted_mistake_is_caught(
    disk: Use, monkeypatch: pytest.MonkeyPatch, mistake: Callable[[pytest.MonkeyPatch], None]
) -> None:
    fs = begin(disk, waiting=True)
    mistake(monkeypatch)
    monkeypatch.setattr(f"{__name__}.begin", lambda disk, waiting: fs)
    assert next(broken_by_joining(disk), None)


def opens(passphrase: str) -> Identity | None:
    """Return the key that a passphrase opens among the files of this moment."""
    for file in KeyFiles(LOCK.journal).list_for_passphrases():
        with contextlib.suppress(WrongPassphraseError, DamagedKeyFileError):
            return open_key_file(file.data, passphrase)
    return None


def test_while_the_passphrase_is_changed_the_old_or_the_new_one_opens_the_journal(disk: Use) -> None:
    begun = begin(disk, waiting=False)

    def change() -> None:
        change_passphrase(Workbook(), KEY, NEW, log_work=QUICK)

    for _left in crashes(disk, begun, change):
        assert KEY in (opens(PASSPHRASE), opens(NEW))
    disk(begun)
    change()
    disk(begun.after_crash(random.Random(1), any_order=True))
    assert opens(NEW) == KEY
    assert opens(PASSPHRASE) is None


def test_while_a_new_key_is_begun_the_old_passphrase_opens_the_journal_and_all_old_entries_stay_readable(
    disk: Use,
) -> None:
    begun = begin(disk, waiting=False)
    LOCK.forget()
    LOCK.pin(KEY.recipient)

    def renew() -> None:
        begin_new_key(Workbook(), KEY, generate_identity(), NEW, log_work=QUICK)

    for _left in crashes(disk, begun, renew):
        assert opens(PASSPHRASE) == KEY
        new = opens(NEW)
        assert new is None or KEY in KeyFiles(LOCK.journal).reach(new).identities
