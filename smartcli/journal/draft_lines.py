"""The lines of a draft's file: a record of JSON each, with a check sum; once the journal is locked, sealed.

A sealed line is `{"age":"<base64 of an age file>","check":"..."}`, and in the age file is the line as it would be
without the lock, with spaces behind it: its length tells little of what was answered. `base64 -d | age -d` opens one.
Lines of both kinds may stand in one file: an exercise may be begun before the journal is locked, and finished after.
"""

import contextlib
import json
import re
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

_CHECK = "check"  # the last key of every line: the check sum of the record without it
_AGE = "age"  # the only other key of a sealed line
_BEGINS_SEALED = b'{"age":"'
_END_OF_RECORD = re.compile(rb'(?<=,"check":"[0-9a-f]{8}"\})')  # no words hold this: their quotes are escaped
_ENDS_AS_RECORD = re.compile(rb"\}\s*$")
_BLOCK = 256  # bytes: what is sealed is as long as some of these


class Lines(NamedTuple):
    """What the bytes of a draft hold: its records, and the lines, or parts of them, that are none."""

    records: list[dict[str, Any]]
    damaged: list[bytes]


def line_of(record: Mapping[str, Any], to: str = "") -> bytes:
    """Return a record as a line, sealed to a public key (`age1...`) if one is given.

    Raises MissingLibraryTrouble where nothing here can seal it.
    """
    line = _as_json({**record, _CHECK: _sum(record)}).encode("ascii") + b"\n"
    return _sealed(line, to) if to else line


def sealed_lines(data: bytes, to: str) -> bytes:
    """Return the bytes of a draft with every line sealed, whole or damaged; what is sealed already stays as it is.

    Raises MissingLibraryTrouble.
    """
    return b"".join(piece + b"\n" if sealed else _sealed(piece, to) for piece, sealed in _pieces(data))


def opened_lines(data: bytes) -> bytes:
    """Return the bytes of a draft with every sealed line opened; one that the keys held do not open stays as it is.

    Raises LockedTrouble while no key is held and a line is sealed.
    """
    if _BEGINS_SEALED not in data:
        return data
    return b"".join(((_opened(sealed) or piece) if sealed else piece) + b"\n" for piece, sealed in _pieces(data))


def has_sealed_lines(data: bytes) -> bool:
    """Return whether a line in the bytes of a draft is sealed."""
    return any(sealed for _piece, sealed in _pieces(data))


def has_plain_lines(data: bytes) -> bool:
    """Return whether a line in the bytes of a draft is not sealed."""
    return not all(sealed for _piece, sealed in _pieces(data))


def read_lines(data: bytes) -> Lines:
    """Read every record of a draft. Where the end of a line was lost, each record in it is found by its own end.

    A line that was torn by a crash, as the last one may be, is not among the damaged: it was never said to be kept.
    Raises LockedTrouble as `opened_lines` does.
    """
    lines = Lines([], [])
    for line in opened_lines(data).split(b"\n"):
        record = _record(line)
        for part in [line] if record else _END_OF_RECORD.split(line):
            record = _record(part[max(part.find(b"{"), 0) :])
            if record and _AGE not in record:
                lines.records.append(record)
            elif part.strip() and not _is_torn(part):
                lines.damaged.append(part)
    return lines


def _pieces(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield each line without its end, and the age file in it, b"" where it is not sealed.

    Where the end of a line was lost, a sealed line in it is found by its own beginning and end.
    """
    for line in data.split(b"\n"):
        for part in _END_OF_RECORD.split(line) if _BEGINS_SEALED in line else [line]:
            start = max(part.rfind(_BEGINS_SEALED), 0)
            sealed = _age_file(part[start:]) if part.startswith(_BEGINS_SEALED, start) else b""
            if sealed and start:
                yield part[:start], b""
            if part:
                yield part[start:] if sealed else part, sealed


def _sealed(line: bytes, to: str) -> bytes:
    from smartcli.lock.keyring import seal_for

    line = line.rstrip(b"\n")
    spaces = b" " * (-(len(line) + 1) % _BLOCK)
    return line_of({_AGE: b2a_base64(seal_for(line + spaces + b"\n", to), newline=False).decode("ascii")})


def _opened(sealed: bytes) -> bytes:
    """Return the line in an age file, b"" where no key that is held opens it; raises LockedTrouble."""
    from smartcli.lock.errors import LockError
    from smartcli.lock.keyring import open_sealed

    try:
        return open_sealed(sealed).rstrip(b"\n ")
    except LockError:
        return b""


def _age_file(line: bytes) -> bytes:
    """Return the age file in a sealed line; b"" for a line that is torn, damaged, or not sealed."""
    record = _record(line)
    if record and record.keys() == {_AGE}:
        with contextlib.suppress(ValueError, AttributeError):
            return a2b_base64(record[_AGE].encode("ascii"))
    return b""


def _as_json(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def _sum(record: Mapping[str, Any]) -> str:
    """Return the check sum of a record: 8 hex digits tell a torn or damaged line."""
    import hashlib

    return hashlib.sha256(_as_json(record).encode("ascii")).hexdigest()[:8]


def _record(line: bytes) -> dict[str, Any] | None:
    """Return the record in a line; None for one that is torn or damaged."""
    with contextlib.suppress(ValueError, RecursionError):
        record = json.loads(line.decode("ascii"))
        if isinstance(record, dict) and record.pop(_CHECK, None) == _sum(record):
            return record
    return None


def _is_torn(line: bytes) -> bool:
    """Return whether a line is only the beginning of one, as a crash leaves it."""
    is_text = line.isascii() and line.decode("ascii").isprintable()
    return is_text and line.startswith(b'{"') and not _ENDS_AS_RECORD.search(line)
