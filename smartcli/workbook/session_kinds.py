"""The session a draft stands for: a fresh exercise, what was left for later, or an entry to be changed."""

from collections import ChainMap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from smartcli.asking import Back, Ended, Pause
from smartcli.blocks import Block, Words
from smartcli.content.exercise import Exercise, read_exercise
from smartcli.entries.entry import Answered, Entry
from smartcli.entries.revisions import fill, revised
from smartcli.fields import Field, Options, Table
from smartcli.fields.base import names_behaviour
from smartcli.fields.note import passages
from smartcli.journal.draft import Draft
from smartcli.language import N_, _
from smartcli.moments import ago, now
from smartcli.pages.comparison import differing_page
from smartcli.pages.entry import about, compares, entry_blocks
from smartcli.schema.toml_file import Source
from smartcli.session.danger_watch import DangerWatch
from smartcli.session.form import Form
from smartcli.session.runner import Session
from smartcli.session.title import Title
from smartcli.trouble import ATTENTION, Trouble
from smartcli.workbook.left_out import about_field, behaviour_left, can_be_added, left_for_later, list_left
from smartcli.workbook.workbook import Workbook

_OF_THAT_DAY = N_(
    'These questions were left out when you wrote this entry. Where one says "today", it means the day you wrote it.'
)

_STANDS_IN_A_DRAFT = timedelta(hours=1)  # that an answer about safety counts before it is asked anew: a judgement


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
        return self.revised is not None and is_same(self.draft, self.revised, entry)

    def only_mends(self, entry: Entry) -> bool:
        """Return whether a next revision answers nothing that was not answered before."""
        return (
            self.draft.header.edit and self.revised is not None and entry.answers.keys() <= self.revised.answers.keys()
        )

    def is_worth_saving(self, entry: Entry) -> bool:
        """Return whether an entry has something to save: an answer, or that a text was read to its end."""
        has_read = bool(self.exercise and self.exercise.reading)
        return bool(entry.body["fields"]) or has_read

    def answered_settings(self) -> list[Field]:
        """Return the questions answered now whose answers belong in the settings."""
        answers = self.draft.answers
        return [field for field in self.session.form.fields if field.setting and answers.get(field.id) is not None]


def is_same(draft: Draft, before: Entry, entry: Entry) -> bool:
    """Return whether the next revision of an entry says what that entry says; never where it makes one of two."""
    telling = ("fields", "when", "behaviour")
    return len(draft.header.parents) == 1 and all(entry.body.get(name) == before.body.get(name) for name in telling)


def open_session(workbook: Workbook, draft: Draft) -> DraftSession:
    """Return a draft's session; raises Trouble when its exercise or its entry cannot be read any more."""
    exercise = exercise_of(workbook, draft)
    if draft.header.edit or draft.header.rest:
        return _editing(workbook, draft, exercise)
    if exercise is None:
        raise Trouble(
            _("The file of the exercise that you started can't be read."),
            safe=_("What you wrote is safe."),
            hint=_("`smartcli exercises check` says what is wrong."),
            code=ATTENTION,
        )
    if draft.header.later:
        return _adding(workbook, draft, exercise)
    return DraftSession(draft, _fresh(workbook, draft, exercise), exercise)


