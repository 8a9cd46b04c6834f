"""Months whose folders are unchanged are not listed, and whatever happens to a folder is seen at once."""

import itertools
import json
import os
import random
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from smartcli.entries.entry import DELETED, Mentions
from smartcli.entries.revisions import with_state
from smartcli.journal import index, seal
from smartcli.journal.entry_files import EntryFiles
from smartcli.journal.erasing import erase
from smartcli.journal.file_names import FileNames, name_of
from smartcli.journal.files import Folder
from smartcli.journal.index import Checked, Index, Seen, Traits
from smartcli.journal.index_text import Month, as_blocks, blocks_in, month_as_block, month_in
from smartcli.journal.look import Look
from smartcli.journal.store import Journal
from smartcli.journal.unchanged_months import in_turn, is_dependable
from smartcli.lock import keyring
from tests.conftest import SIZE
from tests.journal.test_index import KEY, WANTED, again, written

SECOND = 1_000_000_000  # nanoseconds
SECONDS = itertools.count(-1, -100)
MEASURED = Mentions("measure", "reason")


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file is asked for because it is among the newest, and the index is in columns as soon as it can be."""
    monkeypatch.setattr(index, "ALWAYS_ASKED", 0)
    monkeypatch.setattr(index, "_SINGLE", 0)
    monkeypatch.setattr(index, "in_turn", lambda months: "")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a journal of four months that were left alone for a while, and that the index knows."""
    journal = Journal(tmp_path / "journal")
    for number in range(12):
        made = written(plans=number % 3 == 0)
        when = f"2026-{7 + number % 4:02}-{10 + number}T12:00:00+00:00"
        journal.save(type(made)({**made.body, "when": when}))
    rest(tmp_path)
    recalled(tmp_path)
    return tmp_path


def rest(home: Path) -> None:
    """Let some time go by since anything was changed: a minute for the files, half of that for the folders."""
    earlier = next(SECONDS) * SECOND  # no two times alike
    for path in (home / "journal" / "entries").rglob("*"):
        then = time.time_ns() - (30 if path.is_dir() else 60) * SECOND + earlier
        os.utime(path, ns=(then, then), follow_symlinks=False)


def journal_in(home: Path) -> Journal:
    return Journal(home / "journal", Index(home / "state"))


def recalled(home: Path) -> object:
    """Return what is recalled from a journal with an index, and when an exercise was done."""
    return _said(journal_in(home))


def plain(home: Path) -> object:
    """Return the same without any index."""
    return _said(Journal(home / "journal"))


def _said(journal: Journal) -> object:
    look = Look(journal)
    found = [
        [entry for entry in look(wanted) if wanted.is_possible(entry.exercise, entry.measures)] for wanted in WANTED
    ]
    said = [[(entry.body, entry.revision) for entry in entries] for entries in found]
    return said, [*journal.file_heads(journal.recall_revisions())]


