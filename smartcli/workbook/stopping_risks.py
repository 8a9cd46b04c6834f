"""What the person ticked about stopping suddenly, and what the exercise advised then: from its own safety texts."""

from collections.abc import Iterator
from datetime import date

from smartcli.content.slots import has_slots
from smartcli.entries.entry import Entry
from smartcli.fields import Note
from smartcli.pages.share_doctor import StoppingRisk
from smartcli.words import folded
from smartcli.workbook.workbook import Workbook

_MEASURE = "withdrawal-risk"


def list_stopping_risks(workbook: Workbook, until: date) -> list[StoppingRisk]:
    """Return the newest answer about each behaviour from a day up to `until`; however old, it still stands."""
    newest: dict[str, Entry] = {}
    for entry in workbook.memory.with_measure(_MEASURE):
        if entry.day <= until and entry.observations_of(_MEASURE):
            newest.setdefault(folded(entry.behaviour or ""), entry)
    return [_risk(workbook, entry) for entry in newest.values()]


def _risk(workbook: Workbook, entry: Entry) -> StoppingRisk:
    ticked = [observed.words for observed in entry.observations_of(_MEASURE)]
    return StoppingRisk(entry.behaviour, entry.day, ticked, next(_advice(workbook, entry), ""))


def _advice(workbook: Workbook, entry: Entry) -> Iterator[str]:
    """Yield how each note begins that the exercise shows for an answer about stopping, as it is today."""
    exercise = workbook.catalog.get(entry.exercise)
    if exercise is None:
        return
    asking = {field.id for field in exercise.fields if field.measure == _MEASURE}
    families = frozenset({workbook.families_ever.get(folded(entry.behaviour or ""), "unknown")})

    def remembered(measure: str, _standing_days: int) -> object:
        if measure == _MEASURE:
            return entry.first(_MEASURE)
        return workbook.memory.newest_answer(measure, entry.behaviour)

    for note in exercise.fields:
        parts = [part for condition in note.only_if for part in condition.parts]
        depends = any(part.field in asking or part.remembered == _MEASURE for part in parts)
        holds = all(condition.holds(entry.answers, families, remembered) for condition in note.only_if)
        if isinstance(note, Note) and depends and holds:
            yield _opening(note.ask)


def _opening(text: str) -> str:
    """Return a text up to its first list or its first number to call: a doctor knows those."""
    opening = []
    for paragraph in text.split("\n\n"):
        if has_slots(paragraph) or "\n- " in paragraph:
            break
        opening.append(paragraph)
    return " ".join(opening)
