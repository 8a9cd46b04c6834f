"""Sitting down with an exercise: from a fresh or an unfinished draft to a kept entry."""

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from smartcli.asking import Back, Elsewhere, Ended, Option, Pause, Question
from smartcli.blocks import Words
from smartcli.content.exercise import Exercise
from smartcli.entries.entry import Entry
from smartcli.journal import seal
from smartcli.journal.disk_errors import told_trouble
from smartcli.journal.drafts import Draft
from smartcli.journal.files import Folder
from smartcli.journal.store import Head
from smartcli.moments import Moment, day_of, now
from smartcli.trouble import PAUSED, STORAGE, Trouble, say
from smartcli.words import count, sentence
from smartcli.workbook.session_kinds import left_for_later, session_for
from smartcli.workbook.workbook import Workbook

_AGAIN = Option("again", "Try again")
_ELSEWHERE = Option("elsewhere", "Save a copy in another folder")
_LEAVE = Option("leave", "Leave it in the draft for now")


class Kept(NamedTuple):
    """How a sitting ended: a line that says so, and the entry, unless there was nothing to keep."""

    line: str
    entry: Entry | None = None

    def tell(self) -> None:
        """Say it, and how to see the entry again."""
        hint = "smartcli show last"
        beside = len(self.line) + len(hint) + 2 <= shutil.get_terminal_size().columns
        say(*([f"{self.line}  {hint}"] if self.entry and beside else [self.line, hint] if self.entry else [self.line]))


def sit(
    workbook: Workbook,
    exercise: Exercise,
    *,
    quick: bool = False,
    when: Moment | None = None,
    about: str | None = None,
    given: Mapping[str, Any] | None = None,
) -> Kept:
    """Begin an exercise and go through it. `given`: answers that need no asking."""
    workbook.tidy()
    draft = workbook.drafts.start(
        exercise=exercise.id,
        title=exercise.title,
        own=exercise.own,
        quick=quick,
        when=when,
        about=about or "",
        definition=exercise.table,
    )
    for name, answer in (given or {}).items():
        draft.keep(name, answer)
    return _go_through(workbook, draft)


def afterwards(workbook: Workbook, exercise: Exercise, head: Head, today: date | None = None) -> Kept:
    """Ask what an entry left for later, with `today` only what is due by then, and keep its next revision."""
    draft = workbook.drafts.start(
        exercise=exercise.id,
        title=exercise.title,
        own=exercise.own,
        entry=head.entry.id,
        parents=(head.revision.revision,),
        later=True,
        due=today,
        definition=exercise.table,
    )
    return _go_through(workbook, draft)


def change(workbook: Workbook, head: Head) -> Kept:
    """Ask an entry's questions again, and keep the next revision if anything changed."""
    draft = workbook.drafts.start(
        exercise=head.entry.exercise,
        title=head.entry.title,
        entry=head.entry.id,
        parents=tuple(head.revisions()),
        edit=True,
    )
    return _go_through(workbook, draft)


def take_up(workbook: Workbook, name: str = "") -> Kept:
    """Go on with an unfinished exercise."""
    return _go_through(workbook, workbook.drafts.take_up(name))


