"""The examination: each kind of fault is named and none other, nothing is changed, and mending only ever adds."""

import errno
import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from smartcli.entries.entry import Entry
from smartcli.journal import system
from smartcli.journal.drafts import Drafts
from smartcli.journal.erased import FOLDER, Erased
from smartcli.journal.examination import Examination
from smartcli.journal.health import Health, Kind
from smartcli.journal.index import Index, Traits
from smartcli.journal.kept import Kept
from smartcli.journal.last_seen import LastSeen
from smartcli.journal.store import Journal
from smartcli.moments import now
from tests.faults.other_disks import Closed
from tests.journal.test_store import edited, small, tree


class Home:
    """A journal and the state of one device, in which all is well: three entries, one edited; a draft."""

    def __init__(self, folder: Path) -> None:
        self.state = folder / "state"
        self.journal = Journal(folder / "journal", Index(self.state))
        self.first = small("first", 3)
        self.second = edited(self.first, "second", later=timedelta(minutes=1))
        self.third = small("third", 20)
        self.journal.save_all([self.first, self.second, self.third, small("fourth", 21), small("fifth", 22)])
        self.drafts = Drafts(self.state / "drafts")
        draft = self.drafts.start(exercise="small")
        draft.keep("what", "half")
        draft.close()
        self.drafts.drop(self.drafts.start(exercise="small"))
        journal = Journal(self.journal.path, Index(self.state))
        assert journal.index
        journal.learn(journal.index, journal.revisions())
        LastSeen(self.state).accept(journal.listed, journal.id)
        self.kept.keep()

    @property
    def kept(self) -> Kept:
        return Kept(self.state / "kept", self.journal.path)

    def examination(self) -> Examination:
        return Examination(self.journal.path, self.state, Index(self.state), LastSeen(self.state), self.kept)

    def examine(self) -> Health:
        return self.examination().run()

    def kinds(self) -> set[Kind]:
        return {finding.kind for finding in self.examine().findings}

    def path_of(self, entry: Entry) -> Path:
        return next(self.journal.path.glob(f"entries/*/*{entry.id}.{entry.revision}.json"))

    def forget_second_name(self, entry: Entry) -> None:
        next(self.kept.folder.glob(f"*/*{entry.revision}.json")).unlink()

    def snapshot(self) -> tuple[dict[str, bytes], dict[str, int]]:
        root = self.journal.path.parent
        return tree(root), {str(path): path.lstat().st_mode for path in root.rglob("*")}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def replaced(path: Path, data: bytes) -> None:
    """Put other bytes in place of a file, as a sync tool does: its second name keeps the old ones."""
    status = path.stat()
    new = path.with_name("new")
    new.write_bytes(data)
    new.chmod(0o600)
    new.replace(path)
    os.utime(path.parent, ns=(status.st_mtime_ns, status.st_mtime_ns))


# --- one planted fault of each kind


def damaged(home: Home) -> None:
    home.forget_second_name(home.third)
    home.path_of(home.third).write_bytes(b"{")


def damaged_with_a_copy(home: Home) -> None:
    replaced(home.path_of(home.third), b"\0" * 500)


def cut_with_a_copy(home: Home) -> None:
    replaced(home.path_of(home.third), home.path_of(home.third).read_bytes()[:100])


def not_downloaded(home: Home) -> None:
    path = home.path_of(home.third)
    path.rename(path.with_name(f".{path.name}.icloud"))


def gone(home: Home) -> None:
    home.path_of(home.third).unlink()


def gone_version(home: Home) -> None:
    home.path_of(home.first).unlink()


def gone_months(home: Home) -> None:
    for path in home.journal.path.glob("entries/*/*"):
        path.unlink()


def missing(home: Home) -> None:
    home.forget_second_name(home.third)
    home.path_of(home.third).unlink()


def edited_outside(home: Home) -> None:
    path = home.path_of(home.third)
    replaced(path, path.read_bytes().replace(b"third", b"thirds"))


def edited_in_place(home: Home) -> None:
    path = home.path_of(home.third)
    path.write_bytes(path.read_bytes().replace(b"third", b"bent."))


def changed_in_two_places(home: Home) -> None:
    home.journal.save(edited(home.first, "elsewhere", later=timedelta(seconds=1)))
    home.kept.keep()


def saved_alike_in_two_places(home: Home) -> None:
    home.journal.save(edited(home.first, "second", later=timedelta(seconds=1)))
    home.kept.keep()


def without_its_parent(home: Home) -> None:
    home.forget_second_name(home.first)
    home.path_of(home.first).unlink()


def foreign(home: Home) -> None:
    (home.path_of(home.third).parent / "shopping.txt").write_text("milk")
    (home.path_of(home.third).parent / "shopping.txt").chmod(0o600)


