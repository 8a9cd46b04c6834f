"""Passphrases: one rule, said plainly; four words that wound nobody."""

import hashlib
import math
import re
import tomllib
from pathlib import Path

import pytest

from smartcli.lock import passphrase
from smartcli.lock.passphrase import MINIMUM, find_problem, measure_suggestion_bits, normalise, suggest

LEFT_OUT: dict[str, str] = tomllib.loads((Path(__file__).parent / "left_out_words.toml").read_text())
LIST = Path(passphrase.__file__).parent / "wordlist"
WORDS = (LIST / "words.txt").read_text().splitlines()


@pytest.mark.parametrize(
    "typed",
    [
        "12345678",
        "        ",
        "aaaaaaaa",
        "pass word",
        "Gruß aus Köln",
        "ключевые",
        "合言葉合言葉合言",
        "🌊🌊🌊🌊🌊🌊🌊🌊",
        "x" * 1000,
        "-------8",
    ],
)
def test_eight_characters_of_any_kind_are_enough(typed: str) -> None:
    assert find_problem(typed) == ""


@pytest.mark.parametrize("typed", ["", "1234567", "e\u0301" * 7, "合言葉"])
def test_fewer_than_eight_are_refused_and_the_number_is_said(typed: str) -> None:
    assert str(MINIMUM) in find_problem(typed)


@pytest.mark.parametrize("sign", ["\n", "\r", "\t", "\0", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\udce9"])
def test_what_not_every_keyboard_can_type_is_refused_wherever_it_stands(sign: str) -> None:
    for typed in (f"{sign}12345678", f"1234{sign}5678", f"12345678{sign}"):
        problem = find_problem(typed)
        assert problem
        assert problem != find_problem("short")
        assert typed not in problem


def test_an_accent_is_the_same_from_every_keyboard() -> None:
    assert normalise("cafe\u0301") == normalise("café") == "café"


def test_the_words_and_those_left_out_are_the_whole_list() -> None:
    left_out = [word for words in LEFT_OUT.values() for word in words.split()]
    assert len(WORDS) == len(set(WORDS))
    assert sorted(WORDS) == WORDS
    assert not {*WORDS} & {*left_out}
    assert len(left_out) == len({*left_out})
    everything = "\n".join(sorted([*WORDS, *left_out]))
    # Of the words of eff_large_wordlist.txt, sorted, with line ends between them.
    assert len(WORDS) + len(left_out) == 7776
    assert (
        hashlib.sha256(everything.encode()).hexdigest()
        == "abae49761b88f3f1ba31ef944bea1f61b795a3cd7e1cfb7d276ed45bf77967ba"
    )


def test_no_word_of_a_kind_that_wounds_is_left() -> None:
    begins = re.compile(
        "drink|drunk|booz|beer|wine|alco|whisk[ey]|liquor|drug|heroin|cocain|cannab|opi|morphine|needle|nicotin|tobac|cigar|smok|"
        "gambl|casino|poker|jackpot|wager|lotter|porn|sex|nud|nake|obes|bloat|chubb|starv|vomit|purg|diet|suic|kill|murd|dead|death|"
        "die|dying|corps|coffin|grave(?!l)|funer|tomb|mourn|grie|morgu|jail|pris(?!m|t)|crim(?!p|s)|thief|robb|steal|guilt|shame|"
        "fail|lose|hate|hopel|worthl|stupid|idiot|craz|relaps|addict|clean|crav|urge(?!n)"
    )
    found = [word for word in WORDS if begins.match(word)]
    assert not found


def test_words_can_be_typed_on_any_keyboard() -> None:
    assert all(re.fullmatch(r"[a-z]{3,9}", word) for word in WORDS)


def test_a_suggestion_is_four_words_of_the_list_and_any_may_come() -> None:
    drawn = [suggest().split(" ") for _number in range(3000)]
    assert {len(words) for words in drawn} == {4}
    assert {word for words in drawn for word in words} <= {*WORDS}
    # 12,000 draws of 6,294 words: 85 in 100 of them are expected, and of each place of the list some.
    assert len({word for words in drawn for word in words}) > 0.8 * len(WORDS)
    assert len({tuple(words) for words in drawn}) == len(drawn)
    assert not find_problem(" ".join(drawn[0]))


def test_the_shortest_suggestion_is_long_enough() -> None:
    assert find_problem(" ".join([min(WORDS, key=len)] * 4)) == ""


def test_what_is_said_of_the_words_is_counted() -> None:
    bits = 4 * math.log2(len(WORDS))
    assert measure_suggestion_bits() == bits
    readme = (LIST / "README.md").read_text()
    assert f"has {len(WORDS):,} words" in readme
    assert f"{bits:.1f} bits" in readme
    assert f"{7776 - len(WORDS):,} were left out" in readme
    assert f"{7776 - len(WORDS):,} of the 7,776" in (LIST / "LICENSE").read_text()
