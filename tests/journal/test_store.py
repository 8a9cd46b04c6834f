"""The journal: immutable revisions, heads, and what is not ours left alone."""

import json
import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartcli.content.catalog import Catalog
from smartcli.entries.checking import as_entry
from smartcli.entries.entry import Answered, DamagedEntryError, Entry, NewerEntryError
from smartcli.entries.revisions import new_id, revised
from smartcli.fields.text import Text
from smartcli.journal import seal
from smartcli.journal.erasing import erase
from smartcli.journal.files import Folder
from smartcli.journal.heads import REVISION, order_by_history
from smartcli.journal.store import Journal
from smartcli.trouble import Trouble
from tests.conftest import CATALOGUE
from tests.support.answers import TEXTS
from tests.support.asking import entry

SMALL = Catalog(CATALOGUE / "none", CATALOGUE).find("small")


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal")


def small(words: str = "hello", day: int = 22) -> Entry:
    made = entry(SMALL, {"what": words}, day=day)
    return Entry({**made.body, "id": new_id()})


def edited(before: Entry, words: str, *, later: timedelta = timedelta(hours=12)) -> Entry:
    """Return an entry with other words, saved so much later than it was."""
    after = revised(before, [Answered(Text(id="what", ask="What?"), words)])
    saved = datetime.fromisoformat(before.body["saved"]) + later
    return Entry({**after.body, "saved": saved.isoformat(timespec="seconds")})


def tree(path: Path) -> dict[str, bytes]:
    return {str(file.relative_to(path)): file.read_bytes() for file in path.rglob("*") if file.is_file()}


