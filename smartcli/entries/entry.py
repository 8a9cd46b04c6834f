"""An entry: a filled copy of an exercise, carrying its questions as they were asked."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from smartcli import moments
from smartcli.fields import Choice, Choices, Field, Table, as_asked
from smartcli.words import joined, shortened

FORMAT = 1
LIVE, DELETED = "live", "deleted"
WORDLESS = ("scale", "number", "yes_no", "moment", "practice")  # kinds whose answers hold nobody's words
_TEXTS = ("exercise", "title", "point", "when", "day", "saved", "started")  # what every entry says of itself
_QUESTION = ("kind", "ask", "label", "measure", "headline")  # what a stored question says in words, if it says it
_LONGEST = 10**9  # seconds after the start that an answer may have been given
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
    """One entry as it is kept: `body` is the JSON object on disk, never changed in place."""

    body: Mapping[str, Any]

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

    @cached_property
    def when(self) -> moments.Moment:
        """The moment it is about."""
        return moments.Moment(datetime.fromisoformat(self.body["when"]), bool(self.body.get("whole_day")))

    @cached_property
    def day(self) -> date:
        """The person's local day, fixed when it was written."""
        return date.fromisoformat(self.body["day"])

    @cached_property
    def revision(self) -> str:
        """The first 16 hex digits of the SHA-256 of the canonical body."""
        import hashlib  # most commands need none, and it costs 3 ms

        return hashlib.sha256(canonical(self.body)).hexdigest()[:16]

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
        stored = [*self.body["fields"]]
        stored += [column for one in stored for column in one.get("columns") or ()]
        return frozenset(one["measure"] for one in stored if one.get("measure"))

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
        for one in self.body["fields"]:
            if "measure" in one and isinstance(one["measure"], str) and "answer" in one:
                whole.setdefault(one["measure"], []).append(one)
            if "columns" in one:
                rows += _stored_rows(one)
        return whole, rows

    def first(self, measure: str) -> Any:
        """Return the first answer with this measure, as it is stored, outside tables; None when there is none."""
        return next((one.get("answer") for one in self.body["fields"] if one.get("measure") == measure), None)

    def having(self, measure: str) -> list[Observed]:
        """Return what its fields and the columns of its tables say about a measure."""
        found: list[Observed] = []
        for stored in self.body["fields"]:
            if stored.get("measure") == measure:
                one = _answered(stored)
                found += [Observed(*quote) for quote in one.field.quotes(one.answer)]
            elif any(column.get("measure") == measure for column in stored.get("columns") or ()):
                one = _answered(stored)
                rows = one.answer if isinstance(one.field, Table) else []
                found += [seen for row in rows for seen in _row_observed(one.field, row).get(measure, [])]  # type: ignore[arg-type]
        return found

    def observations(self) -> list[dict[str, list[Observed]]]:
        """Return what it says by measure: one dict for the entry itself, and one for each row of a table.

        A row's dict holds the entry's own measures too, below those of the row.
        """
        whole: dict[str, list[Observed]] = {}
        rows: list[dict[str, list[Observed]]] = []
        for field, answer, _ in self.fields:
            if field.measure:
                whole.setdefault(field.measure, []).extend(Observed(*quote) for quote in field.quotes(answer))
            if isinstance(field, Table):
                rows += [_row_observed(field, row) for row in answer]
        return [whole, *[{**whole, **row} for row in rows if row]]

    def summary(self, *, own_words: bool = True) -> str:
        """Return one line from the fields marked as headline: "7 → 4 in 6 minutes, walking".

        Without `own_words` it holds only numbers and words of ours: a shell keeps what it has shown.
        """
        told = [
            _answered(stored)
            for stored in self.body["fields"]
            if stored.get("headline") or str(stored.get("measure")).endswith((".before", ".after"))
        ]
        parts = [_headline(one, told) for one in told if one.field.headline and (own_words or _is_ours(one))]
        return ", ".join(part for part in parts if part)


def canonical(body: Mapping[str, Any]) -> bytes:
    """Return the body as the bytes its revision is computed from; raises ValueError for NaN and infinity."""
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return text.encode("ascii")


def mentions(key: str, value: str, *, and_parts: bool = False) -> Callable[[bytes], object]:
    """Return a quick test for the bytes of an entry: whether some key in them has this value, in any layout.

    `and_parts`: or a value that goes on after a dot, as the parts of a measure do.
    """
    rest = r"(?:\.[a-z-]+)?" if and_parts else ""
    return re.compile(f'"{key}"\\s*:\\s*"{re.escape(value)}{rest}"'.encode()).search


