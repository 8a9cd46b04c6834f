"""Which way of being reminded there is on this device."""

import os
import sys
from pathlib import Path

from smartcli.reminders import programs
from smartcli.reminders.cron import Cron
from smartcli.reminders.launchd import Launchd
from smartcli.reminders.schtasks import Schtasks
from smartcli.reminders.systemd import Systemd
from smartcli.reminders.termux import Termux
from smartcli.reminders.way import Way

_USERS_MANAGER = ("systemctl", "--user", "show-environment")  # ends well only where the user's own manager runs


def every_way(state: Path, name: str, *, cron_by_hand: bool) -> list[Way]:
    """Return every way that this kind of system may have, the one to be preferred first.

    `state` is the state folder of the workbook, `name` that of its jobs. `cron_by_hand`: nobody but
    the person can change the crontab.
    """
    if os.name == "nt":
        return [Schtasks(name)]
    home = Path.home()
    if sys.platform == "darwin":
        return [Launchd(home, name)]
    if "TERMUX_VERSION" in os.environ:
        return [Termux(state, name)]
    config = os.environ.get("XDG_CONFIG_HOME", "")
    folder = Path(config) if Path(config).is_absolute() else home / ".config"
    return [Systemd(folder, name), Cron(state, cron_by_hand, name)]


def find_way(ways: list[Way]) -> Way | None:
    """Return the first way that is really there; None where nothing on this device can remind."""
    return next((way for way in ways if _is_there(way)), None)


def _is_there(way: Way) -> bool:
    if isinstance(way, Systemd):
        return programs.is_here("systemctl") and programs.run(_USERS_MANAGER)
    needed = {"cron": "crontab", "termux": "termux-job-scheduler", "launchd": "launchctl", "schtasks": "schtasks"}
    return programs.is_here(needed[way.id])
