"""Drafts: an exercise under way, one durable line for every answer.

A draft is a file of JSON lines in this device's state folder. The first line says what is being filled; each
answer is a line of its own, on the disk before the next question is drawn; what is half typed is saved too.
The last line about a field counts. A torn last line is passed over and closed.
"""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from smartcli.entries.entry import ID
from smartcli.entries.revisions import new_id
from smartcli.journal import system
from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.files import Folder, is_folder, read_all, write_all
from smartcli.moments import now, recall
from smartcli.trouble import ATTENTION, Trouble
from smartcli.words import count

_SUFFIX = ".jsonl"
_CHECK = '"check":"'
_LONG = 1024 * 1024  # bytes after which a draft is written anew, without what no longer counts


@dataclass
class Draft:
    """One draft: what it is about (`header`), its answers so far, and what was half given when it was left.

    An optional question passed over is an answer of None. `moments` holds when each answer was given. `safe`
    tells whether all of it is on the disk.
    """

    id: str
    header: dict[str, Any]
    folder: Path
    answers: dict[str, Any] = field(default_factory=dict)
    halves: dict[str, Any] = field(default_factory=dict)
    moments: dict[str, datetime] = field(default_factory=dict)
    safe: bool = True
    _fd: int = -1
    _size: int = 0

    @property
    def exercise(self) -> str:
        """The exercise's id."""
        return str(self.header["exercise"])

    @property
    def entry(self) -> str:
        """The id of the entry it will be, or changes."""
        return str(self.header["entry"])

    @property
    def started(self) -> datetime:
        """When it was begun."""
        return datetime.fromisoformat(self.header["started"])

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

    def write(self) -> None:
        """Write all of it into a new file in place of the old; raises Trouble (3).

        Done at the start, when the file has grown long, and after any error: a file whose fsync has failed
        cannot be trusted again, whatever a second fsync says.
        """
        self.close()
        self.safe = False
        with disk_errors_as_trouble("Not kept yet"), Folder(self.folder, create=True) as folder:
            data = self._whole()
            folder.replace(self.id + _SUFFIX, data)
            self._fd = folder.append_to(self.id + _SUFFIX)
            self._size = len(data)
            _hold(self._fd)
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
        """Return every line that counts."""
        halves = ({"field": name, "half": half} for name, half in self.halves.items())
        return b"".join(map(_line, [self.header, *map(self._answer, self.answers), *halves]))

    def _write(self, record: dict[str, Any]) -> None:
        if self._fd < 0 or self._size > _LONG:
            self.write()
            return
        line = _line(record)
        with disk_errors_as_trouble("Not kept yet"):
            try:
                write_all(self._fd, line)
                system.fs.fsync(self._fd)
            except OSError:
                self.safe = False
                self.close()
                raise
        self._size += len(line)

    def _read(self, records: Iterator[dict[str, Any]]) -> None:
        for record in records:
            name = record.get("field")
            if isinstance(name, str) and "answer" in record:
                self._take(name, record["answer"], _moment(record.get("at")) or self.started)
            elif isinstance(name, str) and "half" in record:
                self.halves[name] = record["half"]


