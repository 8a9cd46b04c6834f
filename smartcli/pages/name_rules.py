"""What is looked for where names become roles: every spelling of a name, its parts and initials, and of contacts."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations, product
from typing import NamedTuple

from smartcli.pages import telephone
from smartcli.pages.contact_parts import phrases
from smartcli.pages.ordinary_words import AMBIGUOUS, BESIDE_NAMES, FELLOWSHIPS, FUNCTION, PARTICLES
from smartcli.pages.spellings import Word, name_spellings, without_signs, words

SHORT = 2  # letters of a part that needs its capital: "Jo" and "Ng"
JOINED = 5  # letters of a name that is found with no space in it, in small letters too
_MOST_SPELLED = 4  # words of a name whose spellings are all looked for
_MOST_PARTS = 8  # of a name with capitals; what has more is no name
_MOST_SMALL = 3  # the same for one in small letters
_PIECES = re.compile(r"[\s\-\u2010-\u2015]+")
_SPACELESS = re.compile("[\u1100-\u11ff\u3040-\u9fff\uac00-\ud7a3]")
_CONTACT, _PART, _WHOLE = range(3)  # which of two that are spelled the same is meant: the higher


class Rule(NamedTuple):
    """What is put for one spelling of a name, and what the spelling needs to be taken for the name."""

    roles: tuple[str, ...]  # several where people share a part of their names
    rank: int
    cuts: frozenset[int]  # where it may be apart: after how many letters
    needs_capital: bool
    is_word_too: bool  # "Will"
    is_initials: bool  # "J. Smith": apart, and each with a capital

    @property
    def is_name(self) -> bool:
        """Whether it is somebody's name, or a part of one, and no contact."""
        return self.rank != _CONTACT


class Joined(NamedTuple):
    """The words of a text so far, as one: their letters, and after how many of them a word ends."""

    letters: str
    cuts: tuple[int, ...] = ()

    def with_word(self, spelling: str) -> "Joined":
        """Return it with another word at its end."""
        return Joined(self.letters + spelling, (*self.cuts, len(self.letters)) if self.letters else ())


class NameRules:
    """Every spelling that is looked for, with the roles that are put for it.

    `rules`: by their letters; `inside`: names of scripts without capitals; `numbers`: telephone numbers, by digits.
    """

    def __init__(self, roles: Mapping[str, str], contacts: Mapping[str, str], things: Mapping[str, str]) -> None:
        """Take what to put for each name, for each way in which people are reached, and for what is nobody."""
        self.rules: dict[str, Rule] = {}
        self.inside: dict[str, tuple[str, ...]] = {}
        self.numbers: dict[str, tuple[str, ...]] = {}
        for name, role in roles.items():
            self._add_name(name, role)
        for name, role in things.items():
            self._add_thing(name, role)
        for contact, instead in contacts.items():
            self._add_contact(contact, instead)

    def _add_name(self, name: str, role: str) -> None:
        for number in telephone.numbers(name):
            _add_role(self.numbers, number, role)
        found = words(name)
        if _is_no_name(name):
            return
        if all(_is_caseless(name, word) for word in found):
            self._add_caseless(name, found, role)
            return
        is_ordinary = all(min(word.spellings) in AMBIGUOUS | FUNCTION for word in found)
        is_letter = len(found) == 1 and len(min(found[0].spellings)) == 1
        is_shown_by_capital = len(found) > 1 and is_ordinary and not name.islower()
        self._add(found, role, _WHOLE, needs_capital=is_letter or is_shown_by_capital)
        self._add_parts(name, [word for word in found if not word.is_digits], role)

    def _add_parts(self, name: str, found: Sequence[Word], role: str) -> None:
        """Look for each part of a name that stands for the whole: "Anna" of "my sister Anna"."""
        parts = [word for word in found if _may_stand_alone(name, word)]
        parts = [word for word in parts if word.has_capital] or parts
        if parts and len(parts) > (_MOST_PARTS if parts[0].has_capital else _MOST_SMALL):
            # A description: a name at most begins it, as in "anna who I met in march".
            parts = [word for word in found[:1] if word in parts and not word.spellings & FUNCTION]
        for part in parts:
            if _is_caseless(name, part):
                _add_role(self.inside, without_signs(name[part.start : part.end])[0], role)
            self._add([part], role, _PART, needs_capital=len(min(part.spellings)) <= SHORT)
        for first, second in permutations(parts, 2):
            if len(min(first.spellings) + min(second.spellings)) >= JOINED:
                self._add([first, second], role, _PART)
            self._add([_initial(first), second], role, _PART, is_initials=True)
            self._add([first, _initial(second)], role, _PART, is_initials=True)
        initials = [_initial(part) for part in parts]
        if len(initials) > 1 and "".join(min(one.spellings) for one in initials) not in FELLOWSHIPS:
            self._add(initials, role, _PART, is_initials=True)
        for piece in map(words, _PIECES.split(name)):  # "McDonald" of "Ronald McDonald"
            if len(piece) > 1 and not any(word.is_digits for word in piece):
                self._add(piece, role, _PART)

    def _add_caseless(self, name: str, found: Sequence[Word], role: str) -> None:
        """Look for a name of a script without capitals, or of signs; surname and given name may be written as one."""
        wholes = [name.strip(), *(name[word.start : word.end] for word in found if not word.is_digits)]
        for whole in ["".join(wholes[1:]), *wholes]:
            letters, _places = without_signs(whole)
            if letters and (len(letters) >= SHORT or len(found) <= 1):
                _add_role(self.inside, letters, role)
        whole = unicodedata.normalize("NFC", wholes[0])
        if is_written_without_spaces(whole):
            for given in {3: [whole[1:]], 4: [whole[:2], whole[2:]]}.get(len(whole), []):
                _add_role(self.inside, without_signs(given)[0], role)

    def _add_thing(self, name: str, role: str) -> None:
        found = words(name)
        if all(_is_caseless(name, word) for word in found):
            self._add_name(name, role)
            return
        self._add(found, role, _WHOLE, is_meant=True)
        for word in found:
            if word.has_capital and _may_stand_alone(name, word) and min(word.spellings) not in FUNCTION:
                self._add([word], role, _WHOLE, is_meant=True)

    def _add_contact(self, contact: str, role: str) -> None:
        """Look for every part of how somebody is reached: each number, each address, each line of one."""
        for number in telephone.numbers(contact):
            _add_role(self.numbers, number, role)
        for phrase in phrases(contact):
            found = words(phrase.text)
            if len("".join(min(word.spellings) for word in found)) > 1:
                self._add(found, role, _CONTACT, needs_capital=phrase.needs_capital)

    def _add(
        self,
        found: Sequence[Word],
        role: str,
        rank: int,
        *,
        needs_capital: bool = False,
        is_initials: bool = False,
        is_meant: bool = False,
    ) -> None:
        """Look for words side by side, or as one, in every spelling. `is_meant`: even where it is an ordinary word."""
        for joined in _spelled(found):
            is_word_too = len(found) == 1 and joined.letters in AMBIGUOUS | FUNCTION and not is_meant
            cuts = frozenset(joined.cuts)
            rule = Rule((role,), rank, cuts, needs_capital or is_word_too, is_word_too, is_initials)
            self.rules[joined.letters] = _either_rule(self.rules.get(joined.letters), rule)


