"""What each section says."""

from datetime import date, timedelta
from typing import Any

import pytest

from smartcli.entries.entry import Entry
from smartcli.insights.report import Insights, compute_insights, insights_as_json
from tests.insights.entries import TODAY, answer, check_in, entry, notes, urge


def found(*entries: Entry, **options: Any) -> Insights:
    return compute_insights(notes(*entries), TODAY, **options)


def back(days: int) -> date:
    return TODAY - timedelta(days=days)


def as_json(found: Insights, section: str) -> list[dict[str, Any]]:
    return next(one["rows"] for one in insights_as_json(found)["sections"] if one["id"] == section)


def row(found: Insights, name: str) -> Any:
    return next(one for one in found.glance.rows if one.id == name)


def test_an_empty_journal_has_every_section_and_no_number() -> None:
    told = insights_as_json(found())
    assert [one["id"] for one in told["sections"]] == [
        "glance", "mood", "urges", "hours", "triggers", "contexts", "coping", "duration", "return", "scales", "goals",
        "signs", "amounts"]  # fmt: skip
    assert all(one["n"] == 0 and not one["enough"] and not one["rows"] for one in told["sections"])
    assert told["noticed"] == []


def test_the_last_four_weeks_stand_beside_the_four_before() -> None:
    many = [urge(back(day), 8 if day < 28 else 6, acted=day == 3) for day in range(56)]
    here = found(*many)
    assert (row(here, "urges").now, row(here, "urges").before) == (28, 28)
    assert (row(here, "strength").now, row(here, "strength").before) == (8, 6)
    assert (row(here, "passed").now, row(here, "passed").n) == (27, 28)
    assert row(here, "passed-in-all").now == 55


def test_a_period_asked_for_stands_beside_one_as_long() -> None:
    many = [urge(back(day), 5) for day in range(20)]
    here = found(*many, since=back(6))
    assert (row(here, "urges").now, row(here, "urges").before) == (7, 7)
    assert here.urges.n == 7


def test_of_the_newest_few_nothing_is_said_of_the_time_before_or_in_all() -> None:
    many = [urge(back(day), 5, acted=False) for day in range(40)]
    few = found(*many[5:], is_whole=False)
    assert few.span == few.glanced == (back(39), back(5)), "their own days, and no others"
    few = found(*many, is_whole=False)
    assert (row(few, "urges").now, row(few, "urges").before) == (40, None)
    ids = {figure.id for figure in few.glance.rows}
    assert not ids & {"chosen-30", "chosen-90", "passed-in-all", "chosen-in-all"}


def test_urges_of_which_nothing_is_said_neither_passed_nor_were_acted_on() -> None:
    known = [urge(back(day), 5, acted=day < 2) for day in range(6)]
    unknown = [urge(back(day), 5) for day in range(9)]
    here = found(*known, *unknown)
    for name in ("passed", "passed-in-all"):
        assert (row(here, name).now, row(here, name).n) == (4, 6)
    assert row(here, "urges").now == 15


def test_days_that_say_nothing_are_not_against_anyone() -> None:
    days = [check_in(back(day), chosen=day != 2) for day in range(0, 30, 2)] + [check_in(back(1), mood=5)]
    assert (row(found(*days), "chosen-30").now, row(found(*days), "chosen-30").n) == (14, 15)


def test_a_mean_of_three_is_not_told() -> None:
    assert row(found(*(check_in(back(day), 5) for day in range(3))), "mood").now is None
    assert row(found(*(check_in(back(day), 5) for day in range(4))), "mood").now == 5


def test_a_week_in_which_nothing_was_written_is_a_gap_and_one_without_urges_is_none() -> None:
    many = [urge(back(day), 5) for day in (80, 79, 78, 77, 0)] + [check_in(back(8), 6)]
    counts = [one.n for one in found(*many).urges.rows]
    assert counts[0] == 4
    assert counts[-1] == 1
    assert counts[-2] == 0
    assert counts[1:-2] == [None] * (len(counts) - 3)


