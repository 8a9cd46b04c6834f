"""Urges that were left open: after some hours saved as far as they were answered, and taken out again if wished.

Somebody who went off to do something else did the best there is to do. Without this their urge would lie among
the drafts, and `insights` would know only of those that were seen through to the last question.
"""

import contextlib
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from smartcli.entries.entry import DELETED
from smartcli.entries.revisions import with_state
from smartcli.entries.self_harm import has_self_harm
from smartcli.fields.base import SELF_HARM
from smartcli.journal.draft import Draft
from smartcli.journal.draft_header import FORMAT_KEY
from smartcli.journal.standing import Head
from smartcli.language import _, ngettext
from smartcli.moments import ago, now
from smartcli.session.form import Form
from smartcli.trouble import Trouble
from smartcli.words import folded, joined
from smartcli.workbook.session_kinds import exercise_of, open_session

if TYPE_CHECKING:
    from smartcli.content.exercise import Exercise
    from smartcli.workbook.workbook import Workbook

STRENGTH = "urge.before"  # the measure that makes an exercise the log of an urge
_UNTOUCHED = timedelta(hours=4)  # after which nobody is coming back to this urge: a judgement, from no source
_SAVED = "urge-saved-"  # before an entry's id, in the notes of what was offered


def save_urges_left_open(workbook: "Workbook") -> None:
    """Save every urge that has a strength and was left untouched for hours. Never a trouble, and asks nothing."""
    save_left_open(workbook, list_urges_left_open(workbook))


def list_urges_left_open(workbook: "Workbook") -> list[str]:
    """Return the ids of the drafts of urges left untouched for hours, without reading the journal. Never a trouble."""
    if workbook.is_closed:  # whether it is in the journal already, and of which family it is, cannot be told
        return []
    with contextlib.suppress(Trouble):
        return [draft.id for draft in workbook.drafts.all() if _is_left_open(workbook, draft)]
    return []


def save_left_open(workbook: "Workbook", drafts: Sequence[str]) -> None:
    """Save the urges in these drafts, if they are still left open. Never a trouble, and asks nothing."""
    if drafts:
        workbook.forget()  # a session may have written since what is decisive: the family of a behaviour
    for name in drafts:
        with contextlib.suppress(Trouble):
            _save(workbook, name)


def _is_left_open(workbook: "Workbook", draft: Draft) -> bool:
    """Return whether a draft is an urge with a strength that nobody has touched for hours.

    Words half typed would be lost by saving, and a key this version does not know may say that nothing of it is to
    be saved: both are left as they are.
    """
    if draft.header.parents or draft.header.unknown.keys() - {FORMAT_KEY}:
        return False
    touched = max([draft.started, *draft.moments.values()])
    if now() - touched < _UNTOUCHED:
        return False
    exercise = exercise_of(workbook, draft)
    strength = exercise.measuring(STRENGTH) if exercise else None
    if not exercise or strength is None or draft.answers.get(strength.id) is None:
        return False
    return not _holds_words(exercise, draft)


def _holds_words(exercise: "Exercise", draft: Draft) -> bool:
    """Return whether anything half given may hold the person's own words, and is no mere number or option lit."""
    fields = {field.id: field for field in exercise.fields}
    return any(name not in fields or fields[name].has_own_words(half) for name, half in draft.halves.items())


def _save(workbook: "Workbook", name: str) -> None:
    """Save one such draft while holding it: another window may have gone on with it, or saved it, meanwhile."""
    from smartcli.workbook.sessions import save_unasked

    draft = workbook.drafts.take_up(name)
    with workbook.drafts.held(draft):
        if not _is_left_open(workbook, draft) or workbook.journal.revisions().get(draft.entry):
            return
        if _may_be_about_self_harm(workbook, open_session(workbook, draft).session.form):
            return
        entry = save_unasked(workbook, draft, quick=True)
    workbook.snoozed.note(_SAVED + entry, workbook.today)
    workbook.forget()


def _may_be_about_self_harm(workbook: "Workbook", form: Form) -> bool:
    """Return whether an urge is about self-harm, or could be: where there ever was such, its family must be known."""
    if SELF_HARM in form.families_now:
        return True
    families = workbook.families_ever
    return has_self_harm(families) and families.get(folded(form.about_now or "")) in (None, SELF_HARM)


def list_saved_today(workbook: "Workbook") -> list[Head]:
    """Return the urges that were saved so today and still stand."""
    revisions = workbook.journal.revisions()
    names = workbook.snoozed.noted_on(_SAVED, workbook.today)
    heads = (workbook.journal.head(revisions[name]) for name in names if name in revisions)
    return [head for head in heads if head and not head.entry.deleted]


def describe_saved(heads: Sequence[Head]) -> str:
    """Return what Today says of them."""
    if len(heads) == 1:
        return _(
            "You began to note an urge {ago} and did not finish. Your answers are saved now.",
            ago=ago(heads[0].entry.day, moment=heads[0].entry.when),
        )
    return ngettext(
        "You began to note {number} urge and did not finish. Your answers are saved now.",
        "You began to note {number} urges and did not finish. Your answers are saved now.",
        len(heads),
    )


def take_out(workbook: "Workbook", heads: Sequence[Head]) -> str:
    """Hide such urges again, and return what to say; raises Trouble."""
    workbook.journal.save_all(with_state(head.entry, DELETED, head.revisions()) for head in heads)
    for head in heads:
        workbook.snoozed.forget(_SAVED + head.entry.id, workbook.today)
    names = [head.entry.id[:6] for head in heads]
    if len(names) == 1:
        return _("The urge is hidden. To bring it back: smartcli restore {id}", id=names[0])
    return _("The urges are hidden. To bring one back: smartcli restore ID. The ids are {ids}.", ids=joined(names))
