"""Taking in entries: what is new, what is here already, whose changes stand, and taking it all back."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartcli.content.catalog import Catalog
from smartcli.entries.entry import DELETED, LIVE, Answered, Entry
from smartcli.entries.revisions import revised, with_state
from smartcli.exchange.as_json import exported
from smartcli.exchange.kinds import read_sources
from smartcli.exchange.sources import open_sources
from smartcli.fields.text import Text
from smartcli.journal.imports import Imports
from smartcli.journal.store import Journal
from smartcli.trouble import Trouble
from smartcli.workbook.imported_entry import entry_id
from smartcli.workbook.importing import Count, Importer
from smartcli.workbook.undo_import import undo
from tests.conftest import CATALOGUE
from tests.exchange.reading import FILES
from tests.support.answers import TEXTS, answers
from tests.support.asking import entry as filled

SHIPPED = Catalog(Path("/nowhere"))
EVERYTHING = Catalog(CATALOGUE / "none", CATALOGUE).find("everything")


def nothing(_: int) -> None:
    """Nobody watches."""


def take_in(journal: Journal, path: Path, *, imports: Imports | None = None, kind: str | None = None) -> Count:
    """Import a file as the command does."""
    with open_sources([path]) as sources:
        importer = Importer(journal, lambda: read_sources(sources, kind), SHIPPED.find, time(4))
        count = importer.count()
        if imports and count.adding:
            imports.note(importer.name, importer.brought)
        importer.write()
    return count


def tree(journal: Journal) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (journal.path / "entries").rglob("*.json")}


def live(journal: Journal) -> dict[str, Any]:
    return {head.entry.id: head.entry.answers for head in journal.heads()}


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal")


@pytest.fixture
def imports(tmp_path: Path) -> Imports:
    return Imports(tmp_path / "state" / "imports")


@pytest.fixture
def dayone(tmp_path: Path) -> Callable[..., Path]:
    """A file of Day One's with these texts, by uuid."""

    def make(**texts: str) -> Path:
        entries = [{"uuid": name, "creationDate": "2024-07-01T10:00:00Z", "text": text} for name, text in texts.items()]
        path = tmp_path / "dayone-made.json"
        path.write_text(json.dumps({"entries": entries}))
        return path

    return make


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """Return revisions of a few entries: made, edited, hidden and brought back."""
    made: list[Entry] = []
    for number in range(draw(st.integers(1, 3))):
        first = filled(EVERYTHING, draw(answers(EVERYTHING.fields)), day=1 + number)
        now = Entry({**first.body, "id": "abcdefghijklm"[:12] + "abc"[number], **draw(UNKNOWN)})
        made.append(now)
        for step in draw(st.lists(st.sampled_from(["edit", "hide", "bring back"]), max_size=3)):
            saved = f"2026-11-23T10:00:{len(made):02}+00:00"
            if step == "edit":
                after = revised(now, [Answered(Text(id="free", ask="?"), draw(TEXTS))])
            else:
                after = with_state(now, DELETED if step == "hide" else LIVE, [now.revision])
            now = Entry({**after.body, "saved": saved})
            made.append(now)
    return made


UNKNOWN = st.dictionaries(
    st.sampled_from(["x-later", "😀"]), st.one_of(st.integers(), TEXTS, st.lists(st.none(), max_size=2))
)


@given(made=histories())
def test_an_export_into_an_empty_journal_is_the_same_journal_and_again_adds_nothing(
    tmp_path_factory: pytest.TempPathFactory, made: list[Entry]
) -> None:
    folder = tmp_path_factory.mktemp("j")
    first, second = Journal(folder / "a"), Journal(folder / "b")
    first.save_all(made)
    every = (one for head in first.heads(deleted=True) for one in first.versions(head))
    path = folder / "export.json"
    path.write_text("".join(exported(every)), encoding="utf-8")
    count = take_in(second, path)
    assert count.adding == len(tree(first))
    assert tree(second) == tree(first)  # the same names, ids, revisions, history and bytes
    assert live(second) == live(first)
    for journal in (first, second):
        assert take_in(journal, path).adding == 0
        assert tree(journal) == tree(first)


