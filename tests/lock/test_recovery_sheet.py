"""The recovery sheet: read however it is typed; one slip is found, two are never mended into another key."""

import random
from collections.abc import Callable, Iterator

import pytest

from smartcli.lock import bech32, recovery_sheet
from smartcli.lock.identity import is_secret
from smartcli.lock.recovery_sheet import (
    Slip,
    SlipKind,
    ask_about,
    explain_characters,
    is_group,
    layout_lines,
    pick_groups,
    read_typed,
    split_groups,
)
from tests.conftest import SIZE
from tests.lock.test_identity import made_secret

LETTERS = bech32.ALPHABET.upper()
MADE = random.Random(58)
KEYS = [made_secret(MADE) for _number in range(6 * SIZE if SIZE < 20 else 1000)]
SECRET = KEYS[0]
BODY = SECRET[16:]


def test_the_sheet_has_three_lines_of_four_groups_that_fit_a_telephone() -> None:
    for secret in KEYS:
        lines = layout_lines(secret)
        assert [len(line) for line in lines] == [23, 23, 21]
        assert "".join(lines).replace(" ", "") == secret.removeprefix("AGE-SECRET-KEY-1")
        assert " ".join(lines).split() == split_groups(secret)
        assert [len(group) for group in split_groups(secret)] == [5] * 11 + [3]


def test_what_is_said_of_the_characters_is_so() -> None:
    assert not {*"BIO1"} & {*LETTERS}
    assert {*"0"} < {*LETTERS}
    assert all(sign in explain_characters() for sign in "BIO10")


def written(secret: str) -> Iterator[str]:
    body = secret[16:]
    yield secret
    yield body
    yield secret.lower()
    yield "\n".join(layout_lines(secret))
    yield "\r\n".join(layout_lines(secret)).lower() + "\r\n"
    yield "AGE-SECRET-KEY-1\n" + "\n".join(layout_lines(secret))
    yield "age secret key 1 " + body
    yield "-".join(split_groups(secret))
    yield "–".join(split_groups(secret))
    yield "\u00a0".join(split_groups(secret)) + "\u200b."
    yield body.replace("0", "O")
    yield body.replace("0", "o").replace("L", "1").replace("8", "b")
    yield body.replace("L", "i").lower()
    yield "".join(chr(ord(letter) + 0xFEE0) for letter in body)  # wide letters
    yield secret.replace("SECRET", "SECRT", 1)  # a slip before the key is none of the key
    yield secret.replace("SECRET", "SECREET", 1)
    yield "age secret key I " + body
    yield "age secret key l " + body.lower()


def test_a_key_is_read_however_it_is_typed() -> None:
    for secret in KEYS[:20]:
        for typed in written(secret):
            assert read_typed(typed) == secret, typed


def test_a_key_that_begins_like_the_prefix_is_read_with_and_without_it() -> None:
    for beginning in ("age", "agesecretkey", "l", "ll", "key"):
        values = [max(bech32.ALPHABET.find(letter), 0) for letter in beginning.ljust(52, "q")]
        data = bytes(bech32._regroup(values, 5, 8))
        secret = bech32.encode("age-secret-key-", data).upper()
        assert is_secret(secret)
        for typed in written(secret):
            assert read_typed(typed) == secret, typed


Plant = Callable[[random.Random, str], str]


def wrong(made: random.Random, body: str) -> str:
    at = made.randrange(58)
    return body[:at] + made.choice([letter for letter in LETTERS if letter != body[at]]) + body[at + 1 :]


def swapped(made: random.Random, body: str) -> str:
    at = made.choice([at for at in range(57) if body[at] != body[at + 1]])
    return body[:at] + body[at + 1] + body[at] + body[at + 2 :]


def left_out(made: random.Random, body: str) -> str:
    at = made.randrange(58)
    return body[:at] + body[at + 1 :]


def one_more(made: random.Random, body: str) -> str:
    at = made.randrange(59)
    return body[:at] + made.choice(LETTERS) + body[at:]


SLIPS: dict[SlipKind, Plant] = {
    SlipKind.WRONG: wrong,
    SlipKind.SWAPPED: swapped,
    SlipKind.MISSING: left_out,
    SlipKind.EXTRA: one_more,
}


@pytest.mark.parametrize("kind", SlipKind)
def test_one_slip_is_found_and_named(kind: SlipKind) -> None:
    made = random.Random(kind.value)
    for secret in KEYS:
        typed = SLIPS[kind](made, secret[16:])
        slip = read_typed(typed)
        assert isinstance(slip, Slip)
        assert (slip.kind, slip.secret) == (kind, secret)
        # What the slip says of itself, undone, is the key.
        before = slip.position - 1
        assert typed[before : before + len(slip.typed)] == slip.typed
        mended = typed[:before] + slip.should_be + typed[before + len(slip.typed) :]
        assert mended == secret[16:]
        assert slip.letters in " ".join(split_groups(secret))


