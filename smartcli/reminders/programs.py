"""Other programs: the one module that starts any, and only for a reminder that the person asked for.

They are the system's own, are named here by us, get no word of an entry, and inherit the filter of `silence`.
"""

import shutil
import subprocess

from smartcli.reminders.way import Command

_SECONDS = 20  # that a program may take; the scheduler of a busy telephone takes some


def is_here(name: str) -> bool:
    """Return whether a program of this name can be found."""
    return shutil.which(name) is not None


def run(command: Command, *, environment: dict[str, str] | None = None) -> bool:
    """Run a program, with nothing to read and what it prints thrown away; return whether it ended well.

    `environment` is its whole environment; without it, that of this program.
    """
    try:
        done = subprocess.run(
            [*command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            env=environment,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
