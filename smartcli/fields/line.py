"""One line of words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from smartcli.asking import Asker, Question
from smartcli.fields.base import Answers, Field, words_problem
from smartcli.fields.sentence import filled_sentence, sentence_on_paper
from smartcli.schema.keys import PROSE, key


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Line(Field):
    """A few words on one line."""

    kind: ClassVar[str] = "line"
    about: ClassVar[str] = "one line of words"
    wordless: ClassVar[bool] = False
    scalar: ClassVar[bool] = True

    begins_with: str = key(
        PROSE,
        "in a table: a sentence that is filled in already, and can be changed; {column} is that cell of the row",
        "",
    )

    def put(self, asker: Asker, question: Question) -> Any:
        """Ask for one line."""
        return asker.line(question)

    def check(self, answer: Any) -> str | None:
        """Any words are an answer."""
        return words_problem(answer)

    def beginning(self, row: Answers, columns: Sequence[Field]) -> str | None:
        """Return the sentence it begins with in a row of a table; None without one, or while a needed cell is open."""
        return filled_sentence(self.begins_with, row, columns) if self.begins_with else None

    def blank_cell(self) -> str:
        """Return that sentence with gaps to write in."""
        return sentence_on_paper(self.begins_with)
