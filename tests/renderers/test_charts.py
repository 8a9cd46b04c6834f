"""Drawings of signs: what they show can be told apart without colour, and they fit."""

from hypothesis import given
from hypothesis import strategies as st

from smartcli.blocks import Chart, Heat
from smartcli.renderers import charts

WIDTHS = st.integers(20, 198)
POINTS = st.lists(st.tuples(st.integers(0, 400), st.none() | st.floats(0, 10)), min_size=1, max_size=60).map(lambda points: sorted(points, key=lambda one: one[0]))  # fmt: skip


def chart(*ys: float | None, stepped: bool = False) -> Chart:
    return Chart([*enumerate(ys)], 0, 10, [(0, "first"), (len(ys) - 1, "last")], "", stepped)


@given(POINTS, WIDTHS, st.integers(2, 12), st.booleans(), st.booleans())
def test_a_line_keeps_within_its_width_and_height(
    points: list, width: int, height: int, unicode: bool, stepped: bool
) -> None:
    drawn = charts.line(
        Chart(points, 0, 10, [(points[0][0], "1 Jan 2024"), (points[-1][0], "31 Dec 2024")], "", stepped),
        width,
        height,
        unicode=unicode,
    )
    assert height + 1 <= len(drawn) <= height + 2
    assert "1 Jan 2024" in drawn[height]
    assert points[0][0] == points[-1][0] or "31 Dec 2024" in drawn[-1]
    assert all(len(line) <= width for line in drawn)
    assert unicode or all(line.isascii() for line in drawn)


def test_a_line_rises_as_its_numbers_do() -> None:
    assert charts.line(chart(0, 5, 10), 9, 3, unicode=False) == [
        "10 |   **",
        "   |  *",
        " 0 |**",
        "    first",
        "     last",
    ]


def test_where_nothing_was_written_nothing_is_drawn() -> None:
    drawn = charts.line(chart(5, 5, None, None, 5, 5), 30, 3, unicode=False)[1]
    inside = drawn.split("|")[1]
    assert "  " in inside.strip()
    assert "*" in inside[:8]
    assert "*" in inside[-8:]
    assert charts.line(chart(None, None), 20, 3)[0].endswith("┤")


def test_a_stepped_line_stays_level_until_the_next_point() -> None:
    top = charts.line(chart(10, 0, stepped=True), 20, 3, unicode=False)[0].split("|")[1]
    assert set(top) == {"*"}


def test_each_step_darker_is_another_glyph() -> None:
    block = Heat(["a", "b", "c", "d", "e"], [("Mon", [0, 1, 3, 6, 9])], "")
    for unicode in (True, False):
        cells = charts.heat(block, 9, unicode=unicode)[1].removeprefix("Mon ")
        assert len(set(cells)) == 5
        assert unicode or cells.isascii()


@given(st.lists(st.lists(st.integers(0, 500), min_size=24, max_size=24), min_size=7, max_size=7), st.integers(32, 198))
def test_a_heat_map_shows_nothing_as_a_dot_and_anything_as_more(counts: list[list[int]], width: int) -> None:
    block = Heat([f"{hour:02}" for hour in range(24)], [("Mon", row) for row in counts], "")
    head, *rows = charts.heat(block, width)
    cell = 3 if width >= 76 else 2 if width >= 52 else 1
    for row, given_counts in zip(rows, counts, strict=True):
        glyphs = row.removeprefix("Mon ").ljust(24 * cell)[::cell]
        assert [glyph == "·" for glyph in glyphs] == [count == 0 for count in given_counts]
    assert all(len(line) <= width for line in (head, *rows))


@given(st.floats(-5, 10), st.floats(0.1, 10), st.integers(4, 40), st.booleans())
def test_a_bar_is_as_long_as_its_number_and_never_longer_than_its_room(
    value: float, most: float, width: int, unicode: bool
) -> None:
    value = min(value, most)
    drawn = charts.bar(value, most, width, unicode=unicode)
    assert len(drawn) <= width
    assert bool(drawn) == (value > 0)
    assert charts.bar(most, most, width, unicode=unicode) == ("█" if unicode else "#") * width
