"""Erasing takes every file that holds an entry, the newest version last, and nothing brings it back."""

import contextlib
import errno
import json
import os
import random
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from smartcli.content.catalog import Catalog
from smartcli.entries.entry import DELETED, Answered, Entry
from smartcli.entries.revisions import new_id, revised, with_state
from smartcli.fields.text import Text
from smartcli.journal import seal, system
from smartcli.journal.draft import Draft
from smartcli.journal.drafts import Drafts
from smartcli.journal.erasing import erase, erase_returned
from smartcli.journal.out_of_reach import copies_out_of_reach
from smartcli.journal.recovery import recover_leftovers
from smartcli.journal.store import Journal
from smartcli.trouble import Trouble
from tests.conftest import CATALOGUE, Run
from tests.faults.forgetful import Crash, Forgetful
from tests.faults.other_disks import Closed
from tests.support.asking import entry

SMALL = Catalog(CATALOGUE / "none", CATALOGUE).find("small")
SECRET = "the words that nobody may find"
OLD_PID = 4_194_999  # no process has such a number


def small(words: str, name: str = "") -> Entry:
    return Entry({**entry(SMALL, {"what": words}).body, "id": name or new_id()})


def edited(before: Entry, words: str, *, hours: int = 1) -> Entry:
    made = revised(before, [Answered(Text(id="what", ask="What?"), words)])
    saved = before.when.at + timedelta(hours=hours)
    return Entry({**made.body, "saved": saved.isoformat()})


class Home:
    """A journal with an entry of two versions and one beside it, and a state folder."""

    def __init__(self, path: Path) -> None:
        self.path, self.state = path, path / "state"
        self.journal = Journal(path / "journal")
        self.first = small(f"{SECRET}, at first")
        self.second = edited(self.first, f"{SECRET}, edited")
        self.other = small("another entry")
        for made in (self.first, self.second, self.other):
            self.journal.save(made)
        [self.month] = (path / "journal" / "entries").iterdir()

    def file_of(self, made: Entry) -> Path:
        [path] = self.month.glob(f"*{made.revision}.json")
        return path

    def holding(self) -> list[str]:
        """Return the files below the home that hold the secret, or its id, tombstones left out."""
        found = []
        for path in self.path.rglob("*"):
            if path.is_file() and path.parent.name != "erased":
                data = path.read_bytes()
                if SECRET.encode() in data or self.first.id.encode() in data or self.first.id in path.name:
                    found.append(str(path.relative_to(self.path)))
        return sorted(found)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def leave(path: Path, data: bytes, *, hours: float = 2) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    then = time.time() - hours * 3600
    os.utime(path, (then, then))
    return path


LEFT: dict[str, Callable[[Home], object]] = {
    "a temporary file of its own": lambda home: leave(home.month / f".tmp-{OLD_PID}-ab", seal.sealed(home.first.body)),
    "one that is young": lambda home: leave(home.month / f".tmp-{OLD_PID}-ab", seal.sealed(home.first.body), hours=0),
    "one of a version never published": lambda home: leave(
        home.month / f".tmp-{OLD_PID}-ab", seal.sealed(edited(home.second, f"{SECRET} more").body)
    ),
    "one torn after the id": lambda home: leave(home.month / f".tmp-{OLD_PID}-ab", seal.sealed(home.first.body)[:-20]),
    "one in the journal's own folder": lambda home: leave(
        home.journal.path / f".tmp-{OLD_PID}-ab", seal.sealed(home.first.body)
    ),
    "one of a draft": lambda home: leave(
        home.state / "drafts" / f".tmp-{OLD_PID}-ab",
        json.dumps({"draft": 1, "entry": home.first.id, "x": SECRET}, separators=(",", ":")).encode(),
    ),
    "put aside": lambda home: leave(home.state / "lost+found" / ".tmp-1-ab", seal.sealed(home.first.body)),
    "a conflict copy": lambda home: shutil.copy(home.file_of(home.first), home.month / "x (conflicted copy).json"),
    "a conflict copy of its name": lambda home: shutil.copy(
        home.file_of(home.first),
        home.month / (home.file_of(home.first).stem + ".sync-conflict-20261122-023052-W2KRHZF.json"),
    ),
    "a conflict copy that is torn": lambda home: leave(home.month / "x 2.json", seal.sealed(home.first.body)[:-30]),
    "a version that a tool kept": lambda home: leave(
        home.journal.path / ".stversions" / "entries" / home.month.name
        / (home.file_of(home.first).stem + "~20261123-101500.json"), seal.sealed(home.first.body),
    ),
    "a half-copied file of a tool": lambda home: leave(
        home.month / f".syncthing.{home.file_of(home.first).name}.tmp", SECRET.encode()
    ),
    "an editor's copy": lambda home: leave(home.month / f"{home.file_of(home.first).name}~", SECRET.encode()),
    "an editor's swap file": lambda home: leave(home.month / f".{home.file_of(home.first).name}.swp", SECRET.encode()),
    "a copy in a folder of the person's": lambda home: leave(
        home.journal.path / "old" / "deeper" / home.file_of(home.first).name, seal.sealed(home.first.body)
    ),
    "a copy of another layout": lambda home: leave(
        home.month / "x.json", json.dumps(home.first.body, sort_keys=True).encode()
    ),
    "a second name": lambda home: leave(
        home.state / "kept" / home.month.name / home.file_of(home.first).name, seal.sealed(home.first.body)
    ),
    "damaged": lambda home: home.file_of(home.first).write_bytes(SECRET.encode()),
}  # fmt: skip


