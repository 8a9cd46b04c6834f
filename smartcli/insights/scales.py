"""Where somebody stands: rulers, areas of life and other such scales, the first time, the last time, and now."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from smartcli.insights.notes import Notes, Reading
from smartcli.insights.section import Section
from smartcli.insights.triggers import names
from smartcli.language import _

LEAST = 2  # times; one alone shows no change


class ScaleCourse(NamedTuple):
    """One scale over time. `last` is the one before `now` (None: there were two in all)."""

    name: str
    measure: str
    about: str
    first: float
    last: float | None
    now: float
    first_day: date
    day: date
    n: int


def follow_scales(notes: Notes) -> Section[ScaleCourse]:
    """Return every scale that was answered twice or more, by measure and name."""
    found: dict[tuple[str, str, str], list[Reading]] = defaultdict(list)
    for one in notes.readings:
        found[one.measure, one.about, one.of.key].append(one)
    called = names(one.of for one in notes.readings)
    courses = [sorted(there, key=lambda one: one.order) for there in found.values() if len(there) >= LEAST]
    measures: dict[str, set[str]] = defaultdict(set)
    for *_earlier, now in courses:
        measures[now.label].add(now.measure)
    rows = []
    for readings in courses:
        now = readings[-1]
        # "How sure I am" may be about a plan or a week: the whole question tells which.
        asked = now.label if len(measures[now.label]) == 1 else now.ask
        rows.append(_row(readings, called[now.of.key] or asked))
    rows.sort(key=lambda row: (row.measure, row.about, row.name))
    n = max(map(len, found.values()), default=0)
    return Section("scales", _("Where you stand"), n, LEAST, rows)


def _row(readings: list[Reading], name: str) -> ScaleCourse:
    """Return one scale under a name."""
    first, now = readings[0], readings[-1]
    last = readings[-2].value if len(readings) > 2 else None
    return ScaleCourse(
        name, now.measure, now.about, first.value, last, now.value,
        first.day, now.day, len(readings),
    )  # fmt: skip
