"""Changes to an entry that has gone: what was typed can be kept as a new entry, or read. It is never held captive."""

from collections.abc import Iterator
from typing import Any

from smartcli.asking import Back, Ended, Option, Pause, Question
from smartcli.blocks import Words
from smartcli.content.exercise import Exercise
from smartcli.entries.entry import Answered, Entry
from smartcli.entries.revisions import fill, new_id
from smartcli.fields import Field
from smartcli.fields.base import names_behaviour
from smartcli.fields.text import Text
from smartcli.journal.draft import Draft
from smartcli.journal.salvage import words_in
from smartcli.journal.standing import Head
from smartcli.language import N_, _
from smartcli.workbook.draft_words import draft_page, fields_of, question_of
from smartcli.workbook.session_kinds import exercise_of
from smartcli.workbook.workbook import Workbook

_KEEP, _SHOW, _LEAVE = "keep", "show", "leave"
_SAYS = {
    _KEEP: N_("Keep what I wrote as a new entry"),
    _SHOW: N_("Show what I wrote"),
    _LEAVE: N_("Leave it for now"),
}


def is_gone(workbook: Workbook, draft: Draft) -> bool:
    """Return whether a draft changes or adds to an entry that is not here any more, or cannot be read.

    So does the draft of an entry that was erased, and that a sync tool has brought back.
    """
    was_here = bool(draft.header.parents) or draft.entry in workbook.journal.erased.ids()
    return was_here and find_head(workbook, draft) is None


def find_head(workbook: Workbook, draft: Draft) -> Head | None:
    """Return the entry that a draft changes, as it stands now; None when it has gone or cannot be read."""
    revisions = workbook.journal.revisions().get(draft.entry)
    return workbook.journal.head(revisions) if revisions else None


def ask_to_keep(workbook: Workbook, draft: Draft) -> Entry:
    """Offer to keep as a new entry what was typed, or show it; return the entry, not yet saved. Raises Pause."""
    asker = workbook.asker
    title = draft.header.title or draft.exercise
    asker.open(title, 1)
    try:
        while True:
            asked = Question(
                ask=_("What would you like to do?"),
                heading=title,
                above=[Words(_gone_said(workbook, draft))],
                answer=_KEEP,
            )
            chosen = asker.choose(asked, [Option(way, _(say)) for way, say in _SAYS.items()])
            if chosen == _KEEP:
                return _as_new_entry(workbook, draft)
            if chosen == _LEAVE:
                raise Back
            page = draft_page(workbook, draft)
            asker.tell(page.title, [*page.blocks])
    except (Back, Ended, Pause, KeyboardInterrupt):
        how = _("To read it: smartcli drafts show {id}", id=draft.id[:8])
        raise Pause(_("What you wrote is still saved, apart from your entries."), how) from None
    finally:
        asker.close()


def _gone_said(workbook: Workbook, draft: Draft) -> str:
    if draft.entry in workbook.journal.erased.ids():
        return _(
            "The entry that you were changing was erased. What you wrote since is safe. Words of that entry may be in "
            "it too."
        )
    if workbook.journal.revisions().get(draft.entry):
        return _("The entry that you were changing cannot be read just now. What you wrote since is safe.")
    return _("The entry that you were changing is not here any more. What you wrote since is safe.")


def _as_new_entry(workbook: Workbook, draft: Draft) -> Entry:
    """Return a new entry of everything a draft holds, also of what was not finished; it is of the day of the draft.

    What does not fit a question of its exercise any more is kept as words, under the same id.
    """
    exercise = exercise_of(workbook, draft) or _without_questions(draft)
    return fill(
        exercise,
        [*_given(workbook, draft)],
        id=new_id(),
        started=draft.started,
        when=draft.header.when,
        about=draft.header.about or None,
        draft=draft.id,
        day_starts=workbook.settings.day_starts,
    )


def _given(workbook: Workbook, draft: Draft) -> Iterator[Answered]:
    """Yield every answer of a draft, and what was half given where there is more of it than the answer."""
    fields = fields_of(workbook, draft)
    for name in dict.fromkeys([*draft.answers, *draft.halves]):
        answer, half = draft.answers.get(name), draft.halves.get(name)
        field = fields.get(name)
        if half is not None and _fits(field, half):
            answer = half
        elif half is not None and words_in(half) and words_in(half) != words_in(answer):
            yield _as_words(f"{name}-half", question_of(name, fields), half)
        if answer is None:
            continue
        if field and _fits(field, answer):
            yield Answered(field, answer)
            if field.setting:  # settings stay out of entries, but these words would be lost
                yield _as_words(f"{name}-words", question_of(name, fields), answer)
        elif words_in(answer):
            yield _as_words(name, question_of(name, fields), answer)


def _fits(field: Field | None, answer: Any) -> bool:
    """Return whether something given is an answer to a question; a question that moves the entry is not asked."""
    return field is not None and field.answerable and (names_behaviour(field) or field.check(answer) is None)


def _as_words(name: str, question: str, given: Any) -> Answered:
    return Answered(Text(id=name, ask=question), "\n".join(words_in(given)))


def _without_questions(draft: Draft) -> Exercise:
    """Return an exercise in the place of one whose file has gone."""
    title = draft.header.title or draft.exercise
    return Exercise(id=draft.exercise, title=title, point="daily", purpose="", fields=())
