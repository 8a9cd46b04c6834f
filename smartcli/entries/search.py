"""Finding words in entries, folded: several words must all be there, phrases in quotes."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from smartcli.entries.entry import Entry
from smartcli.words import folded, folded_sign

_TERM = re.compile(r'"([^"]*)"|(\S+)')
_ESCAPED = {*'"\\/', *map(chr, range(0x20)), "\x7f"}  # what may stand in a file as something else
_AROUND = 40  # characters shown on either side of what was found
_WORD = 20  # and as many more as it takes to the end of a word, unless the word is longer


class Found(NamedTuple):
    """Where something was found: the question, a piece of the answer, and the places of the words in that piece."""

    question: str
    piece: str
    marks: tuple[tuple[int, int], ...]


class Query:
    """What is looked for: `terms` are folded words and phrases."""

    def __init__(self, words: str) -> None:
        """Read words, with phrases in double quotes."""
        terms = [folded(phrase or word) for phrase, word in _TERM.findall(words)]
        self.terms = [term for term in terms if term]
        self._raw = [word for term in self.terms for word in term.split() if not _ESCAPED & set(word)]

    def narrows(self, other: "Query") -> bool:
        """Return whether every entry with these words has those of another query too, as when letters are added."""
        return all(any(term in longer for longer in self.terms) for term in other.terms)

    def may_be_in(self, data: bytes) -> bool:
        """Return False only when a file cannot hold what is looked for; quick, to pass over most files unread."""
        if b"\\u" in data:
            return True  # letters written as numbers, as other programs do
        text = data.decode("utf-8", "replace")
        # Gaps may stay: no word holds one. And within a word of ASCII, folding changes nothing but the case.
        text = text.lower() if text.isascii() else folded(text)
        return all(word in text for word in self._raw)

    def find(self, entry: Entry) -> Found | None:
        """Return where the words stand in an entry; None unless every one stands somewhere in it."""
        missing = set(self.terms)
        best, most = ("", ""), 0  # the text that holds the most of them
        for question, text in _texts(entry):
            flat = folded(text)
            here = [term for term in self.terms if term in flat]
            missing -= set(here)
            if len(here) > most:
                best, most = (question, text), len(here)
        if missing or not most:
            return None
        question, text = best
        return _piece(question, text, _Folded(text), self.terms)


class _Folded:
    """A text folded for looking in, each of its characters knowing the place it came from."""

    def __init__(self, text: str) -> None:
        letters: list[str] = []
        self.places: list[int] = []
        for place, letter in enumerate(text):
            for part in folded_sign(letter):
                if part != " " or (letters and letters[-1] != " "):
                    letters.append(part)
                    self.places.append(place)
        self.text = "".join(letters)


def _texts(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield every answer in words with its question; then the questions themselves and the title."""
    for field, answer, _ in entry.fields:
        question = field.label or field.ask
        for part, part_answer in field.flat(answer):
            if not part.wordless:
                yield from ((question, words) for _, words in part.quotes(part_answer))
    yield "", " ".join([entry.title, entry.behaviour or ""])
    for field, _, _ in entry.fields:
        yield "", field.ask


def _piece(question: str, text: str, looked: _Folded, terms: Sequence[str]) -> Found:
    """Return the part of a text around what was found in it, from the beginning of a word to the end of one."""
    spans = sorted(_spans(looked, terms))
    low, high = max(spans[0][0] - _AROUND, 0), min(spans[0][1] + _AROUND, len(text))
    start = max(text.rfind(" ", max(low - _WORD, 0), low) + 1, low - _WORD, 0)
    space = text.find(" ", high, high + _WORD)
    end = space if space >= 0 else min(high + _WORD, len(text))
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shift = len(before) - start
    marks = tuple((at + shift, to + shift) for at, to in spans if start <= at and to <= end)
    return Found(question, before + text[start:end].replace("\n", " ") + after, marks)


def _spans(looked: _Folded, terms: Sequence[str]) -> Iterator[tuple[int, int]]:
    for term in terms:
        at = looked.text.find(term)
        while at >= 0:
            yield looked.places[at], looked.places[at + len(term) - 1] + 1
            at = looked.text.find(term, at + len(term))
