"""A reminder by the Task Scheduler of Windows, which keeps it without a file of ours. Written by reading, not tried.

Source: Microsoft's reference of schtasks create and delete.
"""

from dataclasses import dataclass
from pathlib import Path

from smartcli.language import N_
from smartcli.reminders.way import NAME, Command, Job, Way

_DUE = 3  # words at the end of the command: due --notify --quiet
_DAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")


@dataclass
class Schtasks(Way):
    """A task of this user."""

    name: str = NAME

    id = "schtasks"
    says = N_("The reminder is a task of the Task Scheduler.")

    def paths(self) -> list[Path]:
        """Return nothing: the task is kept by Windows."""
        return []

    def texts(self, job: Job) -> dict[Path, str]:
        """Return nothing: the command says it all."""
        return {}

    def start(self, job: Job) -> list[Command]:
        """Return what makes the task, in place of the one made before."""
        if job.is_daily:
            days: Command = ("/SC", "DAILY")
        else:
            days = ("/SC", "WEEKLY", "/D", ",".join(_DAYS[day] for day in job.days))
        command = [*job.command]
        if home := job.environment.get("SMARTCLI_HOME"):  # a task has no variables of its own
            command[-_DUE:-_DUE] = ["--home", home]
        run = " ".join(f'"{word}"' if " " in word else word for word in command)
        return [("schtasks", "/Create", "/F", "/TN", self.name, "/TR", run, *days, "/ST", f"{job.at:%H:%M}")]

    @property
    def where_it_stays(self) -> str:
        """Say that Windows keeps the task."""
        return N_("The task may still be in the Task Scheduler. It shows nothing now, and you can delete it there.")

    def stop(self) -> list[Command]:
        """Return what deletes the task."""
        return [("schtasks", "/Delete", "/F", "/TN", self.name)]
