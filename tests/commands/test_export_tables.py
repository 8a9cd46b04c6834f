"""One csv table of one exercise: to standard output, to a file, and what is said when it cannot be."""

import csv
import io
import json
from pathlib import Path

import pytest

from smartcli.content.catalog import Catalog
from tests.conftest import Run

ALL_KINDS = {
    "one": "=1+1", "many": [{"text": "a", "marks": ["short"]}], "count": 3, "strength": 7, "pick": "walk",
    "picks": ["walk"], "order": ["walk"], "grid": [{"what": "CANARY", "how": 2}, {"what": "b", "how": 9}], "yes": False,
}  # fmt: skip


@pytest.fixture
def some(run: Run, tiny: Catalog) -> None:
    for day in (1, 2, 3):
        done = run("record", "small", "--when", f"2026-0{day}-15 21:00", typed=json.dumps({"what": f"word {day}"}))
        assert done.exit_code == 0, done.stderr


@pytest.fixture
def rows(run: Run, some: None) -> None:
    done = run("record", "everything", "--when", "2026-02-01", typed=json.dumps(ALL_KINDS))
    assert done.exit_code == 0, done.stderr


def test_standard_output_has_the_table_and_nothing_else(run: Run, some: None) -> None:
    done = run("export", "--as", "csv", "--exercise", "small", "--output", "-")
    assert (done.exit_code, done.stderr) == (0, "")
    text = done.stdout_bytes.decode()
    assert "\r" not in text
    table = [*csv.DictReader(io.StringIO(text))]
    assert next(iter(table[0])) == "id", "no mark before the first name"
    assert [(row["day"], row["date"], row["time"], row["what"]) for row in table] == [
        (f"2026-0{day}-15", f"2026-0{day}-15", "21:00", f"word {day}") for day in (3, 2, 1)
    ]


@pytest.mark.parametrize("name", ["x.csv", "X.CSV"])
def test_a_name_in_csv_is_one_file_with_the_mark_for_spreadsheets(
    run: Run, some: None, tmp_path: Path, name: str
) -> None:
    target = tmp_path / name
    done = run("export", "--as", "csv", "--exercise", "small", "--last", "2", "--output", str(target))
    assert done.exit_code == 0
    assert str(target) in done.stderr
    assert target.stat().st_mode & 0o777 == 0o600
    data = target.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 3
    assert run("export", "--as", "csv", "--exercise", "small", "--output", str(target)).exit_code == 2
    assert target.read_bytes() == data


@pytest.mark.parametrize("narrowed", [[], ["--point", "daily"], ["--last", "1"]])
@pytest.mark.parametrize("output", ["-", "x.csv"])
def test_without_an_exercise_it_names_the_option_and_writes_nothing(
    run: Run, some: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str, narrowed: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("export", "--as", "csv", "--output", output, *narrowed)
    assert done.exit_code == 2
    assert "--exercise" in done.stderr
    assert done.stdout == ""
    assert not [*tmp_path.glob("*.csv")]


@pytest.mark.parametrize("output", ["-", "x.csv"])
def test_an_unknown_exercise_is_no_empty_table(
    run: Run, some: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("export", "--as", "csv", "--exercise", "smull", "--output", output)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert not [*tmp_path.glob("*.csv")]


def test_with_no_entries_there_is_the_head_and_a_sentence(run: Run, some: None) -> None:
    done = run("export", "--as", "csv", "--exercise", "small", "--until", "2020-01-01", "--output", "-")
    assert done.exit_code == 0
    assert "the export is empty" in done.stderr
    [head] = csv.reader(io.StringIO(done.stdout))
    assert head[0] == "id"


def test_rows_are_in_the_folder_and_one_table_says_that_they_are_not_in_it(
    run: Run, rows: None, tmp_path: Path
) -> None:
    done = run("export", "--as", "csv", "--exercise", "everything", "--output", "-")
    assert done.exit_code == 0
    assert "CANARY" not in done.stdout + done.stderr
    assert "steps of a goal" in done.stderr
    done = run("export", "--as", "csv", "--output", str(tmp_path / "t"))
    assert "steps of a goal" not in done.stderr
    with (tmp_path / "t" / "everything-grid.csv").open(encoding="utf-8-sig", newline="") as file:
        table = [*csv.DictReader(file, quoting=csv.QUOTE_NONNUMERIC)]
    assert [(row["row"], row["what"], row["how"]) for row in table] == [(1, "CANARY", 2), (2, "b", 9)]
    holding = [path.name for path in (tmp_path / "t").iterdir() if "CANARY" in path.read_text("utf-8-sig")]
    assert holding == ["everything-grid.csv"], "nothing stands twice"


def test_words_cannot_run_in_one_table_either(run: Run, rows: None) -> None:
    done = run("export", "--as", "csv", "--exercise", "everything", "--output", "-")
    [row] = csv.DictReader(io.StringIO(done.stdout))
    assert (row["one"], row["time"]) == ("'=1+1", "")


def test_into_a_folder_whose_name_ends_so_it_goes_under_its_own_name(run: Run, some: None, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.csv"
    theirs.mkdir()
    (theirs / "notes.txt").write_text("theirs")
    assert run("export", "--as", "csv", "--exercise", "small", "--output", str(theirs)).exit_code == 0
    assert len([*theirs.glob("journal-*.csv")]) == 1
    assert (theirs / "notes.txt").read_text() == "theirs"


def test_no_two_tables_of_the_shipped_exercises_have_one_name() -> None:
    catalog = Catalog(Path("/nowhere"))
    names = ["entries", "columns"]
    for name in catalog.built_in_ids():
        exercise = catalog.find(name)
        names += [name, *(f"{name}-{field.id}" for field in exercise.fields if field.columns)]
    assert len(names) == len({*names})
