"""Finding words in entries: accents and case do not matter, several words must all be there, phrases in quotes."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from smartcli.entry import Entry
from smartcli.words import folded

_TERM = re.compile(r'"([^"]*)"|(\S+)')
_AROUND = 40  # characters shown on either side of what was found


class Found(NamedTuple):
    """Where something was found: the question, a piece of the answer, and the places of the words in that piece."""

    question: str
    piece: str
    marks: tuple[tuple[int, int], ...]


class Query:
    """What is looked for: `terms` are folded words and phrases."""

    def __init__(self, words: str) -> None:
        """Read words, with phrases in double quotes."""
        terms = [folded(" ".join((phrase or word).split())) for phrase, word in _TERM.findall(words)]
        self.terms = [term for term in terms if term]
        self._raw = [
            term.encode()
            for term in self.terms
            if term.isascii() and term.replace(" ", "").isalnum() and " " not in term
        ]

    def may_be_in(self, data: bytes) -> bool:
        """Return False only when a file cannot hold what is looked for; quick, to pass over most files unread."""
        if not data.isascii():
            return True
        lowered = data.lower()
        return all(term in lowered for term in self._raw)

    def find(self, entry: Entry) -> Found | None:
        """Return where the words stand in an entry; None unless every one stands somewhere in it."""
        texts = [(question, text, _Folded(text)) for question, text in _texts(entry)]
        if not all(any(term in one.text for _, _, one in texts) for term in self.terms):
            return None
        best = max(texts, key=lambda one: sum(term in one[2].text for term in self.terms))
        return _piece(best[0], best[1], best[2], self.terms)


class _Folded:
    """A text folded for looking in, each of its characters knowing the place it came from."""

    def __init__(self, text: str) -> None:
        letters: list[str] = []
        self.places: list[int] = []
        for place, letter in enumerate(text):
            spread = " " if letter.isspace() else unicodedata.normalize("NFKD", letter.casefold())
            for part in spread:
                if not unicodedata.combining(part) and not (part == " " and letters and letters[-1] == " "):
                    letters.append(part)
                    self.places.append(place)
        self.text = "".join(letters)


def _texts(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield every answer's words with its question; then the questions themselves and the title."""
    for field, answer, _ in entry.fields:
        question = field.label or field.ask
        for column in getattr(field, "columns", ()):
            for row in answer:
                if column.id in row:
                    yield from ((question, words) for _, words in column.quotes(row[column.id]))
        if not getattr(field, "columns", ()):
            yield from ((question, words) for _, words in field.quotes(answer))
    yield "", " ".join([entry.title, entry.behaviour or ""])
    for field, _, _ in entry.fields:
        yield "", field.ask


def _piece(question: str, text: str, looked: _Folded, terms: Sequence[str]) -> Found:
    """Return the part of a text around what was found in it."""
    spans = sorted(_spans(looked, terms))
    start, end = max(spans[0][0] - _AROUND, 0), min(spans[0][1] + _AROUND, len(text))
    start = text.rfind(" ", 0, start + 1) + 1 if start else 0
    end = (
        text.find(" ", end) if text.find(" ", end) >= 0 and end < len(text) else len(text) if end >= len(text) else end
    )
    before, after = "…" if start else "", "…" if end < len(text) else ""
    marks = tuple(
        (low - start + len(before), high - start + len(before)) for low, high in spans if start <= low and high <= end
    )
    return Found(question, before + text[start:end].replace("\n", " ") + after, marks)


def _spans(looked: _Folded, terms: Sequence[str]) -> Iterator[tuple[int, int]]:
    for term in terms:
        at = looked.text.find(term)
        while at >= 0:
            yield looked.places[at], looked.places[at + len(term) - 1] + 1
            at = looked.text.find(term, at + len(term))
