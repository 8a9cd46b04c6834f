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
import re
import secrets
from typing import TYPE_CHECKING

from smartcli.lock.errors import (
    DamagedKeyFileError,
    MissingLibraryError,
    TooLittleMemoryError,
    WrongPassphraseError,
)
from smartcli.lock.passphrase import normalise

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

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
    salt, file_key, nonce = (secrets.token_bytes(16) for _ in range(3))
    wrap_key = _derive_wrap_key(passphrase, salt, log_work)
    sealed_key = _cipher(wrap_key).encrypt(_FIRST_NONCE, file_key, None)
    signed = b"age-encryption.org/v1\n-> scrypt %b %d\n%b\n---" % (
        _to_base64(salt),
        log_work,
        _to_base64(sealed_key),
    )
    header = signed + b" " + _to_base64(_mac(file_key, signed)) + b"\n"
    payload_key = _hkdf(file_key, nonce, b"payload")
    return header + nonce + _cipher(payload_key).encrypt(_ONLY_CHUNK, content, None)


def open_with_passphrase(data: bytes, passphrase: str) -> str:
    """Return the text in a key file.

    Raises WrongPassphraseError, DamagedKeyFileError (also for one that asks for more work than
    2^20, before any is done), MissingLibraryError, TooLittleMemoryError. A file that is damaged in
    its salt, work or sealed key cannot be told from a wrong passphrase.
    """
    header = _HEADER.match(data)
    if header is None:
        raise DamagedKeyFileError
    salt, sealed_key, mac = (_from_base64(header[part]) for part in ("salt", "sealed_key", "mac"))
    log_work = int(header["log_work"])
    if log_work > _MOST_LOG_WORK:
        raise DamagedKeyFileError
    payload = data[header.end() :]
    if not _TAG_BYTES <= len(payload) - _NONCE_BYTES <= _LONGEST_TEXT + _TAG_BYTES:
        raise DamagedKeyFileError

    file_key = _decrypt(_derive_wrap_key(passphrase, salt, log_work), _FIRST_NONCE, sealed_key)
    if file_key is None:
        raise WrongPassphraseError
    if not hmac.compare_digest(mac, _mac(file_key, header["signed"])):
        raise DamagedKeyFileError
    payload_key = _hkdf(file_key, payload[:_NONCE_BYTES], b"payload")
    content = _decrypt(payload_key, _ONLY_CHUNK, payload[_NONCE_BYTES:])
    if content is None:
        raise DamagedKeyFileError
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise DamagedKeyFileError from None


def has_library() -> bool:
    """Return whether `cryptography` is installed, without which there are no key files; does not load it."""
    return importlib.util.find_spec("cryptography") is not None


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


def _hkdf(file_key: bytes, salt: bytes, use: bytes) -> bytes:
    """Return 32 bytes made of the file key for one use (HKDF-SHA256)."""
    try:
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF
    except ImportError:
        raise MissingLibraryError from None
    return HKDF(SHA256(), 32, salt, use).derive(file_key)


def _mac(file_key: bytes, signed: bytes) -> bytes:
    """Return the MAC of a header, as far as its "---"."""
    return hmac.digest(_hkdf(file_key, b"", b"header"), signed, "sha256")


def _cipher(key: bytes) -> "ChaCha20Poly1305":
    try:
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
    except ImportError:
        raise MissingLibraryError from None
    return ChaCha20Poly1305(key)


def _decrypt(key: bytes, nonce: bytes, data: bytes) -> bytes | None:
    """Return what was encrypted and signed with a key and nonce; None where the tag is wrong."""
    cipher = _cipher(key)
    from cryptography.exceptions import InvalidTag

    try:
        return cipher.decrypt(nonce, data, None)
    except InvalidTag:
        return None


def _to_base64(data: bytes) -> bytes:
    """Return bytes in base64 without padding, as age writes them."""
    return base64.b64encode(data).rstrip(b"=")


def _from_base64(text: bytes) -> bytes:
    """Return the bytes in base64 without padding; raises DamagedKeyFileError where spare bits are set."""
    data = base64.b64decode(text + b"=" * (-len(text) % 4))
    if _to_base64(data) != text:
        raise DamagedKeyFileError
    return data
