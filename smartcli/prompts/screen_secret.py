"""A passphrase typed on a screen: it does not show, unless the person wants to see it, and nothing of it stays."""

from typing import Any

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import BufferControl, Window
from prompt_toolkit.layout.processors import BeforeInput, ConditionalProcessor, PasswordProcessor

from smartcli.asking import Question
from smartcli.language import _
from smartcli.prompts import screen_question
from smartcli.prompts.screen_editing import editing_keys, pasted_words
from smartcli.prompts.screen_frame import Frame
from smartcli.prompts.screen_keys import ALWAYS, Key, back_key


class Secret:
    """The widget: a line of stars; F2 shows the letters, and hides them again."""

    def __init__(self, frame: Frame, question: Question) -> None:
        self._frame = frame
        self._question = question
        self._is_shown = False
        self._typed = Buffer(multiline=False)

    def ask(self) -> Any:
        """Return what was typed, or BACK. Half of it is saved nowhere."""
        hidden = ConditionalProcessor(PasswordProcessor(), Condition(lambda: not self._is_shown))
        sign = BeforeInput(f" {self._frame.glyph('›')} ")
        control = BufferControl(self._typed, input_processors=[hidden, sign])
        return screen_question.ask(
            self._frame,
            self._question,
            Window(control, wrap_lines=True, dont_extend_height=True),
            self._keys(),
            focus=control,
            letters=True,
        )

    def _keys(self) -> list[Key]:
        has_words = Condition(lambda: bool(self._typed.text))
        return [
            *editing_keys(),
            Key((Keys.BracketedPaste,), self._paste),
            Key(("enter",), self._take, lambda: _("enter go on"), has_words, help=lambda: _("Finish.")),
            Key(("f2",), self._show_or_hide, self._show_name, help=self._show_help, need=ALWAYS),
            back_key(leaves=self._question.leaves),
        ]

    def _show_name(self) -> str:
        return _("{key} hide it", key="f2") if self._is_shown else _("{key} show it", key="f2")

    def _show_help(self) -> str:
        return _("Show what you type, or stars in its place.")

    def _show_or_hide(self, _event: KeyPressEvent) -> None:
        self._is_shown = not self._is_shown

    def _paste(self, event: KeyPressEvent) -> None:
        event.current_buffer.insert_text(pasted_words(event.data))

    def _take(self, event: KeyPressEvent) -> None:
        event.app.exit(result=self._typed.text)
