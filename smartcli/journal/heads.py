"""Revisions and heads: which copy of an entry is the entry."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

is_well_formed = re.compile(r"\d{8}T\d{6}Z-[a-z2-7]{13}\.[0-9a-f]{16}\.json").fullmatch
WHEN, ENTRY, REVISION = slice(0, 16), slice(17, 30), slice(31, 47)  # where the parts of such a name stand


class Revision(NamedTuple):
    """One revision as its file's name tells it: the moment it is about (UTC), its entry, itself, its file."""

    when: str
    entry: str
    revision: str
    folder: str
    name: str

    @classmethod
    def named(cls, folder: str, name: str, well_formed: str = "") -> "Revision":
        """Return the revision that a well-formed name is; `name` is what the file is called."""
        parts = well_formed or name
        return cls(parts[WHEN], parts[ENTRY], parts[REVISION], folder, name)


def file_name(when: str, entry: str, revision: str, suffix: str) -> str:
    """Return the name a revision's file has."""
    return f"{when}-{entry}.{revision}{suffix}"


def saved_at(saved: str) -> float:
    """Return the moment a revision was saved, in seconds, whatever its offset; one that cannot be read is oldest."""
    try:
        return datetime.fromisoformat(saved).timestamp()
    except (ValueError, OverflowError):
        return 0.0


def heads(revisions: Iterable[str], parents: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the revisions that are nobody's parent, in the order given."""
    above = {parent for of in parents.values() for parent in of}
    return [revision for revision in revisions if revision not in above]


def depth(revision: str, parents: Mapping[str, Iterable[str]]) -> int:
    """Return how many revisions lie behind one, along its longest line; a parent that is missing ends a line."""
    deep, line = 0, {revision}
    while line and deep < len(parents):
        line = {parent for one in line for parent in parents.get(one, ()) if parent in parents}
        deep += 1
    return deep
