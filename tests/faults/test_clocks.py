"""Clocks that are wrong, go backwards, jump an hour or travel: nothing is lost, and a day is the day it was there."""

import json
import os
import shutil
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from smartcli.content.catalog import Catalog
from smartcli.entries.checking import as_entry
from smartcli.entries.entry import Entry
from smartcli.journal.store import Journal
from smartcli.moments import day_of, recall, stamp
from smartcli.reading_times import NotAMomentError, moment_from_words
from tests.conftest import Run

pytestmark = pytest.mark.skipif(not hasattr(time, "tzset"), reason="NOT RUN: the zone of a process cannot be set here")


@pytest.fixture(autouse=True)
def _zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield
    monkeypatch.undo()
    time.tzset()


def at(zone: str, local: str, *, fold: int = 0) -> time_machine.travel:
    """Return a clock that stands at a local time of a zone, the process being there."""
    os.environ["TZ"] = zone
    time.tzset()
    return time_machine.travel(datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone), fold=fold), tick=False)


@pytest.fixture
def small(run: Run, tiny: Catalog, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Record an entry when it is so late in a zone; return it as it is kept."""
    monkeypatch.setenv("TZ", "UTC")

    def record(zone: str, local: str, *words: str, fold: int = 0) -> Any:
        with at(zone, local, fold=fold):
            done = run("record", "small", *words, typed='{"what": "x"}')
            assert done.exit_code == 0, done.stderr
            return json.loads(run("show", done.stdout.strip(), "--json").stdout)

    return record


def test_years_that_cannot_be_true_and_a_clock_that_goes_backwards_lose_nothing(run: Run, small: Any) -> None:
    made = [
        small("UTC", f"{moment}T12:00:00")["id"]
        for moment in ("2026-11-22", "1970-01-01", "2099-12-31", "2026-11-21", "2038-01-19", "2000-02-29")
    ]
    with at("UTC", "2026-11-22T12:30:00"):
        assert {row["id"] for row in json.loads(run("review", "--json").stdout)} == set(made)
        assert json.loads(run("show", "last", "--json").stdout)["id"] == made[-1]
        for words in (
            [],
            ["review"],
            ["search", "x"],
            ["where"],
            ["export", "--output", "-"],
            ["history", made[2]],
            ["later"],
            ["exercises"],
        ):
            assert run(*words).exit_code == 0


def from_elsewhere(home: Path, entry: dict[str, Any], saved: str, name: str) -> str:
    """Put in an entry as another device saved it, by its own clock; return its id."""
    made = Entry({**entry, "id": name * 13, "saved": saved})
    Journal(home / "journal").save(made)
    return made.id


def last(run: Run) -> str:
    return str(json.loads(run("show", "last", "--json").stdout)["id"])


@pytest.mark.parametrize("seen", [False, True])
def test_last_is_what_was_saved_here_not_what_a_clock_that_is_ahead_has_saved(
    run: Run, small: Any, home: Path, *, seen: bool
) -> None:
    first = small("UTC", "2026-11-22T12:00:00")
    with at("UTC", "2026-11-22T13:00:00"):
        ahead = from_elsewhere(home, first, "2027-11-22T13:00:00+00:00", "a")
        if seen:
            run("review")
        assert last(run) == first["id"]
        later = from_elsewhere(home, first, "2026-11-22T12:30:00+00:00", "b")
        assert last(run) == later
    with at("UTC", "2026-11-23T12:00:00"):
        run("review")
    mine = small("UTC", "2026-11-24T12:00:00")["id"]
    for day in ("2026-11-24T13:00:00", "2028-01-01T12:00:00"):
        with at("UTC", day):
            assert last(run) == mine  # also when the clock that was ahead has been overtaken
    assert run("edit", later, typed="again\n").exit_code == 0
    assert last(run) == later
    assert run("delete", later, "--yes").exit_code == 0
    assert last(run) == mine
    assert ahead in run("review", "--json").stdout


def test_last_follows_what_was_saved_here_when_its_own_clock_was_ahead_and_was_set_right(run: Run, small: Any) -> None:
    made = [small("UTC", f"{moment}T12:00:00")["id"] for moment in ("2027-11-22", "2026-11-22")]
    with at("UTC", "2026-11-22T13:00:00"):
        assert last(run) == made[1]


def test_where_nothing_was_saved_here_last_is_the_latest_that_is_not_in_the_future(
    run: Run, small: Any, home: Path
) -> None:
    made = [small("UTC", f"{moment}T12:00:00")["id"] for moment in ("2099-11-22", "2026-11-21", "2026-11-20")]
    shutil.rmtree(home / "state")
    with at("UTC", "2026-11-22T12:00:00"):
        assert last(run) == made[1]
        run("purge", *made[1:], "--yes")
        assert last(run) == made[0]


def test_an_edit_under_a_clock_that_has_gone_back_still_stands(run: Run, small: Any) -> None:
    made = small("UTC", "2026-11-22T12:00:00")["id"]
    for day, words in ((23, "second"), (20, "third"), (21, "fourth")):
        with at("UTC", f"2026-11-{day}T12:00:00"):
            assert run("edit", made, typed=f"{words}\n\n").exit_code == 0
            assert json.loads(run("show", made, "--json").stdout)["answers"] == {"what": words}
    with at("UTC", "2026-11-20T00:00:00"):
        assert run("delete", made, "--yes").exit_code == 0
        assert json.loads(run("review", "--json").stdout) == []
        assert run("restore", made).exit_code == 0
        assert json.loads(run("show", made, "--json").stdout)["answers"] == {"what": "fourth"}
        assert len(json.loads(run("history", made, "--json").stdout)) == 6


def test_a_sitting_over_a_jump_of_the_clock_is_gone_on_with(run: Run, small: Any) -> None:
    with at("Europe/Berlin", "2026-10-25T02:30:00"):
        assert run("do", "everything", typed="text\n.\nline\n!\n").exit_code == 130
    with at("Europe/Berlin", "1999-01-01T00:00:00"):
        assert json.loads(run("drafts", "--json").stdout)[0]["answered"] == 2
        assert run("drafts").exit_code == 0
        assert run("resume", typed="!\n").exit_code == 130


def test_the_hour_that_comes_twice_is_two_moments_of_one_day(small: Any) -> None:
    first = small("Europe/Berlin", "2026-10-25T02:30:00")
    second = small("Europe/Berlin", "2026-10-25T02:30:00", fold=1)
    assert (first["when"], second["when"]) == ("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00")
    assert first["day"] == second["day"] == "2026-10-24"  # before four in the morning


def test_the_hour_that_never_comes_is_read_and_the_day_is_right(small: Any, run: Run) -> None:
    kept = small("Europe/Berlin", "2026-03-29T12:00:00", "--when", "2026-03-29T02:30")
    assert kept["day"] in ("2026-03-28", "2026-03-29")
    assert (
        small("Europe/Berlin", "2026-03-29T12:00:00", "--when", "yesterday 9pm")["when"] == "2026-03-28T21:00:00+01:00"
    )
    assert (
        small("Europe/Berlin", "2026-03-30T12:00:00", "--when", "24 hours ago")["when"] == "2026-03-29T12:00:00+02:00"
    )


def test_travelling_changes_no_day_that_was(run: Run, small: Any) -> None:
    auckland = small("Pacific/Auckland", "2026-11-22T09:00:00")
    honolulu = small("Pacific/Honolulu", "2026-11-21T20:00:00")
    assert (auckland["day"], honolulu["day"]) == ("2026-11-22", "2026-11-21")
    assert auckland["when"] < honolulu["when"] or stamp(recall(auckland["when"]).at) < stamp(
        recall(honolulu["when"]).at
    )
    with at("America/New_York", "2026-11-23T12:00:00"):
        rows = json.loads(run("review", "--json").stdout)
        assert [(row["id"], row["day"]) for row in rows] == [
            (auckland["id"], "2026-11-22"),
            (honolulu["id"], "2026-11-21"),
        ]
        assert [row["id"] for row in json.loads(run("review", "--json", "--since", "2026-11-22").stdout)] == [
            auckland["id"]
        ]


def test_a_leap_day_is_a_day(small: Any) -> None:
    assert small("Europe/London", "2028-02-29T12:00:00")["day"] == "2028-02-29"
    assert small("Europe/London", "2028-03-01T12:00:00", "--when", "yesterday")["day"] == "2028-02-29"
    assert small("Europe/London", "2028-03-05T12:00:00", "--when", "29 feb")["day"] == "2028-02-29"
    assert small("Europe/London", "2029-03-05T12:00:00", "--when", "29 feb 2028")["day"] == "2028-02-29"


ZONES = st.sampled_from(sorted(zone for zone in available_timezones() if "/" in zone))
DAYS = st.dates(date(1971, 1, 2), date(2099, 12, 30))


@given(ZONES, DAYS)
def test_in_every_zone_each_calendar_day_is_one_day_and_the_next_is_the_next(zone: str, day: date) -> None:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(zone))
    tomorrow = datetime.combine(day + timedelta(days=1), noon.timetz())
    assert day_of(noon) == day
    assert day_of(tomorrow) - day_of(noon) == timedelta(days=1)
    assert day_of(recall(noon.isoformat(timespec="seconds")).at) == day


@given(ZONES, st.datetimes(datetime(1971, 1, 2), datetime(2099, 12, 30)), st.sampled_from(["now", "yesterday", "2 hours ago", "9pm", "last monday", "3 nov", "noon"]))  # fmt: skip
def test_in_every_zone_words_for_the_past_name_a_moment_that_is_past(zone: str, here: datetime, words: str) -> None:
    with at(zone, here.replace(microsecond=0).isoformat()):
        try:
            found = moment_from_words(words)
        except NotAMomentError:
            return
        assert found.whole_day or found.at <= datetime.now().astimezone() + timedelta(minutes=1)
        assert found.at.tzinfo is not None
        assert recall(found.stored()).at.date() == found.at.date()


def test_two_windows_on_one_draft_keep_out_of_each_others_way(run: Run, tiny: Catalog, home: Path) -> None:
    from smartcli.journal.drafts import Drafts

    assert run("do", "small", typed="!\n").exit_code == 130
    assert run("do", "everything", typed="text\n.\n!\n").exit_code == 130
    drafts = Drafts(home / "state" / "drafts")
    held = drafts.take_up()
    before = (drafts.path / f"{held.id}.jsonl").read_bytes()
    for words in (["resume"], ["resume", held.id[:5]], ["drafts", "discard", held.id, "--yes"]):
        done = run(*words, typed="mine\n!\n")
        assert done.exit_code == 4
        assert "open in another window" in done.stderr
        assert "safe" in done.stderr
    assert run("drafts").exit_code == run().exit_code == 0
    assert (drafts.path / f"{held.id}.jsonl").read_bytes() == before
    held.keep("one", "went on meanwhile")
    held.close()
    assert run("resume", typed="!\n").exit_code == 130
    assert drafts.all()[0].answers["one"] == "went on meanwhile"


def test_as_entry_refuses_what_is_no_moment_at_all() -> None:
    from smartcli.entries.entry import DamagedEntryError
    from tests.corpus.make import ENTRY

    for when in ("9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "2026-11-22T12:00:00"):
        with pytest.raises(DamagedEntryError, match="no time"):
            as_entry({**ENTRY, "when": when})
