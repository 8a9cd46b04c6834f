"""What the disk at hand cannot do, noted as it is met, so that it can be told once."""

import contextlib
from collections.abc import Iterator
from enum import StrEnum


class Limit(StrEnum):
    """Something that a promise of ours rests on, and that some disks do not have."""

    MODES = "modes"  # permissions that keep other users out
    LOCKS = "locks"  # locks that tell two windows apart
    SYNC = "sync"  # a confirmation that what was written outlasts a power cut


met: set[Limit] = set()  # in this process, and not told yet


@contextlib.contextmanager
def of_another_place() -> Iterator[None]:
    """Note nothing of what is met in the block: what a stick cannot do says nothing of the disk with the journal."""
    before = {*met}
    try:
        yield
    finally:
        met.intersection_update(before)
