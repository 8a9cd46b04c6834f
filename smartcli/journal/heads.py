"""Revisions and heads: which copy of an entry is the entry."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

_NAME = re.compile(r"(\d{8}T\d{6}Z)-([a-z2-7]{13})\.([0-9a-f]{16})(\.json)")


class Revision(NamedTuple):
    """One revision as its file's name tells it: the moment it is about (UTC), its entry, itself, its file."""

    when: str
    entry: str
    revision: str
    folder: str
    name: str


def by_name(folder: str, name: str) -> Revision | None:
    """Return the revision that a well-formed file name is, else None."""
    match = _NAME.fullmatch(name)
    return Revision(match[1], match[2], match[3], folder, name) if match else None


def file_name(when: str, entry: str, revision: str, suffix: str) -> str:
    """Return the name a revision's file has."""
    return f"{when}-{entry}.{revision}{suffix}"


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
