"""Days in options: one today for the program and the person, and periods."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from typer.testing import Result

from smartcli.content.catalog import Catalog

Run = Callable[..., Result]
MIDNIGHT = datetime(2026, 11, 22).astimezone()  # a Sunday


def ids(run: Run, *words: str) -> set[str]:
    done = run("review", "--json", *words)
    assert done.exit_code == 0, done.stderr
    return {entry["id"] for entry in json.loads(done.stdout)}


def record(run: Run, *words: str) -> str:
    done = run("record", "small", *words, typed='{"what": "x"}')
    assert done.exit_code == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("starts", ["00:00", "04:00", "06:00"])
def test_today_after_midnight_is_the_persons_day(run: Run, tiny: Catalog, home: Path, starts: str) -> None:
    run("settings", "day_starts", starts)
    with time_machine.travel(MIDNIGHT - timedelta(minutes=10)) as clock:
        before = record(run)
        clock.move_to(MIDNIGHT + timedelta(minutes=30))
        after = record(run)
        told = record(run, "--when", "today")
        clock.move_to(MIDNIGHT + timedelta(minutes=31))
        of_today = {after, told} if starts == "00:00" else {before, after, told}
        assert ids(run, "--since", "today", "--until", "today") == of_today
        assert ids(run, "--until", "yesterday") == {before, after, told} - of_today
        assert {entry["day"] for entry in json.loads(run("review", "--json", "--since", "today").stdout)} == {
            "2026-11-22" if starts == "00:00" else "2026-11-21"
        }


def test_since_and_until_take_periods_whole(run: Run, tiny: Catalog) -> None:
    with time_machine.travel(MIDNIGHT + timedelta(hours=12)):
        days = ("2026-09-30", "2026-10-01", "2026-10-31", "2026-11-01", "2026-11-15", "2026-11-16")
        by_day = {day: record(run, "--when", day) for day in days}
        for words, first, last in (
            ("last month", 1, 2), ("2026-10", 1, 2), ("october", 1, 2), ("Oct 2026", 1, 2), ("this week", 5, 5),
            ("last week", 4, 4), ("this month", 3, 5), ("2026", 0, 5), ("sunday 15 november", 4, 4), ("2026-11-01", 3, 3),
        ):  # fmt: skip
            wanted = {by_day[day] for day in days[first : last + 1]}
            assert ids(run, "--since", words, "--until", words) == wanted, words
            assert ids(run, "--since", words) == {by_day[day] for day in days[first:]}, words
            assert ids(run, "--until", words) == {by_day[day] for day in days[: last + 1]}, words


@pytest.mark.parametrize(
    "typed", ['{"what": "x", "what": "y"}', '{"what": "x", "what": "x"}', '{"other": [{"a": 1, "a": 2}]}']
)
def test_a_key_given_twice_is_refused_and_nothing_is_saved(run: Run, tiny: Catalog, typed: str) -> None:
    done = run("record", "small", typed=typed)
    assert done.exit_code == 2
    assert "twice" in done.stderr
    assert ids(run) == set()
