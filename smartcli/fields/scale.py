"""A number on a scale."""

from dataclasses import dataclass
from typing import Any, ClassVar

from smartcli.asking import Asker, Question
from smartcli.blocks import Block, Meter, Numbers
from smartcli.fields.base import Field, Part
from smartcli.fields.number import number_problem
from smartcli.language import _, figure
from smartcli.schema.keys import PROSE, WHOLE, key


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Scale(Field):
    """Where something stands between two ends."""

    kind: ClassVar[str] = "scale"
    about: ClassVar[str] = "a number from `low` to `high`"
    wordless: ClassVar[bool] = True
    scalar: ClassVar[bool] = True
    blank_width: ClassVar[int] = 2

    always: ClassVar[tuple[str, ...]] = ("low", "high")  # of the definition as JSON

    low: int = key(WHOLE, "the lower end", 0, stored=True)
    high: int = key(WHOLE, "the upper end", 10, stored=True)
    low_label: str = key(PROSE, "the lower end in words", "")
    high_label: str = key(PROSE, "the upper end in words", "")

    def put(self, asker: Asker, question: Question) -> Any:
        """Ask for a number on the scale."""
        return asker.scale(question, self.low, self.high, (self.low_label, self.high_label))

    def half_of(self, stored: Any) -> Any:
        """Return the number that was lit."""
        return stored if self.check(stored) is None else None

    def check(self, answer: Any) -> str | None:
        """It must be a number on the scale."""
        return number_problem(answer, self.low, self.high)

    def blocks(self, answer: Any) -> list[Block]:
        """Return a meter."""
        return [Meter(answer, self.low, self.high)]

    def blank(self) -> list[Block]:
        """Return its numbers, one to be circled."""
        return [Numbers(self.low, self.high, self.low_label, self.high_label)]

    def blank_head(self) -> str:
        """Return both ends: a cell has no room for its numbers."""
        return _("{low} to {high}", low=self.low, high=self.high)

    def brief(self, answer: Any) -> str:
        """Return the number alone."""
        return figure(answer)

    def parts(self, answer: Any) -> list[Part]:
        """Its place between the two ends, which may have been others then."""
        if self.low in (0, 1):
            words = _("{number} of {all}", number=answer, all=self.high)
        else:
            words = _("{number} on a scale from {low} to {high}", number=answer, low=self.low, high=self.high)
        return [Part("", (answer, self.low, self.high), words)]

    def stored(self, answer: Any) -> dict[str, Any]:
        """Keep both ends always: a number says nothing without them."""
        return super().stored(answer) | {"low": self.low, "high": self.high}

    def problems(self) -> list[tuple[str, str]]:
        """`low` lies below `high`, and there are few enough steps to choose from."""
        if not 0 < self.high - self.low <= 100:
            return [("high", _('"high" should be 1 to 100 more than "low".'))]
        return []
