"""Names that become roles: "Sam" is "a friend" on a page for somebody else.

A name, and each part of it, is found in every common spelling. An ordinary word that is a name too ("Will", "May") is
taken for the name where it has a capital and the words around it do not make it the word.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple, TypeVar

from smartcli.pages import telephone
from smartcli.pages.ordinary_words import (
    AMBIGUOUS,
    BEFORE_A_MONTH,
    BESIDE_NAMES,
    CAPITALISED,
    CONTRACTIONS,
    FUNCTION,
    MAKES_A_WORD,
    MONTHS_AS_NAMES,
    OF_A_MONTH,
    PARTICLES,
    TITLES,
)
from smartcli.pages.spellings import Word, is_invisible, name_spellings, without_signs, words

T = TypeVar("T")
_INSTEAD_OF_CONTACTS = "…"
_SHORT = 2  # letters of a part that needs its capital: "Jo" and "Ng"
_JOINED = 5  # letters of a name that is found with no space in it, in small letters too
_APART = 2  # signs between the pieces of a name that is written as one word: "Anna-Maria" for "Annamaria"
_MOST_SPELLED = 4  # words of a name whose spellings are all looked for
_DIGITS = 5  # digits by which a number of an address is known on its own
_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+\w|\w+://\S+\w|www\.\S+\w|@\w[\w.]+|\w+(?:[.-]\w+)+/\S+")
_PIECES = re.compile(r"[,;|\n()]")
_ENDS_SENTENCE = re.compile(r"[^\s,'’\-\u2010-\u2015/&+()#@]|[-\u2010-\u2015]\s|\s[-\u2010-\u2015]|\n")
_QUOTES = "'’‘`´ʼ＇"


class _Rule(NamedTuple):
    """What is put for one spelling of a name, and what the spelling needs to be taken for the name."""

    role: str
    cuts: frozenset[int]  # where it may be apart: after how many letters
    needs_capital: bool = False
    is_word_too: bool = False  # "Will"


class _Place(NamedTuple):
    """What is put somewhere in a text."""

    start: int
    end: int
    role: str


class _Joined(NamedTuple):
    """The words of a text so far, as one: their letters, and after how many of them a word ends."""

    letters: str
    cuts: tuple[int, ...] = ()

    def with_word(self, spelling: str) -> "_Joined":
        """Return it with another word at its end."""
        return _Joined(self.letters + spelling, (*self.cuts, len(self.letters)) if self.letters else ())


class Roles:
    """Puts roles in the place of names, wherever and however they are written."""

    def __init__(
        self, roles: Mapping[str, str], contacts: Iterable[str] = (), things: Mapping[str, str] | None = None
    ) -> None:
        """`roles`: what to put for each name. `contacts`: how people are reached; of these nothing is left.

        `things`: what to put for names of what is nobody ("Sugar"): whatever their letters are like, they are meant.
        """
        self._rules: dict[str, _Rule] = {}
        self._inside: dict[str, str] = {}
        self._numbers: dict[str, str] = {}
        for name, role in roles.items():
            self._add_name(name, role)
        for name, role in (things or {}).items():
            self._add_thing(name, role)
        for contact in contacts:
            self._add_contact(contact)
        self._beginnings = {spelling[:end] for spelling in self._rules for end in range(1, len(spelling) + 1)}

    def __call__(self, text: str) -> str:
        """Return `text` with roles for names."""
        if not (self._rules or self._inside or self._numbers):
            return text
        parts, done = [], 0
        for place in sorted(self._places(text), key=lambda one: (one.start, -one.end)):
            if place.start >= done:
                parts += [text[done : place.start], place.role]
                done = place.end
            elif place.end > done:  # two that overlap: nothing of the second is left either
                done = place.end
        return "".join([*parts, text[done:]])

    def on(self, blocks: Sequence[T]) -> list[T]:
        """Return blocks of a page with roles for names in every text."""
        return [self._mapped(block) for block in blocks]

    def _mapped(self, value: Any) -> Any:
        if isinstance(value, str):
            return self(value)
        if isinstance(value, tuple) and hasattr(value, "_fields"):
            return type(value)(*map(self._mapped, value))
        return [*map(self._mapped, value)] if isinstance(value, list | tuple) else value

    # --- what is looked for

    def _add_name(self, name: str, role: str) -> None:
        self._numbers.update(dict.fromkeys(telephone.numbers(name), role))
        found = words(name)
        caseless = [part for word in found if _is_caseless(part := name[word.start : word.end]) and not word.is_digits]
        if len(caseless) == len(found):
            for whole in (name.strip(), "".join(caseless)):
                self._inside[without_signs(whole)[0]] = role
            self._inside.pop("", None)
        else:
            self._add_whole(found, role, is_small=name.islower())
            self._add_parts(name, [word for word in found if not word.is_digits], role)
        for part in caseless:
            letters, _places = without_signs(part)
            if len(letters) >= _SHORT:
                self._inside.setdefault(letters, role)

    def _add_whole(self, found: Sequence[Word], role: str, *, is_small: bool) -> None:
        """Look for a whole name, its words apart or as one."""
        all_ordinary = all(min(word.spellings) in AMBIGUOUS | FUNCTION for word in found)
        for joined in _spelled(found):
            is_word_too = len(found) == 1 and joined.letters in AMBIGUOUS | FUNCTION
            needs_capital = is_word_too or len(joined.letters) == 1
            needs_capital |= len(found) > 1 and all_ordinary and not is_small
            rule = _Rule(role, frozenset(joined.cuts), needs_capital, is_word_too)
            self._rules[joined.letters] = rule

    def _add_parts(self, name: str, found: Sequence[Word], role: str) -> None:
        """Look for each part of a name that stands for the whole: "Anna" of "my sister Anna"."""
        parts = [word for word in found if _may_stand_alone(name, word)]
        capitals = [word for word in parts if word.has_capital]
        parts = capitals or parts
        for part in parts:
            for joined in _spelled([part]):
                is_word_too = joined.letters in AMBIGUOUS | FUNCTION
                needs_capital = is_word_too or len(joined.letters) <= _SHORT
                rule = _Rule(role, frozenset(), needs_capital, is_word_too)
                self._rules.setdefault(joined.letters, rule)
        for first in parts:
            for second in parts:
                if first is not second:
                    self._add_pair(first, second, role)
        for pieces in name.split():  # "McDonald" of "Ronald McDonald"
            piece = words(pieces)
            if len(piece) > 1 and not any(word.is_digits for word in piece):
                for joined in _spelled(piece):
                    self._rules.setdefault(joined.letters, _Rule(role, frozenset(joined.cuts)))

    def _add_pair(self, first: Word, second: Word, role: str) -> None:
        for joined in _spelled([first, second]):
            if len(joined.letters) >= _JOINED:
                self._rules.setdefault(joined.letters, _Rule(role, frozenset(joined.cuts)))

    def _add_thing(self, name: str, role: str) -> None:
        found = words(name)
        if all(_is_caseless(name[word.start : word.end]) for word in found):
            self._add_name(name, role)
            return
        capitals = [[word] for word in found if word.has_capital and _may_stand_alone(name, word)]
        for part in (found, *capitals):
            for joined in _spelled(part):
                if len(part) == len(found) or min(part[0].spellings) not in FUNCTION:
                    self._rules[joined.letters] = _Rule(role, frozenset(joined.cuts))

    def _add_contact(self, contact: str) -> None:
        """Look for every part of how somebody is reached: each number, each address, each line of one."""
        self._numbers.update(
            {number: _INSTEAD_OF_CONTACTS for number in telephone.numbers(contact) if number not in self._numbers}
        )
        for address in _ADDRESS.findall(contact):
            self._add_phrase(address)
            user, _at, _host = address.partition("@")
            if len(user) >= _JOINED:
                self._add_phrase(user)
        for piece in _PIECES.split(_ADDRESS.sub(",", contact)):
            found = words(piece)
            has_capital = any(word.has_capital and not _is_beside_names(word) for word in found)
            has_digits = any(word.is_digits for word in found)
            is_digits = all(word.is_digits for word in found)
            if found and (
                (is_digits and len(piece.strip()) >= _DIGITS) or (not is_digits and has_digits) or has_capital
            ):
                self._add_phrase(piece)

    def _add_phrase(self, phrase: str) -> None:
        found = words(phrase)
        for joined in _spelled(found):
            if len(joined.letters) > 1:
                is_word_too = len(found) == 1 and joined.letters in AMBIGUOUS | FUNCTION
                rule = _Rule(_INSTEAD_OF_CONTACTS, frozenset(joined.cuts), is_word_too, is_word_too)
                self._rules.setdefault(joined.letters, rule)

    # --- where it is found

    def _places(self, text: str) -> Iterator[_Place]:
        for start, end, number in telephone.places(text, self._numbers):
            yield _Place(start, end, self._numbers[number])
        if self._inside:
            yield from self._places_inside(text)
        if self._rules:
            yield from self._places_of_words(text)

    def _places_inside(self, text: str) -> Iterator[_Place]:
        """Yield names of a script without capitals, inside words too: there may be no spaces between those."""
        letters, places = without_signs(text)
        for name in sorted(self._inside, key=len, reverse=True):
            at = letters.find(name)
            while at >= 0:
                end = at + len(name)
                yield _Place(places[at], places[end - 1] + 1, self._inside[name])
                at = letters.find(name, end)

    def _places_of_words(self, text: str) -> Iterator[_Place]:
        found = words(text)
        at = 0
        while at < len(found):
            longest = self._longest_from(text, found, at)
            if longest is None:
                at += 1
                continue
            end, role = longest
            yield _Place(found[at].start, found[end - 1].end, role)
            at = end

    def _longest_from(self, text: str, found: Sequence[Word], at: int) -> tuple[int, str] | None:
        """Return the longest name that begins with a word: the word after its last, and its role."""
        longest = None
        begun = {_Joined("")}
        for end in range(at + 1, len(found) + 1):
            spelled = [joined.with_word(one) for joined in begun for one in found[end - 1].spellings]
            for joined in spelled:
                role = self._role(text, found, at, end, joined)
                longest = longest if role is None else (end, role)
            begun = {joined for joined in spelled if joined.letters in self._beginnings}
            if not begun:
                break
        return longest

    def _role(self, text: str, found: Sequence[Word], at: int, end: int, joined: _Joined) -> str | None:
        for letters in (joined.letters, *_without_ending(joined.letters)):
            rule = self._rules.get(letters)
            if rule and self._is_meant(rule, letters, text, found, at, end, joined):
                return rule.role if letters == joined.letters else f"{rule.role}'s"
        return None

    def _is_meant(
        self, rule: _Rule, letters: str, text: str, found: Sequence[Word], at: int, end: int, joined: _Joined
    ) -> bool:
        """Return whether words that are spelled as a name are the name."""
        first = found[at]
        if (first.is_tied and end == at + 1) or _is_negation(text, found, end):
            return False
        for left, right, cut in zip(found[at:], found[at + 1 : end], joined.cuts, strict=False):
            if cut not in rule.cuts and not _is_one_word(text, left, right):
                return False
        if rule.is_word_too:
            return first.has_capital and _is_name_here(text, found, at, has_ending=letters != joined.letters)
        is_short = len(letters) <= _SHORT and letters != joined.letters
        is_short |= len(letters) < _JOINED and bool(rule.cuts) and not joined.cuts
        return first.has_capital or not (rule.needs_capital or is_short) or (len(found) == end - at and not is_short)


def texts(value: Any) -> Iterator[str]:
    """Yield every text of blocks of a page."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts(one)


