"""A note says something and asks nothing."""

from dataclasses import dataclass
from typing import ClassVar

from smartcli.fields.base import Field
from smartcli.keys import FLAG, key


@dataclass(kw_only=True, eq=False, repr=False)
class Note(Field):
    """Words to read; `ask` is what it says. It stands above the next question, or on a screen of its own."""

    kind: ClassVar[str] = "note"
    about: ClassVar[str] = "says something, asks nothing; shown above the next question"
    answerable: ClassVar[bool] = False

    alone: bool = key(FLAG, "it stands on a screen of its own", False)
