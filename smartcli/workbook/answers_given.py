"""What was answered and when, as the rules of what could be next ask for it."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from smartcli.content.offers import Given
from smartcli.entries.entry import Entry
from smartcli.fields.measures import part_of
from smartcli.words import folded

if TYPE_CHECKING:
    from smartcli.workbook.workbook import Workbook

_LOOKED_AT = 50  # entries, the newest, among which the newest answer about each behaviour is found


class AnswersGiven:
    """The answers to a measure, newest first: of the last days, read once, or the newest about each behaviour.

    No number from an entry that may be about self-harm is among them: nothing of that is counted.
    """

    def __init__(self, workbook: "Workbook", today: date, days: int) -> None:
        """Look back `days` days at most from `today`, but for the newest answer of all."""
        self._workbook = workbook
        self._today = today
        self._days = days
        self._known: dict[tuple[str, int], Sequence[Given]] = {}

    def __call__(self, measure: str, within: int) -> Sequence[Given]:
        """Return the answers of the last `within` days; with 0 the newest about each behaviour, however old."""
        asked = measure, within
        if asked not in self._known:
            self._known[asked] = self._since(measure, within) if within else self._newest(measure)
        return self._known[asked]

    @cached_property
    def _recent(self) -> list[Entry]:
        """The entries of the days that are looked back on, newest first."""
        heads = self._workbook.journal.heads(since=self._today - timedelta(days=self._days))
        return [head.entry for head in heads]

    @cached_property
    def _recent_measures(self) -> frozenset[str]:
        """Every measure that something was kept with on these days."""
        return frozenset().union(*(entry.measures for entry in self._recent))

    def _since(self, measure: str, within: int) -> list[Given]:
        asked = {kept for kept in self._recent_measures if part_of(measure, kept)}
        given = (self._given(entry, measure) for entry in self._recent if not asked.isdisjoint(entry.measures))
        return [answer for answer in given if answer and (self._today - answer.day).days < within]

    def _newest(self, measure: str) -> list[Given]:
        newest: dict[str, Given] = {}
        for entry in islice(self._workbook.memory.with_measure(measure), _LOOKED_AT):
            given = self._given(entry, measure)
            if given:
                newest.setdefault(folded(entry.behaviour or ""), given)
        return [*newest.values()]

    def _given(self, entry: Entry, measure: str) -> Given | None:
        """Return what an entry answers to a measure or to parts of it; None where it answers nothing."""
        asked = [known for known in entry.measures if part_of(measure, known)]
        values = [observed.value for known in asked for observed in entry.observations_of(known)]
        if any(map(_is_number, values)) and self._workbook.is_uncounted(entry):
            values = [value for value in values if not _is_number(value)]
        return Given(entry.day, values) if values else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
