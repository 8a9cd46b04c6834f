"""Files of this device's state: plain, or sealed frame by frame, and moved from one to the other."""

import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartcli.journal import state_file, system
from smartcli.journal.files import Folder
from smartcli.journal.seal import random_name
from smartcli.journal.sealed_names import SealedNames
from smartcli.journal.state_file import StateFile, opened_frames
from smartcli.lock import keyring
from smartcli.lock.identity import generate_identity
from tests.support.durable import Recording

KEY, OTHER = generate_identity(), generate_identity()
CANARY = b"heron"


@pytest.fixture
def sealed(tmp_path: Path) -> StateFile:
    return StateFile(tmp_path, "list.txt", KEY.recipient)


def contents(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


def test_it_is_added_to_without_a_key_and_read_with_one(sealed: StateFile) -> None:
    sealed.append(b"a heron\n")
    sealed.append(b"another heron \n ")
    assert CANARY not in contents(sealed.folder)
    assert (sealed.read(), sealed.is_closed) == (b"", True)
    keyring.hold(KEY)
    assert (sealed.read(), sealed.is_closed) == (b"a heron\nanother heron \n ", False)


def test_what_cannot_be_read_is_not_replaced(sealed: StateFile) -> None:
    sealed.append(b"a heron\n")
    sealed.replace(b"something else")
    StateFile(sealed.folder, sealed.name).replace(b"plain")
    keyring.hold(KEY)
    assert sealed.read() == b"a heron\n"


def test_there_is_no_file(sealed: StateFile) -> None:
    with pytest.raises(FileNotFoundError):
        sealed.read()
    assert not sealed.is_there
    sealed.settle()
    assert contents(sealed.folder) == b""


PARTS = st.sampled_from([b"a heron\n", b"\n", b"x " * 700, b"\nsealed 00000001\nx", b"\xff\x00 \n"])
STEPS = st.one_of(
    st.tuples(st.just("append"), PARTS),
    st.tuples(st.just("replace"), PARTS),
    st.tuples(st.sampled_from(["seal", "open", "settle", "let go", "hold"])),
)


@given(st.lists(STEPS, max_size=14), st.integers(0, 3))
def test_any_history_says_what_was_written(steps: list[tuple[Any, ...]], many: int) -> None:
    keyring.let_go()
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(state_file, "_MANY", many)
        file, written = StateFile(Path(folder), "list.txt"), b""
        for number, (step, *parts) in enumerate(steps):
            # In a list nothing stands twice that means two things: so a copy is known for one.
            part = b"%d %s\n" % (number, *parts) if parts else b""
            if step == "append":
                file.append(part)
                written += part
            elif step == "replace" and not file.is_closed:
                file.replace(part)
                written = part
            elif step == "hold":
                keyring.hold(KEY)
            elif step == "let go":
                keyring.let_go()
            elif step in ("seal", "open"):
                file.seal_to = KEY.recipient if step == "seal" else ""
                with suppress(keyring.LockedTrouble):
                    file.settle()
            elif step == "settle":
                with suppress(keyring.LockedTrouble):
                    file.settle()
        keyring.hold(KEY)
        file.settle()
        said = file.read() if file.is_there else b""
        assert sorted(said.split()) == sorted(written.split())
        assert len([*Path(folder).iterdir()]) <= 1
        if file.seal_to:
            assert CANARY not in contents(file.folder)


@pytest.mark.parametrize("move", ["sealed", "sealed without a key", "plain again"])
def test_a_move_cut_short_counts_nothing_twice_and_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, move: str
) -> None:
    to = "" if move == "plain again" else KEY.recipient
    before = StateFile(tmp_path, "list.txt", "" if to else KEY.recipient)
    for number in range(3):
        before.append(b"%d heron\n" % number)
    if move != "sealed without a key":
        keyring.hold(KEY)
    after = StateFile(tmp_path, "list.txt", to)

    def cut(self: Folder, name: str) -> None:
        raise OSError("cut")

    for _again in range(2):
        with monkeypatch.context() as patch:
            patch.setattr(Folder, "remove", cut)
            with pytest.raises(OSError, match="cut"):
                after.settle()
    assert len([*tmp_path.iterdir()]) == 2
    after.append(b"3 heron\n")
    keyring.hold(KEY)
    for _again in range(2):
        assert after.read() == b"0 heron\n1 heron\n2 heron\n3 heron\n"
        after.settle()
    assert len([*tmp_path.iterdir()]) == 1
    assert (CANARY in contents(tmp_path)) is not bool(to)


