"""What the disk at hand cannot do, noted as it is met, so that it can be told once."""

from enum import StrEnum


class Limit(StrEnum):
    """Something that a promise of ours rests on, and that some disks do not have."""

    MODES = "modes"  # permissions that keep other users out
    LOCKS = "locks"  # locks that tell two windows apart
    SYNC = "sync"  # a confirmation that what was written outlasts a power cut


met: set[Limit] = set()  # in this process, and not told yet
