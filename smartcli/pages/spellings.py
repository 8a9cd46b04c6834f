"""The words of a text as names are compared: without case, accents and invisible signs, in every common spelling."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

# Letters that no decomposition takes apart, as they are typed without them.
_PLAIN = str.maketrans(
    {
        **{"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"},
        **{"ŋ": "n", "ĸ": "k", "ə": "e", "ɛ": "e", "ɔ": "o", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y", "ʼ": ""},
        **dict.fromkeys("ʹʻʽˈˊ", ""),  # as an apostrophe is typed
    }
)
# The same as they are written out: Müller is Mueller.
_WRITTEN_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "œ": "oe", "ß": "ss", "đ": "dj"}
_SIGNS = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u3164\uffa0"  # no letters, and nothing is seen of them
_SHORTEST_OUT = 5  # letters of a name whose "ue" may be an "ü": not those of "Sue" and "Joe"
_PREFIXES = ("mc", "mac", "fitz")  # "McDonald" is no Donald


class Word(NamedTuple):
    """A word: its place in the text, its spellings for comparing, and how it is written."""

    start: int
    end: int
    spellings: frozenset[str]
    has_capital: bool
    is_upper: bool
    is_digits: bool
    is_tied: bool  # the rest of a longer word: "Donald" in "McDonald"


@cache
def is_invisible(letter: str) -> bool:
    """Return whether nothing is seen of a character inside a word: soft hyphens, joiners, bidi marks, selectors."""
    category = unicodedata.category(letter)
    if category == "Cc":
        return not letter.isspace()
    is_selector = "\ufe00" <= letter <= "\ufe0f" or "\U000e0100" <= letter <= "\U000e01ef"
    return category in ("Cf", "Cs") or letter in _SIGNS or is_selector


def words(text: str) -> list[Word]:
    """Return the words of a text: runs of letters, or of digits; "AnnaMaria" is two of them, and so is "Anna2"."""
    found = []
    for run in _runs(text):
        before = ""
        for start, end in _humps(text, run):
            word = _word(text, start, end, is_tied=before in _PREFIXES)
            found.append(word)
            before = min(word.spellings)
    return found


def without_signs(text: str) -> tuple[str, list[int]]:
    """Return a text for comparing, letter by letter, and the place in the text that each letter of it is from."""
    letters, places = [], []
    for place, letter in enumerate(text):
        if not is_invisible(letter):
            for one in spelled(letter):
                letters.append(one)
                places.append(place)
    return "".join(letters), places


@cache
def spelled(letter: str) -> str:
    """Return a letter, its marks with it, for comparing: without case, accents, and what cannot be seen."""
    bare = unicodedata.normalize("NFKD", letter.casefold()).casefold()
    return "".join(one for one in bare.translate(_PLAIN) if not unicodedata.combining(one))


def name_spellings(spellings: frozenset[str]) -> frozenset[str]:
    """Return the spellings of a word that is a name: "Mueller" may be meant by "Muller" too."""
    if not any(two in one for one in spellings for two in ("ae", "oe", "ue")):
        return spellings
    short = {one.replace("ae", "a").replace("oe", "o").replace("ue", "u") for one in spellings}
    return spellings | {one for one in short if len(one) >= _SHORTEST_OUT}


def _runs(text: str) -> Iterator[list[int]]:
    """Yield the places of each run of letters, or of digits, signs inside it left out."""
    run: list[int] = []
    of_digits = False
    for place, letter in enumerate(text):
        if is_invisible(letter):
            continue
        is_digit = letter.isdecimal()
        if letter.isalnum() and run and is_digit != of_digits:
            yield run
            run = []
        if letter.isalnum() or (run and unicodedata.category(letter) in ("Mn", "Mc", "Me")):
            of_digits = is_digit if letter.isalnum() else of_digits
            run.append(place)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _humps(text: str, run: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the parts of a run, each beginning with a capital after a small letter, as (start, end) in the text."""
    letters = [text[place] for place in run]
    begins = [0]
    for at in range(1, len(letters)):
        follows_small = letters[at].isupper() and _is_small_before(letters, at)
        # The last capital of several begins a word: "OBrien". One small letter alone is an ending: "SAMs".
        is_last = letters[at].isupper() and all(one.islower() for one in letters[at + 1 : at + 3])
        if follows_small or (is_last and len(letters) > at + 2):
            begins.append(at)
    for begin, end in zip(begins, [*begins[1:], len(run)], strict=True):
        yield run[begin], run[end - 1] + 1


def _is_small_before(letters: list[str], at: int) -> bool:
    before = at - 1
    while before >= 0 and not letters[before].isalnum():
        before -= 1
    return before >= 0 and letters[before].islower()


def _word(text: str, start: int, end: int, *, is_tied: bool) -> Word:
    written = text[start:end]
    if written.isascii():
        spellings = frozenset({"".join(one for one in written.lower() if not is_invisible(one))})
    else:
        letters = unicodedata.normalize("NFC", "".join(one for one in written if not is_invisible(one)))
        plain = "".join(map(spelled, letters))
        out = "".join(_WRITTEN_OUT.get(one.lower()) or spelled(one) for one in letters)
        spellings = frozenset({plain, out})
    first = next((one for one in written if one.isalnum()), "")
    capitals = [one.isupper() for one in written if one.isalpha()]
    return Word(
        start,
        end,
        spellings,
        first.isupper() or first.istitle(),
        len(capitals) > 1 and all(capitals),
        first.isdecimal(),
        is_tied,
    )
