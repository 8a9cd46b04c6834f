"""Keeping the program's memory from being written to the disk or read by others, where the system allows it."""

import contextlib
import sys


def no_dumps() -> None:
    """Switch off core dumps, and on Linux make the process unreadable to others of the same user.

    What was written stands in memory while the program runs; a crash must not leave it in a file.
    """
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with contextlib.suppress(ImportError, OSError, AttributeError):
            import ctypes

            pr_set_dumpable = 4
            ctypes.CDLL(None).prctl(pr_set_dumpable, 0, 0, 0, 0)
