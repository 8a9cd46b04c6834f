"""What a locked journal leaves in the state folder: nothing that says anything, and all of it again with a key."""

import os
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from smartcli.content.catalog import Catalog
from smartcli.entries.entry import Entry
from smartcli.entries.revisions import new_id
from smartcli.journal import index, last_seen, seal, snoozed, turns
from smartcli.journal.aside import NAME, Aside
from smartcli.journal.draft_lines import sealed_lines
from smartcli.journal.drafts import Drafts
from smartcli.journal.erasing import erase, erase_returned
from smartcli.journal.examination import Examination
from smartcli.journal.health import Kind
from smartcli.journal.imports import FOLDER, Brought, Imports
from smartcli.journal.index import Index, Traits
from smartcli.journal.kept import Kept
from smartcli.journal.last_seen import LastSeen, Losses
from smartcli.journal.recovery import keep_unpublished, recover_leftovers
from smartcli.journal.salvage import salvage
from smartcli.journal.snoozed import Snoozed
from smartcli.journal.state_file import StateFile
from smartcli.journal.store import Journal
from smartcli.journal.traces import find_traces
from smartcli.journal.turns import Turns
from smartcli.lock import keyring
from smartcli.lock.identity import generate_identity
from tests.conftest import CATALOGUE
from tests.support.asking import entry

SMALL = Catalog(CATALOGUE / "none", CATALOGUE).find("small")
KEY, OTHER = generate_identity(), generate_identity()
DAY = date(2026, 11, 22)
WORDS = "the heron by the river"
OLD_PID = 4_194_999  # no process has such a number


@pytest.fixture(autouse=True)
def _no_key() -> Iterator[None]:
    keyring.let_go()
    yield
    keyring.let_go()


def small(words: str = WORDS) -> Entry:
    return Entry({**entry(SMALL, {"what": words}).body, "id": new_id()})


class House:
    """A journal, and everything that a state folder may hold."""

    def __init__(self, path: Path) -> None:
        self.path, self.state, self.to = path / "journal", path / "state", ""
        self.entries = [small() for _ in range(3)]
        self.journal.save_all(self.entries)
        known = self.index
        for file, each in zip(sorted(self.path.glob("entries/*/*.json")), self.journal.entries(), strict=True):
            known.add(file.name, file.stat(), Traits.of(each))
        assert known.write()
        self.snoozed.note("before-stopping", DAY)
        self.snoozed.note(self.entries[0].id, DAY)
        self.turns.show("heron-exercise", DAY)
        self.imports.note("feedfeedfeed", {each.id: Brought([each.revision]) for each in self.entries})
        draft = self.drafts.start(exercise="small", title="Heron", about="the heron")
        draft.keep("what", WORDS)
        draft.close()
        path = self.drafts.path / f"{draft.id}.jsonl"
        self.aside.add(f".tmp-1-{'a' * 16}", seal.sealed(small().body))
        self.aside.add(f".tmp-1-{'b' * 16}", path.read_bytes())
        self.aside.add(f".tmp-1-{'c' * 16}", path.read_bytes()[:-40])

    @property
    def index(self) -> Index:
        found = Index(self.state, self.to)
        found.read()
        return found

    @property
    def journal(self) -> Journal:
        return Journal(self.path, seal_to=self.to, index=Index(self.state, self.to), last_seen=self.last_seen)

    @property
    def last_seen(self) -> LastSeen:
        return LastSeen(self.state, self.to)

    @property
    def snoozed(self) -> Snoozed:
        return Snoozed(self.state, self.to)

    @property
    def turns(self) -> Turns:
        return Turns(self.state, self.to)

    @property
    def imports(self) -> Imports:
        return Imports(self.state / FOLDER, self.to)

    @property
    def aside(self) -> Aside:
        return Aside(self.state / NAME, self.to)

    @property
    def drafts(self) -> Drafts:
        return Drafts(self.state / "drafts", seal_to=self.to)

    def lock(self) -> None:
        """Seal all of it, and let go of what may be of it in plain: the journal's part is not of interest here."""
        self.to = KEY.recipient
        assert self.drafts.seal_all(self.to) == []
        self.settle()

    def open(self) -> None:
        self.to = ""
        assert self.drafts.open_all() == []
        self.settle()

    def seal_anew(self, to: str) -> None:
        self.to = to
        assert self.drafts.reseal_all(to) == []
        self.settle(anew=True)

    def settle(self, *, anew: bool = False) -> None:
        for name in (index.NAME, last_seen.NAME, snoozed.NAME, turns.NAME):
            file = StateFile(self.state, name, self.to)
            file.settle()
            if anew:
                file.replace(file.read())
        self.imports.settle(anew=anew)
        self.aside.settle(anew=anew)

    def said(self) -> dict[str, Any]:
        """Return what all of it says."""
        names = [path.name for path in self.path.glob("entries/*/*.json")]
        known = self.index
        return {
            "index": sorted(str(traits) for name in names if (traits := known.remembered(name))),
            "last seen": self.last_seen.in_order(),
            "missing": self.last_seen.missing([]),
            "snoozed": (self.snoozed.day_of("before-stopping"), self.snoozed.noted_on("", DAY)),
            "turns": self.turns.standings(DAY, {}),
            "imports": self.imports.all(),
            "aside": [(file.name, file.data, file.is_closed, bool(file.holds)) for file in self.aside.all()],
            "drafts": [(draft.id, draft.answers, draft.moments, draft.halves) for draft in self.drafts.all()],
        }

    def files(self) -> dict[str, bytes]:
        paths = [path for path in sorted(self.state.rglob("*")) if path.is_file()]
        return {str(path.relative_to(self.state)): path.read_bytes() for path in paths}


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def telling(house: House) -> list[bytes]:
    """Return what may stand nowhere: words, names of exercises, ids and revisions of entries, an import's name."""
    ids = [part.encode() for each in house.entries for part in (each.id, each.revision)]
    return [*ids, b"heron", b"Heron", b"small", b"what", b"before-stopping", b"feedfeedfeed"]


