"""A key file: opened by its passphrase alone, and never by luck; wrong told from damaged; bounded work."""

import hashlib
import random
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartcli.lock import key_file
from smartcli.lock.errors import (
    DamagedKeyFileError,
    MissingLibraryError,
    WrongPassphraseError,
)
from smartcli.lock.key_file import open_with_passphrase, seal_with_passphrase
from tests.conftest import SIZE

QUICK = 4  # log2 of the work: 16 in place of 131,072
TEXT = "# created: 2026-11-22T21:30:00Z\n# public key: age1...\nAGE-SECRET-KEY-1...\n"
PASSPHRASE = "seven of them were late"


@pytest.fixture
def derivations(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The work of every derivation that is made, as a number of log2."""
    made: list[int] = []
    derive = key_file._derive_wrap_key

    def count(passphrase: str, salt: bytes, log_work: int) -> bytes:
        made.append(log_work)
        return derive(passphrase, salt, log_work)

    monkeypatch.setattr(key_file, "_derive_wrap_key", count)
    return made


@given(st.text(max_size=300), st.text(min_size=8, max_size=30))
@settings(max_examples=20 * SIZE)
def test_a_text_comes_back_by_its_passphrase(text: str, passphrase: str) -> None:
    data = seal_with_passphrase(text, passphrase, log_work=QUICK)
    assert open_with_passphrase(data, passphrase) == text
    assert open_with_passphrase(data, unicodedata.normalize("NFD", passphrase)) == text
    with pytest.raises(WrongPassphraseError):
        open_with_passphrase(data, passphrase + "x")


def test_what_ships_takes_128_mebibytes_and_is_opened_by_pyrage() -> None:
    data = seal_with_passphrase(TEXT, PASSPHRASE)
    assert re.match(rb"age-encryption.org/v1\n-> scrypt \S+ 17\n", data)
    assert pyrage.passphrase.decrypt(data, PASSPHRASE).decode() == TEXT
    assert open_with_passphrase(data, PASSPHRASE) == TEXT


def test_every_file_has_its_own_salt_keys_and_nonce() -> None:
    files = [seal_with_passphrase(TEXT, PASSPHRASE, log_work=QUICK) for _number in range(50)]
    parsed = [key_file._parse(data) for data in files]
    for part in ("salt", "sealed_key", "mac", "nonce", "chunk"):
        assert len({getattr(one, part) for one in parsed}) == len(files)


def test_every_flipped_bit_is_refused_and_named_for_what_it_is() -> None:
    data = seal_with_passphrase(TEXT, PASSPHRASE, log_work=QUICK)
    stanza = re.match(rb".*\n-> scrypt (\S+ \d+\n\S+)\n", data)
    assert stanza
    outcomes = set()
    for at in range(len(data)):
        for bit in range(8):
            flipped = bytes([*data[:at], data[at] ^ 1 << bit, *data[at + 1 :]])
            with pytest.raises((WrongPassphraseError, DamagedKeyFileError)) as refused:
                open_with_passphrase(flipped, PASSPHRASE)
            in_stanza = stanza.start(1) <= at < stanza.end(1)
            # In the salt, the work and the sealed key nothing can tell; everywhere else it is damage.
            assert in_stanza or refused.type is DamagedKeyFileError, at
            outcomes.add(refused.type)
    assert outcomes == {WrongPassphraseError, DamagedKeyFileError}


def test_every_cut_and_every_addition_is_damage() -> None:
    data = seal_with_passphrase(TEXT, PASSPHRASE, log_work=QUICK)
    for broken in (*(data[:length] for length in range(len(data))), data + b"\0", b"\n" + data, data + data):
        with pytest.raises(DamagedKeyFileError):
            open_with_passphrase(broken, PASSPHRASE)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b"\n---", b"\n-> grease\n\n---"),  # another stanza
        lambda data: data.replace(b"scrypt", b"X25519"),
        lambda data: data.replace(b" 4\n", b" 04\n"),  # numbers that are written otherwise
        lambda data: data.replace(b" 4\n", b" +4\n"),
        lambda data: data.replace(b" 4\n", b" 4 \n"),
        lambda data: data.replace(b" 4\n", b" 0\n"),
        lambda data: data.replace(b" 4\n", " ٤\n".encode()),
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b"/v1", b"/v2"),
        lambda data: b"-----BEGIN AGE ENCRYPTED FILE-----\n" + data,
        lambda data: b"",
        lambda data: b"age-encryption.org/v1\n" * 100_000,
        lambda data: data + bytes(70_000),  # a second chunk
    ],
)
def test_what_is_no_key_file_is_damaged_before_any_work(
    change: Callable[[bytes], bytes], derivations: list[int]
) -> None:
    data = seal_with_passphrase(TEXT, PASSPHRASE, log_work=QUICK)
    derivations.clear()
    with pytest.raises(DamagedKeyFileError):
        open_with_passphrase(change(data), PASSPHRASE)
    assert derivations == []


def test_base64_with_spare_bits_is_damaged_before_any_work(derivations: list[int]) -> None:
    data = seal_with_passphrase(TEXT, PASSPHRASE, log_work=QUICK)
    derivations.clear()
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    header, nonce = data[: data.index(b"\n---") + 48], data[data.index(b"\n---") + 48 :]
    for text in re.findall(rb"[A-Za-z0-9+/]{43}|[A-Za-z0-9+/]{22}", header.split(b"\n", 1)[1]):
        other = text[:-1] + bytes([alphabet[alphabet.index(text[-1]) ^ 1]])  # the same bytes, decoded
        with pytest.raises(DamagedKeyFileError):
            open_with_passphrase(header.replace(text, other) + nonce, PASSPHRASE)
    assert derivations == []


@pytest.mark.parametrize("log_work", [1, 10, 14, *([15, 16, 18, 19, 20] if SIZE > 1 else [])])
def test_more_or_less_work_than_ours_is_done(log_work: int) -> None:
    data = seal_with_passphrase(TEXT, PASSPHRASE, log_work=log_work)
    assert open_with_passphrase(data, PASSPHRASE) == TEXT


@pytest.mark.parametrize("log_work", [b"21", b"22", b"63", b"64", b"99", b"100", b"4294967296"])
def test_too_much_work_is_refused_before_any_is_done(log_work: bytes, derivations: list[int]) -> None:
    data = seal_with_passphrase(TEXT, PASSPHRASE, log_work=QUICK)
    derivations.clear()
    with pytest.raises(DamagedKeyFileError):
        open_with_passphrase(data.replace(b" 4\n", b" %b\n" % log_work), PASSPHRASE)
    assert derivations == []


def test_the_most_work_is_2_to_the_20(derivations: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    data = seal_with_passphrase(TEXT, PASSPHRASE, log_work=QUICK).replace(b" 4\n", b" 20\n")
    monkeypatch.setattr(hashlib, "scrypt", lambda password, **options: bytes(32))
    with pytest.raises(WrongPassphraseError):
        open_with_passphrase(data, PASSPHRASE)
    assert derivations == [QUICK, 20]


def test_bytes_that_are_no_text_open_nothing() -> None:
    data = seal_with_passphrase(TEXT, PASSPHRASE, log_work=QUICK)
    with pytest.raises(WrongPassphraseError):
        open_with_passphrase(data, "caf\udce9 au lait")


def test_what_was_sealed_and_is_no_text_is_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    data = seal_with_passphrase("\N{POUND SIGN}" * 8, PASSPHRASE, log_work=QUICK)
    from smartcli.lock import ciphers

    decrypt = ciphers.decrypt
    monkeypatch.setattr(ciphers, "decrypt", lambda *parts: (decrypt(*parts) or b"").replace(b"\xc2", b"\xff"))
    with pytest.raises(DamagedKeyFileError):
        open_with_passphrase(data, PASSPHRASE)


def test_too_little_memory_is_neither_wrong_nor_damage() -> None:
    code = (
        "import resource\n"
        "from smartcli.lock import ciphers, key_file\n"
        "from smartcli.lock.errors import TooLittleMemoryError\n"
        "room = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize() + 64 * 2**20\n"
        "resource.setrlimit(resource.RLIMIT_AS, (room, room))\n"
        "try: key_file.seal_with_passphrase('text', 'passphrase')\n"
        "except TooLittleMemoryError: print('too little')"
    )
    if sys.platform != "linux":
        pytest.skip("only Linux limits the memory of a process in this way")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "too little\n"


def test_without_the_library_that_is_said_before_any_work(
    monkeypatch: pytest.MonkeyPatch, derivations: list[int]
) -> None:
    import smartcli.lock

    data = seal_with_passphrase(TEXT, PASSPHRASE, log_work=QUICK)
    derivations.clear()
    assert key_file.has_library()
    monkeypatch.delattr(smartcli.lock, "ciphers")
    monkeypatch.delitem(sys.modules, "smartcli.lock.ciphers")
    for name in [name for name in sys.modules if name.split(".")[0] == "cryptography"]:
        monkeypatch.setitem(sys.modules, name, None)
    assert not key_file.has_library()
    with pytest.raises(MissingLibraryError):
        open_with_passphrase(data, PASSPHRASE)
    with pytest.raises(MissingLibraryError):
        seal_with_passphrase(TEXT, PASSPHRASE, log_work=QUICK)
    assert derivations == []


def test_errors_hold_nothing_secret() -> None:
    data = seal_with_passphrase(TEXT, PASSPHRASE, log_work=QUICK)
    damaged = bytes([*data[:-1], data[-1] ^ 1])
    for broken, passphrase in ((data, PASSPHRASE + "x"), (damaged, PASSPHRASE), (b"", PASSPHRASE)):
        with pytest.raises((WrongPassphraseError, DamagedKeyFileError)) as refused:
            open_with_passphrase(broken, passphrase)
        assert refused.value.args == ()
        assert refused.value.__cause__ is None


def test_random_bytes_are_never_a_key_file() -> None:
    made = random.Random(17)
    for _number in range(300 * SIZE):
        with pytest.raises(DamagedKeyFileError):
            open_with_passphrase(b"age-encryption.org/v1\n-> scrypt " + made.randbytes(made.randrange(400)), PASSPHRASE)
