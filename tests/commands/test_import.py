"""The import command: counts first, tells what came of it, and can be taken back."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from smartcli.journal import store
from smartcli.journal.store import Journal
from smartcli.trouble import Trouble
from tests.conftest import Run
from tests.exchange.reading import FILES


def ids(run: Run) -> list[str]:
    return [row["id"] for row in json.loads(run("review", "--json").stdout)]


def test_a_dry_run_counts_and_writes_nothing(run: Run, home: Path) -> None:
    done = run("import", str(FILES / "jrnl-4.6.json"), "--dry-run")
    assert done.exit_code == 0
    assert "7 entries are new." in done.stderr
    assert not home.exists()


def test_what_came_in_is_told_counted_and_readable(run: Run) -> None:
    done = run("import", str(FILES / "dayone.json"))
    assert done.exit_code == 0
    assert done.stdout == ""
    assert "3 entries are new." in done.stderr
    assert "1 photo" in done.stderr  # what stays behind is named
    shown = run("show", ids(run)[-1]).stdout
    assert "I'd do it again!" in shown
    assert "Tags: 温泉, summer" in shown


def test_an_import_asks_nothing(run: Run) -> None:
    assert run("import", str(FILES / "diary.md"), typed="").exit_code == 0


def test_a_second_import_says_that_it_is_all_here(run: Run) -> None:
    run("import", str(FILES / "diary.md"))
    done = run("import", str(FILES / "diary.md"))
    assert (done.exit_code, len(ids(run))) == (0, 3)
    assert "3 entries are in your journal already." in done.stderr
    assert "--undo" not in done.stderr


def test_undo_is_one_step_back_each_time(run: Run) -> None:
    run("import", str(FILES / "diary.md"))
    run("import", str(FILES / "daylio.csv"))
    run("import", str(FILES / "daylio.csv"))  # adds nothing, so there is nothing of it to undo
    assert "5 entries" in run("import", "--undo").stderr
    assert len(ids(run)) == 3
    run("import", "--undo")
    assert ids(run) == []
    assert run("import", "--undo").exit_code == 2


@pytest.mark.parametrize(
    "words", [[], ["x", "--undo"], ["--undo", "--dry-run"], ["--undo", "--from", "jrnl"], ["--from", "jrnl"]]
)
def test_a_file_or_undo_and_not_both(run: Run, words: list[str]) -> None:
    assert run("import", *words).exit_code == 2


@pytest.mark.parametrize(
    ("kind", "hint"), [("dailyo", "daylio"), ("dayone", "Daylio"), ("json", "Daylio"), ("x", "Without --from")]
)
def test_a_wrong_kind_is_told_and_nothing_written(run: Run, home: Path, kind: str, hint: str) -> None:
    done = run("import", str(FILES / "daylio.csv"), "--from", kind)
    assert done.exit_code == 2
    assert hint in done.stderr
    assert not (home / "journal").exists()


def test_what_cannot_be_taken_in_is_named_by_its_place_alone(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = ["2026-01-01,10:00,good,,fine", *["CANARY,10:00,good,,CANARY"] * 7]
    path.write_text("\n".join(["full_date,time,mood,activities,note", *rows]))
    done = run("import", str(path))
    assert done.exit_code == 4  # it needs attention, and the rest is in
    assert "line 3: " in done.stderr
    assert "and 2 more" in done.stderr
    assert "CANARY" not in done.stderr
    assert len(ids(run)) == 1


def test_an_export_comes_back_under_the_same_ids(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for mood in (3, 7):
        run("record", "check-in", typed=json.dumps({"mood": mood}))
    first = run("export", "--as", "json", "--output", "-").stdout
    path = tmp_path / "export.json"
    path.write_text(first)
    assert "2 entries are in your journal already." in run("import", str(path)).stderr
    monkeypatch.setenv("SMARTCLI_HOME", str(tmp_path / "other"))
    assert "2 entries are new." in run("import", str(path)).stderr
    again = run("export", "--as", "json", "--output", "-").stdout
    assert json.loads(again)["entries"] == json.loads(first)["entries"]


def test_an_export_of_a_newer_version_is_left_alone(run: Run, home: Path, tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text('{"format": 2, "entries": [{"exercise": "x", "fields": []}]}')
    done = run("import", str(path))
    assert done.exit_code == 4
    assert "newer version" in done.stderr
    assert not home.exists()


def stopped_after_a_batch(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    monkeypatch.setattr(store, "_BATCH", 2)
    real = Journal.save_all

    def save_all(journal: Journal, entries: Any, done: Any = None) -> None:
        def told(number: int) -> None:
            done(number)
            if number >= 4:
                raise error

        real(journal, entries, told)

    monkeypatch.setattr(Journal, "save_all", save_all)


@pytest.mark.parametrize(
    ("error", "code"), [(KeyboardInterrupt(), 130), (Trouble("Not saved: the disk is full.", code=3), 3)]
)
def test_an_import_that_is_cut_short_says_how_far_it_came_and_goes_on(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    with monkeypatch.context() as patched:
        stopped_after_a_batch(patched, error)
        done = run("import", str(FILES / "jrnl-4.6.json"))
    assert done.exit_code == code
    assert "4 of 7 entries" in done.stderr
    assert len(ids(run)) == 4
    again = run("import", str(FILES / "jrnl-4.6.json")).stderr
    assert "3 entries are new." in again
    assert "4 entries are in your journal already." in again
    assert len(ids(run)) == 7
    run("import", "--undo")  # the two runs were one import
    assert ids(run) == []


def test_a_folder_files_and_standard_input_are_one_import_and_one_undo(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    for day in (1, 2, 3):
        (folder / f"2026-03-0{day}.md").write_text(f"Day {day}\n")
    done = run("import", str(folder), str(FILES / "diary.txt"), "-", typed="[2026-04-01 10:00] From a pipe.\n")
    assert done.exit_code == 0
    assert "From a text with dates and jrnl: 6 entries" in done.stderr
    assert len(ids(run)) == 6
    assert "6 entries are hidden" in run("import", "--undo").stderr
    assert ids(run) == []
    again = run("import", str(folder))  # part of it is another import
    assert "3 entries come back" in again.stderr


def test_an_entry_that_is_there_more_than_once_is_told(run: Run, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("2026-03-01\nsame\n2026-03-01\nsame\n")
    done = run("import", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"))
    assert "1 entry is new." in done.stderr
    assert "3 entries are there more than once" in done.stderr


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
@pytest.mark.parametrize("name", ["jrnl-4.6.txt", "diary.md", "daylio.csv"])
def test_the_same_file_makes_the_same_entries_in_every_time_zone(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, zone: str
) -> None:
    def stored() -> str:
        run("import", str(FILES / name))
        return json.dumps(json.loads(run("export", "--as", "json", "--output", "-").stdout)["entries"])

    here = stored()
    monkeypatch.setenv("SMARTCLI_HOME", str(tmp_path / "elsewhere"))
    with monkeypatch.context() as patched:
        patched.setenv("TZ", zone)
        time.tzset()
        there = stored()
    time.tzset()
    assert there == here


HABITS = "date,habit,urge,slept,note\n2026-11-01,yes,5,7.5,a\n2026-11-02,no,,8,\n2026-11-03,maybe,2,30,b\n"
FIELDS = """
when = "date"
text = "note"
[fields]
chosen = "habit"
sleep = "slept"
urges = { column = "urge", words = { "5" = true } }
strongest = { column = "urge", scale = [1, 5] }
"""


def test_columns_answer_questions_and_what_does_not_fit_stays_as_words(run: Run, tmp_path: Path) -> None:
    (tmp_path / "h.csv").write_text(HABITS)
    (tmp_path / "m.toml").write_text(FIELDS)
    done = run("import", str(tmp_path / "h.csv"), "--from", str(tmp_path / "m.toml"))
    assert done.exit_code == 0
    assert "3 cells do not fit their questions" in done.stderr
    answers = {row["when"][:10]: json.loads(run("show", row["id"], "--json").stdout)["answers"]
               for row in json.loads(run("review", "--json").stdout)}  # fmt: skip
    assert answers["2026-11-01"] == {"chosen": True, "sleep": 7.5, "urges": True, "strongest": 10, "more": "a"}
    assert answers["2026-11-02"] == {"chosen": False, "sleep": 8}
    # the urge was not said to be one, so its strength is no answer either
    assert answers["2026-11-03"] == {"also": ["urge: 2", "habit: maybe", "slept: 30"], "more": "b"}


@pytest.mark.parametrize(
    ("field", "hint"), [("sleeep", 'Did you mean "sleep"?'), ("amounts", "Columns can answer"), ("low-mood", "Columns")]
)
def test_a_field_that_no_column_can_answer_is_told_and_nothing_written(
    run: Run, home: Path, tmp_path: Path, field: str, hint: str
) -> None:
    (tmp_path / "h.csv").write_text(HABITS.replace("7.5", ""))  # the first row says nothing to it
    (tmp_path / "m.toml").write_text(f'when = "date"\n[fields]\nchosen = "habit"\n{field} = "slept"\n')
    done = run("import", str(tmp_path / "h.csv"), "--from", str(tmp_path / "m.toml"))
    assert done.exit_code == 2
    assert hint in done.stderr
    assert not (home / "journal").exists()


def test_help_leads_from_each_program_in_a_line(run: Run) -> None:
    shown = run("import", "--help").stdout
    for program in ("jrnl", "Day One", "Daylio", "Obsidian", "Journey", "Loop"):
        assert f"{program}: smartcli import" in shown


def test_where_names_the_notes_of_imports(run: Run) -> None:
    run("import", str(FILES / "diary.md"))
    [place] = [one for one in json.loads(run("where", "--json").stdout)["places"] if one["path"].endswith("imports")]
    assert place["holds"] == "1 import"
