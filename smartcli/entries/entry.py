"""An entry: a filled copy of an exercise, carrying its questions as they were asked."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from smartcli import moments
from smartcli.entries.summary import is_in_summary, summary_line
from smartcli.fields import Field, Table, as_asked
from smartcli.fields.base import as_words
from smartcli.fields.measures import part_of

FORMAT = 1
LIVE, DELETED = "live", "deleted"
_TELLING = ("fields", "when", "behaviour")  # the keys of an entry that say something, as far as versions go
_LONGEST = 10**9  # seconds after the start that an answer may have been given: 30 years, more is damage
ID = re.compile(r"[a-z2-7]{13}")


class DamagedEntryError(ValueError):
    """Data that is not an entry; carries the reason in a few words."""


class NewerEntryError(DamagedEntryError):
    """An entry of a format this version does not know."""


Stored = dict[str, list[Mapping[str, Any]]]  # by measure: questions as they are stored, each with its answer


class Answered(NamedTuple):
    """One question of an entry, as it was asked, and its answer."""

    field: Field
    answer: Any
    after_seconds: float | None = None


class Observed(NamedTuple):
    """One thing an entry says about a measure: the option's id (or the value), and the words."""

    value: Any
    words: str


@dataclass(eq=False, repr=False)
class Entry:
    """One entry as it is kept: `body` is the JSON object on disk, never changed in place.

    `is_counted` is false on a copy made to be shown where nothing of it is counted (`uncounted.py`).
    `others` are the other versions that stand beside it, newest first, where it was changed in two places;
    `has_unread` tells that a newer version cannot be read just now.
    """

    body: Mapping[str, Any]
    is_counted: bool = True
    others: "tuple[Entry, ...]" = ()
    has_unread: bool = False

    def __repr__(self) -> str:
        return f"<Entry {self.id[:4]}…>"

    @property
    def id(self) -> str:
        """13 random lower-case base32 characters."""
        return str(self.body["id"])

    @property
    def exercise(self) -> str:
        """The exercise's id."""
        return str(self.body["exercise"])

    @property
    def title(self) -> str:
        """The exercise's title when it was filled."""
        return str(self.body["title"])

    @property
    def point(self) -> str:
        """The point of the programme it serves."""
        return str(self.body["point"])

    @property
    def behaviour(self) -> str | None:
        """Which of the person's behaviours it is about, in their words."""
        return self.body.get("behaviour")

    @property
    def parents(self) -> list[str]:
        """The revisions this one was made from."""
        return list(self.body["parents"])

    @property
    def deleted(self) -> bool:
        """Whether this revision hides the entry."""
        return bool(self.body["state"] == DELETED)

    @property
    def quick(self) -> bool:
        """Whether only the quick version of its exercise was asked, and nothing was added since."""
        return bool(self.body.get("quick"))

    @property
    def sides(self) -> "tuple[Entry, ...]":
        """Every version that stands, this one first."""
        return (self, *self.others)

    def says_the_same(self, other: "Entry") -> bool:
        """Return whether another version of this entry says what this one says."""
        return all(self.body.get(name) == other.body.get(name) for name in _TELLING)

    @property
    def gist(self) -> str:
        """A check sum of what this version says: versions that say the same have the same."""
        return _sum_of({name: self.body.get(name) for name in _TELLING})

    def as_quick(self) -> "Entry":
        """Return this entry, not yet saved, as one of which only a part was asked."""
        return Entry({**self.body, "quick": True})

    @cached_property
    def when(self) -> moments.Moment:
        """The moment it is about. What was brought in at an offset of 0 has no zone: its file named none."""
        at = datetime.fromisoformat(self.body["when"])
        has_zone = "imported" not in self.body or bool(at.utcoffset())
        return moments.Moment(at, bool(self.body.get("whole_day")), has_zone)

    @property
    def clock_face(self) -> str:
        """The date and the time that the person's clock showed: "2026-11-22T00:02:00"."""
        return self.when.at.replace(tzinfo=None).isoformat(timespec="seconds")

    @property
    def place_in_order(self) -> str:
        """A text by which entries are sorted where they are shown: the day, and within it what the clock showed."""
        return f"{self.day} {self.clock_face}"

    @cached_property
    def day(self) -> date:
        """The person's local day, fixed when it was written."""
        return date.fromisoformat(self.body["day"])

    @cached_property
    def revision(self) -> str:
        """The first 16 hex digits of the SHA-256 of the canonical body."""
        return _sum_of(self.body)

    @cached_property
    def fields(self) -> list[Answered]:
        """The questions and answers, in order; one whose answer its kind cannot read becomes words."""
        return [_answered(stored) for stored in self.body["fields"]]

    @property
    def answers(self) -> dict[str, Any]:
        """The answers by field id."""
        return {stored["id"]: stored.get("answer") for stored in self.body["fields"]}

    @cached_property
    def measures(self) -> frozenset[str]:
        """The measures of its fields and columns, told without reading the answers."""
        measures = set()
        for stored in self.body["fields"]:
            measures.add(stored.get("measure"))
            if "columns" in stored:
                measures.update([column.get("measure") for column in stored["columns"] or ()])
        return frozenset(filter(None, measures))

    @property
    def tells_of_lapse(self) -> bool:
        """Whether it says that there was a lapse: one of these questions may be answered "no"."""
        return "lapse" in self.measures and self.first("lapse") is not False

    def with_measures(self, meaning: Callable[[str, str, str], str]) -> "Entry":
        """Return this entry with each measure replaced by `meaning(exercise, field id, measure)`."""

        def meant(stored: dict[str, Any]) -> dict[str, Any]:
            changed = dict(stored)
            if isinstance(stored.get("measure"), str):
                changed["measure"] = meaning(self.exercise, stored["id"], stored["measure"])
            if isinstance(stored.get("columns"), list):
                changed["columns"] = [meant(column) for column in stored["columns"]]
            return changed

        fields = [meant(stored) for stored in self.body["fields"]]
        return self if fields == self.body["fields"] else Entry({**self.body, "fields": fields})

    def stored(self) -> tuple[Stored, list[Stored]]:
        """Return the answers by measure, as they are stored: the entry's own, and those of each row of a table.

        The quick way to many entries: no field is built and no answer checked; whoever takes one looks at it first.
        """
        whole: Stored = {}
        rows: list[Stored] = []
        for stored in self.body["fields"]:
            measure = stored.get("measure")
            if isinstance(measure, str) and "answer" in stored:
                whole.setdefault(measure, []).append(stored)
            if "columns" in stored:
                rows += _stored_rows(stored)
        return whole, rows

    def first(self, measure: str) -> Any:
        """Return the first answer with a measure or a part of it, as it is stored, outside tables; None without one."""
        fields = self.body["fields"]
        answers = (stored.get("answer") for stored in fields if part_of(measure, stored.get("measure", "")))
        return next(answers, None)

    def last(self, measure: str) -> Any:
        """Return the last answer with this measure, rows of tables included: the rating after the last round."""
        whole, rows = self.stored()
        answers = [stored.get("answer") for level in (whole, *rows) for stored in level.get(measure, ())]
        return answers[-1] if answers else None

    def observations_of(self, measure: str) -> list[Observed]:
        """Return the things that its answers and the cells of its tables name, in their order.

        Under a measure or a part of it, as everywhere.
        """
        observed: list[Observed] = []
        for stored in self.body["fields"]:
            if part_of(measure, stored.get("measure", "")):
                field, answer, _ = _answered(stored)
                observed += _observed(field, answer)
            elif any(part_of(measure, column.get("measure", "")) for column in stored.get("columns") or ()):
                field, answer, _ = _answered(stored)
                if isinstance(field, Table):  # one that cannot be read has become words
                    for row in answer:
                        for kept, things in _row_observed(field, row).items():
                            observed += things if part_of(measure, kept) else ()
        return observed

    def observations(self) -> list[dict[str, list[Observed]]]:
        """Return what the entry says, by measure: one dict for its own fields, then one for each row of its tables.

        A row's dict holds the entry's own measures too, below those of the row.
        """
        whole: dict[str, list[Observed]] = {}
        rows: list[dict[str, list[Observed]]] = []
        for field, answer, _ in self.fields:
            if field.measure:
                whole.setdefault(field.measure, []).extend(_observed(field, answer))
            if isinstance(field, Table):
                rows += [_row_observed(field, row) for row in answer]
        return [whole, *[{**whole, **row} for row in rows if row]]

    def summary(self, *, own_words: bool = True) -> str:
        """Return one line from the fields marked as headline: "urge strength 7 before, 4 after 6 minutes, walking".

        Without `own_words` it holds only numbers and words of ours: a shell keeps what it has shown.
        """
        stored = (stored for stored in self.body["fields"] if is_in_summary(stored))
        return summary_line([_answered(question) for question in stored], self.last, own_words=own_words)


