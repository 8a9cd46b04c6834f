"""Entries and exercises as JSON: stable shapes for programs; keys are only ever added."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from smartcli.content.exercise import ExerciseHead
from smartcli.entries.entry import Entry
from smartcli.language import _
from smartcli.moments import now
from smartcli.notice import NOTICE
from smartcli.words import json_text

FORMAT = 1
_NO_ENTRIES: Mapping[str, Sequence[str]] = MappingProxyType({})


def row(entry: Entry, revision: str, summary: str | None = None) -> dict[str, Any]:
    """Return an entry as a row of a list: what it is, without its answers; `summary`: its line, if not its own."""
    names = (
        "id",
        "exercise",
        "version",
        "title",
        "point",
        "behaviour",
        "started",
        "saved",
        "when",
        "day",
        "state",
    )
    return {
        "revision": revision,
        **{name: entry.body.get(name) for name in names},
        "summary": entry.summary() if summary is None else summary,
    }


def exercise_row(exercise: ExerciseHead, done: Sequence[date] | None) -> dict[str, Any]:
    """Return an exercise as a row of a list; `done` are the days it was done, newest first, None where not known."""
    return {
        "id": exercise.id,
        "title": exercise.title,
        "point": exercise.point,
        "version": exercise.version,
        "minutes": exercise.minutes,
        "purpose": exercise.purpose,
        "aliases": [*exercise.aliases],
        "origin": exercise.origin,
        "times": None if done is None else len(done),
        "last": done[0].isoformat() if done else None,
    }


def rows(entries: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield, piece by piece, one JSON list of rows."""
    between = "["
    for one in entries:
        yield between + json_text(one)
        between = ", "
    yield "[]\n" if between == "[" else "]\n"


def exported(entries: Iterable[Entry], in_two_places: Mapping[str, Sequence[str]] = _NO_ENTRIES) -> Iterator[str]:
    """Yield, piece by piece, one JSON object that holds every entry as it is stored.

    `in_two_places` names, once the entries were gone through, the versions of those that were changed so.
    """
    head = {"format": FORMAT, "exported": now().isoformat(), "notice": _(NOTICE)}
    yield json_text(head, ascii_only=False)[:-1] + ', "entries": ['
    between = "\n"
    for entry in entries:
        yield between + json_text(entry.body, ascii_only=False)
        between = ",\n"
    yield f'\n], "in_two_places": {json_text({**in_two_places})}}}\n'