def _fresh(workbook: Workbook, draft: Draft, exercise: Exercise) -> Session:
    """Return the session that asks an exercise's questions for the first time, but for those given beforehand."""
    when, about, quick = draft.header.when, draft.header.about or None, draft.header.quick
    return _session(
        workbook,
        draft,
        Title(exercise.title, names_behaviour=exercise.per_behaviour),
        fresh_form(workbook, draft, exercise),
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


def fresh_form(workbook: Workbook, draft: Draft, exercise: Exercise) -> Form:
    """Return the form of an exercise that is gone through for the first time, as far as its draft has come."""
    when = draft.header.when
    _let_go_of_standing_facts(exercise, draft)
    return _form(
        workbook,
        draft,
        _fresh_fields(workbook, exercise, draft),
        draft.header.about or None,
        quick=draft.header.quick,
        day=when.day(workbook.settings.day_starts) if when else None,
    )


def _let_go_of_standing_facts(exercise: Exercise, draft: Draft) -> None:
    """Ask again what a resumed draft answered some time ago, if it is a fact that may have changed since.

    The answer stays in the draft's file; it counts no more, until it is given again.
    """
    for field in exercise.fields:
        answered = draft.moments.get(field.id)
        if field.renew_days and answered and now() - answered > _STANDS_IN_A_DRAFT:
            draft.answers.pop(field.id, None)


def _fresh_fields(workbook: Workbook, exercise: Exercise, draft: Draft) -> list[Field]:
    """Return the fields of an exercise that is gone through for the first time, but for those given beforehand.

    When it was is asked for an entry's sake alone.
    """
    fields = [field for field in exercise.fields if not field.later]
    if draft.header.about:
        fields = [field for field in fields if not names_behaviour(field)]
    elif exercise.per_behaviour and not any(map(names_behaviour, fields)):
        fields = [about_field(), *fields]
    if draft.header.when or not workbook.saves:
        fields = [field for field in fields if field.measure != "when"]
    return fields


def _adding(workbook: Workbook, draft: Draft, exercise: Exercise) -> DraftSession:
    """Return the session that asks what an entry left for later."""
    head = workbook.journal.find(draft.entry)  # as it stands now: it may have been changed since the draft was begun
    entry = head.entry
    left = {field.id: field for field in left_for_later(exercise, entry, draft.header.due)}
    fields = behaviour_left(workbook, exercise, entry)
    fields += [left.get(field.id, field) for field in exercise.fields if field.id in left or _is_later_note(field)]
    session = _session(
        workbook,
        draft,
        Title(exercise.title, ago(entry.day, workbook.today, entry.when), names_behaviour=exercise.per_behaviour),
        _form(workbook, draft, fields, entry.behaviour),
        build=lambda answers: revised(entry, answers, draft=draft.id, parents=[head.revision.revision]),
        answers_danger=not exercise.in_support,
    )
    session.form.given = entry.fields
    return DraftSession(draft, session, exercise, revised=entry)


def _is_later_note(field: Field) -> bool:
    """Return whether a field is a note that stands beside what is asked afterwards."""
    return field.later and not field.answerable


def _editing(workbook: Workbook, draft: Draft, exercise: Exercise | None) -> DraftSession:
    """Return the session over an entry's page, where an answer is changed or what was left out is added.

    A standing fact (`renew_days`) that no longer stands is asked anew, not taken from the entry: what it opened, a risk
    that was ticked since may have closed. Passed over, it stays in the entry as it was.
    """
    if draft.header.rest:  # as the entry stands now: it may have been changed since the draft was begun
        head = workbook.journal.find(draft.entry)
        parents, base = [head.revision.revision], head.entry
        others: list[Entry] = []
    else:
        parents, base, others = _versions_to_change(workbook, draft)
    later = {field.id: field for field in list_left(workbook, exercise, base)} if exercise else {}
    fields = _asked_again(base, exercise, later)
    if exercise and exercise.per_behaviour and len(workbook.memory.behaviours) > 1:
        fields = [*(field for field in fields if not names_behaviour(field)), about_field()]
    hidden: set[str] = set()
    standing = {field.id for field in fields if field.renew_days}
    before = {name: answer for name, answer in base.answers.items() if name not in standing}
    before |= {field.id: base.behaviour for field in fields if names_behaviour(field) and base.behaviour}

    def build(answers: Sequence[Answered]) -> Entry:
        asked = {field.id for field in fields} - hidden - (standing - _answered(draft))
        entry = revised(
            base,
            answers,
            asked=asked,
            draft=draft.id,
            parents=parents,
            day_starts=workbook.settings.day_starts,
        )
        adds = draft.answers.keys() - base.answers.keys() - before.keys()
        return entry.as_quick() if base.quick and not adds else entry

    from smartcli.session.editing import EditSession

    session = EditSession(
        title=Title(
            base.title,
            ago(base.day, workbook.today, base.when),
            names_behaviour=exercise.per_behaviour if exercise else True,
        ),
        form=_form(workbook, draft, fields, base.behaviour, day=base.day),  # what was right on its day is right now
        draft=draft,
        asker=workbook.asker,
        build=build,
        show=lambda entry: [Words(about(entry), quiet=True), *_shown(workbook, workbook.readable(entry))],
        intro=_told_side_by_side(workbook, base, others),
        makes_one=len(parents) > 1,
        watch=DangerWatch(workbook.slots) if exercise and not exercise.in_support else None,
        before=before,
        readable=workbook.readable,
        is_changed=lambda entry: not is_same(draft, base, entry),
        may_add=lambda field: field.id in later or can_be_added(field, base),
        cells_left={name: field for name, field in later.items() if isinstance(field, Table)},
        begins_adding=draft.header.rest,
        of_that_day=[] if base.day == workbook.today else [Words(_(_OF_THAT_DAY))],
    )
    session.form.answers = before
    # what is hidden by now for what the journal says since is not asked, and stays as it was
    hidden |= set(base.answers) - {field.id for field in session.form.visible()}
    session.take_notes_as_told()
    session.form.answers = ChainMap(draft.answers, dict(before))
    session.walked = set(base.answers) - standing
    return DraftSession(draft, session, exercise, revised=base)


def _versions_to_change(workbook: Workbook, draft: Draft) -> tuple[list[str], Entry, list[Entry]]:
    """Return the revisions that an edit makes one of, the version it began from, and the others.

    Where none of the versions it began from can be read any more, it goes on from the entry as it stands now.
    """
    parents = [*draft.header.parents]
    here = {one.revision: one for one in workbook.journal.revisions().get(draft.entry, [])}
    read = (workbook.journal.try_read(here[revision]) for revision in parents if revision in here)
    versions = [entry for entry in read if entry]
    if not versions:
        head = workbook.journal.find(draft.entry, deleted=True)
        return [head.revision.revision, *parents], head.entry, []
    return parents, versions[0], versions[1:]


def _told_side_by_side(workbook: Workbook, base: Entry, others: Sequence[Entry]) -> list[Block]:
    """Return where the versions differ that an edit makes one of; a person has seen it when they chose between them."""
    if not others or workbook.asker.live:
        return []
    return [*differing_page(workbook.readable(base), [*map(workbook.readable, others)]).blocks]


def _answered(draft: Draft) -> set[str]:
    """Return the ids of the fields that a draft has an answer to."""
    return {name for name, answer in draft.answers.items() if answer is not None}


def _form(
    workbook: Workbook,
    draft: Draft,
    fields: Sequence[Field],
    behaviour: str | None,
    *,
    quick: bool = False,
    day: date | None = None,
) -> Form:
    return Form(
        fields,
        draft.answers,
        workbook.memory,
        behaviour,
        quick,
        draft.exercise,
        slots=workbook.slots,
        sentences=lambda *period: _tell_period(workbook, *period),
        day=day,
    )


def _session(
    workbook: Workbook,
    draft: Draft,
    title: Title,
    form: Form,
    *,
    build: Callable[[Sequence[Answered]], Entry],
    intro: str = "",
    answers_danger: bool,
) -> Session:
    return Session(
        title=title,
        form=form,
        draft=draft,
        asker=workbook.asker,
        build=build,
        show=lambda entry: _shown(workbook, entry),
        intro=passages(form.filled_text(intro) if intro else ""),
        watch=DangerWatch(workbook.slots, saves=workbook.saves) if answers_danger else None,
        saves=workbook.saves,
        unsaved=workbook.why_unsaved,
        open_words=partial(_open_words, workbook) if workbook.is_closed else None,
    )


def _open_words(workbook: Workbook, form: Form, here: Field) -> Sequence[Block]:
    """Ask for the passphrase, and return the person's own words for a question; or a sentence why it cannot be.

    The sitting goes on as it was begun: what it asks does not change in the middle of an urge.
    """
    try:
        workbook.unlock()
    except Trouble as trouble:  # whatever it is: an urge does not end by it
        return [Words(trouble.sentence), Words(_("All the help here needs no passphrase."))]
    except (Back, Ended, Pause):
        return [Words(_("The journal stays locked. All the help here needs no passphrase."))]
    return form.aside_opened(here, workbook.memory) or [Words(_("There is nothing of yours for this moment yet."))]


def _shown(workbook: Workbook, entry: Entry) -> list[Block]:
    """Return what an entry says, as the last look shows it."""
    return entry_blocks(entry, workbook.memory.before(entry) if compares(entry) else None)


def _tell_period(workbook: Workbook, period: str, about: str | None, until: date) -> list[str]:
    """Return what a period held, for a note of an exercise; nothing while the journal is closed."""
    if workbook.is_closed:
        return []
    from smartcli.workbook.looking_back import tell_period  # few exercises show it, and it costs some ms

    return tell_period(workbook, period, about, until)


def _asked_again(entry: Entry, exercise: Exercise | None, later: Mapping[str, Field]) -> list[Field]:
    """Return an entry's questions as they were asked, with what their exercise offers today, and its others.

    `later` are those that were left for later. Notes that hang on an answer are among them, each for a screen of its
    own; those that only bring back earlier words were help for the moment.
    """
    then = {answered.field.id: answered.field for answered in entry.fields}
    fields: list[Field] = []
    for field in exercise.fields if exercise else ():
        if not field.answerable:
            if field.only_if and field.ask and not field.later:
                fields.append(replace(field, alone=True))
        elif field.id in then and not field.setting:
            fields.append(_as_then(field, then[field.id]))
        elif field.id in later:
            fields.append(replace(field, later=False, optional=True))
        elif not (field.later or field.setting):
            fields.append(field)
    known = {field.id for field in fields}
    return fields + [replace(field, optional=True) for name, field in then.items() if name not in known]


def _as_then(today: Field, then: Field) -> Field:
    """Return today's field with the words it was asked in; of another kind by now, as it was then."""
    if today.kind != then.kind:
        return replace(then, optional=True)
    if isinstance(today, Options) and isinstance(then, Options):
        known = {option.id for option in today.options}
        gone = tuple(option for option in then.options if option.id not in known and option.say != option.id)
        today = replace(today, options=(*today.options, *gone))
    return replace(today, ask=then.ask, later=False, once=today.once and bool(today.renew_days))
