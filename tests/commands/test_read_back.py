"""What smartcli writes, `import` reads: all of it comes in, or one sentence names the way that does."""

import json
from pathlib import Path

import pytest

from smartcli.entries.entry import Answered
from smartcli.entries.revisions import revised
from smartcli.fields import Text
from smartcli.journal.store import Journal
from smartcli.workbook.formats import ExportFormat
from tests.conftest import Run

ENTRIES = {
    "check-in": {"mood": 6, "urges": True, "strongest": 7, "more": "# 2026-01-02\n\n---\n- [x](#y), 3"},
    "journal": {"words": "Two lines,\n2026-01-03\nand a date."},
    "goals": {"goal": "walk more", "by": "2027-04-30", "steps": [{"step": "go out", "due": "2027-04-30"}]},
}
WHOLE = {ExportFormat.JSON}  # the formats that hold everything


@pytest.fixture
def made(run: Run) -> list[str]:
    """The ids of the entries of a small journal, one of them with a date of its own."""
    return [run("record", name, typed=json.dumps(answers)).stdout.strip() for name, answers in ENTRIES.items()]


def ids_here(run: Run) -> set[str]:
    return {row["id"] for row in json.loads(run("review", "--json").stdout)}


@pytest.mark.parametrize("format_", ExportFormat)
def test_an_export_comes_back_whole_or_is_named_with_the_way_back(
    run: Run, made: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format_: ExportFormat
) -> None:
    if format_ is ExportFormat.PDF:
        pytest.importorskip("fpdf")
    path = tmp_path / str(format_)
    assert run("export", "--as", format_, "--output", str(path)).exit_code == 0
    monkeypatch.setenv("SMARTCLI_HOME", str(tmp_path / "other"))
    everything = [
        path,
        *sorted(one for one in path.rglob("*") if one.suffix in (".csv", ".md") and one.stem != "README"),
    ]
    for written in everything:
        done = run("import", str(written))
        if format_ in WHOLE:
            assert done.exit_code == 0
            assert ids_here(run) == {*made}
        else:
            assert done.exit_code == 2, (written.name, done.stderr)
            assert "Nothing was written." in done.stderr
            assert "smartcli backup" in done.stderr
            assert "export --as json" in done.stderr
            assert not (tmp_path / "other" / "journal").exists()


def test_a_backup_and_a_journals_folder_are_named_with_the_way_that_takes_them(
    run: Run, made: list[str], home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = tmp_path / "b.zip"
    run("backup", str(backup))
    monkeypatch.setenv("SMARTCLI_HOME", str(tmp_path / "other"))
    for given in (backup, home / "journal"):
        done = run("import", str(given))
        assert done.exit_code == 2
        assert "backup --restore FILE" in done.stderr
        assert not (tmp_path / "other").exists()
    assert run("backup", "--restore", str(backup)).exit_code == 0
    assert ids_here(run) == {*made}


def test_one_entry_as_json_is_that_entry_and_no_other_version_of_it(
    run: Run, made: list[str], home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "shown.json"
    path.write_text(run("show", made[0], "--json").stdout)
    assert "is in your journal already" in run("import", str(path)).stderr
    two_places(home, made[0])
    shown = run("show", made[0], "--json").stdout
    path.write_text(shown)
    assert "are in your journal already" in run("import", str(path)).stderr
    monkeypatch.setenv("SMARTCLI_HOME", str(tmp_path / "other"))
    run("import", str(path))
    assert run("show", made[0], "--json").stdout == shown


def two_places(home: Path, name: str) -> None:
    """Change an entry in two places, each without the other's change."""
    journal = Journal(home / "journal")
    entry = journal.find(name).entry
    for words in ("here", "there"):
        journal.save(revised(entry, [Answered(Text(id="more", ask="?"), words)]))


def test_a_page_to_share_and_a_plan_are_known_too(run: Run, made: list[str], tmp_path: Path) -> None:
    for format_ in ("md", "html"):
        path = tmp_path / f"plan.{format_}"
        assert run("plan", "--output", str(path), "--as", format_).exit_code == 0
        done = run("import", str(path))
        assert (done.exit_code, "smartcli wrote" in done.stderr) == (2, True)


def test_all_files_of_an_export_at_once_name_the_way_back_too(
    run: Run, made: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("export", "--as", "csv", "--output", str(tmp_path / "tables"))
    monkeypatch.setenv("SMARTCLI_HOME", str(tmp_path / "other"))
    done = run("import", *map(str, sorted((tmp_path / "tables").glob("*"))))
    assert done.exit_code == 2
    assert "export --as json" in done.stderr
    assert not (tmp_path / "other").exists()
