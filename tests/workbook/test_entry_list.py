"""The rows of a list to look back through: counted by names, read as they come into view, searched a little at a time."""

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from smartcli import places
from smartcli.asking import Row, Rows
from smartcli.entries.entry import DELETED, Entry
from smartcli.entries.revisions import with_state
from smartcli.entries.search import Query
from smartcli.journal import system
from smartcli.journal.heads import ENTRY
from smartcli.journal.index import Index
from smartcli.journal.store import Journal
from smartcli.moments import Moment
from smartcli.workbook.entry_list import EntryList, Purpose
from smartcli.workbook.filters import Filters
from smartcli.workbook.workbook import Workbook
from tests.benchmarks.journals import make
from tests.support import year
from tests.support.made import record
from tests.support.opened import Counting

SIZE = 1500
END = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Entry]]:
    """A home with many entries, of which some were edited and some hidden; and those that are not hidden."""
    home = tmp_path_factory.mktemp("large")
    entries = make(home / "journal", SIZE, end=END)
    journal = Journal(home / "journal")
    hidden = entries[5::100]
    for entry in hidden:
        head = journal.find(entry.id)
        journal.save(with_state(head.entry, DELETED, head.revisions()))
    gone = {entry.id for entry in hidden}
    return home, [entry for entry in entries if entry.id not in gone]


@pytest.fixture
def workbook(large: tuple[Path, list[Entry]], monkeypatch: pytest.MonkeyPatch) -> Workbook:
    """The workbook of that home."""
    monkeypatch.setenv("SMARTCLI_HOME", str(large[0]))
    places.choose(None)
    return Workbook()


def whole(rows: Rows) -> list[Row]:
    """Return all rows there are."""
    while not rows.is_complete:
        rows.work(1)
    found = (rows.row(place) for place in range(len(rows)))
    return [row for row in found if row]


def listing(workbook: Workbook, filters: Filters | None = None, *, hidden_only: bool = False) -> EntryList:
    return EntryList(workbook, filters or Filters(), Purpose("Look back", "Which?", "enter"), hidden_only=hidden_only)


def test_the_rows_are_those_of_the_journal_newest_first(large: tuple[Path, list[Entry]], workbook: Workbook) -> None:
    rows = listing(workbook).rows
    heads = [head.entry for head in workbook.journal.heads()]
    assert len(rows) == len(heads) == len(large[1])
    assert [(row.id, row.day, row.title) for row in whole(rows)] == [(one.id, one.day, one.title) for one in heads]


