"""An entry changed in several places at once: each version is shown, found and exported, and none is let go of."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from smartcli.content.catalog import Catalog
from smartcli.entries.entry import Entry
from smartcli.exchange.json_entries import JsonEntries
from smartcli.journal.store import Journal
from smartcli.workbook.workbook import Workbook
from tests.conftest import Run

WORDS = ("zebra", "yak", "xerus")  # the newest first: each device wrote another
BASE = "walrus"
SAVED = ("2026-11-23T12:00:00+00:00", "2026-11-23T11:00:00+00:00", "2026-11-23T10:00:00+00:00")


def versions(base: Entry, number: int) -> list[Entry]:
    """Return next revisions of an entry, made on as many devices at once, the newest first."""
    return [
        Entry(
            {
                **base.body,
                "fields": [{**base.body["fields"][0], "answer": words, "headline": True}],
                "parents": [base.revision],
                "saved": saved,
            }
        )
        for words, saved in zip(WORDS[:number], SAVED[:number], strict=True)
    ]


@pytest.fixture(params=[2, 3])
def number(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def entry(run: Run, tiny: Catalog, number: int, home: Path) -> str:
    """The id of an entry that was changed in two or three places; what one device has comes in by a copy."""
    made = run("record", "small", typed=json.dumps({"what": BASE})).stdout.strip()
    run("record", "small", typed='{"what": "another"}')
    base = Workbook().journal.find(made).entry
    for version in versions(base, number):
        Journal(home / "journal").save(version)
    return made


def row(run: Run, *words: str, entry: str, typed: str = "") -> dict[str, Any]:
    rows = json.loads(run(*words, "--json", typed=typed).stdout)
    return next(one for one in rows if one["id"] == entry)


def test_the_list_has_every_version_marked_and_counts_one(run: Run, entry: str, number: int) -> None:
    shown = run("review")
    assert shown.exit_code == 0
    for words in WORDS[:number]:
        assert words in shown.stdout
    assert shown.stdout.count("changed in two places, the newest version") == 1
    assert shown.stdout.count("changed in two places, an older version") == number - 1
    assert "2 entries: Small (2)" in shown.stdout
    found = row(run, "review", entry=entry)
    assert [one["summary"] for one in found["others"]] == [*WORDS[1:number]]
    assert len(json.loads(run("review", "--json").stdout)) == 2


def test_words_of_any_version_are_found_in_a_list_and_as_json(run: Run, entry: str, number: int) -> None:
    for words in WORDS[:number]:
        assert words in run("search", words).stdout
        found = row(run, "search", words, entry=entry)
        assert found["found"] == words
        assert (found["found_in"] == found["revision"]) is (words == WORDS[0])
    assert BASE not in run("search", BASE).stdout


def test_show_shows_all_of_them_and_needs_attention(run: Run, entry: str, number: int) -> None:
    shown = run("show", entry)
    assert shown.exit_code == 4
    places = [shown.stdout.index(words) for words in WORDS[:number]]
    assert places == sorted(places)
    assert "changed in two places" in shown.stdout
    as_json = run("show", entry, "--json")
    assert as_json.exit_code == 4
    one = json.loads(as_json.stdout)
    assert [one["answers"]["what"], *(other["answers"]["what"] for other in one["others"])] == [*WORDS[:number]]
    assert run("history", entry).exit_code == 4


@pytest.mark.parametrize("as_", ["md", "html"])
def test_a_document_has_every_version_marked_under_one_heading(run: Run, entry: str, number: int, as_: str) -> None:
    done = run("export", "--as", as_, "--output", "-")
    assert done.exit_code == 4
    assert "Not affiliated" in done.stdout
    assert entry[:6] in done.stderr
    for words in WORDS[:number]:
        assert words in done.stdout
    assert done.stdout.count("An older version, saved") == number - 1
    assert done.stdout.count("changed in two places") == 1


def test_a_pdf_is_longer_by_every_version(run: Run, entry: str, tmp_path: Path) -> None:
    """Its letters are drawn, so they cannot be read here: all that can be seen is that there are more of them."""
    target = tmp_path / "a.pdf"
    assert run("export", "--as", "pdf", "--output", str(target)).exit_code == 4
    several = target.stat().st_size
    run("edit", entry, typed="\n")
    assert run("export", "--as", "pdf", "--output", str(target), "--force").exit_code == 0
    assert target.stat().st_size < several


def test_tables_have_a_row_for_each_and_say_which_is_newest(run: Run, entry: str, number: int, tmp_path: Path) -> None:
    assert run("export", "--as", "csv", "--output", str(tmp_path / "tables")).exit_code == 4
    [folder] = [path.parent for path in tmp_path.rglob("entries.csv")]
    for name in ("entries.csv", "*.csv"):
        for path in {*folder.glob(name)} - {folder / "columns.csv"}:
            rows = [*csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))]
            marks = [one["changed_in_two_places"] for one in rows if one["id"] == entry]
            assert marks == ["newest", *["older"] * (number - 1)]
            assert [one["changed_in_two_places"] for one in rows if one["id"] != entry] == [""]
            if path.name != "entries.csv":
                assert {one["what"] for one in rows} == {*WORDS[:number], "another"}


def test_one_table_has_a_row_for_each_too(run: Run, entry: str, number: int) -> None:
    done = run("export", "--as", "csv", "--exercise", "small", "--output", "-")
    assert done.exit_code == 4
    rows = [*csv.DictReader(io.StringIO(done.stdout))]
    marks = [row["changed_in_two_places"] for row in rows if row["id"] == entry]
    assert marks == ["newest", *["older"] * (number - 1)]
    assert {row["what"] for row in rows} == {*WORDS[:number], "another"}


def test_a_vault_has_one_note_with_every_version(run: Run, entry: str, number: int, tmp_path: Path) -> None:
    assert run("export", "--as", "vault", "--output", str(tmp_path / "vault")).exit_code == 4
    [note] = [path.read_text() for path in tmp_path.rglob(f"*{entry}.md")]
    assert "changed-in-two-places: true" in note
    assert all(words in note for words in WORDS[:number])
    days = "".join(path.read_text() for path in tmp_path.rglob("days/*.md"))
    assert days.count(entry) == 1
    others = [path.read_text() for path in tmp_path.rglob("entries/*.md") if entry not in path.name]
    assert len(others) == 1
    assert "changed-in-two-places" not in others[0]


def test_json_names_the_versions_and_holds_each_as_it_is_stored(run: Run, entry: str, tmp_path: Path) -> None:
    target = tmp_path / "all.json"
    assert run("export", "--as", "json", "--output", str(target)).exit_code == 4
    heads = Workbook().journal.find(entry).revisions()
    assert json.loads(target.read_text())["in_two_places"] == {entry: heads}
    read = [Entry(body) for body in JsonEntries(iter([target.read_text()]))]
    assert [one.revision for one in read if one.id == entry] == heads
    elsewhere = Journal(tmp_path / "elsewhere")
    elsewhere.save_all(read)
    assert elsewhere.find(entry).revisions() == heads


def test_input_that_ends_before_anything_is_given_chooses_nothing(run: Run, entry: str, home: Path) -> None:
    assert run("where").exit_code == 4
    before = sorted((home / "journal" / "entries").rglob("*.json"))
    assert run("edit", entry, typed="").exit_code == 0
    assert sorted((home / "journal" / "entries").rglob("*.json")) == before


def test_what_entries_show_counts_one_version(run: Run, entry: str) -> None:
    counted = run("insights", "--json").stdout
    run("edit", entry, typed="\n")
    assert run("show", entry).exit_code == 0
    assert run("insights", "--json").stdout == counted


def test_hidden_and_brought_back_nothing_of_it_is_lost(run: Run, entry: str, number: int) -> None:
    for _ in range(2):
        hidden = run("delete", entry, "--yes")
        assert "come back together" in hidden.stderr
        assert len(json.loads(run("review", "--json").stdout)) == 1
        assert "all versions are back" in run("restore", entry).stderr
        found = row(run, "review", entry=entry)
        assert [found["summary"], *(one["summary"] for one in found["others"])] == [*WORDS[:number]]
    assert run("show", entry).exit_code == 4


def test_what_is_not_hidden_is_not_brought_back_over_another_version(run: Run, entry: str, home: Path) -> None:
    before = sorted(path.name for path in home.rglob("*.json"))
    done = run("restore", entry)
    assert done.exit_code == 4
    assert f"smartcli edit {entry[:6]}" in done.stderr
    assert sorted(path.name for path in home.rglob("*.json")) == before


def test_one_that_is_asked_for_by_name_stands_and_the_others_are_told_of(run: Run, entry: str, number: int) -> None:
    wanted = Workbook().journal.find(entry).others[0].revision
    done = run("restore", entry, "--revision", wanted)
    assert "smartcli history" in done.stderr
    shown = run("show", entry, "--json")
    assert shown.exit_code == 0
    assert json.loads(shown.stdout)["answers"]["what"] == WORDS[1]
    assert len(json.loads(shown.stdout)["parents"]) == number


def test_versions_that_say_the_same_are_one(run: Run, tiny: Catalog, home: Path) -> None:
    made = run("record", "small", typed='{"what": "the same"}').stdout.strip()
    base = Workbook().journal.find(made).entry
    for saved in SAVED:
        Workbook().journal.save(Entry({**base.body, "parents": [base.revision], "saved": saved}))
    assert run("show", made).exit_code == 0
    assert "two places" not in run("review").stdout
    assert run("export", "--output", "-").exit_code == 0
    assert len(Workbook().journal.find(made).revisions()) == 3


def test_a_version_of_another_day_stands_beside_its_entry(run: Run, tiny: Catalog) -> None:
    made = run("record", "small", "--when", "2026-11-20T10:00", typed='{"what": "x"}').stdout.strip()
    base = Workbook().journal.find(made).entry
    newest, older = versions(base, 2)
    Workbook().journal.save(newest)
    Workbook().journal.save(Entry({**older.body, "when": "2026-10-02T10:00:00+00:00", "day": "2026-10-02"}))
    listed = run("review").stdout
    assert listed.index(WORDS[0]) < listed.index(WORDS[1])
    assert listed.count("November") == 1
    written = run("export", "--output", "-").stdout
    assert written.count("\n## ") == 2, "the contents and one month"
    assert "2 October" in written


# --- a newest version that cannot be read


@pytest.fixture
def behind(run: Run, tiny: Catalog, home: Path) -> tuple[str, Path]:
    """An entry and the file of its newest version, emptied."""
    made = run("record", "small", typed=json.dumps({"what": BASE})).stdout.strip()
    run("edit", made, typed="zebra\n")
    newest = Workbook().journal.find(made).revision
    path = home / "journal" / "entries" / newest.folder / newest.name
    path.write_bytes(b"")
    return made, path


UNREAD = "A newer version of this cannot be read just now."


@pytest.mark.parametrize("is_remembered", [True, False])
def test_an_older_version_never_stands_in_silence(
    run: Run, behind: tuple[str, Path], home: Path, is_remembered: bool
) -> None:
    made, path = behind
    if not is_remembered:
        (home / "state" / "index").unlink()
    before = path.parent.stat().st_mtime_ns, path.read_bytes()
    shown = run("show", made)
    assert (shown.exit_code, BASE in shown.stdout, UNREAD in shown.stdout) == (4, True, True)
    assert json.loads(run("show", made, "--json").stdout)["unread"] == 1
    assert run("history", made).exit_code == 4
    edited = run("edit", made, typed="other\n")
    assert (edited.exit_code, UNREAD in edited.stderr) == (4, True)
    listed = run("review")
    assert (listed.exit_code, "a newer version cannot be read" in listed.stdout) == (0, True)
    for as_ in ("md", "html", "json", "csv", "vault"):
        output = str(home / as_) if as_ in ("csv", "vault") else "-"
        done = run("export", "--as", as_, "--output", output)
        assert (done.exit_code, made[:6] in done.stderr) == (4, True), as_
    assert run("restore", made).exit_code == 4
    assert (path.parent.stat().st_mtime_ns, path.read_bytes()) == before


def test_an_older_version_that_cannot_be_read_is_no_newer_one(run: Run, behind: tuple[str, Path]) -> None:
    made, path = behind
    [first] = [other for other in path.parent.iterdir() if other != path]
    path.write_bytes(b"")
    base = first.read_bytes()
    first.write_bytes(b"")
    assert run("show", made).exit_code == 4, "nothing of it can be read"
    first.write_bytes(base)
    newer = Entry({**json.loads(base), "parents": [path.name[31:47]], "saved": SAVED[0]})
    Workbook().journal.save(newer)
    assert run("show", made).exit_code == 0


@pytest.mark.parametrize("rename", [".{name}.icloud", "{stem} (conflicted copy).json", "{stem}.sync-conflict-1.json"])
def test_it_is_known_by_any_name_that_a_tool_gives_it(run: Run, behind: tuple[str, Path], rename: str) -> None:
    made, path = behind
    path.rename(path.with_name(rename.format(name=path.name, stem=path.stem)))
    shown = run("show", made)
    assert (shown.exit_code, UNREAD in shown.stdout) == (4, True)


def test_once_it_can_be_read_again_it_stands(run: Run, tiny: Catalog, home: Path) -> None:
    made = run("record", "small", typed=json.dumps({"what": BASE})).stdout.strip()
    run("edit", made, typed="zebra\n")
    newest = Workbook().journal.find(made).revision
    path = home / "journal" / "entries" / newest.folder / newest.name
    data = path.read_bytes()
    path.write_bytes(b"")
    assert run("show", made).exit_code == 4
    path.write_bytes(data)
    shown = run("show", made)
    assert (shown.exit_code, "zebra" in shown.stdout) == (0, True)


# --- a deletion that cannot be read


@pytest.mark.parametrize("damage", [b"", b"{", b"\0" * 700, None])
@pytest.mark.parametrize("look_first", [True, False])
def test_a_deletion_that_cannot_be_read_brings_nothing_back(
    run: Run, tiny: Catalog, home: Path, damage: bytes | None, look_first: bool
) -> None:
    made = run("record", "small", typed=json.dumps({"what": BASE})).stdout.strip()
    run("delete", made, "--yes")
    if look_first:
        run("review")
        run("insights")
    head = Workbook().journal.find(made, deleted=True)
    path = home / "journal" / "entries" / head.revision.folder / head.revision.name
    if damage is None:
        path.rename(path.with_name(f".{path.name}.icloud"))
    else:
        path.write_bytes(damage)
    for _ in range(2):
        assert json.loads(run("review", "--json").stdout) == []
        assert BASE not in run("export", "--output", "-").stdout
        assert run("show", made).exit_code == 2
        assert "could not read" in run("where").stdout
    again = Workbook().journal.find(made, deleted=True)
    assert (again.entry.revision, again.entry.deleted) == (head.revision.revision, True)
    assert run("restore", made).exit_code == 0
    assert run("show", made).exit_code == 0


def test_one_that_nothing_remembers_is_listed_with_a_note(run: Run, tiny: Catalog, home: Path) -> None:
    made = run("record", "small", typed=json.dumps({"what": BASE})).stdout.strip()
    run("delete", made, "--yes")
    head = Workbook().journal.find(made, deleted=True)
    (home / "journal" / "entries" / head.revision.folder / head.revision.name).write_bytes(b"")
    (home / "state" / "index").unlink()
    assert "a newer version cannot be read just now" in run("review").stdout
    assert run("show", made).exit_code == 4