def test_a_character_that_is_none_is_a_wrong_one() -> None:
    for sign in "é3"[:1] + "ß字":
        slip = read_typed(BODY[:20] + sign + BODY[21:])
        assert isinstance(slip, Slip)
        assert (slip.kind, slip.position, slip.should_be, slip.secret) == (SlipKind.WRONG, 21, BODY[20], SECRET)


def test_a_sign_for_what_cannot_be_read_counts_as_left_out() -> None:
    slip = read_typed(BODY[:20] + "?" + BODY[21:])
    assert isinstance(slip, Slip)
    assert (slip.kind, slip.secret) == (SlipKind.MISSING, SECRET)


def test_two_slips_are_never_mended_into_another_key() -> None:
    made = random.Random(2)
    plants = [*SLIPS.values()]
    for number in range(16 * SIZE):
        secret = KEYS[number % len(KEYS)]
        first, second = plants[number % 4], plants[number // 4 % 4]
        typed = second(made, first(made, secret[16:] + LETTERS[0])[:59][:58])
        outcome = read_typed(typed)
        # The two may undo each other, or be one; another key is never made of them.
        assert outcome is None or outcome == secret or (isinstance(outcome, Slip) and outcome.secret == secret)


def test_two_wrong_characters_are_left_to_the_person() -> None:
    made = random.Random(22)
    for _number in range(10 * SIZE):
        first, second = sorted(made.sample(range(58), 2))
        letters = [*BODY]
        for at in (first, second):
            letters[at] = made.choice([letter for letter in LETTERS if letter != BODY[at]])
        assert read_typed("".join(letters)) is None


def test_where_two_keys_are_as_near_none_is_proposed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check sum makes this a chance of one in a thousand million, so it is made up here."""
    near = {SECRET[:-1] + letter for letter in LETTERS if letter not in SECRET[-1:]}
    monkeypatch.setattr(recovery_sheet, "is_secret", lambda text: text in near)
    assert read_typed(BODY) is None
    near.clear()
    near.add(SECRET[:20] + ("Q" if SECRET[20] != "Q" else "P") + SECRET[21:])
    assert isinstance(read_typed(BODY), Slip)


@pytest.mark.parametrize(
    "typed", ["", " ", "AGE-SECRET-KEY-1", BODY[:56], BODY + "QQ", "Q" * 58, "1" * 58, "1" * 100_000, "age1" + "q" * 58]
)
def test_what_is_no_key_nor_near_one_is_nothing(typed: str) -> None:
    assert read_typed(typed) is None


def test_a_key_that_is_typed_right_is_never_doubted() -> None:
    assert all(is_secret(secret) and read_typed(secret) == secret for secret in KEYS)


def test_the_question_shows_the_place_and_the_right_characters_and_no_more() -> None:
    made = random.Random(4)
    for plant in SLIPS.values():
        for secret in KEYS[:6]:
            slip = read_typed(plant(made, secret[16:]))
            assert isinstance(slip, Slip)
            question = ask_about(slip)
            assert question.endswith("?")
            assert str(slip.group) in question
            assert slip.typed in question
            assert slip.should_be in question
            assert slip.letters in question
            shown = [group for group in split_groups(secret)[:-1] if group in question]
            assert len(shown) <= 2
            assert secret[16:] not in f"{slip!r}"


def test_a_swapped_pair_in_two_groups_shows_both() -> None:
    secret = next(secret for secret in KEYS if secret[16 + 4] != secret[16 + 5])
    body = secret[16:]
    slip = read_typed(body[:4] + body[5] + body[4] + body[6:])
    assert isinstance(slip, Slip)
    assert slip.letters == " ".join(split_groups(secret)[:2])
    assert slip.group == 1


def test_two_different_groups_are_picked_and_each_is_in_time() -> None:
    picked = [pick_groups() for _number in range(600)]
    assert all(1 <= first < second <= 12 for first, second in picked)
    assert {number for pair in picked for number in pair} == {*range(1, 13)}


def test_a_group_is_typed_back_in_any_writing_and_no_other_passes() -> None:
    for number, group in enumerate(split_groups(SECRET), start=1):
        for typed in (group, group.lower(), f" {group} ", " ".join(group), group.replace("0", "O").replace("8", "b")):
            assert is_group(SECRET, number, typed)
        others = [other for other in split_groups(SECRET) if other != group]
        for typed in (*others, "", group[:-1], group + "Q", SECRET):
            assert not is_group(SECRET, number, typed)
