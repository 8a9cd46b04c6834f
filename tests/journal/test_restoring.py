"""Restoring: a union. What is missing comes back byte for byte, what is here stays, what was erased stays erased."""

import errno
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartcli.entries.entry import DELETED, Entry
from smartcli.entries.revisions import with_state
from smartcli.journal import system
from smartcli.journal.backup_contents import BackupContents
from smartcli.journal.backup_file import BackupFile, pieces
from smartcli.journal.drafts import Drafts
from smartcli.journal.erased import FOLDER, Erased
from smartcli.journal.erasing import erase
from smartcli.journal.files import Folder
from smartcli.journal.restoring import Plan, Restorer
from smartcli.journal.store import Journal
from smartcli.trouble import Trouble
from tests.faults.other_disks import Closed
from tests.journal.test_store import edited, small, tree


class Home:
    """A journal, drafts and settings of one device, in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.journal = Journal(folder / "journal")
        self.drafts = Drafts(folder / "state" / "drafts")
        self.config = folder / "config.toml"

    def back_up(self, path: Path) -> BackupContents:
        contents = BackupContents(Journal(self.journal.path), self.drafts.path, self.config)
        path.write_bytes(b"".join(pieces(contents.members())))
        return contents

    def restore(self, path: Path) -> Plan:
        with BackupFile(path) as backup:
            restorer = Restorer(backup, Journal(self.journal.path), self.drafts.path, self.config)
            plan = restorer.plan()
            assert [0, *restorer.put_back(plan)][-1] == len(plan.puts)
        return plan

    def plan(self, path: Path) -> Plan:
        with BackupFile(path) as backup:
            return Restorer(backup, Journal(self.journal.path), self.drafts.path, self.config).plan()

    def erase(self, entry: Entry) -> int:
        """Erase an entry, and return how many files that took."""
        journal = Journal(self.journal.path)
        journal.erased.add([entry.id])
        return erase(journal, self.folder / "state", [entry.id]).files

    def tree(self) -> dict[str, bytes]:
        return tree(self.folder)

    def words(self) -> set[str]:
        return {str(entry.body["fields"][0]["answer"]) for entry in Journal(self.journal.path).entries()}


@pytest.fixture
def here(tmp_path: Path) -> Home:
    return Home(tmp_path / "here")


@pytest.fixture
def there(tmp_path: Path) -> Home:
    return Home(tmp_path / "there")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "x.zip"


def fill(home: Home) -> Entry:
    first = small("one", 3)
    home.journal.save_all([first, edited(first, "two"), small("three", 20)])
    with Folder(home.journal.path / "exercises", create=True) as folder:
        folder.publish("mine.toml", b"format = 1\n")
    home.config.write_bytes(b'country = "gb"\n')
    home.config.chmod(0o600)
    draft = home.drafts.start(exercise="small")
    draft.keep("what", "half a thought")
    draft.close()
    return first


def test_into_an_empty_home_everything_comes_back_byte_for_byte(here: Home, there: Home, file: Path) -> None:
    fill(here)
    here.back_up(file)
    plan = there.restore(file)
    assert there.tree() == here.tree()
    assert (plan.versions, len(plan.entries), plan.exercises, plan.drafts, plan.has_config) == (3, 2, 1, 1, True)
    modes = {path.stat().st_mode & 0o777 for path in there.folder.rglob("*") if path.is_file()}
    assert modes == {0o600}


def test_a_second_time_there_is_nothing_to_put_back(here: Home, there: Home, file: Path) -> None:
    fill(here)
    here.back_up(file)
    there.restore(file)
    assert there.plan(file).is_empty
    assert here.plan(file).is_empty


def test_planning_writes_nothing(here: Home, there: Home, file: Path) -> None:
    fill(here)
    here.back_up(file)
    there.plan(file)
    assert not there.folder.exists()


def test_the_same_journal_gives_the_same_bytes_wherever_its_files_lie(here: Home, file: Path) -> None:
    fill(here)
    here.back_up(file)
    before = file.read_bytes()
    path = min(here.journal.path.glob("entries/*/*"))
    path.rename(path.with_name(f"{path.stem} (conflicted copy).json"))
    (path.parent / ".DS_Store").write_bytes(b"x")
    here.back_up(file)
    assert file.read_bytes() == before


def test_settings_and_drafts_that_are_here_stay(here: Home, there: Home, file: Path) -> None:
    fill(here)
    here.back_up(file)
    there.folder.mkdir()
    there.config.write_bytes(b'country = "ie"\n')
    [draft] = here.drafts.all()
    there.restore(file)
    further = (there.drafts.path / f"{draft.id}.jsonl").read_bytes() + b"further on\n"
    (there.drafts.path / f"{draft.id}.jsonl").write_bytes(further)
    plan = there.restore(file)
    assert there.config.read_bytes() == b'country = "ie"\n'
    assert (there.drafts.path / f"{draft.id}.jsonl").read_bytes() == further
    assert (plan.has_config, plan.drafts) == (False, 0)


def test_a_draft_that_cannot_be_read_any_more_gets_the_good_one_beside_it(here: Home, file: Path) -> None:
    fill(here)
    here.back_up(file)
    [draft] = here.drafts.all()
    (here.drafts.path / f"{draft.id}.jsonl").write_bytes(b"\0" * 100)
    assert here.restore(file).drafts == 1
    [again] = here.drafts.all()
    assert again.answers == draft.answers
    assert (here.drafts.path / f"{draft.id}.jsonl").read_bytes() == b"\0" * 100
    assert here.plan(file).is_empty


def test_a_draft_of_changes_that_were_saved_since_does_not_come_back(here: Home, file: Path) -> None:
    first = fill(here)
    draft = here.drafts.start(exercise="small", entry=first.id, parents=(first.revision,), edit=True)
    draft.close()
    here.back_up(file)
    here.journal.save(Entry({**edited(first, "saved").body, "draft": draft.id}))
    here.drafts.drop(draft)
    assert here.plan(file).is_empty


@pytest.mark.parametrize("erased", [True, False])
def test_a_draft_that_was_finished_or_erased_since_does_not_come_back(
    here: Home, there: Home, file: Path, *, erased: bool
) -> None:
    fill(here)
    here.back_up(file)
    [draft] = here.drafts.all()
    if erased:
        Erased(there.journal.path / FOLDER).add([draft.entry])
    else:
        there.journal.save(Entry({**small("finished").body, "id": draft.entry}))
    assert there.restore(file).drafts == 0
    assert not there.drafts.all()


def test_what_was_erased_since_stays_erased(here: Home, there: Home, file: Path) -> None:
    first = fill(here)
    here.back_up(file)
    old = next(here.journal.path.glob(f"entries/*/*{first.id}*"))
    data = old.read_bytes()
    here.erase(first)
    plan = here.restore(file)
    assert plan.erased == {first.id}
    assert here.words() == {"three"}
    old.write_bytes(data)  # a sync tool brings an old copy back
    here.back_up(file)  # and it is in no later backup, nor does that bring it to others
    there.restore(file)
    assert there.words() == {"three"}
    assert Erased(there.journal.path / FOLDER).ids() == {first.id}


@pytest.mark.parametrize("of", ["this version", "a newer version", "no version at all"])
def test_what_was_erased_stays_erased_whatever_this_version_can_read_of_it(
    here: Home, there: Home, file: Path, of: str
) -> None:
    first = small("erased since")
    here.journal.save_all([first, small("stays", 3)])
    [path] = here.journal.path.glob(f"entries/*/*{first.id}*")
    if of != "this version":
        path.write_text(json.dumps({"format": 99, "what": "later"}) if of == "a newer version" else "{")
    here.back_up(file)
    Erased(there.journal.path / FOLDER).add([first.id])
    plan = there.restore(file)
    assert not [*there.journal.path.glob(f"entries/*/*{first.id}*")]
    assert (plan.erased, plan.versions, plan.damaged) == ({first.id}, 1, 0)


def test_a_tombstone_in_a_backup_takes_nothing_away_here(here: Home, there: Home, file: Path) -> None:
    first = fill(here)
    there.journal.save(first)
    here.erase(first)
    here.back_up(file)
    before = there.tree()
    there.restore(file)
    assert before.items() <= there.tree().items()
    assert not Erased(there.journal.path / FOLDER).ids()


@pytest.mark.parametrize("damage", [b"", b"\0" * 600, b"{", b'{"format": 1}'])
def test_the_good_copy_of_a_damaged_file_is_put_beside_it_and_read(here: Home, file: Path, damage: bytes) -> None:
    entry = small("precious")
    here.journal.save(entry)
    here.back_up(file)
    [path] = here.journal.path.glob("entries/*/*.json")
    path.write_bytes(damage)
    here.restore(file)
    assert path.read_bytes() == damage
    assert here.words() == {"precious"}
    assert here.plan(file).is_empty
    assert here.erase(entry) == 2


def test_a_version_that_another_program_changed_comes_back_as_one_more(here: Home, there: Home, file: Path) -> None:
    entry = small("as it was")
    for home in (here, there):
        home.journal.save(entry)
    [path] = here.journal.path.glob("entries/*/*.json")
    path.write_bytes(path.read_bytes().replace(b"as it was", b"by hand"))
    here.back_up(file)
    there.restore(file)
    [head] = there.journal.heads()
    assert head.others
    assert there.plan(file).is_empty


def test_an_own_exercise_that_differs_is_put_beside(here: Home, there: Home, file: Path) -> None:
    fill(here)
    here.back_up(file)
    with Folder(there.journal.path / "exercises", create=True) as folder:
        folder.publish("mine.toml", b"format = 2\n")
    there.restore(file)
    own = {path.name: path.read_bytes() for path in (there.journal.path / "exercises").iterdir()}
    assert own == {"mine.toml": b"format = 2\n", "mine-from-backup.toml": b"format = 1\n"}
    assert there.plan(file).exercises == 0


def test_another_persons_journal_is_named_as_such(here: Home, there: Home, file: Path) -> None:
    fill(here)
    fill(there)
    here.back_up(file)
    assert there.plan(file).is_of_another_journal
    assert not here.plan(file).is_of_another_journal
    description = here.journal.path / "journal.json"
    description.write_bytes(description.read_bytes().replace(b"{", b"{ "))
    assert not here.plan(file).is_of_another_journal
    description.write_bytes(b"")
    assert not here.plan(file).is_of_another_journal  # nobody knows


@pytest.mark.parametrize("name", ["erased", "2026-11", "journal.json", "mine.toml", "config.toml", "drafts"])
@pytest.mark.parametrize("code", [errno.EACCES, errno.EIO], ids=lambda code: errno.errorcode[code])
def test_where_it_cannot_be_told_what_is_missing_nothing_is_put_back(
    here: Home, file: Path, monkeypatch: pytest.MonkeyPatch, code: int, name: str
) -> None:
    first = fill(here)
    here.back_up(file)
    here.erase(first)
    for path in here.journal.path.glob("entries/*"):
        path.rename(path.with_name("2026-11"))
    before = here.tree()
    monkeypatch.setattr(
        system, "fs", Closed(code, name, f"{here.drafts.all()[0].id}.jsonl" if name == "drafts" else name)
    )
    with pytest.raises(Trouble) as trouble:
        here.plan(file)
    assert trouble.value.code in (3, 4)
    monkeypatch.undo()
    assert here.tree() == before


def test_what_was_damaged_when_it_was_backed_up_is_counted_and_not_put_back(
    here: Home, there: Home, file: Path
) -> None:
    fill(here)
    path = sorted(here.journal.path.glob("entries/*/*.json"))[-1]
    path.write_bytes(b"{")
    contents = here.back_up(file)
    assert contents.unreadable == [path.name]
    assert there.restore(file).damaged == 1
    assert there.words() == {"two"}


def test_an_entry_of_a_newer_version_comes_back_as_it_is(here: Home, there: Home, file: Path) -> None:
    here.journal.save(small("now"))
    [path] = here.journal.path.glob("entries/*/*.json")
    path.write_text(json.dumps({"format": 99, "what": "later"}))
    here.back_up(file)
    there.restore(file)
    assert there.tree() == here.tree()


def test_a_backup_that_changes_while_it_is_put_back_is_noticed(here: Home, there: Home, file: Path) -> None:
    fill(here)
    words = random.Random(1).randbytes(100_000).hex()  # more than is read ahead
    here.journal.save_all(small(words, day) for day in range(1, 5))
    here.back_up(file)
    data = file.read_bytes()
    with BackupFile(file) as backup:
        restorer = Restorer(backup, there.journal, there.drafts.path, there.config)
        plan = restorer.plan()
        file.write_bytes(bytes(len(data)))
        with pytest.raises(Trouble):
            [*restorer.put_back(plan)]


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, None])
def test_one_that_was_cut_short_anywhere_is_finished_by_the_next(
    here: Home, there: Home, file: Path, monkeypatch: pytest.MonkeyPatch, error: int | None
) -> None:
    fill(here)
    here.back_up(file)
    place = Folder.place
    for cut_at in range(1, 12):
        home = Home(there.folder / str(cut_at))
        left = [cut_at]

        def cut(folder: Folder, name: str, data: bytes, left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise OSError(error, "") if error else KeyboardInterrupt
            place(folder, name, data)

        monkeypatch.setattr(Folder, "place", cut)
        if cut_at <= len(home.plan(file).puts):
            with pytest.raises((Trouble, KeyboardInterrupt)):
                home.restore(file)
        monkeypatch.undo()
        home.restore(file)
        assert home.tree() == here.tree()


# What two devices may do between a backup on one and its restore on the other.
STEPS = st.lists(
    st.tuples(st.sampled_from(["new", "edit", "hide", "erase", "sync", "damage"]), st.integers(0, 5), st.booleans()),
    max_size=12,
)


@given(STEPS, STEPS)
def test_nothing_that_is_here_is_lost_and_everything_else_comes(
    tmp_path_factory: pytest.TempPathFactory, before: list[Any], after: list[Any]
) -> None:
    folder = tmp_path_factory.mktemp("union")
    here, there = Home(folder / "here"), Home(folder / "there")
    live(here, there, before)
    here.back_up(folder / "x.zip")
    kept = {entry.revision for entry in all_versions(here)}
    live(here, there, after)
    for home in (here, there):
        old, erased = home.tree(), Erased(home.journal.path / FOLDER).ids()
        home.restore(folder / "x.zip")
        assert old.items() <= home.tree().items()
        versions = all_versions(home)
        assert not erased & {entry.id for entry in versions}
        expected = {name.rpartition("/")[2] for name in BackupFile(folder / "x.zip").names() if "/entries/" in name}
        wanted = {name[31:47] for name in expected if name[17:30] not in erased}
        assert wanted & kept <= {entry.revision for entry in versions}
        assert home.plan(folder / "x.zip").is_empty


def all_versions(home: Home) -> list[Entry]:
    """Return every version that can be read, of every entry."""
    journal = Journal(home.journal.path)
    revisions = journal.revisions()
    read = (journal.try_read(revision) for entry in revisions for revision in revisions[entry])
    return [entry for entry in read if entry]


def live(here: Home, there: Home, steps: list[Any]) -> None:
    """Do some steps, each on one of two devices."""
    for what, number, is_here in steps:
        home, other = (here, there) if is_here else (there, here)
        heads = [*Journal(home.journal.path).heads()]
        head = heads[number % len(heads)] if heads else None
        if what == "new":
            home.journal.save(small(f"words {number}", 1 + number))
        elif what == "sync":
            for entry in all_versions(home):
                if entry.id not in Erased(other.journal.path / FOLDER).ids():
                    other.journal.save(entry)
        elif head and what == "edit":
            home.journal.save(edited(head.entry, f"other {number}"))
        elif head and what == "hide":
            home.journal.save(with_state(head.entry, DELETED, head.revisions()))
        elif head and what == "erase":
            home.erase(head.entry)
        elif head and what == "damage" and not is_here:
            (home.journal.path / "entries" / head.revision.folder / head.revision.name).write_bytes(b"{")
