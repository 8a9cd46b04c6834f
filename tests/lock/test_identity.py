"""Keys: read from what people and age-keygen write, named by what is public, never shown."""

import base64
import hashlib
import random
from datetime import UTC, datetime, timedelta, timezone

import pyrage
import pytest

from smartcli.lock import bech32
from smartcli.lock.errors import InvalidKeyError
from smartcli.lock.identity import (
    Identity,
    check_recipient,
    generate_identity,
    is_secret,
    key_name,
    parse_identity,
)

WHEN = datetime(2026, 11, 22, 21, 30, tzinfo=UTC)


def made_secret(random_numbers: random.Random) -> str:
    return bech32.encode("age-secret-key-", random_numbers.randbytes(32)).upper()


def test_a_new_key_is_one_of_age_and_no_other() -> None:
    keys = [generate_identity() for _number in range(20)]
    assert len({key.secret for key in keys}) == len({key.recipient for key in keys}) == 20
    for key in keys:
        assert is_secret(key.secret)
        assert str(pyrage.x25519.Identity.from_str(key.secret).to_public()) == key.recipient
        check_recipient(key.recipient)


def test_secrets_of_our_own_making_are_those_of_age() -> None:
    made = random.Random(8)
    for _number in range(100):
        secret = made_secret(made)
        assert str(pyrage.x25519.Identity.from_str(secret)) == secret
        assert is_secret(secret)


def test_the_name_is_eight_letters_of_a_hash() -> None:
    recipient = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
    digest = base64.b32encode(hashlib.sha256(recipient.encode()).digest()).decode()
    assert key_name(recipient) == digest[:8].lower()
    assert key_name(recipient).isalnum()
    assert Identity("AGE-SECRET-KEY-1", recipient).name == key_name(recipient)


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=13)), timezone(timedelta(hours=-8))])
def test_a_key_file_text_is_that_of_age_keygen_and_is_read_again(zone: timezone) -> None:
    key = generate_identity()
    text = key.to_key_file_text(WHEN.astimezone(zone))
    assert text == f"# created: 2026-11-22T21:30:00Z\n# public key: {key.recipient}\n{key.secret}\n"
    assert parse_identity(text) == key


def test_a_key_is_read_however_it_was_saved() -> None:
    key = generate_identity()
    text = key.to_key_file_text(WHEN)
    for saved in (
        key.secret,
        f"  {key.secret}\t\n\n",
        key.secret.lower(),
        text.replace("\n", "\r\n"),
        f"# mine\n\n{text}# the end",
    ):
        assert parse_identity(saved) == key


def test_what_a_comment_says_of_the_public_key_is_not_believed() -> None:
    key, other = generate_identity(), generate_identity()
    text = key.to_key_file_text(WHEN).replace(key.recipient, other.recipient)
    assert parse_identity(text).recipient == key.recipient


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# only a comment",
        "AGE-SECRET-KEY-1",
        "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj",
        "AGE-PLUGIN-YUBIKEY-1QGQSYQCTZQ",
        bech32.encode("age-secret-key-", bytes(31)),
        bech32.encode("age-secret-key-", bytes(33)),
        bech32.encode("age-secret-key-pq-", bytes(32)),
    ],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    assert not is_secret(text)
    with pytest.raises(InvalidKeyError):
        parse_identity(text)


def test_two_keys_in_one_text_are_refused() -> None:
    with pytest.raises(InvalidKeyError):
        parse_identity(f"{generate_identity().secret}\n{generate_identity().secret}\n")


def test_every_wrong_character_in_a_key_is_noticed() -> None:
    secret = made_secret(random.Random(3))
    for at in range(len(secret)):
        for character in bech32.ALPHABET.upper() + "BIO1 -":
            if character != secret[at]:
                assert not is_secret(secret[:at] + character + secret[at + 1 :])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "age1",
        "-o/etc/passwd",
        "age1yubikey1q0000000000000000000000000000000000000",
        "ssh-ed25519 AAAA",
        bech32.encode("age", bytes(31)),
        bech32.encode("age-secret-key-", bytes(32)),
    ],
)
def test_what_is_no_recipient_is_refused(text: str) -> None:
    with pytest.raises(InvalidKeyError):
        check_recipient(text)


def test_a_key_is_never_shown_where_it_is_printed() -> None:
    key = generate_identity()
    assert key.secret[16:] not in f"{key} {key!r} {[key]}"
    with pytest.raises(InvalidKeyError) as refused:
        parse_identity(key.secret + "\n" + key.secret)
    assert refused.value.args == ()
