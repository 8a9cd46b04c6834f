"""Today's page on a small screen: what matters most stays, and nothing is longer than its room."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from smartcli.blocks import Block, Words
from smartcli.pages.today import Place, fit_page, greeting, quoted, said, today_page, week_parts

DAY = date(2026, 11, 22)
PARTS = [said(place, place.name) for place in Place if place is not Place.REMARK]


def lines(blocks: Sequence[Block]) -> int:
    return len(blocks)


def texts(blocks: Sequence[Block]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Words) and block.text]


def test_with_room_enough_the_page_is_whole_in_groups() -> None:
    page, places = fit_page(DAY, PARTS, 20, lines)
    assert places == {part.place for part in PARTS}
    assert [*page.blocks] == [*today_page(DAY, PARTS).blocks]
    assert [*page.blocks].count(Words("")) == 2


def test_empty_lines_give_way_before_anything_that_is_said() -> None:
    page, places = fit_page(DAY, PARTS, len(PARTS), lines)
    assert len(places) == len(PARTS)
    assert Words("") not in page.blocks


@pytest.mark.parametrize("room", range(12))
def test_it_is_never_longer_than_its_room_and_keeps_its_order(room: int) -> None:
    page, places = fit_page(DAY, PARTS, room, lines)
    shown = texts([*page.blocks])
    assert len(shown) == min(room, len(PARTS)) == len(places)
    assert shown == [part.blocks[0].text for part in PARTS if part.place in places]  # type: ignore[union-attr]


def test_a_step_stays_longer_than_the_greeting_and_the_marks_than_their_words() -> None:
    order: list[Place] = []
    for room in range(1, len(PARTS) + 1):
        (new,) = fit_page(DAY, PARTS, room, lines).places - set(order)
        order.append(new)
    assert order.index(Place.STEP) < order.index(Place.GREETING)
    assert order[-1] is Place.WEEK_IN_WORDS


def test_a_remark_is_never_left_out_for_anything_else() -> None:
    page, _ = fit_page(DAY, [*PARTS, said(Place.REMARK, "Paused, and kept.")], 1, lines)
    assert texts([*page.blocks]) == ["Paused, and kept."]


def test_long_words_of_theirs_are_cut_between_words_to_three_lines_of_a_screen() -> None:
    (block,) = quoted(Place.STEP, "You planned this yesterday:", "call the dentist " * 40, 38).blocks
    assert isinstance(block, Words)
    assert len(block.text) <= 3 * 38
    assert block.text.endswith(" the dentist…") or block.text.endswith(" call the…") or block.text.endswith("call…")
    (whole,) = quoted(Place.STEP, "You planned this yesterday:", "call the dentist " * 20).blocks
    assert isinstance(whole, Words)
    assert not whole.text.endswith("…")


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ([0], "You wrote something today."),
        ([1], "You wrote something on Saturday."),
        ([0, 3, 6], "You wrote something on Monday and Thursday, and today."),
        ([6, 7, 8], "You wrote something on Monday."),
        ([7], ""),
    ],
)
def test_the_week_can_be_heard(days: list[int], says: str) -> None:
    parts = week_parts({DAY - timedelta(days=ago) for ago in days}, DAY, with_marks=False)
    assert texts([block for part in parts for block in part.blocks]) == ([says] if says else [])


def test_the_marks_of_a_week_fit_forty_columns() -> None:
    marks, _ = week_parts({DAY}, DAY, with_marks=True)
    assert len(marks.blocks[0].text) <= 38  # type: ignore[union-attr]


def test_a_gap_is_welcomed_back_without_a_count_of_what_was_missed() -> None:
    assert greeting(DAY, DAY - timedelta(days=3)) == "Good to see you."
    assert "2 weeks" in greeting(DAY, DAY - timedelta(days=20))
    assert not re.search(r"\d", greeting(DAY, DAY - timedelta(days=90)))
