"""The keys of a screen, as one table: it makes the bindings, the line at the bottom and the help under "?"."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from prompt_toolkit.filters import FilterOrBool, to_filter
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

from smartcli.asking import Question
from smartcli.blocks import Block, Item, Items
from smartcli.language import N_, _
from smartcli.prompts.screen_terminal import vacate
from smartcli.trouble import PAUSED
from smartcli.words import enumerated

# What a screen may end with besides an answer.
BACK, SUPPORT, ASIDE, LOCKED_WORDS, HELP, OWN_WORDS = (object() for _number in range(6))

Handler = Callable[[KeyPressEvent], None]

# How needed a name is in the line at the bottom, where there is no room for all. IF_ROOM never takes one line more.
ALWAYS, SELDOM_LEFT_OUT, USUAL, IF_ROOM = 3, 2, 1, 0

_NAMES = {
    "enter": N_("Enter"),
    "escape": N_("Esc"),
    "space": N_("Space"),
    "up": N_("Up"),
    "down": N_("Down"),
    "left": N_("Left"),
    "right": N_("Right"),
    "home": N_("Home"),
    "end": N_("End"),
    "pageup": N_("Page Up"),
    "pagedown": N_("Page Down"),
    "backspace": N_("Backspace"),
    Keys.Any: N_("any other key"),
}
_RANGE = 3  # digits from which on a row of them is named by its first and last


def _unsaid() -> str:
    return ""


@dataclass(frozen=True)
class Key:
    """One thing that can be done on a screen.

    `keys`: those that do it, in prompt_toolkit's names; a sequence has spaces between ("c-x c-u"). The first is
    what a tap on its name in the line at the bottom stands for.
    `does`: does it. `said`: returns how the line at the bottom names key and deed, "esc back"; "" where it does not.
    `works`: whether it works now; while it does not, it is not named either. `eager`: no longer sequence that begins
    with the key is waited for. `help`: returns a whole sentence that tells a person what to do it for ("Go back to
    the question before."); rows with the same sentence are one on the help page. `need`: how needed its name is in
    the line; the names of Enter and Esc always stand there. `is_undone_at_once`: where words are typed, a run of the
    key is undone at once.
    """

    keys: tuple[str, ...]
    does: Handler
    said: Callable[[], str] = _unsaid
    works: FilterOrBool = True
    eager: bool = False
    help: Callable[[], str] = _unsaid
    need: int = USUAL
    is_undone_at_once: bool = False

    @property
    def needed(self) -> int:
        """How needed its name is in the line at the bottom."""
        return ALWAYS if {"enter", "escape"} & {*self.keys} else self.need


def bindings_of(table: Sequence[Key]) -> KeyBindings:
    """Return the bindings that a table declares; of two rows for one key the later one that works wins."""
    bindings = KeyBindings()
    for row in table:
        for key in _with_line_feed(row.keys):
            bindings.add(
                *key.split(),
                filter=to_filter(row.works),
                eager=to_filter(row.eager),
                save_before=_is_not_a_repeat if row.is_undone_at_once else _always,
            )(row.does)
    return bindings


def _always(_event: KeyPressEvent) -> bool:
    return True


def _is_not_a_repeat(event: KeyPressEvent) -> bool:
    return not event.is_repeat


def _with_line_feed(keys: Sequence[str]) -> list[str]:
    """Return keys, and with Enter the line feed that some terminals and most programs that type send for it."""
    return [*dict.fromkeys([*keys, *(["c-j"] if "enter" in keys else [])])]


def working(table: Sequence[Key]) -> list[Key]:
    """Return the rows that work now."""
    return [row for row in table if to_filter(row.works)()]


def help_page(table: Sequence[Key]) -> list[Block]:
    """Return a page of what each key does now, one sentence each, what is needed most first."""
    keys_by_help: dict[str, list[str]] = {}
    for row in sorted(working(table), key=lambda row: -row.needed):
        if row.help():
            keys_by_help.setdefault(row.help(), []).extend(row.keys)
    sentences = [
        _("{keys}: {sentence}", keys=enumerated(_key_names(keys)), sentence=sentence)
        for sentence, keys in keys_by_help.items()
    ]
    return [Items([Item(sentence) for sentence in sentences])]


def _key_names(keys: Sequence[str]) -> list[str]:
    """Return keys as people call them; digits in a row by the first and last of them."""
    digits = sorted(key for key in keys if key.isdecimal())
    others = [key for key in dict.fromkeys(keys) if not key.isdecimal()]
    # A capital letter beside its small one needs no name of its own.
    names = [key_name(key) for key in others if key == key.lower() or key.lower() not in others]
    if len(digits) < _RANGE:
        return [*digits, *names]
    return [_("{first} to {last}", first=digits[0], last=digits[-1]), *names]


def key_name(key: str) -> str:
    """Return a key as people call it: "Page Up", "Ctrl-S", "w"."""
    if key in _NAMES:
        return _(_NAMES[key])
    if key.startswith("c-"):
        return _("Ctrl-{letter}", letter=key.removeprefix("c-").upper())
    return key.upper() if len(key) > 1 else key


def ends_with(result: object) -> Handler:
    """Return a handler that ends the screen with a result."""
    return lambda event: event.app.exit(result=result)


def end_with_pause(event: KeyPressEvent) -> None:
    """End the screen, and with it the session for now."""
    event.app.exit(exception=KeyboardInterrupt)


def back_key(*keys: str, name: str = "esc", works: FilterOrBool = True, leaves: bool = False) -> Key:
    """Return the key that goes back, Esc unless others are given; `leaves`: nothing stands before, and it leaves."""
    return Key(
        keys or ("escape",),
        end_with_pause if leaves else ends_with(BACK),
        lambda: _("{key} leave", key=name) if leaves else _("{key} back", key=name),
        works,
        eager=True,
        help=leave_help if leaves else back_help,
        need=ALWAYS,
    )


def back_help() -> str:
    """Return what going back does, in a sentence."""
    return _("Go back. What you have answered stays.")


def leave_help() -> str:
    """Return what leaving does, in a sentence."""
    return _("Leave. What you have answered is saved.")


def pause_key(works: FilterOrBool = True) -> Key:
    """Return the letter that pauses, for keyboards without Ctrl."""
    return Key(("p", "P"), end_with_pause, _pause_name, works, help=_pause_help, need=IF_ROOM)


def _pause_name() -> str:
    return _("{key} pause", key="p")


def _pause_help() -> str:
    return _("Pause, and go on later.")


def menu_help() -> str:
    """Return what the key of the menu does where words are typed, in a sentence."""
    return _("Open a small menu: go back, see support, pause, hide, see the keys.")


def stop_help() -> str:
    """Return what stopping a practice does, in a sentence."""
    return _("Stop here. How long it lasted is saved.")


def _hide_help() -> str:
    return _("Hide everything at once, and leave. What you have typed is saved.")


def _leave_unkept_help() -> str:
    return _("Leave. Nothing is saved.")


# What is said of a key where nothing is saved, by what is said of it elsewhere: there nobody can go on later.
_UNKEPT: dict[Callable[[], str], Callable[[], str]] = {
    leave_help: _leave_unkept_help,
    _pause_help: _leave_unkept_help,
    _pause_name: lambda: _("{key} leave", key="p"),
    menu_help: lambda: _("Open a small menu: go back, see support, leave, hide, see the keys."),
    stop_help: lambda: _("Stop here."),
    _hide_help: lambda: _("Hide everything at once, and leave. Nothing is saved."),
}


def unkept(table: Sequence[Key]) -> list[Key]:
    """Return keys as they are named in a sitting of which nothing is saved; they do what they do elsewhere."""
    return [replace(row, said=_UNKEPT.get(row.said, row.said), help=_UNKEPT.get(row.help, row.help)) for row in table]


def support_keys(letters: FilterOrBool = False) -> list[Key]:
    """Return the keys that open support; where `letters` are typed, "s" is one of them."""
    typed = to_filter(letters)

    def key(*keys: str, name: str, works: FilterOrBool) -> Key:
        return Key(
            keys,
            ends_with(SUPPORT),
            lambda: support_name(name) if name else "",
            works,
            eager=True,
            help=lambda: _("Open support: who to call, and your own people."),
            need=ALWAYS,
        )

    return [
        key("s", "S", name="s", works=~typed),
        key("f1", "c-s", name="", works=True),
    ]


def hide_key(*keys: str, name: str = "", works: FilterOrBool = True, need: int = SELDOM_LEFT_OUT) -> Key:
    """Return the key that hides everything and ends the program; `name`: its name in the line at the bottom, if any."""
    return Key(
        keys,
        _hide,
        lambda: _("{key} hide", key=name) if name else "",
        works,
        eager=True,
        help=_hide_help,
        need=need,
    )


def _hide(event: KeyPressEvent) -> None:
    """Leave an empty terminal, and end without another word; a file that was being written is whole by now."""
    vacate(event.app.input, event.app.output)
    os._exit(PAUSED)


def help_key(works: FilterOrBool = True) -> Key:
    """Return the key that lists the keys."""
    return Key(
        ("?",),
        ends_with(HELP),
        lambda: _("{key} keys", key="?"),
        works,
        eager=True,
        help=lambda: _("Show this list of keys."),
        need=SELDOM_LEFT_OUT,
    )


def support_name(key: str = "s") -> str:
    """Return the name of the key that opens support, with what it does."""
    return _("{key} support", key=key)


def enter_name(question: Question) -> str:
    """Return what Enter does at a question without an answer: it skips, or ends a list; "" where it does nothing."""
    if not question.optional:
        return ""
    if question.takes_out:
        return _("enter remove")
    return _("enter done") if question.ends_list else _("enter skip")
