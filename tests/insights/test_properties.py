"""What holds for any journal."""

import os
import time
from contextlib import suppress
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from smartcli.entries.checking import as_entry
from smartcli.entries.entry import DamagedEntryError, Entry
from smartcli.insights.notes import gather
from smartcli.insights.report import compute_insights, insights_as_json
from tests.insights.entries import TODAY, answer, entry, journals, lapses, notes, urge, urges

CUMULATIVE = ("passed-in-all", "chosen-in-all")


def told(*entries: Entry) -> dict[str, Any]:
    return insights_as_json(compute_insights(notes(*entries), TODAY))


def section(found: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in found["sections"] if one["id"] == name)


def counts(found: dict[str, Any]) -> dict[str, float]:
    """Return every number of things in the results, by what it counts."""
    kept = {one["id"]: one["n"] for one in found["sections"]}
    for name in ("triggers", "contexts", "coping"):
        kept |= {f"{name}: {row['name']}": row["n"] for row in section(found, name)["rows"]}
    kept |= {f"hour {row['weekday']} {row['hour']}": row["n"] for row in section(found, "hours")["rows"]}
    for row in section(found, "glance")["rows"]:
        kept[f"glance {row['id']}"] = row["n"]
        if row["id"] in ("entries", "check-ins", "urges", "passed", *CUMULATIVE):
            kept[f"glance {row['id']} now"] = row["now"] or 0
    return kept


@settings(deadline=None)
@given(journals(), st.randoms(use_true_random=False))
def test_the_order_of_the_entries_does_not_matter(journal: list[Entry], chance: Any) -> None:
    other = [*journal]
    chance.shuffle(other)
    assert told(*journal) == told(*other)


@settings(deadline=None)
@given(journals(), urges())
def test_one_more_urge_never_lowers_a_count(journal: list[Entry], more: Entry) -> None:
    before, after = counts(told(*journal)), counts(told(*journal, more))
    assert {name: n for name, n in before.items() if after.get(name, 0) < n} == {}


@settings(deadline=None)
@given(journals(), st.one_of(lapses(), urges().map(lambda one: urge(one.day, 8, 9, acted=True))))
def test_one_more_lapse_never_lowers_a_cumulative_figure(journal: list[Entry], lapse: Entry) -> None:
    figures = [
        {row["id"]: row for row in section(told(*these), "glance")["rows"]} for these in (journal, [*journal, lapse])
    ]
    if figures[0]:
        for name in (*CUMULATIVE, "entries", "check-ins", "passed"):
            assert (figures[1][name]["now"] or 0) >= (figures[0][name]["now"] or 0)
        for name in ("chosen-30", "chosen-90"):
            assert figures[1][name]["now"] == figures[0][name]["now"]
            assert figures[1][name]["n"] == figures[0][name]["n"]
    steps = [section(told(*these), "goals")["rows"] for these in (journal, [*journal, lapse])]
    if steps[0]:
        assert steps[1][0]["done"] >= steps[0][0]["done"]


@settings(deadline=None)
@given(journals(), st.booleans())
def test_a_day_once_said_to_have_gone_well_stays_so(journal: list[Entry], evening: bool) -> None:
    """A lapse told as a check-in of the same day, too, takes nothing from what was counted."""
    good = entry(TODAY, answer("chosen-way", True), hour=9)
    later = entry(TODAY, answer("chosen-way", evening), hour=23)
    one, two = (section(told(*journal, *these), "glance")["rows"][-1]["now"] for these in ([good], [good, later]))
    assert two == one


@settings(deadline=None, max_examples=25)
@given(journals(), st.sampled_from(["Pacific/Auckland", "America/Los_Angeles", "Europe/London"]))
def test_the_zone_the_program_runs_in_changes_nothing(journal: list[Entry], zone: str) -> None:
    here = told(*journal)
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        assert told(*(as_entry(one.body) for one in journal)) == here
    finally:
        os.environ.pop("TZ") if before is None else os.environ.__setitem__("TZ", before)
        time.tzset()


@given(st.integers(-12, 14), st.integers(0, 28))
def test_an_entry_stays_on_the_day_it_was_written_for(zone: int, hour: int) -> None:
    """Whatever its offset, through nights and changed clocks: the stored day decides, never the moment."""
    offset = f"{'-' if zone < 0 else '+'}{abs(zone):02}:00"
    day = TODAY - timedelta(days=28)  # clocks go back that night
    many = [urge(day, 7, 3, hour=hour, zone=offset) for _ in range(8)]
    found = told(*many)
    assert section(found, "hours")["rows"] == [{"weekday": day.weekday(), "hour": hour % 24, "n": 8}]
    rows = section(found, "urges")["rows"]
    assert [row["n"] for row in rows if row["since"] <= day.isoformat() <= row["until"]] == [8]
    assert sum(row["n"] or 0 for row in rows) == 8


def test_an_entry_of_a_day_that_has_not_begun_here_is_still_counted() -> None:
    there = urge(TODAY + timedelta(days=1), 5, 2)
    assert told(there)["period"]["until"] == (TODAY + timedelta(days=1)).isoformat()
    assert section(told(there), "urges")["n"] == 1


_ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["text", "seconds", "ratings", "value"]), inner, max_size=2),
    max_leaves=5,
)  # fmt: skip
_MEASURED = ["mood", "urge.before", "urge.after", "urge.ratings", "urge.acted", "coping", "trigger", "context", "lapse",
             "chosen-way", "importance", "satisfaction", "goal.step", "goal.due", "goal.done", "behaviour", "family"]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(_MEASURED), _ODD, _ODD), max_size=6), _ODD, _ODD)
def test_answers_somebody_changed_by_hand_stop_nothing(given_answers: list[Any], columns: Any, rows: Any) -> None:
    fields = [answer(measure, value, after_seconds=odd, labels=None) for measure, value, odd in given_answers]
    table = {"id": "t", "kind": "table", "ask": "?", "columns": columns, "answer": rows, "measure": columns}
    with suppress(DamagedEntryError):  # some are no entry at all, and never come so far
        told(entry(TODAY, *fields, table), entry(TODAY, {"id": "x"}))
    told(entry(TODAY, *fields), entry(TODAY, {"id": "x"}))


@settings(deadline=None)
@given(journals())
def test_below_its_minimum_a_section_holds_no_rows(journal: list[Entry]) -> None:
    for one in told(*journal)["sections"]:
        assert one["enough"] == (one["n"] >= one["least"])
        assert one["enough"] or one["rows"] == []


def test_nothing_is_counted_of_entries_that_are_not_meant() -> None:
    assert gather([(urge(TODAY, 5), False)]).written == []
