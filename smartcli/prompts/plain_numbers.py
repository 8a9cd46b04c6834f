"""Numbers as people type them in plain mode: "3", "3.", "1,3", and slips such as "4 8" where one was asked for."""

import re

from smartcli.asking import WrongAnswerError
from smartcli.language import _
from smartcli.words import number

_MOST_DIGITS = 5  # in all; with more of them it is words: a telephone number, say
_ONLY_NUMBERS = re.compile(r"[(#+-]?\d+(?:[\s.,;&+)-]+\d+)*[.,;:)]*")  # "24/7" and "12:30" are words
_BETWEEN = re.compile(r"\d[\s;&+]+(?=\d)")  # what may stand between numbers in place of a comma


def numbers_in(words: str) -> list[int] | None:
    """Return the numbers in words that are nothing but short numbers; None where they are words."""
    text = words.strip()
    digits = re.findall(r"\d+", text)
    if not _ONLY_NUMBERS.fullmatch(text) or sum(map(len, digits)) > _MOST_DIGITS:
        return None
    first, *rest = map(int, digits)
    return [-first if text.startswith("-") else first, *rest]


def with_commas(words: str) -> str:
    """Return a list of numbers with commas between them, also where somebody typed "1 3"; other words as they are."""
    if any(numbers_in(part) is None for part in words.split(",") if part.strip()):
        return words
    return _BETWEEN.sub(lambda match: match[0][0] + ",", words)


def read_one_number(words: str) -> float:
    """Return the one number typed, for a scale; raises WrongAnswerError, also for "7,8", which may be two."""
    several = len(numbers_in(words) or ()) > 1
    if several and "." not in words:
        raise WrongAnswerError(_("Please type one number."))
    value = number(words)
    if value is None:
        raise WrongAnswerError(_("Please type a number."))
    return value
