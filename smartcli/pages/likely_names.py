"""Words that look like names, for a last look at a page on which names became roles."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from smartcli.pages.name_context import is_beginning
from smartcli.pages.ordinary_words import BESIDE_NAMES, CAPITALISED, FUNCTION, TITLES
from smartcli.pages.spellings import Word, words

_SHORTEST = 2  # letters of a name
_SHORTENED = 4  # capitals, and no more, are short for something: "NHS"
_STEM = 3  # letters by which a word begins like a name: "Ann"
_LONGER = 4  # letters by which it may be longer: "Annabel" of "Anna"
_BESIDE = ("", " ", "-", "'", "’")  # what may stand between two words of one name


def likely_names(written: Iterable[str], known: Iterable[str] = (), like: Iterable[str] = ()) -> list[str]:
    """Return what looks like a name in texts: with a capital inside a sentence, and nowhere in small letters.

    Words with capitals side by side are one. `known`: what is no name to look for. `like`: names; what begins like one
    of them ("Annie") is returned from the beginning of a sentence too.
    """
    found: dict[str, str] = {}
    ordinary = {*CAPITALISED, *FUNCTION, *TITLES}
    ordinary.update(spelling for one in known for word in words(one) for spelling in word.spellings)
    stems = tuple({stem for name in like for word in words(name) if (stem := _stem(word))})
    for text in written:
        parts = words(text)
        ordinary.update(min(word.spellings) for word in parts if not word.has_capital)
        for name in _side_by_side(text, parts, stems):
            found.setdefault(name.casefold(), name)
    return [name for name in found.values() if any(_is_likely(word, ordinary) for word in words(name))]


def _side_by_side(text: str, parts: Sequence[Word], stems: tuple[str, ...]) -> Iterator[str]:
    """Yield what has capitals inside a sentence, or begins like a name, as it is written."""
    run: list[Word] = []
    for at, word in enumerate(parts):
        if run and text[run[-1].end : word.start] not in _BESIDE:
            yield text[run[0].start : run[-1].end]
            run = []
        if _is_part(word) and (run or _is_like(word, stems) or not is_beginning(text, parts, at)):
            run.append(word)
        elif run:
            yield text[run[0].start : run[-1].end]
            run = []
    if run:
        yield text[run[0].start : run[-1].end]


def _is_part(word: Word) -> bool:
    return word.has_capital and not (word.is_upper and word.end - word.start <= _SHORTENED)


def _stem(word: Word) -> str:
    """Return the letters that other forms of a name begin with too; "" where they are too few or no name's."""
    spelling = min(word.spellings)
    stem = spelling[:-1] if len(spelling) > _STEM else spelling
    return "" if len(stem) < _STEM or spelling in BESIDE_NAMES | FUNCTION else stem


def _is_like(word: Word, stems: tuple[str, ...]) -> bool:
    spelling = min(word.spellings)
    return any(spelling.startswith(stem) and len(spelling) <= len(stem) + _LONGER for stem in stems)


def _is_likely(word: Word, ordinary: Collection[str]) -> bool:
    spelling = min(word.spellings)
    return len(spelling) >= _SHORTEST and word.has_capital and spelling not in ordinary
