"""Clocks that are wrong, go backwards, jump an hour or travel: nothing is lost, and a day is the day it was there."""

import csv
import json
import os
import random
import re
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

from smartcli.asking import Question
from smartcli.content.catalog import Catalog
from smartcli.entries.checking import as_entry
from smartcli.entries.entry import Entry
from smartcli.journal.heads import ENTRY
from smartcli.journal.store import Journal
from smartcli.moments import day_of, recall, stamp
from smartcli.reading_times import NotAMomentError, moment_from_words
from smartcli.workbook.entry_list import EntryList, Purpose
from smartcli.workbook.filters import Filters
from smartcli.workbook.workbook import Workbook
from tests.commands.test_record import WHOLE
from tests.conftest import Run
from tests.support.asking import plain

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


CHANGES = {  # zone, what was named, what is taken, what the echo tells
    "a gap in spring": ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T03:30:00+02:00", ["02:30 did not come", "03:30"]),
    "a gap of half an hour": ("Australia/Lord_Howe", "2026-10-04T02:10", "2026-10-04T02:40:00+11:00", ["02:10 did not come", "02:40"]),
    "a gap at midnight": ("America/Santiago", "2026-09-06T00:15", "2026-09-06T01:15:00-03:00", ["00:15 did not come", "01:15"]),
    "an hour that comes twice": ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T02:30:00+02:00",
                                 ["02:30 came twice", "first", "2026-10-25T02:30+01:00"]),
    "words for it": ("America/New_York", "1 nov 1:30am", "2026-11-01T01:30:00-04:00", ["01:30 came twice", "2026-11-01T01:30-05:00"]),
    "neither": ("Europe/Berlin", "2026-10-25T03:00", "2026-10-25T03:00:00+01:00", []),
    "the second one, named": ("Europe/Berlin", "2026-10-25T02:30+01:00", "2026-10-25T02:30:00+01:00", []),
}  # fmt: skip


@pytest.mark.parametrize(("zone", "named", "taken", "told"), CHANGES.values(), ids=CHANGES)
def test_a_change_of_the_clocks_is_told_wherever_a_moment_is_taken(
    run: Run, tiny: Catalog, zone: str, named: str, taken: str, told: list[str]
) -> None:
    answers = json.dumps({"what": "x"})
    with at(zone, "2026-11-22T12:00:00"):
        recorded = run("record", "small", "--when", named, typed=answers)
        answered = run("record", "everything", typed=json.dumps({**WHOLE, "on": named}))
        asked = run("do", "small", "--when", named, typed="x\n")
        for done in (recorded, answered, asked):
            assert done.exit_code == 0, done.stderr
            assert all(words in done.stderr for words in told), done.stderr
            assert bool(told) == ("clocks were put" in done.stderr)
        assert "It is saved for" in asked.stderr
        rows = json.loads(run("review", "--json").stdout)
        kept = {json.loads(run("show", row["id"], "--json").stdout)["when"] for row in rows}
        assert kept == {taken}


@pytest.mark.parametrize(("zone", "named", "taken", "told"), CHANGES.values(), ids=CHANGES)
def test_a_question_for_a_moment_tells_a_change_of_the_clocks(
    zone: str, named: str, taken: str, told: list[str]
) -> None:
    from smartcli.fields import Moment

    with at(zone, "2026-11-22T12:00:00"):
        asker, out = plain(named)
        assert Moment(id="when", ask="When?").put(asker, Question("When?")) == taken
        assert all(words in out.getvalue() for words in told)
        assert bool(told) == ("clocks were put" in out.getvalue())


def test_a_clock_time_that_came_twice_is_the_last_one_that_has_been() -> None:
    for fold, offset in ((0, "+02:00"), (1, "+01:00")):
        with at("Europe/Berlin", "2026-10-25T02:45:00", fold=fold):
            assert moment_from_words("02:30").stored() == f"2026-10-25T02:30:00{offset}"