def differing(versions: Iterable[Entry]) -> list[Entry]:
    """Return the versions of an entry, without those that say what one before says."""
    found: list[Entry] = []
    for version in versions:
        if not any(map(version.says_the_same, found)):
            found.append(version)
    return found


def side_by_side(versions: Iterable[Entry]) -> Entry:
    """Return the first version of an entry, beside it those of the others that say something else."""
    first, *others = differing(versions)
    return replace(first, others=tuple(others)) if others else first


def _sum_of(body: Mapping[str, Any]) -> str:
    """Return the first 16 hex digits of the SHA-256 of a body."""
    import hashlib  # most commands need none, and it costs 3 ms

    return hashlib.sha256(canonical(body)).hexdigest()[:16]


def canonical(body: Mapping[str, Any]) -> bytes:
    """Return the body as the bytes its revision is computed from; raises ValueError for NaN and infinity."""
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return text.encode("ascii")


class Mentions:
    """A quick test whether an entry has a key with one of some values, in its bytes or in what is known of it."""

    def __init__(self, key: str, *values: str) -> None:
        """`key` is one of the stored keys, such as "measure"; `values` are the ones looked for."""
        self._key = key
        wanted = "|".join(map(re.escape, values))
        self._in_bytes = re.compile(f'"{key}"\\s*:\\s*"(?:{wanted})"'.encode())
        self._values = frozenset(values)

    def __call__(self, data: bytes) -> bool:
        """Return whether the bytes of an entry, in any layout, may have it: true of all that do."""
        return bool(self._in_bytes.search(data))

    def is_possible(self, exercise: str, measures: Iterable[str]) -> bool:
        """Return whether an entry of this exercise, with these measures, may have it."""
        if self._key == "exercise":
            return exercise in self._values
        if self._key == "measure":
            return not self._values.isdisjoint(measures)
        return True


