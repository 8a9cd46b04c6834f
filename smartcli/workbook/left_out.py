"""What an entry left out: questions of the quick version's rest, questions passed over, and those for afterwards."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from smartcli.content.exercise import Exercise
from smartcli.entries.entry import Entry
from smartcli.fields import Choice, Field, Practice, Table
from smartcli.fields.base import names_behaviour
from smartcli.language import N_, _
from smartcli.moments import recall

if TYPE_CHECKING:
    from smartcli.workbook.workbook import Workbook

STEP_DONE = "step.done"  # the measure of the question how a step stands
NOT_YET = "not-yet"  # the answer to it that leaves the step open
_AHEAD = ("goal.due", "trial.review")  # measures of a day that an entry looks ahead to
_ABOUT = Choice(id="about", ask=N_("Which of these is this about?"), from_="start.behaviours", measure="behaviour")
_STEP_RESTS = timedelta(days=14)  # after which nobody is asked about a step any more: a judgement, from no source


def can_be_added(field: Field, entry: Entry) -> bool:
    """Return whether an answer to a question that an entry does not have can be added to it on another day.

    What is asked in the moment itself cannot be: a practice, and what a quick version asks, if it was passed over.
    """
    is_of_the_moment = isinstance(field, Practice) or (entry.quick and field.quick)
    is_elsewhere = field.later or field.setting or field.measure == "when" or names_behaviour(field)
    return field.answerable and not is_of_the_moment and not is_elsewhere and entry.answers.get(field.id) is None


def left_out(exercise: Exercise, entry: Entry) -> list[Field]:
    """Return the questions that an entry left out and that can still be answered, those for afterwards aside."""
    answers = entry.answers
    return [field for field in exercise.fields if can_be_added(field, entry) and _may_be_asked(field, answers)]


def _may_be_asked(field: Field, answers: Mapping[str, Any]) -> bool:
    """Return whether a field's conditions on other answers hold; those on the journal are looked at in the session."""
    conditions = [condition for condition in field.only_if if not condition.needs_journal]
    return all(condition.holds(answers, frozenset()) for condition in conditions)


def about_field() -> Field:
    """Return the question which of the person's behaviours an entry is about."""
    return replace(_ABOUT, ask=_(_ABOUT.ask))


def behaviour_left(workbook: "Workbook", exercise: Exercise, entry: Entry) -> list[Field]:
    """Return the question which behaviour an entry is about, if it was written while nobody could say.

    That is so since the journal is locked: while it is closed, none of the person's behaviours is known.
    """
    lock = workbook.lock.own_lock
    if not (lock and exercise.per_behaviour) or entry.behaviour or entry.day.isoformat() < lock.since:
        return []
    if len(workbook.memory.behaviours) < 2:
        return []
    return [next(filter(names_behaviour, exercise.fields), about_field())]


def list_left(
    workbook: "Workbook", exercise: Exercise, entry: Entry, today: date | None = None, *, with_steps: bool = True
) -> list[Field]:
    """Return the questions an entry left for afterwards; how a step stands is not asked where nothing is counted."""
    left = [*behaviour_left(workbook, exercise, entry), *left_for_later(exercise, entry, today)]
    has_steps = any(field.measure == STEP_DONE for field in left)
    if has_steps and (not with_steps or workbook.is_uncounted(entry)):
        left = [field for field in left if field.measure != STEP_DONE]
    return left


def left_for_later(exercise: Exercise, entry: Entry, today: date | None = None) -> list[Field]:
    """Return the fields that an entry of this exercise left for later and that can be filled in now.

    With `today` those, and the cells of tables, that are not due yet are left out.
    """
    left: list[Field] = []
    answers = entry.answers
    for field in exercise.fields:
        if isinstance(field, Table) and _rows(answers.get(field.id)):
            after = field.afterwards(answers[field.id], entry.day, today)
            left += [after] if after else []
        elif (
            field.later
            and field.answerable
            and _is_open(field, answers.get(field.id))
            and (today is None or _is_due(field, today - _counted_from(field, entry)))
            and _may_be_asked(field, answers)
        ):
            # What hangs on the family, or on what is remembered, is decided when it is asked.
            of_journal = tuple(condition for condition in field.only_if if condition.needs_journal)
            left.append(replace(field, later=False, only_if=of_journal))
    return left


def _counted_from(field: Field, entry: Entry) -> date:
    """Return the day from which the days until a later question is due are counted."""
    days = [one.answer for one in entry.fields if one.field.id == field.after_day and one.field.kind == "moment"]
    return recall(days[0]).at.date() if days else meant_for(entry)


def _is_open(field: Field, answer: Any) -> bool:
    """Return whether a question for afterwards still waits for its answer; a step not done yet does."""
    return answer is None or (field.measure == STEP_DONE and answer == NOT_YET)


def _is_due(field: Field, since: timedelta) -> bool:
    """Return whether to ask a question for afterwards so long after the day it is for; a step rests in the end."""
    return since.days >= field.after_days and (field.measure != STEP_DONE or since <= _STEP_RESTS)


def meant_for(entry: Entry) -> date:
    """Return the day an entry looks ahead to: its latest day of `_AHEAD` outside tables, or else its own day."""
    ahead = [answered.answer for answered in entry.fields if answered.field.measure in _AHEAD]
    days = [recall(answer).at.date() for answer in ahead]
    return max([entry.day, *days])


def _rows(answer: Any) -> bool:
    """Return whether an answer is a table's, with something in it: a file may have been changed by hand."""
    return isinstance(answer, list) and bool(answer) and all(isinstance(row, dict) for row in answer)
