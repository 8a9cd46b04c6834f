"""Sessions: from a fresh or an unfinished draft to a kept entry.

One direction: a session is begun here with a draft, `session_kinds` makes of the draft what is to be asked, the
person answers, and here again the entry is saved and the draft let go.
"""

import contextlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from smartcli.asking import Elsewhere, Pause
from smartcli.content.exercise import Exercise
from smartcli.entries.entry import Entry
from smartcli.fields import Field
from smartcli.journal.draft import Draft
from smartcli.journal.standing import Head
from smartcli.language import _, ngettext
from smartcli.lock.keyring import LockedTrouble
from smartcli.trouble import Trouble, say
from smartcli.words import sentences
from smartcli.workbook.begun_today import find_begun_today, is_to_go_on
from smartcli.workbook.given import keep_given
from smartcli.workbook.left_out import left_for_later, list_left
from smartcli.workbook.quick_entries import REST
from smartcli.workbook.saving import save_entry
from smartcli.workbook.session_kinds import DraftSession, open_session
from smartcli.workbook.settling import STRENGTH, list_urges_left_open, save_left_open
from smartcli.workbook.when import describe_when, read_when
from smartcli.workbook.workbook import Workbook


class Kept(NamedTuple):
    """How a session ended: a line that says so, and the entry, unless there was nothing to keep."""

    line: str
    entry: Entry | None = None

    @classmethod
    def saved(cls, entry: Entry, line: str) -> "Kept":
        """An entry was saved; `line` are the last words outside the session."""
        return cls(line, entry)

    @classmethod
    def unchanged(cls) -> "Kept":
        """An entry was gone through again and says what it said."""
        return cls(_("Nothing was changed, so nothing was saved."))

    @classmethod
    def settings_only(cls) -> "Kept":
        """Only questions that set something were answered."""
        return cls(_("Your settings are saved."))

    @classmethod
    def nothing(cls) -> "Kept":
        """No question was answered."""
        return cls(_("Nothing was answered, so nothing was saved."))

    def tell(self) -> None:
        """Say the line on standard error."""
        say(self.line)


def do_exercise(
    workbook: Workbook,
    name: str,
    *,
    quick: bool = False,
    when: str | None = None,
    about: str | None = None,
    given: Mapping[str, Any] | None = None,
) -> Kept:
    """Begin the exercise called `name` and go through it. `given`: answers that need no asking, by field.

    `quick` asks its quick version, where it has one. `when` are the words of an option. Somebody who began it today and
    did not finish may go on with that. What a crash or an urge left behind is seen to afterwards: nobody waits for it
    before the first question. Raises Trouble, Pause.
    """
    exercise = workbook.catalog.find(name)
    quick = quick and any(field.quick for field in exercise.fields)
    moment = read_when(when, workbook)
    if workbook.why_unsaved or not workbook.can_seal:
        from smartcli.workbook.unkept import do_unsaved

        return Kept(do_unsaved(workbook, exercise, quick=quick, about=about, given=given))
    if not (when or about or given):
        begun = find_begun_today(workbook, exercise, quick=quick)
        if begun and is_to_go_on(workbook.asker, exercise, begun):
            return resume_draft(workbook, begun.id)
    left_open = list_urges_left_open(workbook) if exercise.measuring(STRENGTH) else []
    draft = workbook.drafts.start(
        exercise=exercise.id,
        title=exercise.title,
        own=exercise.own,
        quick=quick,
        when=moment,
        about=about or "",
        definition=exercise.table,
    )
    keep_given(workbook, draft, given or {})
    try:
        return _go_through(workbook, draft)
    finally:
        save_left_open(workbook, left_open)
        workbook.tidy()


def fill_in_later(workbook: Workbook, name: str | None) -> Kept:
    """Ask what the entry of this id left for later; None: what the newest entry left that is due today.

    Raises Trouble when it left nothing, Pause.
    """
    if name is None:
        from smartcli.workbook.unfinished import list_waiting

        waiting = next(list_waiting(workbook), None)
        if waiting is None:
            raise Trouble(_("There is no entry that you can add to right now."), code=0)
        return answer_later(workbook, waiting.exercise, waiting.head, waiting.today)
    head = workbook.journal.find(name)
    exercise = workbook.catalog.find(head.entry.exercise)
    if not list_left(workbook, exercise, head.entry):
        raise Trouble(
            _("There is nothing to add to that entry."),
            hint=_("`smartcli later` finds an entry that you can add to."),
        )
    return answer_later(workbook, exercise, head)


