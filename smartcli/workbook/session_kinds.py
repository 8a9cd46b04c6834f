"""The session a draft stands for: a fresh exercise, what was left for later, or an entry to be changed."""

from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from smartcli.blocks import Block
from smartcli.content.exercise import Exercise, read_exercise
from smartcli.entries.entry import Answered, Entry
from smartcli.entries.revisions import fill, revised
from smartcli.fields import Choice, Field, Options, Table
from smartcli.fields.base import names_behaviour
from smartcli.fields.note import passages
from smartcli.journal.drafts import Draft
from smartcli.moments import ago, recall
from smartcli.pages.comparison import differing_page
from smartcli.pages.entry import compares, entry_blocks
from smartcli.schema.toml_file import Source
from smartcli.session.danger_watch import DangerWatch
from smartcli.session.form import Form
from smartcli.session.runner import Session
from smartcli.trouble import ATTENTION, Trouble
from smartcli.workbook.workbook import Workbook

ABOUT = Choice(id="about", ask="Which one is this about?", from_="start.behaviours", measure="behaviour")

_AHEAD = ("goal.due", "trial.review")  # measures of a day that an entry looks ahead to


def exercise_of(workbook: Workbook, draft: Draft) -> Exercise | None:
    """Return the exercise as it was when the draft was begun, whatever has become of its file."""
    source = Source(f"{draft.exercise}.toml", draft.header.definition)
    exercise = read_exercise(source, workbook.catalog.list_named, own=draft.header.own)
    return exercise or workbook.catalog.get(draft.exercise)


@dataclass
class DraftSession:
    """What a draft is gone through with: its session, its exercise, and the entry it revises, if any."""

    draft: Draft
    session: Session
    exercise: Exercise | None
    revised: Entry | None = None

    def is_unchanged(self, entry: Entry) -> bool:
        """Return whether a next revision says what its one parent says: then it need not be written."""
        if self.revised is None or len(self.draft.header.parents) != 1:
            return False
        telling = ("fields", "when", "behaviour")
        return all(entry.body.get(name) == self.revised.body.get(name) for name in telling)

    def is_worth_saving(self, entry: Entry) -> bool:
        """Return whether an entry has something to save: an answer, or that a text was read to its end."""
        has_read = bool(self.exercise and self.exercise.reading)
        return bool(entry.body["fields"]) or has_read

    def answered_settings(self) -> list[Field]:
        """Return the questions answered now whose answers belong in the settings."""
        answers = self.draft.answers
        return [field for field in self.session.form.fields if field.setting and answers.get(field.id) is not None]


def open_session(workbook: Workbook, draft: Draft) -> DraftSession:
    """Return a draft's session; raises Trouble when its exercise or its entry cannot be read any more."""
    exercise = exercise_of(workbook, draft)
    if draft.header.edit:
        return _changing(workbook, draft, exercise)
    if exercise is None:
        raise Trouble(
            "The exercise this draft belongs to cannot be read.",
            safe="What you wrote in it is kept.",
            hint="`smartcli exercises check` says what is wrong.",
            code=ATTENTION,
        )
    if draft.header.later:
        return _adding(workbook, draft, exercise)
    return DraftSession(draft, _fresh(workbook, draft, exercise), exercise)


def _fresh(workbook: Workbook, draft: Draft, exercise: Exercise) -> Session:
    """Return the session that asks an exercise's questions for the first time, but for those given beforehand."""
    when, about, quick = draft.header.when, draft.header.about or None, draft.header.quick
    fields = [field for field in exercise.fields if not field.later]
    if about:
        fields = [field for field in fields if not names_behaviour(field)]
    elif exercise.per_behaviour and not any(map(names_behaviour, fields)):
        fields = [ABOUT, *fields]
    if when:
        fields = [field for field in fields if field.measure != "when"]
    return _session(
        workbook,
        draft,
        exercise.title,
        fields,
        about=about,
        quick=quick,
        day=when.day(workbook.settings.day_starts) if when else None,
        intro="" if quick else exercise.intro,
        answers_danger=not exercise.in_support,  # a safety plan is the answer itself
        build=lambda answers: fill(
            exercise,
            answers,
            id=draft.entry,
            started=draft.started,
            when=when,
            about=about,
            draft=draft.id,
            day_starts=workbook.settings.day_starts,
        ),
    )


def _adding(workbook: Workbook, draft: Draft, exercise: Exercise) -> DraftSession:
    """Return the session that asks what an entry left for later."""
    head = workbook.journal.find(draft.entry)  # as it stands now: it may have been changed since the draft was begun
    entry = head.entry
    left = {field.id: field for field in left_for_later(exercise, entry, draft.header.due)}
    fields = [left.get(field.id, field) for field in exercise.fields if field.id in left or _is_later_note(field)]
    session = _session(
        workbook,
        draft,
        f"{exercise.title}, {ago(entry.day)}",
        fields,
        about=entry.behaviour,
        build=lambda answers: revised(entry, answers, draft=draft.id, parents=head.revisions()),
        answers_danger=not exercise.in_support,
    )
    session.form.given = entry.fields
    return DraftSession(draft, session, exercise, revised=entry)


