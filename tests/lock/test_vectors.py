"""What others publish for trying an implementation is answered as they say.

`age_vectors.json`: the vectors of the Community Cryptography Test Vectors for age (C2SP/CCTV, age/testdata, 2026; 0BSD
or CC0), but for armored ones and other recipients, which are not used here. `file` is in base64.
"""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from smartcli.lock import bech32, ciphers, sealing
from smartcli.lock.errors import (
    DamagedKeyFileError,
    DamagedSealError,
    NotOursError,
    WrongPassphraseError,
)
from smartcli.lock.identity import parse_identity
from smartcli.lock.key_file import open_with_passphrase

VECTORS: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / "age_vectors.json").read_text())
FOR_PASSPHRASES = [name for name, vector in VECTORS.items() if "passphrase" in vector]
# rage also reads a stanza without the short line at its end, as very early versions wrote it. The MAC holds there too.
READ_BY_RAGE = {"stanza_missing_body", "stanza_missing_final_line"}
FOR_IDENTITIES = [name for name, vector in VECTORS.items() if "identity" in vector and name not in READ_BY_RAGE]


def open_key_file(vector: dict[str, Any]) -> str:
    """Return how a key file ends: as the vectors name it, by the first passphrase."""
    try:
        text = open_with_passphrase(base64.b64decode(vector["file"]), vector["passphrase"][0])
    except WrongPassphraseError:
        return "no match"
    except DamagedKeyFileError:
        return "damaged"
    assert hashlib.sha256(text.encode()).hexdigest() == vector["payload"]
    return "success"


def open_seal(vector: dict[str, Any]) -> str:
    """Return how a sealed file ends, with all identities."""
    identities = [parse_identity(secret) for secret in vector["identity"]]
    try:
        data = sealing.open_(base64.b64decode(vector["file"]), identities)
    except NotOursError:
        return "no match"
    except DamagedSealError:
        return "damaged"
    assert hashlib.sha256(data).hexdigest() == vector["payload"]
    return "success"


def expected(vector: dict[str, Any]) -> str:
    return vector["expect"] if vector["expect"] in ("success", "no match") else "damaged"


def test_there_are_vectors_of_each_kind() -> None:
    assert len(FOR_PASSPHRASES) > 20
    assert len(FOR_IDENTITIES) > 40
    outcomes = {"success", "no match", "damaged"}
    assert {expected(VECTORS[name]) for name in FOR_PASSPHRASES} == outcomes
    assert {expected(VECTORS[name]) for name in FOR_IDENTITIES} == outcomes


@pytest.mark.parametrize("name", FOR_PASSPHRASES)
def test_a_key_file_ends_as_its_vector_says(name: str) -> None:
    # Another kind of stanza has no passphrase to be wrong.
    wanted = "damaged" if name == "scrypt_uppercase" else expected(VECTORS[name])
    assert open_key_file(VECTORS[name]) == wanted


@pytest.mark.parametrize("name", FOR_IDENTITIES)
def test_a_sealed_file_ends_as_its_vector_says(name: str) -> None:
    assert open_seal(VECTORS[name]) == expected(VECTORS[name])


def test_the_cipher_is_that_of_rfc_8439() -> None:
    key, nonce = bytes(range(0x80, 0xA0)), bytes.fromhex("070000004041424344454647")  # section 2.8.2
    text = (
        b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
        b"sunscreen would be it."
    )
    encrypted = bytes.fromhex(
        "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b"
        "1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc"
        "3ff4def08e4b7a9de576d26586cec64b6116"
    )
    tag = bytes.fromhex("1ae10b594f09e26a7e902ecbd0600691")
    with_it = bytes.fromhex("50515253c0c1c2c3c4c5c6c7")
    assert ChaCha20Poly1305(key).encrypt(nonce, text, with_it) == encrypted + tag
    # age has no associated data, which change the tag alone.
    assert ciphers.encrypt(key, nonce, text)[:-16] == encrypted
    assert ciphers.decrypt(key, nonce, ciphers.encrypt(key, nonce, text)) == text
    assert ciphers.decrypt(key, nonce, encrypted + tag) is None


def test_the_derived_key_is_that_of_rfc_5869() -> None:
    key = ciphers.derive_key(b"\x0b" * 22, bytes(range(13)), bytes(range(0xF0, 0xFA)))  # appendix A.1
    assert key.hex() == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"


@pytest.mark.parametrize(
    ("prefix", "text", "data"),
    [
        ("a", "A12UEL5L", ""),
        ("?", "?1ezyfcl", ""),
        ("abcdef", "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw", "00443214c74254b635cf84653a56d7c675be77df"),
        (
            "split",
            "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w",
            "c5f38b70305f519bf66d85fb6cf03058f3dde463ecd7918f2dc743918f2d",
        ),
    ],
)
def test_bech32_is_that_of_bip_173(prefix: str, text: str, data: str) -> None:
    assert bech32.decode(prefix, text).hex() == data
    assert bech32.encode(prefix, bytes.fromhex(data)) == text.lower()


@pytest.mark.parametrize(
    ("prefix", "text"),
    [
        ("split", "split1cheo2y9e2w"),  # a character that is none
        ("a", "A1G7SGD8"),  # a check sum of the prefix in upper case
        ("x", "x1b4n0q5v"),
        ("li", "li1dgmt3"),  # too short a check sum
        ("de", "de1lg7wt\xff"),
        ("a", "A12UEl5L"),  # mixed case
        ("b", "A12UEL5L"),  # another prefix
        ("split", "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3x"),
    ],
)
def test_what_is_no_bech32_is_refused(prefix: str, text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        bech32.decode(prefix, text)


def test_a_key_is_written_in_one_way_only() -> None:
    # One byte takes two characters, with two spare bits. Here one of them is set, and the check sum fits.
    assert bech32.decode("a", "a1qqqd87cq") == b"\0"
    with pytest.raises(ValueError, match="spare bits"):
        bech32.decode("a", "a1qpamnt9j")
