"""The title line of a sitting: the exercise, the behaviour as soon as it is known, and the day of an earlier entry."""

import re
from dataclasses import dataclass

from smartcli.language import _
from smartcli.words import folded


@dataclass(frozen=True)
class Title:
    """What the title line says. `when`: how long ago the entry was written that is added to or changed.

    `names_behaviour`: the exercise is about one behaviour, whose name in the person's own words follows.
    """

    title: str
    when: str = ""
    names_behaviour: bool = False

    def about(self, behaviour: str | None) -> str:
        """Return the title line for a behaviour; None while it is not known."""
        name = " ".join((behaviour or "").split())
        if not self.names_behaviour or not name or _holds(self.title, name):
            return _("{title} ({when})", title=self.title, when=self.when) if self.when else self.title
        if self.when:
            return _("{title}: {behaviour} ({when})", title=self.title, behaviour=name, when=self.when)
        return _("{title}: {behaviour}", title=self.title, behaviour=name)


def _holds(title: str, name: str) -> bool:
    """Return whether a title has a name in it as whole words, whatever the case."""
    return bool(re.search(rf"(?<!\w){re.escape(folded(name))}(?!\w)", folded(title)))
