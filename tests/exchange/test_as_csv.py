"""Tables for a spreadsheet: what a standard reader gets back, and what a spreadsheet must never run."""

import csv
import io
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartcli.entries.entry import Entry
from smartcli.exchange.as_csv import files, one_table
from smartcli.exchange.csv_cells import csv_row, safe
from smartcli.fields import Choice, Field, Lines, Moment, Options, Practice, Table
from smartcli.fields.yes_no import YesNo
from tests.exchange.everything import EVERYTHING, entries
from tests.support.asking import entry

WOULD_RUN = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r]")


def read(pieces: Any) -> dict[str, list[dict[str, Any]]]:
    """Return every table as a standard reader gives it: numbers as numbers, words as they stand in the cell."""
    whole: dict[str, str] = {}
    for name, piece in pieces:
        whole[name] = whole.get(name, "") + piece
    tables = {}
    for name, text in whole.items():
        if name.endswith(".csv"):
            assert text.encode().startswith(b"\xef\xbb\xbf")
            reader = csv.DictReader(
                io.StringIO(text.encode().decode("utf-8-sig"), newline=""), quoting=csv.QUOTE_NONNUMERIC
            )
            tables[name] = [*reader]
    return tables


def meant(cell: Any) -> Any:
    """Return a cell as it was meant: without the apostrophe that was put before it."""
    return cell[1:] if isinstance(cell, str) and re.match(r"''*\s*[=+\-@＝＋－＠]|''*[\t\r]", cell) else cell


def apart(cell: str) -> list[str]:
    """Return the lines of a cell."""
    return [re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], line) for line in cell.split("\n")]


def answer_in(field: Field, row: dict[str, Any]) -> Any:
    """Return the answer that a row holds for a field, as the documentation of the columns says; None for none."""
    at = field.id
    if isinstance(field, Practice):
        if row[f"{at}.seconds"] == "":
            return None
        ratings = [one.split(" ") for one in apart(row[f"{at}.ratings"]) if one]
        return {"seconds": row[f"{at}.seconds"], "finished": row[f"{at}.finished"] == "yes",
                "ratings": [{"after_seconds": float(after), "value": float(value)} for after, value in ratings]}  # fmt: skip
    cell = row[f"{at}.id" if isinstance(field, Options) else at]
    if cell == "":
        return None
    if isinstance(field, YesNo):
        return cell == "yes"
    if isinstance(field, Lines) and field.marks:
        marks = [one.split() for one in apart(row[f"{at}.marks"])]
        return [{"text": text, "marks": ids} for text, ids in zip(apart(cell), marks, strict=True)]
    is_list = isinstance(field, Lines) or (isinstance(field, Options) and not isinstance(field, Choice))
    return apart(cell) if is_list else cell


