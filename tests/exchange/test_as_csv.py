"""Tables for a spreadsheet: what a standard reader gets back, and what a spreadsheet must never run."""

import csv
import io
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartcli.entries.entry import Answered, Entry
from smartcli.exchange.as_csv import answer_cells, files, safe
from smartcli.fields import Choice, Field, Lines, Options, Practice, Table
from smartcli.fields.number import Number
from smartcli.fields.scale import Scale
from smartcli.fields.yes_no import YesNo
from tests.exchange.everything import EVERYTHING, entries

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


def answer_in(field: Field, row: dict[str, Any], at: str | None = None) -> Any:
    """Return the answer that a row holds for a field, as the documentation of the columns says; None for none."""
    at = at or field.id
    if isinstance(field, Table):
        cells = {column.id: column_of(column, row, f"{at}.{column.id}") for column in field.columns}
        length = max(map(len, cells.values()), default=0)
        return [
            {name: cell[number] for name, cell in cells.items() if number < len(cell) and cell[number] is not None}
            for number in range(length)
        ]
    if isinstance(field, Practice):
        if row[f"{at}.seconds"] == "":
            return None
        ratings = [one.split(" ") for one in apart(row[f"{at}.ratings"]) if one]
        return {"seconds": row[f"{at}.seconds"], "finished": row[f"{at}.finished"] == "yes",
                "ratings": [{"after_seconds": float(after), "value": float(value)} for after, value in ratings]}  # fmt: skip
    cell = row[f"{at}.id" if isinstance(field, Options) else at]
    if cell == "":
        return None
    if isinstance(field, Number | Scale):
        return float(cell)
    if isinstance(field, YesNo):
        return cell == "yes"
    if isinstance(field, Lines) and field.marks:
        marks = [one.split() for one in apart(row[f"{at}.marks"])]
        return [{"text": text, "marks": ids} for text, ids in zip(apart(cell), marks, strict=True)]
    return (
        apart(cell)
        if isinstance(field, Lines) or (isinstance(field, Options) and not isinstance(field, Choice))
        else cell
    )


def column_of(column: Field, row: dict[str, Any], at: str) -> list[Any]:
    names = [name for name in row if name == at or name.startswith(f"{at}.")]
    lines = {name: apart(row[name]) for name in names if row[name] != ""}
    length = max(map(len, lines.values()), default=0)
    return [
        answer_in(column, {name: lines[name][number] if name in lines else "" for name in names}, at)
        for number in range(length)
    ]


@given(entries())
def test_a_standard_reader_gets_back_every_answer(made: list[Entry]) -> None:
    tables = read(files(made, {"everything"}))
    assert [row["id"] for row in tables["entries.csv"]] == [entry.id for entry in made]
    rows = tables["everything.csv"]
    assert len(rows) == len(made)
    for row, entry in zip(rows, made, strict=True):
        row = {name: meant(cell) for name, cell in row.items()}
        assert row["behaviour"] == (entry.behaviour or "")
        asked = {field.id: field for field in EVERYTHING.fields}
        for name, answer in entry.answers.items():
            assert answer_in(asked[name], row) == answer, name


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
    field = Number(id="x", ask="?")
    assert answer_cells([Answered(field, number)]) == {"x": number}
    assert safe(number) == number


def test_the_file_of_an_exercise_of_ones_own_does_not_tell_its_name() -> None:
    from tests.support.asking import entry

    secret = entry(EVERYTHING, {"one": "x"})
    body = {**secret.body, "exercise": "../../leaving-mike"}
    names = {name for name, _ in files([Entry(body)], {"everything"})}
    assert not [name for name in names if "mike" in name or "/" in name]
    assert len(names) == 3