def likely_names(written: Iterable[str], known: Iterable[str] = ()) -> list[str]:
    """Return what looks like a name in texts: with a capital inside a sentence, and nowhere in small letters.

    Words with capitals side by side are one. `known`: what is no name to look for.
    """
    found: dict[str, str] = {}
    ordinary = {*CAPITALISED, *FUNCTION, *TITLES}
    ordinary.update(spelling for one in known for word in words(one) for spelling in word.spellings)
    for text in written:
        parts = words(text)
        ordinary.update(min(word.spellings) for word in parts if not word.has_capital)
        for name in _side_by_side(text, parts):
            found.setdefault(name.casefold(), name)
    return [name for name in found.values() if any(_is_likely(word, ordinary) for word in words(name))]


def _side_by_side(text: str, parts: Sequence[Word]) -> Iterator[str]:
    """Yield what has capitals inside a sentence, as it is written."""
    run: list[Word] = []
    for at, word in enumerate(parts):
        if run and text[run[-1].end : word.start] not in ("", " ", "-", "'", "’"):
            yield text[run[0].start : run[-1].end]
            run = []
        is_short_for_something = word.is_upper and word.end - word.start < _JOINED
        if word.has_capital and not is_short_for_something and (run or not _is_beginning(text, parts, at)):
            run.append(word)
        elif run:
            yield text[run[0].start : run[-1].end]
            run = []
    if run:
        yield text[run[0].start : run[-1].end]