@dataclass
class Drafts:
    """The folder of drafts on this device."""

    path: Path
    unreadable: list[str] = field(default_factory=list)

    def start(self, **header: Any) -> Draft:
        """Begin a draft and hold it. `header` names the exercise and what is known about the entry.

        When the disk will not have it, it begins in memory (`safe` is false): help must not wait for a disk.
        """
        begun = {"draft": 1, "entry": new_id(), "started": now().isoformat(), **header}
        draft = Draft(new_id(), begun, self.path)
        with contextlib.suppress(Trouble):
            draft.write()
        return draft

    def all(self) -> list[Draft]:
        """Return every draft that can be read, newest first; the others are named in `unreadable`."""
        self.unreadable = []
        if not is_folder(self.path):
            return []
        found = []
        with disk_errors_as_trouble("The drafts cannot be read"), Folder(self.path) as folder:
            for name, _ in folder.names():
                if not name.endswith(_SUFFIX) or not ID.fullmatch(name.removesuffix(_SUFFIX)):
                    continue
                try:
                    found.append(_parsed(name.removesuffix(_SUFFIX), folder.read(name), self.path))
                except (OSError, ValueError):
                    self.unreadable.append(name)
        return sorted(found, key=lambda draft: (draft.header["started"], draft.id), reverse=True)

    def take_up(self, name: str = "") -> Draft:
        """Open the draft whose id begins with `name` (the newest if none is given) and hold it.

        Raises Trouble when there is none, several, or another window holds it.
        """
        found = [draft for draft in self.all() if draft.id.startswith(name.strip().casefold())]
        if not found:
            what = "No unfinished exercise has that id." if name else "Nothing is unfinished."
            raise Trouble(what, hint="`smartcli drafts` lists them." if name else "`smartcli do` begins something.")
        if name and len(found) > 1:
            raise Trouble(f"{count(len(found), 'unfinished exercise')} begin so.", hint="Give a few characters more.")
        return self._open(found[0].id)

    def _open(self, name: str) -> Draft:
        with disk_errors_as_trouble("That draft cannot be opened"), Folder(self.path) as folder:
            fd = folder.append_to(name + _SUFFIX)
            try:
                _hold(fd)
                data = read_all(fd)
                if data and not data.endswith(b"\n"):
                    write_all(fd, b"\n")  # close a torn line; it is passed over on reading
                draft = _parsed(name, data, self.path)
            except BaseException:
                system.fs.close(fd)
                raise
        draft._fd, draft._size = fd, len(data)
        return draft

    def drop(self, draft: Draft) -> None:
        """Remove a draft that has become an entry, or that the person discards."""
        draft.close()
        with (
            disk_errors_as_trouble("The draft could not be removed"),
            Folder(self.path) as folder,
            contextlib.suppress(FileNotFoundError),
        ):
            folder.remove(draft.id + _SUFFIX)


def _hold(fd: int) -> None:
    """Hold a draft for this process; raises Trouble when another window has it."""
    try:
        system.fs.hold(fd)
    except BlockingIOError:
        raise Trouble(
            "That one is open in another window.",
            safe="What you wrote there is safe.",
            hint="Go on there, or close it first.",
            code=ATTENTION,
        ) from None


def _line(record: dict[str, Any]) -> bytes:
    text = json.dumps(record, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return f'{text[:-1]},{_CHECK}{_sum(text)}"}}\n'.encode("ascii")


def _sum(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode("ascii")).hexdigest()[:8]


def _records(data: bytes) -> Iterator[dict[str, Any]]:
    """Yield every whole record; a line that is torn or damaged is passed over."""
    for line in data.split(b"\n"):
        try:
            text, _, check = line.decode("ascii").rpartition("," + _CHECK)
            if text and check[:8] == _sum(text + "}"):
                yield json.loads(text + "}")
        except (ValueError, RecursionError):
            continue


def _parsed(name: str, data: bytes, folder: Path) -> Draft:
    records = _records(data)
    header = next(records, None)
    if header is None or not _is_header(header):
        raise ValueError("no header")
    draft = Draft(name, header, folder)
    draft._read(records)
    return draft


def _is_header(header: dict[str, Any]) -> bool:
    """Return whether a record is a draft's first one: what is there is of the type it should be."""
    parents = header.get("parents", [])
    return (
        all(isinstance(header.get(name), str) for name in ("exercise", "entry"))
        and all(isinstance(header.get(name, ""), str) for name in ("title", "about"))
        and isinstance(header.get("definition", {}), dict)
        and isinstance(parents, list)
        and all(isinstance(parent, str) for parent in parents)
        and bool(parents or not (header.get("edit") or header.get("later")))
        and _moment(header.get("started")) is not None
        and (not header.get("when") or _moment(header["when"]) is not None)
    )


def _moment(stored: Any) -> datetime | None:
    """Return the moment an ISO text names, None when it names none; a whole day's is its beginning."""
    try:
        return recall(stored).at if isinstance(stored, str) else None
    except (ValueError, OverflowError):
        return None
