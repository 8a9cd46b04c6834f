"""Days in options: one today for the program and the person, and periods."""

import json
import re
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


@pytest.mark.parametrize("starts", ["00:00", "04:00", "06:00"])
def test_what_was_begun_before_midnight_is_said_so_that_nobody_takes_it_for_another_day(
    run: Run, tiny: Catalog, starts: str
) -> None:
    run("settings", "day_starts", starts)
    with time_machine.travel(MIDNIGHT - timedelta(minutes=2)) as clock:
        record(run)
        assert run("do", "everything", typed="text\n.\nline\n!\n").exit_code == 130
        clock.move_to(MIDNIGHT + timedelta(minutes=2))
        pages = {words: run(*words).stdout for words in ((), ("drafts",), ("exercises",), ("programme",))}
        told = " ".join(pages.values())
        if starts == "00:00":
            assert "started yesterday" in pages[("drafts",)]
            assert "Sunday 22 November" in pages[()]
        else:
            assert f"Saturday 21 November, until {starts}" in pages[()]
            assert "started on Saturday" in pages[("drafts",)]
            assert "Done on Saturday" in pages[()]
            assert not re.search(r"(?i)\b(today|yesterday)\b", told.replace("how you are today", ""))
        clock.move_to(MIDNIGHT + timedelta(hours=9))
        assert "started yesterday" in run("drafts").stdout


@pytest.mark.parametrize("words", [("review",), ("search", "x"), ("export", "--output", "-"), ("show", "last")])
def test_a_time_after_midnight_below_the_day_before_names_its_own_day(
    run: Run, tiny: Catalog, words: tuple[str, ...]
) -> None:
    with time_machine.travel(MIDNIGHT + timedelta(minutes=1)) as clock:
        record(run)
        clock.move_to(MIDNIGHT + timedelta(hours=9))
        shown = run(*words).stdout
        assert "00:01 Sun" in shown or re.search(r"Sunday 22 November( 2026)?, 00:01 \(counted as Saturday\)", shown)
        clock.move_to(MIDNIGHT + timedelta(hours=10))
        record(run)
        assert not re.search(r"10:00 (Sun|\(counted)", run(*words).stdout)