FAR = ["Pacific/Auckland", "Asia/Tokyo", "Europe/Berlin", "America/New_York", "Pacific/Honolulu"]


def test_within_a_day_the_order_is_that_of_the_clocks_seen_on_every_page_export_and_in_search(
    run: Run, small: Any, home: Path
) -> None:
    chance = random.Random(3)
    made = []
    for number in range(24):
        local = datetime(2026, 11, 20, 0, 7) + timedelta(minutes=chance.randrange(3 * 24 * 60))
        made.append(small(FAR[number % len(FAR)], local.isoformat()))
    made.append(small("Europe/Berlin", "2026-11-24T12:00:00", "--when", "2026-11-21"))
    expected = [one["id"] for one in sorted(made, key=lambda one: (one["day"], one["when"][:19]), reverse=True)]
    assert expected != [one["id"] for one in sorted(made, key=lambda one: recall(one["when"]).at, reverse=True)]
    with at("Europe/Berlin", "2026-11-25T12:00:00"):
        assert [row["id"] for row in json.loads(run("review", "--json").stdout)] == expected
        assert [row["id"] for row in json.loads(run("search", "x", "--json").stdout)] == expected
        exported = json.loads(run("export", "--as", "json", "--output", "-").stdout)
        assert [entry["id"] for entry in exported["entries"]] == expected
        assert run("export", "--as", "csv", "--output", str(home / "csv")).exit_code == 0
        with (home / "csv" / "small.csv").open(encoding="utf-8-sig", newline="") as table:
            assert [row["id"] for row in csv.DictReader(table)] == expected
        for number in (1, 3, 7):
            rows = json.loads(run("review", "--json", "--last", str(number)).stdout)
            assert [row["id"] for row in rows] == expected[:number]
        short = [name[:6] for name in expected]
        assert re.findall(r"\[(\w{6})\]", run("review").stdout) == short
        assert re.findall(r"\[(\w{6})\]", run("search", "x").stdout) == short
        for indexed in (True, False):
            if not indexed:
                (home / "state" / "index").unlink()
            listed = EntryList(Workbook(), Filters(), Purpose("a", "b", "c"))
            assert [name[ENTRY] for name in listed.rows.names] == expected
            for day in {one["day"] for one in made}:
                place = listed.rows.place_of(date.fromisoformat(day))
                first = next(one["id"] for name in expected for one in made if one["id"] == name and one["day"] == day)
                assert expected[place] == first
            listed.search("x")
            while not listed.rows.is_complete:
                listed.rows.work(1)
            assert [name[ENTRY] for name in listed.rows.names] == expected
            listed.refresh(expected[5])
            assert [name[ENTRY] for name in listed.rows.names] == expected


def test_a_zone_is_shown_only_where_it_is_another_than_that_of_here(run: Run, small: Any, home: Path) -> None:
    small("Asia/Tokyo", "2026-11-20T20:00:00")
    small("Europe/Berlin", "2026-07-20T20:01:00")
    london = small("Europe/London", "2026-11-20T20:02:00")
    small("Africa/Lagos", "2026-11-20T20:03:00")  # as far from UTC as Berlin in November
    brought_in = {**london, "imported": "text", "when": "2026-11-20T20:04:00+00:00"}
    from_elsewhere(home, brought_in, brought_in["saved"], "b")
    with at("Europe/Berlin", "2026-11-22T12:00:00"):
        for words in (["review"], ["search", "x"], ["export", "--output", "-"]):
            shown = re.findall(r"20:0\d(?: UTC[+-]?\d*)?", run(*words).stdout)
            assert shown == ["20:04", "20:03", "20:02 UTC", "20:00 UTC+9", "20:01"]
        listed = EntryList(Workbook(), Filters(), Purpose("a", "b", "c"))
        rows = [row for place in range(5) if (row := listed.rows.row(place))]
        assert [row.time for row in rows] == ["20:04", "20:03", "20:02 UTC", "20:00 UTC+9", "20:01"]
