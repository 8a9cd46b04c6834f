"""Unlocking: what is asked, how often, what opens the journal, and what is refused although it could."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from smartcli.content.catalog import Catalog
from smartcli.entries.entry import Entry
from smartcli.entries.revisions import new_id
from smartcli.journal.journal_lock import JournalLock, PublicLock
from smartcli.journal.key_files import KeyFiles
from smartcli.lock import keyring
from smartcli.lock.errors import DamagedKeyFileError, WrongPassphraseError
from smartcli.lock.identity import Identity, generate_identity
from smartcli.trouble import LOCKED, STORAGE, USAGE, Trouble
from smartcli.workbook import unlocking
from smartcli.workbook.key_changes import begin_new_key, change_passphrase, end_old_key, list_replaced_keys
from smartcli.workbook.opening import OtherDevicesPassphraseError, open_with, open_with_identity
from smartcli.workbook.workbook import Workbook
from tests.conftest import CATALOGUE, Run
from tests.support.asking import entry
from tests.support.locked import PASSPHRASE, lock_home

QUICK = 4
WRONG = "not these words"
SMALL = Catalog(CATALOGUE / "none", CATALOGUE).find("small")
STRANGER = generate_identity()


def made(words: str) -> Entry:
    """Return a new entry with these words."""
    return Entry({**entry(SMALL, {"what": words}).body, "id": new_id()})


Asked = list[tuple[str, str]]


@pytest.fixture
def identity(home: Path) -> Identity:
    """The key of a journal that this device has locked, closed, with one entry in it."""
    identity = lock_home(home)
    Workbook().journal.save(made("river"))
    return identity


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Somebody at a terminal; what they were asked, and what was said above it."""
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    return []


def typing(asked: Asked, *typed: str) -> Callable[[str, str], str]:
    """Return somebody who types these lines, one for each question, and no more."""
    lines = [*typed]

    def ask(prompt: str, remark: str) -> str:
        asked.append((prompt, remark))
        return lines.pop(0)

    return ask


def words(workbook: Workbook) -> list[object]:
    return [one.answers["what"] for one in workbook.journal.entries()]


def keys(home: Path) -> Path:
    return home / "journal" / "keys"


def key_file(home: Path) -> Path:
    return next(keys(home).iterdir())


def pinned(home: Path) -> str:
    return str(json.loads((home / "state" / "lock.json").read_text())["to"])


def test_the_right_passphrase_opens_the_journal_for_as_long_as_the_key_is_held(
    home: Path, identity: Identity, asked: Asked
) -> None:
    workbook = Workbook()
    unlocking.unlock(workbook, typing(asked, PASSPHRASE))
    assert words(workbook) == ["river"]
    workbook.unlock()  # asks nobody
    assert len(asked) == 1


@pytest.mark.parametrize("wrong", [1, 2])
def test_a_wrong_passphrase_may_be_typed_again(home: Path, identity: Identity, asked: Asked, wrong: int) -> None:
    workbook = Workbook()
    unlocking.unlock(workbook, typing(asked, *[WRONG] * wrong, PASSPHRASE))
    assert words(workbook) == ["river"]
    assert len({remark for _prompt, remark in asked}) == 2  # what was wrong is said


