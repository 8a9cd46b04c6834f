"""Hiding entries, bringing them back, and erasing them."""

from collections.abc import Iterable, Sequence

from smartcli.entries.entry import DELETED, LIVE
from smartcli.entries.revisions import with_state
from smartcli.journal.store import Head
from smartcli.language import _, ngettext
from smartcli.moments import day_said
from smartcli.trouble import Pause, say
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
    """Erase the entries of these ids, with drafts that would change them, and say so; `ask` as for hiding."""
    heads = _each_once(workbook.journal.find(name, deleted=True) for name in names)
    if ask and not confirm(workbook.asker, _ask_to_erase(heads)):
        raise Pause(_("Nothing was erased."))
    erased = {head.entry.id for head in heads}
    # Taken up before anything is erased: a draft that is open in another window puts a stop to it.
    drafts = [workbook.drafts.take_up(draft.id) for draft in workbook.drafts.all() if draft.entry in erased]
    files = sum(map(workbook.journal.erase, erased))
    workbook.kept.forget(erased)
    for draft in drafts:
        workbook.drafts.drop(draft)
    workbook.last_seen.forget(erased)
    say(
        ngettext("{number} entry is erased.", "{number} entries are erased.", len(heads)),
        ngettext("{number} file is deleted.", "{number} files are deleted.", files),
        _(
            "There may still be copies in backups, snapshots and exports, in a sync tool, and in "
            "files put aside after a crash (`smartcli where` shows them). smartcli cannot erase "
            "those. A disk can also hold erased words until it writes over them."
        ),
    )


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
