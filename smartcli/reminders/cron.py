"""A reminder by cron: three lines in the user's crontab, between markers, so that all others stay as they are.

`crontab` is setgid. Where the kernel refuses the network to this program it also refuses it more privileges
(`silence`), so there the person runs the command.

Source: crontab(5), whose % would be a line end.
"""

import shlex
from dataclasses import dataclass
from pathlib import Path

from smartcli.language import N_
from smartcli.reminders.way import NAME, REMARK, Command, Job, Way

_BEGIN, _END = f"# {NAME}: begin", f"# {NAME}: end"
_OTHER_LINES = f"crontab -l 2>/dev/null | sed '/^{_BEGIN}$/,/^{_END}$/d'"


@dataclass
class Cron(Way):
    """Lines in the crontab, which are kept in a file of the state folder too, for the command to read."""

    state: Path
    by_hand: bool = False

    id = "cron"
    says = N_("The reminder is a line in your crontab.")

    @property
    def _path(self) -> Path:
        return self.state / "reminder.cron"

    def paths(self) -> list[Path]:
        """Return the file with the lines."""
        return [self._path]

    def texts(self, job: Job) -> dict[Path, str]:
        """Return the lines for the crontab; cron counts weekdays from Sunday, which is 0."""
        days = "*" if job.is_daily else ",".join(str(day) for day in sorted((day + 1) % 7 for day in job.days))
        words = [f"{name}={shlex.quote(value)}" for name, value in job.environment.items()]
        words += [shlex.quote(word) for word in job.command]
        command = " ".join(words).replace("%", r"\%")
        line = f"{job.at.minute} {job.at.hour} * * {days} {command}"
        return {self._path: f"{_BEGIN}\n# {REMARK}\n{line}\n{_END}\n"}

    def start(self, job: Job) -> list[Command]:
        """Return what puts the lines in the place of those there before, or at the end."""
        return [("sh", "-c", f"({_OTHER_LINES}; cat {shlex.quote(str(self._path))}) | crontab -")]

    def stop(self) -> list[Command]:
        """Return what takes the lines out of the crontab."""
        return [("sh", "-c", f"{_OTHER_LINES} | crontab -")]
