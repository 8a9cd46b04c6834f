"""Keys for the screens: what the terminal sends, as prompt_toolkit's key presses, and none that no one knows.

prompt_toolkit takes a sequence it does not know for Esc and some letters. Here every whole sequence is one key; what
no screen has a use for is swallowed.
"""

import asyncio
import contextlib
import os
import time
from collections.abc import Callable, Iterator
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.input.ansi_escape_sequences import ANSI_SEQUENCES
from prompt_toolkit.input.typeahead import get_typeahead, store_typeahead
from prompt_toolkit.input.vt100_parser import Vt100Parser
from prompt_toolkit.key_binding import KeyPress, KeyPressEvent
from prompt_toolkit.key_binding.bindings.named_commands import get_by_name
from prompt_toolkit.keys import Keys

from smartcli.prompts.keystrokes import Bounce, Keystrokes
from smartcli.prompts.sequences import ESCAPE_TIME, Paste

# Keys that screens know: all others would count as "any key", or be taken for letters.
_KNOWN = {
    *(Keys.Escape, Keys.ControlM, Keys.ControlI, Keys.BackTab, Keys.ControlH, Keys.Delete),
    *(Keys.Up, Keys.Down, Keys.Left, Keys.Right, Keys.Home, Keys.End, Keys.PageUp, Keys.PageDown),
    *(Keys.ShiftUp, Keys.ShiftDown, Keys.ShiftLeft, Keys.ShiftRight, Keys.ShiftHome, Keys.ShiftEnd),
    *(Keys.ControlLeft, Keys.ControlRight, Keys.ControlHome, Keys.ControlEnd, Keys.ControlDelete),
    *(Keys.F1, Keys.F2, Keys.F3, Keys.F4, Keys.F5, Keys.F6, Keys.F7, Keys.F8, Keys.F9, Keys.F10, Keys.F11, Keys.F12),
    *(Keys.ControlA, Keys.ControlB, Keys.ControlC, Keys.ControlD, Keys.ControlE, Keys.ControlF, Keys.ControlG),
    *(Keys.ControlK, Keys.ControlL, Keys.ControlN, Keys.ControlP, Keys.ControlQ, Keys.ControlS, Keys.ControlT),
    *(Keys.ControlU, Keys.ControlW, Keys.ControlY, Keys.ControlZ, Keys.ControlUnderscore),
}
# What a key with Alt does where words are typed, as in readline.
_EDITS = {
    "\x1bb": "backward-word",
    "\x1bf": "forward-word",
    "\x1bd": "kill-word",
    "\x1b\x7f": "backward-kill-word",
    "\x1b\b": "backward-kill-word",
    "\x1bc": "capitalize-word",
    "\x1bl": "downcase-word",
    "\x1bu": "uppercase-word",
    "\x1bt": "transpose-words",
}
_ENDS = "\x1b\r"  # Alt-Enter, which ends a long text in many programs
_WITH_MOUSE = ("\x1b[M", "\x1b[<")


class KeyParser(Vt100Parser):
    """Takes the place of prompt_toolkit's parser: makes key presses of what was read.

    At a terminal, where a hand types, the key that ended a page does not answer the next one by bouncing, and several
    lines at once are a paste. What comes from a pipe was meant as it is.
    """

    def __init__(
        self, press: Callable[[KeyPress], None], *, by_hand: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`press` is called with each key press; `by_hand`: at a terminal; `clock` returns seconds."""
        self._by_hand = by_hand
        self._clock = clock
        self._page: Application[Any] | None = None  # the one that is shown now
        self._strokes = Keystrokes(self._takes_words, clock)
        self._bounce: Bounce[Keys | str, KeyPress] = Bounce(Keys.Escape)
        super().__init__(press)

    def reset(self, request: bool = False) -> None:
        """Forget what has begun."""
        self._strokes = Keystrokes(self._takes_words, self._clock)

    def feed(self, data: str) -> None:
        """Take in what was read at once."""
        self._press(self._strokes.feed(data))

    def flush(self) -> None:
        """Note that nothing followed for the escape time."""
        self._press(self._strokes.flush())
        for press in self._bounce.flush():
            self.feed_key_callback(press)

    @contextlib.contextmanager
    def page(self, made: Application[Any]) -> Iterator[None]:
        """Be the parser of one page, an application that runs inside this context."""
        self._page = made
        ahead = get_typeahead(made.input)
        store_typeahead(made.input, [kept for press in ahead for kept in self._counting(press, self._clock())])
        if self._strokes.is_waiting:  # Esc, say, that came just before the page
            made.pre_run_callables.append(lambda: self._flush_soon(made))
        made.after_render += self._see
        try:
            yield
        finally:
            self._page = None
            # prompt_toolkit tells the key before the one that is pressed; here no key is.
            sequence = made.key_processor._previous_key_sequence
            self._bounce.begin(sequence[-1].key if self._by_hand and sequence else None)

    def _see(self, made: Application[Any]) -> None:
        self._bounce.see(self._clock())

    def _takes_words(self) -> bool:
        return self._by_hand and self._page is not None and self._page.layout.buffer_has_focus

    def _flush_soon(self, made: Application[Any]) -> None:
        def flush() -> None:
            if made.is_running and not made.is_done:
                made.key_processor.feed_multiple(made.input.flush_keys())
                made.key_processor.process_keys()

        asyncio.get_running_loop().call_later(ESCAPE_TIME, flush)

    def _press(self, keys: list[str]) -> None:
        for press in filter(None, map(self._as_press, keys)):
            for counted in self._counting(press, self._strokes.read_at):
                self.feed_key_callback(counted)

    def _counting(self, press: KeyPress, at: float) -> list[KeyPress]:
        """Return the presses that count now; a letter always does where letters are typed."""
        is_letter = press.key not in _KNOWN
        trusted = not self._by_hand or (is_letter and self._takes_words())
        return self._bounce.press(press.key, press, at, trusted=trusted)

    def _as_press(self, key: str) -> KeyPress | None:
        """Return the key press for a key; None for one that no screen knows."""
        if isinstance(key, Paste):
            return KeyPress(Keys.BracketedPaste, str(key))
        if key in _EDITS or key == _ENDS:
            return KeyPress(Keys.Ignore, key)
        known = ANSI_SEQUENCES.get(key)
        if known in _KNOWN and isinstance(known, Keys):
            return KeyPress(known, key)
        if key.startswith(_WITH_MOUSE):
            is_on = self._page is not None and self._page.renderer.mouse_support()
            return KeyPress(Keys.Vt100MouseEvent, key) if is_on else None
        return KeyPress(key, key) if len(key) == 1 and known is None and not "\x7f" < key < "\xa0" else None


def page(made: Application[Any]) -> contextlib.AbstractContextManager[None]:
    """Give an application that runs inside this context our keys, where they come as characters (not on Windows)."""
    parser = getattr(made.input, "vt100_parser", None)
    if parser is None:
        return contextlib.nullcontext()
    if not isinstance(parser, KeyParser):
        parser = KeyParser(parser.feed_key_callback, by_hand=os.isatty(made.input.fileno()))
        made.input.vt100_parser = parser  # type: ignore[attr-defined]  # those of all inputs that have one
    return parser.page(made)


def edit(event: KeyPressEvent) -> None:
    """Do what a key with Alt does where words are typed; it comes as `Keys.Ignore`, with what was sent."""
    if event.data == _ENDS:
        event.key_processor.feed(KeyPress(Keys.ControlD, "\x04"), first=True)
    elif event.data in _EDITS:
        get_by_name(_EDITS[event.data]).call(event)
