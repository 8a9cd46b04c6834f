"""The key file: a short text sealed by a passphrase, as an age file with one scrypt stanza.

`age` and `rage` open it (C2SP, age.md, "scrypt recipient stanza"). Written here, since pyrage
chooses the work itself (seconds, and up to 1 GiB of memory), and cannot tell a wrong passphrase
from a damaged file. The ciphers are not ours: ChaCha20-Poly1305 and HKDF are `cryptography`'s,
scrypt and HMAC Python's.

    age-encryption.org/v1
    -> scrypt SALT 17
    FILE KEY, sealed by scrypt(passphrase, SALT, N = 2^17)
    --- MAC of the lines above
    NONCE, then the text in one chunk
"""

import base64
import hashlib
import hmac
import importlib.util
import os
import re
from dataclasses import dataclass
from types import ModuleType

from smartcli.lock.errors import (
    DamagedKeyFileError,
    MissingLibraryError,
    TooLittleMemoryError,
    WrongPassphraseError,
)
from smartcli.lock.passphrase import normalise

# log2 of the work: 2^17 takes 128 MiB and half a second here (OWASP's figure for scrypt, 2023). A
# file that asks for more than 2^20 (1 GiB, 5 s) is not tried: nobody who makes ours asks for it.
LOG_WORK = 17
_MOST_LOG_WORK = 20
_BLOCK_SIZE, _PARALLEL = 8, 1  # scrypt's r and p, as age has them

_SALT_BYTES, _FILE_KEY_BYTES, _NONCE_BYTES, _TAG_BYTES = 16, 16, 16, 16
_LONGEST_TEXT = 64 * 1024  # bytes of one chunk; a key takes 200
_SALT_LABEL = b"age-encryption.org/v1/scrypt"
_FIRST_NONCE = bytes(12)
_ONLY_CHUNK = bytes(11) + b"\x01"  # number 0, and the mark of the last chunk

# The whole of such a header, whose parts all have fixed lengths; the lengths are those of base64
# without padding. No leading zero: a number is written in one way only.
_HEADER = re.compile(
    rb"(?P<signed>age-encryption\.org/v1\n"
    rb"-> scrypt (?P<salt>[A-Za-z0-9+/]{22}) (?P<log_work>[1-9][0-9]?)\n"
    rb"(?P<sealed_key>[A-Za-z0-9+/]{43})\n"
    rb"---) (?P<mac>[A-Za-z0-9+/]{43})\n"
)


def seal_with_passphrase(text: str, passphrase: str, *, log_work: int = LOG_WORK) -> bytes:
    """Return a text (a key, at most 64 KiB) as an age file that a passphrase opens.

    `log_work`: log2 of scrypt's N. Raises MissingLibraryError, TooLittleMemoryError.
    """
    content = text.encode()
    if len(content) > _LONGEST_TEXT:
        raise ValueError("too long for one chunk")
    ciphers = _load_ciphers()
    salt, file_key = os.urandom(_SALT_BYTES), os.urandom(_FILE_KEY_BYTES)
    wrap_key = _derive_wrap_key(passphrase, salt, log_work)
    sealed_key = _to_base64(ciphers.encrypt(wrap_key, _FIRST_NONCE, file_key))
    stanza = b"-> scrypt %b %d\n%b\n" % (_to_base64(salt), log_work, sealed_key)
    signed = b"age-encryption.org/v1\n" + stanza + b"---"
    mac = _to_base64(_mac(ciphers, file_key, signed))
    nonce = os.urandom(_NONCE_BYTES)
    payload_key = ciphers.derive_key(file_key, nonce, b"payload")
    chunk = ciphers.encrypt(payload_key, _ONLY_CHUNK, content)
    return b"".join([signed, b" ", mac, b"\n", nonce, chunk])


