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

# Each step goes on only where the one before ended well: a crontab that could not be read, or not edited, is never
# written over. That there is none is no failure, though `crontab` says it as if it were one.
_READ = '{ old=$(crontab -l 2>/dev/null) || crontab -l 2>&1 | grep -qi -e "no crontab" -e "no such file"; }'
# Our four lines, and only where the last is there too: without it, all that follows would go with them.
_EDIT = (
    'others=$(printf "%s\\n" "$old" | awk -v first="# {name}: begin" -v last="# {name}: end" '
    '"{{ line[NR] = \\$0 }} END {{ for (i = 1; i <= NR; i++) '
    'if (line[i] == first && line[i + 3] == last) i += 3; else print line[i] }}")'
)
_WRITE_WITH = '{{ [ -z "$others" ] || printf "%s\\n" "$others"; cat {path}; }} | crontab -'
_WRITE = 'if [ -n "$others" ]; then printf "%s\\n" "$others" | crontab -; elif [ -n "$old" ]; then crontab -r; fi'


@dataclass
class Cron(Way):
    """Lines in the crontab, which are kept in a file of the state folder too, for the command to read."""

    state: Path
    by_hand: bool = False
    name: str = NAME

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
        return {self._path: f"# {self.name}: begin\n# {REMARK}\n{line}\n# {self.name}: end\n"}

    def start(self, job: Job) -> list[Command]:
        """Return what puts the lines after all others, and takes away those there before."""
        return [self._shell(_WRITE_WITH.format(path=shlex.quote(str(self._path))))]

    def stop(self) -> list[Command]:
        """Return what takes the lines out of the crontab, and the crontab away if nothing else is in it."""
        return [self._shell(_WRITE)]

    @property
    def where_it_stays(self) -> str:
        """Say that the crontab still has the lines."""
        return N_("Its line may still be in your crontab. It shows nothing now, and you can delete it with: crontab -e")

    def _shell(self, write: str) -> Command:
        """Return the command that reads the crontab, takes our lines out and writes it, with or without new ones."""
        edit = _EDIT.format(name=self.name)
        return ("sh", "-c", f"{_READ} && {edit} && {{ {write}; }}")