def foreign_above(home: Home) -> None:
    path = home.path_of(home.third).parent.parent / "shopping.txt"
    path.write_text("milk")
    path.chmod(0o600)


def beside_the_months(home: Home) -> None:
    path = home.path_of(home.third)
    path.rename(path.parent.parent / path.name)


def draft_line(home: Home) -> None:
    path = next(home.drafts.path.iterdir())
    header, *rest = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([header, b"torn {\n", *rest]))


def draft(home: Home) -> None:
    next(home.drafts.path.iterdir()).write_bytes(b"not a draft\n")


def open_file(home: Home) -> None:
    home.path_of(home.third).chmod(0o640)


def open_folder(home: Home) -> None:
    home.path_of(home.third).parent.chmod(0o755)


def open_draft(home: Home) -> None:
    next(home.drafts.path.iterdir()).chmod(0o604)


def touched(home: Home) -> None:
    """Nothing is wrong: a sync tool has set another time of change."""
    os.utime(home.path_of(home.third), (1, 1))


def another_journal(home: Home) -> None:
    replaced(home.journal.path / "journal.json", b'{"format": 1, "id": "anotherjourna"}\n')
    for path in home.journal.path.glob("entries/*/*"):
        path.unlink()
    Journal(home.journal.path).save(small("of another person"))


def journal_of_two_devices(home: Home) -> None:
    """Nothing is wrong: two devices began a journal each, and a sync tool made one of them."""
    replaced(home.journal.path / "journal.json", b'{"format": 1, "id": "anotherjourna"}\n')


def journal_of_two_devices_one_of_which_erased(home: Home) -> None:
    """Nothing is wrong: as above, and the other device has erased an entry."""
    journal_of_two_devices(home)
    Erased(home.journal.path / FOLDER).add([home.third.id])
    home.path_of(home.third).unlink()


def own_file(home: Home, path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.write_bytes(data)
    path.chmod(0o600)


def journal_file(home: Home) -> None:
    own_file(home, home.journal.path / "journal.json", b"{")


def tombstone_of_another_entry(home: Home) -> None:
    own_file(home, home.journal.path / "erased" / "aaaaaaaaaaaaa.json", b'{"format": 1, "id": "aaaaaaaaaaaab"}\n')


def tombstone_of_a_sync_tool(home: Home) -> None:
    """Nothing is wrong: a tombstone came twice, and one is not downloaded yet."""
    whole = b'{"format": 1, "id": "aaaaaaaaaaaaa", "erased": "2026-11-20"}\n'
    own_file(home, home.journal.path / "erased" / "aaaaaaaaaaaaa.json", whole)
    own_file(home, home.journal.path / "erased" / "aaaaaaaaaaaaa 2.json", whole)
    own_file(home, home.journal.path / "erased" / ".aaaaaaaaaaaab.json.icloud", b"")


def last_seen(home: Home) -> None:
    path = home.state / "known.txt"
    own_file(home, path, path.read_bytes() + b"\0" * 20)


def last_backup(home: Home) -> None:
    own_file(home, home.state / "backups.json", b'{"last"')


def imported(home: Home) -> None:
    own_file(home, home.state / "imports" / "abc.json", b"[" * 5000)


def unreadable_list(home: Home) -> None:
    (home.state / "known.txt").unlink()
    (home.state / "known.txt").mkdir(mode=0o700)


def put_aside(home: Home) -> None:
    """Nothing is wrong: a crash left something, and it was put aside."""
    own_file(home, home.state / "lost+found" / ".tmp-1-abcd", b"half")


def index(home: Home) -> None:
    data = (home.state / "index").read_bytes()
    (home.state / "index").write_bytes(data[:-20] + b"x" + data[-19:])


def index_that_lies(home: Home) -> None:
    path = home.path_of(home.third)
    other = Traits.of(small("another"))._replace(exercise="other")
    (home.state / "index").unlink()
    lying = Index(home.state)
    lying.add(path.name, path.stat(), other)
    lying.write()
    (home.state / "index").chmod(0o600)


def second_name(home: Home) -> None:
    home.forget_second_name(home.third)


def second_name_damaged(home: Home) -> None:
    path = next(home.kept.folder.glob(f"*/*{home.third.revision}.json"))
    path.unlink()
    path.write_bytes(b"{")


def second_name_rotten(home: Home) -> None:
    """A letter of it changed: it can be read, and says something else."""
    path = next(home.kept.folder.glob(f"*/*{home.third.revision}.json"))
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data.replace(b"third", b"thirst"))


def damaged_with_a_rotten_copy(home: Home) -> None:
    second_name_rotten(home)
    home.path_of(home.third).write_bytes(b"{")