def open_with_passphrase(data: bytes, passphrase: str) -> str:
    """Return the text in a key file.

    Raises WrongPassphraseError, DamagedKeyFileError (also for one that asks for more work than
    2^20, before any is done), MissingLibraryError, TooLittleMemoryError. A file that is damaged in
    its salt, work or sealed key cannot be told from a wrong passphrase.
    """
    ciphers = _load_ciphers()
    key_file = _parse(data)
    wrap_key = _derive_wrap_key(passphrase, key_file.salt, key_file.log_work)
    file_key = ciphers.decrypt(wrap_key, _FIRST_NONCE, key_file.sealed_key)
    if file_key is None:
        raise WrongPassphraseError
    if not hmac.compare_digest(key_file.mac, _mac(ciphers, file_key, key_file.signed)):
        raise DamagedKeyFileError
    payload_key = ciphers.derive_key(file_key, key_file.nonce, b"payload")
    content = ciphers.decrypt(payload_key, _ONLY_CHUNK, key_file.chunk)
    if content is None:
        raise DamagedKeyFileError
    try:
        return str(content, "utf-8")
    except UnicodeDecodeError:
        raise DamagedKeyFileError from None


def is_well_formed(data: bytes) -> bool:
    """Return whether bytes look like a key file; whether all of them are as they were, only the passphrase shows."""
    try:
        _parse(data)
    except DamagedKeyFileError:
        return False
    return True


def has_library() -> bool:
    """Return whether `cryptography` is installed, without which there are no key files; does not load it."""
    return importlib.util.find_spec("cryptography") is not None


@dataclass(frozen=True)
class _KeyFile:
    """The parts of a key file, none of them opened or believed yet."""

    signed: bytes
    salt: bytes
    log_work: int
    sealed_key: bytes
    mac: bytes
    nonce: bytes
    chunk: bytes


def _parse(data: bytes) -> _KeyFile:
    """Return the parts of a key file; raises DamagedKeyFileError, also where it asks for too much work."""
    header = _HEADER.match(data)
    if header is None:
        raise DamagedKeyFileError
    nonce, chunk = data[header.end() :][:_NONCE_BYTES], data[header.end() + _NONCE_BYTES :]
    log_work = int(header["log_work"])
    if log_work > _MOST_LOG_WORK or not _TAG_BYTES <= len(chunk) <= _LONGEST_TEXT + _TAG_BYTES:
        raise DamagedKeyFileError
    return _KeyFile(
        signed=header["signed"],
        salt=_from_base64(header["salt"]),
        log_work=log_work,
        sealed_key=_from_base64(header["sealed_key"]),
        mac=_from_base64(header["mac"]),
        nonce=nonce,
        chunk=chunk,
    )


def _load_ciphers() -> ModuleType:
    try:
        from smartcli.lock import ciphers
    except ImportError:
        raise MissingLibraryError from None
    return ciphers


def _derive_wrap_key(passphrase: str, salt: bytes, log_work: int) -> bytes:
    """Return the key that a passphrase, in NFC, makes: the slow step, on purpose."""
    number = 1 << log_work
    # Bytes that are no UTF-8 arrive as lone surrogates; they open nothing, and are no error.
    password = normalise(passphrase).encode("utf-8", "surrogatepass")
    try:
        return hashlib.scrypt(
            password,
            salt=_SALT_LABEL + salt,
            n=number,
            r=_BLOCK_SIZE,
            p=_PARALLEL,
            maxmem=128 * _BLOCK_SIZE * (number + _PARALLEL + 2),  # bytes: what OpenSSL counts, and a little
            dklen=32,
        )
    except (MemoryError, ValueError):  # OpenSSL does not say which of its errors was for want of memory
        raise TooLittleMemoryError from None


def _mac(ciphers: ModuleType, file_key: bytes, signed: bytes) -> bytes:
    """Return the MAC of a header, as far as its "---"."""
    return hmac.digest(ciphers.derive_key(file_key, b"", b"header"), signed, "sha256")


def _to_base64(data: bytes) -> bytes:
    """Return bytes in base64 without padding, as age writes them."""
    return base64.b64encode(data).rstrip(b"=")


def _from_base64(text: bytes) -> bytes:
    """Return the bytes in base64 without padding; raises DamagedKeyFileError where spare bits are set."""
    data = base64.b64decode(text + b"=" * (-len(text) % 4))
    if _to_base64(data) != text:
        raise DamagedKeyFileError
    return data
