"""One draft: an exercise under way, one durable line for every answer.

A draft is a file of JSON lines in this device's state folder. The first line says what is being filled; each
answer is a line of its own, on the disk before the next question is drawn; what is half typed is saved too.
The last line about a field counts. A torn last line is passed over and closed; a damaged line costs what it said
and nothing else, and stays in the file. Once the journal is locked each line is sealed; that takes no key.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from smartcli.entries.revisions import new_id
from smartcli.journal import limits, system
from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.draft_header import DraftHeader, recall_moment
from smartcli.journal.draft_lines import line_of, read_lines, sealed_lines
from smartcli.journal.files import Folder, sync_file, write_all
from smartcli.journal.limits import Limit
from smartcli.language import _
from smartcli.moments import now
from smartcli.trouble import ATTENTION, Trouble

SUFFIX = ".jsonl"
_LONG = 1024 * 1024  # bytes after which a draft is written anew, without what no longer counts


@dataclass
class Draft:
    """One draft: what it is about (`header`), its answers so far, and what was half given when it was left.

    An optional question passed over is an answer of None. `moments` holds when each answer was given. `safe`
    tells whether all of it is on the disk. `damaged` are lines that cannot be read: they are never thrown away.
    `seal_to` is the public key its lines are sealed to, "" for plain ones.
    """

    id: str
    header: DraftHeader
    folder: Path
    answers: dict[str, Any] = field(default_factory=dict)
    halves: dict[str, Any] = field(default_factory=dict)
    moments: dict[str, datetime] = field(default_factory=dict)
    damaged: list[bytes] = field(default_factory=list)  # lines that cannot be read, as they are
    safe: bool = True
    seal_to: str = ""
    _fd: int = -1
    _size: int = 0

    @property
    def exercise(self) -> str:
        """The exercise's id."""
        return self.header.exercise

    @property
    def entry(self) -> str:
        """The id of the entry it will be, or changes."""
        return self.header.entry

    @property
    def started(self) -> datetime:
        """When it was begun."""
        return self.header.started

    @property
    def is_empty(self) -> bool:
        """Whether nothing was given yet, not even by half, and nothing is there that cannot be read."""
        return not self.answers and not self.halves and not self.damaged

    def keep(self, name: str, answer: Any) -> None:
        """Keep an answer; on the disk before this returns.

        Raises Trouble (3) when the disk will not have it; it is in memory all the same, and the next write
        writes everything anew.
        """
        self._take(name, answer, now())
        self._write(self._answer(name))

    def keep_half(self, name: str, half: Any) -> None:
        """Keep what has been given so far of an answer; raises Trouble (3) as `keep` does."""
        if self.halves.get(name) != half:
            self.halves[name] = half
            self._write({"field": name, "half": half})

    def drop_half(self, name: str) -> None:
        """Let go of what was half given: nothing of it stands any more; raises Trouble (3) as `keep` does."""
        if self.halves.pop(name, None) is not None:
            self._write({"field": name, "half": None})

    def write(self) -> None:
        """Write all of it into a new file in place of the old; raises Trouble (3).

        Done at the start, when the file has grown long, and after any error: a file whose fsync has failed
        cannot be trusted again, whatever a second fsync says.
        """
        self.close()
        self.safe = False
        with disk_errors_as_trouble(_("Not saved yet")), Folder(self.folder, create=True) as folder:
            data = self._whole()
            folder.replace(self.id + SUFFIX, data)
            self._fd = folder.append_to(self.id + SUFFIX)
            self._size = len(data)
            hold(self._fd)
        self.safe = True

    def close(self) -> None:
        """Let go of the file and of its lock."""
        if self._fd >= 0:
            system.fs.close(self._fd)
            self._fd = -1

    def _take(self, name: str, answer: Any, at: datetime) -> None:
        self.answers[name] = answer
        self.moments[name] = at
        self.halves.pop(name, None)

    def _answer(self, name: str) -> dict[str, Any]:
        return {"field": name, "answer": self.answers[name], "at": self.moments[name].isoformat()}

    def _whole(self) -> bytes:
        """Return every line that counts, and those that cannot be read."""
        records = [self.header.to_record()]
        records += [self._answer(name) for name in self.answers]
        records += [{"field": name, "half": half} for name, half in self.halves.items()]
        data = b"".join(map(line_of, records)) + b"".join(line + b"\n" for line in self.damaged)
        return sealed_lines(data, self.seal_to) if self.seal_to else data

    def _write(self, record: dict[str, Any]) -> None:
        if self._fd < 0 or self._size > _LONG:
            self.write()
            return
        with disk_errors_as_trouble(_("Not saved yet")):
            try:
                line = line_of(record, self.seal_to)
                write_all(self._fd, line)
                sync_file(self._fd)
            except (OSError, Trouble):  # the disk, or a library that seals is missing
                self.safe = False
                self.close()
                raise
        self._size += len(line)

    def _read(self, records: Iterable[dict[str, Any]]) -> None:
        for record in records:
            name = record.get("field")
            if isinstance(name, str) and "answer" in record:
                self._take(name, record["answer"], _answered_at(record) or self.started)
            elif isinstance(name, str) and record.get("half") is not None:
                self.halves[name] = record["half"]
            elif isinstance(name, str) and "half" in record:
                self.halves.pop(name, None)


class UnkeptDraft(Draft):
    """A draft in memory alone: what is answered, or half given, is never on a disk, and gone when the program ends."""

    @classmethod
    def start(cls, **header: Any) -> "UnkeptDraft":
        """Begin one. `header`: the exercise and what else a DraftHeader says of it."""
        return cls(new_id(), DraftHeader(**header), Path())

    def write(self) -> None:
        """Write nothing: there is no file, and each line of one begins here."""


def parse(name: str, data: bytes, folder: Path, seal_to: str = "") -> Draft:
    """Return the draft that a file holds; what is written to it from now on is sealed to `seal_to`.

    Raises ValueError when its first line is no header, LockedTrouble while no key is held and a line is sealed.
    """
    records, damaged = read_lines(data)
    header = DraftHeader.from_record(next(iter(records), {}))
    draft = Draft(name, header, folder, damaged=damaged, seal_to=seal_to)
    draft._read(records[1:])
    return draft


def hold(fd: int) -> None:
    """Hold a draft for this process, where files can be locked; raises Trouble when another window has it."""
    try:
        system.fs.hold(fd)
    except BlockingIOError:
        raise Trouble(
            _("That exercise is open in another window."),
            safe=_("What you wrote there is safe."),
            hint=_("Go on there, or close it first."),
            code=ATTENTION,
        ) from None
    except OSError:  # no locks on this disk: some network folders, some of FUSE
        limits.met.add(Limit.LOCKS)


def _answered_at(record: Mapping[str, Any]) -> datetime | None:
    """Return the moment an answer was given, None when its line does not tell."""
    try:
        return recall_moment(record.get("at")).at
    except ValueError:
        return None