def rows_in(table: Table, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the answer that the rows of a table's own file hold."""
    assert [row["row"] for row in rows] == [*range(1, len(rows) + 1)]
    given = [{column.id: answer_in(column, row) for column in table.columns} for row in rows]
    return [{name: cell for name, cell in row.items() if cell is not None} for row in given]


@given(entries())
def test_a_standard_reader_gets_back_every_answer(made: list[Entry]) -> None:
    tables = read(files(made, {"everything"}))
    assert [row["id"] for row in tables["entries.csv"]] == [entry.id for entry in made]
    rows = tables["everything.csv"]
    assert len(rows) == len(made)
    asked = {field.id: field for field in EVERYTHING.fields}
    for row, one in zip(rows, made, strict=True):
        row = {name: meant(cell) for name, cell in row.items()}
        assert row["behaviour"] == (one.behaviour or "")
        for name, answer in one.answers.items():
            field = asked[name]
            if isinstance(field, Table):
                own = [
                    {column: meant(cell) for column, cell in of_grid.items()}
                    for of_grid in tables[f"everything-{name}.csv"]
                    if of_grid["id"] == one.id
                ]
                assert rows_in(field, own) == answer
            else:
                assert answer_in(field, row) == answer, name


@given(entries())
def test_nothing_is_in_two_columns_and_no_two_columns_have_one_name(made: list[Entry]) -> None:
    pieces = [*files(made, {"everything"})]
    heads = {}
    for name, piece in pieces:
        if name.endswith(".csv"):
            heads.setdefault(name, next(csv.reader([piece.removeprefix("\ufeff")])))
    for head in heads.values():
        assert len({*head}) == len(head)
    assert not [name for name in heads["everything.csv"] if name.startswith("grid")]


@given(entries())
def test_every_column_of_answers_is_explained_and_so_is_every_id(made: list[Entry]) -> None:
    tables = read(files(made, {"everything"}))
    told = {(row["file"], row["column"]): row for row in tables["columns.csv"]}
    about = {"id", "when", "day", "date", "time", "behaviour", "row"}
    for file in ("everything.csv", "everything-grid.csv"):
        rows = tables[file]
        assert {(file, name) for row in rows for name in row} - {(file, name) for name in about} == {
            one for one in told if one[0] == file
        }
    scale = told["everything.csv", "strength"]
    assert (scale["question"], scale["kind"], scale["low"], scale["high"]) == ("Scale?", "scale", 0, 10)
    number = told["everything.csv", "count"]
    assert (number["low"], number["high"], number["unit"]) == (0, 1000, "minutes")
    assert apart(told["everything.csv", "many.marks"]["ids"]) == ["short = Short-term", "long = Long-term"]
    assert told["everything.csv", "many"]["ids"] == ""
    labels = set()
    for one in made:
        for stored in one.body["fields"]:
            if stored["id"] == "pick":
                labels |= {f"{id_} = {words}" for id_, words in stored.get("labels", {}).items()}
    assert {*filter(None, apart(told["everything.csv", "pick.id"]["ids"]))} == labels


@given(entries())
def test_no_cell_of_words_can_be_run_as_a_formula(made: list[Entry]) -> None:
    for rows in read(files(made, {"everything"})).values():
        assert not [cell for row in rows for cell in row.values() if isinstance(cell, str) and WOULD_RUN.match(cell)]


@pytest.mark.parametrize("before", ["", " ", "\t", "\r", "\n", "\u00a0", "\u3000 ", "'", "'' "])
@pytest.mark.parametrize("sign", [*"=+-@＝＋－＠"])
def test_each_sign_that_begins_a_formula_gets_an_apostrophe_whatever_stands_before_it(before: str, sign: str) -> None:
    assert safe(f"{before}{sign}1+1") == f"'{before}{sign}1+1"
    assert safe(f"1{before}{sign}1") == f"1{before}{sign}1"


@pytest.mark.parametrize("words", ["\tcmd", "\rcmd", "'\tcmd", "\t", "\r"])
def test_a_leading_tab_or_line_end_gets_an_apostrophe(words: str) -> None:
    assert safe(words) == f"'{words}"


@pytest.mark.parametrize("words", ["", "a", "'a", "''", " a", "1", "(=1)", "a\t=b", "\na"])
def test_other_words_stay_as_they_are(words: str) -> None:
    assert safe(words) == words


@given(st.from_regex(r"\A'{0,2}\s?[=+\-@\t\rＡ＝a].{0,5}\Z") | st.text())
def test_taking_one_apostrophe_away_gives_the_words_back(words: str) -> None:
    assert meant(safe(words)) == words


@pytest.mark.parametrize("number", [-5, 0, 7, -0.5])
def test_a_number_is_a_number_also_below_zero(number: float) -> None:
    assert csv_row([number, "a"], "\n") == f'{number},"a"\n'


DAY_AND_TIME = pytest.mark.parametrize(
    ("kept", "day", "clock"),
    [
        ("2026-11-24", "2026-11-24", ""),
        ("2026-11-25T00:30:00+05:30", "2026-11-25", "00:30"),
        ("2026-11-25T23:59:00-08:00", "2026-11-25", "23:59"),
    ],
)


@DAY_AND_TIME
def test_a_moment_has_its_day_and_time_on_the_clock_it_was_written_by(kept: str, day: str, clock: str) -> None:
    assert Moment(id="x", ask="?").cells(kept) == {"": kept, "date": day, "time": clock}


@DAY_AND_TIME
def test_so_has_the_entry_itself(kept: str, day: str, clock: str) -> None:
    made = entry(EVERYTHING, {"one": "x"})
    body = {
        **made.body,
        "when": kept if clock else f"{kept}T12:00:00+00:00",
        "day": "2026-11-23",
        "whole_day": not clock,
    }
    for file in ("entries.csv", "everything.csv"):
        [row] = read(files([Entry(body)], {"everything"}))[file]
        assert (row["day"], row["date"], row["time"]) == ("2026-11-23", day, clock)


def test_an_answer_named_like_a_column_of_the_entry_has_a_name_of_its_own() -> None:
    made = entry(EVERYTHING, {"one": "x"})
    fields = [{"id": name, "kind": "line", "ask": "?", "answer": f"my {name}"} for name in ("when", "id", "row")]
    [row] = read(files([Entry({**made.body, "fields": fields})], {"everything"}))["everything.csv"]
    assert row["id"] == made.id
    assert [row[f"answer-{name}"] for name in ("when", "id", "row")] == ["my when", "my id", "my row"]


@given(entries())
def test_one_table_is_that_of_the_folder_with_the_marks_of_a_spreadsheet_only_for_one(made: list[Entry]) -> None:
    of_folder = "".join(piece for name, piece in files(made, {"everything"}) if name == "everything.csv")
    notes: list[str] = []
    assert "".join(one_table(made, notes, for_a_spreadsheet=True)) == of_folder
    assert len(notes) == 1, "that the rows of the grid are not in it"
    bare = "".join(one_table(made, [], for_a_spreadsheet=False))
    assert not bare.startswith("\ufeff")
    assert [*csv.reader(io.StringIO(bare, newline=""))] == [
        *csv.reader(io.StringIO(of_folder.removeprefix("\ufeff"), newline=""))
    ]
    assert "\r\n" not in bare.replace("\r\n", "", sum("\r\n" in str(one.body) for one in made))


def test_a_table_of_nothing_has_its_head() -> None:
    assert "".join(one_table([], [], for_a_spreadsheet=False)) == '"id","when","day","date","time","behaviour"\n'


def test_the_file_of_an_exercise_of_ones_own_does_not_tell_its_name() -> None:
    grid = {"what": "x", "how": 3}
    secret = entry(EVERYTHING, {"one": "x", "grid": [grid]})
    fields = [{**field, "id": "../mike"} if field["id"] == "grid" else field for field in secret.body["fields"]]
    body = {**secret.body, "exercise": "../../leaving-mike", "fields": fields}
    names = {name for name, _ in files([Entry(body)], {"everything"})}
    assert not [name for name in names if "mike" in name or "/" in name]
    assert len(names) == 5
    names = {name for name, _ in files([Entry({**body, "exercise": "everything"})], {"everything"})}
    assert not [name for name in names if "mike" in name or "/" in name]
