"""A key of a journal: an X25519 identity as age writes it, its recipient, and its short name.

An identity (AGE-SECRET-KEY-1...) opens what is sealed to its recipient (age1...). The recipient is
public. Texts are checked here without any library.
"""

import base64
import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache

from smartcli.lock import age, bech32
from smartcli.lock.errors import InvalidKeyError

SECRET_PREFIX = "AGE-SECRET-KEY-1"  # noqa: S105  how every secret begins
_SECRET_HRP, _RECIPIENT_HRP = "age-secret-key-", "age"  # the "human-readable part" of BIP 173
_KEY_BYTES = 32  # of X25519, RFC 7748
_NAME_LENGTH = 8  # of the letters of base32: 40 bits tell the few keys of one journal apart


@dataclass(frozen=True)
class Identity:
    """A key pair: the secret AGE-SECRET-KEY-1..., which is never shown by `repr`, and age1..."""

    secret: str = field(repr=False)
    recipient: str

    @property
    def name(self) -> str:
        """The 8 letters that name the key in file names."""
        return key_name(self.recipient)

    def to_key_file_text(self, created: datetime) -> str:
        """Return the identity as `age-keygen` writes it, made at a moment (in any time zone)."""
        moment = created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return f"# created: {moment}\n# public key: {self.recipient}\n{self.secret}\n"


def generate_identity() -> Identity:
    """Return a new identity; raises MissingLibraryError."""
    return parse_identity(age.tool().generate_identity())


def parse_identity(text: str) -> Identity:
    """Return the one identity in a text: the secret alone, or the lines of a key file.

    The recipient is derived from the secret; what a comment says of it is not believed. Raises
    InvalidKeyError where there is no identity, a damaged one or several; MissingLibraryError.
    """
    lines = [line.strip() for line in text.splitlines()]
    secrets = [line for line in lines if line and not line.startswith("#")]
    if len(secrets) != 1 or not is_secret(secrets[0]):
        raise InvalidKeyError
    secret = secrets[0].upper()
    return Identity(secret, age.tool().derive_recipient(secret))


def is_secret(text: str) -> bool:
    """Return whether a text is the secret of an identity, by its prefix, length and check sum."""
    return _has_key(_SECRET_HRP, text)


@lru_cache(maxsize=8)  # asked again for every file; recipients are public
def check_recipient(text: str) -> None:
    """Raise InvalidKeyError for a text that is no X25519 recipient (age1...)."""
    if not is_recipient(text):
        raise InvalidKeyError


def is_recipient(text: str) -> bool:
    """Return whether a text is an X25519 recipient (age1...), by its prefix, length and check sum."""
    return _has_key(_RECIPIENT_HRP, text)


def key_name(recipient: str) -> str:
    """Return the name of a key: 8 lower-case letters and digits (base32) of the recipient's SHA-256."""
    digest = hashlib.sha256(recipient.encode()).digest()
    return base64.b32encode(digest).decode("ascii")[:_NAME_LENGTH].lower()


def _has_key(hrp: str, text: str) -> bool:
    """Return whether a text is a key of X25519's length in bech32, with this prefix."""
    try:
        return len(bech32.decode(hrp, text)) == _KEY_BYTES
    except ValueError:
        return False