def gone_with_a_rotten_copy(home: Home) -> None:
    second_name_rotten(home)
    home.path_of(home.third).unlink()


def tombstone_of_one_that_is_here(home: Home) -> None:
    erased = home.journal.erased
    erased.add([home.third.id])
    path = erased.folder / f"{home.third.id}.json"
    path.write_bytes(b"")


def beside(home: Home) -> None:
    other = Journal(home.journal.path.parent / "backup")
    other.save(small("elsewhere"))


def anothers(home: Home) -> None:
    """Another person's journal lies where the own one was."""
    shutil.rmtree(home.journal.path)
    other = Journal(home.journal.path)
    other.save(small("theirs"))


PLANTED: list[tuple[Callable[[Home], None], set[Kind], bool]] = [
    (damaged, {Kind.DAMAGED}, False),
    (damaged_with_a_copy, {Kind.DAMAGED}, True),
    (cut_with_a_copy, {Kind.DAMAGED}, True),
    (not_downloaded, {Kind.DAMAGED}, False),
    (gone, {Kind.GONE}, True),
    (gone_version, {Kind.GONE}, True),
    (gone_months, {Kind.GONE}, True),
    (anothers, {Kind.ANOTHER}, False),
    (beside, {Kind.BESIDE}, False),
    (tombstone_of_one_that_is_here, {Kind.TOMBSTONE}, False),
    (missing, {Kind.MISSING}, False),
    (edited_outside, {Kind.EDITED}, False),
    (edited_in_place, {Kind.EDITED}, False),
    (changed_in_two_places, {Kind.CONFLICT}, False),
    (saved_alike_in_two_places, set(), False),
    (without_its_parent, {Kind.PARENT}, False),
    (foreign, {Kind.FOREIGN}, False),
    (foreign_above, {Kind.FOREIGN}, False),
    (beside_the_months, set(), False),
    (draft, {Kind.DRAFT}, False),
    (draft_line, {Kind.DRAFT}, False),
    (open_file, {Kind.PERMISSIONS}, True),
    (open_folder, {Kind.PERMISSIONS}, True),
    (open_draft, {Kind.PERMISSIONS}, True),
    (touched, set(), False),
    (another_journal, {Kind.ANOTHER}, False),
    (journal_of_two_devices, set(), False),
    (journal_of_two_devices_one_of_which_erased, set(), False),
    (journal_file, {Kind.OWN_FILE}, False),
    (tombstone_of_another_entry, {Kind.OWN_FILE}, False),
    (tombstone_of_a_sync_tool, set(), False),
    (last_seen, {Kind.OWN_FILE}, False),
    (unreadable_list, {Kind.OWN_FILE}, False),
    (last_backup, {Kind.OWN_FILE}, False),
    (imported, {Kind.OWN_FILE}, False),
    (put_aside, set(), False),
    (index, {Kind.INDEX}, True),
    (second_name, {Kind.SECOND_NAMES}, True),
    (second_name_damaged, {Kind.SECOND_NAMES}, True),
    (second_name_rotten, {Kind.SECOND_NAMES}, True),
    (damaged_with_a_rotten_copy, {Kind.DAMAGED}, False),
    (gone_with_a_rotten_copy, {Kind.GONE}, False),
]


def test_where_all_is_well_nothing_is_named(home: Home) -> None:
    health = home.examine()
    assert health.findings == []
    assert (health.entries, health.files, health.drafts, health.second_names) == (4, 5, 1, 5)
    assert health.free


@pytest.mark.parametrize(("plant", "kinds", "can_mend"), PLANTED, ids=[plant.__name__ for plant, *_ in PLANTED])
def test_one_fault_is_named_and_none_other_and_nothing_is_changed(
    home: Home, plant: Callable[[Home], None], kinds: set[Kind], *, can_mend: bool
) -> None:
    plant(home)
    before = home.snapshot()
    health = home.examine()
    assert {finding.kind for finding in health.findings} == kinds
    assert health.needs_attention == (not kinds <= {Kind.SECOND_NAMES})
    assert any(finding.can_mend for finding in health.findings if finding.kind in kinds) == can_mend
    assert home.snapshot()[0] == before[0]


@pytest.mark.parametrize(("plant", "kinds", "can_mend"), PLANTED, ids=[plant.__name__ for plant, *_ in PLANTED])
def test_mending_adds_and_takes_nothing_away(
    home: Home, plant: Callable[[Home], None], kinds: set[Kind], *, can_mend: bool
) -> None:
    plant(home)
    before = tree(home.journal.path)
    examination = home.examination()
    examination.run()
    examination.mend()
    assert before.items() <= tree(home.journal.path).items()
    left = home.kinds()
    assert left == (set() if can_mend else kinds)
    if can_mend:
        words = {str(entry.body["fields"][0]["answer"]) for entry in Journal(home.journal.path).entries()}
        assert words == {"second", "third", "fourth", "fifth"}


