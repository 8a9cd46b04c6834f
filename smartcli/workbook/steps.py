"""The small step somebody planned, and how it stands."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from smartcli.asking import Option
from smartcli.content.exercise import Exercise
from smartcli.entries.entry import Entry
from smartcli.fields import Field, Options
from smartcli.fields.base import as_words
from smartcli.journal.standing import Head
from smartcli.language import N_, _
from smartcli.moments import ago
from smartcli.workbook.left_out import NOT_YET, STEP_DONE, list_left

if TYPE_CHECKING:
    from smartcli.workbook.workbook import Workbook

_ASKED = "step-asked"  # in the notes of what was offered: the day on which a step was last answered here

# What is said to each answer to the question how a step stands.
_REMARKS = {
    "done": N_("You did what you planned. Saved."),
    NOT_YET: N_("That's fine. The step stays here for tomorrow."),
    "let-go": N_("That's fine. You can let this step go."),
}
_SAVED = N_("Saved.")


class OpenStep(NamedTuple):
    """A step that waits to be answered: its entry, the question how it stands, and the person's own words."""

    exercise: Exercise
    head: Head
    question: Field
    words: str

    def lead(self, today: date) -> str:
        """Return the sentence its words come after: "You planned this yesterday:"."""
        return _("You planned this {ago}:", ago=ago(self.head.entry.day, today, self.head.entry.when))

    @property
    def options(self) -> tuple[Option, ...]:
        """How the step may stand."""
        return self.question.options if isinstance(self.question, Options) else ()


def find_open_step(workbook: "Workbook", heads: Iterable[Head]) -> OpenStep | None:
    """Return the newest open step of entries given newest first; None where there is none, or one was answered today.

    One step a day is enough to be asked about: an older one comes back tomorrow.
    """
    today = workbook.today
    if workbook.snoozed.day_of(_ASKED) == today:
        return None
    for head in heads:
        exercise = workbook.catalog.get(head.entry.exercise)
        step = _open_step(workbook, exercise, head) if exercise else None
        if step and workbook.snoozed.day_of(head.entry.id) != today:  # `later` asked about it today
            return step
    return None


def _open_step(workbook: "Workbook", exercise: Exercise, head: Head) -> OpenStep | None:
    """Return the step of an entry if it is open and due."""
    if exercise.measuring(STEP_DONE) is None:
        return None
    left = list_left(workbook, exercise, head.entry, workbook.today)
    question = next((field for field in left if field.measure == STEP_DONE), None)
    words = _words_of_step(exercise, head.entry)
    return OpenStep(exercise, head, question, words) if question and words else None


def _words_of_step(exercise: Exercise, entry: Entry) -> str:
    """Return what an entry answers to the question that asks for a step today: older entries had no measure there."""
    field = exercise.measuring("step")
    answer = entry.answers.get(field.id) if field else None
    return as_words(answer).strip() if answer is not None else ""


def answer_step(workbook: "Workbook", step: OpenStep, answer: str) -> str:
    """Keep how a step stands as its entry's next revision, and return what to say to it; raises Trouble."""
    from smartcli.workbook.sessions import answer_unasked

    answer_unasked(workbook, step.exercise, step.head, step.question.id, answer)
    workbook.snoozed.note(_ASKED, workbook.today)
    return _(_REMARKS.get(answer, _SAVED))