SAME = ["I couldn't rest", "I couldn\u2019t  rest.", "i COULDN\u2019T re\u00adst", "I couldn't rest\u200b!"]


@pytest.mark.parametrize(("given", "section"), [("trigger", "triggers"), ("state", "contexts"), ("tool", "coping")])
def test_what_differs_only_as_typing_does_is_one(given: str, section: str) -> None:
    many = [urge(back(day), 8, 4, **{given: words}) for day, words in enumerate(SAME * 2)]
    assert [(row["name"], row["n"]) for row in as_json(found(*many), section)] == [(SAME[0], len(many))]


def test_triggers_stand_most_frequent_first_and_few_have_no_numbers() -> None:
    many = [urge(back(day), 6, trigger="Payday", acted=day == 0) for day in range(4)]
    many += [urge(back(day), 9, trigger="payday ") for day in range(2)] + [urge(back(1), 3, trigger="row")]
    rows = found(*many).triggers.rows
    assert (rows[0].name, rows[0].n, rows[0].strength, rows[0].acted, rows[0].known) == ("Payday", 6, 7, 1, 4)
    assert (rows[1].name, rows[1].n, rows[1].strength, rows[1].acted) == ("row", 1, None, None)


def test_an_option_counts_by_its_id_however_it_was_worded() -> None:
    many = [
        entry(back(day), answer("urge.before", 5), answer("trigger", "payday", labels={"payday": said}))
        for day, said in enumerate(["Payday", "Payday", "Payday or money", "Payday"])
    ]
    assert [(one.name, one.n) for one in found(*many).triggers.rows] == [("Payday", 4)]


def test_one_lucky_try_does_not_lead_and_is_not_given_a_number() -> None:
    many = [urge(back(day), 8, 3 + day % 2, tool="walk") for day in range(8)]
    many += [urge(back(day), 8, 7, tool="wait") for day in range(8)] + [urge(back(1), 9, 0, tool="luck")]
    rows = found(*many).coping.rows
    assert [(one.name, one.n, one.change) for one in rows] == [("walk", 8, 4.5), ("wait", 8, 1), ("luck", 1, None)]
    assert rows[0].low is not None
    assert rows[0].low < 4.5 < (rows[0].high or 0)


def test_a_tool_named_beside_no_rating_is_not_a_try() -> None:
    lists = [entry(back(day), answer("coping", ["walk", "wait"])) for day in range(9)]
    lists += [urge(back(day), 8, tool="walk") for day in range(9)]  # not rated afterwards
    assert found(*lists).coping.n == 0
    assert found(*(entry(back(1), answer("trigger", "row")) for _ in range(9))).triggers.n == 0


def test_several_tools_in_one_urge_each_count_the_whole_change() -> None:
    both = [
        entry(back(day), answer("urge.before", 8), answer("urge.after", 4), answer("coping", ["a", "b"]))
        for day in range(4)
    ]
    assert [(one.name, one.n, one.change) for one in found(*both).coping.rows] == [("a", 4, 4), ("b", 4, 4)]


def test_tools_are_told_by_trigger_where_there_are_enough() -> None:
    many = [urge(back(day), 8, 4, tool="walk", trigger="row") for day in range(4)]
    many += [urge(back(1), 8, 7, tool="walk", trigger="rain")]
    assert [tuple(one) for one in found(*many).coping.rows[0].triggers] == [("row", 4, 4)]


def test_a_table_of_urges_counts_a_row_as_an_urge() -> None:
    columns = [{"id": name, "kind": "line", "measure": measure} for name, measure in
               {"b": "urge.before", "a": "urge.after", "t": "coping"}.items()]  # fmt: skip
    rows = [{"b": 8, "a": 5, "t": "walk"}] * 3 + [{"b": 4, "a": 3, "t": "wait"}]
    own = entry(TODAY, {"id": "table", "kind": "table", "ask": "?", "columns": columns, "answer": rows})
    assert found(own).urges.n == 4
    assert found(own).coping.rows[0][:2] == ("walk", 3)


