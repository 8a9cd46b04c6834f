"""Hiding entries, bringing them back, and erasing them."""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from smartcli.entries.entry import DELETED, LIVE
from smartcli.entries.revisions import with_state
from smartcli.journal.disk_errors import UnconfirmedTrouble
from smartcli.journal.lookup import SHORTEST_ID
from smartcli.journal.standing import Head, unread_trouble
from smartcli.language import _, ngettext
from smartcli.moments import day_said
from smartcli.trouble import ATTENTION, Pause, Trouble, say
from smartcli.workbook.terminal import confirm
from smartcli.workbook.workbook import Workbook


def hide_entries(workbook: Workbook, names: Iterable[str], *, ask: bool) -> None:
    """Hide the entries of these ids and say so; with `ask` the person may say no, which raises Pause."""
    heads = _each_once(workbook.journal.find(name) for name in names)
    if ask and not confirm(workbook.asker, _ask_to_hide(heads)):
        raise Pause(_("Nothing was hidden."))
    hide(workbook, heads)
    say(
        ngettext(
            "{number} entry is hidden. To bring it back: smartcli restore {id}",
            "{number} entries are hidden. To bring back the first one: smartcli restore {id}",
            len(heads),
            id=heads[0].entry.id[:6],
        )
    )
    if any(head.entry.others for head in heads):
        say(_("All versions of what was changed in two places are hidden, and come back together."))


def hide(workbook: Workbook, heads: Iterable[Head]) -> None:
    """Hide entries. Raises Trouble."""
    workbook.journal.save_all(with_state(head.entry, DELETED, head.revisions()) for head in heads)


def restore_entry(workbook: Workbook, name: str, revision: str | None = None) -> None:
    """Bring back a hidden entry, or an earlier revision of one, and say so. Raises Trouble, as `restore`."""
    back = restore(workbook, name, revision)
    short = back.entry[:6]
    if not back.number:
        say(_("The entry is like this already, so there is nothing to bring back."))
        return
    say(_("The entry is back. To see it: smartcli show {id}", id=short))
    if back.number > 1:
        say(_("It was changed in two places before, and all versions are back."))
    elif back.has_others:
        say(_("The other versions stay in the journal. To see them: smartcli history {id}", id=short))


class Restored(NamedTuple):
    """What came of bringing back an entry: its id, how many versions came back, and whether others stand no more.

    None came back where the entry was like that already.
    """

    entry: str
    number: int
    has_others: bool = False


def restore(workbook: Workbook, name: str, revision: str | None = None) -> Restored:
    """Bring back a hidden entry, with every version that stood when it was hidden, or an earlier revision of one.

    Raises Trouble where a version would be put in the place of others that nobody has chosen between.
    """
    journal = workbook.journal
    head = journal.find(name, deleted=True)
    if revision:
        wanted = [journal.find(head.entry.id, revision=revision).entry]
    elif head.entry.deleted:
        wanted = journal.hidden_versions(head) or [head.entry]
    else:
        _refuse_to_choose(head)
        wanted = [head.entry]
    stands = wanted[0].revision == head.entry.revision and not head.entry.deleted
    if stands and not head.others and not head.unread:
        return Restored(head.entry.id, 0)
    journal.save_all(with_state(one, LIVE, head.revisions(), before=place) for place, one in enumerate(wanted))
    return Restored(head.entry.id, len(wanted), bool(head.entry.others))


def _refuse_to_choose(head: Head) -> None:
    """Raise Trouble (4) where an entry that is not hidden has several versions, or one that cannot be read."""
    if head.entry.others:
        raise Trouble(
            _("The entry is not hidden. It was changed in two places."),
            safe=_("All its versions are saved."),
            hint=_("`smartcli edit {id}` shows what is different and asks which one to keep.", id=head.entry.id[:6]),
            code=ATTENTION,
        )
    if head.unread:
        raise unread_trouble(_("A newer version of this cannot be read just now."))


def erase_entries(workbook: Workbook, names: Iterable[str], *, ask: bool) -> None:
    """Erase the entries of these ids, with drafts that would change them, and say so; `ask` as for hiding.

    An entry that was erased before may be named again by its id: what is left of it, or has come back, goes too. So
    does one that cannot be read.
    """
    erased_before: set[str] = set()
    unreadable: set[str] = set()
    heads: dict[str, Head] = {}
    for name in names:
        if before := _erased_before(workbook, name):
            erased_before |= before
        elif damaged := _cannot_be_read(workbook, name):
            unreadable |= damaged
        else:
            head = workbook.journal.find(name, deleted=True)
            heads[head.entry.id] = head
    questions = [ask_to_erase([*heads.values()])] if heads else []
    questions += [_ask_to_erase_unread(len(unreadable))] if unreadable else []
    if ask and not all(confirm(workbook.asker, question) for question in questions):
        raise Pause(_("Nothing was erased."))
    say(*erase(workbook, erased_before | unreadable | heads.keys()))


