"""The age library: keys made, bytes sealed and opened by `pyrage`.

The one module that imports it, so it is itself imported only when something is sealed or opened.
"""

from collections.abc import Sequence

import pyrage

from smartcli.lock.errors import DamagedSealError, NotOursError

_NO_MATCH = "No matching keys found"  # how pyrage says that none of the identities fits


def generate_identity() -> str:
    """Return a new X25519 identity (AGE-SECRET-KEY-1...), made by the system's random numbers."""
    return str(pyrage.x25519.Identity.generate())


def derive_recipient(identity: str) -> str:
    """Return the recipient (age1...) of a valid identity."""
    return str(pyrage.x25519.Identity.from_str(identity).to_public())


def encrypt(data: bytes, recipient: str) -> bytes:
    """Return bytes as a binary age file for a valid recipient."""
    return bytes(pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(recipient)]))


def decrypt(data: bytes, identities: Sequence[str]) -> bytes:
    """Return what is in an age file for one of the identities.

    Raises NotOursError, DamagedSealError.
    """
    keys = [pyrage.x25519.Identity.from_str(identity) for identity in identities]
    try:
        return bytes(pyrage.decrypt(data, keys))
    except pyrage.DecryptError as error:
        if _NO_MATCH in str(error):
            raise NotOursError from None
        raise DamagedSealError from None
