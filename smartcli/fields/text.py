"""Words of any length."""

from dataclasses import dataclass
from typing import Any, ClassVar

from smartcli.asking import Asker, Question
from smartcli.blocks import Block, Ruled
from smartcli.fields.base import Field, SheetCell, words_problem


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Text(Field):
    """As many lines as the person likes."""

    kind: ClassVar[str] = "text"
    about: ClassVar[str] = "words of any length, over several lines"
    wordless: ClassVar[bool] = False
    scalar: ClassVar[bool] = False

    def put(self, asker: Asker, question: Question) -> Any:
        """Ask for a text."""
        return asker.text(question)

    def check(self, answer: Any) -> str | None:
        """Any words are an answer."""
        return words_problem(answer)

    def blank(self) -> list[Block]:
        """Return a third of a page."""
        return [Ruled(6)]

    def cells(self, answer: Any) -> dict[str, SheetCell]:
        """Return the words in one cell, whole."""
        return {"": answer}
