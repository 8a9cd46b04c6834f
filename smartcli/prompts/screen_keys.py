"""The keys of a screen, as one table: it makes the bindings, the line at the bottom and the help."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from prompt_toolkit.filters import FilterOrBool, to_filter
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from smartcli.asking import Question
from smartcli.language import _

BACK, SUPPORT, ASIDE = object(), object(), object()  # what a screen may end with besides an answer

Handler = Callable[[KeyPressEvent], None]


def _unsaid() -> str:
    return ""


@dataclass(frozen=True)
class Key:
    """One thing that can be done on a screen.

    `keys`: those that do it, in prompt_toolkit's names; a sequence has spaces between ("escape enter").
    `does`: does it. `said`: returns how the line at the bottom names key and deed, "esc back"; "" where it does not.
    `works`: whether it works now; while it does not, it is not named either. `eager`: no longer sequence that begins
    with the key is waited for.
    """

    keys: tuple[str, ...]
    does: Handler
    said: Callable[[], str] = _unsaid
    works: FilterOrBool = True
    eager: bool = False


def bindings_of(table: Sequence[Key]) -> KeyBindings:
    """Return the bindings that a table declares; of two rows for one key the later one that works wins."""
    bindings = KeyBindings()
    for row in table:
        for key in row.keys:
            bindings.add(*key.split(), filter=to_filter(row.works), eager=row.eager)(row.does)
    return bindings


def named_in_line(table: Sequence[Key]) -> list[str]:
    """Return the names of what can be done now, for the line at the bottom."""
    names = (row.said() for row in table if to_filter(row.works)())
    return [name for name in names if name]


def ends_with(result: object) -> Handler:
    """Return a handler that ends the screen with a result."""
    return lambda event: event.app.exit(result=result)


def back_key(*keys: str, name: str = "esc", works: FilterOrBool = True) -> Key:
    """Return the key that goes back, Esc unless others are given."""
    return Key(keys or ("escape",), ends_with(BACK), lambda: _("{key} back", key=name), works, eager=True)


def support_name(key: str = "s") -> str:
    """Return the name of the key that opens support, with what it does."""
    return _("{key} support", key=key)


def enter_name(question: Question) -> str:
    """Return what Enter does at a question without an answer: it skips, or ends a list; else its name alone."""
    if not question.optional:
        return _("enter")
    return _("enter done") if question.ends_list else _("enter skip")
