"""Several devices and one journal: locked on one or on both, before or after they meet; nothing is lost or plain."""

import json
import shutil
import sys
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartcli import places
from smartcli.content.catalog import Catalog
from smartcli.entries.entry import Entry
from smartcli.entries.revisions import new_id
from smartcli.journal.key_files import KeyFiles
from smartcli.journal.locking import File, list_plain
from smartcli.lock import keyring
from smartcli.lock.identity import generate_identity
from smartcli.trouble import LOCKED
from smartcli.workbook import unlocking
from smartcli.workbook.locking import lock_journal
from smartcli.workbook.losses import look_over
from smartcli.workbook.recording import record_answers
from smartcli.workbook.workbook import Workbook
from tests.conftest import CATALOGUE, SIZE, Run
from tests.support.asking import entry

QUICK = 4
SMALL = Catalog(CATALOGUE / "none", CATALOGUE).find("small")


class Device:
    """A device with a home of its own, at which somebody sits who knows every passphrase."""

    def __init__(self, home: Path, number: int) -> None:
        self.home = home / str(number)
        self.passphrase = f"the words of device {number}"
        self.asked: list[str] = []
        (self.home / "journal").mkdir(parents=True)

    @property
    def journal(self) -> Path:
        return self.home / "journal"

    def workbook(self) -> Workbook:
        places.choose(self.home)
        return Workbook()

    def save(self, words: str) -> None:
        keyring.let_go()
        self.workbook().journal.save(made(words))

    def lock(self, *knows: str) -> None:
        """Lock the journal, with a key of its own where it has not heard of another; only open it where it has."""
        workbook = self.workbook()
        if workbook.is_closed:
            self.unlock(*knows)
        elif not workbook.lock.is_locked:
            identity = generate_identity()
            KeyFiles(self.journal).publish(identity, self.passphrase, log_work=QUICK)
            keyring.hold(identity)
            lock_journal(workbook, identity, "2026-11-22", lambda done, of: None)
        keyring.let_go()

    def unlock(self, *knows: str) -> Workbook:
        """Return the workbook, opened by somebody who types one passphrase after another."""
        keyring.let_go()
        workbook = self.workbook()
        if workbook.is_closed:
            passphrases = cycle([self.passphrase, *knows])

            def ask(prompt: str, remark: str) -> str:
                self.asked.append(prompt)
                return next(passphrases)

            unlocking.unlock(workbook, ask)
        return workbook

    def words(self, *knows: str) -> list[str]:
        return sorted(str(one.answers["what"]) for one in self.unlock(*knows).journal.entries())

    def list_plain(self) -> list[File]:
        return list_plain(self.journal / "entries")

    def plain_files(self) -> list[Path]:
        return [path for path in self.home.rglob("*") if path.is_file() and b'"what"' in path.read_bytes()]


def made(words: str) -> Entry:
    """Return a new entry with these words."""
    return Entry({**entry(SMALL, {"what": words}).body, "id": new_id()})


def sync(one: Device, other: Device) -> None:
    """Give each device what the other has, as any sync tool and `git merge` do; the same file is nowhere another."""
    for source, target in ((one.journal, other.journal), (other.journal, one.journal)):
        for path in [path for path in source.rglob("*") if path.is_file()]:
            there = target / path.relative_to(source)
            if not there.exists():
                there.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, there)
            elif path.name not in ("README.txt", "journal.json"):  # written by the first save, on each for itself
                assert there.read_bytes() == path.read_bytes(), path.name


@pytest.fixture
def devices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Device]:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    return [Device(tmp_path, number) for number in range(2)]


@pytest.fixture
def met(devices: list[Device]) -> list[Device]:
    """Two devices: the first has locked the journal, and the second has just got it from a sync tool."""
    first, second = devices
    first.save("river")
    first.lock()
    sync(first, second)
    return devices


def test_a_device_that_was_not_told_the_passphrase_keeps_what_is_written_beside_the_journal(
    met: list[Device],
) -> None:
    second = met[1]
    before = sorted(second.journal.rglob("*"))
    assert second.workbook().is_closed
    second.save("hill")
    assert sorted(second.journal.rglob("*")) == before
    assert [path.parts[-5:-3] for path in second.plain_files()] == [("state", "waiting")]


