"""The index of the journal: the same answers with it, without it, and with a bad one; and never a word in it."""

import os
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from smartcli.content.catalog import Catalog
from smartcli.entries.entry import DELETED, Entry, Mentions
from smartcli.entries.revisions import new_id, with_state
from smartcli.journal import index
from smartcli.journal.erasing import erase
from smartcli.journal.heads import ENTRY
from smartcli.journal.index import Index, Traits
from smartcli.journal.index_text import Month, as_blocks, blocks_in, month_as_block, month_in
from smartcli.journal.store import Journal
from smartcli.lock import keyring
from smartcli.lock.identity import generate_identity
from tests.conftest import CATALOGUE, SIZE
from tests.support.asking import entry

TINY = Catalog(CATALOGUE / "none", CATALOGUE)
SMALL, PLANS = TINY.find("small"), TINY.find("plans")
KEY = generate_identity()
WANTED = [
    Mentions("measure", "reason"),
    Mentions("measure", "plan", "plan.urge", "trigger"),
    Mentions("exercise", "small"),
    Mentions("measure", "nothing-has-this"),
]


def written(words: str = "zanzibar", *, plans: bool = False, day: int = 20) -> Entry:
    """Return a new entry of one of two exercises; only one of them has measures."""
    answers = {"reasons": [words], "plans": [{"when": "rain", "then": words}]} if plans else {"what": words}
    made = entry(PLANS if plans else SMALL, answers, day=day)
    return Entry({**made.body, "id": new_id()})


def again(before: Entry, **changes: Any) -> Entry:
    """Return the next revision of an entry."""
    return Entry({**before.body, "parents": [before.revision], **changes})