@given(TEXTS)
def test_words_come_back_exactly(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    journal = Journal(tmp_path_factory.mktemp("j"))
    made = small(words)
    journal.save(made)
    head = journal.find(made.id)
    assert head.entry.answers == {"what": words}
    assert head.entry.body == made.body
    assert not head.edited_outside


def test_a_file_is_named_by_when_it_is_about_its_id_and_its_revision(journal: Journal) -> None:
    made = small(day=3)
    journal.save(made)
    [path] = (journal.path / "entries").rglob("*.json")
    assert path.name == f"20261103T210000Z-{made.id}.{made.revision}.json"
    assert path.parent.name == "2026-11"
    assert b"hello" not in path.name.encode()


def test_a_journal_says_what_it_is_to_whoever_opens_it(journal: Journal) -> None:
    journal.save(small())
    assert "smartcli journal" in (journal.path / "README.txt").read_text()
    assert json.loads((journal.path / "journal.json").read_text())["format"] == 1


def test_entries_are_utf8_json_that_any_editor_reads(journal: Journal) -> None:
    journal.save(small("grün 🌿"))
    [path] = (journal.path / "entries").rglob("*.json")
    assert '      "answer": "grün 🌿"\n' in path.read_text(encoding="utf-8")


def test_saving_the_same_twice_is_saving_once(journal: Journal) -> None:
    made = small()
    journal.save(made)
    journal.save(made)
    assert len([*(journal.path / "entries").rglob("*.json")]) == 1


def test_reading_makes_no_folder_and_writes_nothing(journal: Journal) -> None:
    assert [*journal.heads()] == []
    assert not journal.path.exists()


def test_entries_come_newest_first_and_are_read_as_they_are_reached(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in (3, 20, 11):
        journal.save(small(str(day), day=day))
    opened = []
    real = seal.opened
    monkeypatch.setattr(seal, "opened", lambda data: opened.append(1) or real(data))
    heads = journal.heads()
    assert next(heads).entry.answers["what"] == "20"
    assert len(opened) == 1
    assert [head.entry.answers["what"] for head in heads] == ["11", "3"]


def test_an_edit_is_a_new_file_and_the_old_one_stays(journal: Journal) -> None:
    first = small()
    journal.save(first)
    before = tree(journal.path)
    journal.save(edited(first, "changed"))
    after = tree(journal.path)
    assert before.items() <= after.items()
    assert len(after) == len(before) + 1
    head = journal.find(first.id)
    assert (head.entry.answers["what"], head.versions, head.others) == ("changed", 2, ())
    assert [one.answers["what"] for one in journal.versions(head)] == ["hello", "changed"]


def test_an_edit_by_a_clock_that_is_behind_comes_after_what_it_edits(journal: Journal) -> None:
    first = small()
    second = edited(first, "behind", later=timedelta(days=-3))
    third = edited(second, "further behind", later=timedelta(days=-3))
    for revision in (third, first, second):
        journal.save(revision)
    versions = journal.versions(journal.find(first.id))
    assert [version.answers["what"] for version in versions] == ["hello", "behind", "further behind"]


def test_where_history_is_silent_the_clock_orders_versions(journal: Journal) -> None:
    first = small()
    here = edited(first, "here", later=timedelta(hours=1))
    there = edited(first, "there", later=timedelta(hours=2))
    for revision in (first, there, edited(here, "here again", later=timedelta(hours=3)), here):
        journal.save(revision)
    versions = journal.versions(journal.find(first.id))
    assert [version.answers["what"] for version in versions] == ["hello", "here", "there", "here again"]


def test_revisions_that_name_each_other_in_a_circle_are_still_put_in_an_order() -> None:
    circle = {"a": ["b"], "b": ["a"], "c": ["b"]}
    assert order_by_history({"c": 1.0, "b": 3.0, "a": 2.0}, circle) == ["c", "a", "b"]


def test_erasing_by_a_clock_that_is_behind_leaves_the_newest_for_last(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = small()
    second = edited(first, "behind", later=timedelta(days=-3))
    for revision in (first, second):
        journal.save(revision)
    removed: list[str] = []
    monkeypatch.setattr(Folder, "remove", lambda self, name: removed.append(name))
    erase(journal, journal.path.parent / "state", [first.id])
    assert [name[REVISION] for name in removed] == [first.revision, second.revision]


def test_an_entry_changed_in_two_places_shows_the_newer_and_keeps_both(journal: Journal) -> None:
    first = small()
    for one in (
        first,
        edited(first, "here", later=timedelta(hours=1)),
        edited(first, "there", later=timedelta(hours=2)),
    ):
        journal.save(one)
    head = journal.find(first.id)
    assert head.entry.answers["what"] == "there"
    assert len(head.others) == 1
    assert any("two places" in note for note in head.notes())


def test_a_deleted_entry_is_hidden_and_an_edit_elsewhere_wins_over_a_deletion(journal: Journal) -> None:
    first = small()
    journal.save(first)
    journal.save(Entry({**edited(first, "hello").body, "state": "deleted"}))
    assert [*journal.heads()] == []
    assert [head.entry.deleted for head in journal.heads(deleted=True)] == [True]
    with pytest.raises(Trouble, match="hidden"):
        journal.find(first.id)
    journal.save(edited(first, "kept", later=timedelta(days=-3)))
    assert journal.find(first.id).entry.answers["what"] == "kept"


def test_an_entry_is_found_by_any_unique_beginning_of_four(journal: Journal) -> None:
    one, two = (
        Entry({**small("one").body, "id": "abcd" + "a" * 9}),
        Entry({**small("two").body, "id": "abce" + "a" * 9}),
    )
    journal.save(one)
    journal.save(two)
    assert journal.find("ABCD").entry.answers["what"] == "one"
    for name, told in [
        ("abc", "four characters"),
        ("zzzz", "No entry has that id"),
        ("", "four characters"),
    ]:
        with pytest.raises(Trouble, match=told):
            journal.find(name)
    journal.save(Entry({**small().body, "id": "abcd" + "b" * 9}))
    with pytest.raises(Trouble, match="2 entries"):
        journal.find("abcd")


def test_last_is_the_entry_saved_last_not_the_one_it_is_about(journal: Journal) -> None:
    older, newer = small("saved last", day=2), small("about the newest day", day=20)
    journal.save(Entry({**newer.body, "saved": "2026-11-22T10:00:00+00:00"}))
    journal.save(Entry({**older.body, "saved": "2026-11-22T11:00:00+00:00"}))
    assert journal.find("last").entry.answers["what"] == "saved last"


def test_a_file_edited_by_hand_is_shown_and_says_so(journal: Journal) -> None:
    made = small()
    journal.save(made)
    [path] = (journal.path / "entries").rglob("*.json")
    path.write_text(path.read_text().replace("hello", "mended").replace("\n", "\r\n"))
    head = journal.find(made.id)
    assert head.entry.answers["what"] == "mended"
    assert head.edited_outside


def test_line_ends_and_layout_changed_by_a_tool_are_no_edit(journal: Journal) -> None:
    made = small()
    journal.save(made)
    [path] = (journal.path / "entries").rglob("*.json")
    path.write_text(json.dumps(json.loads(path.read_text())))
    assert not journal.find(made.id).edited_outside


def test_copies_made_by_sync_tools_are_no_new_entries(journal: Journal) -> None:
    made = small()
    journal.save(made)
    [path] = (journal.path / "entries").rglob("*.json")
    stem = path.name.removesuffix(".json")
    for name in (f"{stem}.sync-conflict-20261122-023052-W2KRHZF.json", f"{stem} (conflicted copy).json", f"{stem} (1).json",
                 f"{stem} 2.json", f"{stem}.json..path1", f"{stem}-PC.json"):  # fmt: skip
        shutil.copy(path, path.parent / name)
    assert len([*journal.heads()]) == 1
    assert journal.unreadable == []


def test_a_revision_under_another_name_is_taken_in(journal: Journal) -> None:
    first = small()
    journal.save(first)
    [path] = (journal.path / "entries").rglob("*.json")
    (path.parent / "x (conflicted copy).json").write_bytes(seal.sealed(edited(first, "from the phone").body))
    assert journal.find(first.id).entry.answers["what"] == "from the phone"


def test_leftovers_of_other_tools_are_passed_over_in_silence(journal: Journal) -> None:
    journal.save(small())
    folder = next((journal.path / "entries").iterdir())
    for name in (
        ".syncthing.x.tmp",
        "~syncthing~x.tmp",
        ".DS_Store",
        "desktop.ini",
        "Thumbs.db",
        ".x.icloud",
        "x.part",
        "x.crdownload",
    ):
        (folder / name).write_bytes(b"?")
    assert len([*journal.heads()]) == 1
    assert journal.unreadable == []


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"", "empty"), (b"\0" * 200, "empty"), (b"{", "not readable"), (b"<html>Error</html>", "not readable"), (b"[" * 200_000, "not readable"),
     (b"<<<<<<< HEAD\n", "not readable"), (b"\xff\xfe{}", "not readable"), (b'{"format": 1}', "incomplete"), (b"[]", "not an entry"),
     (b'{"format": NaN}', "not readable"), (b"1" * 5000, "not readable")],
)  # fmt: skip
def test_a_damaged_file_is_named_left_alone_and_stops_nothing(journal: Journal, data: bytes, why: str) -> None:
    journal.save(small())
    folder = next((journal.path / "entries").iterdir())
    name = f"20261101T000000Z-{new_id()}.0123456789abcdef.json"
    (folder / name).write_bytes(data)
    before = tree(journal.path)
    assert len([*journal.heads()]) == 1
    assert [(one.name, one.why) for one in journal.unreadable] == [(name, why)]
    assert tree(journal.path) == before


