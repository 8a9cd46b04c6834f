"""One of several."""

from dataclasses import dataclass
from typing import Any, ClassVar

from smartcli.asking import Asker, Question
from smartcli.blocks import Block
from smartcli.fields.base import Field, Part
from smartcli.fields.options import Options
from smartcli.schema.keys import FLAG, key
from smartcli.words import folded


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Choice(Options):
    """One option, or own words where `own`."""

    kind: ClassVar[str] = "choice"
    about: ClassVar[str] = "one of several options"

    own: bool = key(FLAG, "own words welcome, and offered again next time", False)

    def put(self, asker: Asker, question: Question) -> Any:
        """Ask for one."""
        return asker.choose(question, self.options, own=self.own)

    def accept(self, raw: Any) -> Any:
        """An option may be named by its words."""
        return self.named(raw)

    def check(self, answer: Any) -> str | None:
        """It must be on offer, or own words."""
        return self.one_problem(answer)

    def blank(self) -> list[Block]:
        """Return a box for each option."""
        return self.boxes(1)

    def brief(self, answer: Any) -> str:
        """Return the option's words."""
        return Field.brief(self, self.say(answer))

    def parts(self, answer: Any) -> list[Part]:
        """The option chosen, whatever its words were."""
        return [Part("", folded(answer), self.say(answer))]