def test_a_damaged_file_with_a_good_copy_beside_it_is_no_fault_any_more(home: Home) -> None:
    damaged_with_a_copy(home)
    examination = home.examination()
    examination.run()
    examination.mend()
    health = home.examine()
    assert health.healed == [home.path_of(home.third).name]
    journal = Journal(home.journal.path)
    assert [*journal.entries()]
    assert not journal.unreadable


def test_a_month_that_cannot_be_opened_is_named_and_its_entries_are_not_called_missing(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    month = home.path_of(home.third).parent
    opened = system.FileSystem.open

    def refuse(path: str, *rest: object, **at: object) -> int:
        if str(path) == str(month):
            raise PermissionError(13, "no")
        return opened(path, *rest, **at)  # type: ignore[arg-type]

    monkeypatch.setattr(system.FileSystem, "open", staticmethod(refuse))
    findings = home.examine().findings
    assert {finding.kind for finding in findings} == {Kind.FOLDER}
    assert [finding.name for finding in findings if finding.kind is Kind.FOLDER] == [month.name]


@pytest.mark.parametrize("name", ["erased", "kept", "imports", "state"])
def test_a_folder_of_ours_that_cannot_be_opened_is_named_and_nothing_is_called_missing_or_gone(
    home: Home, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    home.path_of(home.third).unlink()
    Erased(home.journal.path / FOLDER).add([home.third.id])
    (home.state / "imports").mkdir(mode=0o700)
    monkeypatch.setattr(system, "fs", Closed(errno.EACCES, name))
    found = {(finding.kind, finding.name) for finding in home.examine().findings}
    assert (Kind.OWN_FILE, name) in found
    assert not {Kind.GONE, Kind.MISSING} & {kind for kind, _name in found}


def test_a_file_that_cannot_be_read_is_named(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    name = home.path_of(home.third).name
    opened = system.FileSystem.open

    def refuse(path: str, *rest: object, **at: object) -> int:
        if str(path).endswith(name):
            raise OSError(5, "rot")
        return opened(path, *rest, **at)  # type: ignore[arg-type]

    monkeypatch.setattr(system.FileSystem, "open", staticmethod(refuse))
    [finding] = home.examine().findings
    assert (finding.kind, finding.name) == (Kind.DAMAGED, name)


def test_a_disk_that_is_nearly_full_is_named(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system.FileSystem, "free_space", lambda *_: 1000)
    assert home.kinds() == {Kind.SPACE}


@pytest.mark.parametrize("where", ["entry", "draft"])
def test_a_clock_that_went_back_is_named(home: Home, where: str) -> None:
    if where == "entry":
        later = (now() + timedelta(days=30)).isoformat()
        home.journal.save(Entry({**small("from tomorrow").body, "saved": later}))
        home.kept.keep()
    else:
        home.drafts.start(exercise="small", started=now() + timedelta(days=2)).close()
    assert home.kinds() == {Kind.CLOCK}


def test_what_was_erased_is_neither_missing_nor_brought_back(home: Home) -> None:
    Erased(home.journal.path / FOLDER).add([home.third.id])
    home.path_of(home.third).unlink()
    examination = home.examination()
    assert {finding.kind for finding in examination.run().findings} == set()
    examination.mend()
    assert not [*home.journal.path.glob(f"entries/*/*{home.third.id}*")]


def test_what_an_import_brought_without_its_history_is_no_fault(home: Home) -> None:
    without_its_parent(home)
    examination = home.examination()
    examination.imported = {home.second.revision}
    assert {finding.kind for finding in examination.run().findings} == set()


def test_files_of_the_system_and_of_sync_tools_are_only_counted(home: Home) -> None:
    month = home.path_of(home.third).parent
    for name in (".DS_Store", "desktop.ini", "~lock", "x.json.part", ".syncthing.x.tmp"):
        (month / name).write_bytes(b"x")
        (month / name).chmod(0o600)
    copy = home.path_of(home.third)
    copy.with_name("a (conflicted copy).json").write_bytes(copy.read_bytes())
    copy.with_name("a (conflicted copy).json").chmod(0o600)
    health = home.examine()
    assert health.findings == []
    assert len(health.left_by_others) == 5


def test_where_there_is_nothing_all_is_well(tmp_path: Path) -> None:
    state = tmp_path / "state"
    kept = Kept(state / "kept", tmp_path / "journal")
    examination = Examination(tmp_path / "journal", state, Index(state), LastSeen(state), kept)
    assert examination.run().findings == []
    assert [*tmp_path.iterdir()] == []
