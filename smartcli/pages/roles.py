"""Names that become roles: "Sam" is "a friend" on a page for somebody else."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple, TypeVar

from smartcli.words import folded

T = TypeVar("T")
_SHORTEST = 3  # letters of a part of a name that stands for the whole: "Anna" of "my sister Anna"


class _Word(NamedTuple):
    start: int
    end: int
    word: str


class Roles:
    """Puts roles in the place of names, wherever and however they are written.

    A name is found as whole words, without regard to case, accents, spaces and signs between its words, and with an
    s after it ("Sams"); so is each longer part of it that begins with a capital. A name in a script without capitals
    is found inside words too.
    """

    def __init__(self, roles: Mapping[str, str]) -> None:
        """`roles`: what to put for each name."""
        self._words: dict[tuple[str, ...], str] = {}
        self._inside: dict[str, str] = {}
        for name, role in roles.items():
            if name.upper() == name.lower() and not any(letter.isdigit() for letter in name):
                self._inside[name.strip()] = role
                continue
            parts = [name[one.start : one.end] for one in _words(name)]
            self._words[tuple(map(folded, parts))] = role
            for part in parts:
                if len(part) >= _SHORTEST and part[0].isupper():
                    self._words.setdefault((folded(part),), role)
        self._longest = max(map(len, self._words), default=0)

    def __call__(self, text: str) -> str:
        """Return `text` with roles for names."""
        for name, instead in self._inside.items():
            text = text.replace(name, instead) if name else text
        words = [*_words(text)]
        parts, done, at = [], 0, 0
        while at < len(words):
            for length in range(self._longest, 0, -1):
                found = words[at : at + length]
                role = self._role(found) if len(found) == length else None
                if role is not None:
                    parts += [text[done : found[0].start], role]
                    done, at = found[-1].end, at + length - 1
                    break
            at += 1
        return "".join([*parts, text[done:]])

    def _role(self, found: Sequence[_Word]) -> str | None:
        words = tuple(one.word for one in found)
        role = self._words.get(words)
        if role is None and words[-1].endswith("s"):
            alone = self._words.get((*words[:-1], words[-1].removesuffix("s")))
            return alone and f"{alone}'s"
        return role

    def on(self, blocks: Sequence[T]) -> list[T]:
        """Return blocks of a page with roles for names in every text."""
        return [self._mapped(block) for block in blocks]

    def _mapped(self, value: Any) -> Any:
        if isinstance(value, str):
            return self(value)
        if isinstance(value, tuple) and hasattr(value, "_fields"):
            return type(value)(*map(self._mapped, value))
        return [*map(self._mapped, value)] if isinstance(value, list | tuple) else value


def _words(text: str) -> Iterator[_Word]:
    """Yield the words of a text, for comparing, with their places."""
    for inside, letters in groupby(enumerate(text), key=lambda one: one[1].isalnum() or bool(_mark(one[1]))):
        if inside:
            places = [place for place, _letter in letters]
            yield _Word(places[0], places[-1] + 1, folded(text[places[0] : places[-1] + 1]))


def _mark(letter: str) -> bool:
    return unicodedata.category(letter) in ("Mn", "Mc", "Cf")
