"""The one place where an entry's bytes are sealed for the disk and opened again.

Today a seal is none: UTF-8 JSON that any editor reads. Encryption comes in here, and the store does not change.
"""

import json
import math
from collections.abc import Mapping
from typing import Any

from smartcli.entries.entry import DamagedEntryError
from smartcli.words import clean

SUFFIX = ".json"
_DEEPEST = 100  # lists and objects within each other; what is deeper could be read, but not be written again


def sealed(body: Mapping[str, Any]) -> bytes:
    """Return the bytes of an entry's body, read back and compared: nothing is written that cannot be read."""
    data = (json.dumps(body, ensure_ascii=False, allow_nan=False, indent=2) + "\n").encode("utf-8")
    if json.loads(data) != body:
        raise ValueError("the entry does not survive being written")
    return data


def opened(data: bytes) -> Any:
    """Return the JSON value in the bytes of a file; raises DamagedEntryError."""
    try:
        text = data.decode("utf-8")
        value = _JSON.decode(text)
        if text.count("[") + text.count("{") > _DEEPEST and _deeper(value, _DEEPEST):
            raise ValueError("too deep")
        if r"\ud" in text or r"\uD" in text:  # a letter by half: it could be neither shown nor written again
            value = _JSON.decode(clean(json.dumps(value, ensure_ascii=False)))
        return value
    except (ValueError, RecursionError):
        raise DamagedEntryError("empty" if not data.strip(b"\0 \r\n") else "not readable") from None


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _finite(number: str) -> float:
    found = float(number)
    if not math.isfinite(found):
        raise ValueError(number)
    return found


def _deeper(value: Any, left: int) -> bool:
    """Return whether a value has more levels than there are `left`."""
    within = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
    return left < 0 or any(_deeper(one, left - 1) for one in within)


_JSON = json.JSONDecoder(parse_constant=_refuse, parse_float=_finite)  # made once: ten thousand files are read with it
