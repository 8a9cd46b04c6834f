"""One of several."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from smartcli.asking import Asker, Question
from smartcli.blocks import Block
from smartcli.fields.base import Answers, Field, Part, SheetCell
from smartcli.fields.options import Options
from smartcli.schema.keys import FLAG, key
from smartcli.words import folded, has_word


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Choice(Options):
    """One option, or own words where `own`."""

    kind: ClassVar[str] = "choice"
    about: ClassVar[str] = "one of several options"
    wordless: ClassVar[bool] = False
    scalar: ClassVar[bool] = True

    own: bool = key(FLAG, "own words welcome, and offered again next time", False)

    def put(self, asker: Asker, question: Question) -> Any:
        """Ask for one."""
        return asker.choose(question, self.options, own=self.own)

    def beginning(self, row: Answers, columns: Sequence[Field]) -> str | None:
        """Return the option that the words in a row of a table mean; None where they mean none, or several."""
        written = " ".join(cell for name, cell in row.items() if name != self.id and isinstance(cell, str))
        meant = [option.id for option in self.options if any(has_word(written, word) for word in option.means)]
        return meant[0] if len(meant) == 1 else None

    def accept(self, raw: Any) -> Any:
        """An option may be named by its words."""
        return self.named(raw)

    def half_of(self, stored: Any) -> Any:
        """Return the option that was lit, or own words."""
        return stored if self.one_problem(stored) is None else None

    def check(self, answer: Any) -> str | None:
        """It must be on offer, or own words."""
        return self.one_problem(answer)

    def blank(self) -> list[Block]:
        """Return a box for each option."""
        return self.boxes(1)

    def brief(self, answer: Any) -> str:
        """Return the option's words."""
        return Field.brief(self, self.say(answer))

    def has_own_words(self, answer: Any) -> bool:
        """Return whether the answer is no option of ours, whose words differ from its id."""
        return bool(self.say(str(answer)) == answer)

    def cells(self, answer: Any) -> dict[str, SheetCell]:
        """Return the words shown, and what trends join on (for own words the same)."""
        return {"": self.say(answer), "id": answer}

    def parts(self, answer: Any) -> list[Part]:
        """The option chosen, whatever its words were."""
        return [Part("", folded(answer), self.say(answer))]
