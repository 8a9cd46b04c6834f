"""Wording: what a program can tell about how people are spoken to; the phrases stand in exercises/wording.toml.

Shipped texts may hold no phrase to avoid and no second form of a word. Everything else is advice to who writes: a
question whose "it" has no noun, what is long, an idiom, a text that takes many years of school.
"""

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from smartcli.content.prose import Text, texts_of
from smartcli.language import _
from smartcli.schema.keys import TEXT, WHOLE, Declared, build, key, one_of, some, table
from smartcli.schema.toml_file import Path, Source

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_FILE = "wording.toml"
_LONGEST = {
    "ask": 160,
    "hint": 120,
    "label": 45,
    "purpose": 140,
}  # characters: four lines of a phone, or less
_HIGHEST_GRADE = 7.0  # years at school
_SHORTEST = 100  # words that a grade can be worked out from
# "It" that stands for nothing: "it helps to", "it's fine", "it takes time".
_EMPTY_IT = re.compile(
    r"\bit(?:['’]s| is| was| can be| may be| might be| feels)?(?: \w+ly)? (?:helps?|takes?|fine|all right|safe|easy"
    r"|easier|hard|harder|normal|common|possible|time|good|better|best|enough|not|likely|useful|usual|up to|too|to)\b",
    re.IGNORECASE,
)
_IT = re.compile(r"\bit(?:['’]s|self)?\b|\bits\b", re.IGNORECASE)
_NOUN = re.compile(r"\{\w+\}|\b(?:the|this|that|a|an|your|my|their|his|her|each|one|every|any|some) \w+", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.?!\n]+[.?!]?")


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Avoid(Declared):
    """Phrases not to be said, and what to say instead."""

    phrases: tuple[str, ...] = key(some(TEXT), "whole words, in any case")
    instead: str = key(TEXT, "what to say instead")
    only_in: tuple[str, ...] = key(some(one_of("exercises", "program")), "only in texts from there", ())


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Form(Declared):
    """A word with several forms, of which one is used throughout."""

    use: str = key(TEXT, "the form that is used")
    instead_of: tuple[str, ...] = key(some(TEXT), "the forms that are not")


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Idiom(Declared):
    """Images that hold up somebody with little English."""

    phrases: tuple[str, ...] = key(some(TEXT), "whole words, in any case")


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Wording(Declared):
    """Every phrase that is looked for."""

    format: int = key(WHOLE, "1")
    avoid: tuple[Avoid, ...] = key(some(table(Avoid, "avoid")), "phrases to avoid", ())
    form: tuple[Form, ...] = key(some(table(Form, "form")), "words with one form", ())
    idiom: tuple[Idiom, ...] = key(some(table(Idiom, "idiom")), "images", ())

    def faults(self, text: str, place: str = "exercises") -> Iterator[str]:
        """Yield a sentence for each phrase to avoid, and each second form of a word, in a text.

        `place` is where the text stands: "exercises" or "program".
        """
        for avoid in self.avoid:
            if not avoid.only_in or place in avoid.only_in:
                for phrase in _found(avoid.phrases, text):
                    yield _("“{phrase}” is better avoided. Instead: {instead}.", phrase=phrase, instead=avoid.instead)
        for form in self.form:
            for word in _found(form.instead_of, text):
                yield _("“{phrase}” is “{instead}” everywhere else.", phrase=word, instead=form.use)

    def advice(self, text: Text) -> Iterator[str]:
        """Yield a sentence for what could be plainer in one text of an exercise."""
        for idiom in self.idiom:
            for phrase in _found(idiom.phrases, text.words):
                yield _("“{phrase}” is an image: not everybody knows it.", phrase=phrase)
        if text.key in ("ask", "hint") and has_it_without_noun(text.words):
            yield _("What does “it” stand for? Name the thing in the same sentence.")
        most = _LONGEST.get(text.key)
        if most and len(text.words) > most and "\n" not in text.words:
            yield _("This is long for one look: {length} characters.", length=len(text.words))


class Remark(NamedTuple):
    """A sentence about one text, and the key path of that text in its file."""

    path: Path
    sentence: str


def remarks_on(thing: Declared, context: str, wording: Wording) -> tuple[list[Remark], list[Remark]]:
    """Return the faults in the texts of a declared object, and then the advice about them."""
    texts = [*texts_of(thing, context)]
    faults = [Remark(text.path, sentence) for text in texts for sentence in wording.faults(text.words)]
    advice = [Remark(text.path, sentence) for text in texts for sentence in wording.advice(text)]
    grade = reading_grade(text.words for text in texts if text.key in ("ask", "hint", "intro", "purpose", "say"))
    if grade is not None and grade > _HIGHEST_GRADE:
        advice.append(
            Remark(
                (), _("It takes about {number} years of school to read. Shorter sentences help.", number=round(grade))
            )
        )
    return faults, advice


def has_it_without_noun(text: str) -> bool:
    """Return whether a sentence of a text says "it" before it names a thing, or says "it" more than once."""
    for found in _SENTENCE.finditer(_EMPTY_IT.sub("", text)):
        its = [*_IT.finditer(found[0])]
        if len(its) > 1 or (its and not _NOUN.search(found[0], 0, its[0].start())):
            return True
    return False


def reading_grade(texts: Iterable[str]) -> float | None:
    """Return how many years of school texts take, by the Automated Readability Index; None for too few words.

    4.71 characters a word + 0.5 words a sentence - 21.43 (Smith and Senter 1967, AMRL-TR-66-220).
    """
    whole = "\n".join(texts)
    words = whole.split()
    if len(words) < _SHORTEST:
        return None
    sentences = [part for part in re.split(r"[.?!:;\n]+", whole) if part.strip()]
    return 4.71 * sum(map(len, words)) / len(words) + 0.5 * len(words) / len(sentences) - 21.43


def read_wording(folder: "Traversable") -> tuple[Wording, Source]:
    """Return the phrases in a folder of exercises (none where there is no such file), and their source."""
    file = folder / _FILE
    if not file.is_file():
        return Wording(format=1), Source(_FILE)
    source = Source.open(_FILE, file)
    made = build(Wording, source.table, source, ()) if not source.problems else None
    return made or Wording(format=1), source


def _found(phrases: tuple[str, ...], text: str) -> list[str]:
    """Return those of some phrases that stand in a text as whole words, as they stand there."""
    return [found[0] for phrase in phrases for found in _pattern(phrase).finditer(text)]


@functools.cache
def _pattern(phrase: str) -> re.Pattern[str]:
    plain = re.escape(phrase.replace("’", "'")).replace("'", "['’]").replace(r"\*", r"\w*")
    end = r"(?!\w)" if phrase[-1].isalnum() or phrase.endswith("*") else ""
    return re.compile(rf"(?<!\w){plain}{end}", re.IGNORECASE)
