"""What was left: drafts, and what entries keep for afterwards."""

import contextlib
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from smartcli.content.exercise import Exercise
from smartcli.entries.entry import DamagedEntryError, Mentions
from smartcli.fields import Field, Table
from smartcli.journal.draft import Draft
from smartcli.journal.heads import Revision
from smartcli.journal.snoozed import OLDEST
from smartcli.journal.standing import Head
from smartcli.language import _, ngettext
from smartcli.moments import ago, ago_at
from smartcli.session.runner import how_far
from smartcli.trouble import Trouble
from smartcli.workbook.left_out import STEP_DONE, list_left, meant_for
from smartcli.workbook.session_kinds import exercise_of, fresh_form, open_session

if TYPE_CHECKING:
    from smartcli.workbook.workbook import Workbook


class Unfinished(NamedTuple):
    """A draft, and how far it has come: questions that were passed, of those there are as its screens count them."""

    draft: Draft
    title: str
    answered: int
    of: int

    def describe(self) -> str:
        """Return "Values (3 of 6 questions), started yesterday"."""
        started = ago_at(self.draft.started)
        if self.draft.header.edit:
            return _("{title} (changes not saved yet), started {ago}", title=self.title, ago=started)
        return ngettext(
            "{title} ({answered} of {number} question), started {ago}",
            "{title} ({answered} of {number} questions), started {ago}",
            self.of,
            title=self.title,
            answered=self.answered,
            ago=started,
        )

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


def count_unfinished(workbook: "Workbook") -> int:
    """Return how many drafts there are, those that need a key too."""
    return len(workbook.drafts.all()) + len(workbook.drafts.closed)


def closed_rows(workbook: "Workbook") -> list[dict[str, Any]]:
    """Return every draft as a row for programs of which nothing but the id is known: the rest is locked."""
    ids = [*(draft.id for draft in workbook.drafts.all()), *workbook.drafts.closed]
    return [
        {"id": draft, "exercise": None, "title": None, "started": None, "answered": None, "of": None} for draft in ids
    ]


def list_unfinished(workbook: "Workbook") -> list[Unfinished]:
    """Return every draft, newest first. One that has become an entry is let go here: it is done with."""
    found = []
    drafts = workbook.drafts.all()
    known = workbook.journal.revisions() if drafts else {}
    for draft in drafts:
        if any(_became(workbook, draft, revision) for revision in known.get(draft.entry, [])):
            workbook.drafts.drop(draft)
            continue
        title = draft.header.title or draft.exercise
        found.append(Unfinished(draft, title, *_how_far(workbook, draft)))
    return found


def _how_far(workbook: "Workbook", draft: Draft) -> tuple[int, int]:
    """Return how many questions of a draft were passed, and how many there are, as its sitting counts them.

    Of changes to an entry, and of what cannot be opened any more, the answers given are all there is to count.
    """
    header = draft.header
    with contextlib.suppress(Trouble):
        if header.parents and not header.edit:
            return open_session(workbook, draft).session.how_far()
        exercise = None if header.edit else exercise_of(workbook, draft)
        if exercise:
            return how_far(fresh_form(workbook, draft, exercise).asked(), draft)
    answered = sum(answer is not None for answer in draft.answers.values())
    return answered, answered


def _became(workbook: "Workbook", draft: Draft, revision: Revision) -> bool:
    """Return whether a revision is what a draft became; one that cannot be read just now is no sign of it."""
    with contextlib.suppress(DamagedEntryError):
        return bool(workbook.journal.read(revision).body.get("draft") == draft.id)
    return False


class Waiting(NamedTuple):
    """An entry that left something for afterwards, due today: its first question."""

    exercise: Exercise
    head: Head
    first: str
    today: date

    def describe(self) -> str:
        """Return "You can still add to Values (3 days ago): Did it happen?"."""
        return _(
            "You can still add to {title} ({ago}): {question}",
            title=self.exercise.title,
            ago=ago(self.head.entry.day, self.today, self.head.entry.when),
            question=self.first,
        )


def list_waiting(workbook: "Workbook", *, with_steps: bool = True) -> Iterator[Waiting]:
    """Yield the entries that left something for afterwards, newest first.

    Without `with_steps` the question how a small step stands is left out: Today asks it in a place of its own.
    """
    today = workbook.today
    done_since = [exercise for exercise, days in workbook.done.items() if days[0] >= today - OLDEST]
    done = filter(None, map(workbook.catalog.get, done_since))
    kinds = {
        exercise.id: exercise
        for exercise in done
        if _leaves_something(exercise, with_steps) or (exercise.per_behaviour and workbook.lock.is_locked)
    }
    if not kinds:
        return
    # Most entries are of other exercises: those are not parsed.
    for head in workbook.journal.heads(since=today - OLDEST, holding=Mentions("exercise", *kinds)):
        exercise = kinds.get(head.entry.exercise)
        left = list_left(workbook, exercise, head.entry, today, with_steps=with_steps) if exercise else []
        if exercise and left and not workbook.snoozed.is_snoozed(head.entry.id, meant_for(head.entry), today):
            yield Waiting(exercise, head, _first_question(left[0]), today)


def _leaves_something(exercise: Exercise, with_steps: bool) -> bool:
    """Return whether an exercise has questions for afterwards, other than how a step stands unless `with_steps`."""
    return any(_has_later(field) for field in exercise.fields if with_steps or field.measure != STEP_DONE)


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