def test_what_both_sides_have_is_one_and_neither_is_overwritten(journal: Journal, tmp_path: Path) -> None:
    mine = filled(EVERYTHING, {"one": "first"}, day=1)
    theirs = Entry(
        {**revised(mine, [Answered(Text(id="one", ask="?"), "theirs")]).body, "saved": "2026-11-25T00:00:00+00:00"}
    )
    own = Entry(
        {**revised(mine, [Answered(Text(id="one", ask="?"), "own")]).body, "saved": "2026-11-24T00:00:00+00:00"}
    )
    journal.save_all([mine, own])
    path = tmp_path / "a.json"
    path.write_text("".join(exported([mine, theirs])), encoding="utf-8")
    count = take_in(journal, path)
    assert dict(count.states) == {"here": 1, "version": 1}
    [head] = journal.heads()
    assert {head.revision.revision, *(one.revision for one in head.others)} == {own.revision, theirs.revision}


def test_damaged_and_newer_entries_are_left_and_named_and_the_rest_comes_in(journal: Journal, tmp_path: Path) -> None:
    good = filled(EVERYTHING, {"one": "first"}, day=1)
    deep: Any = "x"
    for _ in range(40):
        deep = [deep]
    bodies = [
        good.body,
        {**good.body, "format": 99},
        {**good.body, "id": "../../evil"},
        {**good.body, "when": "soon"},
        {**good.body, "when": "0001-01-01T00:00:00+00:00"},
        {**good.body, "fields": [{"id": "one", "kind": "line", "answer": "\ud800"}]},
        {**good.body, "extra": deep},
        7,
        {**good.body, "x": "y" * 9_000_000},
    ]
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"format": 1, "entries": bodies}))
    count = take_in(journal, path)
    assert (count.adding, [one.place for one in count.left]) == (1, [f"entry {number}" for number in range(2, 10)])
    assert [one.why for one in count.left[:2]] == ["made by a newer version", "no id"]
    assert list(tree(journal)) == [next(iter(tree(journal)))]


@pytest.mark.parametrize(
    "name", ["jrnl-4.6.json", "jrnl-4.6.txt", "dayone.json", "daylio.csv", "diary.md", "diary.txt"]
)
def test_a_second_import_adds_nothing_and_every_device_makes_the_same_entries(
    journal: Journal, tmp_path: Path, name: str
) -> None:
    first = take_in(journal, FILES / name)
    there = tree(journal)
    again = take_in(journal, FILES / name)
    assert (again.adding, again.states["here"]) == (0, first.adding)
    assert tree(journal) == there
    elsewhere = Journal(tmp_path / "elsewhere")
    take_in(elsewhere, FILES / name)
    assert tree(elsewhere) == there


def test_either_export_of_jrnl_is_the_same_journal(journal: Journal) -> None:
    take_in(journal, FILES / "jrnl-4.6.json")
    assert take_in(journal, FILES / "jrnl-4.6.txt").adding == 0


def test_entries_land_at_their_time_where_a_mood_or_words_belong(journal: Journal) -> None:
    take_in(journal, FILES / "daylio.csv")
    by_exercise: dict[str, list[Entry]] = {}
    for head in journal.heads():
        by_exercise.setdefault(head.entry.exercise, []).append(head.entry)
        assert not [one for one in head.entry.fields if one.field.check(one.answer)]
    assert sorted(map(len, by_exercise.values())) == [1, 4]
    newest = by_exercise["check-in"][0]
    assert (newest.first("mood"), newest.day.isoformat(), newest.answers["more"].split("\n")[0]) == (
        5,
        "2026-07-27",
        "Half way",
    )
    assert newest.when.at.isoformat().startswith("2026-07-27T13:48:00")
    assert by_exercise["journal"][0].answers["words"] == "Mood: so-so in my own way\nActivities: tea, bus"


def test_the_entry_saved_last_stays_the_persons_own(journal: Journal) -> None:
    own = filled(EVERYTHING, {"one": "mine"}, day=20)
    journal.save(own)
    take_in(journal, FILES / "jrnl-4.6.json")
    assert journal.find("last").entry.id == own.id