def _answered(stored: dict[str, Any]) -> Answered:
    """Return a stored question with its answer; as words where its kind cannot read the answer."""
    answer, after = stored.get("answer"), stored.get("after_seconds")
    try:
        field = as_asked(stored)
        is_readable = field.check(answer) is None
    except (TypeError, KeyError, AttributeError, ValueError, OverflowError):
        is_readable = False
    if not is_readable:
        words_only = {"id": stored["id"], "kind": "text", "ask": str(stored.get("ask", ""))}
        return Answered(as_asked(words_only), as_words(answer))
    if after is None:
        return Answered(field, answer)
    is_time = isinstance(after, int | float) and 0 <= after < _LONGEST
    return Answered(field, answer, after if is_time else None)


def _stored_rows(table: Mapping[str, Any]) -> Iterator[Stored]:
    """Yield the rows of a stored table by measure, each cell as a question of its own; none without a measure."""
    columns, answer = table.get("columns"), table.get("answer")
    if not isinstance(columns, list) or not isinstance(answer, list):
        return
    measured = [column for column in columns if isinstance(column, dict) and isinstance(column.get("measure"), str)]
    for row in answer:
        if not isinstance(row, dict):
            continue
        cells: Stored = {}
        for column in measured:
            if column.get("id") in row:
                cells.setdefault(column["measure"], []).append({**column, "answer": row[column["id"]]})
        if cells:
            yield cells


def _observed(field: Field, answer: Any) -> list[Observed]:
    return [Observed(*quote) for quote in field.quotes(answer)]


def _row_observed(table: Table, row: Mapping[str, Any]) -> dict[str, list[Observed]]:
    """Return the things that one row of a table names, by measure."""
    return {
        column.measure: _observed(column, row[column.id])
        for column in table.columns
        if column.measure and column.id in row
    }
