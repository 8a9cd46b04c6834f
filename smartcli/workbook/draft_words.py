"""What was written in an unfinished exercise, or in a file that a crash put aside, on a page."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from smartcli.blocks import Block, Heading, Page, Words
from smartcli.entries.entry import Entry
from smartcli.entries.self_harm import may_be_about_self_harm
from smartcli.fields import Field
from smartcli.fields.base import names_behaviour
from smartcli.journal.aside import AsideFile
from smartcli.journal.draft import Draft
from smartcli.journal.salvage import Salvaged, salvage, words_in
from smartcli.language import _
from smartcli.moments import ago_at
from smartcli.pages.entry import entry_page
from smartcli.workbook.session_kinds import exercise_of
from smartcli.workbook.workbook import Workbook


def find_page(workbook: Workbook, name: str) -> tuple[Page, bool]:
    """Return the page of the draft or of the file put aside whose id begins so, and whether all of it can be read.

    Raises Trouble for none.
    """
    drafts = workbook.drafts
    drafts.all()
    unreadable = drafts.find_unreadable(name)
    if unreadable:
        return _unreadable_page(drafts.read_bytes(unreadable)), False
    file = workbook.aside.find(name)
    if file:
        return _aside_page(workbook, file), file.holds is not None
    draft = drafts.find(name)
    return draft_page(workbook, draft), not draft.damaged


def draft_page(workbook: Workbook, draft: Draft) -> Page:
    """Return the page of what was written in a draft, also of what was not finished and of damaged lines."""
    blocks: list[Block] = [*_answers(workbook, draft), *_halves(workbook, draft)]
    if draft.damaged:
        blocks.append(Heading(_("Damaged lines, as far as they can be read")))
        blocks += _salvaged(salvage(b"\n".join(draft.damaged))) or [_nothing()]
    title = draft.header.title or draft.exercise
    return Page(title, blocks or [_nothing()], _("started {ago}", ago=ago_at(draft.started)))


def _unreadable_page(data: bytes) -> Page:
    """Return the page of a file that is no whole draft or entry: what can be read of it."""
    return Page(_("What can be read of this file"), _salvaged(salvage(data)) or [_nothing()])


def _aside_page(workbook: Workbook, file: AsideFile) -> Page:
    """Return the page of a file that a crash put aside."""
    if isinstance(file.holds, Entry):
        return entry_page(workbook.readable(file.holds))
    if isinstance(file.holds, Draft):
        return draft_page(workbook, file.holds)
    return _unreadable_page(file.data)


def fields_of(workbook: Workbook, draft: Draft) -> dict[str, Field]:
    """Return the questions of a draft's exercise by their ids, as far as that is known."""
    exercise = exercise_of(workbook, draft)
    return {field.id: field for field in exercise.fields} if exercise else {}


def question_of(name: str, fields: dict[str, Field]) -> str:
    """Return the words of a question; its id where they are not known any more."""
    return (fields[name].label or fields[name].ask or name) if name in fields else name


def _answers(workbook: Workbook, draft: Draft) -> Iterator[Block]:
    fields = fields_of(workbook, draft)
    for name, answer in _told(workbook, draft, draft.answers.items()):
        yield Heading(question_of(name, fields), 3)
        field = fields.get(name)
        if field and field.check(answer) is None:
            yield from field.blocks(answer)
        else:
            yield from _quoted(words_in(answer))


def _halves(workbook: Workbook, draft: Draft) -> Iterator[Block]:
    fields = fields_of(workbook, draft)
    for name, half in _told(workbook, draft, draft.halves.items()):
        words = words_in(half)
        if words:
            yield Heading(_("{question} (not finished)", question=question_of(name, fields)), 3)
            yield from _quoted(words)


def _told(workbook: Workbook, draft: Draft, given: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Yield what was given and may be shown: no number of an exercise that may be about self-harm."""
    fields = fields_of(workbook, draft)
    named = (
        str(draft.answers[name]) for name, field in fields.items() if names_behaviour(field) and name in draft.answers
    )
    about = draft.header.about or next(named, "")
    is_uncounted = bool(about) and may_be_about_self_harm(about, workbook.families_ever)
    for name, one in given:
        is_wordless = name in fields and fields[name].wordless
        if one is not None and not (is_uncounted and is_wordless):
            yield name, one


def _salvaged(found: Sequence[Salvaged]) -> list[Block]:
    blocks: list[Block] = []
    for one in found:
        blocks += [Heading(one.question, 3)] if one.question else []
        blocks += _quoted(one.words)
    return blocks


def _quoted(words: Sequence[str]) -> list[Block]:
    return [Words("\n".join(words), theirs=True)] if words else []


def _nothing() -> Words:
    return Words(_("There are no words here that can be read."), quiet=True)