def _go_through(workbook: Workbook, draft: Draft) -> Kept:
    """Ask what the draft still needs, keep the entry, and let the draft go."""
    try:
        session = session_for(workbook, draft)
    except BaseException:
        if draft.answers or draft.halves:
            draft.close()
        else:
            workbook.drafts.drop(draft)
        raise
    try:
        entry = session.run()
    except Pause:
        _pause(workbook, draft)
        raise SystemExit(PAUSED) from None
    except Elsewhere as elsewhere:
        draft.close()
        other = workbook.catalog.find(elsewhere.exercise)
        sit(workbook, other, about=elsewhere.about if other.per_behaviour else None)
        return take_up(workbook, draft.id)
    except BaseException:
        draft.close()
        raise
    settings = {
        field.setting: draft.answers[field.id]
        for field in session.form.fields
        if field.setting and draft.answers.get(field.id) is not None
    }
    if settings:
        workbook.settings.change(**settings)
    answered = bool(entry.body["fields"])
    if draft.header.later:
        today = day_of(now(), workbook.settings.day_starts)
        exercise = workbook.catalog.get(draft.exercise)
        if exercise and left_for_later(exercise, entry, today):  # some of it was passed over: it rests a while
            workbook.resting.note(entry.id, today)
    if draft.header.parents and _unchanged(workbook, draft, entry):
        workbook.drafts.drop(draft)
        return Kept("Nothing was changed, so nothing was written.")
    if answered:
        _save(workbook, entry, draft)
    workbook.drafts.drop(draft)
    if answered:
        summary = entry.summary(own_words=False)
        return Kept(f"Kept. {sentence(summary[:1].upper() + summary[1:])}".strip(), entry)
    return Kept("Your settings are kept." if settings else "Nothing was answered, so nothing was kept.")


def _unchanged(workbook: Workbook, draft: Draft, entry: Entry) -> bool:
    """Return whether a change of one revision says what it said before."""
    parents = draft.header.parents
    before = workbook.journal.find(draft.entry, revision=parents[0]).entry
    telling = ("fields", "when", "behaviour")
    return len(parents) == 1 and all(entry.body.get(name) == before.body.get(name) for name in telling)


def _save(workbook: Workbook, entry: Entry, draft: Draft) -> None:
    """Save the entry. While the disk will not have it, nothing is let go, and it can be tried again."""
    while True:
        try:
            workbook.journal.save(entry)
        except Trouble as trouble:
            trouble.safe = _how_safe(draft)
            if trouble.code != STORAGE or not workbook.asker.live or not _try_again(workbook, trouble, entry):
                draft.close()
                raise
        else:
            return


def _how_safe(draft: Draft) -> str:
    """Return where the answers are that could not be saved yet, in a sentence that is true."""
    answers = count(len(draft.answers), "answer")
    try:
        if not draft.safe:
            draft.write()
    except Trouble:
        return f"Your {answers} are in this window only: leave it open until there is room."
    return f"Your {answers} are safe in a draft: `smartcli resume` goes on with it."


def _try_again(workbook: Workbook, trouble: Trouble, entry: Entry) -> bool:
    """Say what is wrong and ask what to do; return whether to try again."""
    question = Question(ask=trouble.sentence, above=[Words(f"{trouble.safe} {trouble.hint}")])
    try:
        chosen = workbook.asker.choose(question, [_AGAIN, _ELSEWHERE, _LEAVE])
        if chosen == _ELSEWHERE.id:
            folder = str(
                workbook.asker.line(Question(ask="Which folder?", hint="It gets a file that anyone can read."))
            )
            _copy(Path(folder).expanduser(), entry)
    except Trouble as other:
        say(*other.lines())
        return True
    except (Back, Ended, Pause, KeyboardInterrupt):
        return False
    return chosen != _LEAVE.id


def _copy(folder: Path, entry: Entry) -> None:
    """Write an entry to a folder as the file the journal would have; raises Trouble (3)."""
    with told_trouble("No copy was written"), Folder(folder, shared=True) as there:
        there.publish(f"{entry.id}.{entry.revision}{seal.SUFFIX}", seal.sealed(entry.body))
    say("A copy is there. The draft stays too, until the entry is in the journal.")


def _pause(workbook: Workbook, draft: Draft) -> None:
    """Say what is kept and how to go on; a draft with nothing in it is let go."""
    if not draft.answers and not draft.halves:
        workbook.drafts.drop(draft)
        say("Left. Nothing was written.")
        return
    try:
        if not draft.safe:
            draft.write()
    except Trouble as trouble:
        trouble.safe = "What you gave before is kept; what came last is not."
        raise
    finally:
        draft.close()
    say("Paused. What you have given is kept.", "Go on with it whenever you like: smartcli resume")
