"""Hiding entries, bringing them back, and erasing them."""

from collections.abc import Iterable, Sequence

from smartcli.entries.entry import DELETED, LIVE
from smartcli.entries.revisions import with_state
from smartcli.journal.store import SHORTEST_ID, Head
from smartcli.language import _, ngettext
from smartcli.moments import day_said
from smartcli.trouble import Pause, Trouble, say
from smartcli.workbook.terminal import confirm
from smartcli.workbook.workbook import Workbook


def hide_entries(workbook: Workbook, names: Iterable[str], *, ask: bool) -> None:
    """Hide the entries of these ids and say so; with `ask` the person may say no, which raises Pause."""
    heads = _each_once(workbook.journal.find(name) for name in names)
    if ask and not confirm(workbook.asker, _ask_to_hide(heads)):
        raise Pause(_("Nothing was hidden."))
    workbook.journal.save_all(with_state(head.entry, DELETED, head.revisions()) for head in heads)
    say(
        ngettext(
            "{number} entry is hidden. To bring it back: smartcli restore {id}",
            "{number} entries are hidden. To bring back the first one: smartcli restore {id}",
            len(heads),
            id=heads[0].entry.id[:6],
        )
    )


def restore_entry(workbook: Workbook, name: str, revision: str | None = None) -> None:
    """Bring back a hidden entry, or an earlier revision of one, and say so."""
    journal = workbook.journal
    head = journal.find(name, deleted=True)
    wanted = journal.find(head.entry.id, revision=revision).entry if revision else head.entry
    stands = wanted.revision == head.entry.revision and not head.entry.deleted
    if stands and not head.others and not head.unread:
        say(_("The entry is like this already, so there is nothing to bring back."))
        return
    journal.save(with_state(wanted, LIVE, head.revisions()))
    say(_("The entry is back. To see it: smartcli show {id}", id=head.entry.id[:6]))


def erase_entries(workbook: Workbook, names: Iterable[str], *, ask: bool) -> None:
    """Erase the entries of these ids, with drafts that would change them, and say so; `ask` as for hiding.

    An entry that was erased before may be named again by its id: what is left of it, or has come back, goes too.
    """
    from smartcli.journal.erasing import erase
    from smartcli.journal.out_of_reach import copies_out_of_reach

    names = [*names]
    gone_before = {name: _erased_before(workbook, name) for name in names}
    heads = _each_once(workbook.journal.find(name, deleted=True) for name in names if not gone_before[name])
    erased = {head.entry.id for head in heads}.union(*gone_before.values())
    if heads and ask and not confirm(workbook.asker, _ask_to_erase(heads)):
        raise Pause(_("Nothing was erased."))
    # Taken up before anything is erased: a draft that is open in another window puts a stop to it.
    drafts = [workbook.drafts.take_up(draft.id) for draft in workbook.drafts.all() if draft.entry in erased]
    # Before the first file goes: were the rest cut short, the next look at the journal goes on with it.
    workbook.journal.erased.add(erased)
    for draft in drafts:
        workbook.drafts.drop(draft)
    workbook.kept.forget(erased)  # before the files are counted: a second name is no other file
    gone = erase(workbook.journal, workbook.places.state, erased)
    workbook.last_seen.forget(erased)
    files = gone.files + len(drafts)
    if not heads and not files:
        raise Trouble(_("That entry was erased before. Nothing of it was found."))
    say(
        ngettext("{number} entry is erased.", "{number} entries are erased.", len(erased)),
        ngettext("{number} file is deleted.", "{number} files are deleted.", files),
        *copies_out_of_reach(workbook.places.journal, gone.mentions),
    )


def _erased_before(workbook: Workbook, name: str) -> set[str]:
    """Return the one entry, already erased, whose id begins with `name`, and none where an entry that is here does."""
    beginning = name.strip().casefold()
    workbook.journal.revisions()
    if len(beginning) < SHORTEST_ID or any(entry.startswith(beginning) for entry in workbook.journal.listed):
        return set()
    found = {entry for entry in workbook.journal.erased.ids() if entry.startswith(beginning)}
    return found if len(found) == 1 else set()


def _each_once(heads: Iterable[Head]) -> list[Head]:
    """Return the entries named, each once, however often and in whatever way it was named."""
    return [*{head.entry.id: head for head in heads}.values()]


def _ask_to_hide(heads: Sequence[Head]) -> str:
    """Return the question whether to hide entries: one is named, several are counted."""
    if len(heads) > 1:
        return ngettext("Hide {number} entry?", "Hide {number} entries?", len(heads))
    entry = heads[0].entry
    return _("Hide this entry: {title} ({day})?", title=entry.title, day=day_said(entry.day))


def _ask_to_erase(heads: Sequence[Head]) -> str:
    """Return the question whether to erase entries: one is named, several are counted."""
    if len(heads) > 1:
        return ngettext("Erase {number} entry for good?", "Erase {number} entries for good?", len(heads))
    entry = heads[0].entry
    return _("Erase this entry for good: {title} ({day})?", title=entry.title, day=day_said(entry.day))