def test_recording_there_says_that_it_waits(
    met: list[Device], tiny: Catalog, capsys: pytest.CaptureFixture[str]
) -> None:
    _first, second = met
    record_answers(second.workbook(), "small", b'{"what": "hill"}')
    assert len(capsys.readouterr().err.splitlines()) == 1
    second.unlock(met[0].passphrase)
    capsys.readouterr()
    record_answers(second.workbook(), "small", b'{"what": "lake"}')
    assert not capsys.readouterr().err


def test_reading_there_asks_and_without_a_terminal_says_so(met: list[Device], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False)
    with pytest.raises(keyring.LockedTrouble):
        met[1].workbook().unlock()


@pytest.mark.parametrize("words", [("support",), ("exercises",), ("urge", "--unkept")])
def test_help_is_given_there_all_the_same(met: list[Device], run: Run, words: tuple[str, ...]) -> None:
    assert run("--home", str(met[1].home), "--plain", *words, typed="\n" * 40).exit_code != LOCKED


def test_what_waited_joins_the_journal_when_it_is_opened_there_and_nothing_plain_stays(met: list[Device]) -> None:
    first, second = met
    second.save("hill")
    second.save("lake")
    assert second.words(first.passphrase) == ["hill", "lake", "river"]
    assert second.plain_files() == []
    assert not (second.home / "state" / "waiting").exists()
    sync(first, second)
    assert first.words() == ["hill", "lake", "river"]
    assert second.asked == [second.asked[0]] * 2  # its own passphrase opens nothing; the journal's does, once


def test_it_is_asked_for_that_ones_passphrase_only_until_it_knows_the_key(met: list[Device]) -> None:
    first, second = met
    second.unlock(first.passphrase)
    second.save("hill")
    assert second.plain_files() == []
    second.asked.clear()
    second.passphrase = first.passphrase
    second.unlock()
    assert len(second.asked) == 1


def test_a_file_that_cannot_be_read_waits_on_and_keeps_nothing_else_from_joining(met: list[Device]) -> None:
    first, second = met
    second.save("hill")
    [path] = second.plain_files()
    torn = path.with_name(path.name.replace(path.name[20:24], "aaaa"))
    torn.write_bytes(b'{"format"')
    for _again in range(2):
        assert second.words(first.passphrase) == ["hill", "river"]
    assert torn.exists()


def test_what_was_erased_meanwhile_does_not_come_back_by_joining(met: list[Device]) -> None:
    first, second = met
    second.save("hill")
    waiting = [path.read_bytes() for path in second.plain_files()]
    workbook = second.unlock(first.passphrase)
    [hill] = [one for one in workbook.journal.entries() if one.answers["what"] == "hill"]
    workbook.journal.erased.add([hill.id])
    path = (
        second.home / "state" / "waiting" / "entries" / "2026-11" / f"20261122T213000Z-{hill.id}.{hill.revision}.json"
    )
    path.parent.mkdir(parents=True)
    path.write_bytes(waiting[0])
    assert second.words(first.passphrase) == ["river"]
    assert not path.exists()


def test_plain_files_of_an_older_version_are_read_with_the_sealed_ones(met: list[Device]) -> None:
    first = met[0]
    older = Device(first.home.parent, 7)
    older.save("by an older version")
    sync(first, older)
    assert first.words() == ["by an older version", "river"]


def both_locked(devices: list[Device]) -> None:
    for device, words in zip(devices, ("river", "hill"), strict=True):
        device.save(words)
        device.lock()
    sync(*devices)


def test_two_keys_are_asked_for_once_each_and_both_devices_read_everything_ever_after(devices: list[Device]) -> None:
    first, second = devices
    both_locked(devices)
    pins = [json.loads((one.home / "state" / "lock.json").read_text()) for one in devices]
    assert first.words(second.passphrase) == ["hill", "river"]
    assert len(first.asked) == 2
    assert first.words() == ["hill", "river"]
    assert len(first.asked) == 3  # its own passphrase, and no other
    sync(first, second)
    assert second.words(first.passphrase) == ["hill", "river"]
    assert pins == [json.loads((one.home / "state" / "lock.json").read_text()) for one in devices]
    first.save("lake")
    second.save("wood")
    sync(first, second)
    assert first.words() == second.words() == ["hill", "lake", "river", "wood"]


def test_where_both_have_one_passphrase_it_is_typed_once(devices: list[Device]) -> None:
    first, second = devices
    second.passphrase = first.passphrase
    both_locked(devices)
    assert first.words() == ["hill", "river"]
    assert len(first.asked) == 1


