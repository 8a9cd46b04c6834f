"""Lines, bars and heat maps drawn with signs, as plain strings; braille and blocks, or ASCII alone."""

from collections.abc import Sequence
from itertools import pairwise

from smartcli import blocks as b
from smartcli.language import figure

AXES = "┤|"  # what stands between the numbers of a chart and its drawing, the second in ASCII
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))  # of a braille sign, by row and column
_EIGHTHS = " ▏▎▍▌▋▊▉"
_SHADES, _ASCII_SHADES = "·░▒▓█", ".-+*#"  # nothing, then darker; each glyph is another

Bits = list[list[bool]]  # a raster: rows from the top, columns from the left


def line(chart: b.Chart, width: int, height: int, *, unicode: bool = True) -> list[str]:
    """Return a chart in `width` columns: `height` lines of drawing behind their axis, and those of its ticks.

    Points that follow one another are joined; a gap stays empty. A lone point is drawn as a dot.
    """
    labels = _labels(chart, height)
    gutter = max(map(len, labels)) + 2
    across, down = (2, 4) if unicode else (1, 1)
    columns = max(width - gutter, 1)
    bits = _raster(chart, columns * across, height * down)
    rows = _braille(bits) if unicode else ["".join("*" if bit else " " for bit in row) for row in bits]
    axis = AXES[0] if unicode else AXES[1]
    drawn = [f"{label:>{gutter - 2}} {axis}{row}".rstrip() for label, row in zip(labels, rows, strict=True)]
    return [*drawn, *_ticks(chart, gutter, columns)]


def _labels(chart: b.Chart, height: int) -> list[str]:
    """Return what stands at the axis: the ends, and the middle where there is room for it."""
    labels = [""] * height
    labels[0], labels[-1] = figure(chart.high), figure(chart.low)
    if height >= 5 and height % 2:
        labels[height // 2] = figure((chart.low + chart.high) / 2)
    return labels


def _place(value: float, low: float, high: float, last: int) -> int:
    """Return which of the places 0 to `last` a value falls on."""
    share = (value - low) / (high - low) if high > low else 0.0
    return round(min(max(share, 0.0), 1.0) * last)


def _raster(chart: b.Chart, columns: int, rows: int) -> Bits:
    bits = [[False] * columns for _ in range(rows)]
    low, high = _ends(chart)
    dots = [
        None
        if y is None
        else (_place(x, low, high, columns - 1), rows - 1 - _place(y, chart.low, chart.high, rows - 1))
        for x, y in chart.points
    ]
    for dot in dots:
        if dot:
            bits[dot[1]][dot[0]] = True
    for one, other in pairwise(dots):
        if one and other:
            _join(bits, one, other, stepped=chart.stepped)
    return bits


def _ends(chart: b.Chart) -> tuple[float, float]:
    """Return where the x axis begins and ends: at its outermost points and ticks."""
    places = [x for x, _ in (*chart.points, *chart.ticks)]
    return (min(places), max(places)) if places else (0.0, 1.0)


def _join(bits: Bits, one: tuple[int, int], other: tuple[int, int], *, stepped: bool) -> None:
    """Set the bits from one dot to another: straight, or level and then straight down."""
    (x, y), (to_x, to_y) = one, other
    if stepped:
        for column in range(x, to_x + 1):
            bits[y][column] = True
        x = to_x
    steps = max(abs(to_x - x), abs(to_y - y), 1)
    for step in range(steps + 1):
        bits[round(y + (to_y - y) * step / steps)][round(x + (to_x - x) * step / steps)] = True


def _braille(bits: Bits) -> list[str]:
    """Return a raster as braille signs, each two columns by four rows; an empty one is a space."""
    lines = []
    for top in range(0, len(bits), 4):
        signs = []
        for left in range(0, len(bits[0]), 2):
            dots = sum(
                sign
                for row, pair in enumerate(_DOTS)
                for column, sign in enumerate(pair)
                if bits[top + row][left + column]
            )
            signs.append(chr(0x2800 + dots) if dots else " ")
        lines.append("".join(signs))
    return lines


def _ticks(chart: b.Chart, gutter: int, columns: int) -> list[str]:
    """Return the lines under the x axis; a name that would run into the one before stands a line below."""
    low, high = _ends(chart)
    lines = [""]
    for x, name in chart.ticks:
        at = max(gutter + min(_place(x, low, high, columns - 1), columns - len(name)), 0)
        if lines[-1] and at < len(lines[-1]) + 2:
            lines.append("")
        lines[-1] = lines[-1].ljust(at) + name
    return lines


def bar(value: float, most: float, width: int, *, unicode: bool = True) -> str:
    """Return a bar from nothing to `value`, where `most` would be `width` columns; nothing below nothing."""
    eighths = round(max(value, 0) / most * width * 8) if most > 0 else 0
    if not unicode:
        return "#" * max(eighths // 8, 1 if value > 0 else 0)
    whole, rest = divmod(eighths, 8)
    return "█" * whole + (_EIGHTHS[rest] if rest else "") or ("▏" if value > 0 else "")


def heat(block: b.Heat, width: int, *, unicode: bool = True) -> list[str]:
    """Return a heat map in `width` columns: a head, then a line a row.

    A cell is up to three columns wide; every step darker is another glyph, and nothing is a dot. Where there is no
    room for every cell, neighbours are counted together.
    """
    gutter = heat_gutter(block)
    together = -(-len(block.head) // max(width - gutter, 1))
    if together > 1:
        block = counted_together(block, together)
    cell = max(1, min(3, (width - gutter) // max(len(block.head), 1)))
    most = max((count for _, counts in block.rows for count in counts), default=0)
    shades = _SHADES if unicode else _ASCII_SHADES
    rows = [
        f"{name:<{gutter}}" + "".join((shades[_shade(count, most)] * max(cell - 1, 1)).ljust(cell) for count in counts)
        for name, counts in block.rows
    ]
    return [(" " * gutter + _thinned(block.head, cell)).rstrip(), *(row.rstrip() for row in rows)]


def counted_together(block: b.Heat, together: int) -> b.Heat:
    """Return a heat map in which so many cells beside one another are one, named after the first of them."""
    rows = [
        (name, [sum(counts[at : at + together]) for at in range(0, len(counts), together)])
        for name, counts in block.rows
    ]
    return block._replace(head=block.head[::together], rows=rows)


def heat_gutter(block: b.Heat) -> int:
    """Return how many columns the names of a heat map's rows take, with the space after them."""
    return max((len(name) for name, _ in block.rows), default=0) + 1


def _shade(count: int, most: int) -> int:
    """Return how dark a cell is, 0 to 4: nothing is 0, and anything at all is 1 or more."""
    return 0 if count <= 0 else 1 + min(3, (count * 4 - 1) // most)


def _thinned(names: Sequence[str], cell: int) -> str:
    """Return the names of the columns, as many as there is room for, evenly apart."""
    step = -(-(max(map(len, names), default=0) + 1) // cell)
    return "".join(name.ljust(cell * step) for name in names[::step])
