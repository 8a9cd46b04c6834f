"""Own early signs before lapses: found again where they are there, and silence where they are not."""

import random
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartcli.entries.entry import Entry
from smartcli.insights.notes import gather
from smartcli.insights.report import Insights, compute_insights, insights_as_json
from smartcli.insights.section import Section
from smartcli.insights.signs import Sign
from tests.insights.entries import TODAY, answer, entry, notes

SLEEP, TEMPER = "sleeping badly", "short temper"
WEEKS = 80
LAPSE_WEEKS = range(3, WEEKS, 6)  # a lapse in the week after every sixth look
ALONE, ONE_OF_TWO = {"cutting": "self-harm"}, {"cutting": "self-harm", "drinking": "alcohol"}


def look(day: date, *signs: str, about: str | None = None) -> Entry:
    return entry(day, answer("warning.seen", [*signs] or ["none"]), about=about)


def lapse(day: date, about: str | None = None) -> Entry:
    return entry(day, answer("lapse", "over"), about=about)


def look_days(weeks: int = WEEKS) -> list[date]:
    """Return a day of every week, the oldest first; the last is two weeks ago."""
    return [TODAY - timedelta(days=7 * back) for back in range(weeks + 1, 1, -1)]


def journal(ticked: Callable[[int, bool], Iterable[str]], lapse_weeks: Iterable[int] = LAPSE_WEEKS) -> list[Entry]:
    """Return a look a week, and a lapse three days after those of some weeks; `ticked` gives the signs of a look."""
    days, weeks = look_days(), set(lapse_weeks)
    looks = [look(day, *ticked(week, week in weeks)) for week, day in enumerate(days)]
    return [*looks, *(lapse(days[week] + timedelta(days=3)) for week in weeks)]


def insights(*entries: Entry) -> Insights:
    return compute_insights(notes(*entries), TODAY)


def signs(*entries: Entry) -> Section[Sign]:
    return insights(*entries).signs


def really_twice_as_frequent(week: int, is_before: bool) -> list[str]:
    """Sleep is ticked in 12 of the 13 looks before a lapse and in 4 of 10 others; temper at any time alike."""
    slept_badly = week != LAPSE_WEEKS[0] if is_before else week % 10 < 4
    return [sign for sign, is_ticked in ((SLEEP, slept_badly), (TEMPER, week % 4 < 2)) if is_ticked]


def test_a_sign_that_comes_before_lapses_is_found_again_and_no_other() -> None:
    found = signs(*journal(really_twice_as_frequent))
    assert [row.name for row in found.rows] == [SLEEP]
    assert found.n == len(LAPSE_WEEKS)


def test_the_counts_are_those_of_the_journal() -> None:
    """The look after a lapse counts nowhere: its seven days hold the lapse."""
    row = signs(*journal(really_twice_as_frequent)).rows[0]
    before, after = set(LAPSE_WEEKS), {week + 1 for week in LAPSE_WEEKS}
    others = [week for week in range(WEEKS) if week not in before | after]
    assert (row.before, row.before_of) == (len(before) - 1, len(before))
    assert (row.other, row.other_of) == (sum(week % 10 < 4 for week in others), len(others))
    assert row.before_low <= 10 * row.before / row.before_of <= row.before_high
    assert row.other_low <= 10 * row.other / row.other_of <= row.other_high


@pytest.mark.parametrize("seed", range(20))
def test_nothing_is_said_where_there_is_nothing(seed: int) -> None:
    """Five signs, each ticked at any time alike."""
    chance = random.Random(seed)
    named = [f"sign {number}" for number in range(5)]
    found = signs(*journal(lambda week, is_before: [sign for sign in named if chance.random() < 0.4]))
    assert found.enough
    assert found.rows == []


@pytest.mark.parametrize(("lapses", "rows"), [(0, 0), (1, 0), (2, 0), (3, 1)])
def test_nothing_is_said_under_three_lapses(lapses: int, rows: int) -> None:
    found = signs(*journal(lambda week, is_before: [SLEEP] if is_before else [], [*LAPSE_WEEKS][:lapses]))
    assert (found.n, len(found.rows)) == (lapses, rows)
    assert found.enough is (lapses >= 3)


def test_nothing_is_said_without_other_weeks_to_set_beside() -> None:
    days = look_days(3)
    always = [entry for day in days for entry in (look(day, SLEEP), lapse(day + timedelta(days=2)))]
    assert signs(*always).rows == []


def test_lapses_on_days_in_a_row_are_one() -> None:
    days = look_days()
    three_days = [lapse(days[40] + timedelta(days=number)) for number in (2, 3, 4)]
    assert signs(*(look(day) for day in days), *three_days).n == 1


@pytest.mark.parametrize(("back", "is_before"), [(0, False), (1, True), (7, True), (8, False)])
def test_the_seven_days_before_a_lapse_are_those(back: int, is_before: bool) -> None:
    day = TODAY - timedelta(days=30)
    assert signs(look(day - timedelta(days=back), SLEEP), lapse(day)).n == is_before


@pytest.mark.parametrize("families", [ALONE, ONE_OF_TWO])
@pytest.mark.parametrize("about", [None, "cutting"])
def test_of_self_harm_nothing_is_counted(families: dict[str, str], about: str | None) -> None:
    days = look_days()
    entries = [look(day, SLEEP, about=about) for day in days]
    entries += [lapse(days[week] + timedelta(days=3), about) for week in LAPSE_WEEKS]
    found = compute_insights(gather(((one, True) for one in entries), families), TODAY).signs
    assert (found.n, found.rows) == (0, [])


@pytest.mark.parametrize(("about", "is_counted"), [("drinking", True), ("cutting", False), (None, False)])
def test_a_look_that_may_be_about_self_harm_is_not_set_beside_other_lapses(about: str | None, is_counted: bool) -> None:
    days = look_days()
    entries = [look(day, SLEEP, about=about) for day in days]
    entries += [lapse(days[week] + timedelta(days=3), "drinking") for week in LAPSE_WEEKS]
    found = compute_insights(gather(((one, True) for one in entries), ONE_OF_TWO), TODAY).signs
    assert bool(found.n) is is_counted


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 60), st.booleans(), st.booleans()), max_size=40), st.randoms())
def test_the_order_in_which_it_was_written_does_not_matter(days: list[tuple[int, bool, bool]], chance: Any) -> None:
    entries = [
        lapse(TODAY - timedelta(days=back)) if is_lapse else look(TODAY - timedelta(days=back), *[SLEEP] * is_ticked)
        for back, is_lapse, is_ticked in days
    ]
    other = [*entries]
    chance.shuffle(other)
    assert insights_as_json(insights(*entries)) == insights_as_json(insights(*other))


@settings(deadline=None, max_examples=30)
@given(st.integers(-300, 0))
def test_when_it_was_does_not_matter_only_how_far_apart(days: int) -> None:
    def moved(entries: list[Entry]) -> list[Entry]:
        return [
            entry(one.day + timedelta(days=days), *one.body["fields"], about=one.behaviour) for one in entries
        ]  # fmt: skip

    there = journal(really_twice_as_frequent)
    assert signs(*there).rows == signs(*moved(there)).rows
