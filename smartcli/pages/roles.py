"""Names that become roles: "Sam" is "a friend" on a page for somebody else.

A name, and each part of it, is found in every common spelling. An ordinary word that is a name too ("Will", "May") is
taken for the name where it has a capital and the words around it do not make it the word (`name_context`). So does
the month of a date stay: "13 Jan", whoever is called Jan.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from smartcli.pages import telephone
from smartcli.pages.contact_parts import ADDRESS
from smartcli.pages.name_context import (
    is_beside_day_or_year,
    is_contraction,
    is_name_here,
    is_negation,
    is_shortened,
    month_spellings,
)
from smartcli.pages.name_rules import JOINED, SHORT, Joined, NameRules, Rule, is_written_without_spaces
from smartcli.pages.spellings import Word, is_invisible, name_spellings, without_signs, words
from smartcli.words import either

T = TypeVar("T")
INSTEAD_OF_CONTACTS = "…"
_APART = 2  # signs between the pieces of a name that is written as one word: "Anna-Maria" for "Annamaria"
_HANDLE = re.compile(r"(?<!\w)[@#](\w+)|([\w.+-]+)@\w")
_LOOK_BACK = 30  # characters before a name that tell whether a sentence begins there
_IN_HANDLE = 3  # letters that a name has at least, at the beginning of a handle: "@samrocks"
_ENDS_SENTENCE = re.compile(r"[.!?:;…]\s")


class _Place(NamedTuple):
    """What is put somewhere in a text."""

    start: int
    end: int
    roles: tuple[str, ...]
    ending: str = ""


class Roles:
    """Puts roles in the place of names, wherever and however they are written."""

    def __init__(
        self,
        roles: Mapping[str, str],
        contacts: Mapping[str, str] | None = None,
        things: Mapping[str, str] | None = None,
    ) -> None:
        """`roles`: what to put for each name. `contacts`: the same for every way in which people are reached.

        `things`: what to put for names of what is nobody ("Sugar"): whatever their letters are like, they are meant.
        """
        found = NameRules(roles, contacts or {}, things or {})
        self._rules, self._inside, self._numbers = found.rules, found.inside, found.numbers
        self._beginnings = {spelling[:end] for spelling in self._rules for end in range(1, len(spelling) + 1)}
        self._months = month_spellings() & self._rules.keys()
        self._in_handles = {
            letters: rule.roles
            for letters, rule in self._rules.items()
            if len(letters) >= _IN_HANDLE and rule.is_name and not rule.is_initials
        }

    def __call__(self, text: str) -> str:
        """Return `text` with roles for names."""
        parts, done = [], 0
        for place in self._places(text):
            if place.start >= done:
                said = either(place.roles)
                if text[place.start].isupper() and _begins_sentence(text, place.start):
                    said = said[:1].upper() + said[1:]
                parts += [text[done : place.start], said, place.ending]
                done = place.end
            elif place.end > done:  # two that overlap: nothing of the second is left either
                done = place.end
        return "".join([*parts, text[done:]])

    def on(self, blocks: Sequence[T]) -> list[T]:
        """Return blocks of a page with roles for names in every text."""
        return [self._mapped(block) for block in blocks]

    def used_in(self, text: str) -> set[str]:
        """Return the roles that would be put in a text."""
        return {role for place in self._places(text) for role in place.roles}

    def words_left(self, text: str) -> list[str]:
        """Return the words of a text that are spelled like a name and stay, since they may be ordinary words."""
        ambiguous = self._months | {letters for letters, rule in self._rules.items() if rule.is_word_too}
        done = self(text)
        return [done[word.start : word.end] for word in words(done) if word.spellings & ambiguous]

    def _mapped(self, value: Any) -> Any:
        if isinstance(value, str):
            return self(value)
        if isinstance(value, tuple) and hasattr(value, "_fields"):
            return type(value)(*map(self._mapped, value))
        return [*map(self._mapped, value)] if isinstance(value, list | tuple) else value

    # --- where it is found

    def _places(self, text: str) -> list[_Place]:
        """Return what is put where, from the beginning of a text to its end; places may overlap."""
        found = [_Place(start, end, self._numbers[key]) for start, end, key in telephone.places(text, self._numbers)]
        if self._inside:
            found += self._places_inside(text)
        if self._rules:
            found += self._places_of_words(text)
            found += self._places_in_handles(text)
        if found and any(sign in text for sign in ("@", "/", "www.")):
            found += _whole_addresses(text, found)
        return sorted(found, key=lambda place: (place.start, -place.end))

    def _places_inside(self, text: str) -> Iterator[_Place]:
        """Yield names of a script without capitals, inside words too: there may be no spaces between those."""
        letters, places = without_signs(text)
        for name in sorted(self._inside, key=len, reverse=True):
            space = r"\s?" if is_written_without_spaces(name) else ""
            for found in re.finditer(space.join(map(re.escape, name)), letters):
                yield _Place(places[found.start()], places[found.end() - 1] + 1, self._inside[name])

    def _places_in_handles(self, text: str) -> Iterator[_Place]:
        """Yield handles that begin with a name: "@samrocks"; of longer names those that hold one: "#dearannamaria"."""
        for handle in _HANDLE.finditer(text) if "@" in text or "#" in text else ():
            group = 1 if handle[1] else 2
            letters = "".join(min(word.spellings) for word in words(handle[group]))
            for name, roles in self._in_handles.items():
                if letters.startswith(name) or (len(name) >= JOINED and name in letters):
                    yield _Place(*handle.span(group), roles)

    def _places_of_words(self, text: str) -> Iterator[_Place]:
        found = words(text)
        at = 0
        while at < len(found):
            longest = self._longest_from(text, found, at)
            if longest is None:
                at += 1
                continue
            end, rule, ending = longest
            yield _Place(found[at].start, _end_of(text, found[at:end], rule), rule.roles, ending)
            at = end

    def _longest_from(self, text: str, found: Sequence[Word], at: int) -> tuple[int, Rule, str] | None:
        """Return the longest name that begins with a word: the number of the word after it, its rule, its ending."""
        longest = None
        begun = {Joined("")}
        for end in range(at + 1, len(found) + 1):
            spelled = {joined.with_word(one) for joined in begun for one in name_spellings(found[end - 1].spellings)}
            for joined in sorted(spelled):
                meant = self._meant(text, found, at, end, joined)
                longest = (end, *meant) if meant else longest
            begun = {joined for joined in spelled if joined.letters in self._beginnings}
            if not begun:
                break
        return longest

    def _meant(self, text: str, found: Sequence[Word], at: int, end: int, joined: Joined) -> tuple[Rule, str] | None:
        """Return the rule of the name that words are, and the ending it has here; None where they are none."""
        if joined.letters in self._months and end == at + 1 and is_beside_day_or_year(text, found, at):
            return None
        for letters, ending in ((joined.letters, ""), *((short, "'s") for short in _without_ending(joined.letters))):
            rule = self._rules.get(letters)
            if rule and _is_meant(rule, letters, text, found, at, end, joined):
                return rule, ending
        return None


def texts(value: Any) -> Iterator[str]:
    """Yield every text of blocks of a page."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts(one)


