"""What of a contact tells who somebody is, each on its own: addresses, handles, streets, towns, postcodes."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from smartcli.pages.ordinary_words import (
    AMBIGUOUS,
    BESIDE_NAMES,
    CAPITALISED,
    FUNCTION,
    PARTICLES,
    PLACE_WORDS,
    SERVICES,
)
from smartcli.pages.spellings import Word, words
from smartcli.pages.telephone import numbers

# Mail addresses, links, and handles. A stop or a bracket after one is no part of it.
ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+\w|\w+://\S*\w|www\.\S*\w|@\w[\w.]+|\w+(?:[.-]\w+)+/\S*\w")
_PIECES = re.compile(r"[,;|\n()]|:\s*|\s[-\u2010-\u2015]\s")
_SEGMENTS = re.compile(r"[/?=&#@]+|\w+:/+")
_TOKEN = re.compile(r"\S+")
_HANDLE = re.compile(r"\w+(?:[._#]\w+)+|(?=\w*\d)(?=\w*[^\W\d])\w+|\d{5}")  # "annie.live", "LS1", "10115"
_DIGITS = 5  # digits by which a number of an address is known on its own
_HANDLE_LETTERS = 4  # letters and digits of a handle or a postcode
_SEGMENT_LETTERS = 5  # letters of a part of a mail address or link
_NO_PLACE = BESIDE_NAMES | CAPITALISED | FUNCTION | PARTICLES | PLACE_WORDS | SERVICES


class Phrase(NamedTuple):
    """Words of a contact, and whether they are meant only with a capital: "Bath"."""

    text: str
    needs_capital: bool = False


def phrases(contact: str) -> Iterator[Phrase]:
    """Yield the parts of a contact that are looked for; telephone numbers are not among them."""
    for address in ADDRESS.findall(contact):
        yield Phrase(address)
        yield from map(Phrase, _segments(address))
    for piece in _PIECES.split(ADDRESS.sub(",", contact)):
        yield from _of_piece(piece)


def _segments(address: str) -> Iterator[str]:
    """Yield the parts of a mail address or link that tell who it is: its user, its host, each part of its path."""
    labels = {label.casefold() for label in re.split(r"\W+", address)}
    is_somebodys = "@" in address or not labels.isdisjoint(SERVICES)  # else "team" may be a page of a clinic
    for segment in filter(None, _SEGMENTS.split(address)):
        part = segment.removeprefix("www.")
        label = max(re.split(r"[._-]", part), key=len)
        tells = len(part) >= _SEGMENT_LETTERS and label.casefold() not in SERVICES
        if tells and (is_somebodys or not part.isalpha()):
            yield part
    if address.count("/") and "://" in address:
        yield address.partition("://")[2]  # as it is typed without "https"


def _of_piece(piece: str) -> Iterator[Phrase]:
    """Yield a piece as a whole, and what of it is known on its own: "12 Elm Street", "Elm Street", "Elm"."""
    found = words(piece)
    proper = [word for word in found if word.has_capital and not word.is_digits and not _is_common(word)]
    has_digits = any(word.is_digits for word in found)
    if not found:
        return
    if all(word.is_digits for word in found):
        if not numbers(piece) and len(piece.strip()) >= _DIGITS:
            yield Phrase(piece)
        return
    if proper or has_digits:
        yield Phrase(piece, needs_capital=len(found) == 1 and bool(found[0].spellings & AMBIGUOUS))
    yield from _tokens(piece)
    is_sentence = len(found) > 1 and not has_digits and proper == found[:1]  # "Evenings are best"
    if not is_sentence:
        yield from _places(piece, found)


def _places(piece: str, found: Sequence[Word]) -> Iterator[Phrase]:
    """Yield the words with capitals: side by side as one, and each that is no ordinary word."""
    run: list[Word] = []
    for word in [*found, None]:
        if word and word.has_capital and not word.is_digits and len(min(word.spellings)) > 1:
            run.append(word)
            continue
        if len(run) > 1:
            is_ordinary = all(one.spellings & AMBIGUOUS or _is_common(one) for one in run)
            yield Phrase(piece[run[0].start : run[-1].end], needs_capital=is_ordinary)
        for one in run:
            if not _is_common(one):
                yield Phrase(piece[one.start : one.end], needs_capital=bool(one.spellings & AMBIGUOUS))
        run = []


def _tokens(piece: str) -> Iterator[Phrase]:
    """Yield handles, and postcodes with their halves together: "LS1 4AB"."""
    run: list[str] = []
    for token in [*_TOKEN.findall(piece), ""]:
        if _HANDLE.fullmatch(token):
            run.append(token)
            continue
        for handle in {" ".join(run), *run}:
            if sum(one.isalnum() for one in handle) >= _HANDLE_LETTERS:
                yield Phrase(handle)
        run = []


def _is_common(word: Word) -> bool:
    return bool(word.spellings & _NO_PLACE)
