"""A reminder by systemd: a timer and a service of the user's own manager.

Source: systemd.timer(5), systemd.service(5), systemd.syntax(7).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from smartcli.language import N_
from smartcli.reminders.way import NAME, REMARK, Command, Job, Way

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_NOT_DUE = 10  # an exit code of `due` that is no failure


@dataclass
class Systemd(Way):
    """A timer in the folder that systemd reads for this user."""

    config: Path  # XDG_CONFIG_HOME
    name: str = NAME

    id = "systemd"
    says = N_("The reminder is a timer of systemd.")

    @property
    def _folder(self) -> Path:
        return self.config / "systemd" / "user"

    @property
    def _timer(self) -> str:
        return f"{self.name}.timer"

    def paths(self) -> list[Path]:
        """Return the two units, and the link that makes the timer start with the session."""
        folder = self._folder
        return [folder / self._timer, folder / f"{self.name}.service", folder / "timers.target.wants" / self._timer]

    def texts(self, job: Job) -> dict[Path, str]:
        """Return the timer and the service. What was missed while the device was off is not made up for."""
        timer, service, _link = self.paths()
        days = "" if job.is_daily else ",".join(_DAYS[day] for day in job.days) + " "
        environment = [f"Environment={_quoted(f'{name}={value}')}" for name, value in job.environment.items()]
        return {
            timer: _lines(
                [
                    f"# {REMARK}",
                    "[Unit]",
                    "Description=Daily minutes",
                    "",
                    "[Timer]",
                    f"OnCalendar={days}*-*-* {job.at:%H:%M}:00",
                    "Persistent=false",
                    "",
                    "[Install]",
                    "WantedBy=timers.target",
                ]
            ),
            service: _lines(
                [
                    f"# {REMARK}",
                    "[Unit]",
                    "Description=Daily minutes",
                    "",
                    "[Service]",
                    "Type=oneshot",
                    *environment,
                    f"ExecStart={_command_line(job.command)}",
                    f"SuccessExitStatus={_NOT_DUE}",
                ]
            ),
        }

    def start(self, job: Job) -> list[Command]:
        """Return what makes systemd read the units and start the timer, anew if it runs already."""
        systemctl = ("systemctl", "--user")
        return [
            (*systemctl, "daemon-reload"),
            (*systemctl, "enable", self._timer),
            (*systemctl, "restart", self._timer),
        ]

    def stop(self) -> list[Command]:
        """Return what stops the timer."""
        return [("systemctl", "--user", "disable", "--now", self._timer)]

    def settle(self) -> list[Command]:
        """Return what makes systemd forget the units that have gone."""
        return [("systemctl", "--user", "daemon-reload")]


def _command_line(command: Command) -> str:
    """Return a command as it stands in a unit, where $ begins a variable.

    By way of `env`, since systemd itself starts no program that has a quote in its path.
    """
    return " ".join(["/usr/bin/env", *(_quoted(word).replace("$", "$$") for word in command)])


def _quoted(word: str) -> str:
    """Return a word as it stands in a unit, where % begins a specifier."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
