"""The first line of a draft: which exercise it is of, and which entry it becomes or changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from smartcli.entries.revisions import new_id
from smartcli.journal.draft_lines import read_lines
from smartcli.moments import Moment, now, recall

FORMAT_KEY = "draft"  # the first key of a header: the version of its format, kept among the unknown ones
FORMAT = 1

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
            started=recall_moment(record["started"]).at,
            quick=bool(record.get("quick")),
            when=recall_moment(record["when"]) if record.get("when") else None,
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


def header_of(data: bytes) -> DraftHeader | None:
    """Return the header in the bytes of a draft's file; None when the draft cannot be read.

    Raises LockedTrouble while no key is held and a line of it is sealed.
    """
    records, _damaged = read_lines(data)
    try:
        return DraftHeader.from_record(next(iter(records), {}))
    except ValueError:
        return None


def recall_moment(stored: Any) -> Moment:
    """Return the moment an ISO text names; raises ValueError for anything else."""
    try:
        return recall(str(stored))
    except OverflowError:
        raise ValueError("no moment") from None
