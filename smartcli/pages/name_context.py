"""Whether a word that may be a name is one where it stands: by its capital, its sentence and the words beside it."""

import re
from collections.abc import Sequence

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
from smartcli.pages.spellings import Word

QUOTES = "'’‘`´ʼ＇"
_ENDS_SENTENCE = re.compile(r"[^\s,'’\-\u2010-\u2015/&+()#@]|[-\u2010-\u2015]\s|\s[-\u2010-\u2015]|\n")


def is_name_here(text: str, found: Sequence[Word], at: int, *, has_ending: bool) -> bool:
    """Return whether an ordinary word with a capital is the name. `at`: its number among the words of the text."""
    word = found[at]
    before = found[at - 1] if at else None
    after = found[at + 1] if at + 1 < len(found) else None
    is_shouted = word.is_upper and any(one and one.is_upper for one in (before, after))
    if "i" in word.spellings or (is_shouted and word.spellings & MOSTLY_WORDS):
        return False
    if word.spellings & MONTHS_AS_NAMES and _is_month(found[max(0, at - 2) : at], after):
        return False
    if not is_beginning(text, found, at):
        return True
    if after and text[word.end : after.start].isspace() and after.spellings & (MAKES_A_WORD | BASE_VERBS):
        return False
    return not word.spellings & FUNCTION and not has_ending


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


def _is_month(before: Sequence[Word], after: Word | None) -> bool:
    """Return whether "May" is the month, by the two words before it and the one after."""
    if after and after.is_digits:
        return True
    if before and "of" in before[-1].spellings:  # "the end of May", and not "a picture of May"
        return any(word.is_digits or word.spellings & OF_A_MONTH for word in before[-2:-1])
    return any(word.is_digits or word.spellings & (BEFORE_A_MONTH | OF_A_MONTH) for word in before[-1:])