def answer_later(workbook: Workbook, exercise: Exercise, head: Head, due: date | None = None) -> Kept:
    """Ask what an entry left for later, with `due` only what is due by that day, and keep its next revision."""
    return _go_through(workbook, _start_adding(workbook, exercise, head, due=due))


def fill_in_rest(workbook: Workbook, exercise: Exercise, head: Head) -> Kept:
    """Ask what the quick version left out of an entry, and keep its next revision."""
    return _go_through(workbook, _start_adding(workbook, exercise, head, rest=True))


def answer_unasked(workbook: Workbook, exercise: Exercise, head: Head, name: str, answer: str) -> None:
    """Keep an entry's next revision with one answer to a question it left for later, given elsewhere than in a session.

    Raises Trouble: then a draft holds the answer.
    """
    draft = _start_adding(workbook, exercise, head)
    with workbook.drafts.held(draft):
        draft.keep(name, answer)
        save_unasked(workbook, draft)


def save_unasked(workbook: Workbook, draft: Draft, *, quick: bool = False) -> str:
    """Save what a draft holds without asking anything more, and let it go; return the id of its entry.

    `quick`: the entry says that not all was asked. Raises Trouble: then the draft still holds it.
    """
    opened = open_session(workbook, draft)
    entry = opened.session.entry()
    if quick:
        entry = entry.as_quick()
    if not opened.is_unchanged(entry):
        workbook.journal.save(entry)
    workbook.drafts.drop(draft)
    return entry.id


def _start_adding(workbook: Workbook, exercise: Exercise, head: Head, **header: Any) -> Draft:
    """Begin the draft of an entry's next revision that adds answers; `header` says more of what is asked."""
    return workbook.drafts.start(
        exercise=exercise.id,
        title=exercise.title,
        own=exercise.own,
        entry=head.entry.id,
        parents=(head.revision.revision,),
        later=True,
        definition=exercise.table,
        **header,
    )


def edit_entry(workbook: Workbook, head: Head) -> Kept:
    """Open an entry at its page to change it or to add to it, and keep the next revision if anything changed.

    Where it was changed in two places, the person is asked first which version to keep; the next revision is made of
    all of them. Raises Trouble, or Pause: then a draft holds the changes, if there are any.
    """
    from smartcli.workbook.version_to_edit import choose_parents

    parents = choose_parents(workbook, head)
    draft = workbook.drafts.start(
        exercise=head.entry.exercise,
        title=head.entry.title,
        entry=head.entry.id,
        parents=parents,
        edit=True,
    )
    return _go_through(workbook, draft)


def unlock_to_resume(workbook: Workbook, name: str) -> None:
    """Open the journal for the draft whose id begins with `name`; raises Trouble first where there is none."""
    if workbook.is_closed:
        with contextlib.suppress(LockedTrouble):  # it is there, and needs the key
            workbook.drafts.find(name)
        workbook.unlock()


def resume_draft(workbook: Workbook, name: str = "") -> Kept:
    """Go on with the draft whose id begins with `name`, or with the newest."""
    draft = workbook.drafts.take_up(name)
    if draft.damaged:
        number = len(draft.damaged)
        say(
            ngettext(
                "{number} line of this unfinished exercise is damaged. Everything else is here.",
                "{number} lines of this unfinished exercise are damaged. Everything else is here.",
                number,
            ),
            _("`smartcli drafts show {id}` shows what can be read of it.", id=draft.id[:8]),
        )
    return _go_through(workbook, draft)


def _go_through(workbook: Workbook, draft: Draft) -> Kept:
    """Ask what a draft still needs and keep the entry; raises Trouble, or Pause with what is to be said."""
    try:
        with workbook.drafts.held(draft):
            return _ask_and_keep(workbook, draft)
    except Elsewhere as elsewhere:  # another exercise first; the draft waits meanwhile
        other = workbook.catalog.find(elsewhere.exercise)
        do_exercise(workbook, other.id, about=elsewhere.about if other.per_behaviour else None)
        workbook.forget()  # what was answered there may open, or close, what comes here
        if workbook.is_closed:  # on the disk the draft is sealed; all of it is in memory
            return _go_through(workbook, draft)
        return resume_draft(workbook, draft.id)


