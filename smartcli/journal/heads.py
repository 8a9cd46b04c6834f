"""Revisions and heads: which of an entry's revisions stands for the entry.

Every revision but the first names its parents. A head is a revision that is nobody's parent; there
are two when an entry was changed on two devices at once.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

# A file's name: the moment it is about (UTC), the entry's id, the revision's hash.
is_well_formed = re.compile(r"\d{8}T\d{6}Z-[a-z2-7]{13}\.[0-9a-f]{16}\.json").fullmatch
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


def depth(revision: str, parents: Mapping[str, Iterable[str]]) -> int:
    """Return how many generations lead to a revision, its own counted.

    The longest line counts; a parent that is missing ends its line. Files made by hand may name
    each other as parents, in a circle: so no line is longer than there are revisions.
    """
    generations = 0
    ancestors = {revision}
    while ancestors and generations < len(parents):
        ancestors = _known_parents(ancestors, parents)
        generations += 1
    return generations


def _known_parents(revisions: Iterable[str], parents: Mapping[str, Iterable[str]]) -> set[str]:
    named = {parent for revision in revisions for parent in parents.get(revision, ())}
    return named & parents.keys()