@pytest.mark.parametrize("what", LEFT)
def test_every_file_that_holds_it_goes_and_nothing_else(home: Home, what: str) -> None:
    LEFT[what](home)
    kept = {path: path.read_bytes() for path in (home.file_of(home.other), home.journal.path / "journal.json")}
    gone = erase(home.journal, home.state, [home.first.id])
    assert home.holding() == []
    assert gone.files >= 2
    assert gone.mentions == []
    assert all(path.read_bytes() == data for path, data in kept.items())
    assert [one.id for one in home.journal.entries()] == [home.other.id]


@pytest.mark.parametrize("what", LEFT)
def test_what_is_left_when_it_is_erased_never_comes_back(home: Home, what: str) -> None:
    """As if the erasing had been cut short right after the tombstone."""
    LEFT[what](home)
    home.journal.erased.add([home.first.id])
    for _ in range(2):
        recover_leftovers(home.journal, Drafts(home.state / "drafts"), home.state / "lost+found")
        assert [one.id for one in home.journal.entries()] == [home.other.id]
        assert [head.entry.id for head in home.journal.heads(deleted=True)] == [home.other.id]
        erase_returned(home.journal, home.state)
    assert home.holding() == []


def test_files_of_others_are_left_and_those_that_name_it_are_named(home: Home) -> None:
    export = leave(home.journal.path / "mine" / "export.json", json.dumps([home.first.body, home.other.body]).encode())
    lines = leave(
        home.journal.path / "mine" / "lines.json", seal.sealed(home.first.body) + seal.sealed(home.other.body)
    )
    about = edited(home.other, f"see {home.first.id}")
    home.journal.save(about)
    strange = leave(home.month / f".tmp-{OLD_PID}-cd", b"nobody knows whose")
    renamed = leave(home.month / f"{home.file_of(home.first).stem} 2.json", seal.sealed(home.other.body))
    gone = erase(home.journal, home.state, [home.first.id])
    assert sorted(gone.mentions) == sorted([export, lines])
    for path in (export, lines, strange, renamed, home.file_of(about)):
        assert path.exists()


@pytest.mark.parametrize("place", ["journal/entries/kept-by-a-tool", "state/lost+found"])
@pytest.mark.parametrize("closed", ["the folder", "a file in it"])
def test_what_cannot_be_opened_is_named_and_the_rest_goes(
    home: Home, monkeypatch: pytest.MonkeyPatch, place: str, closed: str
) -> None:
    copy = home.path / place / "a copy"
    leave(copy, home.file_of(home.first).read_bytes())
    name = copy.parent if closed == "the folder" else copy
    monkeypatch.setattr(system, "fs", Closed(errno.EACCES, name.name))
    gone = erase(home.journal, home.state, [home.first.id])
    assert gone.closed == [name]
    assert gone.files == 2
    assert home.journal.revisions().ids() == {home.other.id}
    assert str(name) in " ".join(copies_out_of_reach(home.journal.path, gone.mentions, gone.closed))


