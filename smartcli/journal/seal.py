"""The bytes of an entry's file: sealed for the disk and opened again, here and nowhere else.

In a journal that is not locked they are UTF-8 JSON, which any editor reads. In a locked one they are the same JSON in
an age file: to write it takes the public key alone, to read it takes a key that the keyring holds.
"""

import codecs
import json
import math
import os
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from smartcli.entries.entry import DamagedEntryError
from smartcli.language import _
from smartcli.words import clean

SUFFIX = ".json"
SEALED_SUFFIX = ".json.age"
_AGE = b"age-encryption.org/"  # how every age file begins, and no JSON

# A sealed file is as long as some whole blocks of a disk: its length tells next to nothing of what is in it, and costs
# nothing. The seal itself takes 213 to 384 bytes.
_BLOCK = 4096
_ROUND_IT = 400

_NAME_BYTES = 16  # drawn by chance, 26 letters in base32: no two devices ever draw the same name

is_own_sealed_name = re.compile(r"[a-z2-7]{26}\.json\.age").fullmatch
_ends_with_name = re.compile(rb"\n(\d{8}T\d{6}Z-[a-z2-7]{13}\.[0-9a-f]{16}\.json)\Z").search

# Levels of lists and objects within each other. Python's JSON code recurses once a level, and
# writing may start from a deeper stack than reading did: what is read must be far enough from the
# limit to be written.
_DEEPEST = 100


class OtherKeyError(DamagedEntryError):
    """A sealed file that none of the keys held opens: nothing says that it is damaged."""


def sealed(body: Mapping[str, Any], to: str = "") -> bytes:
    """Return the bytes of an entry's body, read back: nothing is written that cannot be read.

    `to` is the public key (`age1...`) to which they are sealed; "" leaves them plain. Raises ValueError when the body
    does not survive.
    """
    text = json.dumps(body, ensure_ascii=False, allow_nan=False, indent=2)
    data = (text + "\n").encode("utf-8")
    if json.loads(data) != body:
        raise ValueError("the entry does not survive being written")
    return seal_bytes(data, to) if to else data


def seal_bytes(data: bytes, to: str, *, name: str = "") -> bytes:
    """Return the bytes of a plain file sealed to a public key, at the length of some whole blocks.

    `name`: what the plain file was called, where its bytes do not say so themselves: it was changed in an editor, or
    is damaged. Raises MissingLibraryTrouble.
    """
    from smartcli.lock.keyring import seal_for

    note = f"\n{name}".encode("ascii") if name else b""
    data += note
    return seal_for(data + b" " * (-(len(data) + _ROUND_IT) % _BLOCK), to)


def random_letter() -> str:
    """Return a letter that names of sealed files may begin with; it names the folder they lie in too."""
    return _random_letters()[0]


def random_name(letter: str) -> str:
    """Return the name of a new sealed file: nothing about the entry is in it."""
    return letter + _random_letters()[1:] + SEALED_SUFFIX


def _random_letters() -> str:
    """Return 26 letters of base32, in lower case, from the system's random numbers."""
    from base64 import b32encode

    return b32encode(os.urandom(_NAME_BYTES)).decode("ascii").rstrip("=").lower()


def is_sealed_name(name: str) -> bool:
    """Return whether a file of the journal is sealed, by its name."""
    return name.endswith(SEALED_SUFFIX)


def is_sealed(data: bytes) -> bool:
    """Return whether the bytes of a file are sealed."""
    return data.startswith(_AGE)


def can_be_opened(data: bytes) -> bool:
    """Return whether sealed bytes begin as they should; the rest of them shows only with the key."""
    from smartcli.lock.sealing import is_sane_head

    return is_sane_head(data)


class Unsealed(NamedTuple):
    """What a sealed file holds: the plain bytes, and what the plain file was called, "" where these say so."""

    data: bytes
    name: str


def unsealed(data: bytes) -> bytes:
    """Return the plain bytes of a file, opened with a key that is held if they are sealed.

    Raises OtherKeyError where that key does not open them, DamagedEntryError where nothing could, LockedTrouble where
    none is held.
    """
    return unseal(data).data if is_sealed(data) else data


def unseal(data: bytes) -> Unsealed:
    """Return what the bytes of a sealed file hold; raises as `unsealed` does."""
    plain = open_bytes(data).rstrip(b" ")
    note = _ends_with_name(plain)
    return Unsealed(plain[: note.start()], note[1].decode("ascii")) if note else Unsealed(plain, "")


def open_bytes(data: bytes) -> bytes:
    """Return exactly what was sealed; raises as `unsealed` does."""
    from smartcli.lock.errors import DamagedSealError, NotOursError
    from smartcli.lock.keyring import open_sealed

    try:
        return open_sealed(data)
    except NotOursError:
        raise OtherKeyError(_("locked with another key")) from None
    except DamagedSealError:
        raise DamagedEntryError(_("not readable")) from None


def opened(data: bytes) -> Any:
    """Return the JSON value in the bytes of a file; raises DamagedEntryError, LockedTrouble as `unsealed` does."""
    data = unsealed(data)
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()  # some editors begin a file with a byte order mark
        value = _JSON.decode(text)
        # Counting brackets is quick and never too low: few files need the second look.
        if text.count("[") + text.count("{") > _DEEPEST and _is_deeper(value, _DEEPEST):
            raise ValueError("too deep")
        if "\\" in text and (r"\ud" in text or r"\uD" in text):  # most texts have no backslash at all
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
