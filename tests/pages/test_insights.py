"""Every number that insights give can be read, by whoever cannot see a chart or a colour."""

import io
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings

from smartcli.blocks import Bars, Beside, Block, Chart, Heat, Table
from smartcli.entries.entry import Entry
from smartcli.insights.notes import gather
from smartcli.insights.report import Insights, compute_insights, insights_as_json
from smartcli.moments import weekday_name
from smartcli.pages.insights import insights_page
from smartcli.renderers import markdown, plain, terminal
from tests.insights.entries import TODAY, journals, notes, urge
from tests.insights.test_signs import journal as journal_of_signs
from tests.insights.test_signs import really_twice_as_frequent
from tests.support.year import LAST, entries


@cache
def year() -> Insights:
    return compute_insights(gather((one, True) for one in entries()), LAST)


def numbers(value: Any) -> Iterator[float]:
    """Yield every number in JSON as it is told, but for weekdays and hours (by name) and what there is none of.

    How long urges last is told in whole minutes, and the share of them as so many of 100.
    """
    if isinstance(value, dict):
        nothing = "n" in value and not value["n"] and not value.get("n_before")
        for name, one in value.items():
            told_otherwise = name in ("weekday", "hour", "least") or (name in NONE_IS_NOT_TOLD and one == 0)
            if told_otherwise or nothing:
                continue
            if name == "curve":
                yield from _of_curve(one)
            elif "half_minutes" in value and isinstance(one, float):
                yield from [round(one)] if one >= 1 else []
            else:
                yield from numbers(one)
    elif isinstance(value, list):
        for one in value:
            yield from numbers(one)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield value


def _of_curve(points: list[dict[str, float]]) -> Iterator[float]:
    """Yield the whole minutes of a curve, and how many of 100 urges were still strong at the end of each."""
    by_minute = {max(1, round(point["minutes"])): round(point["still"] * 100) for point in points}
    for minute, still in by_minute.items():
        yield from (minute, still)


NONE_IS_NOT_TOLD = ("n", "n_before", "censored", "done", "open", "overdue")


def readable(text: str) -> set[float]:
    return {float(found) for found in re.findall(r"-?\d+(?:\.\d+)?", text.replace(",", "").replace("\\", ""))}


def words_of(found: Insights) -> dict[str, str]:
    page = insights_page(found)
    return {"plain": plain.page(page), "markdown": "".join(markdown.document("Insights", [page]))}


@pytest.mark.parametrize("how", ["plain", "markdown"])
def test_every_number_of_the_year_stands_in_words(how: str) -> None:
    there = readable(words_of(year())[how])
    missing = {
        number for section in insights_as_json(year())["sections"] if section["enough"] for number in numbers(section)
    } - there
    assert not missing


@settings(deadline=None, max_examples=40)
@given(journals())
def test_every_number_of_any_journal_stands_in_words(journal: list[Entry]) -> None:
    found = compute_insights(notes(*journal), TODAY)
    there = readable(words_of(found)["plain"])
    sections = [one for one in insights_as_json(found)["sections"] if one["enough"] and one["rows"]]
    assert not {number for section in sections for number in numbers(section)} - there


def test_every_hour_stands_in_words() -> None:
    text = words_of(year())["plain"]
    days = {weekday_name(day): day for day in range(7)}
    named = (line.removeprefix("- ").split(":", 1) for line in text.splitlines())
    lines = {days[name]: rest for name, *rest in named if name in days}
    for row in year().hours.rows:
        assert re.search(rf"\b{row.n} at {row.hour}:00", lines[row.weekday][0])


def test_every_drawing_says_in_words_what_it_shows() -> None:
    def drawings(blocks: Any) -> Iterator[Block]:
        for one in blocks:
            yield from drawings((*one.left, *one.right)) if isinstance(one, Beside) else [one]

    drawn = [one for one in drawings(insights_page(year()).blocks) if isinstance(one, Chart | Bars | Heat)]
    assert len(drawn) == 6
    for one in drawn:
        assert one.summary
        if isinstance(one, Chart):
            assert one.said
        if isinstance(one, Bars):
            assert all(re.search(r"\d", bar.words) for bar in one.bars)


@pytest.mark.parametrize("unicode", [True, False])
@pytest.mark.parametrize("width", [40, 60, 80, 100, 140, 200])
def test_the_page_fits_every_width_with_and_without_unicode(width: int, unicode: bool) -> None:
    text = terminal.draw(insights_page(year()).blocks, width - 2, styled=False, unicode=unicode)
    lines = re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines()
    assert max(map(len, lines)) <= width - 2
    assert unicode or text.isascii()


