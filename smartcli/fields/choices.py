"""Any number of several."""

from dataclasses import dataclass
from typing import Any, ClassVar

from smartcli.asking import Asker, Question
from smartcli.blocks import Block, Item, Items
from smartcli.fields.base import Field, Part, SheetCell, count_problem
from smartcli.fields.options import Options
from smartcli.schema.keys import FLAG, WHOLE, key
from smartcli.words import enumerated, folded


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Choices(Options):
    """Several options, and own words where `own`."""

    kind: ClassVar[str] = "choices"
    about: ClassVar[str] = "any number of several options"
    wordless: ClassVar[bool] = False
    scalar: ClassVar[bool] = False

    own: bool = key(FLAG, "own words welcome, and offered again next time", False)
    min: int = key(WHOLE, "how many at least", 0)
    max: int | None = key(WHOLE, "how many at most", None)

    def put(self, asker: Asker, question: Question) -> Any:
        """Ask for some."""
        return asker.choose_some(question, self.options, own=self.own)

    def accept(self, raw: Any) -> Any:
        """Options may be named by their words."""
        return [self.named(one) for one in raw] if isinstance(raw, list) else raw

    def half_of(self, stored: Any) -> Any:
        """Return the options that were ticked, as far as they are on offer."""
        return [one for one in stored if self.one_problem(one) is None] if isinstance(stored, list) else None

    def check(self, answer: Any) -> str | None:
        """Each is on offer, and there are enough but not too many."""
        least = self.min or (0 if self.optional else 1)
        return self.several_problem(answer) or count_problem(len(answer), least, self.max)

    def blocks(self, answer: Any) -> list[Block]:
        """Return a list."""
        return [Items([Item(self.say(one)) for one in answer])]

    def blank(self) -> list[Block]:
        """Return a box for each option, and some for others."""
        return self.boxes(2 if self.options else min(self.max or 3, 5))

    def parts(self, answer: Any) -> list[Part]:
        """Each of them, whatever its words were."""
        return [Part(folded(one), folded(one), self.say(one)) for one in answer]

    def brief(self, answer: Any) -> str:
        """Return their words."""
        return Field.brief(self, enumerated(self.say(one) for one in answer))

    def cells(self, answer: Any) -> dict[str, SheetCell]:
        """Return the words shown, and what trends join on (for own words the same)."""
        return {"": [self.say(chosen) for chosen in answer], "id": answer}
