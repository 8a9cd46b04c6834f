"""What stands for an entry, of several revisions: its head, and in which order all of them are."""

from collections.abc import Collection, Iterable, Mapping
from enum import Enum
from typing import NamedTuple

from smartcli.entries.entry import DELETED, Entry
from smartcli.journal.file_heads import FileHead
from smartcli.journal.heads import Revision, heads, live_ends, order_by_history, saved_at
from smartcli.journal.index import Traits
from smartcli.language import _
from smartcli.trouble import ATTENTION, Trouble


class Standing(Enum):
    """How an entry stands, as far as names and the index tell."""

    LIVE = "live"
    HIDDEN = "hidden"


class Head(NamedTuple):
    """An entry as it stands now: the revision that is its head, and how many others there are.

    `entry.others` are those of the `others` that say something else.
    """

    entry: Entry
    revision: Revision
    others: tuple[Revision, ...] = ()  # further live heads: the entry was edited in two places
    versions: int = 1
    unread: int = 0  # revisions that cannot be read now and that none was made from: one may be newer

    @property
    def needs_attention(self) -> bool:
        """Whether the entry stands in two versions, or a newer one cannot be read."""
        return bool(self.entry.others or self.unread)

    @property
    def edited_outside(self) -> bool:
        """Whether the content no longer matches the revision in its file's name."""
        return self.entry.revision != self.revision.revision

    def revisions(self) -> list[str]:
        """Return the hashes of the revisions that the next one has for parents."""
        return [self.revision.revision, *(other.revision for other in self.others)]

    def notes(self) -> list[str]:
        """Return what should be said beside the entry: edited outside, elsewhere, or deleted."""
        notes = []
        if self.edited_outside:
            notes.append(_("This entry was changed outside smartcli. You see it as it is now."))
        if self.entry.others:
            notes.append(
                _(
                    "This entry was changed in two places. All versions are saved. "
                    "`smartcli edit {id}` shows what is different and asks which one to keep.",
                    id=self.entry.id[:6],
                )
            )
        if self.unread:
            notes.append(
                _("A newer version of this cannot be read just now. `smartcli where` shows which file that is.")
            )
        if self.entry.deleted:
            notes.append(_("This entry is hidden. `smartcli restore {id}` brings it back.", id=self.entry.id[:6]))
        return notes


def unread_trouble(sentence: str) -> Trouble:
    """Return what to tell (4) where something of an entry cannot be read now; the sentence says what."""
    return Trouble(
        sentence,
        safe=_("The file has not been changed."),
        hint=_("`smartcli where` shows which file that is."),
        code=ATTENTION,
    )


class Listed(NamedTuple):
    """An entry's head as the index lists it, where the entry has several revisions."""

    revision: Revision
    file_head: FileHead


def order_ends(traits: Mapping[Revision, Traits]) -> list[Revision]:
    """Return the revisions that are nobody's parent: a live one before a deleted one, then the one saved last."""
    parents = {revision.revision: known.parents for revision, known in traits.items()}
    return _order(traits, heads([revision.revision for revision in traits], parents))


def order_live_ends(traits: Mapping[Revision, Traits]) -> list[Revision]:
    """Return the live revisions that no other live one follows, the one saved last first."""
    parents = {revision.revision: known.parents for revision, known in traits.items()}
    return _order(traits, live_ends([revision.revision for revision, known in traits.items() if known.live], parents))


def _order(traits: Mapping[Revision, Traits], ends: Collection[str]) -> list[Revision]:
    """Return those revisions whose hashes are `ends`: a live one before a deleted one, then the one saved last."""

    def rank(revision: Revision) -> tuple[bool, float, str]:
        known = traits[revision]
        # The hash last, so that every device agrees which of two saved at once is the head.
        return known.live, saved_at(known.saved), revision.revision

    return sorted((revision for revision in traits if revision.revision in ends), key=rank, reverse=True)


def order_for_erasing(entries: Iterable[Entry]) -> list[str]:
    """Return the revisions of entries, oldest first by history; of each entry, what stands for it comes last."""
    of_entry: dict[str, dict[str, Entry]] = {}
    for entry in entries:
        of_entry.setdefault(entry.id, {})[entry.revision] = entry
    ordered = []
    for versions in of_entry.values():
        named = {Revision("", entry.id, revision, "", ""): entry for revision, entry in versions.items()}
        ends = order_ends({revision: Traits.of(entry) for revision, entry in named.items()})
        standing = [ends[0].revision] if ends else []
        ordered += [revision for revision in order_versions(versions.values()) if revision not in standing] + standing
    return ordered


def made_again(deletion: Revision, traits: Traits, versions: Iterable[Entry]) -> Entry:
    """Return a deletion whose file cannot be read, by what the index remembers of it and what it hid.

    It differs from the version it hid in nothing but these three keys, so its hash tells whether it is the same.
    """
    again = {"parents": [*traits.parents], "state": DELETED, "saved": traits.saved}
    made = [Entry({**version.body, **again}) for version in versions]
    return next((entry for entry in made if entry.revision == deletion.revision), made[-1])


def order_versions(entries: Iterable[Entry]) -> list[str]:
    """Return the revisions of an entry, oldest first: by their parents, then by clock."""
    saved: dict[str, float] = {}
    parents: dict[str, Iterable[str]] = {}
    for entry in entries:
        saved[entry.revision] = saved_at(entry.body["saved"])
        parents[entry.revision] = entry.parents
    return order_by_history(saved, parents)
