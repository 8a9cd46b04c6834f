"""An entry as it may be shown where nothing is to be counted: what the person wrote, without any number."""

from collections.abc import Callable
from typing import Any

from smartcli.entries.entry import Entry
from smartcli.fields import KINDS

_KEPT = ("moment",)  # when something was is no count
_AMOUNTS = frozenset({"amount", "amount.price", "limit.day", "limit.week", "limit.free-days"})
# Measures that say nothing of the act. A calendar must know which steps are done.
_KEPT_MEASURES = ("mood", "sleep", "goal.done")


def _is_count(stored: dict[str, Any]) -> bool:
    """Return whether a stored question's answer is a number, a yes or no, or a timed practice: no words at all."""
    kind = KINDS.get(str(stored.get("kind")))
    if kind is None or not kind.wordless:
        return False
    return stored["kind"] not in _KEPT and stored.get("measure") not in _KEPT_MEASURES


def without_counts(entry: Entry) -> Entry:
    """Return a copy of an entry without its numbers, ratings, yes and no: only its words, options and days.

    Cells of tables are left out likewise. What stands on the disk is not touched.
    """
    fields = []
    for stored in entry.body["fields"]:
        if _is_count(stored):
            continue
        columns = stored.get("columns")
        if isinstance(columns, list):
            stored = _without_columns(stored, [column for column in columns if _is_count(column)])
        fields.append(stored)
    shown = Entry({**entry.body, "fields": fields}, is_counted=False)
    shown.__dict__["revision"] = entry.revision  # it names the file, whatever is shown of it
    return shown


def without_amounts(entry: Entry, is_hidden: Callable[[str], bool]) -> Entry:
    """Return an entry as it may be shown: without amounts and limits of a behaviour that `is_hidden` is true of.

    `is_hidden` is asked about the behaviour of the entry, and about the one that a row of a table names. An entry
    that has none of these is returned as it is. What stands on the disk is not touched.
    """
    if not entry.measures & _AMOUNTS:
        return entry
    about_hidden = is_hidden(entry.behaviour or "")
    fields = []
    for stored in entry.body["fields"]:
        if about_hidden and stored.get("measure") in _AMOUNTS:
            continue
        shown_field = _without_hidden_amounts(stored, is_hidden, about_hidden=about_hidden)
        if shown_field is stored or shown_field["answer"]:
            fields.append(shown_field)
    if fields == entry.body["fields"]:
        return entry
    shown = Entry({**entry.body, "fields": fields})
    shown.__dict__["revision"] = entry.revision  # it names the file, whatever is shown of it
    return shown


def _without_hidden_amounts(
    table: dict[str, Any], is_hidden: Callable[[str], bool], *, about_hidden: bool
) -> dict[str, Any]:
    """Return a stored question as it is; of a table, without the amounts that are hidden.

    Where a row names the behaviour, it is left out by that; else amounts are those of the entry's.
    """
    columns, rows = table.get("columns"), table.get("answer")
    if not isinstance(columns, list) or not isinstance(rows, list):
        return table
    naming = [column["id"] for column in columns if column.get("measure") == "amount.of"]
    if not naming:
        amounts = [column for column in columns if column.get("measure") in _AMOUNTS]
        return _without_columns(table, amounts) if about_hidden and amounts else table
    kept = [row for row in rows if not (isinstance(row, dict) and is_hidden(str(row.get(naming[0], ""))))]
    return table if kept == rows else {**table, "answer": kept}


def _without_columns(table: dict[str, Any], columns: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a stored table without some of its columns."""
    names = {column["id"] for column in columns}
    rows = table.get("answer")
    if not names or not isinstance(rows, list):
        return table
    return {
        **table,
        "columns": [column for column in table["columns"] if column["id"] not in names],
        "answer": [
            {name: cell for name, cell in row.items() if name not in names} if isinstance(row, dict) else row
            for row in rows
        ],
    }
