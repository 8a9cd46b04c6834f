"""A page with every kind of block, its words given: for tests of renderers."""

from collections.abc import Callable, Iterator

from smartcli.blocks import (
    Bar,
    Bars,
    Beside,
    BlankCell,
    BlankGrid,
    BlankTable,
    BlankWheel,
    Block,
    Boxes,
    Card,
    Cell,
    Chart,
    Gaps,
    Grid,
    Heading,
    Heat,
    Item,
    Items,
    Meter,
    Numbers,
    Page,
    Record,
    Records,
    Ruled,
    Table,
    Wheel,
    Words,
)


def every_block(say: Callable[[], str]) -> Iterator[Block]:
    """Yield one or two blocks of every kind; `say` gives each text in it."""
    cells = [Cell(say(), [Item(say(), (say(),)), Item(say(), ticked=True)], say()), Cell(say(), [])]
    yield from (Heading(say(), level) for level in (2, 3))
    yield from (Words(say()), Words(say(), theirs=True), Words(say(), quiet=True))
    yield Items([Item(say(), (say(),)), Item(say(), ticked=False)])
    yield Items([Item(say())], numbered=True)
    yield Meter(7, 0, 10, 3)
    yield Table([say(), say()], [[say(), say()]])
    yield Table(["", ""], [[say(), say()]])
    yield Grid([*cells, *cells])
    yield Card(say(), cells)
    yield Card(say(), cells, folds=True)
    yield Card(say(), cells, folds=True, about=say(), twice=True)
    yield Card("", cells)
    yield Wheel([(say(), 3, 5), (say(), 7, None), (say(), 0, 1)])
    yield Chart([(0, 3), (1, None), (2, 5), (3, 4)], 0, 10, [(0, say()), (3, say())], say(), said=[say()])
    yield Chart([(0, 1), (2, 0.5)], 0, 1, [], say(), stepped=True)
    yield Bars([Bar(say(), 3.5, say()), Bar(say(), -1, say())], say())
    yield Heat([say(), say()], [(say(), [0, 4]), (say(), [1, 2])], say())
    yield Records(
        [Record("21:04", say(), say(), say(), "abcdef"), Record("", say(), "", "", "abcdeg", say(), [(0, 1)])]
    )
    yield from (Ruled(2), Ruled(3, numbered=True, marks=(say(), say())))
    yield Gaps([(say(), ""), ("", say())])
    yield Boxes([(say(), [say(), say()]), ("", [say()])], own=3)
    yield from (Numbers(0, 10, say(), say()), Numbers(0, 100), Numbers(1, 3))
    yield BlankTable([say(), say()], [[say(), ""], ["", ""]], [6, 2])
    yield BlankGrid([BlankCell(say(), say(), (say(),)), *([BlankCell(say())] * 3)], 3)
    yield BlankWheel([say(), "", ""])
    yield Beside([Heading(say(), 2), Words(say())], [Words(say())])


def every_page(say: Callable[[], str]) -> list[Page]:
    """Return three pages in two sections, two of them of the same title."""
    blocks, again = [*every_block(say)], say()
    return [
        Page(again, blocks, say(), "November 2026"),
        Page(say(), [Words(say())], "", "November 2026", sheet=True),
        Page(again, [], say(), "October 2026"),
    ]
