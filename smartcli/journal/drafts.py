"""Drafts: an exercise under way, one durable line for every answer.

A draft is a file of JSON lines in this device's state folder. The first line says what is being filled; each
answer is a line of its own, on the disk before the next question is drawn; what is half typed is saved too.
The last line about a field counts. A torn last line is passed over and closed; a damaged line costs what it said
and nothing else, and stays in the file.
"""

import contextlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from smartcli.entries.entry import ID
from smartcli.entries.revisions import new_id
from smartcli.journal import limits, system
from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.files import Folder, has_folder, read_all, sync_file, write_all
from smartcli.journal.limits import Limit
from smartcli.language import _, ngettext
from smartcli.moments import Moment, now, recall
from smartcli.trouble import ATTENTION, Trouble

_SUFFIX = ".jsonl"
FORMAT_KEY = "draft"  # the first key of a header: the version of its format, kept among the unknown ones
FORMAT = 1
_CHECK = "check"  # the last key of every line: the check sum of the record without it
_END_OF_RECORD = re.compile(rb'(?<=,"check":"[0-9a-f]{8}"\})')  # no words hold this: their quotes are escaped
_ENDS_AS_RECORD = re.compile(rb"\}\s*$")
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
        """Return the header that a line holds.

        Raises ValueError when a key is missing or of the wrong type, or when a newer version made the draft.
        """
        made_by = record.get(FORMAT_KEY, FORMAT)
        if not isinstance(made_by, int) or made_by > FORMAT:
            raise ValueError("made by a newer version")
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
        record = {FORMAT_KEY: FORMAT, **self.unknown, "entry": self.entry, "started": self.started.isoformat()}
        return record | {key: value for key, value in given.items() if value}


@dataclass
class Draft:
    """One draft: what it is about (`header`), its answers so far, and what was half given when it was left.

    An optional question passed over is an answer of None. `moments` holds when each answer was given. `safe`
    tells whether all of it is on the disk. `damaged` are lines that cannot be read: they are never thrown away.
    """

    id: str
    header: DraftHeader
    folder: Path
    answers: dict[str, Any] = field(default_factory=dict)
    halves: dict[str, Any] = field(default_factory=dict)
    moments: dict[str, datetime] = field(default_factory=dict)
    damaged: list[bytes] = field(default_factory=list)  # lines that cannot be read, as they are
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
        """Return every line that counts, and those that cannot be read."""
        records = [self.header.to_record()]
        records += [self._answer(name) for name in self.answers]
        records += [{"field": name, "half": half} for name, half in self.halves.items()]
        return b"".join(map(_line, records)) + b"".join(line + b"\n" for line in self.damaged)

    def _write(self, record: dict[str, Any]) -> None:
        if self._fd < 0 or self._size > _LONG:
            self.write()
            return
        line = _line(record)
        with disk_errors_as_trouble(_("Not saved yet")):
            try:
                write_all(self._fd, line)
                sync_file(self._fd)
            except OSError:
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
        with disk_errors_as_trouble(_("Your unfinished exercises cannot be read")):
            return self._all() if has_folder(self.path) else []

    def _all(self) -> list[Draft]:
        found = []
        with Folder(self.path) as folder:
            for name, _size in folder.names():
                if not name.endswith(_SUFFIX) or not ID.fullmatch(name.removesuffix(_SUFFIX)):
                    continue
                try:
                    found.append(parse(name.removesuffix(_SUFFIX), folder.read(name), self.path))
                except (OSError, ValueError):
                    self.unreadable.append(name)
        return sorted(found, key=lambda draft: (draft.started, draft.id), reverse=True)

    def take_up(self, name: str = "") -> Draft:
        """Open the draft whose id begins with `name` (the newest if none is given) and hold it.

        Raises Trouble as `find` does, or when another window holds it.
        """
        return self._open(self.find(name).id)

    def find(self, name: str = "") -> Draft:
        """Return the draft whose id begins with `name`, the newest if none is given.

        Raises Trouble when there is none, several, or when it cannot be read.
        """
        found = [draft for draft in self.all() if draft.id.startswith(name.strip().casefold())]
        if not found and name and self.find_unreadable(name):
            raise Trouble(
                _("This unfinished exercise cannot be opened: its file is damaged, or made by a newer version."),
                safe=_("What you wrote is still in the file."),
                hint=_("`smartcli drafts show {id}` shows what can be read of it.", id=name),
                code=ATTENTION,
            )
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
        return found[0]

    def find_unreadable(self, name: str) -> str | None:
        """Return the id of the one draft that cannot be opened and begins with `name`; None for none or several."""
        ids = [file.removesuffix(_SUFFIX) for file in self.unreadable]
        found = [draft for draft in ids if draft.startswith(name.strip().casefold())]
        return found[0] if len(found) == 1 else None

    def read_bytes(self, draft: str) -> bytes:
        """Return the file of a draft as it is; raises Trouble (3) when the disk will not give it."""
        with (
            disk_errors_as_trouble(_("Your unfinished exercises cannot be read")),
            Folder(self.path) as folder,
        ):
            return folder.read(draft + _SUFFIX)

    def restore(self, data: bytes) -> Draft:
        """Make a draft of the bytes of one that was put aside; raises Trouble (3), ValueError when they are none."""
        draft = parse(new_id(), data, self.path)
        with disk_errors_as_trouble(_("Not brought back")), Folder(self.path, create=True) as folder:
            folder.publish(draft.id + _SUFFIX, data if data.endswith(b"\n") else data + b"\n")
        return draft

    def _open(self, name: str) -> Draft:
        with disk_errors_as_trouble(_("That unfinished exercise cannot be opened")), Folder(self.path) as folder:
            fd = folder.append_to(name + _SUFFIX)
            try:
                _hold(fd)
                data = read_all(fd)
                if data and not data.endswith(b"\n"):
                    write_all(fd, b"\n")  # close a torn line; it is passed over on reading
                draft = parse(name, data, self.path)
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
        self.remove(draft.id)

    def remove(self, draft: str) -> None:
        """Remove the file of a draft, whether it can be read or not; raises Trouble (3)."""
        with (
            disk_errors_as_trouble(_("The unfinished exercise could not be deleted")),
            Folder(self.path) as folder,
            contextlib.suppress(FileNotFoundError),
        ):
            folder.remove(draft + _SUFFIX)


