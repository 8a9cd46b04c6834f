"""The one place where an entry's bytes are sealed for the disk and opened again.

Today a seal is none: UTF-8 JSON that any editor reads. Encryption comes in here, and the store does not change.
"""

import json
from collections.abc import Mapping
from typing import Any

from smartcli.entry import DamagedEntryError

SUFFIX = ".json"


def sealed(body: Mapping[str, Any]) -> bytes:
    """Return the bytes of an entry's body, read back and compared: nothing is written that cannot be read."""
    data = (json.dumps(body, ensure_ascii=False, allow_nan=False, indent=2) + "\n").encode("utf-8")
    if json.loads(data) != body:
        raise ValueError("the entry does not survive being written")
    return data


def opened(data: bytes) -> Any:
    """Return the JSON value in the bytes of a file; raises DamagedEntryError."""
    try:
        return _JSON.decode(data.decode("utf-8"))
    except (ValueError, RecursionError):
        raise DamagedEntryError("empty" if not data.strip(b"\0 \r\n") else "not readable") from None


def _refuse(constant: str) -> None:
    raise ValueError(constant)


_JSON = json.JSONDecoder(parse_constant=_refuse)  # made once: ten thousand files are read with it