@pytest.fixture(params=[0, 500], ids=["in columns", "single lines"], autouse=True)
def single(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """How many lines stand singly before all are brought into columns: none, and more than there are here."""
    monkeypatch.setattr(index, "_SINGLE", request.param)


@pytest.fixture
def _key() -> Iterator[None]:
    keyring.hold(KEY)
    yield
    keyring.let_go()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a journal of six entries: two kinds, one edited, one deleted, one edited in two places."""
    journal = Journal(tmp_path / "journal")
    entries = [written(plans=number % 2 == 0, day=10 + number) for number in range(6)]
    revisions = [
        *entries,
        again(entries[1], saved="2026-11-23T10:00:00+00:00"),
        with_state(entries[2], DELETED, [entries[2].revision]),
        again(entries[4], saved="2026-11-23T10:00:00+00:00"),
        again(entries[4], saved="2026-11-23T11:00:00+00:00"),
    ]
    for revision in revisions:
        journal.save(revision)
    return tmp_path


def answers(home: Path, *, indexed: bool) -> Any:
    """Return what a journal says of itself in every way that an index may shorten."""
    journal = Journal(home / "journal", Index(home / "state") if indexed else None)
    heads = [
        [(head.entry.body, head.revision, head.others) for head in journal.heads(holding=wanted)] for wanted in WANTED
    ]
    # An entry with several revisions comes along whatever it holds: whoever asks looks at it again.
    having = [
        [found for found in of_one if wanted.is_possible(found[0]["exercise"], Entry(found[0]).measures)]
        for wanted, of_one in zip(WANTED, heads, strict=True)
    ]
    return having, [*journal.file_heads()]


def test_the_same_answers_with_and_without_it(home: Path) -> None:
    plain = answers(home, indexed=False)
    assert answers(home, indexed=True) == plain
    assert (home / "state" / index.NAME).is_file()
    assert answers(home, indexed=True) == plain


def test_files_that_it_knows_are_not_opened(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(home, indexed=True)
    opened: list[str] = []
    read = Journal._read
    monkeypatch.setattr(Journal, "_read", lambda self, month, name: opened.append(name) or read(self, month, name))
    journal = Journal(home / "journal", Index(home / "state"))
    assert [*journal.heads(holding=Mentions("measure", "nothing-has-this"))] == []
    assert [*journal.file_heads()]
    assert opened == []
    journal.save(written())
    assert [*journal.heads(holding=Mentions("measure", "nothing-has-this"))] == []
    assert len(opened) == 1


@pytest.mark.usefixtures("_key")
def test_sealed_files_are_known_by_their_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal(tmp_path / "journal", seal_to=KEY.recipient)
    first = written(day=1)
    for revision in (first, again(first), *(written(plans=True, day=day) for day in (2, 3))):
        journal.save(revision)
    assert answers(tmp_path, indexed=True) == answers(tmp_path, indexed=False)
    opened: list[str] = []
    read = Journal._read
    monkeypatch.setattr(Journal, "_read", lambda self, month, name: opened.append(name) or read(self, month, name))
    journal = Journal(journal.path, Index(tmp_path / "state"), seal_to=KEY.recipient)
    assert [*journal.heads(holding=Mentions("measure", "nothing-has-this"))] == []
    assert [head.day.day for head in journal.file_heads()] == [3, 2, 1]
    assert opened == []
    journal.save(written(day=4))
    assert [*journal.heads(holding=Mentions("measure", "nothing-has-this"))] == []
    assert [head.day.day for head in journal.file_heads()] == [4, 3, 2, 1]
    assert len(opened) == 1


def test_it_holds_no_word_and_is_the_owners_alone(home: Path) -> None:
    answers(home, indexed=True)
    path = home / "state" / index.NAME
    assert b"zanzibar" not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("_key")
def test_any_history_gives_the_same_answers(tmp_path: Path) -> None:
    """Saves, edits, deletions, erasures, copies by a sync tool, changes by hand and damage, in any order.

    Some files are sealed, and most are not, as when a journal is being locked.

    Damaged are entries of one file: of others the index remembers what a damaged file said, and so knows more.
    """
    for seed in range(12 * SIZE):
        chance = random.Random(seed)
        home = tmp_path / str(seed)
        journal = Journal(home / "journal")
        known: list[Entry] = []
        for _ in range(chance.randrange(4, 20)):
            _change(journal, known, home, chance)
            if chance.random() < 0.5:
                assert answers(home, indexed=True) == answers(home, indexed=False), seed


def _change(journal: Journal, known: list[Entry], home: Path, chance: random.Random) -> None:
    """Change a journal in one of the ways it is changed, by us or by others."""
    kind = chance.choice(["save", "save", "edit", "delete", "erase", "copy", "copy beside", "by hand", "damage"])
    files = sorted((home / "journal" / "entries").rglob("*.json"))
    journal.seal_to = chance.choice(["", "", KEY.recipient])
    if kind == "save" or not known:
        known.append(written(plans=chance.random() < 0.5, day=chance.randrange(1, 22)))
        journal.save(known[-1])
    elif kind in ("edit", "delete"):
        before = chance.choice(known)
        state = DELETED if kind == "delete" else "live"
        saved = (before.when.at + timedelta(hours=chance.randrange(-5, 99))).isoformat()
        known.append(again(before, state=state, saved=saved))
        journal.save(known[-1])
    elif kind == "erase":
        gone = chance.choice(known).id
        erase(Journal(journal.path, Index(home / "state")), home / "state", [gone])
        known[:] = [entry for entry in known if entry.id != gone]
    elif kind == "copy" and files:
        chosen = chance.choice(files)
        shutil.copy(chosen, chosen.with_name(f"{chosen.stem} 2.json"))
    elif kind == "copy beside" and files:
        chosen, beside = chance.choice(files), home / "journal" / "entries" / chance.choice(["2026-01", "2026-12"])
        beside.mkdir(exist_ok=True)
        (beside / chosen.name).write_bytes(chosen.read_bytes())
    elif kind == "by hand" and files:
        chosen = chance.choice(files)
        chosen.write_bytes(
            chosen.read_bytes().replace(b'"trigger"', b'"place"').replace(b'"id": "what"', b'"id":"what"')
        )
    elif alone := [file for file in files if _is_alone(file, files, known)]:
        chance.choice(alone).write_bytes(b'{"torn')


def _is_alone(file: Path, files: Sequence[Path], known: Sequence[Entry]) -> bool:
    """Return whether an entry has this one file, and no sealed one."""
    name = file.name[ENTRY]
    return sum(name in other.name for other in files) == sum(entry.id == name for entry in known) == 1


def test_a_file_changed_in_place_is_read_again(home: Path) -> None:
    answers(home, indexed=True)
    chosen = next(path for path in (home / "journal/entries").rglob("*.json") if b'"reason"' not in path.read_bytes())
    chosen.write_bytes(chosen.read_bytes().replace(b'"ask": "What?"', b'"ask": "What?", "measure": "reason"'))
    assert answers(home, indexed=True) == answers(home, indexed=False)


def test_of_two_files_of_one_name_the_one_that_is_read_counts(home: Path) -> None:
    answers(home, indexed=True)
    chosen = next(path for path in (home / "journal/entries").rglob("*.json") if b'"reason"' not in path.read_bytes())
    beside = home / "journal/entries/2026-12"
    beside.mkdir()
    changed = chosen.read_bytes().replace(b'"ask": "What?"', b'"ask": "What?", "measure": "reason"')
    (beside / chosen.name).write_bytes(changed)
    for _ in range(2):
        assert answers(home, indexed=True) == answers(home, indexed=False)


def _swap_lines(data: bytes) -> bytes:
    """Return lines that say of each file what is true of another, without their right sums."""
    sums, lines = data.strip(b"\n").split(b"\n", 1)
    split = [line.split(b" ") for line in lines.split(b"\n")]
    rest = [line[1:] for line in split]
    swapped = (b" ".join([line[0], *other]) for line, other in zip(split, rest[1:] + rest[:1], strict=True))
    return b"\n".join([sums, *swapped]) + b"\n\n"


BAD: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "foreign": lambda data: b"\x89PNG\r\n" + bytes(range(256)) * 9,
    "another format": lambda data: b'{"version": 2}\n',
    "torn last line": lambda data: data[:-9],
    "torn first line": lambda data: data[7:],
    "twice": lambda data: data * 2,
    "lying": _swap_lines,
    "NUL bytes": lambda data: b"\0" * len(data),
}


@pytest.mark.parametrize("bend", BAD.values(), ids=BAD.keys())
def test_a_bad_index_changes_no_answer_and_mends_itself(home: Path, bend: Callable[[bytes], bytes]) -> None:
    plain = answers(home, indexed=False)
    answers(home, indexed=True)
    path = home / "state" / index.NAME
    path.write_bytes(bend(path.read_bytes()))
    assert answers(home, indexed=True) == plain
    known = Index(home / "state")
    for file in (home / "journal/entries").rglob("*.json"):
        assert not known.confirm([(file.name, file.stat())])


def test_any_bent_byte_changes_no_answer(home: Path) -> None:
    plain = answers(home, indexed=False)
    answers(home, indexed=True)
    path = home / "state" / index.NAME
    whole = path.read_bytes()
    for at in random.Random(1).sample(range(len(whole)), min(len(whole), 60 * SIZE)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert answers(home, indexed=True) == plain, at


@pytest.mark.parametrize("kind", ["folder", "fifo", "link"])
def test_what_is_no_file_in_its_place_changes_no_answer(home: Path, kind: str) -> None:
    plain = answers(home, indexed=False)
    path = home / "state" / index.NAME
    path.parent.mkdir(mode=0o700)
    if kind == "folder":
        path.mkdir()
    elif kind == "fifo":
        os.mkfifo(path)
    else:
        elsewhere = home / "elsewhere"
        elsewhere.write_text("somebody else's\n")
        path.symlink_to(elsewhere)
    assert answers(home, indexed=True) == plain
    if kind == "link":
        assert elsewhere.read_text() == "somebody else's\n"


def test_a_state_folder_that_cannot_be_written_changes_no_answer(home: Path) -> None:
    (home / "state").write_text("a file where the folder should be")
    assert answers(home, indexed=True) == answers(home, indexed=False)


def test_two_processes_that_learn_at_once_both_end_up_right(home: Path) -> None:
    plain = answers(home, indexed=False)
    first, second = (Journal(home / "journal", Index(home / "state")) for _ in range(2))
    reading = first.heads(holding=WANTED[0])
    next(reading)
    assert [*second.file_heads()] == plain[1]
    assert len([*reading]) > 0
    assert answers(home, indexed=True) == plain


def test_an_erased_entry_is_erased_from_it_too(home: Path) -> None:
    answers(home, indexed=True)
    journal = Journal(home / "journal", Index(home / "state"))
    gone = next(iter(journal.file_heads())).id
    erase(journal, home / "state", [gone])
    assert gone.encode() not in (home / "state" / index.NAME).read_bytes()
    assert answers(home, indexed=True) == answers(home, indexed=False)


def test_lines_of_files_that_are_gone_do_not_pile_up(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "_SURPLUS", 3)
    answers(home, indexed=True)
    files = sorted((home / "journal/entries").rglob("*.json"))
    for file in files[:6]:
        file.unlink()
    assert answers(home, indexed=True) == answers(home, indexed=False)
    data = (home / "state" / index.NAME).read_bytes()
    assert not any(file.name.encode() in data for file in files[:6])


def test_traits_are_those_of_the_entry(home: Path) -> None:
    made = written(plans=True)
    known = Index(home / "state")
    status = home.stat()
    name = f"20261122T205000Z-{made.id}.{made.revision}.json"
    known.add(name, status, Traits.of(made))
    known.write()
    read = Index(home / "state")
    assert not read.confirm([(name, status)])
    assert read.traits(name) == Traits.of(made)
    assert name[ENTRY] == made.id


def test_what_another_program_named_is_never_put_in_a_line(home: Path) -> None:
    """A measure with a comma or a space in it would be read as something else."""
    known = Index(home / "state")
    made = Traits.of(written())
    for odd in ({"measures": frozenset({"a,b"})}, {"exercise": "two words"}, {"parents": ("a b",)}, {"saved": "x y"}):
        known.add("name.json", home.stat(), made._replace(**odd))
        assert known.traits("name.json") is None


@pytest.mark.parametrize("line", ["live", "5d863162 2026-11-25", "5d863162 2026-11-25 x y z live  more"])
def test_a_line_of_another_version_is_none(home: Path, line: str) -> None:
    answers(home, indexed=True)
    file = next((home / "journal/entries").rglob("*.json"))
    stamp = index._stamp(file.stat())
    with (home / "state" / index.NAME).open("ab") as written:
        written.write(as_blocks([f"{file.name} {stamp} {line}"]))
    known = Index(home / "state")
    assert known.confirm([(file.name, file.stat())]) == [file.name]
    assert known.traits(file.name) is None
    assert answers(home, indexed=True) == answers(home, indexed=False)


def _uneven(month: Month) -> list[Month]:
    """Return a month with one of its columns a line too short, too long, or with other lines in it."""
    return [
        month._replace(**{column: bend(getattr(month, column))})
        for column in Month._fields
        for bend in (
            lambda text: text[: text.rfind("\n" if "\n" in text else " ")],
            lambda text: f"{text}{chr(10) if chr(10) in text else ' '}more",
            lambda text: text.replace(" ", "  "),
        )
    ]


@pytest.mark.parametrize("single", [0], indirect=True)
def test_columns_of_another_version_are_none(home: Path) -> None:
    plain = answers(home, indexed=False)
    answers(home, indexed=True)
    path = home / "state" / index.NAME
    kinds, columns = [text for text in blocks_in(path.read_bytes()) if text]
    found = month_in(columns)
    assert found
    for uneven in _uneven(found[1]):
        path.write_bytes(as_blocks(kinds.split("\n")) + month_as_block(found[0], uneven))
        assert answers(home, indexed=True) == plain
