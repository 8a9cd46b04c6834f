"""Names for files that tell nothing: a person's own exercise is named in the words they chose for it."""

import hashlib
import re
from collections.abc import Collection

_PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")  # an entry from elsewhere may name a field in any way


def file_name(exercise: str, built_in: Collection[str]) -> str:
    """Return what an exercise is called in file names: its id, or for one of the person's own "own-1a2b3c4d"."""
    if exercise in built_in:
        return exercise
    return f"own-{_sum(exercise)}"


def part_name(field: str, *, is_named: bool) -> str:
    """Return what a field is called in file names: its id if `is_named` and no odd one, else a check sum of it."""
    return field if is_named and _PLAIN.fullmatch(field) else _sum(field)


def _sum(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:8]