def test_three_wrong_passphrases_end_it_and_change_nothing(home: Path, identity: Identity, asked: Asked) -> None:
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    with pytest.raises(Trouble) as trouble:
        unlocking.unlock(Workbook(), typing(asked, WRONG, WRONG, WRONG, PASSPHRASE))
    assert trouble.value.code == LOCKED
    assert trouble.value.safe
    assert len(asked) == 3
    assert keyring.is_empty()
    assert before == {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    assert not any(WRONG in line for line in trouble.value.lines())


def test_nothing_shows_of_what_is_typed_while_a_passphrase_is_tried(
    home: Path, identity: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    termios = pytest.importorskip("termios")
    _ours, terminal = os.openpty()
    echoes: list[bool] = []

    def look() -> None:
        echoes.append(bool(termios.tcgetattr(terminal)[3] & termios.ECHO))

    def ask(prompt: str, remark: str) -> str:
        look()
        return WRONG if len(echoes) == 2 else PASSPHRASE

    with os.fdopen(terminal) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        look()
        unlocking.unlock(Workbook(), ask)
        look()
    assert echoes == [True, False, False, True]


def test_without_a_terminal_nobody_is_asked(home: Path, identity: Identity) -> None:
    with pytest.raises(keyring.LockedTrouble) as trouble:
        unlocking.unlock(Workbook(), typing([]))
    assert trouble.value.code == LOCKED


def test_what_opens_the_journal_is_never_taken_from_the_environment(
    home: Path, identity: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SMARTCLI_PASSPHRASE", "SMARTCLI_PASSPHRASE_FD", "AGE_PASSPHRASE"):
        monkeypatch.setenv(name, PASSPHRASE)
    with pytest.raises(keyring.LockedTrouble):
        unlocking.unlock(Workbook())


# --passphrase-fd


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], int]:
    monkeypatch.setattr(unlocking, "given_passphrase", None)

    def give(data: bytes) -> int:
        number, end = os.pipe()
        os.write(end, data)
        os.close(end)
        unlocking.take_passphrase(number)
        return number

    return give


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
def test_a_script_gives_the_passphrase_by_an_open_file(
    home: Path, identity: Identity, pipe: Callable[[bytes], int], end: bytes
) -> None:
    pipe(PASSPHRASE.encode() + end)
    workbook = Workbook()
    workbook.unlock()
    assert words(workbook) == ["river"]


def test_it_is_read_to_the_first_line_end_and_once(
    home: Path, identity: Identity, pipe: Callable[[bytes], int]
) -> None:
    number = pipe(PASSPHRASE.encode() + b"\nwhat follows")
    Workbook().unlock()
    assert os.read(number, 99) == b"what follows"
    keyring.let_go()
    with pytest.raises(keyring.LockedTrouble):
        Workbook().unlock()


def test_a_wrong_one_ends_at_once_even_at_a_terminal(
    home: Path, identity: Identity, pipe: Callable[[bytes], int], asked: Asked
) -> None:
    pipe(WRONG.encode())
    with pytest.raises(Trouble) as trouble:
        unlocking.unlock(Workbook(), typing(asked))
    assert trouble.value.code == LOCKED


def give_and_unlock(number: int) -> None:
    unlocking.take_passphrase(number)
    Workbook().unlock()


@pytest.mark.parametrize("given", [b"", b"\xff\xfe\n", b"\n", b"x" * 100_000])
def test_whatever_is_read_there_is_an_answer(
    home: Path, identity: Identity, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, given: bytes
) -> None:
    path = tmp_path / "passphrase"
    path.write_bytes(given)
    with path.open("rb") as file:
        monkeypatch.setattr(unlocking, "given_passphrase", None)
        with pytest.raises(Trouble) as trouble:
            give_and_unlock(file.fileno())
    assert trouble.value.code in (LOCKED, USAGE)


@pytest.mark.parametrize("number", [-1, 900, 10**30])
def test_a_number_where_nothing_can_be_read_is_a_usage_error(number: int) -> None:
    with pytest.raises(Trouble) as trouble:
        unlocking.take_passphrase(number)
    assert trouble.value.code == USAGE


def test_from_a_terminal_nothing_is_taken_where_it_would_show(
    home: Path, identity: Identity, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unlocking, "given_passphrase", None)
    ours, terminal = os.openpty()
    os.write(ours, b"typed before it was asked for\n")
    unlocking.take_passphrase(terminal)
    unlocking.unlock(Workbook(), typing(asked, PASSPHRASE))
    assert len(asked) == 1


def test_a_command_that_needs_no_passphrase_does_not_take_it_for_an_answer(
    run: Run, home: Path, identity: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unlocking, "given_passphrase", None)
    number, end = os.pipe()
    os.write(end, PASSPHRASE.encode() + b"\nwhat follows")
    os.close(end)
    assert run("--passphrase-fd", str(number), "where").exit_code == 0
    assert os.read(number, 99) == b"what follows"


# Key files that are damaged, gone, or of another key


def test_a_damaged_key_file_is_told_from_a_wrong_passphrase_and_asked_about_once(
    home: Path, identity: Identity, asked: Asked
) -> None:
    data = key_file(home).read_bytes()
    key_file(home).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(WrongPassphraseError):
        open_with(Workbook(), WRONG)
    with pytest.raises(DamagedKeyFileError):
        open_with(Workbook(), PASSPHRASE)
    with pytest.raises(Trouble) as trouble:
        unlocking.unlock(Workbook(), typing(asked, PASSPHRASE))
    assert trouble.value.code == LOCKED
    assert len(asked) == 1


@pytest.mark.parametrize("damage", [b"", b"\0" * 300, b"hello"])
def test_another_copy_opens_the_journal_where_one_is_damaged(home: Path, identity: Identity, damage: bytes) -> None:
    path = key_file(home)
    path.with_name("copy of a key").write_bytes(path.read_bytes())
    path.write_bytes(damage)
    with pytest.raises(WrongPassphraseError):
        open_with(Workbook(), WRONG)
    workbook = Workbook()
    open_with(workbook, PASSPHRASE)
    assert words(workbook) == ["river"]


@pytest.mark.parametrize("folder_too", [True, False])
def test_without_any_key_file_it_says_so_and_asks_nothing(
    home: Path, identity: Identity, asked: Asked, folder_too: bool
) -> None:
    key_file(home).unlink()
    if folder_too:
        keys(home).rmdir()
    with pytest.raises(Trouble) as trouble:
        unlocking.unlock(Workbook(), typing(asked))
    assert trouble.value.code == LOCKED
    assert not isinstance(trouble.value, keyring.LockedTrouble)


def test_the_recovery_key_opens_a_journal_without_any_key_file(home: Path, identity: Identity) -> None:
    key_file(home).unlink()
    workbook = Workbook()
    open_with_identity(workbook, identity)
    assert words(workbook) == ["river"]


def test_another_recovery_key_is_refused_and_both_are_named(home: Path, identity: Identity) -> None:
    with pytest.raises(Trouble) as trouble:
        open_with_identity(Workbook(), STRANGER)
    assert STRANGER.name in trouble.value.sentence
    assert identity.name in trouble.value.sentence
    assert keyring.is_empty()


def swap(home: Path, passphrase: str, *, called: str = "") -> None:
    """Put another key in place of the journal's, as somebody could who can write to the folder."""
    for path in [*keys(home).iterdir(), *(home / "journal").glob("lock-*.json")]:
        path.unlink()
    name = KeyFiles(home / "journal").publish(STRANGER, passphrase, log_work=QUICK)
    if called:
        (keys(home) / name).rename(keys(home) / f"{called}-aaaaaaaa.age")
    lock = JournalLock(home / "journal", home / "state")
    lock.publish(PublicLock(called or STRANGER.name, STRANGER.recipient, "2026-11-02"))


@pytest.mark.parametrize("under_the_old_name", [True, False])
def test_a_key_that_was_swapped_is_refused_and_nothing_is_sealed_to_it(
    home: Path, identity: Identity, under_the_old_name: bool
) -> None:
    swap(home, PASSPHRASE, called=identity.name if under_the_old_name else "")
    with pytest.raises(Trouble) as trouble:
        open_with(Workbook(), PASSPHRASE)
    assert trouble.value.code == LOCKED
    assert STRANGER.name in trouble.value.sentence
    assert identity.name in trouble.value.sentence
    assert keyring.is_empty()
    assert pinned(home) == identity.recipient
    Workbook().journal.save(made("hill"))
    workbook = Workbook()
    open_with_identity(workbook, identity)
    assert sorted(words(workbook), key=str) == ["hill", "river"]


def test_before_the_passphrase_is_typed_it_is_said_that_the_folder_holds_another_key(
    home: Path, identity: Identity, asked: Asked
) -> None:
    with pytest.raises(Trouble):
        unlocking.unlock(Workbook(), typing(asked, WRONG, WRONG, WRONG))
    usual = asked[0][1]
    swap(home, "some other words")
    asked.clear()
    with pytest.raises(Trouble):
        unlocking.unlock(Workbook(), typing(asked, PASSPHRASE, PASSPHRASE, PASSPHRASE))
    assert asked[0][1] != usual


@pytest.mark.parametrize("note", ["{}", "", "{", "stranger"])
def test_a_note_of_the_journal_that_says_something_else_is_put_right(home: Path, identity: Identity, note: str) -> None:
    path = home / "journal" / f"lock-{identity.name}.json"
    right = json.loads(path.read_text())["to"]
    path.write_text(json.dumps({"to": STRANGER.recipient}) if note == "stranger" else note)
    assert Workbook().is_closed
    open_with(Workbook(), PASSPHRASE)
    assert json.loads(path.read_text())["to"] == right
    assert pinned(home) == identity.recipient


def test_a_note_of_this_device_that_is_damaged_is_written_anew(home: Path, identity: Identity) -> None:
    pin = home / "state" / "lock.json"
    pin.write_bytes(b"\0" * 40)
    workbook = Workbook()
    assert workbook.is_closed
    with pytest.raises(Trouble) as trouble:
        workbook.journal.save(made("hill"))
    assert trouble.value.code == STORAGE
    workbook = Workbook()
    open_with(workbook, PASSPHRASE)
    assert pinned(home) == identity.recipient
    assert words(workbook) == ["river"]


def test_it_is_not_written_anew_from_a_key_that_the_journal_does_not_name(home: Path, identity: Identity) -> None:
    (home / "state" / "lock.json").write_bytes(b"{}")
    KeyFiles(home / "journal").publish(STRANGER, "some other words", log_work=QUICK)
    with pytest.raises(Trouble) as trouble:
        open_with(Workbook(), "some other words")
    assert STRANGER.name in trouble.value.sentence
    assert (home / "state" / "lock.json").read_bytes() == b"{}"
    assert keyring.is_empty()


def test_what_is_still_sealed_after_the_lock_was_taken_off_opens_and_nothing_is_pinned(
    home: Path, identity: Identity
) -> None:
    JournalLock(home / "journal", home / "state").withdraw(identity.name)
    (home / "state" / "lock.json").unlink()
    workbook = Workbook()
    open_with(workbook, PASSPHRASE)
    assert words(workbook) == ["river"]
    assert not (home / "state" / "lock.json").exists()


# Another passphrase, another key


def test_another_passphrase_opens_and_the_old_one_no_more(home: Path, identity: Identity) -> None:
    change_passphrase(Workbook(), identity, "some other words", log_work=QUICK)
    with pytest.raises(WrongPassphraseError):
        open_with(Workbook(), PASSPHRASE)
    workbook = Workbook()
    open_with(workbook, "some other words")
    assert words(workbook) == ["river"]


def renew(home: Path, old: Identity, passphrase: str) -> Identity:
    """Make a new key as `lock --new-key` does, but for sealing the entries anew."""
    workbook = Workbook()
    new = generate_identity()
    begin_new_key(workbook, old, new, passphrase, log_work=QUICK)
    workbook.lock.pin(new.recipient)
    workbook.lock.publish(PublicLock(new.name, new.recipient, "2026-11-03"))
    workbook.lock.withdraw(old.name)
    end_old_key(workbook, old)
    keyring.let_go()
    return new


def test_a_new_key_opens_what_the_old_ones_locked(home: Path, identity: Identity) -> None:
    second = renew(home, identity, "second words here")
    Workbook().journal.save(made("hill"))
    third = renew(home, second, "third words here")
    Workbook().journal.save(made("lake"))
    workbook = Workbook()
    for passphrase in (PASSPHRASE, "second words here"):
        with pytest.raises(WrongPassphraseError):
            open_with(workbook, passphrase)
    open_with(workbook, "third words here")
    assert sorted(words(workbook), key=str) == ["hill", "lake", "river"]
    assert pinned(home) == third.recipient
    assert {*list_replaced_keys(workbook)} == {identity, second}


def test_until_a_new_key_is_used_both_passphrases_are_safe_to_type(home: Path, identity: Identity) -> None:
    begin_new_key(
        Workbook(), identity, generate_identity(), "second words here", log_work=QUICK
    )  # and then the power went
    keyring.let_go()
    with pytest.raises(WrongPassphraseError):
        open_with(Workbook(), "second words here")
    workbook = Workbook()
    open_with(workbook, PASSPHRASE)
    assert words(workbook) == ["river"]
    assert pinned(home) == identity.recipient


def test_a_new_key_made_elsewhere_is_followed_by_who_opens_it_and_the_old_one_goes(
    home: Path, identity: Identity
) -> None:
    before = {path: path.read_bytes() for path in (home / "journal").rglob("*") if path.is_file()}
    new = renew(home, identity, "second words here")
    JournalLock(home / "journal", home / "state").pin(identity.recipient)  # another device, which has not heard of it
    for path, data in before.items():  # and a sync tool that brings back what was deleted
        path.write_bytes(data)
    workbook = Workbook()
    open_with(workbook, PASSPHRASE)
    assert pinned(home) == identity.recipient
    keyring.let_go()
    open_with(Workbook(), "second words here")
    assert pinned(home) == new.recipient
    assert [note.to for note in Workbook().lock.public_locks] == [new.recipient]
    with pytest.raises(WrongPassphraseError):
        open_with(Workbook(), PASSPHRASE)


def test_a_new_key_made_elsewhere_is_followed_when_its_entries_ask_for_it(
    home: Path, identity: Identity, asked: Asked
) -> None:
    before = {path: path.read_bytes() for path in (home / "journal").rglob("*") if path.is_file()}
    new = renew(home, identity, "second words here")
    Workbook().journal.save(made("hill"))
    JournalLock(home / "journal", home / "state").pin(identity.recipient)
    for path, data in before.items():
        path.write_bytes(data)
    workbook = Workbook()
    unlocking.unlock(workbook, typing(asked, PASSPHRASE, "second words here"))
    assert sorted(words(workbook), key=str) == ["hill", "river"]
    assert pinned(home) == new.recipient
    assert (
        not KeyFiles(home / "journal").reach(identity).identities[1:]
    )  # the old key, which may be known, opens no new


def test_the_passphrase_of_another_devices_key_is_named_as_such(home: Path, identity: Identity, asked: Asked) -> None:
    KeyFiles(home / "journal").publish(STRANGER, "their words here", log_work=QUICK)
    Workbook().lock.publish(PublicLock(STRANGER.name, STRANGER.recipient, "2026-11-02"))
    with pytest.raises(OtherDevicesPassphraseError):
        open_with(Workbook(), "their words here")
    assert keyring.is_empty()
    unlocking.unlock(Workbook(), typing(asked, "their words here", PASSPHRASE))
    assert pinned(home) == identity.recipient