def _is_likely(word: Word, ordinary: Collection[str]) -> bool:
    spelling = min(word.spellings)
    return len(spelling) >= _SHORT and word.has_capital and spelling not in ordinary


def _is_caseless(part: str) -> bool:
    return part.upper() == part.lower()


def _spelled(found: Sequence[Word]) -> Iterator[_Joined]:
    """Yield the spellings of words as one; of many words only the plainest."""
    choices = [
        name_spellings(word.spellings) if len(found) <= _MOST_SPELLED else {min(word.spellings)} for word in found
    ]
    for chosen in product(*choices):
        joined = _Joined("")
        for spelling in chosen:
            joined = joined.with_word(spelling)
        if joined.letters:
            yield joined


def _may_stand_alone(name: str, word: Word) -> bool:
    """Return whether a part of a name may stand for the whole: not "sister", not "Dr", not "van"."""
    spelling = min(word.spellings)
    is_first = not name[: word.start].strip()
    is_surname = spelling in AMBIGUOUS and word.has_capital and not is_first  # "Young"
    if len(spelling) < _SHORT or word.is_tied or (spelling in BESIDE_NAMES and not is_surname):
        return False
    return spelling not in PARTICLES or (is_first and word.has_capital)


def _is_beside_names(word: Word) -> bool:
    return bool(word.spellings & (BESIDE_NAMES | PARTICLES | FUNCTION | CAPITALISED))