def _ask_and_keep(workbook: Workbook, draft: Draft) -> Kept:
    if not draft.is_empty:
        from smartcli.workbook.gone import ask_to_keep, is_gone

        if is_gone(workbook, draft):
            entry = ask_to_keep(workbook, draft)
            save_entry(workbook, entry, draft)
            workbook.drafts.drop(draft)
            return Kept.saved(entry, _("Saved as a new entry."))
    opened = open_session(workbook, draft)
    try:
        entry = opened.session.run()
    except Pause:
        raise _paused(workbook, opened) from None
    _snooze_what_was_skipped(workbook, opened, entry)
    is_unchanged = opened.is_unchanged(entry) or _is_undecided(workbook, draft)
    is_saved = opened.is_worth_saving(entry) and not is_unchanged
    if is_saved:
        save_entry(workbook, entry, draft)
    settings = opened.answered_settings()
    if settings:  # after the entry: settings that cannot be saved must not cost it
        _save_settings(workbook, draft, settings, is_saved=is_saved)
    workbook.drafts.drop(draft)
    if is_unchanged:
        return Kept.unchanged()
    if is_saved:
        from smartcli.workbook.last_words import end_session

        line = _("Saved.") if opened.only_mends(entry) else end_session(workbook, opened.session, entry)
        return Kept.saved(entry, sentences(line, describe_when(draft.header.when)))
    return Kept.settings_only() if settings else Kept.nothing()


def _is_undecided(workbook: Workbook, draft: Draft) -> bool:
    """Return whether an edit ended before anything was given: between two versions of the entry nobody has chosen."""
    return draft.header.edit and draft.is_empty and not workbook.asker.live


def _paused(workbook: Workbook, opened: DraftSession) -> Pause:
    """Return the Pause that says what is kept; raises Trouble (3) when what came last cannot be."""
    draft = opened.draft
    if draft.is_empty:
        return Pause(_("Stopped. Nothing was saved."))
    if draft.header.edit and not draft.halves and opened.is_unchanged(opened.session.entry()):
        workbook.drafts.drop(draft)
        return Pause(_("Stopped. Nothing was changed."))
    try:
        if not draft.safe:
            draft.write()
    except Trouble as trouble:
        trouble.safe = _("Your earlier answers are safe. Your last answer is not saved.")
        raise
    how = _("Go on whenever you like: {command}", command="smartcli resume")
    if draft.header.edit:
        return Pause(_("Paused. Your changes are kept apart. The entry is still as it was."), how)
    return Pause(_("Paused. Your answers are saved."), how)


def _snooze_what_was_skipped(workbook: Workbook, opened: DraftSession, entry: Entry) -> None:
    """Offer no more for a while what an entry left for later, or out, and was just skipped."""
    if opened.draft.header.rest:
        workbook.snoozed.note(REST + entry.id, workbook.today)
    elif opened.draft.header.later and opened.exercise and left_for_later(opened.exercise, entry, workbook.today):
        workbook.snoozed.note(entry.id, workbook.today)


def _save_settings(workbook: Workbook, draft: Draft, fields: Sequence[Field], *, is_saved: bool) -> None:
    """Save the answers that belong in the settings; raises Trouble, and then a draft holds them.

    `is_saved`: the other answers are an entry that names the draft, which is done with then. So the
    answers to `fields` go to a new draft of the same exercise, for `resume` to save them from.
    """
    try:
        workbook.settings.change(**{field.setting: draft.answers[field.id] for field in fields})
    except Trouble as trouble:
        trouble.safe = _("Your answers are safe in an unfinished exercise.")
        then = _("Then `smartcli resume` saves these answers too.")
        trouble.hint = f"{trouble.hint} {then}"
        if is_saved:
            trouble.safe = _("Your entry is saved. Your answers for the settings are safe in an unfinished exercise.")
            keeping = workbook.drafts.start(
                exercise=draft.exercise, title=draft.header.title, definition=draft.header.definition
            )
            for field in fields:
                keeping.keep(field.id, draft.answers[field.id])
            keeping.close()
            workbook.drafts.drop(draft)
        raise
