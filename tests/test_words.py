"""The person's words in and out."""

import json
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smartcli.words import (
    ascii_only,
    clean,
    either,
    folded,
    folded_sign,
    joined,
    json_text,
    near,
    number,
    sentence,
    shortened,
    visible,
)

ANY = st.text(st.characters(codec=None), max_size=80)


@given(ANY)
@example("caf\udce9")
@example("\ud83d\ude00")
@example("a\r\nb\rc")
def test_whatever_comes_in_can_be_kept_and_cleaning_twice_changes_nothing(text: str) -> None:
    kept = clean(text)
    assert json.loads(json.dumps(kept).encode("ascii")) == kept
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert clean(kept) == kept
    assert "\r" not in kept


def test_words_are_kept_exactly_but_for_bad_bytes_surrogates_and_line_ends() -> None:
    same = "  [b] \x1b[31m שלום 👩‍👧 e\u0301 \u2028 \x00 ‮ tab\t "
    assert clean(same) == same
    assert clean("a\r\nb") == "a\nb"
    assert clean(b"caf\xe9".decode("utf-8", "surrogateescape")) == "caf\ufffd"
    assert clean("\ud83d\ude00") == "😀"


@given(ANY)
@example("\x1b]52;c;aGk=\x07\x9b31m\x7f\u202e")
def test_nothing_shown_can_steer_the_terminal(text: str) -> None:
    steering = [*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), *map(chr, range(0x202A, 0x202F))]
    steering += [*map(chr, range(0x2066, 0x206A))]
    assert not set(visible(clean(text))) & (set(steering) - {"\n", "\t"})


def test_no_character_that_steers_is_shown_or_left_in_json() -> None:
    """By what Unicode says of each: controls, what turns the direction of writing, other line ends, half characters."""
    turning = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    for letter in map(chr, range(0x110000)):
        kind, bidi = unicodedata.category(letter), unicodedata.bidirectional(letter)
        if kind in ("Cc", "Cs", "Zl", "Zp") or bidi in turning:
            assert letter not in visible(f"a{letter}b") or letter in "\n\t", hex(ord(letter))
            assert letter not in json_text(letter, ascii_only=False), hex(ord(letter))


@given(ANY)
def test_text_for_an_ascii_terminal_is_ascii(text: str) -> None:
    assert ascii_only(visible(clean(text))).isascii()


def test_comparing_ignores_case_accents_and_outer_spaces() -> None:
    assert folded(" Café ") == folded("CAFE")


def test_only_the_first_line_is_shown_when_shortened() -> None:
    assert shortened("one\ntwo", 20) == "one…"
    assert shortened("abcdefghij", 5) == "abcd…"
    assert shortened("short", 20) == "short"


@pytest.mark.parametrize(("text", "told"), [("so", "so."), ("so?", "so?"), ("", ""), ("(so.)", "(so.)")])
def test_a_sentence_ends_once(text: str, told: str) -> None:
    assert sentence(text) == told


def test_lists_read_as_speech() -> None:
    assert [joined([]), joined(["a"]), joined(["a", "b"]), either("abc")] == [
        "",
        "a",
        "a and b",
        "a, b or c",
    ]


def test_a_near_miss_is_found_and_a_far_one_is_not() -> None:
    assert near("scael", ["scale", "line"]) == "scale"
    assert near("zzzz", ["scale", "line"]) is None


@pytest.mark.parametrize(("typed", "value"), [("7", 7), (" 2,5 ", 2.5), ("-3.0", -3), ("nan", None), ("1e999", None),
                                              ("seven", None), ("9" * 40, None)])  # fmt: skip
def test_numbers_are_read_with_comma_or_point(typed: str, value: float | None) -> None:
    assert number(typed) == value


ALIKE = [  # two ways of writing the same
    ("I couldn't rest", "I couldn’t rest"), ("I couldn't rest", "i couldn´t rest"), ('the "voice"', "the “voice”"), ("well-being", "well‑being"),
    ("well-being", "well–being"), ("café", "CAFE"), ("café", "cafe\u0301"), ("ﬁne", "fine"), ("İstanbul", "istanbul"), ("ısı", "isi"), ("ＷＩＮＥ", "wine"),
    ("Straße", "STRASSE"), ("smørrebrød", "smorrebrod"), ("Łódź", "lodz"), ("œuvre", "oeuvre"), ("Æble", "aeble"), ("af\u00adter", "after"),
    ("a\u200bfter", "after"), ("\ufeffafter", "after"), ("after  the\tmeal", "after the\nmeal"), ("after\u00a0the meal", "after the meal"),
    ("After the meal.", "after the meal"), ("Really?!", "really"), ("later …", "later"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_what_is_written_in_two_ways_is_folded_alike(one: str, other: str) -> None:
    assert folded(one) == folded(other)
    assert near(one, ["zzz", other]) == near(other, ["zzz", other]) == other


@pytest.mark.parametrize(
    ("one", "other"),
    [("a", "b"), ("rest", "arrest"), ("wellbeing", "well-being"), ("?", "!"), ("...", ""), ("c++", "c"), ("1.5", "15")],
)
def test_what_differs_stays_apart(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing_and_signs_fold_as_texts_do(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert folded("".join(map(folded_sign, text))) == folded(text)