def test_the_same_words_at_the_same_time_are_taken_once_and_told(journal: Journal, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("2026-01-01\nsame\n2026-01-01\nsame\n2026-01-01\nother\n2026-01-01\nsame\n")
    count = take_in(journal, path)
    assert (count.adding, count.again) == (2, 2)
    assert take_in(journal, path).adding == 0


def test_two_entries_that_only_their_stars_tell_apart_are_two(journal: Journal, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("[2026-01-01 10:00] same\n\n[2026-01-01 10:00] same *\n\n[2026-01-01 10:00] same\n")
    count = take_in(journal, path)
    assert (count.adding, count.again) == (2, 1)
    assert take_in(journal, path).adding == 0


def test_a_longer_export_of_the_same_journal_adds_what_is_new(journal: Journal, dayone: Callable[..., Path]) -> None:
    take_in(journal, dayone(A="one"))
    count = take_in(journal, dayone(B="two", A="one"))
    assert dict(count.states) == {"new": 1, "here": 1}


def test_a_question_that_is_worded_otherwise_by_now_makes_no_next_version(
    journal: Journal, dayone: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert take_in(journal, dayone(a="one")).states["new"] == 1
    diary = SHIPPED.find("journal")
    reworded = replace(diary, fields=tuple(replace(field, ask=f"{field.ask} Otherwise.") for field in diary.fields))
    monkeypatch.setattr(SHIPPED, "find", lambda name: reworded if name == "journal" else Catalog.find(SHIPPED, name))
    assert take_in(journal, dayone(a="one")).states["here"] == 1
    assert take_in(journal, dayone(a="one two")).states["version"] == 1


def test_what_was_changed_elsewhere_is_a_next_version(journal: Journal, dayone: Callable[..., Path]) -> None:
    take_in(journal, dayone(A="one"))
    assert dict(take_in(journal, dayone(A="one and more")).states) == {"version": 1}
    [head] = journal.heads()
    assert (head.entry.answers["words"], head.versions, head.others) == ("one and more", 2, ())
    assert take_in(journal, dayone(A="one and more")).adding == 0


@pytest.mark.parametrize(
    "corrected",
    [
        {"creationDate": "2024-06-30T10:00:00Z"},
        {"creationDate": "2024-07-01T10:00:01Z"},
        {"creationDate": "2023-07-01T10:00:00Z"},
        {"creationDate": "2024-07-01T10:00:00Z", "isAllDay": True},
    ],
)
def test_a_date_corrected_elsewhere_is_a_next_version_at_its_new_time(
    journal: Journal, dayone: Callable[..., Path], corrected: dict[str, Any]
) -> None:
    path = dayone(A="one", B="two")
    take_in(journal, path)
    before = {head.entry.id: head.entry.when for head in journal.heads()}
    file = json.loads(path.read_text())
    file["entries"][0] |= corrected
    path.write_text(json.dumps(file))
    assert dict(take_in(journal, path).states) == {"version": 1, "here": 1}
    after = {head.entry.id: head.entry.when for head in journal.heads()}
    a, b = (entry_id("dayone", name, 0) for name in "AB")
    assert (after[a] != before[a], after[b]) == (True, before[b])
    assert live(journal)[a] == {"words": "one"}
    assert take_in(journal, path).adding == 0


@pytest.mark.parametrize(
    "then", [{"A": "one"}, {"A": "one", "B": "otherwise"}, {"A": "one", "B": "two", "C": "three"}, {}]
)
def test_a_file_that_is_not_what_was_counted_any_more_is_told(
    journal: Journal, dayone: Callable[..., Path], then: dict[str, str]
) -> None:
    path = dayone(A="one", B="two")
    with open_sources([path]) as sources:
        importer = Importer(journal, lambda: read_sources(sources, None), SHIPPED.find, time(4))
        assert importer.count().adding == 2
        dayone(**then)
        with pytest.raises(Trouble) as told:
            importer.write()
    assert told.value.code != 0
    assert all(answers["words"] in ("one", "two") for answers in live(journal).values())


def test_what_was_changed_or_deleted_here_stays_so(journal: Journal, dayone: Callable[..., Path]) -> None:
    take_in(journal, dayone(A="one", B="two"))
    a, b = (journal.find(entry_id("dayone", name, 0)) for name in "AB")
    journal.save(revised(a.entry, [Answered(Text(id="words", ask="?"), "mine now")]))
    journal.save(with_state(b.entry, DELETED, b.revisions()))
    stands = live(journal)
    count = take_in(journal, dayone(A="one, changed", B="two"))
    assert (count.adding, dict(count.states)) == (0, {"changed": 1, "hidden": 1})
    assert live(journal) == stands


def test_undo_hides_all_of_one_import_and_nothing_else(journal: Journal, imports: Imports) -> None:
    journal.save(filled(EVERYTHING, {"one": "mine"}, day=20))
    take_in(journal, FILES / "jrnl-4.6.json", imports=imports)
    stands = live(journal)
    take_in(journal, FILES / "daylio.csv", imports=imports)
    files = set(tree(journal))
    last = imports.last()
    assert last
    assert undo(journal, last) == (5, 0, 0)
    assert live(journal) == stands
    assert set(tree(journal)) > files  # nothing was unlinked
    assert undo(journal, last) == (0, 0, 0)  # again is the same as once


def test_an_import_after_its_undo_brings_everything_back(journal: Journal, imports: Imports) -> None:
    take_in(journal, FILES / "daylio.csv", imports=imports)
    stands = live(journal)
    for _ in range(2):
        last = imports.last()
        assert last
        undo(journal, last)
        imports.forget(last.name)
        assert live(journal) == {}
        assert dict(take_in(journal, FILES / "daylio.csv", imports=imports).states) == {"back": 5}
        assert live(journal) == stands


def test_undo_leaves_what_was_changed_since(journal: Journal, imports: Imports, dayone: Callable[..., Path]) -> None:
    take_in(journal, dayone(A="one", B="two", C="three"), imports=imports)
    a, b = (journal.find(entry_id("dayone", name, 0)) for name in "AB")
    journal.save(revised(a.entry, [Answered(Text(id="words", ask="?"), "mine now")]))
    journal.save(with_state(b.entry, DELETED, b.revisions()))
    last = imports.last()
    assert last
    assert undo(journal, last) == (1, 0, 1)
    assert live(journal) == {a.entry.id: {"words": "mine now"}}
    # the one that the person deleted stays deleted, whatever is imported later
    again = take_in(journal, dayone(A="one", B="two", C="three"))
    assert dict(again.states) == {"changed": 1, "hidden": 1, "back": 1}
    assert b.entry.id not in live(journal)


def test_undo_of_a_newer_version_puts_back_what_stood_before(
    journal: Journal, imports: Imports, dayone: Callable[..., Path]
) -> None:
    take_in(journal, dayone(A="one"))
    stands = live(journal)
    take_in(journal, dayone(A="one and more"), imports=imports)
    last = imports.last()
    assert last
    assert undo(journal, last) == (0, 1, 0)
    assert live(journal) == stands


def test_an_undone_version_comes_back_with_the_next_import(
    journal: Journal, imports: Imports, dayone: Callable[..., Path]
) -> None:
    take_in(journal, dayone(A="one"))
    take_in(journal, dayone(A="one and more"), imports=imports)
    last = imports.last()
    assert last
    undo(journal, last)
    assert dict(take_in(journal, dayone(A="one")).states) == {"here": 1}
    assert dict(take_in(journal, dayone(A="one and more")).states) == {"back": 1}
    [head] = journal.heads()
    assert head.entry.answers["words"] == "one and more"


@given(runs=st.lists(st.dictionaries(st.sampled_from("ABC"), st.sampled_from(["one", "two"]), min_size=1), max_size=5))
def test_each_undo_takes_back_one_import_however_the_files_changed_in_between(
    tmp_path_factory: pytest.TempPathFactory, runs: list[dict[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("j")
    journal, imports, path = Journal(folder / "a"), Imports(folder / "imports"), folder / "export.json"
    stood = []
    for texts in runs:
        entries = [{"uuid": name, "creationDate": "2024-07-01T10:00:00Z", "text": text} for name, text in texts.items()]
        path.write_text(json.dumps({"entries": entries}))
        before = live(journal)
        if take_in(journal, path, imports=imports).adding:
            stood.append(before)
    while last := imports.last():
        assert undo(journal, last).left == 0
        imports.forget(last.name)
        assert live(journal) == stood.pop()
    assert not stood


@given(made=histories())
def test_undo_of_our_own_export_hides_it_and_the_next_import_brings_it_back(
    tmp_path_factory: pytest.TempPathFactory, made: list[Entry]
) -> None:
    folder = tmp_path_factory.mktemp("j")
    journal, imports, path = Journal(folder / "a"), Imports(folder / "imports"), folder / "export.json"
    path.write_text("".join(exported(made)), encoding="utf-8")
    take_in(journal, path, imports=imports)
    stands = live(journal)
    for _ in range(2):
        last = imports.last()
        assert last
        undo(journal, last)
        assert live(journal) == {}
        take_in(journal, path, imports=imports)
        assert live(journal) == stands


@given(made=histories(), cut=st.integers(0, 12))
def test_undo_of_a_longer_history_puts_back_the_shorter_one(
    tmp_path_factory: pytest.TempPathFactory, made: list[Entry], cut: int
) -> None:
    folder = tmp_path_factory.mktemp("j")
    journal, imports, path = Journal(folder / "a"), Imports(folder / "imports"), folder / "export.json"
    journal.save_all(made[:cut])
    stands = live(journal)
    path.write_text("".join(exported(made)), encoding="utf-8")
    take_in(journal, path, imports=imports)
    last = imports.last()
    if last:
        assert undo(journal, last).left == 0
    assert live(journal) == stands


def test_the_note_of_an_import_holds_no_words(journal: Journal, imports: Imports, dayone: Callable[..., Path]) -> None:
    take_in(journal, dayone(A="CANARY"), imports=imports)
    [note] = imports.folder.iterdir()
    assert b"CANARY" not in note.read_bytes()
    assert note.stat().st_mode & 0o777 == 0o600


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=6), inside, max_size=3),
    max_leaves=8,
)
KEYS = ("uuid", "creationDate", "timeZone", "text", "tags", "location", "weather", "photos", "starred", "isAllDay", "title", "body", "date", "time",
        "exercise", "fields", "format", "id", "parents", "when", "day", "saved", "started", "state", "point")  # fmt: skip
GOOD = st.sampled_from(
    [
        "2026-01-01",
        "10:00",
        "2026-01-01T10:00:00Z",
        "Europe/Berlin",
        "words",
        "live",
        "aaaaaaaaaaaaa",
        1,
        [],
        [{"id": "x"}],
        True,
    ]
)
ODD = st.dictionaries(st.sampled_from(KEYS), GOOD | JSON, max_size=len(KEYS))


@given(bodies=st.lists(ODD | JSON, max_size=4), more=st.binary(max_size=6))
def test_json_of_any_shape_comes_in_or_is_told_and_never_half(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[Any], more: bytes
) -> None:
    path = tmp_path_factory.mktemp("f") / "a.json"
    path.write_bytes(json.dumps({"entries": bodies}).encode("utf-8", "replace") + more)
    told_or_whole(path)


TEXTUAL = st.lists(
    st.sampled_from(["2026-01-01", "# 2026-01-02 x", "[2026-01-01 09:00] t *", "full_date,time,mood,activities,note", "2026-01-01,10:00,good,a | b,", '"', ",", ";", "\r", "\0", "\ufeff", "{", "PK\x03\x04", "\x1b[2J"])
    | st.text(max_size=10),
    max_size=12,
)  # fmt: skip


@given(
    parts=TEXTUAL,
    glue=st.sampled_from(["\n", "", "\r\n"]),
    ending=st.sampled_from([".txt", ".csv", ".md", ".json", ".zip"]),
    more=st.binary(max_size=6),
)
def test_text_of_any_shape_comes_in_or_is_told_and_never_half(
    tmp_path_factory: pytest.TempPathFactory, parts: list[str], glue: str, ending: str, more: bytes
) -> None:
    path = tmp_path_factory.mktemp("f") / f"a{ending}"
    path.write_bytes(glue.join(parts).encode("utf-8", "surrogatepass") + more)
    told_or_whole(path)


def told_or_whole(path: Path) -> None:
    """Import a file: what it adds is all readable and comes in once, or a trouble is told and nothing is written."""
    journal = Journal(path.parent / "journal")
    try:
        count = take_in(journal, path)
    except Trouble:
        assert not journal.exists()
        return
    assert len(tree(journal)) == count.adding
    heads = [*journal.heads(deleted=True)]
    assert not journal.unreadable
    for head in heads:
        assert head.entry.summary() is not None
        assert head.entry.fields is not None
    assert take_in(journal, path).adding == 0
