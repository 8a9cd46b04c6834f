"""Files that a crash put aside: what each one is, and bringing one back."""

from collections.abc import Callable
from typing import Any, NamedTuple

from smartcli.entries.entry import Entry
from smartcli.journal.aside import AsideFile
from smartcli.journal.draft import Draft
from smartcli.journal.recovery import keep_unpublished
from smartcli.language import N_, _
from smartcli.lock.keyring import LockedTrouble
from smartcli.moments import ago_at, day_said
from smartcli.trouble import ATTENTION, Trouble
from smartcli.workbook.workbook import Workbook


def describe(file: AsideFile) -> str:
    """Return what a file is, in a line, without its words."""
    if file.is_closed:
        return _("A locked file")
    if isinstance(file.holds, Entry):
        return _("An entry: {title}, {day}", title=file.holds.title, day=day_said(file.holds.day))
    if isinstance(file.holds, Draft):
        title = file.holds.header.title or file.holds.exercise
        return _("An unfinished exercise: {title}, started {ago}", title=title, ago=ago_at(file.holds.started))
    return _("A file that is not whole")


def bring_back(workbook: Workbook, file: AsideFile) -> str:
    """Put a file back where it belongs and return what to say; raises Trouble, and then it stays where it is."""
    if file.is_closed:
        raise LockedTrouble
    if file.holds is None:
        raise Trouble(
            _("That file is not whole, so it cannot be brought back."),
            safe=_("It stays where it is."),
            hint=_("`smartcli drafts show {id}` shows what can be read of it.", id=file.id),
            code=ATTENTION,
        )
    entry = file.holds.id if isinstance(file.holds, Entry) else file.holds.entry
    is_change = isinstance(file.holds, Draft) and bool(file.holds.header.parents)  # it can become a new entry
    if entry in workbook.journal.erased.ids() and not is_change:
        raise Trouble(
            _("That belongs to an entry that was erased, so it is not brought back."),
            hint=_("`smartcli drafts discard {id}` deletes it for good.", id=file.id),
        )
    if isinstance(file.holds, Entry):
        workbook.journal.save(file.holds)
        said = _("The entry is back. To see it: smartcli show {id}", id=entry[:6])
    else:
        draft = workbook.drafts.restore(file.data)
        said = _("The unfinished exercise is back. To go on with it: smartcli resume {id}", id=draft.id[:8])
    workbook.aside.remove(file)  # only now, when it is safe in its place
    return said


def aside_row(file: AsideFile) -> dict[str, Any]:
    """Return a file that was put aside as a row for programs: `holds` is "entry", "draft" or null."""
    holds = "entry" if isinstance(file.holds, Entry) else "draft" if isinstance(file.holds, Draft) else None
    return {"id": file.id, "holds": holds, "bytes": len(file.data)}


class ToDiscard(NamedTuple):
    """What may be deleted for good: the question before it, how it is deleted, and how it is left."""

    ask: str
    delete: Callable[[], None]
    leave: Callable[[], None]


_ASK = N_("Delete this unfinished exercise for good?")


def find_to_discard(workbook: Workbook, name: str) -> ToDiscard:
    """Return the draft, readable or not, or the file put aside whose id begins so; raises Trouble for none."""
    drafts = workbook.drafts
    drafts.all()
    unreadable, closed = drafts.find_unreadable(name), drafts.find_closed(name)
    file = workbook.aside.find(name)
    if unreadable:
        ask = _("Delete this unfinished exercise for good, with what can still be read of it?")
        return ToDiscard(ask, lambda: drafts.remove(unreadable), lambda: None)
    if closed:
        return ToDiscard(_(_ASK), lambda: _discard_closed(workbook, closed), lambda: None)
    if file:
        return ToDiscard(_("Delete this file for good?"), lambda: workbook.aside.remove(file), lambda: None)
    draft = drafts.take_up(name)
    return ToDiscard(_(_ASK), lambda: workbook.discard(draft), draft.close)


def _discard_closed(workbook: Workbook, draft: str) -> None:
    """Delete a draft that needs a key, without one; raises Trouble when it is open in another window."""
    keep_unpublished(workbook.journal, workbook.aside)
    workbook.drafts.remove_closed(draft)
