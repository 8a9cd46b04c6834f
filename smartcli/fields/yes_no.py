"""Yes or no."""

from dataclasses import dataclass
from typing import Any, ClassVar

from smartcli.asking import Asker, Question
from smartcli.blocks import Block, Boxes
from smartcli.fields.base import ANSWER_SLOT, Field
from smartcli.language import _


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class YesNo(Field):
    """A question with two answers, neither the better one."""

    kind: ClassVar[str] = "yes_no"
    about: ClassVar[str] = "yes or no"
    wordless: ClassVar[bool] = True
    scalar: ClassVar[bool] = True
    blank_width: ClassVar[int] = 2

    def put(self, asker: Asker, question: Question) -> Any:
        """Ask for a yes or a no."""
        return asker.yes_no(question)

    def half_of(self, stored: Any) -> Any:
        """Return the one that was lit."""
        return stored if isinstance(stored, bool) else None

    def check(self, answer: Any) -> str | None:
        """Only true and false are answers."""
        return None if isinstance(answer, bool) else _("This should be true or false.")

    def blank(self) -> list[Block]:
        """Return a box for either."""
        return [Boxes([("", [_("Yes"), _("No")])])]

    def blank_cell(self) -> str:
        """Return a box for either."""
        return "  ".join(f"□ {word}" for word in (_("yes"), _("no")))

    def brief(self, answer: Any) -> str:
        """Return "yes" or "no"."""
        return _("yes") if answer else _("no")

    def in_summary(self, answer: Any) -> str:
        """Return "no walk" or, for a yes, "walk" alone, where the `headline` is a word and no phrase with a slot."""
        if not isinstance(self.headline, str) or ANSWER_SLOT in self.headline:
            return super().in_summary(answer)
        return self.headline if answer else _("no {thing}", thing=self.headline)
