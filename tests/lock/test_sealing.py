"""Sealed bytes: opened by their key alone; a hostile file costs nothing; the library is loaded for nothing else."""

import random
import subprocess
import sys
from collections.abc import Iterator, Sequence

import pytest

from smartcli.lock import age, age_program, sealing
from smartcli.lock.errors import (
    DamagedSealError,
    InvalidKeyError,
    MissingLibraryError,
    NotOursError,
)
from smartcli.lock.identity import Identity, generate_identity
from tests.conftest import SIZE
from tests.lock.absent import take_library_away

FIRST_LINE = b"age-encryption.org/v1\n"
STANZA = b"-> X25519 " + b"A" * 43 + b"\n" + b"B" * 43 + b"\n"
FOOTER = b"--- " + b"C" * 43 + b"\n"


@pytest.fixture(scope="module")
def key() -> Identity:
    return generate_identity()


class Untouched:
    """A tool that fails the test when it is asked for anything."""

    def decrypt(self, data: bytes, identities: Sequence[str]) -> bytes:
        raise AssertionError("the library was given a hostile file")


@pytest.mark.parametrize("length", [0, 1, 400, 4096, 65_536, 65_537, 300_000])
def test_what_is_sealed_is_opened_by_its_key(key: Identity, length: int) -> None:
    data = random.Random(length).randbytes(length)
    sealed = sealing.seal(data, key.recipient)
    assert sealing.is_sealed(sealed)
    assert sealing.is_sane_head(sealed)
    assert data[:16] not in sealed or length < 16
    assert sealing.open_(sealed, [key]) == data
    assert sealing.open_(sealed, [generate_identity(), key]) == data
    assert sealing.seal(data, key.recipient) != sealed


def test_another_key_is_told_from_damage(key: Identity) -> None:
    sealed = sealing.seal(b"words", key.recipient)
    for identities in ([], [generate_identity()], [generate_identity(), generate_identity()]):
        with pytest.raises(NotOursError):
            sealing.open_(sealed, identities)
    for broken in (sealed[:-1], sealed + b"\0", sealed[:100], bytes([*sealed[:-1], sealed[-1] ^ 1]), b"words", b""):
        with pytest.raises(DamagedSealError) as refused:
            sealing.open_(broken, [key])
        assert refused.value.args == ()
        assert refused.value.__cause__ is None


def test_no_flipped_bit_is_opened(key: Identity) -> None:
    sealed = sealing.seal(b"words", key.recipient)
    for at in range(len(sealed)):
        for bit in range(8) if SIZE > 1 else [at % 8]:
            flipped = bytes([*sealed[:at], sealed[at] ^ 1 << bit, *sealed[at + 1 :]])
            with pytest.raises((NotOursError, DamagedSealError)):
                sealing.open_(flipped, [key])


def test_what_we_seal_has_a_head_that_fits_into_400_bytes(key: Identity) -> None:
    """Callers pad to whole blocks less 400 bytes: what age adds, with a random stanza, stays below that."""
    added = [len(sealing.seal(b"", key.recipient)) for _number in range(2_000 * SIZE)]
    assert max(added) <= 400
    assert all(sealing.is_sane_head(sealing.seal(b"x", key.recipient)) for _number in range(200))


