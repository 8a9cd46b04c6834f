"""What was left: drafts, and what entries keep for afterwards."""

import contextlib
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from smartcli.content.exercise import Exercise
from smartcli.entries.entry import DamagedEntryError
from smartcli.fields import Field, Table
from smartcli.journal.drafts import Draft
from smartcli.journal.heads import Revision
from smartcli.journal.snoozed import OLDEST
from smartcli.journal.store import Head
from smartcli.moments import ago, day_of
from smartcli.workbook.session_kinds import exercise_of, left_for_later, meant_for

if TYPE_CHECKING:
    from smartcli.workbook.workbook import Workbook


class Unfinished(NamedTuple):
    """A draft, and how far it has come: answers given, of the questions there are."""

    draft: Draft
    title: str
    answered: int
    of: int

    def describe(self) -> str:
        """Return "Values, 3 of 6, since yesterday"."""
        return f"{self.title}, {self.answered} of {self.of}, {_since(self.draft)}"

    def as_json(self) -> dict[str, Any]:
        """Return the draft as a row for programs."""
        return {
            "id": self.draft.id,
            "exercise": self.draft.exercise,
            "title": self.title,
            "started": self.draft.started.isoformat(),
            "answered": self.answered,
            "of": self.of,
        }


def _since(draft: Draft) -> str:
    when = ago(day_of(draft.started))
    return "since today" if when == "today" else f"from {when}"


def list_unfinished(workbook: "Workbook") -> list[Unfinished]:
    """Return every draft, newest first. One that has become an entry is let go here: it is done with."""
    found = []
    drafts = workbook.drafts.all()
    known = workbook.journal.revisions() if drafts else {}
    for draft in drafts:
        if any(_became(workbook, draft, revision) for revision in known.get(draft.entry, [])):
            workbook.drafts.drop(draft)
            continue
        exercise = exercise_of(workbook, draft)
        asked = [field for field in exercise.fields if field.answerable and not field.later] if exercise else []
        title = draft.header.title or draft.exercise
        answered = sum(answer is not None for answer in draft.answers.values())
        found.append(Unfinished(draft, title, answered, max(len(asked), answered)))
    return found


def _became(workbook: "Workbook", draft: Draft, revision: Revision) -> bool:
    """Return whether a revision is what a draft became; one that cannot be read just now is no sign of it."""
    with contextlib.suppress(DamagedEntryError):
        return bool(workbook.journal.read(revision).body.get("draft") == draft.id)
    return False


class Waiting(NamedTuple):
    """An entry that left something for afterwards, due today: the first question of it."""

    exercise: Exercise
    head: Head
    first: str
    today: date

    def describe(self) -> str:
        """Return "Values, from 3 days ago: Did it happen?"."""
        return f"{self.exercise.title}, from {ago(self.head.entry.day)}: {self.first}"


def list_waiting(workbook: "Workbook") -> Iterator[Waiting]:
    """Yield the entries that left something for afterwards, newest first."""
    with_later = workbook.catalog.mentioning("later")
    kinds = {exercise.id: exercise for exercise in with_later if any(map(_has_later, exercise.fields))}
    if not kinds:
        return
    today = workbook.today
    for head in workbook.journal.heads(since=today - OLDEST):
        exercise = kinds.get(head.entry.exercise)
        left = left_for_later(exercise, head.entry, today) if exercise else []
        if exercise and left and not workbook.snoozed.is_snoozed(head.entry.id, meant_for(head.entry), today):
            yield Waiting(exercise, head, _first_question(left[0]), today)


def _first_question(left: Field) -> str:
    """Return the words of the first question that was left: of a table, its first column still due."""
    if isinstance(left, Table):
        due = [column.ask for column in left.columns if column.id in left.columns_due]
        if due:
            return due[0]
    return left.ask


def _has_later(field: Field) -> bool:
    """Return whether a field, or a column of a table, is asked afterwards."""
    return field.later or (isinstance(field, Table) and any(column.later for column in field.columns))
