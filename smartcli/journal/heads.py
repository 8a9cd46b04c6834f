"""Revisions and heads: which of an entry's revisions stands for the entry.

Every revision but the first names its parents. A head is a revision that is nobody's parent; there
are two when an entry was changed on two devices at once.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

# A file's name: the moment it is about (UTC), the entry's id, the revision's hash.
_NAMED = r"\d{8}T\d{6}Z-[a-z2-7]{13}\.[0-9a-f]{16}"
is_well_formed = re.compile(_NAMED + r"\.json").fullmatch
_in_another_name = re.compile(_NAMED).search
WHEN, ENTRY, REVISION = (
    slice(0, 16),
    slice(17, 30),
    slice(31, 47),
)  # where these parts stand in a name


class Revision(NamedTuple):
    """One revision: its moment (UTC), its entry's id, its own hash, its folder, its file's name.

    The first three come from the well-formed name; `name` is what the file is called.
    """

    when: str
    entry: str
    revision: str
    folder: str
    name: str

    @classmethod
    def named(cls, folder: str, name: str, well_formed: str = "") -> "Revision":
        """Return the revision in a file; `well_formed` is the name it should have, if another."""
        parts = well_formed or name
        return cls(parts[WHEN], parts[ENTRY], parts[REVISION], folder, name)


def file_name(when: str, entry: str, revision: str, suffix: str) -> str:
    """Return the name a revision's file should have."""
    return f"{when}-{entry}.{revision}{suffix}"


def name_within(name: str, suffix: str) -> str | None:
    """Return the well-formed name that a sync tool has made a longer one of; None where there is none in it."""
    found = _in_another_name(name)
    return found[0] + suffix if found else None


def saved_at(saved: str) -> float:
    """Return the Unix time at which a revision was saved; 0 when the text is no moment."""
    try:
        return datetime.fromisoformat(saved).timestamp()
    except (ValueError, OverflowError):
        return 0.0


def heads(revisions: Iterable[str], parents: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the revisions that are nobody's parent, in the order given."""
    all_parents = {parent for several in parents.values() for parent in several}
    return [revision for revision in revisions if revision not in all_parents]


def live_ends(live: Collection[str], parents: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the live revisions that no other live one follows, however many deletions lie between, in their order."""
    followed: set[str] = set()
    to_see = [parent for revision in live for parent in parents.get(revision, ())]
    while to_see:
        revision = to_see.pop()
        if revision not in followed:
            followed.add(revision)
            to_see += parents.get(revision, ())
    return [revision for revision in live if revision not in followed]


def order_by_history(saved: Mapping[str, float], parents: Mapping[str, Iterable[str]]) -> list[str]:
    """Return revisions oldest first: each after its parents, and by clock where history is silent.

    `saved` gives the Unix time at which each revision was saved. A device whose clock is behind
    saves an edit "before" what it edits, so the clock alone would tell a false story. Files made by
    hand may name each other as parents, in a circle: the clock then says where to begin.
    """
    waiting = sorted(saved, key=lambda revision: (saved[revision], revision))
    not_yet = set(waiting)
    ordered = []
    while waiting:
        ready = (revision for revision in waiting if not_yet.isdisjoint(parents.get(revision, ())))
        oldest = next(ready, waiting[0])
        waiting.remove(oldest)
        not_yet.remove(oldest)
        ordered.append(oldest)
    return ordered
