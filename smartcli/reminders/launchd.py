"""A reminder by launchd, on macOS: a property list in the user's own LaunchAgents. Written by reading, not tried.

Source: launchd.plist(5), launchctl(1).
"""

import os
import plistlib
from dataclasses import dataclass
from pathlib import Path

from smartcli.language import N_
from smartcli.reminders.way import MARK, NAME, Command, Job, Way


@dataclass
class Launchd(Way):
    """An agent of this user."""

    home: Path
    name: str = NAME

    id = "launchd"
    says = N_("The reminder is an agent of launchd.")

    @property
    def _label(self) -> str:
        return f"local.{self.name}"

    @property
    def _path(self) -> Path:
        return self.home / "Library" / "LaunchAgents" / f"{self._label}.plist"

    def paths(self) -> list[Path]:
        """Return the property list."""
        return [self._path]

    def texts(self, job: Job) -> dict[Path, str]:
        """Return the property list. launchd counts weekdays from Sunday, which is 0."""
        clock = {"Hour": job.at.hour, "Minute": job.at.minute}
        on_days = [{**clock, "Weekday": (day + 1) % 7} for day in job.days]
        agent = {
            "Label": self._label,
            "ProgramArguments": [*job.command],
            "EnvironmentVariables": {**job.environment},
            "StartCalendarInterval": clock if job.is_daily else on_days,
        }
        text = plistlib.dumps(agent, sort_keys=False).decode()
        head, plist, rest = text.partition("<plist ")
        return {self._path: f"{head}<!-- {MARK} -->\n{plist}{rest}"}

    def start(self, job: Job) -> list[Command]:
        """Return what makes launchd read the list."""
        return [("launchctl", "bootstrap", _domain(), str(self._path))]

    def reset(self) -> list[Command]:
        """Return what takes away the agent set before: launchd takes no second one of its name."""
        return self.stop()

    def stop(self) -> list[Command]:
        """Return what makes launchd forget the agent."""
        return [("launchctl", "bootout", f"{_domain()}/{self._label}")]


def _domain() -> str:
    return f"gui/{os.getuid()}" if hasattr(os, "getuid") else "gui"
