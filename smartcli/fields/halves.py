"""What is half given: whether it says anything, and, in a list or a table, where in it."""

from collections.abc import Iterable, Iterator
from typing import Any, TypedDict

Place = tuple[int, ...]  # of a part in its list: the number of the item or row, and of the step or column in it


class PartHalf(TypedDict):
    """What a draft keeps of one part that is half given."""

    at: list[int]
    half: Any


def says_more(half: Any, answer: Any) -> bool:
    """Return whether a half holds anything beyond the answer that its question begins with (None: nothing)."""
    if half is None or half == answer:
        return False
    return answer is not None or half not in ("", [])


class Halves:
    """The parts of a list or a table that are half given, each at its place."""

    def __init__(self, stored: Any = (), here: Place = (), half: Any = None) -> None:
        """`stored` is what `stored()` returned, and `half` what was kept beside it; anything else is passed over."""
        self._halves: dict[Place, Any] = dict(_read(stored))
        if half is not None:
            self._halves[tuple(here)] = half

    def __bool__(self) -> bool:
        return bool(self._halves)

    def get(self, place: Place) -> Any:
        """Return what is half given at a place, or None."""
        return self._halves.get(tuple(place))

    def keep(self, place: Place, half: Any, answer: Any = None) -> None:
        """Keep what is half given at a place, or drop it where it says no more than the answer there."""
        if says_more(half, answer):
            self._halves[tuple(place)] = half
        else:
            self.drop(place)

    def drop(self, place: Place) -> None:
        """Let go of what was half given at a place: it is answered now."""
        self._halves.pop(tuple(place), None)

    def take_out(self, number: int) -> None:
        """Follow the list, from which the item of this number was taken out: later ones move up."""
        others = {place: half for place, half in self._halves.items() if place[0] != number}
        self._halves = _moved(others, number, -1)

    def make_room(self, number: int, items: int) -> None:
        """Follow the list, in which so many items were put before the one of this number."""
        self._halves = _moved(self._halves, number, items)

    def stored(self, *, without: Place | None = None) -> list[PartHalf]:
        """Return them as a draft keeps them, but for the one at a place that is kept beside them."""
        places = sorted(place for place in self._halves if place != without)
        return [PartHalf(at=[*place], half=self._halves[place]) for place in places]


def _moved(halves: dict[Place, Any], first: int, by: int) -> dict[Place, Any]:
    """Return halves with those from an item on moved by so many."""
    return {(place[0] + by, *place[1:]) if place[0] >= first else place: half for place, half in halves.items()}


def _read(stored: Any) -> Iterator[tuple[Place, Any]]:
    for one in stored if isinstance(stored, Iterable) else ():
        if isinstance(one, dict) and "half" in one and is_place(one.get("at")):
            yield tuple(one["at"]), one["half"]


def is_place(value: Any) -> bool:
    """Return whether a value of a draft is a place: a list of whole numbers."""
    return isinstance(value, list) and bool(value) and all(type(number) is int for number in value)
