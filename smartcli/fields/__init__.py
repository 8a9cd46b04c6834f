"""The kinds of field: one kind, one small file, and here its import and its place in `_KINDS`."""

from typing import Any

from smartcli.asking import Option
from smartcli.fields.base import KINDS, Field, register
from smartcli.fields.choice import Choice
from smartcli.fields.choices import Choices
from smartcli.fields.line import Line
from smartcli.fields.lines import Lines
from smartcli.fields.moment import Moment
from smartcli.fields.note import Note
from smartcli.fields.number import Number
from smartcli.fields.options import Options
from smartcli.fields.practice import Practice
from smartcli.fields.rank import Rank
from smartcli.fields.scale import Scale
from smartcli.fields.table import Table
from smartcli.fields.text import Text
from smartcli.fields.yes_no import YesNo
from smartcli.schema.keys import stored_keys

# in the order of the guide
_KINDS = (Note, Text, Line, Lines, Number, Scale, Choice, Choices, Rank, Table, YesNo, Moment, Practice)

for _kind in _KINDS:
    register(_kind)


def as_asked(stored: dict[str, Any]) -> Field:
    """Return the field that a stored question was, to show its answer; an unknown kind becomes a text.

    Keys of a newer version are passed over here; the entry itself keeps them. The field is optional and takes
    own words: what was once a right answer stays one.
    """
    cls = KINDS.get(str(stored.get("kind")), Text)
    known = stored_keys(cls)
    values = {attribute: stored[name] for name, attribute in known.items() if stored.get(name) is not None}
    values["id"] = str(stored.get("id", ""))
    values["optional"] = True
    if issubclass(cls, Options):
        labels = stored.get("labels") or {}
        chosen = _as_list(stored.get("answer")) or labels  # a column has no answer: its cells do
        values["options"] = tuple(Option(id_, labels.get(id_, id_)) for id_ in chosen)
        values["own"] = True
    elif issubclass(cls, Lines):
        marks = stored.get("marks") or []
        values["marks"] = tuple(Option(mark["id"], mark["say"]) for mark in marks)
    elif issubclass(cls, Table):
        columns = stored.get("columns", [])
        values["columns"] = tuple(as_asked(column) for column in columns)
    return cls(**values)


def _as_list(answer: Any) -> list[Any]:
    if answer is None:
        return []
    return answer if isinstance(answer, list) else [answer]


__all__ = [
    "KINDS", "Choice", "Choices", "Field", "Line", "Lines", "Moment", "Note",
    "Option", "Options", "Practice", "Rank", "Scale", "Table", "Text", "as_asked",
]  # fmt: skip
