"""Memory secrecy: what the program holds in memory is neither dumped to disk nor read by others."""

import contextlib
import sys


def no_dumps() -> None:
    """Switch off core dumps, and on Linux make the process unreadable to others of the same user.

    The person's words are in memory while the program runs; a crash must not leave them in a file.
    A system that refuses is left as it is.
    """
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with contextlib.suppress(ImportError, OSError, AttributeError):
            import ctypes

            pr_set_dumpable = 4  # from linux/prctl.h
            ctypes.CDLL(None).prctl(pr_set_dumpable, 0, 0, 0, 0)
