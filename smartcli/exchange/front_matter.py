"""The block of names and values at the head of a note (YAML between two lines of "---"), read as far as notes use it.

Read are `name: value`, values in quotes, lists in brackets or with a dash a line. What is nested deeper is counted and
left: no parser of whole YAML is needed for a date, a title and tags.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

_FENCE = "---"
_MOST_LINES = 300
_LONGEST = 1000  # characters of a line
_PAIR = re.compile(r"([\w][\w .-]{0,60}?):(?:\s+(.*))?")
_ITEM = re.compile(r"\s*-\s+(.*)")


@dataclass
class FrontMatter:
    """Values by name, in lower case; several under one name are parted by ", ". `unread` counts lines left."""

    values: dict[str, str] = field(default_factory=dict)
    unread: int = 0


def take_front_matter(lines: Iterable[str]) -> tuple[FrontMatter | None, Iterator[str], int]:
    """Return what a text's first lines say about it, the lines below, and how many lines it took.

    Where it has no such block, None, all its lines, and 0.
    """
    rest = iter(lines)
    taken: list[str] = []
    for line in rest:
        taken.append(line)
        if len(taken) == 1 and line.rstrip("\ufeff ") != _FENCE:
            break
        if len(taken) > 1 and line.rstrip() in (_FENCE, "..."):
            found = _read(taken[1:-1])
            if found.values:  # else there are words between two rules
                return found, rest, len(taken)
            break
        if len(taken) > _MOST_LINES or len(line) > _LONGEST:
            break
    return None, chain(taken, rest), 0


def _read(lines: list[str]) -> FrontMatter:
    found = FrontMatter()
    name = ""
    for line in lines:
        pair, item = _PAIR.fullmatch(line.rstrip()), _ITEM.fullmatch(line.rstrip())
        if pair:
            name = pair[1].strip().lower()
            found.values[name] = _plain(pair[2] or "")
        elif item and name:
            found.values[name] = ", ".join(part for part in (found.values[name], _plain(item[1])) if part)
        elif line.strip() and not line.lstrip().startswith("#"):
            found.unread += 1
    return found


def _plain(value: str) -> str:
    """Return a value without its quotes or brackets."""
    value = value.strip()
    if value.startswith("[") and value.endswith("]") and not value.startswith("[["):  # that is a link
        return ", ".join(part for part in map(_plain, value[1:-1].split(",")) if part)
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return "" if value in ("null", "~", "|", ">") else value