def test_declining_goes_on_with_what_can_be_read_and_is_not_asked_again(
    devices: list[Device], capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = devices
    both_locked(devices)
    capsys.readouterr()
    workbook = first.unlock("")
    assert [one.answers["what"] for one in workbook.journal.entries()] == ["river"]
    assert "1 entry" in capsys.readouterr().err
    look_over(workbook)
    said = capsys.readouterr().err
    assert "1 entry" in said  # and not as a file that could not be read
    assert len(said.splitlines()) == 1
    first.asked.clear()
    assert first.words("") == ["river"]
    assert len(first.asked) == 1
    keyring.let_go()
    answers = [first.passphrase, second.passphrase]
    workbook = first.workbook()
    unlocking.unlock(workbook, lambda prompt, remark: answers.pop(0), again=True)
    assert [*workbook.journal.unreadable] == []
    assert first.words() == ["hill", "river"]


def test_wrong_passphrases_of_the_other_device_count_as_declining(devices: list[Device]) -> None:
    first, _second = devices
    both_locked(devices)
    assert first.words("wrong", "wrong again", "and again") == ["river"]
    assert len(first.asked) == 4


def test_entries_of_a_key_that_nobody_knows_are_named_and_nothing_is_asked(
    devices: list[Device], capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = devices
    both_locked(devices)
    foreign = generate_identity()
    workbook = first.unlock(second.passphrase)
    replace(workbook.journal, seal_to=foreign.recipient).save(made("nobody's"))
    first.asked.clear()
    for _again in range(2):
        workbook = first.unlock()
        assert len([*workbook.journal.entries()]) == 2
        assert [file.is_others for file in workbook.journal.unreadable] == [True]
    assert len(first.asked) == 2


def test_a_key_put_in_place_of_the_other_devices_is_not_held(devices: list[Device]) -> None:
    first, second = devices
    both_locked(devices)
    [note] = [note for note in first.workbook().lock.public_locks if note.to != first.workbook().lock.seal_to]
    [theirs] = first.journal.glob(f"keys/{note.key}-*.age")
    stranger = generate_identity()
    name = KeyFiles(first.journal).publish(stranger, second.passphrase, log_work=QUICK)
    (first.journal / "keys" / name).replace(theirs)
    assert first.words(second.passphrase) == ["river"]
    assert keyring.find(stranger.recipient) is None
    assert not [*first.journal.glob("keys/*-for-*")]


def test_a_damaged_note_of_the_journal_still_says_that_it_is_locked(met: list[Device]) -> None:
    first, second = met
    [note] = second.journal.glob("lock-*.json")
    note.write_bytes(b"{")
    second.save("hill")
    assert [path.parts[-5:-3] for path in second.plain_files()] == [("state", "waiting")]
    assert second.words(first.passphrase) == ["hill", "river"]


STEP = st.tuples(st.sampled_from(["save", "save", "lock", "unlock", "sync"]), st.integers(0, 1))


@settings(max_examples=20 * SIZE)
@given(steps=st.lists(STEP, max_size=12))
def test_whatever_was_locked_where_and_when_nothing_is_lost_and_nothing_new_is_plain_in_the_journal(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    saved: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.stdin, "isatty", lambda: True)
        home = tmp_path_factory.mktemp("homes")
        devices = [Device(home, number) for number in range(2)]
        knows = [device.passphrase for device in devices]
        for number, (what, which) in enumerate([*steps, ("lock", 0), ("sync", 0), ("lock", 1)]):
            device = devices[which]
            if what == "save":
                has_heard = bool(device.workbook().lock.public_locks)
                before = device.list_plain()
                saved.append(f"words {number}")
                device.save(saved[-1])
                assert not has_heard or device.list_plain() == before
            elif what == "lock":
                device.lock(*knows)
            elif what == "unlock":
                device.unlock(*knows)
            else:
                sync(*devices)
        for _round in range(2):  # in the second, each device has heard of whatever the other made of the first
            for device in devices:
                assert {*device.words(*knows)} <= {*saved}
                sync(*devices)
        for device in devices:
            assert device.words(*knows) == sorted(saved)
            assert not (device.home / "state" / "waiting").exists()
    places.choose(None)
    keyring.let_go()