def test_only_rows_in_view_are_read_at_the_beginning_and_at_the_end(
    workbook: Workbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    len(listing(workbook).rows)  # the index is there now
    counting = Counting()
    monkeypatch.setattr(system, "fs", counting)
    rows = listing(Workbook()).rows
    counting.opened.clear()  # what the rule of self-harm looks at
    assert [rows.row(place) for place in (0, 1, len(rows) - 1)]
    assert len({name[ENTRY] for name in counting.opened}) == 3  # of one that was edited, each version


@pytest.mark.parametrize("days", [0, 1, 40, 200, 299, 10_000])
def test_going_to_a_day_finds_its_newest_entry_and_reads_only_near_it(
    workbook: Workbook, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    rows = listing(workbook).rows
    day = END.date() - timedelta(days=days)
    counting = Counting()
    monkeypatch.setattr(system, "fs", counting)
    place = rows.place_of(day)
    assert len(counting.opened) <= 5 * 5  # five a day, and names tell a day to within two
    monkeypatch.undo()
    read = whole(rows)
    assert place == next((at for at, row in enumerate(read) if row.day <= day), len(read))


def test_a_search_finds_what_the_command_finds_however_it_is_typed(workbook: Workbook) -> None:
    found = [head.entry.id for head in workbook.journal.heads() if Query("river walk").find(head.entry)]
    assert found
    listed = listing(workbook)
    for end in range(1, len("river walk") + 1):  # letter by letter, the search before it never finished
        listed.search("river walk"[:end])
        listed.rows.work(0.001)
    assert [row.id for row in whole(listed.rows)] == found


def test_a_phrase_that_is_closed_finds_more_than_its_words_so_far(workbook: Workbook) -> None:
    listed, fresh = listing(workbook), listing(workbook)
    for words in ('"river', '"river"'):  # at first the mark is a letter that no entry has
        listed.search(words)
        found = whole(listed.rows)
    fresh.search('"river"')
    assert found == whole(fresh.rows) != []


def test_typing_on_random_words_and_rubbing_out_finds_the_same(workbook: Workbook) -> None:
    chance = random.Random(5)
    listed, fresh = listing(workbook), listing(workbook)
    words = ""
    for _ in range(25):
        words = words[:-1] if words and chance.random() < 0.35 else words + chance.choice('riverwalk "tea')
        listed.search(words)
        listed.rows.work(chance.choice([0, 0.002, 0.02]))
    fresh.search(words)
    assert [row.id for row in whole(listed.rows)] == [row.id for row in whole(fresh.rows)]


def test_the_first_matches_are_there_before_the_search_is_done(workbook: Workbook) -> None:
    listed = listing(workbook)
    listed.search("river")
    listed.rows.work(0)  # one file at least
    for _ in range(200):
        listed.rows.work(0)
    assert len(listed.rows) > 0
    assert not listed.rows.is_complete


def test_ending_a_search_leads_back_to_where_it_began(workbook: Workbook) -> None:
    listed = listing(workbook)
    listed.place = 700
    for words in ("r", "ri", "rive", ""):
        listed.search(words)
    assert (listed.place, len(listed.rows)) == (700, len(listing(workbook).rows))


@pytest.mark.parametrize(
    "filters",
    [
        Filters(exercise="check-in"),
        Filters(point="urges"),
        Filters(about="Drinking"),
        Filters(since="2026-10-01"),
        Filters(until="2026-10-01"),
        Filters(since="2026-10-01", until="2026-10-03"),
        Filters(last=7),
        Filters(exercise="urge-log", since="2026-09-01", last=7),
        Filters(about="drinking", last=7),
        Filters(deleted=True),
        Filters(exercise="check-in", deleted=True),
    ],
    ids=str,
)
def test_filters_narrow_the_list_as_they_narrow_what_is_printed(workbook: Workbook, filters: Filters) -> None:
    listed = listing(workbook, filters)
    assert [row.id for row in whole(listed.rows)] == [head.entry.id for head in filters.select(workbook)]
    assert listed.narrowed
    within = {row.id for row in whole(listed.rows)}
    listed.search("river")
    assert {row.id for row in whole(listed.rows)} <= within


def test_hidden_entries_alone(large: tuple[Path, list[Entry]], workbook: Workbook) -> None:
    kept = {entry.id for entry in large[1]}
    rows = whole(listing(workbook, hidden_only=True).rows)
    assert len(rows) == SIZE - len(kept)
    assert not kept & {row.id for row in rows}
    assert all("hidden" in row.beside for row in rows)


@pytest.fixture
def mine(home: Path) -> Workbook:
    """The workbook of a home with a made month: it may be changed."""
    year.write(home / "journal", [entry for entry in year.entries() if entry.day < date(2024, 2, 1)])
    return Workbook()


@pytest.mark.parametrize("words", ["", "sam"])
@pytest.mark.parametrize("at", [0, 3, -1])
def test_a_row_that_was_hidden_leaves_and_comes_back_to_its_place(mine: Workbook, words: str, at: int) -> None:
    listed = listing(mine)
    listed.search(words)
    before = whole(listed.rows)
    entry = before[at].id
    head = mine.journal.find(entry)
    mine.journal.save(with_state(head.entry, DELETED, head.revisions()))
    listed.refresh(entry)
    assert [row.id for row in whole(listed.rows)] == [row.id for row in before if row.id != entry]
    assert len(listed.rows) == len(before) - 1
    head = mine.journal.find(entry, deleted=True)
    mine.journal.save(with_state(head.entry, "live", head.revisions()))
    listed.refresh(entry)
    assert whole(listed.rows) == before


def test_an_entry_changed_in_two_places_is_marked(mine: Workbook) -> None:
    head = next(mine.journal.heads())
    for minute in (1, 2):
        body = {**head.entry.body, "parents": [head.revision.revision], "saved": f"2024-02-03T00:0{minute}:00+00:00"}
        fields = [{**field, "answer": f"{minute}"} for field in body["fields"] if isinstance(field["answer"], str)]
        mine.journal.save(Entry({**body, "title": f"Saved at {minute}", "fields": fields}))
    row = listing(mine).rows.row(0)
    assert row
    assert (row.id, row.title) == (head.entry.id, "Saved at 2")  # as it stands is what was saved last
    assert "two places" in row.beside


def test_every_version_that_stands_is_searched_and_a_newer_one_that_cannot_be_read_is_marked(
    mine: Workbook, home: Path
) -> None:
    head = next(mine.journal.heads())
    for minute, words in ((1, "heron"), (2, "kingfisher")):
        body = {**head.entry.body, "parents": [head.revision.revision], "saved": f"2024-02-03T00:0{minute}:00+00:00"}
        field = next(field for field in body["fields"] if isinstance(field["answer"], str))
        mine.journal.save(Entry({**body, "fields": [{**field, "answer": words}]}))
    for words in ("heron", "kingfisher"):
        searched = listing(mine)
        searched.search(words)
        assert [(row.id, row.words) for row in whole(searched.rows)] == [(head.entry.id, words)]
    newest = next(mine.journal.heads())
    next((home / "journal").rglob(f"*.{newest.revision.revision}.json")).write_text("{")
    row = listing(Workbook()).rows.row(0)
    assert row
    assert row.id == head.entry.id
    assert "cannot be read" in row.beside


def test_a_damaged_file_leaves_no_gap_and_is_told(mine: Workbook, home: Path) -> None:
    before = [row.id for row in whole(listing(mine).rows)]
    files = sorted((home / "journal" / "entries").rglob("*.json"), key=lambda path: path.name)
    files[-3].write_text("{")
    other = Workbook()
    listed = listing(other)
    assert [row.id for row in whole(listed.rows)] == [entry for entry in before if entry not in files[-3].name]
    assert [unreadable.name for unreadable in other.journal.unreadable] == [files[-3].name]


def test_rows_hold_the_persons_words_and_no_number_where_nothing_is_counted(home: Path) -> None:
    ago = [Moment(END - timedelta(days=days)) for days in (4, 3, 2, 1)]
    for family, when in (("other", ago[0]), ("self-harm", ago[1])):  # what it is, was said later
        record(home, "start", {"behaviours": [{"name": "cutting", "aim": "stop", "family": family}]}, when)
        if family == "other":
            record(home, "urge-log", {"strength": 8, "after": 3, "tool": "wait"}, ago[3], about="cutting")
    record(home, "check-in", {"mood": 7, "more": "Rang\nSam"}, ago[2])
    listed = listing(Workbook())
    assert not listed.is_counted
    urge, check_in, *_starts = whole(listed.rows)
    assert "8" in Workbook().journal.find(urge.id).entry.summary()
    assert check_in.words == "Rang Sam"
    assert not any(letter.isdigit() for letter in urge.words)


def test_no_index_gives_the_same_rows(large: tuple[Path, list[Entry]], workbook: Workbook) -> None:
    rows = [row.id for row in whole(listing(workbook).rows)]
    other = Workbook()
    other.__dict__["index"] = Index(Path("/nowhere"))
    assert [row.id for row in whole(listing(other).rows)] == rows
