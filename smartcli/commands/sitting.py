"""Sitting down with an exercise: from a fresh or an unfinished draft to a kept entry."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from smartcli.asking import Elsewhere, Option, Pause, Question
from smartcli.commands.sessions import session_for
from smartcli.commands.workbook import Workbook
from smartcli.entry import Entry
from smartcli.exercise import Exercise
from smartcli.journal.drafts import Draft
from smartcli.journal.store import Head
from smartcli.moments import Moment
from smartcli.page import Words
from smartcli.trouble import PAUSED, STORAGE, Trouble, say
from smartcli.words import count, visible

_AGAIN = Option("again", "Try again")
_LEAVE = Option("leave", "Leave it in the draft for now")


class Kept(NamedTuple):
    """How a sitting ended: a line that says so, and the entry, unless there was nothing to keep."""

    line: str
    entry: Entry | None = None

    def tell(self) -> None:
        """Say it, and how to see the entry again."""
        say(f"{self.line}  smartcli show last" if self.entry else self.line)


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
    draft = workbook.drafts.start(
        exercise=exercise.id,
        title=exercise.title,
        own=exercise.own,
        quick=quick,
        **({"when": when.stored()} if when else {}),
        **({"about": about} if about else {}),
        definition=exercise.table,
    )
    for name, answer in (given or {}).items():
        draft.keep(name, answer)
    return _go_through(workbook, draft)


def afterwards(workbook: Workbook, exercise: Exercise, head: Head) -> Kept:
    """Ask what an entry left for later, and keep its next revision."""
    draft = workbook.drafts.start(
        exercise=exercise.id,
        title=exercise.title,
        own=exercise.own,
        entry=head.entry.id,
        parents=[head.revision.revision],
        later=True,
        definition=exercise.table,
    )
    return _go_through(workbook, draft)


def change(workbook: Workbook, head: Head) -> Kept:
    """Ask an entry's questions again, and keep the next revision if anything changed."""
    draft = workbook.drafts.start(
        exercise=head.entry.exercise,
        title=head.entry.title,
        entry=head.entry.id,
        parents=[head.revision.revision, *(other.revision for other in head.others)],
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
        draft.close()
        raise
    try:
        entry = session.run()
    except Pause:
        _pause(workbook, draft)
        raise SystemExit(PAUSED) from None
    except Elsewhere as elsewhere:
        draft.close()
        sit(workbook, workbook.catalog.find(elsewhere.exercise), about=draft.header.get("about"))
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
    if draft.header.get("edit") and _unchanged(workbook, draft, entry):
        workbook.drafts.drop(draft)
        return Kept("Nothing was changed, so nothing was written.")
    if answered:
        _save(workbook, entry, draft)
    workbook.drafts.drop(draft)
    if answered:
        summary = visible(entry.summary())
        return Kept(f"Kept. {summary[:1].upper()}{summary[1:]}." if summary else "Kept.", entry)
    return Kept("Your settings are kept." if settings else "Nothing was answered, so nothing was kept.")


def _unchanged(workbook: Workbook, draft: Draft, entry: Entry) -> bool:
    """Return whether an edit of one revision says what it said before."""
    parents = draft.header["parents"]
    before = workbook.journal.find(draft.entry, revision=parents[0]).entry
    telling = ("fields", "when", "behaviour")
    return len(parents) == 1 and all(entry.body.get(name) == before.body.get(name) for name in telling)


def _save(workbook: Workbook, entry: Entry, draft: Draft) -> None:
    """Save the entry; while the disk will not have it, the answers stay in the draft and it can be tried again."""
    while True:
        try:
            workbook.journal.save(entry)
        except Trouble as trouble:
            answers = count(len(draft.answers), "answer")
            trouble.safe = f"Your {answers} are safe in a draft: `smartcli resume` goes on with it."
            if trouble.code != STORAGE or not workbook.asker.live:
                draft.close()
                raise
            asked = Question(ask=trouble.sentence, above=[Words(f"{trouble.safe} {trouble.hint}")])
            if workbook.asker.choose(asked, [_AGAIN, _LEAVE]) == _LEAVE.id:
                draft.close()
                raise
        else:
            return


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
