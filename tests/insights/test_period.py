"""The figures of one period: the same as at a glance, and of each day of it alone."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartcli.entries.entry import Entry
from smartcli.insights.glance import compare_periods
from smartcli.insights.period import NotedAmount, describe_period
from smartcli.insights.section import Span
from tests.insights.entries import TODAY, answer, check_in, entry, journals, notes, urge


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def amount(day: date, value: float, unit: str = "glasses", **more: Any) -> Entry:
    return entry(day, answer("amount", value), answer("amount.unit", unit), **more)


@given(journals(), st.integers(1, 60), st.integers(0, 30))
def test_both_periods_have_the_figures_that_stand_at_a_glance(kept: list[Entry], days: int, back: int) -> None:
    span = Span(ago(back + days - 1), ago(back))
    rows = {row.id: row for row in compare_periods(notes(*kept), span).rows}
    for period, of in ((span, "now"), (span.before(), "before")):
        found = describe_period(notes(*kept), period)
        if not rows or (of == "before" and not found.entries):
            continue
        assert found.entries == getattr(rows["entries"], of)
        assert found.urges == getattr(rows["urges"], of)
        assert found.strength == getattr(rows["strength"], of)
        assert (found.mood.mean if found.mood else None) == getattr(rows["mood"], of)
        for name, (part, known) in (("passed", found.passed), ("chosen", found.chosen)):
            assert (part if known else None) == getattr(rows[name], of)


def test_urges_a_week_are_told_of_a_week_or_more() -> None:
    kept = notes(*(urge(ago(day), 6) for day in range(6)))
    assert describe_period(kept, Span(ago(27), TODAY)).urges_a_week == 1.5
    assert describe_period(kept, Span(ago(6), TODAY)).urges_a_week == 6
    assert describe_period(kept, Span(ago(5), TODAY)).urges_a_week is None


@pytest.mark.parametrize("ratings", [[6, 5, 2], [6, 5, 2, 2, 9]])
def test_the_lowest_of_ratings_is_its_last_day_and_a_few_say_nothing(ratings: list[float]) -> None:
    kept = notes(*(check_in(ago(day), mood=value) for day, value in enumerate(reversed(ratings))))
    mood = describe_period(kept, Span(ago(9), TODAY)).mood
    if len(ratings) < 4:
        assert mood is None
    else:
        assert mood == (4.8, 2, ago(1), 5)


def test_sleep_is_told_and_no_other_scale_is_taken_for_it() -> None:
    kept = notes(*(entry(ago(day), answer("sleep", 5 + day), answer("confidence", 1)) for day in range(4)))
    assert describe_period(kept, Span(ago(9), TODAY)).sleep == (6.5, 5, TODAY, 4)


def test_an_amount_is_that_of_the_days_noted_and_of_a_day_the_last_one_counts() -> None:
    values = {5: 4, 4: 0, 3: 2, 2: 0}
    kept = [amount(ago(day), value, about="drinking") for day, value in values.items()]
    kept += [amount(ago(2), 6, about="drinking", hour=23), amount(ago(40), 90, about="drinking")]
    found = describe_period(notes(*kept), Span(ago(9), TODAY))
    assert found.amounts == (NotedAmount(("drinking", "glasses"), "drinking", "glasses", 3, 4, 1),)
    assert describe_period(notes(*kept), Span(ago(4), TODAY)).amounts == (), "three days are too few"


def test_two_units_of_one_thing_are_two_amounts_and_what_was_noted_most_is_first() -> None:
    kept = [amount(ago(day), 1, "pints", about="drinking") for day in range(4)]
    kept += [amount(ago(day), 10, "cigarettes", about="smoking") for day in range(5)]
    kept += [amount(ago(day), 2, "shots", about="drinking") for day in range(4)]
    found = describe_period(notes(*kept), Span(ago(9), TODAY))
    assert [(one.unit, one.mean) for one in found.amounts] == [("cigarettes", 10), ("pints", 1), ("shots", 2)]


def test_a_day_with_two_lapses_is_one_and_those_of_other_days_are_not_there() -> None:
    kept = notes(*(entry(ago(day), answer("lapse", "over")) for day in (2, 2, 5, 30)))
    assert describe_period(kept, Span(ago(9), TODAY)).lapses == (ago(5), ago(2))
