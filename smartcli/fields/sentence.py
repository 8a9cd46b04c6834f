"""A sentence that is put together from the cells of a row: "If {situation}, then I will {response}."

The sentence is written whole, and each option brings its words for it (`within`), so both can be translated: no
word is cut, glued or lower-cased here.
"""

import re
from collections.abc import Sequence

from smartcli.fields.base import Answers, Field
from smartcli.fields.options import Options
from smartcli.words import folded, sentence

_GAP = re.compile(r"\{([a-z][a-z0-9-]*)\}")
_ON_PAPER = " ".join([". . . . . ."] * 4)  # room to write in, on a sheet; with places to break the line
_LEFT_AT_THE_END = " .…,;:"  # what ends somebody's own words and would stand in the middle of the sentence


def gaps(text: str) -> list[str]:
    """Return the names in braces in a sentence, in their order."""
    return _GAP.findall(text)


def filled_sentence(text: str, row: Answers, columns: Sequence[Field]) -> str | None:
    """Return a sentence with the cells of a row in its gaps; None while one of them has no answer."""
    known = {column.id: column for column in columns}
    filled, end = "", 0
    for gap in _GAP.finditer(text):
        column, cell = known.get(gap[1]), row.get(gap[1])
        if column is None or cell is None:
            return None
        filled += text[end : gap.start()]
        filled += _inside(column, cell, filled)
        end = gap.end()
    return sentence((filled + text[end:]).removesuffix("."))


def sentence_on_paper(text: str) -> str:
    """Return a sentence with room to write in its gaps."""
    return _GAP.sub(_ON_PAPER, text).removesuffix(".")


def _inside(column: Field, cell: object, before: str) -> str:
    """Return a cell as it stands inside a sentence: an option's words for that, or the person's own.

    Own words are taken as they were typed, without a full stop at their end; and where they begin as the sentence
    goes on anyway ("I will call Sam" after "then I will"), that is not said twice.
    """
    for option in column.options if isinstance(column, Options) else ():
        if option.id == cell:
            return option.within or option.say
    words = " ".join(str(cell).split("\n")).strip()
    words = words.rstrip(_LEFT_AT_THE_END) or words
    return _without_repeat(before.split(), words)


def _without_repeat(before: Sequence[str], words: str) -> str:
    """Return words without those at their beginning that end what stands before them."""
    own = words.split(" ")
    for length in range(min(len(before), len(own) - 1), 0, -1):
        if [folded(word) for word in own[:length]] == [folded(word) for word in before[-length:]]:
            return " ".join(own[length:])
    return words
