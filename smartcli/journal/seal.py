"""The bytes of an entry's file: sealed for the disk and opened again, here and nowhere else.

Today the seal is none: UTF-8 JSON that any editor reads. Encryption comes in here, and the store
does not change.
"""

import json
import math
from collections.abc import Mapping
from typing import Any

from smartcli.entries.entry import DamagedEntryError
from smartcli.language import _
from smartcli.words import clean

SUFFIX = ".json"

# Levels of lists and objects within each other. Python's JSON code recurses once a level, and
# writing may start from a deeper stack than reading did: what is read must be far enough from the
# limit to be written.
_DEEPEST = 100


def sealed(body: Mapping[str, Any]) -> bytes:
    """Return the bytes of an entry's body, read back: nothing is written that cannot be read.

    Raises ValueError when the body does not survive.
    """
    text = json.dumps(body, ensure_ascii=False, allow_nan=False, indent=2)
    data = (text + "\n").encode("utf-8")
    if json.loads(data) != body:
        raise ValueError("the entry does not survive being written")
    return data


def opened(data: bytes) -> Any:
    """Return the JSON value in the bytes of a file; raises DamagedEntryError."""
    try:
        text = data.decode("utf-8-sig")  # some editors begin a file with a byte order mark
        value = _JSON.decode(text)
        # Counting brackets is quick and never too low: few files need the second look.
        if text.count("[") + text.count("{") > _DEEPEST and _is_deeper(value, _DEEPEST):
            raise ValueError("too deep")
        if r"\ud" in text or r"\uD" in text:
            # Half a surrogate pair could be neither shown nor written again.
            value = _JSON.decode(clean(json.dumps(value, ensure_ascii=False)))
        return value
    except (ValueError, RecursionError):
        # A crash of another program, or a disk that was full, leaves files of nothing or of NUL
        # bytes.
        why = _("not readable") if data.strip(b"\0 \r\n") else _("empty")
        raise DamagedEntryError(why) from None


def _refuse_constant(name: str) -> None:
    """Refuse NaN and Infinity, which are no JSON and could not be written again."""
    raise ValueError(name)


def _finite_float(digits: str) -> float:
    """Return a number; raises ValueError for 1e999, which Python would read as infinity."""
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError(digits)
    return value


def _is_deeper(value: Any, levels: int) -> bool:
    """Return whether a JSON value has more levels of lists and objects than `levels`."""
    if levels < 0:
        return True
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list):
        return False
    return any(_is_deeper(inner, levels - 1) for inner in value)


# Made once: ten thousand files are read with it.
_JSON = json.JSONDecoder(parse_constant=_refuse_constant, parse_float=_finite_float)
