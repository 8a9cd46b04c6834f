"""Tables on a terminal: columns where they fit, a small list a row where they do not."""

from rich.cells import cell_len

from smartcli.blocks import Table
from smartcli.renderers import terminal

SHORT = Table(["Part of life", "content"], [["Family", "4"], ["Mind and mood", "10"]])


def drawn(table: Table, width: int) -> list[str]:
    return [line.rstrip() for line in terminal.draw([table], width, styled=False).split("\n")]


def test_short_cells_stand_in_columns_even_where_it_is_narrow() -> None:
    assert len(drawn(SHORT, 38)) == 3
    assert drawn(SHORT, 38)[1].split() == ["Family", "4"]


def test_a_cell_that_needs_more_room_makes_each_row_a_small_list() -> None:
    long = Table(["What", "How"], [["evenings outside", "get off the bus one stop early, and walk"]])
    assert drawn(long, 38)[0] == "  evenings outside"
    assert drawn(long, 38)[1].startswith("    How")
    assert len(drawn(Table(SHORT.head, [["Family", "4\n5"]]), 38)) > 2
    wide = Table(SHORT.head, [["家" * 16, "4"]])  # each of these takes two columns
    assert all(cell_len(line) <= 38 for line in drawn(wide, 38))


def test_the_first_column_gives_way_before_any_figure_is_folded() -> None:
    table = Table(
        ["", "28 days", "before"], [["Urges that passed without an answer", "7.1 (17 times)", "6.2 (20 times)"]]
    )
    page = drawn(table, 46)
    assert any("7.1 (17 times)" in line and "6.2 (20 times)" in line for line in page), page
