"""A plain number: minutes, hours, money."""

import math
from dataclasses import dataclass
from typing import Any, ClassVar

from smartcli.asking import Asker, Question, WrongAnswerError
from smartcli.blocks import Block, Gaps
from smartcli.fields.base import Field
from smartcli.schema.keys import NUMBER, PROSE, key
from smartcli.words import folded, number

_NONE = ("none", "nothing", "no", "zero")


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Number(Field):
    """A number, whole or with a decimal part."""

    kind: ClassVar[str] = "number"
    about: ClassVar[str] = "a number, such as hours or money"
    wordless: ClassVar[bool] = True
    scalar: ClassVar[bool] = True

    low: float | None = key(NUMBER, "the least it can be", None, stored=True)
    high: float | None = key(NUMBER, "the most it can be", None, stored=True)
    unit: str = key(PROSE, "what it counts, shown after it", "", stored=True)

    def put(self, asker: Asker, question: Question) -> Any:
        """Ask for a line and read it as a number."""
        return asker.line(question, understand=read_number)

    def check(self, answer: Any) -> str | None:
        """It must be a number between `low` and `high`."""
        return number_problem(answer, self.low, self.high)

    def blank(self) -> list[Block]:
        """Return a gap before its unit."""
        return [Gaps([("", self.unit)])]

    def brief(self, answer: Any) -> str:
        """Return the number with its unit."""
        return f"{shown(answer)} {self.unit}".strip()

    def problems(self) -> list[tuple[str, str]]:
        """`low` lies below `high`."""
        if self.low is not None and self.high is not None and self.low >= self.high:
            return [("high", '"high" should be more than "low".')]
        return []


def read_number(words: str) -> float:
    """Return the number typed, 0 for "none"; raises WrongAnswerError."""
    found = 0 if folded(words).strip(" .") in _NONE else number(words)
    if found is None:
        raise WrongAnswerError("A number, please, such as 7 or 2.5.")
    return found


def number_problem(answer: Any, low: float | None, high: float | None) -> str | None:
    """Return None if `answer` is a number from `low` to `high`, else a sentence."""
    if isinstance(answer, bool) or not isinstance(answer, int | float) or not math.isfinite(answer):
        return "This should be a number."
    if (low is not None and answer < low) or (high is not None and answer > high):
        if low is None or high is None:
            return f"A number of {shown(low)} or more." if high is None else f"A number of {shown(high)} or less."
        return f"A number from {shown(low)} to {shown(high)}."
    return None


def shown(number: float | None) -> str:
    """Return a number without a needless ".0"."""
    return f"{number:g}" if isinstance(number, float) and abs(number) < 1e6 else str(number)