def test_once_locked_no_byte_and_no_name_says_anything_and_with_a_key_all_of_it_is_there(house: House) -> None:
    before = house.said()
    assert all(any(part in data for data in house.files().values()) for part in telling(house) if part[0:1] != b"f")
    plain = house.files()
    house.lock()
    for name, data in house.files().items():
        assert [part for part in telling(house) if part in data or part in name.encode()] == [], name
    keyring.hold(KEY)
    assert house.said() == before
    house.open()
    assert house.said() == before
    assert house.files() == plain


def test_what_is_written_while_closed_is_there_with_a_key(house: House) -> None:
    house.lock()
    house.last_seen.remember(["aaaaaaaaaaaaa"], saved=True)
    house.snoozed.note("later", DAY)
    house.aside.add(f".tmp-1-{'d' * 16}", b"torn heron")
    added = small("heron again")
    known = Index(house.state, house.to)
    known.note_saved("20261122T213000Z-aaaaaaaaaaaaa.0123456789abcdef.json", None, Traits.of(added))
    assert known.write()
    for name, data in house.files().items():
        assert [part for part in [b"aaaaaaaaaaaaa", b"later", *telling(house)] if part in data] == [], name
    keyring.hold(KEY)
    assert list(house.last_seen.in_order())[-1] == "aaaaaaaaaaaaa"
    assert {*house.last_seen.in_order()} == {each.id for each in house.entries} | {"aaaaaaaaaaaaa"}
    assert (house.snoozed.day_of("later"), house.snoozed.day_of("before-stopping")) == (DAY, DAY)
    assert house.aside.all()[-1].data == b"torn heron"
    assert house.index.remembered("20261122T213000Z-aaaaaaaaaaaaa.0123456789abcdef.json") == Traits.of(added)


def test_while_closed_nothing_is_lost_missed_or_said_to_be_damaged(house: House) -> None:
    house.lock()
    before = house.files()
    assert house.last_seen.compare([], journal="bbbbbbbbbbbbb") == Losses()
    house.last_seen.accept([])
    house.last_seen.forget([each.id for each in house.entries])
    house.turns.show("another", DAY)
    house.snoozed.forget("before-stopping", DAY)
    known = house.index
    assert not known.is_there
    known.forget([each.id for each in house.entries])
    assert [file.is_closed for file in house.aside.all()] == [True] * 3
    assert (house.imports.all(), house.imports.last()) == ([], None)
    assert house.files() == before
    health = Examination(house.path, house.state, known, house.last_seen, Kept(house.state / "kept", house.path)).run()
    # Its entries are plain here, and have no second names.
    assert (health.drafts, {finding.kind for finding in health.findings}) == (1, {Kind.SECOND_NAMES})


def test_a_new_key_opens_all_of_it_and_the_old_one_nothing(house: House) -> None:
    before = house.said()
    house.lock()
    with pytest.raises(keyring.LockedTrouble):
        house.seal_anew(OTHER.recipient)
    keyring.hold(KEY)
    house.seal_anew(OTHER.recipient)
    keyring.let_go()
    keyring.hold(KEY)
    nothing = house.said()
    assert not any(nothing[name] for name in ("index", "last seen", "missing", "turns", "imports", "drafts"))
    keyring.let_go()
    keyring.hold(OTHER)
    assert house.said() == before