def as_entry(body: Any) -> Entry:
    """Return the entry a JSON value holds; raises DamagedEntryError or NewerEntryError."""
    if not isinstance(body, dict) or not isinstance(body.get("format"), int):
        raise DamagedEntryError("not an entry")
    if body["format"] > FORMAT:
        raise NewerEntryError("made by a newer version")
    for name in _TEXTS:
        if not isinstance(body.get(name), str):
            raise DamagedEntryError("incomplete")
    if not isinstance(body.get("id"), str) or not ID.fullmatch(body["id"]):
        raise DamagedEntryError("no id")
    if not isinstance(body.get("behaviour") or "", str):
        raise DamagedEntryError("incomplete")
    parents, fields = body.get("parents"), body.get("fields")
    if not isinstance(parents, list) or not all(isinstance(one, str) for one in parents):
        raise DamagedEntryError("no history")
    if not isinstance(fields, list) or not all(map(_is_field, fields)):
        raise DamagedEntryError("no answers")
    if body.get("state") not in (LIVE, DELETED):
        raise DamagedEntryError("no state")
    entry = Entry(body)
    try:
        datetime.fromisoformat(body["saved"])
        entry.when.at.astimezone(UTC)
        if entry.when.at.tzinfo is None or not entry.day:
            raise DamagedEntryError("no time")
    except (ValueError, OverflowError):
        raise DamagedEntryError("no time") from None
    return entry


def _is_field(stored: Any) -> bool:
    """Return whether a value is a question as entries keep them; its answer may be anything."""
    if not isinstance(stored, dict) or not isinstance(stored.get("id"), str):
        return False
    for name in _QUESTION:
        if (
            name in stored
            and not isinstance(stored[name], str)
            and not (name == "headline" and isinstance(stored[name], bool))
        ):
            return False
    labels, columns = stored.get("labels"), stored.get("columns")
    if labels and not (isinstance(labels, dict) and all(isinstance(say, str) for say in labels.values())):
        return False
    return not columns or (isinstance(columns, list) and all(map(_is_field, columns)))


def _answered(stored: dict[str, Any]) -> Answered:
    answer, after = stored.get("answer"), stored.get("after_seconds")
    try:
        field = as_asked(stored)
        readable = field.check(answer) is None
    except (TypeError, KeyError, AttributeError, ValueError, OverflowError):
        readable = False
    if not readable:
        words = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
        return Answered(as_asked({"id": stored["id"], "kind": "text", "ask": str(stored.get("ask", ""))}), words)
    return Answered(field, answer, after if isinstance(after, int | float) and 0 <= after < _LONGEST else None)


def _stored_rows(table: Mapping[str, Any]) -> Iterator[Stored]:
    """Yield the rows of a stored table, each cell as a question of its own."""
    columns, answer = table.get("columns"), table.get("answer")
    if not isinstance(columns, list) or not isinstance(answer, list):
        return
    measured = [one for one in columns if isinstance(one, dict) and isinstance(one.get("measure"), str)]
    for row in answer:
        if isinstance(row, dict):
            found: Stored = {}
            for column in measured:
                if column.get("id") in row:
                    found.setdefault(column["measure"], []).append({**column, "answer": row[column["id"]]})
            if found:
                yield found


def _row_observed(table: Table, row: Mapping[str, Any]) -> dict[str, list[Observed]]:
    return {
        column.measure: [Observed(*quote) for quote in column.quotes(row[column.id])]
        for column in table.columns
        if column.measure and column.id in row
    }


def _is_ours(one: Answered) -> bool:
    """Return whether an answer holds no word of the person's own: a number, or an option of ours."""
    if isinstance(one.field, Choice):
        return bool(one.field.say(str(one.answer)) != one.answer)
    return one.field.kind in WORDLESS


def _headline(one: Answered, fields: Sequence[Answered]) -> str:
    """Return one field's part of the summary; what was rated before and after stands together."""
    field, answer, began = one
    if field.measure.endswith(".after") and _pair(field, "before", fields):
        return ""
    if field.kind == "yes_no" and isinstance(field.headline, str):
        return field.headline if answer else f"no {field.headline}"
    text = field.brief(answer)
    if isinstance(field, Choice | Choices):
        chosen = answer if isinstance(answer, list) else [answer]
        text = shortened(joined(_inside_a_sentence(field, one) for one in chosen), 60)
    if isinstance(field.headline, str):
        text = f"{field.headline} {text}"
    after = _pair(field, "after", fields) if field.measure.endswith(".before") else None
    if not after:
        return text
    text += f" → {after.field.brief(after.answer)}"
    if began is not None and after.after_seconds is not None and after.after_seconds - began >= 60:
        text += f" in {moments.lasted(after.after_seconds - began)}"
    return text


def _inside_a_sentence(field: Choice | Choices, chosen: str) -> str:
    """Return an option as it stands inside a sentence: "A walk" is "a walk", but "I" and the person's own stay."""
    text = field.say(chosen)
    return text if text == chosen or re.match(r"I\b", text) else text[:1].lower() + text[1:]


def _pair(field: Field, side: str, fields: Sequence[Answered]) -> Answered | None:
    measure = f"{field.measure.rpartition('.')[0]}.{side}"
    return next((one for one in fields if one.field.measure == measure), None)
