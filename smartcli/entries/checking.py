"""Whether JSON data is an entry: checked whenever a file is read, which anybody may have written."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from smartcli.entries.entry import DELETED, FORMAT, ID, LIVE, DamagedEntryError, Entry, NewerEntryError
from smartcli.language import _

_TEXTS = ("exercise", "title", "point", "when", "day", "saved", "started")  # what every entry says of itself
_HEADLINE = (str, bool)


def as_entry(body: Any) -> Entry:
    """Return the entry a JSON value holds; raises DamagedEntryError or NewerEntryError."""
    if not isinstance(body, dict) or not isinstance(body.get("format"), int):
        raise DamagedEntryError(_("not an entry"))
    if body["format"] > FORMAT:
        raise NewerEntryError(_("made by a newer version"))
    problem = _problem(body)
    if problem:
        raise DamagedEntryError(problem)
    entry = Entry(body)
    if not _has_time(entry):
        raise DamagedEntryError(_("no time"))
    return entry


def _problem(body: dict[str, Any]) -> str:
    """Return what is wrong with the keys of an entry, in a few words; "" when nothing is."""
    if not _are_texts(map(body.get, _TEXTS)):
        return _("incomplete")
    if not isinstance(body.get("id"), str) or not ID.fullmatch(body["id"]):
        return _("no id")
    if not isinstance(body.get("behaviour") or "", str):
        return _("incomplete")
    parents, fields = body.get("parents"), body.get("fields")
    if not isinstance(parents, list) or not _are_texts(parents):
        return _("no history")
    if not isinstance(fields, list) or not all(map(_is_question, fields)):
        return _("no answers")
    return "" if body.get("state") in (LIVE, DELETED) else _("no state")


def _has_time(entry: Entry) -> bool:
    """Return whether its times can be read, and the moment it is about can be placed on the world's clock."""
    try:
        datetime.fromisoformat(entry.body["saved"])
        at = entry.when.at
        at.astimezone(UTC)  # a year so early or late that no zone can be taken from it overflows
        return at.tzinfo is not None and bool(entry.day)
    except (ValueError, OverflowError):
        return False


def _is_question(stored: Any) -> bool:
    """Return whether a value is a question as entries keep them; its answer may be anything.

    Written out, since every question of every entry comes by here.
    """
    if not isinstance(stored, dict):
        return False
    value = stored.get
    labels, columns = value("labels"), value("columns")
    return (
        isinstance(value("id"), str)
        and isinstance(value("kind", ""), str)
        and isinstance(value("ask", ""), str)
        and isinstance(value("label", ""), str)
        and isinstance(value("measure", ""), str)
        and isinstance(value("headline", ""), _HEADLINE)
        and (not labels or (isinstance(labels, dict) and _are_texts(labels.values())))
        and (not columns or (isinstance(columns, list) and all(map(_is_question, columns))))
    )


def _are_texts(values: Iterable[Any]) -> bool:
    """Return whether all of some JSON values are texts."""
    return {*map(type, values)} <= {str}