def test_an_entry_of_a_newer_version_is_named_and_never_touched(journal: Journal) -> None:
    made = Entry({**small().body, "format": 99, "shape": {"unknown": 1}})
    journal.save(made)
    before = tree(journal.path)
    assert [*journal.heads()] == []
    assert journal.unreadable[0].why == "made by a newer version"
    with pytest.raises(Trouble):
        journal.find(made.id)
    assert tree(journal.path) == before


def test_keys_of_a_newer_version_outlast_an_edit(journal: Journal) -> None:
    first = Entry({**small().body, "weather": "rain"})
    first.body["fields"][0]["colour"] = "green"  # type: ignore[index]
    journal.save(first)
    journal.save(edited(first, "changed"))
    assert journal.find(first.id).entry.body["weather"] == "rain"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_a_file_that_may_not_be_read_is_named(journal: Journal) -> None:
    journal.save(small())
    [path] = (journal.path / "entries").rglob("*.json")
    path.chmod(0)
    assert [*journal.heads()] == []
    assert journal.unreadable[0].why == "cannot be opened"


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda x: st.lists(x) | st.dictionaries(st.text(), x),
    )
)
def test_no_json_is_taken_for_an_entry_that_is_none(body: object) -> None:
    with pytest.raises(DamagedEntryError):
        as_entry(body)


@given(st.data())
def test_an_entry_with_anything_in_it_is_refused_or_can_be_shown(data: st.DataObject) -> None:
    from smartcli.pages.entry import entry_page
    from smartcli.renderers import plain

    body = json.loads(json.dumps(entry(SMALL, {"what": "x"}).body))
    junk = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda x: st.lists(x, max_size=3) | st.dictionaries(st.sampled_from(
        ["id", "kind", "ask", "answer", "labels", "columns", "marks", "text", "measure", "low"]) | st.text(max_size=3), x, max_size=4))  # fmt: skip
    where = data.draw(st.sampled_from([*body, "fields.0"]))
    if where == "fields.0":
        body["fields"][0] = data.draw(
            st.dictionaries(
                st.sampled_from(["id", "kind", "ask", "answer", "labels", "columns", "marks", "headline", "measure"]),
                junk,
            )
        )
    else:
        body[where] = data.draw(junk)
    try:
        made = as_entry(body)
    except (DamagedEntryError, NewerEntryError):
        return
    assert plain.page(entry_page(made))
    assert isinstance(made.summary(), str)
    made.observations()
