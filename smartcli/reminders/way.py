"""What is common to every way of being reminded: the job, and what a system needs to run it."""

import os
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from hashlib import sha256
from pathlib import Path
from typing import ClassVar

# The name of files and jobs. It says as little as it can to others who use the device.
NAME = "daily-minutes"
_DIGITS = 6  # of a digest: two workbooks of one user never have the same
MARK = "Written by smartcli."  # stands in every file of ours, and in no other
REMARK = f"{MARK} To remove it: smartcli remind --off"

EVERY_DAY = tuple(range(7))  # 0 is Monday

Command = Sequence[str]


def job_name(state: Path) -> str:
    """Return the name of the files and jobs of a workbook that is not in its usual place, by its state folder.

    The one in the usual place has NAME alone. So each of two workbooks has a reminder, and neither takes the other's.
    """
    return f"{NAME}-{sha256(os.fsencode(state.resolve())).hexdigest()[:_DIGITS]}"


@dataclass(frozen=True)
class Job:
    """What is run, and when: at a local time, on some weekdays, 0 being Monday.

    `environment` holds the variables that the program needs to find the same journal as here.
    """

    at: time
    days: tuple[int, ...]
    command: Command
    environment: Mapping[str, str]

    @property
    def is_daily(self) -> bool:
        """Whether it is run every day."""
        return len(self.days) == len(EVERY_DAY)


class Way(ABC):
    """A system's own way of running a job: the files it reads, and the commands that tell it of them."""

    id: ClassVar[str]
    says: ClassVar[str]  # what kind of job it is: a sentence in English, which passes the door where it is said
    by_hand: bool = False  # whether the commands are for the person to run, and not for us
    checks_hour: ClassVar[bool] = False  # whether it runs the job more often than wished for

    @abstractmethod
    def texts(self, job: Job) -> dict[Path, str]:
        """Return the text of each file to be written."""

    @abstractmethod
    def paths(self) -> list[Path]:
        """Return the path of every file that `texts` writes, and of those the system adds by our commands."""

    @abstractmethod
    def start(self, job: Job) -> list[Command]:
        """Return the commands that have the job run, once its files are there; safe to run again."""

    def reset(self) -> list[Command]:
        """Return the commands to be run before those of `start`, whatever they answer."""
        return []

    @abstractmethod
    def stop(self) -> list[Command]:
        """Return the commands that have the job run no more, before its files go; safe to run again."""

    @property
    def where_it_stays(self) -> str:
        """What a job that could not be stopped still is once its files have gone; "" where it goes with them.

        A sentence in English, which passes the door where it is said.
        """
        return ""

    def settle(self) -> list[Command]:
        """Return the commands that follow when the files have gone."""
        return []

    @property
    def is_executable(self) -> bool:
        """Whether the files have to be programs, for the system to run them itself."""
        return False
