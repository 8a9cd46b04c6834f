"""The two ciphers of a key file, by `cryptography`: ChaCha20-Poly1305 (RFC 8439), HKDF (RFC 5869).

The one module that imports that library, so it is itself imported only for a key file.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def encrypt(key: bytes, nonce: bytes, data: bytes) -> bytes:
    """Return bytes encrypted by a key of 32 bytes, with a tag of 16 bytes behind them."""
    return ChaCha20Poly1305(key).encrypt(nonce, data, None)


def decrypt(key: bytes, nonce: bytes, data: bytes) -> bytes | None:
    """Return what was encrypted with a key and nonce; None where the tag is not theirs."""
    try:
        return ChaCha20Poly1305(key).decrypt(nonce, data, None)
    except InvalidTag:
        return None


def derive_key(secret: bytes, salt: bytes, use: bytes) -> bytes:
    """Return 32 bytes made of a secret for one use (HKDF-SHA256)."""
    return HKDF(SHA256(), 32, salt, use).derive(secret)
