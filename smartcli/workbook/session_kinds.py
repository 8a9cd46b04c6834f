"""The session a draft stands for: a fresh exercise, what was left for later, or an entry to be changed."""

from collections import ChainMap
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from smartcli.blocks import Block
from smartcli.content.exercise import Exercise, read_exercise
from smartcli.entries.entry import Answered, Entry
from smartcli.entries.revisions import fill, revised
from smartcli.fields import Choice, Field, Options, Practice, Table
from smartcli.fields.base import names_behaviour
from smartcli.fields.note import passages
from smartcli.journal.drafts import Draft
from smartcli.language import N_, _
from smartcli.moments import ago, now, recall
from smartcli.pages.comparison import differing_page
from smartcli.pages.entry import compares, entry_blocks
from smartcli.schema.toml_file import Source
from smartcli.session.danger_watch import DangerWatch
from smartcli.session.form import Form
from smartcli.session.runner import Session
from smartcli.session.title import Title
from smartcli.trouble import ATTENTION, Trouble
from smartcli.workbook.workbook import Workbook

_ABOUT = Choice(id="about", ask=N_("Which of these is this about?"), from_="start.behaviours", measure="behaviour")

_AHEAD = ("goal.due", "trial.review")  # measures of a day that an entry looks ahead to
_OF_THAT_DAY = N_(
    'These questions were left out when you wrote this entry. Where one says "today", it means the day you wrote it.'
)

STEP_DONE = "step.done"  # the measure of the question how a step stands
NOT_YET = "not-yet"  # the answer to it that leaves the step open
_STANDS_IN_A_DRAFT = timedelta(hours=1)  # that an answer about safety counts before it is asked anew: a judgement
_STEP_RESTS = timedelta(days=14)  # after which nobody is asked about a step any more: a judgement, from no source


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
            _("The file of the exercise that you started can't be read."),
            safe=_("What you wrote is safe."),
            hint=_("`smartcli exercises check` says what is wrong."),
            code=ATTENTION,
        )
    if draft.header.rest:
        return _filling_in(workbook, draft, exercise)
    if draft.header.later:
        return _adding(workbook, draft, exercise)
    return DraftSession(draft, _fresh(workbook, draft, exercise), exercise)


def _fresh(workbook: Workbook, draft: Draft, exercise: Exercise) -> Session:
    """Return the session that asks an exercise's questions for the first time, but for those given beforehand."""
    when, about, quick = draft.header.when, draft.header.about or None, draft.header.quick
    _let_go_of_standing_facts(exercise, draft)
    return _session(
        workbook,
        draft,
        Title(exercise.title, names_behaviour=exercise.per_behaviour),
        fresh_fields(exercise, draft),
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
            quick=quick,
            day_starts=workbook.settings.day_starts,
        ),
    )


def _about_field() -> Field:
    """Return the question which of the person's behaviours an entry is about."""
    return replace(_ABOUT, ask=_(_ABOUT.ask))


def _let_go_of_standing_facts(exercise: Exercise, draft: Draft) -> None:
    """Ask again what a resumed draft answered some time ago, if it is a fact that may have changed since.

    The answer stays in the draft's file; it counts no more, until it is given again.
    """
    for field in exercise.fields:
        answered = draft.moments.get(field.id)
        if field.renew_days and answered and now() - answered > _STANDS_IN_A_DRAFT:
            draft.answers.pop(field.id, None)


def fresh_fields(exercise: Exercise, draft: Draft) -> list[Field]:
    """Return the fields of an exercise that is gone through for the first time, but for those given beforehand."""
    fields = [field for field in exercise.fields if not field.later]
    if draft.header.about:
        fields = [field for field in fields if not names_behaviour(field)]
    elif exercise.per_behaviour and not any(map(names_behaviour, fields)):
        fields = [_about_field(), *fields]
    if draft.header.when:
        fields = [field for field in fields if field.measure != "when"]
    return fields


def _adding(workbook: Workbook, draft: Draft, exercise: Exercise) -> DraftSession:
    """Return the session that asks what an entry left for later."""
    head = workbook.journal.find(draft.entry)  # as it stands now: it may have been changed since the draft was begun
    entry = head.entry
    left = {field.id: field for field in left_for_later(exercise, entry, draft.header.due)}
    fields = [left.get(field.id, field) for field in exercise.fields if field.id in left or _is_later_note(field)]
    session = _session(
        workbook,
        draft,
        Title(exercise.title, ago(entry.day, workbook.today), names_behaviour=exercise.per_behaviour),
        fields,
        about=entry.behaviour,
        build=lambda answers: revised(entry, answers, draft=draft.id, parents=head.revisions()),
        answers_danger=not exercise.in_support,
    )
    session.form.given = entry.fields
    return DraftSession(draft, session, exercise, revised=entry)


