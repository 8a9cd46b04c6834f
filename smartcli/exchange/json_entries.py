"""JSON with entries in it, read one entry at a time.

smartcli's own export, jrnl's and Day One's are an object with a list of "entries". A list alone, one object a line
(JSON lines) and one object alone (Journey) are read as entries too. Nothing but the entry being read is held in
memory, so that neither a long journal nor a hostile file can fill it.
"""

import json
import re
from collections.abc import Generator, Iterator
from typing import Any

from smartcli.exchange.imported import refused
from smartcli.language import _
from smartcli.trouble import Trouble
from smartcli.words import sentences

DEEPEST = 32  # lists and objects inside each other
_LARGEST = 16 * 1024 * 1024  # characters of one entry
_LOOK = 512 * 1024  # characters from which on the number of values is looked at
_VALUES = 400_000  # in one entry
_NAMES = 10_000  # in an object that may be an entry
_SPACE = re.compile(r"[ \n\t]*")
_END = 32  # an error nearer to the end of what was read than this may only mean that more is to come


class JsonEntries:
    """Yields the entries; `head` holds the plain values that stood before them."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self.head: dict[str, Any] = {}
        self._pieces = pieces
        self._text = ""
        self._at = 0
        self._number = 0
        self._taken = 0  # characters of the value read last

    def __iter__(self) -> Iterator[Any]:
        """Yield each entry; raises Trouble when the file is no such JSON, or breaks off."""
        match self._next():
            case "[":
                yield from self._listed()
            case "{":
                alone = yield from self._object()
                while alone is not None:  # no list in it: an entry itself, and another may be on the next line
                    self._number += 1
                    yield alone
                    alone = None
                    if self._next(peek=True) == "{":
                        alone = self._value()
            case _:
                raise refused(_("This JSON file is not an export that smartcli knows."))
        if self._next():
            raise self._broken()

    def _object(self) -> Generator[Any, None, dict[str, Any] | None]:
        """Yield the entries listed in an object that has begun; return the object itself when it lists none."""
        held: dict[str, Any] = {}
        names: set[str] = set()
        size, listed = 0, False
        sign = self._next(peek=True)
        while sign != "}":
            name = self._value()
            if not isinstance(name, str) or name in names or self._next() != ":":
                raise self._broken()
            names.add(name)
            if name == "entries" and self._next(peek=True) == "[":
                self._next()
                yield from self._listed()
                listed = True
            else:
                value = self._value()
                size += self._taken
                if size > _LARGEST or len(names) > _NAMES:
                    raise refused(self._at_place(_("An entry is too large.")))
                held[name] = value
                if isinstance(value, str | int | float):
                    self.head[name] = value
            sign = self._next()
            if sign not in (",", "}"):
                raise self._broken()
        if not names:
            self._next()
        return None if listed else held

    def _listed(self) -> Iterator[Any]:
        """Yield the values of a list that has begun."""
        if self._next(peek=True) == "]":
            self._next()
            return
        while True:
            self._number += 1
            yield self._value()
            sign = self._next()
            if sign == "]":
                return
            if sign != ",":
                raise self._broken()

    def _next(self, *, peek: bool = False) -> str:
        """Return the next sign that is no space, or "" at the end."""
        while True:
            self._at = _SPACE.match(self._text, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._text):
                sign = self._text[self._at]
                self._at += not peek
                return sign
            if not self._more():
                return ""

    def _more(self) -> bool:
        """Read another piece, or as much again as one entry has taken so far; return whether there was any."""
        self._text, self._at = self._text[self._at :], 0
        wanted, parts = len(self._text), []
        while wanted >= 0:
            piece = next(self._pieces, "")
            if not piece:
                break
            parts.append(piece)
            wanted -= len(piece)
        self._text += "".join(parts)
        return bool(parts)

    def _value(self) -> Any:
        self._next(peek=True)
        while True:
            if len(self._text) - self._at > _LOOK:
                self._look()
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                torn = error.pos >= len(self._text) - _END or error.msg.startswith("Unterminated string")
                if not torn or not self._more():
                    raise self._broken() from None
            except RecursionError:
                raise refused(self._at_place(_("The file is nested too deeply."))) from None
            except (ValueError, Trouble):  # a number too long, a key twice
                raise self._broken() from None
            else:
                if end < len(self._text) or isinstance(value, str | list | dict) or not self._more():
                    self._taken = end - self._at
                    self._at = end
                    return value

    def _look(self) -> None:
        """Refuse an entry that would take more memory than words ever need."""
        text, at = self._text, self._at
        if len(text) - at > _LARGEST or sum(text.count(sign, at) for sign in "[{,") > _VALUES:
            raise refused(self._at_place(_("An entry is too large.")))

    def _broken(self) -> Trouble:
        return refused(
            self._at_place(_("The file is damaged, or its end is missing.")),
            _("smartcli needs a whole copy of the file: export it again."),
        )

    def _at_place(self, sentence: str) -> str:
        """Return what is wrong, with the place where it is."""
        if self._number:
            return sentences(sentence, _("The problem is at entry {number}.", number=self._number))
        return sentences(sentence, _("The problem is near the beginning."))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of which no key stands twice: which of the two was meant, nobody knows."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise refused(_("A key stands twice."))
    return made


def _never(constant: str) -> None:
    raise refused(_("Not a number."))  # NaN and Infinity are no JSON


def deep(value: Any, left: int = DEEPEST) -> bool:
    """Return whether a value is nested deeper than any of ours is."""
    if not isinstance(value, dict | list):
        return False
    inside = value.values() if isinstance(value, dict) else value
    return left == 0 or any(deep(one, left - 1) for one in inside)


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_never)
