"""A list to look back through that needs no journal: rows made for one test."""

from collections.abc import Sequence
from datetime import date, timedelta

from smartcli.asking import Row

LAST = date(2026, 11, 20)


def rows(number: int) -> list[Row]:
    """Return rows, newest first, two a day; every tenth has the word "river"."""
    return [
        Row(
            f"e{place}",
            LAST - timedelta(days=place // 2),
            "21:04",
            "Check-in",
            "drinking" if place % 3 == 0 else "",
            f"line {place}" + (" by the river" if place % 10 == 9 else ""),
        )
        for place in range(number)
    ]


class MadeRows:
    """Rows of which `step` are known at first, and so many more after each piece of work."""

    def __init__(self, rows: Sequence[Row], step: int = 0) -> None:
        self._rows = [*rows]
        self._step = step
        self._known = step or len(self._rows)
        self.asked: list[int] = []  # the places of rows that were read

    @property
    def is_complete(self) -> bool:
        return self._known >= len(self._rows)

    def __len__(self) -> int:
        return min(self._known, len(self._rows))

    def row(self, place: int) -> Row | None:
        self.asked.append(place)
        return self._rows[place] if 0 <= place < len(self) else None

    def place_of(self, day: date) -> int:
        return next((place for place in range(len(self)) if self._rows[place].day <= day), len(self))

    def work(self, seconds: float) -> None:
        self._known += self._step


class MadeListing:
    """A listing of such rows; a search finds those whose words hold what is typed, `step` at a time."""

    def __init__(self, number: int, *, step: int = 0, is_counted: bool = True) -> None:
        self.heading, self.narrowed, self.notice = "Look back", "", ""
        self.ask, self.enter = "Which one?", "enter open"
        self.is_counted = is_counted
        self.place = 0
        self.words = ""
        self.is_searching = False
        self._all = rows(number)
        self._step = step
        self.rows = MadeRows(self._all, step)

    def search(self, words: str) -> None:
        self.words = words
        self.place = 0
        self.rows = MadeRows([row for row in self._all if words.casefold() in row.words], self._step)
