"""Drafts: an exercise under way, one durable line for every answer.

A draft is a file of JSON lines in this device's state folder. The first line says what is being filled; each
answer is a line of its own, on the disk before the next question is drawn; what is half typed is saved too.
The last line about a field counts. A torn last line is passed over and closed.
"""

import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from smartcli.entries.entry import ID
from smartcli.entries.revisions import new_id
from smartcli.journal import system
from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.files import Folder, is_folder, read_all, write_all
from smartcli.language import _, ngettext
from smartcli.moments import Moment, now, recall
from smartcli.trouble import ATTENTION, Trouble

_SUFFIX = ".jsonl"
FORMAT_KEY = "draft"  # the first key of a header: the version of its format, kept among the unknown ones
_CHECK = "check"  # the last key of every line: the check sum of the record without it
_LONG = 1024 * 1024  # bytes after which a draft is written anew, without what no longer counts

# What the first line of a draft must have, and the types of what it may have.
_NEEDED = {"exercise", "entry", "started"}
_TYPES: dict[str, type | tuple[type, ...]] = {
    "exercise": str,
    "title": str,
    "definition": dict,
    "entry": str,
    "started": str,
    "about": str,
    "parents": list,
    "due": (str, type(None)),
}


@dataclass(frozen=True)
class DraftHeader:
    """The first line of a draft: which exercise it is of, and which entry it becomes or changes.

    The names are the keys in the file, and stay so: drafts on disk are read by them. A key that this version
    does not know is kept in `unknown` and written back.
    """

    exercise: str  # its id
    title: str = ""  # as it was when the draft was begun
    own: bool = False  # whether the exercise is one of the person's own
    definition: dict[str, Any] = field(default_factory=dict)  # the exercise's file as it was then
    entry: str = field(default_factory=new_id)  # the entry that the draft becomes, or that it changes
    started: datetime = field(default_factory=now)

    # A fresh exercise:
    quick: bool = False  # only its quick version is asked
    when: Moment | None = None  # the moment the entry is about, if it was given beforehand
    about: str = ""  # the behaviour the entry is about, if it was given beforehand

    # A next revision of an entry:
    parents: tuple[str, ...] = ()  # the revisions it follows, the newest first
    edit: bool = False  # all its questions are asked again
    later: bool = False  # what was left for later is asked
    due: date | None = None  # with `later`: only what is due by this day
    rest: bool = False  # with `later`: what its quick version left out is asked instead

    unknown: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "DraftHeader":
        """Return the header that a line holds; raises ValueError when a key is missing or of the wrong type."""
        for key, kind in _TYPES.items():
            if key in record and not isinstance(record[key], kind):
                raise ValueError(key)
        missing = _NEEDED - record.keys()
        parents = record.get("parents", [])
        follows_an_entry = record.get("edit") or record.get("later")
        if missing or not all(isinstance(parent, str) for parent in parents):
            raise ValueError("no header")
        if follows_an_entry and not parents:
            raise ValueError("parents")
        known = {key.name for key in fields(cls)}
        return cls(
            exercise=record["exercise"],
            title=record.get("title", ""),
            own=bool(record.get("own")),
            definition=record.get("definition", {}),
            entry=record["entry"],
            started=_recall(record["started"]).at,
            quick=bool(record.get("quick")),
            when=_recall(record["when"]) if record.get("when") else None,
            about=record.get("about", ""),
            parents=tuple(parents),
            edit=bool(record.get("edit")),
            later=bool(record.get("later")),
            due=date.fromisoformat(record["due"]) if record.get("due") else None,
            rest=bool(record.get("rest")),
            unknown={key: value for key, value in record.items() if key not in known},
        )

    def to_record(self) -> dict[str, Any]:
        """Return the line to write: what is not so, or not given, is left out."""
        given = {
            "exercise": self.exercise,
            "title": self.title,
            "own": self.own,
            "quick": self.quick,
            "when": self.when.stored() if self.when else None,
            "about": self.about,
            "parents": [*self.parents],
            "edit": self.edit,
            "later": self.later,
            "due": self.due.isoformat() if self.due else None,
            "rest": self.rest,
            "definition": self.definition,
        }
        record = {FORMAT_KEY: 1, **self.unknown, "entry": self.entry, "started": self.started.isoformat()}
        return record | {key: value for key, value in given.items() if value}


@dataclass
class Draft:
    """One draft: what it is about (`header`), its answers so far, and what was half given when it was left.

    An optional question passed over is an answer of None. `moments` holds when each answer was given. `safe`
    tells whether all of it is on the disk.
    """

    id: str
    header: DraftHeader
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
        """Whether nothing was given yet, not even by half."""
        return not self.answers and not self.halves

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
        records = [self.header.to_record()]
        records += [self._answer(name) for name in self.answers]
        records += [{"field": name, "half": half} for name, half in self.halves.items()]
        return b"".join(map(_line, records))

    def _write(self, record: dict[str, Any]) -> None:
        if self._fd < 0 or self._size > _LONG:
            self.write()
            return
        line = _line(record)
        with disk_errors_as_trouble(_("Not saved yet")):
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
                self._take(name, record["answer"], _answered_at(record) or self.started)
            elif isinstance(name, str) and record.get("half") is not None:
                self.halves[name] = record["half"]
            elif isinstance(name, str) and "half" in record:
                self.halves.pop(name, None)


