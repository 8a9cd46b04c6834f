"""Whether JSON data is an entry: checked whenever a file is read, which anybody may have written."""

from datetime import UTC, datetime
from typing import Any

from smartcli.entries.entry import DELETED, FORMAT, ID, LIVE, DamagedEntryError, Entry, NewerEntryError
from smartcli.language import _

_TEXTS = ("exercise", "title", "point", "when", "day", "saved", "started")  # what every entry says of itself
_QUESTION: dict[str, type | tuple[type, ...]] = {  # what a stored question says of itself, if it says it
    "kind": str,
    "ask": str,
    "label": str,
    "measure": str,
    "headline": (str, bool),
}


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
    texts = [body.get(name) for name in _TEXTS]
    if not all(isinstance(text, str) for text in texts):
        return _("incomplete")
    if not isinstance(body.get("id"), str) or not ID.fullmatch(body["id"]):
        return _("no id")
    if not isinstance(body.get("behaviour") or "", str):
        return _("incomplete")
    parents, fields = body.get("parents"), body.get("fields")
    if not isinstance(parents, list) or not all(isinstance(parent, str) for parent in parents):
        return _("no history")
    if not isinstance(fields, list) or not all(map(_is_question, fields)):
        return _("no answers")
    return "" if body.get("state") in (LIVE, DELETED) else _("no state")


def _has_time(entry: Entry) -> bool:
    """Return whether its times can be read, and the moment it is about can be placed on the world's clock."""
    try:
        datetime.fromisoformat(entry.body["saved"])
        entry.when.at.astimezone(UTC)  # a year so early or late that no zone can be taken from it overflows
        return entry.when.at.tzinfo is not None and bool(entry.day)
    except (ValueError, OverflowError):
        return False


def _is_question(stored: Any) -> bool:
    """Return whether a value is a question as entries keep them; its answer may be anything."""
    if not isinstance(stored, dict) or not isinstance(stored.get("id"), str):
        return False
    for name, types in _QUESTION.items():  # a loop, since every question of every entry comes by here
        if name in stored and not isinstance(stored[name], types):
            return False
    labels, columns = stored.get("labels"), stored.get("columns")
    if labels and not (isinstance(labels, dict) and all(isinstance(say, str) for say in labels.values())):
        return False
    return not columns or (isinstance(columns, list) and all(map(_is_question, columns)))
