"""Export: every format by its command, where it lands, and what it never does."""

import csv
import json
import os
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from smartcli import trouble
from smartcli.content.catalog import Catalog
from smartcli.journal import system
from smartcli.journal.files import Folder
from smartcli.trouble import ATTENTION
from smartcli.workbook import exporting, losses, progress, terminal
from tests.conftest import Run
from tests.support.durable import Recording

IMPORTED = exporting, losses  # first: they take `say` by name, and must not keep what a test puts in its place

ALL = ("md", "html", "pdf", "csv", "json", "ics", "vault")


@pytest.fixture
def some(run: Run, tiny: Catalog) -> None:
    for number, words in enumerate(("CANARY one", "=SUM(A1)", "# not a heading [x](y)")):
        assert (
            run(
                "record", "small", "--when", f"2026-0{number + 1}-15T21:00", typed=json.dumps({"what": words})
            ).exit_code
            == 0
        )


@pytest.mark.parametrize("format_", ALL)
def test_every_format_lands_here_for_the_owner_only_and_says_that_it_is_readable(
    run: Run, some: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format_: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("export", "--as", format_)
    assert done.exit_code == 0, done.stderr
    assert "not encrypted" in done.stderr
    assert done.stdout == ""
    [made] = tmp_path.glob("journal-*")
    assert re.fullmatch(r"journal-\d{4}-\d\d-\d\d[.-]" + format_, made.name)
    for path in [made, *made.rglob("*")]:
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600)
    before = made.stat().st_mtime_ns
    again = run("export", "--as", format_)
    assert again.exit_code == 2
    assert "--force" in again.stderr
    free = re.sub(r"(\.\w+)?$", r"-2\1", made.name, count=1)
    assert f" {free} is free" in again.stderr
    assert made.stat().st_mtime_ns == before
    assert run("export", "--as", format_, "--force", "--last", "1").exit_code == 0
    assert sorted(os.listdir(tmp_path)) == sorted(["home", made.name])


@pytest.mark.parametrize(
    ("format_", "options"),
    [*((one, []) for one in ALL if one != "pdf"), ("json", ["--history"]), ("md", ["--last", "9"])],
)
def test_an_export_in_which_something_is_missing_is_written_and_needs_attention(
    run: Run, some: None, home: Path, tmp_path: Path, format_: str, options: list[str]
) -> None:
    damaged = sorted(home.glob("journal/entries/*/*.json"))[0]
    damaged.write_bytes(b"")
    target = tmp_path / "x"
    done = run("export", "--as", format_, "--output", str(target), *options)
    assert done.exit_code == ATTENTION
    assert damaged.name not in done.stderr
    files = [target] if target.is_file() else [path for path in target.rglob("*") if path.is_file()]
    written = "".join(path.read_text(encoding="utf-8-sig") for path in files)
    assert written
    if format_ != "ics":
        assert ("SUM(A1)" in written, "CANARY" in written) == (True, False)


@pytest.mark.parametrize("syncs_all", [True, False])
@pytest.mark.parametrize("format_", [one for one in ALL if one != "pdf"])  # it is written as every other file
def test_before_anything_is_said_of_an_export_no_power_cut_can_take_it(
    run: Run, some: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format_: str, syncs_all: bool
) -> None:
    disk = Recording(syncs_all=syncs_all)
    monkeypatch.setattr(system, "fs", disk)
    target, said, lost = tmp_path / "x", [], []

    def say(*lines: str) -> None:
        if lines:
            said.extend(lines)
            lost.extend(disk.lost_by_a_power_cut(target))

    monkeypatch.setattr(trouble, "say", say)
    assert run("export", "--as", format_, "--output", str(target)).exit_code == 0
    assert run("export", "--as", format_, "--output", str(target), "--force", "--last", "2").exit_code == 0
    assert any(str(target) in line for line in said)
    assert lost == []


@pytest.mark.parametrize("format_", [one for one in ALL if one not in ("csv", "vault")])
def test_standard_output_takes_the_same_bytes_and_nothing_else(
    run: Run, some: None, tmp_path: Path, format_: str
) -> None:
    done = run("export", "--as", format_, "--output", "-")
    assert done.exit_code == 0
    assert done.stderr == ""
    assert run("export", "--as", format_, "--output", str(tmp_path / "x")).exit_code == 0
    same = (
        re.sub(rb'"exported": "[^"]*"|DTSTAMP:\w+', b"", data)
        for data in (done.stdout_bytes, (tmp_path / "x").read_bytes())
    )
    assert len({*same}) == 1