def test_how_long_urges_last_is_told_from_eight_on() -> None:
    def lasting(minutes: int) -> Entry:
        ratings = [{"after_seconds": minutes * 60, "value": 4}]
        return entry(
            back(minutes),
            answer("urge.before", 8),
            answer("urge.ratings", {"seconds": 900, "finished": True, "ratings": ratings}),
        )

    assert not found(*map(lasting, range(1, 8))).duration.rows
    told = found(*map(lasting, range(1, 10))).duration
    assert (told.rows[0].half_minutes, told.rows[0].ninety_minutes, told.rows[0].n, told.rows[0].censored) == (
        5,
        9,
        9,
        0,
    )
    assert told.more["curve"][-1] == {"minutes": 9, "still": 0}


def lapse(day: date, **more: Any) -> Entry:
    return entry(day, answer("lapse", "over"), **more)


def test_the_way_back_is_counted_from_the_first_of_several_lapses() -> None:
    days = [lapse(back(40)), lapse(back(39)), check_in(back(37), chosen=True), lapse(back(30)), check_in(back(28), chosen=True),
            check_in(back(21), chosen=False), lapse(back(20)), check_in(back(19), chosen=True), lapse(back(2))]  # fmt: skip
    told = found(*days).after_lapse
    assert [one.days for one in told.rows] == [3, 2, 1, None]
    assert (told.n, told.more["typical"], told.more["earlier"]) == (3, 2, None)


def test_a_way_back_that_gets_shorter_is_noticed() -> None:
    days = []
    for number, took in enumerate([6, 5, 6, 2, 1, 1]):
        days += [lapse(back(100 - 10 * number)), check_in(back(100 - 10 * number - took), chosen=True)]
    told = found(*days)
    assert (told.after_lapse.more["earlier"], told.after_lapse.more["later"]) == (6, 1)
    assert (
        "After a lapse you now find your way back sooner: it takes 1 day and used to take 6 days (from 6 lapses)."
        in told.noticed
    )


def test_scales_show_the_first_the_last_and_now() -> None:
    rulers = [
        entry(back(day), answer("importance", value, label="How much")) for day, value in ((30, 4), (20, 6), (10, 9))
    ]
    rows = found(*rulers).scales.rows
    assert (rows[0].name, rows[0].first, rows[0].last, rows[0].now, rows[0].n) == ("How much", 4, 6, 9, 3)
    assert not found(rulers[0]).scales.rows


def test_areas_of_life_are_a_scale_each() -> None:
    def wheel(day: int, fun: int) -> Entry:
        columns = [{"id": "area", "kind": "choice", "measure": "area", "labels": {"fun": "Fun and rest"}},
                   {"id": "content", "kind": "scale", "measure": "satisfaction"}]  # fmt: skip
        rows = [{"area": "fun", "content": fun}, {"area": "My boat", "content": 7}]
        return entry(back(day), {"id": "wheel", "kind": "table", "ask": "?", "columns": columns, "answer": rows})

    rows = found(wheel(30, 2), wheel(1, 5)).scales.rows
    assert [(one.name, one.first, one.last, one.now) for one in rows] == [
        ("Fun and rest", 2, None, 5),
        ("My boat", 7, None, 7),
    ]


def test_steps_are_counted_and_those_past_their_day_are_named_so() -> None:
    columns = [{"id": name, "kind": "line", "measure": f"goal.{name}"} for name in ("step", "due", "done")]
    rows = [{"step": "a", "done": True, "due": "2026-01-01"}, {"step": "b", "due": "2026-11-21"},
            {"step": "c", "due": "2026-11-22"}, {"step": "d", "done": False}]  # fmt: skip
    goals = entry(back(3), {"id": "steps", "kind": "table", "ask": "?", "columns": columns, "answer": rows})
    assert tuple(found(goals).goals.rows[0]) == (4, 1, 1, 2)


def start(*families: tuple[str, str]) -> Entry:
    columns = [
        {"id": "name", "kind": "line", "measure": "behaviour"},
        {"id": "family", "kind": "choice", "measure": "family"},
    ]
    rows = [{"name": name, "family": family} for name, family in families]
    return entry(back(90), {"id": "behaviours", "kind": "table", "ask": "?", "columns": columns, "answer": rows})


