"""Names for files that tell nothing: a person's own exercise is named in the words they chose for it."""

import hashlib
from collections.abc import Collection


def file_name(exercise: str, built_in: Collection[str]) -> str:
    """Return what an exercise is called in file names: its id, or for one of the person's own "own-1a2b3c4d"."""
    if exercise in built_in:
        return exercise
    return f"own-{hashlib.sha256(exercise.encode('utf-8', 'replace')).hexdigest()[:8]}"
