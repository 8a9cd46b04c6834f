"""The clock of the tests, and the child processes that share it.

The suite knows no "today" but its own: every run begins on Sunday 22 November 2026, at half past nine in the
evening, in UTC, and the clock goes on from there. SMARTCLI_TEST_DAYS_AHEAD=400 begins so many days later.
"""

import os
import runpy
import time
from datetime import datetime, timedelta
from pathlib import Path

BEGINS = datetime.fromisoformat("2026-11-22T21:30:00+00:00")  # after the moments that most tests name
_ROOT = Path(__file__).parents[2]
_HOOK = Path(__file__).parent / "clock" / "sitecustomize.py"
_CLOCK = "SMARTCLI_TEST_CLOCK"
_PATH = os.pathsep.join([str(_ROOT), str(_HOOK.parent)])


def set_clock() -> None:
    """Move the clock of this process, and of every child it starts from now on; once, whoever calls again.

    A worker of pytest-xdist is such a child: its clock was moved before it got here.
    """
    if _CLOCK in os.environ:
        return
    begins = BEGINS + timedelta(days=int(os.environ.get("SMARTCLI_TEST_DAYS_AHEAD", "0")))
    os.environ |= {_CLOCK: str(begins.timestamp() - time.time()), "PYTHONPATH": _PATH, "TZ": "UTC"}
    if hasattr(time, "tzset"):  # not on Windows
        time.tzset()
    runpy.run_path(str(_HOOK))


def environment(**more: str) -> dict[str, str]:
    """Return an environment with nothing in it but where programs and modules are, the clock, and `more`."""
    shared = {name: os.environ[name] for name in ("PATH", "TZ", _CLOCK) if name in os.environ}
    return {**shared, "PYTHONPATH": _PATH, **more}


def planted(folder: Path, code: str) -> str:
    """Write code that children run at their start; return the PYTHONPATH that makes them."""
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(_HOOK.read_text() + code)
    return os.pathsep.join([str(folder), _PATH])