def test_a_folder_does_not_fit_through_standard_output(run: Run, some: None) -> None:
    done = run("export", "--as", "vault", "--output", "-")
    assert done.exit_code == 2
    assert "folder" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("format_", ALL)
def test_when_no_entry_is_meant_it_says_so(run: Run, some: None, tmp_path: Path, format_: str) -> None:
    done = run("export", "--as", format_, "--output", str(tmp_path / "x"), "--until", "2020-01-01")
    assert done.exit_code == 0
    assert "the export is empty" in done.stderr


def test_into_a_folder_that_is_there_it_goes_under_its_own_name(run: Run, some: None, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    for format_ in ("json", "csv"):
        assert run("export", "--as", format_, "--output", str(tmp_path / "out")).exit_code == 0
    assert len([*(tmp_path / "out").glob("journal-*")]) == 2


def test_a_folder_named_outright_is_made_and_force_makes_it_anew(run: Run, some: None, tmp_path: Path) -> None:
    for more in ([], ["--force"]):
        assert run("export", "--as", "csv", "--output", str(tmp_path / "tables"), *more).exit_code == 0
    assert {path.name for path in (tmp_path / "tables").glob("*.csv")} == {"columns.csv", "entries.csv", "small.csv"}
    assert run("export", "--as", "csv", "--output", str(tmp_path / "tables")).exit_code == 2


@pytest.mark.parametrize("inside", ["journal/x", "journal/entries/x", "state/x", "config.toml", "journal/../state/x"])
def test_never_among_what_we_keep(run: Run, some: None, home: Path, inside: str) -> None:
    before = sorted(home.rglob("*"))
    (home / "state").mkdir(exist_ok=True)
    for format_ in ("md", "csv"):
        done = run("export", "--as", format_, "--force", "--output", str(home / inside))
        assert done.exit_code in (2, 3)
        assert "Nothing was written" in done.stderr
    assert [path for path in sorted(home.rglob("*")) if path.name != "state"] == [
        path for path in before if path.name != "state"
    ]


def test_nor_through_a_link_into_it(run: Run, some: None, home: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(home / "journal" / "entries")
    assert run("export", "--output", str(tmp_path / "link")).exit_code == 2
    assert run("export", "--output", str(tmp_path / "link" / "x.md")).exit_code == 2
    assert not [*(home / "journal" / "entries").glob("*.md")]


def test_a_folder_that_is_missing_is_named_as_the_reason(run: Run, some: None, tmp_path: Path) -> None:
    for format_ in ("md", "vault"):
        done = run("export", "--as", format_, "--output", str(tmp_path / "nowhere" / "x"))
        assert done.exit_code == 3
        assert "that folder does not exist" in done.stderr


def test_the_document_has_contents_whose_links_lead_to_its_headings(run: Run, some: None) -> None:
    text = run("export", "--output", "-").stdout
    tokens = MarkdownIt("commonmark").parse(text)
    anchors, links = set(), []
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            words = "".join(child.content for child in tokens[place + 1].children or [])
            anchors.add(re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-"))
        links += [str(child.attrs["href"]) for child in token.children or [] if child.type == "link_open"]
    assert len(links) == 6
    assert all(link.removeprefix("#") in anchors for link in links), (links, anchors)
    assert text.index("March 2026") < text.index("January 2026")


def test_a_deletion_whose_file_is_damaged_stands_in_every_format(run: Run, some: None, home: Path) -> None:
    """The index alone remembers it, so that no file can be read a second time."""
    assert run("delete", "last", "--yes").exit_code == 0
    assert run("review").exit_code == 0  # the index learns of it
    hidden = max((home / "journal" / "entries").rglob("*.json"), key=lambda file: file.stat().st_mtime_ns)
    assert json.loads(hidden.read_text())["state"] == "deleted"
    hidden.write_bytes(hidden.read_bytes()[:50])
    for as_ in ("md", "html"):
        made = run("export", "--as", as_, "--deleted", "--output", "-").stdout
        assert re.search(r"not a heading.*Deleted\.", made, re.DOTALL), as_
        assert made.count("Deleted.") == 1, as_
    tables = run("export", "--as", "csv", "--exercise", "small", "--deleted", "--output", "-").stdout
    assert "not a heading" in tables


def test_a_document_with_figures_and_contents_reads_no_file_more_often_than_tables(
    run: Run, some: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading is most of what a long journal costs: one reading does for the figures and the contents."""
    readings: Counter[str] = Counter()
    read = Folder.read

    def count(folder: Folder, name: str, *limit: Any) -> bytes:
        readings[name] += 1
        return read(folder, name, *limit)

    assert run("export", "--as", "md", "--output", "-").exit_code == 0  # the index learns the files
    monkeypatch.setattr(Folder, "read", count)
    read_for: dict[str, Counter[str]] = {}
    for format_ in ("csv", "md", "html"):
        assert run("export", "--as", format_, "--output", str(tmp_path / format_)).exit_code == 0
        read_for[format_] = Counter({name: number for name, number in readings.items() if name.startswith("2026")})
        readings.clear()
    assert len(read_for["csv"]) == 3
    assert read_for["md"] == read_for["html"] == read_for["csv"]


def test_the_tables_keep_words_from_running_and_filters_narrow_them(run: Run, some: None, tmp_path: Path) -> None:
    run("export", "--as", "csv", "--output", str(tmp_path / "t"), "--until", "2026-02-20")
    with (tmp_path / "t" / "small.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["what"] for row in csv.DictReader(file)] == ["'=SUM(A1)", "CANARY one"]


def test_an_entry_changed_in_two_places_is_exported_with_both(run: Run, some: None, home: Path) -> None:
    [entry] = json.loads(run("export", "--as", "json", "--output", "-", "--last", "1").stdout)["entries"]
    from smartcli.entries.entry import Entry
    from smartcli.journal.store import Journal

    journal = Journal(home / "journal")
    for words in ("here", "there"):
        fields = [{**entry["fields"][0], "answer": words}]
        journal.save(Entry({**entry, "parents": [Entry(entry).revision], "fields": fields}))
    out = json.loads(run("export", "--as", "json", "--output", "-", "--last", "1").stdout)["entries"]
    assert sorted(one["fields"][0]["answer"] for one in out) == ["here", "there"]
    out = json.loads(run("export", "--as", "json", "--history", "--output", "-", "--last", "1").stdout)["entries"]
    assert len(out) == 3


def test_half_a_character_in_a_file_made_by_hand_stops_no_format(run: Run, some: None, home: Path) -> None:
    [path] = [path for path in (home / "journal" / "entries").rglob("*.json") if "CANARY" in path.read_text()]
    path.write_text(path.read_text().replace("CANARY one", "half \\ud83d"))
    out = json.loads(run("export", "--as", "json", "--output", "-").stdout)["entries"]
    assert "half \ufffd" in [one["fields"][0]["answer"] for one in out]
    for format_ in ALL:
        assert run("export", "--as", format_, "--output", str(home / f"x-{format_}")).exit_code == 0


def test_a_bar_shows_past_a_second_on_a_terminal_and_nowhere_else(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    assert [*progress.with_progress([1, 2, 3], lambda: 3)] == [1, 2, 3]
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert [*progress.with_progress([1, 2, 3], lambda: 3)] == [1, 2, 3]
    assert "100%" in capsys.readouterr().err
    monkeypatch.setenv("SMARTCLI_PLAIN", "1")
    assert [*progress.with_progress([1, 2, 3], lambda: 3)] == [1, 2, 3]
    monkeypatch.delenv("SMARTCLI_PLAIN")
    monkeypatch.setattr(progress, "_PATIENCE", 60.0)
    assert [*progress.with_progress([1, 2, 3], lambda: 3)] == [1, 2, 3]
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("format_", ALL)
def test_at_a_terminal_a_second_export_takes_the_next_free_name_and_says_so(
    run: Run, some: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format_: str
) -> None:
    monkeypatch.setattr(terminal, "has_person", lambda: True)
    monkeypatch.chdir(tmp_path)
    for _ in range(3):
        done = run("export", "--as", format_)
        assert done.exit_code == 0, done.stderr
    names = sorted((path.name for path in tmp_path.glob("journal-*")), key=lambda name: (len(name), name))
    assert [name.partition(".")[0] for name in names[1:]] == [f"{names[0].partition('.')[0]}-{n}" for n in (2, 3)]
    assert all(name in done.stderr for name in (names[0], names[2]))
    named = run("export", "--as", format_, "--output", names[0])
    assert named.exit_code == 2, "a name that somebody typed is never changed"
    assert len([*tmp_path.glob("journal-*")]) == 3
    assert run("export", "--as", format_, "--force").exit_code == 0
    assert len([*tmp_path.glob("journal-*")]) == 3, "over the first"


@pytest.mark.parametrize(
    ("command", "name", "begins"),
    [
        (("export",), "x.json", b"{"),
        (("export",), "x.ics", b"BEGIN:VCALENDAR"),
        (("export",), "x.HTM", b"<!doctype html"),
        (("export",), "x.pdf", b"%PDF"),
        (("export",), "x.txt", b"<!-- smartcli"),
        (("export",), "x", b"<!-- smartcli"),
        (("print", "small"), "x.pdf", b"%PDF"),
        (("print", "small"), "x.markdown", b"<!-- smartcli"),
        (("print", "small"), "x", b"<!doctype html"),
        (("print", "small"), "x.txt", b"<!-- smartcli"),
        (("export", "--as", "json"), "x.zip", b"{"),
        (("plan",), "x.pdf", b"%PDF"),
    ],
)
def test_the_ending_of_the_name_says_which_format(
    run: Run, some: None, tmp_path: Path, command: tuple[str, ...], name: str, begins: bytes
) -> None:
    done = run(*command, "--output", str(tmp_path / name))
    assert done.exit_code == 0, done.stderr
    assert (tmp_path / name).read_bytes().lower().startswith(begins.lower())


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("export", "--as", "pdf", "--output", "x.html"), "html"),
        (("export", "--as", "vault", "--output", "x.md"), "md"),
        (("print", "small", "--as", "md", "--output", "x.pdf"), "pdf"),
        (("print", "small", "--output", "x.csv"), "csv"),
        (("plan", "--output", "x.json"), "json"),
        (("plan", "--as", "html", "--output", "x.md"), "md"),
        (("export", "--output", "x.csv"), "csv"),
        (("export", "--output", "x.DOCX"), "docx"),
        (("print", "small", "--output", "x.odt"), "odt"),
        (("share", "--output", "x.odt"), "as odt"),
    ],
)
def test_a_format_and_an_ending_that_do_not_fit_are_told_and_nothing_is_written(
    run: Run, some: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], named: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*words)
    assert done.exit_code == 2
    assert named in done.stderr
    assert "Nothing was written" in done.stderr
    assert not [*tmp_path.glob("x*")]


def test_a_folder_whose_name_ends_like_a_file_is_still_a_folder(run: Run, some: None, tmp_path: Path) -> None:
    (tmp_path / "notes.md").mkdir()
    assert run("export", "--as", "json", "--output", str(tmp_path / "notes.md")).exit_code == 0
    assert [path.suffix for path in (tmp_path / "notes.md").iterdir()] == [".json"]


@pytest.mark.parametrize("format_", ALL)
def test_a_period_that_ends_before_it_begins_writes_nothing(run: Run, some: None, tmp_path: Path, format_: str) -> None:
    words = ("--since", "2026-03-01", "--until", "2026-02-01")
    done = run("export", "--as", format_, "--output", str(tmp_path / "x"), *words)
    assert done.exit_code == 2
    assert "later than" in done.stderr
    assert not [path for path in tmp_path.iterdir() if path.name != "home"]


@pytest.mark.parametrize("words", [("export",), ("print", "small"), ("plan",)])
def test_a_folder_that_is_not_there_does_not_become_a_file(
    run: Run, some: None, tmp_path: Path, words: tuple[str, ...]
) -> None:
    done = run(*words, "--output", f"{tmp_path}/mistyped/")
    assert done.exit_code == 3
    assert "that folder does not exist" in done.stderr
    assert not (tmp_path / "mistyped").exists()


@pytest.mark.parametrize("command", [("print", "small"), ("plan",)])
def test_only_export_speaks_of_its_force(run: Run, some: None, tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "x.html").write_text("mine")
    done = run(*command, "--output", str(tmp_path / "x.html"))
    assert done.exit_code == 2
    assert "x-2.html is free" in done.stderr
    assert "force" not in done.stderr
