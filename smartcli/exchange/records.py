"""The records of a table or of JSON, alike: names, and a cell of text under each."""

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from smartcli.exchange.imported import refused
from smartcli.exchange.json_entries import JsonEntries
from smartcli.exchange.opening import Opened
from smartcli.language import _

_MOST = 1000  # different keys in all objects
_LOOKED_AT = 200_000  # objects in which keys are looked for: as many as an import takes
_DEEPEST = 3  # objects in each other whose keys become columns


class JsonRecords:
    """The objects of a list in JSON as rows; the keys of all of them are the columns, in the order they first come."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        names: dict[str, None] = {}
        for value in islice(self._objects(), _LOOKED_AT):
            names.update(dict.fromkeys(_cells(value)))
            if len(names) > _MOST:
                raise refused(_("The entries have more than {most} different keys.", most=_MOST))
        self.columns = [*names]

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the number of each object, and a cell for every column."""
        for number, value in enumerate(self._objects(), 1):
            cells = _cells(value)
            yield number, [cells.get(name, "") for name in self.columns]

    def _objects(self) -> Iterator[Mapping[str, Any]]:
        for value in JsonEntries(self._opened.pieces()):
            inside = _only_list(value)
            yield from (one for one in (inside or [value]) if isinstance(one, dict))


def _only_list(value: Any) -> list[Any]:
    """Return the list of objects that an object holds, if it holds just one, as in {"notes": [...]}."""
    lists = [one for one in value.values() if isinstance(one, list)] if isinstance(value, dict) else []
    lists = [one for one in lists if one and all(isinstance(part, dict) for part in one)]
    return lists[0] if len(lists) == 1 else []


def _cells(value: Mapping[str, Any], before: str = "", depth: int = 1) -> dict[str, str]:
    """Return the values of an object as text by key; a list one thing a line, an object inside by "outer.inner"."""
    cells = {}
    for name, one in value.items():
        if isinstance(one, dict) and depth < _DEEPEST:
            cells.update(_cells(one, f"{before}{name}.", depth + 1))
        else:
            cells[before + name] = _cell(one)
    return cells


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str():
            return value
        case list() if all(isinstance(one, str | int | float) for one in value):
            return "\n".join(map(_cell, value))
    return json.dumps(value, ensure_ascii=False)