def erase(workbook: Workbook, ids: Collection[str]) -> list[str]:
    """Erase the entries of these ids, with drafts that would change them.

    Returns how many were erased, how many files went, and where copies may still be. Raises Trouble, also where
    nothing of them was found.
    """
    from smartcli.journal import erasing

    # Taken up before anything is erased: a draft that is open in another window puts a stop to it.
    drafts = [workbook.drafts.take_up(draft.id) for draft in workbook.drafts.all() if draft.entry in ids]
    # Before the first file goes: were the rest cut short, the next look at the journal goes on with it.
    workbook.journal.erased.add(ids, [draft.id for draft in drafts])
    workbook.last_seen.forget(ids)
    workbook.last_day.forget()
    try:
        for draft in drafts:
            workbook.drafts.drop(draft)
        workbook.kept.forget(ids)  # before the files are counted: a second name is no other file
        gone = erasing.erase(workbook.journal, workbook.places.state, ids)
    except UnconfirmedTrouble:
        raise
    except Trouble as trouble:
        trouble.safe = _("smartcli does not show it any more, and erases the rest as soon as it can.")
        raise
    files = gone.files + len(drafts)
    if not files and gone.closed:
        raise Trouble(
            _("That entry was erased before. Nothing of it was found, but not every folder could be opened."),
            hint=_("`smartcli doctor` shows what cannot be opened."),
            code=ATTENTION,
        )
    if not files:
        raise Trouble(_("That entry was erased before. Nothing of it was found."))
    return [
        ngettext("{number} entry is erased.", "{number} entries are erased.", len(ids)),
        ngettext("{number} file is deleted.", "{number} files are deleted.", files),
        *([_("Changes to it that were not finished are erased too.")] if drafts else []),
        *beyond_reach(workbook, gone.mentions, gone.closed),
    ]


def beyond_reach(workbook: Workbook, mentions: Iterable[Path] = (), closed: Iterable[Path] = ()) -> list[str]:
    """Return where words may still be that are erased here; `mentions` and `closed` as in `Erasure`."""
    from smartcli.journal.out_of_reach import copies_out_of_reach

    return copies_out_of_reach(workbook.places.journal, mentions, closed)


def _erased_before(workbook: Workbook, name: str) -> set[str]:
    """Return the one entry, already erased, whose id begins with `name`, and none where an entry that is here does."""
    beginning = name.strip().casefold()
    workbook.journal.revisions()
    if len(beginning) < SHORTEST_ID or any(entry.startswith(beginning) for entry in workbook.journal.listed):
        return set()
    found = {entry for entry in workbook.journal.erased.ids() if entry.startswith(beginning)}
    return found if len(found) == 1 else set()


def _cannot_be_read(workbook: Workbook, name: str) -> set[str]:
    """Return the one entry whose id begins with `name` if no version of it can be read; else none."""
    beginning = name.strip().casefold()
    revisions = workbook.journal.revisions()
    found = {entry for entry in workbook.journal.listed if entry.startswith(beginning)}
    is_one = len(beginning) >= SHORTEST_ID and len(found) == 1
    return found if is_one and not any(workbook.journal.head(revisions[entry]) for entry in found) else set()


def _each_once(heads: Iterable[Head]) -> list[Head]:
    """Return the entries named, each once, however often and in whatever way it was named."""
    return [*{head.entry.id: head for head in heads}.values()]


def _ask_to_hide(heads: Sequence[Head]) -> str:
    """Return the question whether to hide entries: one is named, several are counted."""
    if len(heads) > 1:
        return ngettext("Hide {number} entry?", "Hide {number} entries?", len(heads))
    entry = heads[0].entry
    return _("Hide this entry: {title} ({day})?", title=entry.title, day=day_said(entry.day))


def _ask_to_erase_unread(number: int) -> str:
    """Return the question whether to erase entries that nobody can be shown."""
    return ngettext(
        "{number} entry cannot be read. Erase it for good?",
        "{number} entries cannot be read. Erase them for good?",
        number,
    )


def ask_to_erase(heads: Sequence[Head]) -> str:
    """Return the question whether to erase entries: one is named, several are counted."""
    if len(heads) > 1:
        return ngettext("Erase {number} entry for good?", "Erase {number} entries for good?", len(heads))
    entry = heads[0].entry
    return _("Erase this entry for good: {title} ({day})?", title=entry.title, day=day_said(entry.day))
