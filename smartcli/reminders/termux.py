"""A reminder in Termux, by its job scheduler, which knows no hours: it runs a script every quarter of an hour.

The script asks whether the hour has come. It needs the app Termux:API. Written by reading, not tried.

Source: termux-job-scheduler of termux-api; Android runs a periodic job every 15 minutes at most.
"""

import shlex
from dataclasses import dataclass
from pathlib import Path

from smartcli.language import N_
from smartcli.reminders.way import NAME, REMARK, Command, Job, Way

_SHELL = "#!/data/data/com.termux/files/usr/bin/sh"
_ID = 2417  # of the job of a workbook in its usual place: any number, and those of all others are above it
_MOST = 2**31 - 1  # a job's number is an int of Java
_PERIOD = str(15 * 60 * 1000)  # milliseconds


@dataclass
class Termux(Way):
    """A script that Android's job scheduler runs."""

    state: Path
    name: str = NAME

    id = "termux"
    says = N_("The reminder is a job of Termux.")
    checks_hour = True

    @property
    def _path(self) -> Path:
        return self.state / "reminder.sh"

    @property
    def _number(self) -> str:
        digits = self.name.removeprefix(NAME).strip("-")
        return str(_ID + int(digits, 16) % (_MOST - _ID) if digits else _ID)

    @property
    def is_executable(self) -> bool:
        """Whether the file has to be a program: the scheduler runs it itself."""
        return True

    def paths(self) -> list[Path]:
        """Return the script."""
        return [self._path]

    def texts(self, job: Job) -> dict[Path, str]:
        """Return the script."""
        lines = [_SHELL, f"# {REMARK}"]
        lines += [f"export {name}={shlex.quote(value)}" for name, value in job.environment.items()]
        lines.append(f"exec {shlex.join(job.command)}")
        return {self._path: "".join(f"{line}\n" for line in lines)}

    def start(self, job: Job) -> list[Command]:
        """Return what schedules the script, in place of the one scheduled before."""
        options = ("--job-id", self._number, "--script", str(self._path), "--period-ms", _PERIOD, "--persisted", "true")
        return [("termux-job-scheduler", *options)]

    def stop(self) -> list[Command]:
        """Return what cancels the job."""
        return [("termux-job-scheduler", "--cancel", "--job-id", self._number)]