# --- whether they are meant


def _is_meant(rule: Rule, letters: str, text: str, found: Sequence[Word], at: int, end: int, joined: Joined) -> bool:
    """Return whether words that are spelled as a name are the name."""
    first = found[at]
    if (first.is_tied and end == at + 1) or is_negation(text, found, end):
        return False
    if rule.is_initials and not _are_initials(text, found[at:end], joined):
        return False
    for number, cut in enumerate(joined.cuts, at):
        if not _is_one_name(text, found[number], found[number + 1], is_cut=cut in rule.cuts):
            return False
    has_ending = letters != joined.letters
    if rule.is_word_too:
        return first.has_capital and is_name_here(text, found, at, has_ending=has_ending)
    is_short = len(letters) <= SHORT and has_ending
    is_short |= len(letters) < JOINED and bool(rule.cuts) and not joined.cuts
    is_handle = text[max(0, first.start - 1) : first.start] in ("@", "#")
    is_alone = len(found) == end - at and not is_short
    return first.has_capital or is_handle or is_alone or not (rule.needs_capital or is_short)


def _are_initials(text: str, found: Sequence[Word], joined: Joined) -> bool:
    """Return whether words are a name with initials in it: "J. Smith", "Jo S", "J.S."; not "JS", not "A long way"."""
    letters = [word for word in found if word.end - word.start == 1]
    if not joined.cuts or not letters or not all(word.has_capital for word in found):
        return False
    must_be_dotted = len(letters) == len(found) or any(word.spellings & {"a", "i", "o"} for word in letters)
    return not must_be_dotted or text[letters[0].end : letters[0].end + 1] == "."


def _is_one_name(text: str, left: Word, right: Word, *, is_cut: bool) -> bool:
    """Return whether two words side by side may be one name: "Jean-Luc", "O'Brien", "Anna Maria" for "Annamaria".

    `is_cut`: whether there are two words in the name itself.
    """
    between = "".join(sign for sign in text[left.end : right.start] if not is_invisible(sign))
    if is_cut:
        return is_shortened(left) or not _ENDS_SENTENCE.search(between)
    if not between:
        return True
    if any(sign.isspace() for sign in between):
        return all(one.has_capital and one.end - one.start > 1 for one in (left, right))
    return len(between) <= _APART and not is_contraction(between, right)


def _without_ending(letters: str) -> Iterator[str]:
    """Yield a word without the ending of a possessive or a plural: "Sams", "Jesses"."""
    if letters.endswith("s"):
        yield letters[:-1]
    if letters.endswith(("ses", "xes", "zes", "ches", "shes")):
        yield letters[:-2]


# --- where they are


def _begins_sentence(text: str, start: int) -> bool:
    """Return whether a sentence begins at a place in a text."""
    before = text[max(0, start - _LOOK_BACK) : start]
    sign = before.rstrip(" \"'“‘(")[-1:]
    shortened = words(before)[-1:] if sign == "." else []
    return sign in ".!?\n" and not any(map(is_shortened, shortened))


def _end_of(text: str, found: Sequence[Word], rule: Rule) -> int:
    """Return where a name ends: behind the stop of an initial, unless that ends the sentence."""
    end = found[-1].end
    is_initial = rule.is_initials and end - found[-1].start == 1
    goes_on = re.match(r"\.(?=\s*[^\s\w]|\s+[^\W\d_A-Z]|\w)", text[end : end + 8]) if is_initial else None
    return end + 1 if goes_on else end


def _whole_addresses(text: str, places: Sequence[_Place]) -> Iterator[_Place]:
    """Yield each mail address, link or handle that holds a name as a whole: the rest of it may tell as much."""
    starts = {place.start: place.roles for place in places}
    for address in ADDRESS.finditer(text):
        held = next((starts[at] for at in range(*address.span()) if at in starts), None)
        if held:
            yield _Place(*address.span(), held)
