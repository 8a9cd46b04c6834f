"""An order, best first."""

from dataclasses import dataclass
from typing import Any, ClassVar

from smartcli.asking import Asker, Question
from smartcli.blocks import Block, Item, Items, Ruled
from smartcli.fields.base import Field, Part, SheetCell, count_problem
from smartcli.fields.options import Options
from smartcli.language import _
from smartcli.schema.keys import WHOLE, key
from smartcli.words import enumerated, folded


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Rank(Options):
    """All the options put in order; with `max` only the first so many count."""

    kind: ClassVar[str] = "rank"
    about: ClassVar[str] = "options put in order, best first"
    wordless: ClassVar[bool] = False
    scalar: ClassVar[bool] = False
    in_tables: ClassVar[bool] = False

    min: int = key(WHOLE, "how many must be placed (0: all of them)", 0)
    max: int | None = key(WHOLE, "how many places there are", None)

    def put(self, asker: Asker, question: Question) -> Any:
        """Ask for the order; one thing alone needs no asking."""
        if len(self.options) == 1:
            return [self.options[0].id]
        order = asker.rank(question.with_(check=lambda order: self.check(order[: self.max])), self.options)
        return order[: self.max] if order else order

    def accept(self, raw: Any) -> Any:
        """Options may be named by their words."""
        return [self.named(one) for one in raw] if isinstance(raw, list) else raw

    def half_of(self, stored: Any) -> Any:
        """Return the order as it was, as far as its options are on offer, with the others after them."""
        if not isinstance(stored, list):
            return None
        placed = [one for one in stored if self.one_problem(one) is None]
        return placed + [option.id for option in self.options if option.id not in placed] if placed else None

    def check(self, answer: Any) -> str | None:
        """Every option has one place."""
        most = min(self.max or len(self.options), len(self.options))
        return self.several_problem(answer) or count_problem(len(answer), self.min or most, most)

    def blocks(self, answer: Any) -> list[Block]:
        """Return a numbered list."""
        return [Items([Item(self.say(one)) for one in answer], numbered=True)]

    def blank(self) -> list[Block]:
        """Return a numbered line for each place."""
        return [Ruled(self.max or self.min or min(len(self.options), 8) or 5, numbered=True)]

    def parts(self, answer: Any) -> list[Part]:
        """Each of them, its place what may move."""
        return [
            Part(folded(one), folded(one), self.say(one), {"": _("place {number}", number=place)})
            for place, one in enumerate(answer, 1)
        ]

    def brief(self, answer: Any) -> str:
        """Return them in order."""
        return Field.brief(self, enumerated(self.say(one) for one in answer))

    def cells(self, answer: Any) -> dict[str, SheetCell]:
        """Return the words shown in their order, and what trends join on."""
        return {"": [self.say(placed) for placed in answer], "id": answer}