def _without_ending(letters: str) -> Iterator[str]:
    """Yield a word without the ending of a possessive or a plural: "Sams", "Jesses"."""
    if letters.endswith("s"):
        yield letters[:-1]
    if letters.endswith(("ses", "xes", "zes", "ches", "shes")):
        yield letters[:-2]


def _is_one_word(text: str, left: Word, right: Word) -> bool:
    """Return whether two words side by side may be one that is written apart: "Jean-Luc", "O'Brien", "Anna Maria"."""
    between = "".join(sign for sign in text[left.end : right.start] if not is_invisible(sign))
    if not between:
        return True
    if any(sign.isspace() for sign in between):
        return all(one.has_capital and one.end - one.start > 1 for one in (left, right))
    return len(between) <= _APART and not (between in _QUOTES and right.spellings & CONTRACTIONS)


def _is_negation(text: str, found: Sequence[Word], end: int) -> bool:
    """Return whether words go on as "don't" does."""
    if end == len(found):
        return False
    between = text[found[end - 1].end : found[end].start]
    return len(between) == 1 and between in _QUOTES and "t" in found[end].spellings


def _is_name_here(text: str, found: Sequence[Word], at: int, *, has_ending: bool) -> bool:
    """Return whether an ordinary word with a capital is the name, by what stands around it."""
    word = found[at]
    before = found[at - 1] if at else None
    after = found[at + 1] if at + 1 < len(found) else None
    if word.spellings & {"i"} or (word.is_upper and any(one and one.is_upper for one in (before, after))):
        return False
    if word.spellings & MONTHS_AS_NAMES and _is_month(found[:at], after):
        return False
    if not _is_beginning(text, found, at):
        return True
    return not word.spellings & FUNCTION and not has_ending and not (after and after.spellings & MAKES_A_WORD)


def _is_month(before: Sequence[Word], after: Word | None) -> bool:
    """Return whether "May" is the month, by the words before it and the one after."""
    if after and after.is_digits:
        return True
    if before and "of" in before[-1].spellings:  # "the end of May", and not "a picture of May"
        return any(word.is_digits or word.spellings & OF_A_MONTH for word in before[-2:-1])
    return any(word.is_digits or word.spellings & (BEFORE_A_MONTH | OF_A_MONTH) for word in before[-1:])


def _is_beginning(text: str, found: Sequence[Word], at: int) -> bool:
    """Return whether a sentence begins with a word."""
    if at == 0:
        return True
    before = found[at - 1]
    between = text[before.end : found[at].start]
    is_short = before.has_capital and (len(min(before.spellings)) == 1 or before.spellings & TITLES)
    return bool(_ENDS_SENTENCE.search(between)) and not (is_short and between.strip() == ".")
