"""Second names in a locked journal: of sealed files too, whose they are only with a key, and none in plain."""

import os
import time
from pathlib import Path

import pytest

from smartcli.entries.entry import Entry
from smartcli.journal import kept, locking, seal
from smartcli.journal.erased import FOLDER, Erased
from smartcli.journal.kept import Kept
from smartcli.journal.opened_cache import OpenedCache
from smartcli.journal.store import Journal
from smartcli.lock import keyring
from smartcli.lock.identity import generate_identity
from tests.journal.test_store import edited, small

KEY, NEW = generate_identity(), generate_identity()


def quiet(done: int, of: int) -> None:
    """Tell nobody how far it is."""


class House:
    """A journal with second names: an entry and its change, one that only this device still has, and a torn file."""

    def __init__(self, path: Path) -> None:
        self.path, self.state, self.to = path / "journal", path / "state", ""
        self.first, self.lost, self.torn = small("the heron"), small("only here", 23), small("torn", 24)
        self.changed = edited(self.first, "another heron")
        self.journal.save_all([self.first, self.lost, self.torn, self.changed])
        self.kept.keep()
        self.file_of(self.lost).unlink()
        replace(self.file_of(self.torn), b"{")

    @property
    def journal(self) -> Journal:
        return Journal(self.path, seal_to=self.to, cache=OpenedCache(self.state, self.to) if self.to else None)

    @property
    def kept(self) -> Kept:
        return Kept(self.state / "kept", self.path, self.journal.cache)

    def file_of(self, entry: Entry) -> Path:
        listed = Journal(self.path).revisions()
        [found] = [one for one in listed[entry.id] if one.revision == entry.revision]
        return self.path / "entries" / found.folder / found.name

    def lock(self) -> dict[str, str]:
        self.to = KEY.recipient
        keyring.hold(KEY)
        locking.seal_files(self.path / "entries", self.to, quiet)
        return self.kept.settle(self.to)

    def off(self) -> dict[str, str]:
        self.to = ""
        locking.open_files(self.path / "entries", quiet)
        return self.kept.settle("")

    def names(self) -> list[str]:
        return sorted(path.name for path in (self.state / "kept").glob("*/*"))

    def said(self) -> list[str]:
        """Return what the second names hold of the entry that is only here, by their well-formed names."""
        own = self.kept.own_names()
        found = [seal.unsealed(self.kept.read(*file)).rstrip() for file, name in own.items() if self.lost.id in name]
        return [data.decode() for data in found]


def replace(path: Path, data: bytes) -> None:
    """Put other bytes in the place of a file, as sync tools and editors do: its second name stays as it was."""
    path.unlink()
    path.write_bytes(data)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_after_locking_none_is_plain_and_what_only_this_device_has_is_there(house: House) -> None:
    before = house.said()
    assert house.lock() == {}
    assert all(map(seal.is_own_sealed_name, house.names()))
    for word in (b"heron", b"only here", b"torn"):
        assert not [path for path in house.state.rglob("*") if path.is_file() and word in path.read_bytes()]
    assert house.said() == before
    assert len(house.names()) == 2  # the lost one, and the whole one of the file that is torn in the journal
    house.kept.keep()
    assert len(house.names()) == 2 + 3
    assert house.kept.ids() == {house.first.id, house.lost.id, house.torn.id}


def test_locked_again_and_made_plain_again_it_is_as_before(house: House) -> None:
    before, held = house.names(), house.said()
    house.lock()
    house.kept.keep()
    names = house.names()
    for _time in range(2):
        assert house.kept.settle(house.to) == {}
        assert house.names() == names
    assert house.off() == {}
    house.kept.keep()
    assert (house.names(), house.said()) == (before, held)


def test_a_new_key_takes_what_only_this_device_has(house: House) -> None:
    house.lock()
    house.kept.keep()
    before = house.said()
    keyring.hold(NEW)
    locking.reseal_files(house.path / "entries", NEW.recipient, KEY, quiet)
    house.to = NEW.recipient
    assert house.kept.settle(house.to) == {}
    house.kept.keep()
    keyring.let_go()
    keyring.hold(NEW)
    assert house.said() == before
    assert len(house.kept.own_names()) == len(house.names()) == 5


def test_what_no_key_opens_stays_and_is_named_when_it_should_be_plain(house: House) -> None:
    house.lock()
    stranger = house.state / "kept" / "s" / seal.random_name("s")
    stranger.parent.mkdir(exist_ok=True)
    stranger.write_bytes(seal.sealed(small("x").body, generate_identity().recipient))
    assert house.kept.settle(house.to) == {}
    assert [*house.off()] == [stranger.name]
    assert stranger.exists()
    assert house.said() != []


def test_closed_they_are_made_by_the_files_names_and_nothing_is_dropped(house: House) -> None:
    house.lock()
    gone = [house.file_of(house.first), house.file_of(house.changed)]
    keyring.let_go()
    house.journal.save(small("written closed"))
    house.kept.keep()
    assert len(house.names()) == 2 + 4
    assert house.kept.ids() == set()
    for path in gone:  # as a sync tool does after another device erased it
        path.unlink()
    Erased(house.path / FOLDER).add([house.first.id])
    os.utime(house.path / FOLDER, (time.time() - 60, time.time() - 60))  # or it may still change within the same tick
    house.kept.keep()
    assert len(house.names()) == 2 + 4
    keyring.hold(KEY)
    house.kept.keep()
    assert len(house.names()) == 2 + 2
    assert house.first.id not in house.kept.ids()


def test_with_a_key_erased_ones_go_and_so_does_what_was_let_go(house: House) -> None:
    house.lock()
    house.kept.keep()
    assert house.kept.forget([house.first.id]) == 2
    house.kept.forget_all_but([house.torn.id])
    assert house.kept.ids() == {house.torn.id}


def test_with_the_cache_no_file_is_opened_to_know_whose_it_is(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [small(f"word {number}") for number in range(40)]
    house.journal.save_all(many)
    house.lock()
    house.kept.keep()
    house.journal.revisions()
    opened: list[str] = []
    inside = kept.Kept._name_inside

    def noted(self: Kept, month: str, name: str) -> str:
        opened.append(name)
        return inside(self, month, name)

    monkeypatch.setattr(kept.Kept, "_name_inside", noted)
    assert house.kept.ids() >= {entry.id for entry in many}
    assert len(opened) == 2  # the lost one, and the whole one of the torn file


def test_a_copy_that_a_sync_tool_made_gets_none(house: House) -> None:
    house.lock()
    house.kept.keep()
    before = house.names()
    path = house.file_of(house.first)
    path.with_name(path.name.replace(".json", " (conflicted copy).json")).write_bytes(path.read_bytes())
    house.kept.keep()
    assert house.names() == before
