"""A note says something and asks nothing."""

from dataclasses import dataclass, field
from itertools import groupby
from typing import ClassVar

from smartcli.asking import Option
from smartcli.blocks import Block, Item, Items, Words
from smartcli.fields.base import Field
from smartcli.language import _
from smartcli.schema.keys import FLAG, NAME, key, one_of


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Note(Field):
    """Words to read; `ask` is what it says. It stands above the next question, or on a screen of its own.

    `offered` is the list named by `swaps`, put there when the exercise is read. A note with swaps says
    nothing when none of the words was used.
    """

    kind: ClassVar[str] = "note"
    about: ClassVar[str] = "says something, asks nothing; shown above the next question"
    answerable: ClassVar[bool] = False

    alone: bool = key(FLAG, "it stands on a screen of its own", False)
    swaps: str = key(NAME, "a list in lists/: words, and what to say instead; shows those that `swaps_in` holds", "")
    swaps_in: str = key(NAME, "an earlier field, whose words are searched", "")
    insights: str = key(
        one_of("week", "two-weeks"),
        "says in a few sentences what the person wrote in that time; none of this is saved",
        "",
    )
    offered: tuple[Option, ...] = field(default=())

    def blank(self) -> list[Block]:
        """Return what it says."""
        return passages(self.ask)

    def problems(self) -> list[tuple[str, str]]:
        """Swaps need both a list and a field."""
        return [("swaps", _('"swaps" and "swaps_in" go together.'))] if bool(self.swaps) != bool(self.swaps_in) else []


def passages(text: str) -> list[Block]:
    """Return a note's text as blocks; lines that begin with "- " are a list."""
    blocks: list[Block] = []
    for is_list, lines in groupby(text.split("\n") if text else [], key=lambda line: line.startswith("- ")):
        if is_list:
            blocks.append(Items([Item(line.removeprefix("- ")) for line in lines]))
        else:
            blocks.append(Words("\n".join(lines)))
    return blocks