def months_listed(home: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return the months that are listed when something is recalled."""
    listed: set[str] = set()
    list_names = Folder.list_names
    with monkeypatch.context() as patch:
        patch.setattr(Folder, "list_names", lambda folder: listed.add(folder.path.name) or list_names(folder))
        recalled(home)
    return listed


def test_a_month_that_is_unchanged_is_not_listed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert months_listed(home, monkeypatch) == set()
    assert recalled(home) == plain(home)


def test_only_the_month_that_changed_is_listed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = sorted((home / "journal/entries/2026-08").iterdir())[0]
    chosen.unlink()
    assert months_listed(home, monkeypatch) == {"2026-08"}
    assert recalled(home) == plain(home)
    rest(home)
    recalled(home)
    assert months_listed(home, monkeypatch) == set()


def test_a_new_file_is_a_line_more_and_no_new_index(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "_SINGLE", 500)
    path = home / "state" / index.NAME
    before, text = path.stat(), path.read_bytes()
    journal = Journal(home / "journal")
    journal.save(again(next(journal.entries()), saved="2026-11-23T10:00:00+00:00"))
    assert recalled(home) == plain(home)
    assert path.stat().st_ino == before.st_ino
    assert path.read_bytes().startswith(text)
    assert path.stat().st_size > before.st_size


def test_the_newest_files_are_asked_for_each_time(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "ALWAYS_ASKED", 4)  # there are three in each month
    assert months_listed(home, monkeypatch) == {"2026-09", "2026-10"}
    chosen = next(file for file in (home / "journal/entries/2026-10").iterdir() if b'"reason"' not in file.read_bytes())
    with_measure_in_place(chosen)
    assert recalled(home) == plain(home)


def with_measure_in_place(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b'"ask": "What?"', b'"ask": "What?", "measure": "reason"'))


def test_an_old_file_changed_in_place_is_known_once_entries_were_listed(home: Path) -> None:
    chosen = next(file for file in (home / "journal/entries/2026-07").iterdir() if b'"reason"' not in file.read_bytes())
    with_measure_in_place(chosen)
    journal = journal_in(home)
    journal.standing_names(journal.revisions())
    for _ in range(3):
        assert recalled(home) == plain(home)
        rest(home)


def test_each_old_month_has_its_turn(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "in_turn", in_turn)
    listed = set()
    for second in range(4):
        monkeypatch.setattr("time.time_ns", lambda at=second: at * 1_000_000)
        listed |= (now_listed := months_listed(home, monkeypatch))
        assert len(now_listed) == 1
    assert listed == {"2026-07", "2026-08", "2026-09", "2026-10"}
    assert in_turn([]) == ""


def test_an_old_month_with_a_file_changed_in_place_is_not_taken_as_unchanged_again(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = next(file for file in (home / "journal/entries/2026-07").iterdir() if b'"reason"' not in file.read_bytes())
    with_measure_in_place(chosen)
    known = Index(home / "state")
    journal = Journal(home / "journal", known)
    journal.learn(known, journal.revisions())
    assert "2026-07" in months_listed(home, monkeypatch)


def test_what_an_old_file_says_is_read_from_it(home: Path) -> None:
    chosen = next(file for file in (home / "journal/entries/2026-07").iterdir() if b'"reason"' in file.read_bytes())
    chosen.write_bytes(chosen.read_bytes().replace(b"zanzibar", b"elsewhere"))
    assert recalled(home) == plain(home)


def test_whatever_happens_to_a_folder_is_seen_at_once(home: Path) -> None:
    """By us or by another program; now and then it comes to rest, and the index learns of it."""
    for seed in range(12 * SIZE):
        chance = random.Random(seed)
        own = home / str(seed)
        shutil.copytree(home / "journal", own / "journal")
        for _ in range(12):
            happened = _happen(own, chance)
            assert recalled(own) == plain(own), (seed, happened)
            if chance.random() < 0.5:
                rest(own)
                assert recalled(own) == plain(own), (seed, happened)


def _happen(home: Path, chance: random.Random) -> str:
    """Change a folder of a journal; return in which way."""
    entries = home / "journal" / "entries"
    files = sorted(entries.rglob("*.json"))
    chosen, month = chance.choice(files), chance.choice(["2026-07", "2026-08", "2026-12"])
    journal = Journal(home / "journal")
    head = journal.find(chosen.name.split("-")[1][:13]) if _is_live(journal, chosen) else None
    ways: dict[str, Callable[[], object]] = {
        "saved": lambda: journal.save(written(plans=chance.random() < 0.5, day=chance.randrange(1, 22))),
        "gone": chosen.unlink,
        "renamed": lambda: chosen.rename(chosen.with_name(f"{chosen.stem} 2.json")),
        "copied": lambda: shutil.copy(chosen, chosen.with_name(f"{chosen.stem} 3.json")),
        "moved": lambda: _put(entries / month / chosen.name, chosen),
        "replaced": lambda: _replace(chosen),
        "foreign": lambda: (chosen.parent / ".DS_Store").write_bytes(b"\0"),
        "a folder in it": lambda: (chosen.parent / "inner").mkdir(exist_ok=True),
        "the month gone": lambda: shutil.rmtree(chosen.parent),
        "the month a link": lambda: _make_link(chosen.parent, home),
    }
    if head:
        ways["edited"] = lambda: journal.save(again(head.entry, saved="2026-11-23T10:00:00+00:00"))
        ways["hidden"] = lambda: journal.save(with_state(head.entry, DELETED, [head.entry.revision]))
        ways["erased"] = lambda: erase(journal_in(home), home / "state", [head.entry.id])
    if len(files) < 4:
        return "nothing"
    way = chance.choice(sorted(ways))
    ways[way]()
    return way


def _is_live(journal: Journal, file: Path) -> bool:
    """Return whether a file is called by its own name, and its entry stands and is not hidden."""
    return file.name.count(" ") == 0 and file.name[17:30] in {head.entry.id for head in journal.heads()}


def _put(target: Path, file: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    file.rename(target)


def _replace(file: Path) -> None:
    """Put another file in the place of one, as a careful editor does."""
    beside = file.with_name("beside.tmp")
    shutil.copy2(file, beside)
    with_measure_in_place(beside)
    os.utime(beside, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns))
    beside.replace(file)


def _make_link(month: Path, home: Path) -> None:
    if not month.is_symlink():
        elsewhere = home / f"elsewhere {month.name}"
        shutil.rmtree(elsewhere, ignore_errors=True)
        month.rename(elsewhere)
        month.symlink_to(elsewhere)


@pytest.mark.parametrize(
    ("folder", "file", "dependable"),
    [(-10, -20, True), (-10, -10, True), (-2, -20, False), (5, -20, False), (-100, -20, False), (-10, None, True)],
)
def test_which_folders_are_depended_on(tmp_path: Path, folder: int, file: int | None, dependable: bool) -> None:
    """Seconds from now: a folder that changed just now may change again unseen; a newer file was changed in place."""
    now = 2_000_000_000 * SECOND
    os.utime(tmp_path, ns=(now, now + folder * SECOND))
    files = [] if file is None else [now + file * SECOND]
    assert is_dependable(tmp_path.stat(), files, now) == dependable


def test_a_file_that_comes_while_the_journal_is_read_for_long_is_seen(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder changed just before it was listed, and changes again within the same tick of the disk's clock."""
    month, now = home / "journal/entries/2026-07", time.time_ns()
    os.utime(month, ns=(now, now))
    monkeypatch.setattr(index, "folder_stamp", lambda folder: f"{folder.st_ino:x}.{folder.st_mtime_ns:x}")
    known = Index(home / "state")
    journal = Journal(home / "journal", known)
    listed = journal.recall_revisions()
    made = written()
    Journal(home / "journal").save(type(made)({**made.body, "when": "2026-07-11T12:00:00+00:00"}))
    os.utime(month, ns=(now, now))
    monkeypatch.setattr("time.time_ns", lambda: now + 10 * SECOND)
    journal.learn(known, listed)
    assert recalled(home) == plain(home)


@pytest.fixture
def _key() -> Iterator[None]:
    keyring.hold(KEY)
    yield
    keyring.let_go()


@pytest.mark.usefixtures("_key")
def test_a_damaged_file_with_a_sealed_one_that_says_the_same(home: Path) -> None:
    """As when an old device brings a month back in plain to a locked journal."""
    chosen = sorted((home / "journal/entries/2026-07").iterdir())[0]
    sealed = home / "journal/entries/q" / seal.random_name("q")
    sealed.parent.mkdir()
    sealed.write_bytes(seal.sealed(json.loads(chosen.read_bytes()), KEY.recipient))
    chosen.write_bytes(b"{")
    for _ in range(3):
        rest(home)
        assert recalled(home) == plain(home)


@pytest.mark.usefixtures("_key")
def test_an_erased_entry_whose_sealed_file_is_back(tmp_path: Path) -> None:
    locked = Journal(tmp_path / "journal", Index(tmp_path / "state", KEY.recipient), seal_to=KEY.recipient)
    gone = written(day=1)
    locked.save(gone)
    file = next((tmp_path / "journal/entries").rglob("*.age"))
    data = file.read_bytes()
    locked.save(written(day=2))
    erase(locked, tmp_path / "state", [gone.id])
    file.write_bytes(data)
    again_opened = Journal(tmp_path / "journal", Index(tmp_path / "state", KEY.recipient), seal_to=KEY.recipient)
    assert _said(again_opened) == _said(Journal(tmp_path / "journal", seal_to=KEY.recipient))
    assert again_opened.returned == {gone.id}


def test_a_disk_whose_folders_have_other_numbers_at_each_look(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is taken as unchanged there, and the index is not written anew each time."""
    numbers = itertools.count()
    monkeypatch.setattr(
        index, "folder_stamp", lambda folder: f"{next(numbers):x}.{folder.st_mtime_ns:x}.{folder.st_ctime_ns:x}"
    )
    recalled(home)
    before = (home / "state" / index.NAME).stat().st_ino
    for _ in range(3):
        assert recalled(home) == plain(home)
    assert (home / "state" / index.NAME).stat().st_ino == before


def test_a_file_in_two_folders_is_asked_for(home: Path) -> None:
    """Its own month is unchanged; which of the two is read must not depend on that."""
    chosen = next(file for file in (home / "journal/entries/2026-07").iterdir() if b'"reason"' not in file.read_bytes())
    (home / "journal/entries/2026-12").mkdir()
    beside = home / "journal/entries/2026-12" / chosen.name
    shutil.copy(chosen, beside)
    with_measure_in_place(beside)
    for _ in range(3):
        assert recalled(home) == plain(home)
        rest(home)


def test_an_index_that_leaves_out_a_file_is_right_again_once_it_was_compared(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "_SINGLE", 500)
    path = home / "state" / index.NAME
    path.write_bytes(b"".join(map(_with_a_file_less, blocks_in(path.read_bytes()))))
    assert recalled(home) != plain(home)
    files = (home / "journal" / "entries").rglob("*.json")
    journal = Journal(home / "journal")
    by_name = {name_of(head.revision): head.entry for head in journal.heads(deleted=True)}
    seen = {file.name: Seen(file.stat(), Traits.of(by_name[file.name])) for file in files}
    assert Index(home / "state").check(seen) is Checked.FINE
    assert recalled(home) == plain(home)


def _with_a_file_less(text: str | None) -> bytes:
    """Return a block of an index again, with the first file of a month left out."""
    found = month_in(text or "")
    if not found:
        return as_blocks((text or "").split("\n"))
    name, month = found
    lines = dict([*month.lines().items()][1:])
    return month_as_block(name, Month.of(lines, month.folder))


def test_an_index_without_stamps_of_folders_is_completed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As an earlier version wrote it."""
    path = home / "state" / index.NAME
    path.unlink()
    with monkeypatch.context() as patch:
        patch.setattr(Index, "_stamp_of_folder", lambda *_: "")
        recalled(home)
    assert len(months_listed(home, monkeypatch)) == 4
    assert months_listed(home, monkeypatch) == set()
    assert recalled(home) == plain(home)


def test_a_listing_says_which_folders_hold_nothing_else(home: Path) -> None:
    entries = home / "journal" / "entries"
    (entries / "2026-07" / "notes.txt").write_text("mine")
    (entries / "2026-08" / "inner").mkdir()
    (entries / "2026-09" / ".20260910T120000Z-aaaaaaaaaaaaa.0123456789abcdef.json.icloud").write_text("")
    (entries / "2026-10" / ".DS_Store").write_text("")
    (entries / "2026-11").symlink_to(entries / "2026-10")
    found: FileNames = EntryFiles(home / "journal").revisions()
    assert {*found.statuses} == {"2026-10"}