def _changing(workbook: Workbook, draft: Draft, exercise: Exercise | None) -> DraftSession:
    """Return the session that asks an entry's questions again; at the last look the others can be answered too."""
    parents = draft.header.parents
    base, *others = [workbook.journal.find(draft.entry, revision=revision).entry for revision in parents]
    fields = _asked_again(base, exercise)
    if exercise and exercise.per_behaviour and len(workbook.memory.behaviours) > 1:
        fields = [*(field for field in fields if not names_behaviour(field)), ABOUT]
    hidden: set[str] = set()
    before: Mapping[str, Any] = base.answers | ({ABOUT.id: base.behaviour} if ABOUT in fields else {})
    session = _session(
        workbook,
        draft,
        base.title,
        fields,
        about=base.behaviour,
        before=differing_page(base, others).blocks if others else (),
        build=lambda answers: revised(
            base,
            answers,
            asked={field.id for field in fields} - hidden,
            draft=draft.id,
            parents=parents,
            day_starts=workbook.settings.day_starts,
        ),
    )
    session.form.answers = dict(before)
    # what is hidden by now for what the journal says since is not asked, and stays as it was
    hidden |= set(base.answers) - {field.id for field in session.form.visible()}
    session.form.answers = ChainMap(draft.answers, dict(before))
    session.walked = set(base.answers)
    return DraftSession(draft, session, exercise, revised=base)


def _session(
    workbook: Workbook,
    draft: Draft,
    title: str,
    fields: Sequence[Field],
    *,
    build: Callable[[Sequence[Answered]], Entry],
    about: str | None,
    quick: bool = False,
    day: date | None = None,
    before: Iterable[Block] = (),
    intro: str = "",
    answers_danger: bool = False,
) -> Session:
    form = Form(
        fields,
        draft.answers,
        workbook.memory,
        about,
        quick,
        draft.exercise,
        slots=workbook.slots,
        sentences=lambda *period: _tell_period(workbook, *period),
        day=day,
    )
    return Session(
        heading=title,
        form=form,
        draft=draft,
        asker=workbook.asker,
        build=build,
        show=lambda entry: entry_blocks(entry, workbook.memory.before(entry) if compares(entry) else None),
        intro=[*before, *passages(form.filled_text(intro))],
        watch=DangerWatch(workbook.slots) if answers_danger else None,
    )


def _tell_period(workbook: Workbook, period: str, about: str | None, until: date) -> list[str]:
    """Return what a period held, for a note of an exercise."""
    from smartcli.workbook.looking_back import tell_period  # few exercises show it, and it costs some ms

    return tell_period(workbook, period, about, until)


def _asked_again(entry: Entry, exercise: Exercise | None) -> list[Field]:
    """Return an entry's questions as they were asked, with what their exercise offers today, and its others."""
    today = {field.id: field for field in exercise.fields if field.answerable and not field.setting} if exercise else {}
    then = {answered.field.id: answered.field for answered in entry.fields}
    fields = [_as_then(field, then[name]) if name in then else field for name, field in today.items()]
    return [field for field in fields if field.id in then or not field.later] + [
        replace(field, optional=True) for name, field in then.items() if name not in today
    ]


def _as_then(today: Field, then: Field) -> Field:
    """Return today's field with the words it was asked in; of another kind by now, as it was then."""
    if today.kind != then.kind:
        return replace(then, optional=True)
    if isinstance(today, Options) and isinstance(then, Options):
        known = {option.id for option in today.options}
        gone = tuple(option for option in then.options if option.id not in known and option.say != option.id)
        today = replace(today, options=(*today.options, *gone))
    return replace(today, ask=then.ask, later=False, once=False)


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
            and answers.get(field.id) is None
            and (today is None or (today - _counted_from(field, entry)).days >= field.after_days)
            and all(condition.holds(answers, frozenset()) for condition in field.only_if)
        ):
            left.append(replace(field, later=False, only_if=()))
    return left


def _counted_from(field: Field, entry: Entry) -> date:
    """Return the day from which the days until a later question is due are counted."""
    days = [one.answer for one in entry.fields if one.field.id == field.after_day and one.field.kind == "moment"]
    return recall(days[0]).at.date() if days else meant_for(entry)


def _is_later_note(field: Field) -> bool:
    """Return whether a field is a note that stands beside what is asked afterwards."""
    return field.later and not field.answerable


def meant_for(entry: Entry) -> date:
    """Return the day an entry looks ahead to: its latest day of `_AHEAD` outside tables, or else its own day."""
    ahead = [answered.answer for answered in entry.fields if answered.field.measure in _AHEAD]
    days = [recall(answer).at.date() for answer in ahead]
    return max([entry.day, *days])


def _rows(answer: Any) -> bool:
    """Return whether an answer is a table's, with something in it: a file may have been changed by hand."""
    return isinstance(answer, list) and bool(answer) and all(isinstance(row, dict) for row in answer)