def test_side_by_side_where_there_is_room_and_one_under_the_other_where_not() -> None:
    def together(width: int) -> bool:
        text = terminal.draw(insights_page(year()).blocks, width, styled=False)
        return any("At a glance" in line and "Mood" in line for line in text.splitlines())

    assert together(98)
    assert not together(58)


def test_what_is_too_few_says_so_with_how_many_it_takes() -> None:
    few = compute_insights(notes(*[one for one in entries() if one.exercise == "urge-log"][:3]), date(2024, 2, 1))
    text = plain.page(insights_page(few))
    assert "When urges came: 3 so far, 8 needed" in text
    assert "Triggers: 3 so far, 4 needed" in text


def test_nothing_written_is_a_kind_line_and_no_heading() -> None:
    out = plain.page(insights_page(compute_insights(notes(), TODAY)))
    assert "nothing to show" in out
    assert "Too few" not in out


def test_what_a_person_wrote_cannot_move_the_cursor_or_become_markup() -> None:
    from tests.insights.entries import urge

    nasty = "\x1b[31mred [bold]x[/bold] | *y*"
    many = [urge(TODAY - timedelta(days=day), 8, 4, tool=nasty, trigger=nasty) for day in range(9)]
    page = insights_page(compute_insights(notes(*many), TODAY))
    out = io.StringIO()
    terminal.print_page(page, out)
    for text in (plain.page(page), "".join(markdown.document("x", [page])), out.getvalue()):
        assert "\x1b[31m" not in text
    assert "[bold]x[/bold]" in plain.page(page)
    assert r"\*y*" in "".join(markdown.document("x", [page]))


def test_early_signs_are_said_in_whole_sentences_with_their_ranges_and_nothing_is_foretold() -> None:
    entries = journal_of_signs(really_twice_as_frequent)
    found = compute_insights(notes(*entries), TODAY)
    said = " ".join(words_of(found)["plain"].split())
    row = found.signs.rows[0]
    assert f"“{row.name}” {row.before} of {row.before_of} times" in said
    assert f"At other times you ticked this sign {row.other} of {row.other_of}" in said
    assert not numbers_missing(found, said)


def test_where_no_sign_stands_out_the_page_has_nothing_about_them() -> None:
    found = compute_insights(notes(*journal_of_signs(lambda week, is_before: ["a"] if week % 4 < 2 else [])), TODAY)
    assert found.signs.enough
    assert found.signs.title not in words_of(found)["plain"]


def numbers_missing(found: Insights, said: str) -> set[float]:
    section = next(one for one in insights_as_json(found)["sections"] if one["id"] == "signs")
    return set(numbers(section)) - readable(said)


def test_days_of_another_period_stand_in_no_column_that_names_this_one() -> None:
    page = insights_page(year())
    tables = [
        block
        for pair in page.blocks
        for block in (pair.left if isinstance(pair, Beside) else ())
        if isinstance(block, Table)
    ]
    glance, others = tables[:2]
    assert "days" in glance.head[1]
    assert not [row for row in glance.rows if re.search(r"\d", row[0])]
    assert not any(others.head[1:2])
    assert all(re.search(r"30|90", row[0]) for row in others.rows)


def test_a_period_that_began_before_the_first_entry_has_a_shorter_time_before() -> None:
    many = [urge(TODAY - timedelta(days=day), 5) for day in range(35)]
    assert "The time before is shorter" in plain.page(insights_page(compute_insights(notes(*many), TODAY)))
    many = [urge(TODAY - timedelta(days=day), 5) for day in range(56)]
    assert "The time before is shorter" not in plain.page(insights_page(compute_insights(notes(*many), TODAY)))


def test_a_document_does_not_say_what_is_not_counted() -> None:
    harm = [urge(TODAY, 5, about="it"), *(urge(TODAY - timedelta(days=day), 5, about="betting") for day in range(9))]
    found = compute_insights(gather(((one, True) for one in harm), {"it": "self-harm", "betting": "gambling"}), TODAY)
    here, handed_on = (plain.page(insights_page(found, for_others=is_for_others)) for is_for_others in (False, True))
    assert "hurting yourself" in here
    assert "hurting" not in handed_on
    assert "`smartcli" not in handed_on
    assert "not counted here" in handed_on


def test_a_page_says_what_else_the_figures_leave_out() -> None:
    page = insights_page(year(), ["Only entries of “Urge” are counted here."])
    assert plain.page(page).count("Only entries of “Urge”") == 1
