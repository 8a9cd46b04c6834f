"""The line at the bottom of a screen: what can be done now, by name. Taps on a name press its key."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.keys import Keys
from prompt_toolkit.utils import get_cwidth

from smartcli.language import N_, _
from smartcli.prompts.screen_keys import ALWAYS, IF_ROOM, Key, working
from smartcli.prompts.screen_taps import on_tap, press

_MOST = 3  # lines; on a narrow screen more would leave no room for the question
_GAP = "   "  # between two names
_KEYS_BY_NAME = {"↑": "up", "↓": "down", "←": "left", "→": "right", "pgup": "pageup", "pgdn": "pagedown"}
_IN_ASCII = {"↑ ↓": N_("up/down"), "← →": N_("left/right"), "↑": N_("up"), "↓": N_("down")}


class Named(NamedTuple):
    """A name as it stands in the line, and the row of the table it is the name of."""

    name: str
    row: Key


def key_lines(table: Sequence[Key], room: int, *, unicode: bool) -> list[list[Named]]:
    """Return the names of what can be done now in lines of at most `room` columns, broken between names.

    Where they take too many lines, the least needed are left out, of equals the last: all stand under "?".
    """
    named = [Named(row.said() if unicode else _in_ascii(row.said()), row) for row in working(table) if row.said()]
    if_room = [one for one in named if one.row.needed == IF_ROOM]
    named = [one for one in named if one not in if_room]
    lines = _broken(named, room)
    while len(lines) > _MOST:
        least = min(named, key=lambda one: (one.row.needed, -named.index(one)))
        if least.row.needed == ALWAYS:
            break
        named.remove(least)
        lines = _broken(named, room)
    with_all = _broken([*named, *if_room], room)
    return with_all if len(with_all) == len(lines) else lines


def key_line_fragments(lines: Sequence[Sequence[Named]]) -> StyleAndTextTuples:
    """Return lines of names as formatted text, in which each name takes taps."""
    fragments: StyleAndTextTuples = []
    for number, line in enumerate(lines):
        fragments.append(("", "\n " if number else " "))
        for place, named in enumerate(line):
            if place:
                fragments.append(("", _GAP))
            fragments += _tappable(named)
    return fragments


def _in_ascii(name: str) -> str:
    for sign, word in _IN_ASCII.items():
        name = name.replace(sign, _(word))
    return name


def _broken(named: Sequence[Named], room: int) -> list[list[Named]]:
    lines: list[list[Named]] = [[]]
    for one in named:
        width = 1 + sum(get_cwidth(other.name + _GAP) for other in lines[-1]) + get_cwidth(one.name)
        if lines[-1] and width > room:
            lines.append([])
        lines[-1].append(one)
    return lines


def _tappable(named: Named) -> StyleAndTextTuples:
    """Return a name whose parts press keys: one that names a key that one, the rest the first key of the row."""
    style = "class:keys"
    first = named.row.keys[0]
    if first == Keys.Any:
        return [(style, named.name)]
    parts = (f"{' ' * bool(place)}{part}" for place, part in enumerate(named.name.split(" ")))
    return [(style, part, on_tap(partial(press, _KEYS_BY_NAME.get(part.strip(), first)))) for part in parts]
