"""Hiding entries, bringing them back, and erasing them."""

from collections.abc import Iterable, Sequence

from smartcli.entries.entry import DELETED, LIVE
from smartcli.entries.revisions import with_state
from smartcli.journal.store import Head
from smartcli.moments import day_said
from smartcli.trouble import Pause, say
from smartcli.words import count
from smartcli.workbook.terminal import confirm
from smartcli.workbook.workbook import Workbook


def hide_entries(workbook: Workbook, names: Iterable[str], *, ask: bool) -> None:
    """Hide the entries of these ids and say so; with `ask` the person may say no, which raises Pause."""
    heads = _each_once(workbook.journal.find(name) for name in names)
    if ask and not confirm(workbook.asker, f"Hide {_describe(heads)}?"):
        raise Pause("Nothing was hidden.")
    workbook.journal.save_all(with_state(head.entry, DELETED, head.revisions()) for head in heads)
    say(f"Hidden: {count(len(heads), 'entry', 'entries')}. smartcli restore {heads[0].entry.id[:6]} brings it back.")


def restore_entry(workbook: Workbook, name: str, revision: str | None = None) -> None:
    """Bring back a hidden entry, or an earlier revision of one, and say so."""
    journal = workbook.journal
    head = journal.find(name, deleted=True)
    wanted = journal.find(head.entry.id, revision=revision).entry if revision else head.entry
    stands = wanted.revision == head.entry.revision and not head.entry.deleted
    if stands and not head.others and not head.unread:
        say("It stands as it is: there is nothing to bring back.")
        return
    journal.save(with_state(wanted, LIVE, head.revisions()))
    say(f"Brought back.  smartcli show {head.entry.id[:6]}")


def erase_entries(workbook: Workbook, names: Iterable[str], *, ask: bool) -> None:
    """Erase the entries of these ids, with drafts that would change them, and say so; `ask` as for hiding."""
    heads = _each_once(workbook.journal.find(name, deleted=True) for name in names)
    if ask and not confirm(workbook.asker, f"Erase {_describe(heads)} for good?"):
        raise Pause("Nothing was erased.")
    erased = {head.entry.id for head in heads}
    # Taken up before anything is erased: a draft that is open in another window puts a stop to it.
    drafts = [workbook.drafts.take_up(draft.id) for draft in workbook.drafts.all() if draft.entry in erased]
    files = sum(map(workbook.journal.erase, erased))
    for draft in drafts:
        workbook.drafts.drop(draft)
    workbook.last_seen.forget(erased)
    say(
        f"Erased: {count(len(heads), 'entry', 'entries')}, {count(files, 'file')}.",
        "Out of reach from here: backups, snapshots, exports, copies that a sync tool keeps, what was put aside after "
        "a crash (`smartcli where` shows it), and what a disk has not yet written over.",
    )


def _each_once(heads: Iterable[Head]) -> list[Head]:
    """Return the entries named, each once, however often and in whatever way it was named."""
    return [*{head.entry.id: head for head in heads}.values()]


def _describe(heads: Sequence[Head]) -> str:
    """Return entries in words, to ask about: "Urge, Sat 21 Nov" or "3 entries"."""
    if len(heads) > 1:
        return count(len(heads), "entry", "entries")
    return f"{heads[0].entry.title}, {day_said(heads[0].entry.day)}"