def test_a_frame_torn_anywhere_costs_only_itself(sealed: StateFile) -> None:
    keyring.hold(KEY)
    sealed.append(b"first\n")
    path = sealed.folder / sealed.sealed_name
    start = path.stat().st_size
    sealed.append(b"second\n")
    whole = path.read_bytes()
    for end in [*range(start, len(whole), 53), len(whole) - 1]:
        path.write_bytes(whole[:end])
        assert sealed.read() == b"first\n", end
        assert sealed.has_gaps is (end > start), end
        sealed.append(b"third\n")
        assert sealed.read() == b"first\nthird\n", end


def test_no_flipped_bit_says_anything_else(sealed: StateFile) -> None:
    keyring.hold(KEY)
    for part in (b"first\n", b"second\n", b"third\n"):
        sealed.append(part)
    path = sealed.folder / sealed.sealed_name
    whole = path.read_bytes()
    for at in range(0, len(whole), 37):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        said = sealed.read()
        assert {*said.splitlines()} < {b"first", b"second", b"third"}, at
        assert sealed.has_gaps, at


def test_many_frames_become_one_and_one_of_another_key_is_a_gap(sealed: StateFile) -> None:
    for number in range(100):
        sealed.append(b"%d\n" % number)
    StateFile(sealed.folder, sealed.name, OTHER.recipient).append(b"foreign\n")
    keyring.hold(KEY)
    said = b"".join(b"%d\n" % number for number in range(100))
    assert (sealed.read(), sealed.has_gaps) == (said, True)
    assert len([*opened_frames((sealed.folder / sealed.sealed_name).read_bytes())]) == 1
    assert (sealed.read(), sealed.has_gaps) == (said, False)


def test_a_new_key_reads_what_the_old_one_did(sealed: StateFile) -> None:
    sealed.append(b"a heron\n")
    anew = StateFile(sealed.folder, sealed.name, OTHER.recipient)
    keyring.hold(KEY)
    anew.replace(anew.read())
    keyring.let_go()
    keyring.hold(OTHER)
    assert anew.read() == b"a heron\n"


def test_short_things_are_as_long_as_each_other(sealed: StateFile) -> None:
    keyring.hold(KEY)
    for part in (b"x", b"x" * 1000, b"\n"):
        sealed.replace(part)
        age_file = (sealed.folder / sealed.sealed_name).read_bytes()[len("\nsealed 00000000\n") :]
        assert len(keyring.open_sealed(age_file)) == 1024


def test_replacing_and_moving_are_durable(sealed: StateFile, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Recording(syncs_all=False)
    monkeypatch.setattr(system, "fs", disk)
    keyring.hold(KEY)
    plain = StateFile(sealed.folder, sealed.name)
    for file, step in ((plain, plain.settle), (sealed, sealed.settle), (plain, plain.settle)):
        file.replace(b"words")
        step()
        assert disk.lost_by_a_power_cut(sealed.folder) == []
    keyring.let_go()
    sealed.append(b"more")
    plain.append(b"plain")
    sealed.settle()  # without a key
    assert disk.lost_by_a_power_cut(sealed.folder) == []


def test_where_nothing_can_seal_the_disk_refuses(sealed: StateFile, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(data: bytes, to: str) -> bytes:
        raise keyring.MissingLibraryTrouble

    monkeypatch.setattr(keyring, "seal_for", refuse)
    for write in (sealed.append, sealed.replace):
        with pytest.raises(OSError, match="seal"):
            write(b"heron")
    assert contents(sealed.folder) == b""


def test_the_names_of_sealed_files_tell_how_many_are_gone(tmp_path: Path) -> None:
    names = SealedNames(tmp_path / "state")
    files = [random_name("a") for _ in range(5)]
    assert names.compare(files) == 0
    names.remember(files[:3])
    names.remember(files)
    assert [names.compare(files[start:]) for start in range(6)] == [0, 1, 2, 3, 4, 5]
    names.forget([files[0]])
    assert names.compare([]) == 4
    path = tmp_path / "state" / "names.txt"
    path.write_bytes(path.read_bytes()[:-3])  # torn
    names.remember([files[0]])
    assert names.compare([files[0]]) == 3
    names.remove()
    assert names.compare([]) == 0