def hostile() -> Iterator[tuple[str, bytes]]:
    for number in (21, 200, 2_000, 100_000):
        yield f"{number} stanzas", FIRST_LINE + STANZA * number + FOOTER
        yield f"{number} empty stanzas", FIRST_LINE + b"-> a\n\n" * number + FOOTER
        yield f"{number} stanzas without an end", FIRST_LINE + b"-> a\n" * number
    yield "a stanza of 1 MB", FIRST_LINE + b"-> X25519 " + b"A" * 2**20 + b"\n" + FOOTER
    yield "a body of 1 MB", FIRST_LINE + b"-> X25519 A\n" + (b"B" * 64 + b"\n") * 2**14 + b"\n" + FOOTER
    yield "1 MB of arguments", FIRST_LINE + b"->" + b" a" * 2**19 + b"\n\n" + FOOTER
    yield "a head without an end, 16 MiB", FIRST_LINE + b"-> a\n\n" + b"x" * 2**24
    yield "line ends, 16 MiB", FIRST_LINE + b"\n" * 2**24
    yield "zeros, 16 MiB", bytes(2**24)
    yield "empty", b""
    yield "the first line", FIRST_LINE
    yield "no stanza", FIRST_LINE + FOOTER
    yield "another version", b"age-encryption.org/v2\n" + STANZA + FOOTER
    yield "armored", b"-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n-----END AGE ENCRYPTED FILE-----\n"


@pytest.mark.parametrize(("name", "data"), [*hostile()], ids=lambda value: value if isinstance(value, str) else "")
def test_a_hostile_head_never_reaches_the_library(
    name: str, data: bytes, key: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(age, "tool", Untouched)
    assert not sealing.is_sane_head(data), name
    with pytest.raises(DamagedSealError):
        sealing.open_(data, [key])


def test_twenty_stanzas_and_4_kib_are_let_through() -> None:
    payload = b"\n-> " * 100 + b"\n--- " * 100
    assert sealing.is_sane_head(FIRST_LINE + STANZA * 20 + FOOTER + payload)
    assert not sealing.is_sane_head(FIRST_LINE + STANZA * 21 + FOOTER)
    room = 4096 - len(FIRST_LINE + b"-> a\n\n") - len(b"--- ")
    assert sealing.is_sane_head(FIRST_LINE + b"-> a\n" + b"B" * room + b"\n" + FOOTER)
    assert not sealing.is_sane_head(FIRST_LINE + b"-> a\n" + b"B" * (room + 1) + b"\n" + FOOTER)


def test_bytes_in_a_sane_head_end_as_damage_or_as_not_ours(key: Identity) -> None:
    made = random.Random(5)
    for _number in range(300 * SIZE):
        head = FIRST_LINE + b"-> " + made.randbytes(made.randrange(200)) + b"\n" + FOOTER
        with pytest.raises((DamagedSealError, NotOursError)):
            sealing.open_(head + made.randbytes(60), [key])


@pytest.mark.parametrize("to", ["", "age1", "AGE-SECRET-KEY-1", "-o", "age1yubikey1qqqq"])
def test_nothing_is_sealed_to_what_is_no_recipient(to: str) -> None:
    with pytest.raises(InvalidKeyError):
        sealing.seal(b"words", to)


def test_whether_there_is_a_library_is_asked_without_loading_it() -> None:
    code = (
        "import sys\n"
        "from smartcli.lock import age, key_file, sealing, identity\n"
        "assert age.has_library() and age.is_available() and key_file.has_library()\n"
        "sealing.is_sealed(b''), sealing.is_sane_head(b'')\n"
        "assert not {'pyrage', 'cryptography', 'subprocess'} & {*sys.modules}\n"
        "assert not identity.is_secret('AGE-SECRET-KEY-1')\n"
        "assert not {'pyrage', 'cryptography', 'subprocess'} & {*sys.modules}\n"
        "identity.generate_identity()\n"
        "assert 'pyrage' in sys.modules and not {'cryptography', 'subprocess'} & {*sys.modules}"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_without_library_and_program_that_is_said(monkeypatch: pytest.MonkeyPatch, key: Identity) -> None:
    sealed = sealing.seal(b"words", key.recipient)
    take_library_away(monkeypatch)
    monkeypatch.setattr(age_program, "is_here", lambda: False)
    assert not age.has_library()
    assert not age.is_available()
    for call in (
        lambda: sealing.open_(sealed, [key]),
        lambda: sealing.seal(b"words", key.recipient),
        generate_identity,
    ):
        with pytest.raises(MissingLibraryError):
            call()
