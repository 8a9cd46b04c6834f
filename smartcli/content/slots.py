"""Slots: the few places in a text that are filled for the person who reads it.

`{emergency}` is the number to call in danger, `{crisis}` somebody to call at this hour, `{support}` how support
is opened here, `{hide}` what to do when somebody comes in, `{behaviour}` the person's own word for what they want to
change. Nothing else is replaced.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from smartcli.language import N_, _

NAMES = ("emergency", "crisis", "support", "hide", "behaviour")
_SLOT = re.compile(r"\{([a-z]+)\}")

# Sourced in exercises/SAFETY.md; never guessed from the locale or the clock.
EMERGENCY_ANYWHERE = N_(
    "your local emergency number (112 in Europe and on many mobile phones, 911 in North America, 999 in the UK, "
    "000 in Australia, 111 in New Zealand)"
)
CRISIS_ANYWHERE = N_("a helpline near you (findahelpline.com lists them)")


@dataclass(frozen=True)
class Slots:
    """What the slots stand for: for one person's country, and for the way questions are asked.

    `emergency` gives a number, `crisis` a line to call for the families of a behaviour; both fit after "call".
    `support` says how support is opened, "press s", given what is typed where the text is shown: "line", "text" or "".
    `hide` says what to do when somebody comes in.
    """

    emergency: Callable[[], str] = lambda: _(EMERGENCY_ANYWHERE)
    crisis: Callable[[frozenset[str]], str] = lambda families: _(CRISIS_ANYWHERE)
    support: Callable[[str], str] = lambda typing: _("open support")
    hide: Callable[[], str] = lambda: _("leave smartcli")

    def filled(self, text: str, behaviour: str | None, families: frozenset[str], *, typing: str = "") -> str:
        """Return a text with every slot filled; braces that are no slot stay as they are.

        `typing`: "line" or "text" above a question where one or the other is typed, so that no letter can be a key.
        """
        values: dict[str, Callable[[], str]] = {
            "emergency": self.emergency,
            "crisis": lambda: self.crisis(families),
            "support": lambda: self.support(typing),
            "hide": self.hide,
            "behaviour": lambda: behaviour or _("this habit"),
        }
        return _SLOT.sub(lambda slot: values[slot[1]]() if slot[1] in values else slot[0], text)


ANYWHERE = Slots()  # no country is known, and no asker


def has_slots(text: str) -> bool:
    """Return whether a text has something to fill."""
    return "{" in text and any(name in NAMES for name in _SLOT.findall(text))


def unknown_slots(text: str) -> list[str]:
    """Return the names in braces that are no slot."""
    return [name for name in _SLOT.findall(text) if name not in NAMES]
