"""Words of danger: whether a text speaks of dying or self-harm, by the phrases of exercises/danger.toml.

The text is looked at in memory and forgotten: nothing is stored, counted or labelled. The list is English and
will miss things; it is there so that what is plainly said does not go unanswered.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smartcli.content.catalog import built_in
from smartcli.content.exercise import slot_problems
from smartcli.content.prose import translated
from smartcli.language import _
from smartcli.schema.keys import PROSE, TEXT, WHOLE, Declared, build, key, some, table
from smartcli.schema.toml_file import Source
from smartcli.words import unaccented

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_FILE = "danger.toml"
_APOSTROPHES = re.compile(r"['’‘ʼ´`]")  # taken out before folding, which would make a gap of some
_LONG_RUN = re.compile(r"(.)\1{2,}")  # "dieee": three of a letter or more are one
_WORD = re.compile(r"[^\W_]+")
_WORD_OR_STOP = re.compile(r"[^\W_]+|[.,;:!?…()\n–—]")
_STOP = "."  # what a phrase ends in that must stand at the end of a sentence
_MASK = " | "  # no word, so that no phrase can reach across it


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Spelling(Declared):
    """One word that is read as others: "wanna" as "want to"."""

    typed: str = key(TEXT, "one word as people type it, without apostrophes")
    means: str = key(TEXT, "the words it is read as")


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Danger(Declared):
    """The phrases that are answered, the ones that are not meant, and the answer."""

    format: int = key(WHOLE, "1")
    say: str = key(PROSE, "the note, with {emergency}, {crisis} and {support}")
    saved: str = key(PROSE, "the end of the note: what becomes of the words")
    unsaved: str = key(PROSE, "the end of the note in a sitting of which nothing is saved")
    after: str = key(PROSE, "what is shown at the end of the session in place of the last words; the slots of the note")
    after_unsaved: str = key(PROSE, "the same at the end of a sitting of which nothing is saved")
    skip: tuple[str, ...] = key(some(TEXT), "words that are skipped: just, really", ())
    spelling: tuple[Spelling, ...] = key(some(table(Spelling, "spelling")), "words read as others", ())
    phrases: tuple[str, ...] = key(some(TEXT), "whole phrases that are answered")
    exceptions: tuple[str, ...] = key(
        some(TEXT), "longer phrases that have one of those in them and mean something else", ()
    )

    def is_spoken_of_in(self, text: str) -> bool:
        """Return whether a text holds one of the phrases outside every exception."""
        stopped = f" {self.plain_words(text)} {_STOP} "
        words = stopped.replace(f" {_STOP}", "")
        for exception in self._plain_exceptions:
            words = words.replace(f" {exception} ", _MASK)
            stopped = stopped.replace(f" {exception} ", _MASK)
        ends = [phrase for phrase in self._plain_phrases if phrase.endswith(_STOP)]
        if any(f" {phrase} " in stopped for phrase in ends):
            return True
        return any(f" {phrase} " in words for phrase in self._plain_phrases)

    def plain_words(self, text: str) -> str:
        """Return a text as it is compared: words without accents and a "." for each stop, with a space between.

        Spellings are read as what they mean; the words to skip are left out.
        """
        plain = _LONG_RUN.sub(r"\1", unaccented(_APOSTROPHES.sub("", text)))
        found = (part if part[0].isalnum() else _STOP for part in _WORD_OR_STOP.findall(plain))
        read = (self._spellings.get(part, part) for part in found)
        return " ".join(part for parts in read for part in parts.split() if part not in self._skipped)

    @functools.cached_property
    def _spellings(self) -> dict[str, str]:
        return {spelling.typed: spelling.means for spelling in self.spelling}

    @functools.cached_property
    def _skipped(self) -> frozenset[str]:
        return frozenset(self.skip)

    @functools.cached_property
    def _plain_phrases(self) -> list[str]:
        return [self.plain_words(phrase) for phrase in self.phrases]

    @functools.cached_property
    def _plain_exceptions(self) -> list[str]:
        """The exceptions, the longest first: a shorter one must not break a longer one."""
        return sorted(map(self.plain_words, self.exceptions), key=len, reverse=True)


def speaks_of_danger(text: str) -> bool:
    """Return whether a text the person typed speaks of dying or self-harm. Never a trouble."""
    danger = shipped_danger()
    return bool(danger and danger.is_spoken_of_in(text))


@functools.cache
def shipped_danger() -> Danger | None:
    """Return the phrases and the note that come with smartcli; None where their file cannot be read."""
    try:
        danger, source = read_danger(built_in())
    except OSError:
        return None
    return None if source.problems else danger


def read_danger(folder: "Traversable") -> tuple[Danger | None, Source]:
    """Return the phrases and the note in a folder of exercises, and their source with every problem found."""
    file = folder / _FILE
    if not file.is_file():
        return None, Source(_FILE)
    source = Source.read(_FILE, file.read_bytes())
    danger = build(Danger, source.table, source, ()) if not source.problems else None
    if danger and not source.problems:
        for name, number, sentence in _problems(danger):
            source.problem((name, number) if number is not None else (name,), sentence)
        slot_problems(source)
    return translated(danger, "danger") if danger else None, source


def _problems(danger: Danger) -> Iterator[tuple[str, int | None, str]]:
    """Yield what is wrong: the key, the place in its list (None: a text), and a sentence."""
    for slot in ("crisis", "emergency"):
        if f"{{{slot}}}" not in danger.say:
            yield "say", None, _("The note needs {slot}: it must name who to call.", slot=f"{{{slot}}}")
    for number, spelling in enumerate(danger.spelling):
        if not _WORD.fullmatch(spelling.typed):
            yield "spelling", number, _('"typed" should be one word, without apostrophes.')
    phrases = [danger.plain_words(phrase) for phrase in danger.phrases]
    for number, phrase in enumerate(phrases):
        if not phrase:
            yield "phrases", number, _("This phrase has no word to look for.")
        elif phrase in phrases[:number]:
            yield "phrases", number, _("This phrase is read the same as one above.")
    for number, exception in enumerate(danger.exceptions):
        words = danger.plain_words(exception)
        if words in phrases:
            yield "exceptions", number, _("This exception is read the same as a phrase, which it would silence.")
        elif not any(f" {phrase} " in f" {words} " for phrase in phrases if phrase):
            yield "exceptions", number, _("This exception holds none of the phrases.")
