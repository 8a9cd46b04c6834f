"""Wheels, lines and bars as plain shapes: reckoned once, set by whoever draws (SVG, PDF).

Lengths are in CSS pixels, from the top left corner. A `look` names a style; the renderer says what it is.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple, TypeVar

from wcwidth import wrap  # cuts a long word between letters, never inside one

from smartcli import blocks as b
from smartcli.language import figure
from smartcli.words import visible

Look = Literal["faint", "line", "area", "dashed", "full", "empty", "label", "small"]
Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]
T = TypeVar("T")

_DOTS = 10  # of a meter, at most
_LABEL = 15  # columns a line beside a wheel
_LINE = 15  # pixels from one line of a label to the next


class Stroke(NamedTuple):
    """A line through points, closed or not."""

    points: Sequence[Point]
    look: Look
    closed: bool = False


class Ring(NamedTuple):
    """A circle about (x, y)."""

    x: float
    y: float
    radius: float
    look: Look


class Label(NamedTuple):
    """Words that begin, lie about, or end at (x, y), the line they stand on."""

    x: float
    y: float
    words: str
    anchor: Anchor = "start"
    look: Look = "label"


Shape = Stroke | Ring | Label


class Drawing(NamedTuple):
    """Shapes on a ground of a width and a height."""

    width: float
    height: float
    shapes: Sequence[Shape]


def meter(block: b.Meter) -> Drawing:
    """Return a value on a scale as a row of dots."""
    steps = max(1, min(int(block.high - block.low), _DOTS))
    filled = round((block.value - block.low) / (block.high - block.low) * steps)
    dots = [Ring(7 + 15 * at, 8, 5, "full" if at < filled else "empty") for at in range(steps)]
    return Drawing(15 * steps + 2, 16, dots)


def bar(block: b.Bar, longest: float, width: float = 160) -> Drawing:
    """Return one bar of several, the longest of which is as long as there is room."""
    length = max(2.0, width * abs(block.value) / longest) if longest else 2.0
    corners = [(0.0, 2.0), (length, 2.0), (length, 12.0), (0.0, 12.0)]
    return Drawing(width, 14, [Stroke(corners, "area", closed=True)])


def wheel(block: b.Wheel) -> Drawing:
    """Return a wheel: what is now as an area, what was before as a dashed line where it is known for all."""
    hub, radius = (240.0, 160.0), 110.0
    places = _spokes(len(block.spokes))
    shapes: list[Shape] = [*_web(places, hub, radius, block.high)]
    was = [before for _, _, before in block.spokes]
    known = [value for value in was if value is not None]
    if len(known) == len(was):
        shapes.append(Stroke([_out(place, radius * v / block.high, hub) for place, v in _two(places, known)],
                             "dashed", closed=True))  # fmt: skip
    now = [_out(place, radius * spoke[1] / block.high, hub) for place, spoke in _two(places, block.spokes)]
    shapes += [Stroke(now, "area", closed=True), *(Ring(x, y, 3, "full") for x, y in now)]
    for place, (name, value, _) in _two(places, block.spokes):
        shapes += _beside(place, name, hub, radius, f" {figure(value)}")
    return Drawing(480, 320, shapes)


def blank_wheel(block: b.BlankWheel) -> Drawing:
    """Return an empty wheel: numbered rings, and a name or a line to write one on at each spoke."""
    hub, radius = (300.0, 200.0), 165.0
    places = _spokes(len(block.names))
    shapes: list[Shape] = [*_web(places, hub, radius, block.high)]
    for number in range(2, block.high, 2):
        x, y = _out(places[0], radius * number / block.high, hub)
        shapes.append(Label(x + 3, y - 3, str(number), look="small"))
    for place, name in _two(places, block.names):
        x, y = _out(place, radius + 14, hub)
        way = _side(place)
        begin = {"start": x, "middle": x - 55, "end": x - 110}[way]
        shapes += (
            _beside(place, name, hub, radius) if name else [Stroke([(begin, y + 5), (begin + 110, y + 5)], "empty")]
        )
    return Drawing(600, 402, shapes)


def chart(block: b.Chart) -> Drawing:
    """Return a line over time; where nothing was written the line is broken."""
    left, right, top = 34.0, 626.0, 12.0
    foot = 66.0 if block.small else 168.0
    xs = [x for x, _ in block.points] + [x for x, _ in block.ticks]
    first, last = (min(xs), max(xs)) if xs else (0.0, 1.0)

    def at(x: float, y: float) -> Point:
        along = (x - first) / (last - first) if last > first else 0.5
        up = (y - block.low) / (block.high - block.low) if block.high > block.low else 0.5
        return left + along * (right - left), foot - up * (foot - top)

    shapes: list[Shape] = []
    for y in (block.low, (block.low + block.high) / 2, block.high):
        (x0, level), (x1, _) = at(first, y), at(last, y)
        shapes += [Stroke([(x0, level), (x1, level)], "faint"), Label(left - 6, level + 4, figure(y), "end", "small")]
    for x, words in block.ticks:
        place = at(x, block.low)[0]
        anchor: Anchor = "start" if place < left + 30 else "end" if place > right - 30 else "middle"
        shapes += [Stroke([(place, foot), (place, foot + 4)], "faint"), Label(place, foot + 18, words, anchor, "small")]
    for there, run in groupby(block.points, key=lambda point: point[1] is not None):
        points = [at(x, y) for x, y in run if y is not None]
        if there and len(points) == 1:
            shapes.append(Ring(*points[0], 2.5, "full"))
        elif there:
            shapes.append(Stroke([*_stepped(points)] if block.stepped else points, "line"))
    return Drawing(640, foot + 24, shapes)


def _stepped(points: Sequence[Point]) -> Iterator[Point]:
    """Yield the corners of a line that keeps its level until the next point."""
    level = points[0][1]
    for x, y in points:
        yield (x, level)
        yield (x, y)
        level = y


def _two(places: Sequence[float], things: Sequence[T]) -> Iterator[tuple[float, T]]:
    return zip(places, things, strict=True)


def _spokes(number: int) -> list[float]:
    """Return the direction of each spoke in radians, the first straight up, then clockwise."""
    return [2 * math.pi * at / number - math.pi / 2 for at in range(number)]


def _out(way: float, distance: float, hub: Point) -> Point:
    return round(hub[0] + math.cos(way) * distance, 1), round(hub[1] + math.sin(way) * distance, 1)


def _web(ways: Sequence[float], hub: Point, radius: float, high: float) -> Iterator[Shape]:
    """Yield rings, every second one, and spokes."""
    for number in range(2, int(high) + 1, 2):
        yield Ring(*hub, radius * number / high, "faint")
    for way in ways:
        yield Stroke([hub, _out(way, radius, hub)], "faint")


def _side(way: float) -> Anchor:
    """Return on which side of its place a label lies, so that it does not lie over the wheel."""
    across = math.cos(way)
    return "middle" if abs(across) < 0.2 else "start" if across > 0 else "end"


def _beside(way: float, name: str, hub: Point, radius: float, value: str = "") -> Iterator[Label]:
    """Yield a spoke's name and value, in two lines at most; a longer name is told elsewhere in full."""
    x, y = _out(way, radius + 12, hub)
    lines = wrap(visible(name), _LABEL) or [""]
    if len(lines) > 2:
        lines = [lines[0], f"{lines[1]}…"]
    lines[-1] += value
    up = len(lines) - 1 if math.sin(way) < -0.2 else (len(lines) - 1) / 2 if math.sin(way) < 0.2 else 0
    drop = 0 if math.sin(way) < -0.9 else 4 if math.sin(way) < 0.9 else 10
    for number, line in enumerate(lines):
        yield Label(x, y + drop + (number - up) * _LINE, line, _side(way))
