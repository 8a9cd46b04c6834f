"""Amounts and limits: a made journal's truth is found again, and one without says nothing."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from smartcli.entries.entry import Entry
from smartcli.insights.amounts import WEEK_LEAST, Week, money_of
from smartcli.insights.notes import gather
from smartcli.insights.report import Insights, compute_insights
from smartcli.pages.insights import insights_page
from smartcli.renderers.plain import page as as_text
from tests.insights.entries import TODAY, answer, check_in, entry, urge

MONDAY = date(2026, 9, 28)  # some weeks before today
FAMILIES = {"betting": "gambling"}


def noted(day: date, amount: float, about: str = "betting", unit: str = "bets", **more: Any) -> Entry:
    """Return a check-in of the day after, which says how much it was."""
    columns = [
        {"id": "what", "kind": "line", "ask": "?", "measure": "amount.of"},
        {"id": "day", "kind": "moment", "ask": "?", "measure": "amount.day"},
        {"id": "unit", "kind": "line", "ask": "?", "measure": "amount.unit"},
        {"id": "amount", "kind": "number", "ask": "?", "measure": "amount"},
    ]
    row = {"what": about, "day": day.isoformat(), "unit": unit, "amount": amount}
    table = {"id": "amounts", "kind": "table", "ask": "?", "columns": columns, "answer": [row]}
    return entry(day + timedelta(days=1), table, **more)


def limit(day: date, about: str = "betting", unit: str = "bets", **measures: Any) -> Entry:
    """Return limits set on a day; `week`, `day_most`, `free`, `price`, `review` and `decision` are its answers."""
    names = {"week": "limit.week", "day_most": "limit.day", "free": "limit.free-days", "price": "amount.price",
             "review": "trial.review", "decision": "trial.decision"}  # fmt: skip
    given = [answer(names[name], value) for name, value in measures.items()]
    return entry(day, answer("amount.unit", unit), *given, about=about)


def found(*entries: Entry, families: dict[str, str] | None = None, **options: Any) -> Insights:
    notes = gather(((one, True) for one in entries), FAMILIES if families is None else families)
    return compute_insights(notes, TODAY, **options)


def weeks(*entries: Entry, **options: Any) -> list[Week]:
    return list(found(*entries, **options).amounts.rows)


AMOUNTS = st.none() | st.sampled_from([0, 0, 1, 2, 3.5, 8])


@given(st.lists(st.lists(AMOUNTS, min_size=7, max_size=7), min_size=1, max_size=6), st.integers(1, 30))
def test_every_whole_week_says_what_was_noted_in_it(made: list[list[float | None]], most: int) -> None:
    entries = [limit(MONDAY - timedelta(days=1), week=most)]
    truth = {}
    for number, week in enumerate(made):
        monday = MONDAY + timedelta(days=7 * number)
        values = [value for value in week if value is not None]
        entries += [noted(monday + timedelta(days=day), value) for day, value in enumerate(week) if value is not None]
        if values:
            within = sum(values) <= most if len(values) >= WEEK_LEAST else None
            truth[monday] = (len(values), sum(values), values.count(0), max(values), within)
    told = found(*entries).amounts
    assert told.n == sum(days for days, *_ in truth.values())
    rows = {week.since: (week.days, week.total, week.free, week.most, week.within) for week in told.rows}
    assert rows == (truth if told.enough else {})


def a_week(number: int, *values: float | None, **more: Any) -> list[Entry]:
    days = enumerate(values)
    return [noted(MONDAY + timedelta(days=7 * number + day), value, **more) for day, value in days if value is not None]


def test_nothing_is_said_without_amounts_or_of_too_few() -> None:
    several = [check_in(TODAY, 5, chosen=True), urge(TODAY, 6, 3), limit(MONDAY, week=20)]
    assert found(*several).amounts.n == 0
    few = [*several, *a_week(1, 1, 2, 3, 4, 5, 6)]
    assert (found(*few).amounts.n, found(*few).amounts.rows) == (6, [])
    text = as_text(insights_page(found(*several)))
    assert found(*several).amounts.title not in text


def test_a_limit_holds_from_the_week_after_it_and_the_newest_counts() -> None:
    days = [*a_week(0, 3, 3, 3, 3, 3, 3, 3), *a_week(1, 3, 3, 3, 3, 3, 3, 3), *a_week(2, 3, 3, 3, 3, 3, 3, 3)]
    first, second = limit(MONDAY + timedelta(days=2), week=20), limit(MONDAY + timedelta(days=9), week=30)
    assert [week.limit_week for week in weeks(*days, first, second)] == [None, 20, 30]
    assert [week.within for week in weeks(*days, first, second)] == [None, False, True]
    assert [week.limit_week for week in weeks(*days, second, first, since=MONDAY + timedelta(days=15))] == [30]


def test_the_limit_of_a_trial_ends_on_its_day_unless_it_is_gone_on_with() -> None:
    days = [*a_week(0, *[1] * 7), *a_week(1, *[1] * 7), *a_week(2, *[1] * 7)]
    before = limit(MONDAY - timedelta(days=30), week=50)
    trial = {"week": 10, "review": (MONDAY + timedelta(days=14)).isoformat()}
    begun = MONDAY - timedelta(days=1)
    assert [week.limit_week for week in weeks(*days, before, limit(begun, **trial))] == [10, 10, 50]
    assert [week.limit_week for week in weeks(*days, before, limit(begun, **trial, decision="keep"))] == [10, 10, 10]


def test_another_unit_is_no_part_of_it() -> None:
    days = a_week(0, *[2] * 7)
    [week] = weeks(*days, limit(MONDAY - timedelta(days=1), unit="euros", week=5))
    assert (week.limit_week, week.within) == (None, None)


def test_a_day_and_free_days_are_held_to_as_well() -> None:
    on, about = MONDAY - timedelta(days=1), dict[str, Any]
    whole = a_week(0, 0, 0, 3, 3, 3, 3, 3)
    cases: list[tuple[dict[str, Any], bool | None]] = [
        (about(day_most=3, free=2), True), (about(day_most=2), False), (about(free=3), False),
    ]  # fmt: skip
    for limits, within in cases:
        assert weeks(*whole, limit(on, **limits))[0].within is within
    missing = [*a_week(0, 0, 2, 2, 2, 2), *a_week(1, 1, 1, 1)]
    assert weeks(*missing, limit(on, free=2))[0].within is None, "the days that are missing may have been free"
    assert weeks(*missing, limit(on, free=4))[0].within is False


def test_what_was_written_last_about_a_day_counts() -> None:
    days = [*a_week(0, *[2] * 7), noted(MONDAY, 9, hour=22)]
    assert weeks(*days)[0].total == 21


def test_money_only_at_a_price_of_their_own_and_the_pace_only_of_enough_days() -> None:
    early = [*a_week(0, *[4] * 7), *a_week(1, *[4] * 7)]
    assert money_of(found(*early, limit(MONDAY, week=20)).amounts) == []
    [two] = money_of(found(*early, limit(MONDAY, price=2.5)).amounts)
    assert (two.days, two.spent, two.later, two.at_first_pace) == (14, 140, None, None)
    later = [*early, *a_week(2, *[1] * 7), *a_week(3, *[1] * 7)]
    [four] = money_of(found(*later, limit(MONDAY, price=2.5)).amounts)
    assert (four.spent, four.later_days, four.later, four.at_first_pace) == (175, 14, 35, 140)


def test_nothing_of_self_harm_or_eating_and_nothing_of_nobody_knows_what_beside_them() -> None:
    for family in ("self-harm", "eating", "eating-restrict"):
        days = [*a_week(0, *[2] * 7), *a_week(0, *[3] * 7, about="it"), *a_week(0, *[5] * 7, about="")]
        told = found(*days, limit(MONDAY, "it", week=9), families={"betting": "gambling", "it": family})
        assert {week.about for week in told.amounts.rows} == {"betting"}
        assert told.amounts.n == 7
        assert not told.left_out or family == "self-harm"


def test_the_page_says_how_many_days_and_grades_nothing() -> None:
    days = [*a_week(0, *[3] * 7), *a_week(1, *[1] * 7), *a_week(2, 1, 1)]
    text = as_text(insights_page(found(*days, limit(MONDAY - timedelta(days=1), week=20))))
    assert "1 of 2 weeks stayed within your limit (20 bets a week)" in text
    assert "2 of 7" in text
    assert "For 1 other week, you noted too few days" in text


def test_each_week_is_held_beside_the_limit_that_stood_then() -> None:
    days = [*a_week(0, *[3] * 7), *a_week(1, *[1] * 7), *a_week(2, *[4] * 7)]
    older, newer = limit(MONDAY - timedelta(days=1), week=20), limit(MONDAY + timedelta(days=13), week=30)
    text = as_text(insights_page(found(*days, older, newer)))
    assert "1 of 2 weeks stayed within your limit (20 bets a week)" in text
    assert "1 of 1 week stayed within your limit (30 bets a week)" in text
