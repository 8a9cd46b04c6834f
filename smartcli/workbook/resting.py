"""Resting: after some minutes without a key a new process takes this one's place, in whose memory are no words."""

import contextlib
import os
import sys
from typing import TYPE_CHECKING, NoReturn

from smartcli.places import home_for_another_run
from smartcli.trouble import PAUSED, Trouble
from smartcli.workbook.terminal import has_person

if TYPE_CHECKING:
    from smartcli.prompts.screen_idle import Idle
    from smartcli.workbook.workbook import Workbook

_RESTS = "SMARTCLI_RESTS"  # set for the new process: it shows a neutral page before anything else
_MINUTE = 60  # seconds


def idle_leave(workbook: "Workbook") -> "Idle | None":
    """Return what leaves the screens after some minutes without a key; None where they stay for ever."""
    minutes = workbook.idle_minutes
    if not minutes:
        return None
    from smartcli.prompts.screen_idle import Idle

    return Idle(minutes * _MINUTE, rest)


def rest() -> NoReturn:
    """Put a new run of the program, which waits on a neutral page, in the place of this one.

    It is the same program in the same places, but not the same command: that may name an exercise or hold words. Where
    there is no such thing as another program in the same process, this one ends.
    """
    given = len(sys.argv) - 1
    program = sys.orig_argv[: len(sys.orig_argv) - given]
    with contextlib.suppress(OSError, Trouble):
        if os.name == "posix" and has_person():
            environment = {**os.environ, **home_for_another_run(), _RESTS: "1"}
            os.execve(sys.executable, [sys.executable, *program[1:]], environment)  # noqa: S606  this very program
    os._exit(PAUSED)


def wait_if_resting() -> None:
    """In a process that was put in the place of another: wait on the neutral page until the person returns."""
    if not os.environ.pop(_RESTS, ""):
        return
    from smartcli.prompts.screen_resting import wait_for_return
    from smartcli.renderers.terminal import draw

    try:
        wait_for_return(draw)
    except KeyboardInterrupt:
        raise SystemExit(PAUSED) from None