def leave(folder: Path, data: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f".tmp-{OLD_PID}-{os.urandom(8).hex()}"
    path.write_bytes(data)
    then = time.time() - 2 * 3600
    os.utime(path, (then, then))
    return path


def test_sealed_leftovers_wait_for_a_key_and_are_then_recovered_as_ever(house: House) -> None:
    house.lock()
    made = small("a heron that was finished")
    whole = leave(house.path / "entries" / "c", seal.sealed(made.body, KEY.recipient))
    torn = leave(house.path / "entries" / "c", seal.sealed(made.body, KEY.recipient)[:900])
    draft = next(house.drafts.path.glob("*.jsonl")).read_bytes()
    unfinished = leave(house.drafts.path, draft)
    assert recover_leftovers(house.journal, house.drafts, house.aside.path) == 0
    assert whole.exists()
    assert torn.exists()
    assert unfinished.exists()
    keyring.hold(KEY)
    assert recover_leftovers(house.journal, house.drafts, house.aside.path) == 2
    assert not whole.exists()
    assert not torn.exists()
    assert not unfinished.exists()
    journal = house.journal
    assert made.body in [each.body for each in journal.entries()]
    assert all(b"heron" not in data for data in house.files().values())
    assert [bool(file.holds) for file in house.aside.all() if str(OLD_PID) in file.name].count(True) == 1


def test_a_plain_leftover_is_put_aside_sealed(house: House) -> None:
    house.lock()
    leave(house.drafts.path, b'{"field":"a","answer":"a heron')
    assert recover_leftovers(house.journal, house.drafts, house.aside.path) == 1
    assert all(b"heron" not in data for data in house.files().values())
    keyring.hold(KEY)
    [file] = [file for file in house.aside.all() if str(OLD_PID) in file.name]
    assert [part.words for part in salvage(file.data)] == [["a heron"]]


def test_what_is_discarded_while_closed_is_not_published_later(house: House) -> None:
    house.lock()
    made = small("a heron that was discarded")
    left = leave(house.path / "entries" / "c", seal.sealed(made.body, KEY.recipient))
    keep_unpublished(house.journal, house.aside)
    assert not left.exists()
    keyring.hold(KEY)
    recover_leftovers(house.journal, house.drafts, house.aside.path)
    assert made.body not in [each.body for each in house.journal.entries()]
    assert made.body in [file.holds.body for file in house.aside.all() if isinstance(file.holds, Entry)]


def test_erasing_finds_what_is_sealed_wherever_it_lies(house: House, tmp_path: Path) -> None:
    house.lock()
    made, other = small("a heron to erase"), small("another heron")
    journal = house.journal
    journal.save(made)
    journal.save(other)
    draft = house.drafts.start(exercise="small", entry=made.id, parents=(made.revision,), edit=True)
    draft.keep("what", "changed")
    draft.close()
    house.aside.add(f".tmp-1-{'e' * 16}", seal.sealed(made.body))
    house.aside.add(f".tmp-1-{'f' * 16}", (house.drafts.path / f"{draft.id}.jsonl").read_bytes())
    copy = house.path / "a copy"
    copy.write_bytes(seal.sealed(made.body, KEY.recipient))
    stranger = house.path / "of another key"
    stranger.write_bytes(seal.sealed(made.body, OTHER.recipient))
    closed = find_traces([house.path, house.state], [made.id])
    assert (closed.files, closed.mentions) == ([], [])
    assert {copy, stranger} < {*closed.closed}
    keyring.hold(KEY)
    journal = house.journal
    [*journal.heads()]
    done = erase(journal, house.state, [made.id])
    house.last_seen.forget([made.id])
    assert (done.files, done.closed) == (5, [stranger])
    assert find_traces([house.path, house.state], [made.id])[:2] == ([], [])
    said = house.said()
    assert made.id not in str(said)
    assert other.id in str(said["last seen"])
    assert other.body in [each.body for each in house.journal.entries()]


def test_what_was_erased_and_comes_back_is_left_alone_while_closed(house: House) -> None:
    house.lock()
    journal = house.journal
    journal.returned = frozenset([house.entries[0].id])
    path = house.path / "entries" / "c"
    path.mkdir()
    sealed = path / seal.random_name("c")
    sealed.write_bytes(seal.sealed(house.entries[0].body, KEY.recipient))
    erase_returned(journal, house.state)
    assert sealed.exists()


def test_no_word_of_a_sealed_file_is_shown_as_what_was_written(house: House) -> None:
    line = sealed_lines(b'{"field":"a","answer":"a heron","check":"x"}\n', OTHER.recipient)
    keyring.hold(KEY)
    assert salvage(line) == []
    assert salvage(seal.sealed(small().body, OTHER.recipient)) == []
    keyring.let_go()
    with pytest.raises(keyring.LockedTrouble):
        salvage(line)