@dataclass
class Drafts:
    """The folder of drafts on this device."""

    path: Path
    unreadable: list[str] = field(default_factory=list)

    def start(self, **header: Any) -> Draft:
        """Begin a draft and hold it. `header`: the exercise and what else a DraftHeader says of it.

        When the disk will not have it, it begins in memory (`safe` is false): help must not wait for a disk.
        """
        draft = Draft(new_id(), DraftHeader(**header), self.path)
        with contextlib.suppress(Trouble):
            draft.write()
        return draft

    def all(self) -> list[Draft]:
        """Return every draft that can be read, newest first; the others are named in `unreadable`."""
        self.unreadable = []
        if not is_folder(self.path):
            return []
        found = []
        with disk_errors_as_trouble(_("Your unfinished exercises cannot be read")), Folder(self.path) as folder:
            for name, _size in folder.names():
                if not name.endswith(_SUFFIX) or not ID.fullmatch(name.removesuffix(_SUFFIX)):
                    continue
                try:
                    found.append(_parsed(name.removesuffix(_SUFFIX), folder.read(name), self.path))
                except (OSError, ValueError):
                    self.unreadable.append(name)
        return sorted(found, key=lambda draft: (draft.started, draft.id), reverse=True)

    def take_up(self, name: str = "") -> Draft:
        """Open the draft whose id begins with `name` (the newest if none is given) and hold it.

        Raises Trouble when there is none, several, or another window holds it.
        """
        found = [draft for draft in self.all() if draft.id.startswith(name.strip().casefold())]
        if not found:
            what = _("No unfinished exercise has that id.") if name else _("You have no unfinished exercises.")
            raise Trouble(
                what, hint=_("`smartcli drafts` lists them.") if name else _("`smartcli do` begins an exercise.")
            )
        if name and len(found) > 1:
            sentence = ngettext(
                "{number} unfinished exercise has an id that begins like this.",
                "{number} unfinished exercises have ids that begin like this.",
                len(found),
            )
            raise Trouble(sentence, hint=_("Give a few more characters."))
        return self._open(found[0].id)

    def _open(self, name: str) -> Draft:
        with disk_errors_as_trouble(_("That unfinished exercise cannot be opened")), Folder(self.path) as folder:
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

    @contextlib.contextmanager
    def held(self, draft: Draft) -> Iterator[None]:
        """Close a draft on every way out; an empty one that is left by an exception is removed."""
        try:
            yield
        except BaseException:
            if draft.is_empty:
                self.drop(draft)
            raise
        finally:
            draft.close()

    def drop(self, draft: Draft) -> None:
        """Remove a draft that has become an entry, or that the person discards."""
        draft.close()
        with (
            disk_errors_as_trouble(_("The unfinished exercise could not be deleted")),
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
            _("That exercise is open in another window."),
            safe=_("What you wrote there is safe."),
            hint=_("Go on there, or close it first."),
            code=ATTENTION,
        ) from None


def _line(record: dict[str, Any]) -> bytes:
    """Return a record as one line of JSON whose last key is the check sum of the others."""
    return _as_json({**record, _CHECK: _sum(record)}).encode("ascii") + b"\n"


def _as_json(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def _sum(record: dict[str, Any]) -> str:
    """Return the check sum of a record: 8 hex digits tell a torn or damaged line."""
    import hashlib

    return hashlib.sha256(_as_json(record).encode("ascii")).hexdigest()[:8]


def _records(data: bytes) -> Iterator[dict[str, Any]]:
    """Yield every whole record; a line that is torn or damaged is passed over."""
    for line in data.split(b"\n"):
        try:
            record = json.loads(line.decode("ascii"))
            if isinstance(record, dict) and record.pop(_CHECK, None) == _sum(record):
                yield record
        except (ValueError, RecursionError):
            continue


def header_of(data: bytes) -> DraftHeader | None:
    """Return the header in the bytes of a draft's file; None when the draft cannot be read."""
    try:
        return DraftHeader.from_record(next(_records(data), {}))
    except ValueError:
        return None


def _parsed(name: str, data: bytes, folder: Path) -> Draft:
    """Return the draft that a file holds; raises ValueError when its first line is no header."""
    records = _records(data)
    draft = Draft(name, DraftHeader.from_record(next(records, {})), folder)
    draft._read(records)
    return draft


def _answered_at(record: Mapping[str, Any]) -> datetime | None:
    """Return the moment an answer was given, None when its line does not tell."""
    try:
        return _recall(record.get("at")).at
    except ValueError:
        return None


def _recall(stored: Any) -> Moment:
    """Return the moment an ISO text names; raises ValueError for anything else."""
    try:
        return recall(str(stored))
    except OverflowError:
        raise ValueError("no moment") from None
