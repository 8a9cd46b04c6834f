"""Narrow terminals: every number of a page stands on it at 30 and at 20 columns, in lines that fit."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from smartcli.blocks import (
    Bar,
    Bars,
    Beside,
    Block,
    Change,
    Chart,
    Compared,
    Comparison,
    Heat,
    Item,
    Items,
    Meter,
    Page,
    Record,
    Records,
    Table,
    Wheel,
)
from smartcli.pages.insights import insights_page
from smartcli.renderers import charts, terminal
from tests.pages.test_insights import year
from tests.support.blocks import every_page

WIDE = 100
NARROW = [38, 30, 28, 20]


def drawn(page: Page, columns: int, *, unicode: bool = True) -> list[str]:
    text = "".join(terminal.drawn_page(page, columns, unicode=unicode, styled=False))
    return [line.rstrip() for line in text.splitlines()]


def numbers(lines: list[str]) -> Counter[str]:
    return Counter(re.findall(r"\d+(?:[.,:]\d+)*", "\n".join(lines)))


def without_heat(blocks: Iterator[Block] | list[Block]) -> Iterator[Block]:
    """Yield blocks without heat maps, whose hours are named as far as there is room."""
    for block in blocks:
        if isinstance(block, Beside):
            yield Beside([*without_heat([*block.left])], [*without_heat([*block.right])])
        elif not isinstance(block, Heat):
            yield block


NUMBERED: list[Block] = [
    Table(["", "times", "average strength", "acted on"], [["The end of the working day", "1,097", "7.25", "13 of 97"]]),
    Table(["", ""], [["Your longest quiet stretch so far", "123 days"]]),
    Meter(7.5, 0, 10, 3),
    Wheel([("Health and how well I sleep", 4.5, 6.25), ("Work", 7, None)]),
    Bars([Bar("Call or text somebody I know", 4.4, "4.4 (likely 3.9 to 5.1), 1,034 times")], "From 2,345 urges."),
    Chart([(0, 1.0), (9, 34.0)], 0, 34, [(0, "25 Jan 2024"), (9, "26 Nov 2026")], "323 urges. The most: 34."),
    Items([Item("Call 0161 496 0000 first", ("short-term",)), Item("25 pounds a week")], numbered=True),
    Records([Record("21:30", "Check-in", "drinking", "mood 6, urges up to 7", "3f2a", "walked 12 miles home", ((7, 9),))]),
    Comparison(("1 Jan 2024", "2 Feb 2025"), [Compared("Hours a week", [Change("12 hours", "15 hours"), Change(None, "3 new")])]),
]  # fmt: skip


@pytest.mark.parametrize("columns", NARROW)
@pytest.mark.parametrize("unicode", [True, False])
def test_no_number_of_a_block_is_lost(columns: int, unicode: bool) -> None:
    for block in NUMBERED:
        page = Page("Page", [block])
        narrow = drawn(page, columns, unicode=unicode)
        missing = set(numbers(drawn(page, WIDE, unicode=unicode))) - set(numbers(narrow))
        assert not missing, (type(block).__name__, narrow)
        assert max(map(len, narrow)) <= columns


@pytest.mark.parametrize("columns", NARROW)
def test_no_number_of_insights_is_lost(columns: int) -> None:
    page = insights_page(year())
    page = page._replace(blocks=[*without_heat([*page.blocks])])
    missing = numbers(drawn(page, WIDE)) - numbers(drawn(page, columns))
    assert not missing


@pytest.mark.parametrize("columns", [*range(1, 20)])
def test_no_width_is_too_narrow_to_draw(columns: int) -> None:
    for page in [insights_page(year()), *every_page(lambda: "some words and 12 more")]:
        assert drawn(page, columns)


@pytest.mark.parametrize("width", range(8, 40))
def test_a_heat_map_too_wide_for_the_screen_counts_neighbours_together(width: int) -> None:
    counts = [0] * 24
    counts[23] = 5  # the last hour is what would be cut off
    head, row = charts.heat(Heat([f"{hour:02}" for hour in range(24)], [("Mon", counts)], ""), width)
    assert len(row) <= width
    assert len(head) <= width or width < 12
    assert "█" in row


@pytest.mark.parametrize("columns", NARROW)
def test_every_kind_of_page_fits(columns: int) -> None:
    for page in every_page(lambda: "words 3 and 14"):
        assert max(map(len, drawn(page, columns)), default=0) <= columns
