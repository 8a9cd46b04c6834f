"""Files sealed, made plain again, or sealed to a new key, on a disk that fails and beside windows that write."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from smartcli.journal import locking, seal, system
from smartcli.journal.store import Journal
from smartcli.lock import keyring
from smartcli.lock.identity import generate_identity
from smartcli.trouble import STORAGE, Trouble
from tests.journal.test_store import small, tree

OLD, NEW = generate_identity(), generate_identity()
WORDS = [f"heron {number}" for number in range(3)]


class Run(NamedTuple):
    """What replaces the files of a journal by others, and whether they are sealed before."""

    do: Callable[[Path], locking.Moved]
    sealed: bool


def quiet(done: int, of: int) -> None:
    """Tell nobody how far it is."""


RUNS = {
    "lock": Run(lambda entries: locking.seal_files(entries, OLD.recipient, quiet), sealed=False),
    "off": Run(lambda entries: locking.open_files(entries, quiet), sealed=True),
    "new key": Run(lambda entries: locking.reseal_files(entries, NEW.recipient, OLD, quiet), sealed=True),
}


@pytest.fixture(autouse=True)
def _keys() -> Iterator[None]:
    keyring.hold(OLD)
    keyring.hold(NEW)
    yield
    keyring.let_go()


@pytest.fixture(params=RUNS)
def run(request: pytest.FixtureRequest) -> Run:
    return RUNS[request.param]


def make(home: Path, *, sealed: bool) -> Path:
    """Return the folder of a journal's entries."""
    Journal(home, seal_to=OLD.recipient if sealed else "").save_all([small(words) for words in WORDS])
    return home / "entries"


def said(entries: Path) -> list[str]:
    return sorted(str(entry.answers["what"]) for entry in Journal(entries.parent).entries())


def test_where_the_disk_gives_back_something_else_the_old_files_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    entries = make(tmp_path, sealed=run.sealed)
    before = tree(entries)
    place = locking._place
    other = seal.sealed(small("something else").body)

    def place_another(at: Path, new: locking._New) -> None:
        data = seal.seal_bytes(other, OLD.recipient) if seal.is_sealed(new.data) else other
        place(at, new._replace(data=data))

    monkeypatch.setattr(locking, "_place", place_another)
    with pytest.raises(Trouble) as trouble:
        run.do(entries)
    assert trouble.value.code == STORAGE
    assert before.items() <= tree(entries).items()


def test_a_file_that_is_changed_meanwhile_is_not_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    entries = make(tmp_path, sealed=run.sealed)
    sync, changed = locking._sync, seal.sealed(small("changed just now").body, OLD.recipient if run.sealed else "")
    path = sorted(entries.glob("*/*"))[0]

    def change_and_sync(at: Path, folders: set[str]) -> None:
        monkeypatch.setattr(locking, "_sync", sync)
        path.write_bytes(changed)
        sync(at, folders)

    monkeypatch.setattr(locking, "_sync", change_and_sync)
    assert run.do(entries).files == len(WORDS) - 1
    assert path.read_bytes() == changed
    assert "changed just now" in said(entries)


def test_where_there_is_too_little_room_nothing_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system.fs, "free_space", lambda path: 10_000, raising=False)
    for name in ("lock", "new key"):
        entries = make(tmp_path / name, sealed=RUNS[name].sealed)
        before = tree(entries)
        with pytest.raises(Trouble) as trouble:
            RUNS[name].do(entries)
        assert trouble.value.code == STORAGE
        assert tree(entries) == before


def test_cut_short_before_the_plain_files_went_none_is_sealed_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = make(tmp_path, sealed=False)
    with monkeypatch.context() as patch:
        patch.setattr(locking, "_unlink", lambda entries, file: None)
        RUNS["lock"].do(entries)
    assert len(locking.list_plain(entries)) == len(WORDS)
    RUNS["lock"].do(entries)
    assert not locking.list_plain(entries)
    assert len(locking.list_sealed(entries)) == len(WORDS)
    assert said(entries) == WORDS


@pytest.mark.parametrize("look", [Journal.revisions, Journal.entries, Journal.heads])
def test_without_a_key_no_look_at_it_takes_a_locked_journal_for_an_empty_one(
    tmp_path: Path, look: Callable[[Journal], Iterable[object]]
) -> None:
    make(tmp_path, sealed=True)
    keyring.let_go()
    with pytest.raises(keyring.LockedTrouble):
        [*look(Journal(tmp_path, seal_to=OLD.recipient))]
    plain = Journal(tmp_path)  # it is another device that locks what it writes
    assert not [*look(plain)]
    assert [file.is_others for file in plain.unreadable] == [True] * len(WORDS)
