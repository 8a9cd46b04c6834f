"""Key files: written whole or not at all, tried before they count, and believed for nothing but the key in them."""

import random
from pathlib import Path

import pytest

from smartcli.journal.files import Folder
from smartcli.journal.key_files import KeyFiles, lock_errors_as_trouble, open_key_file
from smartcli.lock.errors import DamagedKeyFileError, MissingLibraryError, TooLittleMemoryError, WrongPassphraseError
from smartcli.lock.identity import Identity, generate_identity
from smartcli.lock.sealing import seal
from smartcli.trouble import LOCKED, STORAGE, Trouble
from tests.conftest import SIZE
from tests.support.locked import PASSPHRASE

QUICK = 4
FIRST, SECOND, THIRD = generate_identity(), generate_identity(), generate_identity()


@pytest.fixture
def files(tmp_path: Path) -> KeyFiles:
    return KeyFiles(tmp_path / "journal")


def publish(files: KeyFiles, identity: Identity = FIRST, passphrase: str = PASSPHRASE) -> Path:
    return files.path / files.publish(identity, passphrase, log_work=QUICK)


def opening(files: KeyFiles, passphrase: str = PASSPHRASE) -> list[Identity]:
    """Return the keys that a passphrase opens, in the order in which they are tried."""
    found = []
    for file in files.list_for_passphrases():
        try:
            found.append(open_key_file(file.data, passphrase))
        except (WrongPassphraseError, DamagedKeyFileError):
            continue
    return found


def test_without_a_folder_there_are_no_key_files(files: KeyFiles) -> None:
    assert files.list_for_passphrases() == []
    assert files.reach(FIRST).identities == [FIRST]
    files.remove_old(FIRST.name)
    assert not files.path.exists()


def test_what_is_published_is_private_named_after_its_key_and_opens(files: KeyFiles) -> None:
    path = publish(files)
    assert path.name.startswith(f"{FIRST.name}-")
    assert path.stat().st_mode & 0o777 == 0o600
    assert opening(files) == [FIRST]
    assert FIRST.secret.encode() not in path.read_bytes()


def test_no_two_devices_write_a_file_of_the_same_name(tmp_path: Path) -> None:
    devices = [KeyFiles(tmp_path / str(number)) for number in range(20)]
    for files in devices:
        publish(files)
        files.publish_for(FIRST, SECOND)
    assert len({path.name for files in devices for path in files.path.iterdir()}) == 40


