"""An entry looked up by what a person types: the beginning of its id, or "last"."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from smartcli.journal.file_names import FileNames
from smartcli.journal.heads import Revision, saved_at
from smartcli.journal.standing import Head, unread_trouble
from smartcli.language import N_, _
from smartcli.moments import now
from smartcli.trouble import ATTENTION, Trouble

if TYPE_CHECKING:
    from smartcli.journal.store import Journal

_SHOW_IDS = N_("`smartcli review` shows the ids. `last` is the entry you saved last.")
SHORTEST_ID = 4  # characters by which an entry can be named; with fewer, several soon begin so


def find(journal: "Journal", name: str, *, revision: str | None = None, deleted: bool = False) -> Head:
    """Return the entry whose id begins with `name`, or for the name "last" the one saved last.

    With `revision`, the beginning of a revision's hash, that version of the entry. Raises
    Trouble when there is none, or when several entries begin so.
    """
    name = name.strip().casefold()
    all_revisions = journal.revisions()
    if name == "last":
        name = _last(journal, all_revisions)
    revisions = all_revisions[_find_id(journal, name)]
    head = journal.head(revisions)
    if head is None:
        raise unread_trouble(_("That entry cannot be read just now."))
    if revision:
        return _version(journal, revisions, revision)
    if head.entry.deleted and not deleted:
        hint = _("`smartcli restore {id}` brings it back.", id=head.entry.id[:8])
        raise Trouble(_("That entry is hidden."), hint=hint)
    return head


def ensure_long_enough(beginning: str) -> None:
    """Raise Trouble where what was typed is too short to name an entry."""
    if len(beginning.strip()) < SHORTEST_ID:
        raise Trouble(_("Give at least four characters of the id."), hint=_(_SHOW_IDS))


def _find_id(journal: "Journal", beginning: str) -> str:
    """Return the one id of an entry that is here and begins so; raises Trouble for none or several."""
    ensure_long_enough(beginning)
    ids = [entry for entry in journal.listed if entry.startswith(beginning)]
    if not ids and journal.has_closed_folder:
        raise _out_of_sight()
    if not ids:
        _tell_gone(journal, beginning)
        raise Trouble(_("No entry has that id."), hint=_(_SHOW_IDS))
    if len(ids) > 1:
        hint = _("Give a few more characters.")
        raise Trouble(_("{number} entries have ids that begin like this.", number=len(ids)), hint=hint)
    return ids[0]


def _tell_gone(journal: "Journal", beginning: str) -> None:
    """Raise Trouble where an entry whose id begins so was here, and was erased or is missing."""
    erased = journal.erased.ids()
    if any(entry.startswith(beginning) for entry in erased):
        raise Trouble(_("That entry was erased."))
    missing = journal.last_seen.missing(journal.listed) if journal.last_seen else set()
    if any(entry.startswith(beginning) for entry in missing):
        raise _missing(_("That entry was here before, and is missing now."))


def _version(journal: "Journal", revisions: list[Revision], beginning: str) -> Head:
    """Return the revision whose hash begins so; raises Trouble for none or several."""
    beginning = beginning.strip().casefold()
    matches = [revision for revision in revisions if revision.revision.startswith(beginning)]
    entry = journal.try_read(matches[0]) if len(matches) == 1 else None
    if entry is None:
        hint = _("`smartcli history ID` lists them.")
        raise Trouble(_("That entry has no such version."), hint=hint)
    return Head(entry, matches[0], versions=len(revisions))


def _last(journal: "Journal", revisions: FileNames) -> str:
    """Return the id of the readable entry saved last; raises Trouble when there is none.

    That is the one saved last on this device, whatever its clock said, unless one has come since
    then from another device whose clock says that it was saved later, but not in the future. Raises
    Trouble (4) where it is missing: another would not be the one that is meant.
    """
    order = journal.last_seen.in_order() if journal.last_seen else {}
    erased = journal.erased.ids()
    older = [*order]
    while older:
        own = older.pop()
        if not order[own] or own in erased:
            continue
        if own not in journal.listed:
            is_missing = not journal.has_closed_folder
            raise _missing(_("The entry that you saved last is missing now.")) if is_missing else _out_of_sight()
        head = journal.head(revisions[own])
        if head is None:
            return own  # it cannot be read, which is told of it
        if not head.entry.deleted:
            since, until = saved_at(head.entry.body["saved"]), now().timestamp()
            arrived = _by_clock(journal, revisions, journal.listed.difference(older, [own]))
            return next((entry for saved, entry in arrived if since < saved <= until), own)
    candidates = _by_clock(journal, revisions, journal.listed)
    # What a clock that is ahead has saved comes after all that may be true.
    until = now().timestamp()
    ranked = sorted(((saved <= until, saved, entry) for saved, entry in candidates), reverse=True)
    for _past, _saved, entry in ranked:
        # A file's head may be whole and the rest of it damaged.
        if journal.head(revisions[entry]):
            return entry
    raise Trouble(_("There are no entries yet."), hint=_("`smartcli checkin` takes about a minute."))


def _by_clock(journal: "Journal", revisions: FileNames, ids: Collection[str]) -> list[tuple[float, str]]:
    """Return when each of some live entries was saved, and its id, the latest first."""
    if not ids:
        return []
    if journal.index:  # not by the heads alone: who looks at the last entry asks for measures next
        journal.learn(journal.index, revisions)
    heads = journal.file_heads(revisions)
    return sorted(((saved_at(head.saved), head.id) for head in heads if head.id in ids), reverse=True)


def _missing(sentence: str) -> Trouble:
    """Return what to tell of an entry that was here, and is not."""
    return Trouble(
        sentence,
        safe=_("smartcli did not remove it."),
        hint=_("`smartcli where` says what you can do."),
        code=ATTENTION,
    )


def _out_of_sight() -> Trouble:
    """Return what to tell of an entry that may lie in a folder that cannot be opened."""
    return Trouble(
        _("A folder in the journal could not be opened, and the entry may be in it."),
        safe=_("smartcli did not change it."),
        hint=_("`smartcli where` shows which folder that is."),
        code=ATTENTION,
    )
