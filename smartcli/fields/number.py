"""A plain number: minutes, hours, money."""

import math
from dataclasses import dataclass
from typing import Any, ClassVar

from smartcli.asking import Asker, Question, WrongAnswerError
from smartcli.blocks import Block, Gaps
from smartcli.fields.base import Field, without_echo
from smartcli.language import _, figure
from smartcli.schema.keys import NUMBER, PROSE, key
from smartcli.words import folded, number

_DECIMALS = 6  # that are shown of what somebody typed: a dose of 0.125 is not 0.13
_NONE = ("none", "nothing", "no", "zero")


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Number(Field):
    """A number, whole or with a decimal part."""

    kind: ClassVar[str] = "number"
    about: ClassVar[str] = "a number, such as hours or money"
    wordless: ClassVar[bool] = True
    scalar: ClassVar[bool] = True
    blank_width: ClassVar[int] = 2

    low: float | None = key(NUMBER, "the least it can be", None, stored=True)
    high: float | None = key(NUMBER, "the most it can be", None, stored=True)
    unit: str = key(PROSE, "what it counts, shown after it", "", stored=True)

    def put(self, asker: Asker, question: Question) -> Any:
        """Ask for a line and read it as a number."""
        if question.answer is not None:
            question = without_echo(question, str(question.answer))
        return asker.line(question, understand=read_number)

    def check(self, answer: Any) -> str | None:
        """It must be a number between `low` and `high`."""
        return number_problem(answer, self.low, self.high)

    def blank(self) -> list[Block]:
        """Return a gap before its unit."""
        return [Gaps([("", self.unit)])]

    def brief(self, answer: Any) -> str:
        """Return the number with its unit."""
        number = figure(answer, _DECIMALS)
        return _("{number} {unit}", number=number, unit=self.unit) if self.unit else number

    def problems(self) -> list[tuple[str, str]]:
        """`low` lies below `high`."""
        if self.low is not None and self.high is not None and self.low >= self.high:
            return [("high", _('"high" should be more than "low".'))]
        return []


def read_number(words: str) -> float:
    """Return the number typed, 0 for "none"; raises WrongAnswerError."""
    found = 0 if folded(words).strip(" .") in _NONE else number(words)
    if found is None:
        raise WrongAnswerError(_("Please type a number, such as {whole} or {decimal}.", whole=7, decimal=2.5))
    return found


def number_problem(answer: Any, low: float | None, high: float | None) -> str | None:
    """Return None if `answer` is a number from `low` to `high`, else a sentence."""
    if isinstance(answer, bool) or not isinstance(answer, int | float) or not math.isfinite(answer):
        return _("This should be a number.")
    if (low is not None and answer < low) or (high is not None and answer > high):
        return _range_said(low, high)
    return None


def _range_said(low: float | None, high: float | None) -> str:
    """Return the sentence that says which numbers are taken."""
    if low is None:
        return _("This should be {high} or less.", high=high)
    if high is None:
        return _("This should be {low} or more.", low=low)
    return _("This should be a number from {low} to {high}.", low=low, high=high)
