"""What can still be read of a file that is no whole draft or entry any more: the words in it, by their questions."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from smartcli.journal import seal
from smartcli.journal.draft_header import FORMAT_KEY
from smartcli.journal.draft_lines import read_lines
from smartcli.journal.unsealing import plain_bytes

# A string or a plain value, as JSON writes them; a string may be cut off by the end of the text.
_TOKEN = re.compile(r'"((?:[^"\\\n]|\\.)*)(?:"\s*(:)?|$)|(-?\d[\d.eE+-]*|true|false)', re.MULTILINE)
_OF_OURS = {
    FORMAT_KEY, "format", "id", "entry", "exercise", "version", "point", "started", "saved", "when", "day", "state",
    "parents", "at", "check", "kind", "measure", "definition", "own", "quick", "edit", "later", "rest", "due", "title",
    "age", "after_seconds", "labels", "label", "whole_day", "low", "high",
}  # fmt: skip


class Salvaged(NamedTuple):
    """Some words and where they stood: the id or the words of a question, "" where that is not known."""

    question: str
    words: list[str]


def words_in(value: Any) -> list[str]:
    """Return the words and numbers in an answer of any shape, in order."""
    if isinstance(value, dict):
        return [words for part in value.values() for words in words_in(part)]
    if isinstance(value, list):
        return [words for part in value for words in words_in(part)]
    return [] if value is None or value == "" else [str(value)]


def salvage(data: bytes) -> list[Salvaged]:
    """Return the words in the bytes of a draft or an entry, whole or damaged, whatever version made it.

    Raises LockedTrouble while no key is held and something is sealed.
    """
    data = plain_bytes(data)
    if seal.is_sealed(data):  # with another key
        return []
    records, _damaged = read_lines(data)
    given = [one for one in records if "field" in one and ("answer" in one or "half" in one)]
    latest = {str(one["field"]): words_in(one.get("answer", one.get("half"))) for one in given}
    found = [Salvaged(name, words) for name, words in latest.items() if words]
    rest = [part for line in data.split(b"\n") for part in _unread(line) if not _is_header(part)]
    return [*found, *_scanned(b"\n".join(rest))]


def _unread(line: bytes) -> list[bytes]:
    """Return the parts of a line that hold no record; a torn line is one."""
    lines = read_lines(line)
    return lines.damaged if lines.records else [line]


def _is_header(line: bytes) -> bool:
    """Return whether a line is a damaged header of a draft: an exercise stands in it, not what was answered."""
    return bool(re.match(rb'\s*.?"(?:draft|exercise)":', line))


def _scanned(data: bytes) -> Iterator[Salvaged]:
    """Yield the words in damaged lines: strings and values that stand under a key which is none of ours."""
    text = data.decode("utf-8", "replace")
    key = question = ""
    words: list[str] = []
    for match in _TOKEN.finditer(text):
        string, is_key, plain = match.groups()
        if is_key:
            key = string
        elif plain is not None:
            words += [plain] if key in ("answer", "half", "value") else []
        elif key in ("field", "ask"):
            if words:
                yield Salvaged(question, words)
            question, words = _unescaped(string), []
        elif key not in _OF_OURS and string:
            words.append(_unescaped(string))
    if words:
        yield Salvaged(question, words)


def _unescaped(string: str) -> str:
    """Return the words in a JSON string; as they stand where something in them is damaged."""
    try:
        return str(json.loads(f'"{string}"', strict=False))
    except ValueError:
        return string