@pytest.mark.skipif(os.name != "posix", reason="NOT RUN: links are POSIX matters")
def test_links_are_not_followed(home: Home, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = leave(tmp_path_factory.mktemp("outside") / "mine" / "x.json", seal.sealed(home.first.body))
    (home.journal.path / "link").symlink_to(outside.parent)
    (home.journal.path / "loop").symlink_to(home.journal.path)
    (home.month / "x.json").symlink_to(outside)
    erase(home.journal, home.state, [home.first.id])
    assert outside.exists()


def test_nothing_can_be_saved_in_it_any_more(home: Home) -> None:
    erase(home.journal, home.state, [home.first.id])
    for save in (home.journal.save, lambda made: home.journal.save_all([small("new"), made])):
        with pytest.raises(Trouble, match="erased"):
            save(edited(home.second, "again"))
    assert home.holding() == []


def test_a_damaged_tombstone_takes_nothing_away_and_is_told(home: Home) -> None:
    home.journal.erased.add([home.first.id])
    [tombstone] = home.journal.erased.folder.iterdir()
    tombstone.write_bytes(b"")
    assert {one.id for one in home.journal.entries()} == {home.first.id, home.other.id}
    assert [file.name for file in home.journal.unreadable] == [tombstone.name]
    home.journal.revisions()
    assert erase_returned(home.journal, home.state) == frozenset()
    assert home.file_of(home.second).exists()


def test_what_is_here_can_be_changed_although_its_tombstone_is_damaged_and_nothing_is_brought_in(home: Home) -> None:
    home.journal.erased.add([home.first.id])
    [tombstone] = home.journal.erased.folder.iterdir()
    tombstone.write_bytes(b"")
    home.journal.save(edited(home.second, "again"))
    shutil.rmtree(home.month)
    with pytest.raises(Trouble, match="erased"):
        home.journal.save(home.second)


def test_what_cannot_be_read_can_be_erased_by_its_id(run: Run, tiny: Catalog, home_of: Path) -> None:
    made = run("record", "small", typed=json.dumps({"what": SECRET})).stdout.strip()
    [path] = (home_of / "journal" / "entries").rglob(f"*{made}*.json")
    path.write_bytes(f"{{ {SECRET}".encode())
    assert run("purge", made[:6], typed="no\n").exit_code == 130
    assert path.exists()
    assert run("purge", made[:6], typed="yes\n").exit_code == 0
    assert not [found for found in home_of.rglob("*") if found.is_file() and SECRET.encode() in found.read_bytes()]


def begin_change(home: Home, words: str) -> Draft:
    """Begin a draft that changes the entry, with some words typed."""
    drafts = Drafts(home.state / "drafts")
    made = drafts.start(exercise="small", entry=home.first.id, parents=(home.second.revision,), edit=True)
    made.keep("what", words)
    made.close()
    return made


@pytest.mark.parametrize("where", ["drafts", "drafts/.tmp", "lost+found"])
def test_changes_typed_on_this_device_outlive_what_was_erased_on_another(home: Home, where: str) -> None:
    change = begin_change(home, "typed here")
    path = home.state / "drafts" / f"{change.id}.jsonl"
    if where != "drafts":
        folder = home.state / where.partition("/")[0]
        leave(folder / f".tmp-{OLD_PID}-ab", path.read_bytes())
        path.unlink()
    home.journal.erased.add([home.first.id], ["a" * 13])  # it came by sync; another draft went with the entry there
    for _ in range(2):
        home.journal.revisions()
        erase_returned(home.journal, home.state)
        recover_leftovers(home.journal, Drafts(home.state / "drafts"), home.state / "lost+found")
    assert not any("entries" in file for file in home.holding())
    words = [file for file in home.state.rglob("*") if file.is_file() and b"typed here" in file.read_bytes()]
    assert len(words) == 1


def test_changes_that_were_erased_with_it_go_with_the_next_look_where_that_was_cut_short(home: Home) -> None:
    change, later = begin_change(home, SECRET), begin_change(home, "typed later")
    home.journal.erased.add([home.first.id], [change.id])
    home.journal.revisions()
    erase_returned(home.journal, home.state)
    assert [draft.id for draft in Drafts(home.state / "drafts").all()] == [later.id]
    erase(home.journal, home.state, [home.first.id])  # asked for here, it takes every change
    assert home.holding() == []


HISTORIES: dict[str, Callable[[Entry], list[Entry]]] = {
    "edits": lambda first: [first, edited(first, "second"), edited(edited(first, "second"), "third", hours=2)],
    "a clock that went back": lambda first: [first, edited(first, "second", hours=-99)],
    "two places": lambda first: [first, edited(first, "here"), edited(first, "there", hours=2)],
    "two places, then one": lambda first: [
        first, one := edited(first, "here"), two := edited(first, "there", hours=2),
        Entry({**edited(one, "both", hours=-50).body, "parents": sorted([one.revision, two.revision])}),
    ],
    "deleted, and edited elsewhere": lambda first: [
        first, Entry({**with_state(first, DELETED, [first.revision]).body, "saved": "2031-01-01T00:00:00+00:00"}), edited(first, "live")
    ],
}  # fmt: skip
HOME = Path("/home/person")


def disk_with(history: list[Entry], monkeypatch: pytest.MonkeyPatch, **how: Any) -> Forgetful:
    """Return a forgetful disk with a history on it, and a temporary file and a second name of its first version."""
    fs = Forgetful()
    fs.made(str(HOME))
    monkeypatch.setattr(system, "fs", fs)
    journal = Journal(HOME / "journal")
    for made in history:
        journal.save(made)
    from smartcli.journal.files import Folder

    [month] = [name for name, _ in Folder(HOME / "journal" / "entries").names()]
    with Folder(HOME / "journal" / "entries" / month) as folder:
        folder.publish(f".tmp-{OLD_PID}-ab", seal.sealed(history[0].body))
    with Folder(HOME / "state" / "kept" / month, create=True) as folder:
        folder.publish("x.json", seal.sealed(history[0].body))
    settle(fs.root)
    fs.operations = 0
    fs._crash_at, fs._fail = how.get("crash_at", 0), how.get("fail")
    return fs


def settle(node: Any) -> None:
    node.settle()
    for inner in node.names.values() if node.folder else ():
        settle(inner)


def standing(name: str) -> tuple[set[str], Any]:
    """Return the revisions of an entry there are, with what stands, as a version without tombstones would see them."""
    journal = Journal(HOME / "journal")
    journal._leave_out_erased = lambda revisions: None  # type: ignore[method-assign]
    revisions = journal.revisions()
    head = journal.head(revisions[name]) if name in revisions else None
    return {one.revision for one in revisions.get(name, [])}, head.entry.answers if head else None


@pytest.mark.parametrize("what", HISTORIES)
def test_cut_short_anywhere_what_is_left_is_the_newest_and_never_shown(
    what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = small("first")
    history = HISTORIES[what](first)
    whole = disk_with(history, monkeypatch)
    _all, newest = standing(first.id)
    erase(Journal(HOME / "journal"), HOME / "state", [first.id])
    assert standing(first.id) == (set(), None)
    for at, any_order, chance in cuts(whole.operations):
        fs = disk_with(history, monkeypatch, crash_at=at)
        with contextlib.suppress(Crash):
            erase(Journal(HOME / "journal"), HOME / "state", [first.id])
        monkeypatch.setattr(system, "fs", fs.after_crash(chance, any_order=any_order))
        left, stands = standing(first.id)
        assert stands in (newest, None), (at, len(left))
        journal = Journal(HOME / "journal")
        shown = [*journal.heads(deleted=True)]
        if len(left) < len(history):  # the tombstone was durable before the first file went
            assert not shown
            assert first.id in journal.erased.sure([first.id])
        assert [head.entry.answers for head in shown] in ([], [newest])
        journal.revisions()
        erase_returned(journal, HOME / "state")
        assert standing(first.id)[0] == (left if shown else set())


def cuts(operations: int) -> Iterator[tuple[int, bool, random.Random]]:
    for at in range(1, operations + 2):
        for number in range(6):
            yield at, number % 2 == 0, random.Random(at * 100 + number)


@pytest.mark.parametrize("what", HISTORIES)
def test_a_disk_that_refuses_any_step_leaves_the_newest_and_goes_on_another_time(
    what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = small("first")
    history = HISTORIES[what](first)
    whole = disk_with(history, monkeypatch)
    _all, newest = standing(first.id)
    erase(Journal(HOME / "journal"), HOME / "state", [first.id])
    for at in range(1, whole.operations + 1):
        fs = disk_with(history, monkeypatch, fail=(at, errno.EIO, True))
        with contextlib.suppress(Trouble):
            erase(Journal(HOME / "journal"), HOME / "state", [first.id])
        fs._fail = None
        assert standing(first.id)[1] in (newest, None)
        erase(Journal(HOME / "journal"), HOME / "state", [first.id])
        assert standing(first.id) == (set(), None)


def test_a_discarded_draft_is_not_published_from_what_a_crash_left(run: Run, tiny: Catalog, home_of: Path) -> None:
    assert run("do", "small", typed=f"{SECRET}\n!\n").exit_code in (0, 130)
    run("record", "small", typed='{"what": "x"}')
    [month] = (home_of / "journal" / "entries").iterdir()
    drafts = Drafts(home_of / "state" / "drafts")
    draft = drafts.start(exercise="small")
    draft.keep("what", SECRET)
    draft.close()
    leave(month / f".tmp-{OLD_PID}-ab", seal.sealed(small(SECRET, draft.entry).body))
    leave(month / f".tmp-{os.getpid()}-cd", seal.sealed(small(SECRET, draft.entry).body))
    assert run("drafts", "discard", draft.id, "--yes").exit_code == 0
    assert not [*month.glob(".tmp-*")]
    run("where")
    assert SECRET not in run("review").stdout


@pytest.fixture
def home_of(home: Home, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = home.path / "own"
    monkeypatch.setenv("SMARTCLI_HOME", str(path))
    return path


def test_purge_says_what_it_did_and_can_be_asked_again(run: Run, tiny: Catalog, home_of: Path) -> None:
    made = run("record", "small", typed=json.dumps({"what": SECRET})).stdout.strip()
    run("record", "small", typed='{"what": "x"}')
    [path] = (home_of / "journal" / "entries").rglob(f"*{made}*.json")
    leave(path.with_name(f".tmp-{OLD_PID}-ab"), path.read_bytes())
    kept = path.read_bytes()
    done = run("purge", made[:6], "--yes")
    assert done.exit_code == 0
    assert "1 entry is erased.\n2 files are deleted." in done.stderr
    assert str(home_of / "state") not in done.stderr  # its own lists of ids are no copies
    assert not [found for found in home_of.rglob("*") if found.is_file() and SECRET.encode() in found.read_bytes()]
    assert run("purge", made[:6], "--yes").exit_code == 2
    for name in (path.name, "x 2.json"):  # back by a sync tool, seen by a look or named again
        leave(path.with_name(name), kept)
        assert made not in run("review", "--json").stdout
        assert not path.with_name(name).exists()
    leave(path, kept)
    assert "1 file is deleted" in run("purge", made, "--yes").stderr
    leave(path, kept)
    done = run("review")
    assert done.stderr == (
        "Files of 1 entry that was erased were still here, or had come back. They are deleted now.\n"
    )
    assert run("review").stderr == ""


def test_what_another_device_erased_goes_here_too_and_is_told_once(run: Run, tiny: Catalog, home_of: Path) -> None:
    made = [run("record", "small", typed=json.dumps({"what": SECRET})).stdout.strip() for _ in range(3)]
    Journal(home_of / "journal").erased.add(made[:2])  # their tombstones came by sync, and for one the deletion too
    [path] = (home_of / "journal" / "entries").rglob(f"*{made[0]}*.json")
    path.unlink()
    assert run("review").stderr == "2 entries were erased on another device.\n"
    assert run("review").stderr == ""
    assert len([*(home_of / "journal" / "entries").rglob("*.json")]) == 1


def test_an_import_does_not_bring_it_back(run: Run, home_of: Path) -> None:
    given = [json.dumps({"mood": 5, "more": f"{SECRET} {number}"}) for number in range(3)]
    made = [run("record", "check-in", typed=one).stdout.strip() for one in given]
    export = home_of.parent / "mine.json"
    run("export", "--as", "json", "--output", str(export))
    run("purge", *made[:2], "--yes")
    done = run("import", str(export))
    assert "you erased it" in done.stdout + done.stderr
    assert [row["id"] for row in json.loads(run("review", "--json").stdout)] == made[2:]
    assert len([*(home_of / "journal" / "entries").rglob("*.json")]) == 1
