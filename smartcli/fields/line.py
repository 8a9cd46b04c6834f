"""One line of words."""

from dataclasses import dataclass
from typing import Any, ClassVar

from smartcli.asking import Asker, Question
from smartcli.fields.base import Field, words_problem


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Line(Field):
    """A few words on one line."""

    kind: ClassVar[str] = "line"
    about: ClassVar[str] = "one line of words"
    wordless: ClassVar[bool] = False
    scalar: ClassVar[bool] = True

    def put(self, asker: Asker, question: Question) -> Any:
        """Ask for one line."""
        return asker.line(question)

    def check(self, answer: Any) -> str | None:
        """Any words will do."""
        return words_problem(answer)
