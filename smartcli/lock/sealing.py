"""Sealed bytes: binary age files for one X25519 recipient, made and opened again.

Padding, which hides how long something is, is the caller's.
"""

from collections.abc import Sequence

from smartcli.lock import age
from smartcli.lock.errors import DamagedSealError, NotOursError
from smartcli.lock.identity import Identity, check_recipient

_FIRST_LINE = b"age-encryption.org/v1\n"
_FOOTER = b"\n--- "  # how the last line of a header begins
_STANZA = b"\n-> "
# A header that age writes for us has one stanza, and one of random "grease" where the library is
# rage's: below 400 bytes. Reading stanzas takes pyrage time that grows with their number squared
# (200: 1 s, 2,000: 78 s, measured with 1.4.0), so a header is looked at before it is handed over.
_LONGEST_HEADER = 4096  # bytes
_MOST_STANZAS = 20


def is_sealed(data: bytes) -> bool:
    """Return whether bytes begin as a binary age file does, whatever follows."""
    return data.startswith(_FIRST_LINE)


def is_sane_head(data: bytes) -> bool:
    """Return whether bytes begin with an age header of a size that cannot cost much to read.

    It ends within 4 KiB and has at most 20 stanzas. Only the first 4 KiB are looked at.
    """
    if not data.startswith(_FIRST_LINE.rstrip() + _STANZA):
        return False
    end = data.find(_FOOTER, 0, _LONGEST_HEADER)
    return end >= 0 and data.count(_STANZA, 0, end + 1) <= _MOST_STANZAS


def seal(data: bytes, to: str) -> bytes:
    """Return bytes sealed to a recipient (age1...): about 200 to 400 bytes more, a random number.

    Raises InvalidKeyError for a text that is no recipient, MissingLibraryError.
    """
    check_recipient(to)
    return age.tool().encrypt(data, to)


def open_(data: bytes, identities: Sequence[Identity]) -> bytes:
    """Return what was sealed to one of the identities.

    Raises NotOursError where it is sealed with another key, DamagedSealError where it is no age
    file or a damaged one, MissingLibraryError. What is damaged in the line that says for whom it
    is looks like another key; nothing can tell the two apart.
    """
    if not is_sane_head(data):
        raise DamagedSealError
    if not identities:
        raise NotOursError
    return age.tool().decrypt(data, [identity.secret for identity in identities])