@pytest.mark.parametrize("kind", ["passphrase", "key"])
def test_a_key_file_that_the_disk_gives_back_otherwise_does_not_count(
    files: KeyFiles, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    read = Folder.read

    def other_bytes(folder: Folder, name: str, *how: int) -> bytes:
        data = read(folder, name, *how)
        return data if name.startswith(".tmp-") else data[:-1] + bytes([data[-1] ^ 1])

    monkeypatch.setattr(Folder, "read", other_bytes)
    with pytest.raises(Trouble) as trouble:
        publish(files) if kind == "passphrase" else files.publish_for(FIRST, SECOND)
    assert trouble.value.code == STORAGE


def test_a_key_file_that_opens_to_another_key_does_not_count(files: KeyFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Identity, "to_key_file_text", lambda identity, created: SECOND.secret + "\n")
    with pytest.raises(Trouble):
        publish(files)
    assert files.list_for_passphrases() == []


def test_every_flipped_bit_is_told_as_damage_or_as_another_passphrase_and_opens_nothing(files: KeyFiles) -> None:
    data = publish(files).read_bytes()
    header_end = data.index(b"\n--- ")
    bits = len(data) * 8
    for bit in random.Random(1).sample(range(bits), min(300 * SIZE, bits)):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises((WrongPassphraseError, DamagedKeyFileError)) as told:
            open_key_file(bytes(flipped), PASSPHRASE)
        if bit // 8 > header_end:  # the passphrase opened the file's own key: it cannot be what is wrong
            assert told.type is DamagedKeyFileError


def test_a_key_file_without_a_key_in_it_is_damaged(files: KeyFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    from smartcli.lock.key_file import seal_with_passphrase

    for text in ("", "hello", f"{FIRST.secret}\n{SECOND.secret}\n", FIRST.secret[:-1]):
        with pytest.raises(DamagedKeyFileError):
            open_key_file(seal_with_passphrase(text, PASSPHRASE, log_work=QUICK), PASSPHRASE)


def test_copies_are_found_under_any_name_and_tried_once_each(files: KeyFiles) -> None:
    path = publish(files)
    data = path.read_bytes()
    (files.path / "something else entirely").write_bytes(data)
    (files.path / f"{path.stem} (conflicted copy).age").write_bytes(data)
    assert len(files.list_for_passphrases()) == 1
    path.write_bytes(b"torn")
    assert opening(files) == [FIRST]


def test_files_on_their_way_and_other_programs_files_are_left_alone(files: KeyFiles) -> None:
    path = publish(files)
    for name in (".tmp-1", "desktop.ini", f"{path.name}.part"):
        (files.path / name).write_bytes(path.read_bytes() + b"x")
    assert len(files.list_for_passphrases()) == 1


def test_one_that_cannot_be_read_hides_no_other(files: KeyFiles) -> None:
    publish(files)
    (files.path / "a-link.age").symlink_to("/dev/zero")
    (files.path / "b-large.age").write_bytes(b"x" * 200_000)
    (files.path / "c-folder.age").mkdir()
    assert opening(files) == [FIRST]


def test_the_key_asked_for_is_tried_first(files: KeyFiles) -> None:
    for identity in (FIRST, SECOND, THIRD):
        publish(files, identity)
    for identity in (FIRST, SECOND, THIRD):
        assert files.list_for_passphrases(first=identity.name)[0].key == identity.name


def test_a_key_leads_to_those_kept_for_it_by_however_many_steps_and_to_no_others(files: KeyFiles) -> None:
    files.publish_for(FIRST, SECOND)
    files.publish_for(SECOND, THIRD)
    files.publish_for(THIRD, SECOND)  # in a circle
    assert files.reach(FIRST).identities == [FIRST]
    assert {*files.reach(THIRD).identities} == {FIRST, SECOND, THIRD}
    assert files.reach(THIRD).identities[0] == THIRD
    assert not files.reach(THIRD).list_replaced()


def test_a_key_kept_for_another_is_written_once(files: KeyFiles) -> None:
    for _number in range(3):
        files.publish_for(FIRST, SECOND)
    assert len([*files.path.iterdir()]) == 1
    files.publish_for(FIRST, SECOND, is_replaced=True)
    assert files.reach(SECOND).replaces(FIRST.recipient)


def test_what_replaced_a_key_is_followed_over_several_keys_but_never_backwards(files: KeyFiles) -> None:
    files.publish_for(FIRST, SECOND, is_replaced=True)
    files.publish_for(SECOND, THIRD, is_replaced=True)
    assert files.reach(THIRD).list_replaced() == {FIRST.recipient, SECOND.recipient}
    assert files.reach(SECOND).list_replaced() == {FIRST.recipient}
    assert not files.reach(FIRST).list_replaced()
    assert not files.reach(THIRD).replaces(THIRD.recipient)


def test_who_does_not_hold_a_key_cannot_say_what_replaced_it(files: KeyFiles) -> None:
    note = f"# replaced-by: {THIRD.recipient}\n# public key: {FIRST.recipient}\n"
    files.path.mkdir(parents=True)
    for number, text in enumerate([note, f"{note}{FIRST.recipient}\n", f"{note}{SECOND.secret}\n"]):
        name = f"{FIRST.name}-for-{THIRD.name}-{number}.age"
        (files.path / name).write_bytes(seal(text.encode(), THIRD.recipient))
    assert not files.reach(THIRD).replaces(FIRST.recipient)
    assert FIRST not in files.reach(THIRD).identities


def test_old_files_of_one_key_go_and_all_others_stay(files: KeyFiles) -> None:
    old, new, others = publish(files), publish(files, passphrase="another one"), publish(files, SECOND)
    copy = files.path / f"{FIRST.name}-x (1).age"
    copy.write_bytes(old.read_bytes() + b"x")
    files.publish_for(FIRST, SECOND)
    files.remove_old(FIRST.name, but=new.name)
    assert not old.exists()
    assert not copy.exists()
    assert {file.name for file in files.list_for_passphrases()} == {new.name, others.name}
    assert FIRST in files.reach(SECOND).identities


@pytest.mark.parametrize("error", [MissingLibraryError, TooLittleMemoryError])
def test_what_keeps_a_device_from_opening_anything_is_said(error: type[Exception]) -> None:
    with pytest.raises(Trouble) as trouble, lock_errors_as_trouble():
        raise error
    assert trouble.value.code == LOCKED
