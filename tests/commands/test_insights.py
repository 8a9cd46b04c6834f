"""`insights`: the contract of its JSON, its filters, and the whole of it through the program."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.support.made import record
from tests.support.year import write

SECTIONS = [
    "glance",
    "mood",
    "urges",
    "hours",
    "triggers",
    "contexts",
    "coping",
    "duration",
    "return",
    "scales",
    "goals",
    "signs",
    "amounts",
]
YEAR = ("--since", "2024-01-01", "--until", "2024-12-31")


@pytest.fixture
def year(home: Path) -> None:
    write(home / "journal")


def told(run: Run, *filters: str) -> dict[str, Any]:
    done = run("insights", "--json", *filters)
    assert done.exit_code == 0, done.stderr
    assert done.stderr == ""
    return dict(json.loads(done.stdout))


def section(found: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in found["sections"] if one["id"] == name)


def test_the_json_has_the_keys_that_were_promised(run: Run, year: None) -> None:
    found = told(run, *YEAR)
    assert found["period"] == {"since": "2024-01-01", "until": "2024-12-31"}
    assert len(found["noticed"]) == 3
    assert all(isinstance(one, str) for one in found["noticed"])
    assert [one["id"] for one in found["sections"]] == SECTIONS
    assert all({"id", "title", "n", "enough", "rows"} <= set(one) for one in found["sections"])
    promised = {"coping": {"name", "n", "change", "low", "high"}, "triggers": {"name", "n", "strength", "acted"},
                "hours": {"weekday", "hour", "n"}, "duration": {"half_minutes", "low", "high", "ninety_minutes", "n", "censored"}}  # fmt: skip
    for name, keys in promised.items():
        assert all(keys <= set(row) for row in section(found, name)["rows"])
        assert section(found, name)["rows"]


def test_an_empty_journal_is_no_trouble(run: Run, home: Path) -> None:
    assert [one["id"] for one in told(run)["sections"]] == SECTIONS
    assert "nothing to show" in run("insights").stdout
    assert not (home / "journal").exists()


def test_each_filter_narrows_what_is_counted(run: Run, year: None) -> None:
    every = section(told(run), "urges")["n"]
    assert section(told(run, "--exercise", "check-in"), "urges")["n"] == 0
    assert section(told(run, "--exercise", "urge-log"), "mood")["n"] == 0
    assert section(told(run, "--point", "urges"), "urges")["n"] == every
    assert section(told(run, "--about", "Drinking"), "urges")["n"] == every
    assert section(told(run, "--about", "betting"), "urges")["n"] == 0
    assert 0 < section(told(run, "--since", "2024-06-01", "--until", "2024-06-30"), "urges")["n"] < every / 4
    assert (
        sum(section(told(run, "--last", "10", "--until", "2024-12-31"), name)["n"] for name in ("urges", "mood")) <= 10
    )


def test_last_leaves_nothing_to_compare_with(run: Run, year: None) -> None:
    rows = section(told(run, "--last", "10", "--until", "2024-12-31"), "glance")["rows"]
    assert rows[0]["now"] == 10
    assert all(row["before"] is None for row in rows)


def test_a_month_stands_beside_the_one_before(run: Run, year: None) -> None:
    rows = section(told(run, "--since", "2024-06-01", "--until", "2024-06-30"), "glance")["rows"]
    may = section(told(run, "--since", "2024-05-02", "--until", "2024-05-31"), "glance")["rows"]
    assert [row["before"] for row in rows[:5]] == [row["now"] for row in may[:5]]


@pytest.mark.parametrize(
    "filters",
    [
        ["--since", "gibberish"],
        ["--since", "2024-02-01", "--until", "2024-01-01"],
        ["--last", "0"],
        ["--point", "urgs"],
    ],
)
def test_a_wrong_filter_is_told(run: Run, filters: list[str]) -> None:
    done = run("insights", *filters)
    assert done.exit_code == 2
    assert "gibberish" not in done.stderr
    assert "Traceback" not in done.stderr


def test_ratings_recorded_by_a_program_tell_how_long_urges_last(run: Run, home: Path) -> None:
    for minutes in range(1, 10):
        ratings = [{"after_seconds": minutes * 60, "value": 3}]
        record(
            home,
            "urge-log",
            {
                "strength": 7,
                "tool": "wait",
                "after": 3,
                "waiting": {"seconds": 600, "finished": True, "ratings": ratings},
            },
        )
    [row] = section(told(run), "duration")["rows"]
    assert (row["half_minutes"], row["n"], row["censored"]) == (5, 9, 0)


def test_what_is_about_self_harm_is_not_counted_even_where_the_start_lies_outside_the_filters(
    run: Run, home: Path
) -> None:
    record(
        home,
        "start",
        {
            "behaviours": [
                {"name": "it", "aim": "stop", "family": "self-harm"},
                {"name": "wine", "aim": "stop", "family": "alcohol"},
            ]
        },
    )
    for about in ("it", "wine"):
        record(home, "urge-log", {"strength": 7, "tool": "wait", "after": 3}, about=about)
    found = told(run, "--exercise", "urge-log", "--last", "5")
    assert section(found, "urges")["n"] == 1
    assert found["left_out"]
    assert "not counted" in run("insights").stdout
    assert "not counted" in run("insights", "--about", "it").stdout


def test_the_same_numbers_wherever_in_the_world_it_is_read(home: Path, year: None) -> None:
    """The clock and the zone of this machine move no entry to another day or hour."""
    outputs = set()
    for zone in ("UTC", "Pacific/Auckland", "America/Los_Angeles"):
        environment = os.environ | {"TZ": zone}
        words = [sys.executable, "-m", "smartcli", "insights", "--json", *YEAR]
        outputs.add(subprocess.run(words, env=environment, capture_output=True, check=True).stdout)
    assert len(outputs) == 1


def test_damaged_files_are_a_note_and_the_rest_is_counted(run: Run, year: None, home: Path) -> None:
    next((home / "journal" / "entries" / "2024-05").glob("*.json")).write_text("{")
    done = run("insights", "--json")
    assert done.exit_code == 0
    assert "could not be read" in done.stderr
    assert section(json.loads(done.stdout), "urges")["n"] > 100
