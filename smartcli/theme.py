"""How words and drawings look at a terminal: colour only adds to what bold, marks and places already say.

Themes remap the 16 ANSI colours, and no colour at all holds 4.5:1 on black, on white and on both Solarized
backgrounds (`tests/test_theme.py` computes it). So words are bold or plain where the background is not known, and
the colours used are numbers of the 256-colour cube, which themes leave alone.
"""

import sys
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

_STEPS = (0, 95, 135, 175, 215, 255)  # of red, green and blue in the 256-colour cube
_CUBE, _GREYS = 16, 232  # where the cube and the greys begin; what is below is remapped by themes
_OFF = ("", "0", "false")  # values of FORCE_COLOR and CLICOLOR_FORCE that force nothing
_OF_256 = ("256color", "direct", "kitty", "alacritty", "foot", "ghostty", "wezterm")  # in TERM: 256 colours or more


class ColorWhen(StrEnum):
    """What `--color` takes."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


_when = ColorWhen.AUTO


class Theme(NamedTuple):
    """The colours of one look, as numbers of the 256-colour cube; None: the terminal's own colour.

    `accent`: words that stand out, which are bold or marked too. `drawing`: bars, charts and marks, which are no
    words. `quiet`: what is beside the matter. It is never dim: on Solarized light and in kitty that cannot
    be read.
    """

    accent: int | None
    drawing: int | None
    quiet: int | None


NONE = Theme(None, None, None)
THEMES = {
    "auto": Theme(None, 67, None),  # 3:1 on any common background, which is enough for what is no word
    "dark": Theme(116, 116, 248),
    "light": Theme(24, 24, 240),
    "none": NONE,
}


def choose_color(when: ColorWhen) -> None:
    """Take what `--color` says for the rest of this run."""
    global _when
    _when = when


def choose_theme(setting: str, environment: Mapping[str, str]) -> Theme:
    """Return the theme that a terminal gets: that of the setting, NONE where colour is refused or cannot be shown."""
    wish = wants_colour(environment)
    if wish is False or not (wish or has_256_colours(environment)):
        return NONE
    return THEMES[setting]


def wants_colour(environment: Mapping[str, str]) -> bool | None:
    """Return whether colour is asked for (True), refused (False), or left to what standard output is (None).

    What comes first wins: `--color`, NO_COLOR, TERM=dumb (which is plain mode here, and may be a screen reader's),
    FORCE_COLOR and CLICOLOR_FORCE, CLICOLOR=0.
    """
    if _when is not ColorWhen.AUTO:
        return _when is ColorWhen.ALWAYS
    if environment.get("NO_COLOR") or environment.get("TERM") == "dumb":
        return False
    if any(environment.get(name, "").lower() not in _OFF for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return False if environment.get("CLICOLOR") == "0" else None


def has_256_colours(environment: Mapping[str, str]) -> bool:
    """Return whether the terminal says that it shows 256 colours; one that does not say so gets none."""
    if environment.get("COLORTERM") or sys.platform == "win32":
        return True
    return any(name in environment.get("TERM", "") for name in _OF_256)


def hex_of(colour: int) -> str:
    """Return a number of the 256-colour cube as "#rrggbb"."""
    return "#{:02x}{:02x}{:02x}".format(*rgb(colour))


def rgb(colour: int) -> tuple[int, int, int]:
    """Return the red, green and blue of a number of the 256-colour cube, 0 to 255 each."""
    if colour >= _GREYS:
        level = 8 + 10 * (colour - _GREYS)
        return level, level, level
    red, rest = divmod(colour - _CUBE, 36)
    green, blue = divmod(rest, 6)
    return _STEPS[red], _STEPS[green], _STEPS[blue]