def _add_role(found: dict[str, tuple[str, ...]], key: str, role: str) -> None:
    found[key] = tuple(dict.fromkeys((*found.get(key, ()), role)))


def _either_rule(before: Rule | None, rule: Rule) -> Rule:
    """Return the rule for a spelling that may have one already: a whole name comes first, parts may be shared."""
    if before is None or rule.rank > before.rank or (before.is_initials and not rule.is_initials):
        return rule
    if rule.rank < before.rank or (rule.is_initials and not before.is_initials):
        return before
    return Rule(
        tuple(dict.fromkeys((*before.roles, *rule.roles))),
        rule.rank,
        before.cuts | rule.cuts,
        before.needs_capital and rule.needs_capital,
        before.is_word_too and rule.is_word_too,
        rule.is_initials,
    )


def _spelled(found: Sequence[Word]) -> Iterator[Joined]:
    """Yield the spellings of words as one; of many words only the plainest."""
    choices = [
        name_spellings(word.spellings) if len(found) <= _MOST_SPELLED else {min(word.spellings)} for word in found
    ]
    for chosen in product(*choices):
        joined = Joined("")
        for spelling in chosen:
            joined = joined.with_word(spelling)
        if joined.letters:
            yield joined


def _initial(word: Word) -> Word:
    return word._replace(spellings=frozenset(spelling[:1] for spelling in word.spellings))


def _may_stand_alone(name: str, word: Word) -> bool:
    """Return whether a part of a name may stand for the whole: not "sister", not "Dr", not "van"."""
    spelling = min(word.spellings)
    is_first = not name[: word.start].strip()
    is_surname = spelling in AMBIGUOUS and word.has_capital and not is_first  # "Young"
    if len(spelling) < SHORT or word.is_tied or (spelling in BESIDE_NAMES and not is_surname):
        return False
    return spelling not in PARTICLES or (is_first and word.has_capital)


def _is_no_name(name: str) -> bool:
    """Return whether there is neither a letter in a name nor a sign that is a picture: "-", "...", "1"."""
    return not any(sign.isalpha() or unicodedata.category(sign) == "So" for sign in name)


def _is_caseless(text: str, word: Word) -> bool:
    written = text[word.start : word.end]
    return written.upper() == written.lower()


def is_written_without_spaces(letters: str) -> bool:
    """Return whether letters are Chinese, Japanese or Korean ones."""
    return all(_SPACELESS.match(letter) for letter in letters)
