"""Whether a word that may be a name is one where it stands: by its capital, its sentence and the words beside it."""

import re
from collections.abc import Sequence

from smartcli.moments import month_name, month_short
from smartcli.pages.ordinary_words import (
    BASE_VERBS,
    BEFORE_A_MONTH,
    CONTRACTIONS,
    FUNCTION,
    MAKES_A_WORD,
    MONTHS_AS_NAMES,
    MOSTLY_WORDS,
    OF_A_MONTH,
    TITLES,
)
from smartcli.pages.spellings import Word, words

QUOTES = "'’‘`´ʼ＇"
_DAY_BEFORE = re.compile(r"([1-9]|[12]\d|3[01]) ")
_YEAR_AFTER = re.compile(r" (19|20)\d\d")
_DAY_OR_YEAR_AFTER = re.compile(r"\W{1,2}(\d\d?|(19|20)\d\d)(?!\d)")  # "May 5", "May, 2026", and no telephone number
_ENDS_SENTENCE = re.compile(r"[^\s,'’\-\u2010-\u2015/&+()#@]|[-\u2010-\u2015]\s|\s[-\u2010-\u2015]|\n")


def is_name_here(text: str, found: Sequence[Word], at: int, *, has_ending: bool) -> bool:
    """Return whether an ordinary word with a capital is the name. `at`: its number among the words of the text."""
    word = found[at]
    before = found[at - 1] if at else None
    after = found[at + 1] if at + 1 < len(found) else None
    is_shouted = word.is_upper and any(one and one.is_upper for one in (before, after))
    if "i" in word.spellings or (is_shouted and word.spellings & MOSTLY_WORDS):
        return False
    is_before_date = bool(_DAY_OR_YEAR_AFTER.match(text, word.end))
    if word.spellings & MONTHS_AS_NAMES and (is_before_date or _is_month(found[max(0, at - 2) : at])):
        return False
    if not is_beginning(text, found, at):
        return True
    if after and text[word.end : after.start].isspace() and after.spellings & (MAKES_A_WORD | BASE_VERBS):
        return False
    return not word.spellings & FUNCTION and not has_ending


def month_spellings() -> frozenset[str]:
    """Return the names of the months in the person's language, whole and short, spelled for comparing."""
    names = [name_of(month) for month in range(1, 13) for name_of in (month_name, month_short)]
    return frozenset(spelling for name in names for word in words(name) for spelling in word.spellings)


def is_beside_day_or_year(text: str, found: Sequence[Word], at: int) -> bool:
    """Return whether a month's name is in a date: "13 Jan", "January 2026". `at`: its number among the words."""
    before = text[found[at - 1].start : found[at].start] if at else ""
    after = text[found[at].end : found[at + 1].end] if at + 1 < len(found) else ""
    return bool(_DAY_BEFORE.fullmatch(before) or _YEAR_AFTER.fullmatch(after))


def is_beginning(text: str, found: Sequence[Word], at: int) -> bool:
    """Return whether a sentence begins with a word. `at`: its number among the words of the text."""
    if at == 0:
        return True
    before = found[at - 1]
    between = text[before.end : found[at].start]
    return bool(_ENDS_SENTENCE.search(between)) and not (is_shortened(before) and between.strip() == ".")


def is_shortened(word: Word) -> bool:
    """Return whether a stop after a word ends no sentence: "J." and "Dr."."""
    return word.has_capital and (len(min(word.spellings)) == 1 or bool(word.spellings & TITLES))


def is_negation(text: str, found: Sequence[Word], end: int) -> bool:
    """Return whether words go on as "don't" does. `end`: the number of the word after them."""
    if end == len(found):
        return False
    between = text[found[end - 1].end : found[end].start]
    return len(between) == 1 and between in QUOTES and "t" in found[end].spellings


def is_contraction(between: str, right: Word) -> bool:
    """Return whether what follows an apostrophe is the end of "she'll" and its like, and no part of a name."""
    return between in QUOTES and bool(right.spellings & CONTRACTIONS)


def _is_month(before: Sequence[Word]) -> bool:
    """Return whether "May" is the month, by the two words before it."""
    if before and "of" in before[-1].spellings:  # "the end of May", and not "a picture of May"
        return any(word.is_digits or word.spellings & OF_A_MONTH for word in before[-2:-1])
    return any(word.is_digits or word.spellings & (BEFORE_A_MONTH | OF_A_MONTH) for word in before[-1:])
