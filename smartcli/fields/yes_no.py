"""Yes or no."""

from dataclasses import dataclass
from typing import Any, ClassVar

from smartcli.asking import Asker, Question
from smartcli.blocks import Block, Boxes
from smartcli.fields.base import Field


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class YesNo(Field):
    """A question with two answers, neither the better one."""

    kind: ClassVar[str] = "yes_no"
    about: ClassVar[str] = "yes or no"
    wordless: ClassVar[bool] = True
    scalar: ClassVar[bool] = True

    def put(self, asker: Asker, question: Question) -> Any:
        """Ask for a yes or a no."""
        return asker.yes_no(question)

    def check(self, answer: Any) -> str | None:
        """Only true and false will do."""
        return None if isinstance(answer, bool) else "This should be true or false."

    def blank(self) -> list[Block]:
        """Return a box for either."""
        return [Boxes([("", ["Yes", "No"])])]

    def blank_cell(self) -> str:
        """Return a box for either."""
        return "□ yes  □ no"

    def brief(self, answer: Any) -> str:
        """Return "yes" or "no"."""
        return "yes" if answer else "no"

    def in_summary(self, answer: Any) -> str:
        """Return "no walk" or, for a yes, "walk" alone, where the `headline` is a word."""
        if not isinstance(self.headline, str):
            return self.brief(answer)
        return self.headline if answer else f"no {self.headline}"