def test_nothing_about_self_harm_is_counted_and_that_is_said() -> None:
    many = [start(("cutting", "self-harm"), ("drinking", "alcohol"))]
    many += [urge(back(day), 8, 3, about="Cutting", tool="walk") for day in range(9)] + [
        lapse(back(2), about="cutting")
    ]
    many += [urge(back(day), 5, about="drinking") for day in range(4)] + [urge(back(1), 9)]  # the last names none
    told = found(*many)
    assert told.left_out
    assert told.urges.n == 4
    assert row(told, "strength").now == 5
    assert told.coping.n == 0


def test_where_self_harm_is_all_there_is_only_mood_is_left_of_a_check_in() -> None:
    told = found(start(("it", "self-harm")), *(check_in(back(day), 5, chosen=True) for day in range(9)))
    assert told.mood.n == 9
    assert row(told, "chosen-30").n == 0
    assert row(told, "chosen-in-all").n == 0


def test_the_newest_entry_says_of_which_family_something_is() -> None:
    later = start(("it", "other"))
    later = entry(back(3), *later.body["fields"])
    assert not found(start(("it", "self-harm")), later, urge(back(1), 5, about="it")).left_out
    assert found(later, start(("it", "self-harm"))).left_out is False


def test_most_urges_at_one_part_of_the_week_is_noticed() -> None:
    friday = date(2026, 11, 20)
    many = [urge(friday - timedelta(days=7 * week), 7, hour=21) for week in range(4)]
    many += [urge(friday - timedelta(days=7 * week - 1), 7, hour=19) for week in range(4)] + [
        urge(friday - timedelta(days=3), 7, hour=9)
    ]
    assert found(*many).noticed[0] == "Most urges came on Friday and Saturday evenings (8 of 9)."


def test_urges_all_over_the_week_are_not_said_to_have_a_place() -> None:
    many = [urge(back(day), 7, hour=4 + (day * 7) % 24) for day in range(48)]
    assert not [one for one in found(*many).noticed if one.startswith("Most urges")]


def test_no_more_than_three_things_are_noticed() -> None:
    from tests.support.year import LAST, entries

    year = list(entries())
    assert len(compute_insights(notes(*year), LAST).noticed) == 3


@pytest.mark.parametrize(("rest", "is_best"), [([7, 7, 8, 8] * 3, True), ([0, 1, 5, 6] * 3, False)])
def test_a_tool_is_called_best_only_where_its_range_overlaps_no_other(rest: list[int], is_best: bool) -> None:
    walks = [urge(TODAY - timedelta(days=day), 8, after, tool="Walk") for day, after in enumerate([1, 2, 2, 3] * 3)]
    waits = [urge(TODAY - timedelta(days=day), 8, after, tool="Wait") for day, after in enumerate(rest)]
    told = next(one for one in found(*walks, *waits).noticed if "Walk" in one)
    assert ("anything else" in told) is is_best


def test_what_was_tried_too_seldom_to_compare_is_not_among_what_a_tool_leads() -> None:
    walks = [urge(back(day), 8, after, tool="Walk") for day, after in enumerate([1, 2, 2, 3] * 3)]
    waits = [urge(back(day), 8, after, tool="Wait") for day, after in enumerate([7, 7, 8, 8] * 3)]
    [of_two, of_three] = [
        next(one for one in found(*walks, *waits, *more).noticed if "Walk" in one)
        for more in ([], [urge(TODAY, 8, 0, tool="Sing")])
    ]
    assert "anything else you tried." in of_two
    assert "often enough" in of_three


def test_what_is_noticed_is_about_the_days_of_its_page() -> None:
    """Urges and days from before a period are no part of what is worth noticing in it."""
    many = [urge(back(day), 5, acted=day < 9, hour=day * 5 % 24) for day in range(60)]
    told = found(*many, since=back(9))
    assert not [one for one in told.noticed if "passed" in one], "nine of ten were acted on in these days"
    assert [one for one in found(*many).noticed if "51 of 60" in one]