def _filling_in(workbook: Workbook, draft: Draft, exercise: Exercise) -> DraftSession:
    """Return the session that asks what an entry's quick version left out; nothing that was answered is asked again."""
    head = workbook.journal.find(draft.entry)
    entry = head.entry
    asked = {field.id for field in left_out(exercise, entry)}
    fields = [field for field in exercise.fields if _belongs_to(field, asked)]
    session = _session(
        workbook,
        draft,
        Title(exercise.title, ago(entry.day, workbook.today), names_behaviour=exercise.per_behaviour),
        fields,
        about=entry.behaviour,
        intro="" if entry.day == workbook.today else _(_OF_THAT_DAY),
        day=entry.day,
        build=lambda answers: revised(entry, answers, asked=asked, draft=draft.id, parents=head.revisions()),
        answers_danger=not exercise.in_support,
    )
    session.form.answers = ChainMap(draft.answers, entry.answers)
    session.walked = asked
    return DraftSession(draft, session, exercise, revised=entry)


def _belongs_to(field: Field, asked: Collection[str]) -> bool:
    """Return whether a field has its place where some are asked afterwards: a question, or a note that follows one.

    The other notes, and practices, were help for the moment itself.
    """
    if field.answerable:
        return not (field.later or field.setting or isinstance(field, Practice) or names_behaviour(field))
    return not field.later and any(condition.field in asked for condition in field.only_if)


def left_out(exercise: Exercise, entry: Entry) -> list[Field]:
    """Return the questions that a quick entry left out and that can still be answered; none for any other entry."""
    if not entry.quick:
        return []
    answers = entry.answers
    return [
        field
        for field in exercise.fields
        if _belongs_to(field, ())
        and not field.quick
        and field.measure != "when"
        and answers.get(field.id) is None
        and _may_be_asked(field, answers)
    ]


def _may_be_asked(field: Field, answers: Mapping[str, Any]) -> bool:
    """Return whether a field's conditions on other answers hold; those on the journal are looked at in the session."""
    conditions = [condition for condition in field.only_if if not condition.needs_journal]
    return all(condition.holds(answers, frozenset()) for condition in conditions)


def _changing(workbook: Workbook, draft: Draft, exercise: Exercise | None) -> DraftSession:
    """Return the session that asks an entry's questions again; at the last look the others can be answered too.

    A standing fact (`renew_days`) that no longer stands is asked anew, not taken from the entry: what it opened, a risk
    that was ticked since may have closed. Passed over, it stays in the entry as it was.
    """
    parents = draft.header.parents
    base, *others = [workbook.journal.find(draft.entry, revision=revision).entry for revision in parents]
    fields = _asked_again(base, exercise)
    before: Mapping[str, Any] = base.answers
    if exercise and exercise.per_behaviour and len(workbook.memory.behaviours) > 1:
        fields = [*(field for field in fields if not names_behaviour(field)), _about_field()]
        before = base.answers | {_ABOUT.id: base.behaviour}
    hidden: set[str] = set()
    standing = {field.id for field in fields if field.renew_days}
    before = {name: answer for name, answer in before.items() if name not in standing}
    session = _session(
        workbook,
        draft,
        Title(base.title, ago(base.day, workbook.today), names_behaviour=exercise.per_behaviour if exercise else True),
        fields,
        about=base.behaviour,
        day=base.day,  # what was right on its day is right now
        before=differing_page(base, others).blocks if others else (),
        build=lambda answers: revised(
            base,
            answers,
            asked={field.id for field in fields} - hidden - (standing - _answered(draft)),
            draft=draft.id,
            parents=parents,
            day_starts=workbook.settings.day_starts,
        ),
    )
    session.form.answers = before
    # what is hidden by now for what the journal says since is not asked, and stays as it was
    hidden |= set(base.answers) - {field.id for field in session.form.visible()}
    session.form.answers = ChainMap(draft.answers, dict(before))
    session.walked = set(base.answers) - standing
    return DraftSession(draft, session, exercise, revised=base)


def _answered(draft: Draft) -> set[str]:
    """Return the ids of the fields that a draft has an answer to."""
    return {name for name, answer in draft.answers.items() if answer is not None}


def _session(
    workbook: Workbook,
    draft: Draft,
    title: Title,
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
        title=title,
        form=form,
        draft=draft,
        asker=workbook.asker,
        build=build,
        show=lambda entry: entry_blocks(entry, workbook.memory.before(entry) if compares(entry) else None),
        intro=[*before, *passages(form.filled_text(intro) if intro else "")],
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
    return replace(today, ask=then.ask, later=False, once=today.once and bool(today.renew_days))


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


def _is_later_note(field: Field) -> bool:
    """Return whether a field is a note that stands beside what is asked afterwards."""
    return field.later and not field.answerable


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