def _hold(fd: int) -> None:
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


def _line(record: dict[str, Any]) -> bytes:
    """Return a record as one line of JSON whose last key is the check sum of the others."""
    return _as_json({**record, _CHECK: _sum(record)}).encode("ascii") + b"\n"


def _as_json(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def _sum(record: dict[str, Any]) -> str:
    """Return the check sum of a record: 8 hex digits tell a torn or damaged line."""
    import hashlib

    return hashlib.sha256(_as_json(record).encode("ascii")).hexdigest()[:8]


class Lines(NamedTuple):
    """What the bytes of a draft hold: its records, and the lines, or parts of them, that are none."""

    records: list[dict[str, Any]]
    damaged: list[bytes]


def read_lines(data: bytes) -> Lines:
    """Read every record of a draft. Where the end of a line was lost, each record in it is found by its own end.

    A line that was torn by a crash, as the last one may be, is not among the damaged: it was never said to be kept.
    """
    lines = Lines([], [])
    for line in data.split(b"\n"):
        record = _record(line)
        for part in [line] if record else _END_OF_RECORD.split(line):
            record = _record(part[max(part.find(b"{"), 0) :])
            if record:
                lines.records.append(record)
            elif part.strip() and not _is_torn(part):
                lines.damaged.append(part)
    return lines


def _record(line: bytes) -> dict[str, Any] | None:
    """Return the record in a line; None for one that is torn or damaged."""
    with contextlib.suppress(ValueError, RecursionError):
        record = json.loads(line.decode("ascii"))
        if isinstance(record, dict) and record.pop(_CHECK, None) == _sum(record):
            return record
    return None


def _is_torn(line: bytes) -> bool:
    """Return whether a line is only the beginning of one, as a crash leaves it."""
    is_text = line.isascii() and line.decode("ascii").isprintable()
    return is_text and line.startswith(b'{"') and not _ENDS_AS_RECORD.search(line)


def header_of(data: bytes) -> DraftHeader | None:
    """Return the header in the bytes of a draft's file; None when the draft cannot be read."""
    records, _damaged = read_lines(data)
    try:
        return DraftHeader.from_record(next(iter(records), {}))
    except ValueError:
        return None


def parse(name: str, data: bytes, folder: Path) -> Draft:
    """Return the draft that a file holds; raises ValueError when its first line is no header."""
    records, damaged = read_lines(data)
    draft = Draft(name, DraftHeader.from_record(next(iter(records), {})), folder, damaged=damaged)
    draft._read(records[1:])
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
