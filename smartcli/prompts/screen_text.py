"""Words typed at the terminal: one line or many, by questionary, with our keys and frame."""

import asyncio
from collections.abc import Callable
from typing import Any

import questionary
from prompt_toolkit.filters import Condition, to_filter
from prompt_toolkit.key_binding import KeyPressEvent

from smartcli.asking import Question, WrongAnswerError
from smartcli.language import _
from smartcli.prompts import screen_question, signals
from smartcli.prompts.screen_frame import Frame
from smartcli.prompts.screen_keys import BACK, SUPPORT, Key, back_key, ends_with, enter_name
from smartcli.words import clean, sentence

_PAUSE = 0.5  # seconds from a key until what is typed is saved; ten times that for a long text
_LONG = 20_000  # characters from which saving every half second would be felt while typing


class Typing:
    """The widget. `understand` turns words into the answer; `echo` returns it in words again."""

    def __init__(
        self,
        frame: Frame,
        question: Question,
        *,
        multiline: bool = False,
        understand: Callable[[str], Any] = str,
        echo: Callable[[Any], str] | None = None,
    ) -> None:
        self._frame = frame
        self._question = question
        self._multiline = multiline
        self._understand = understand
        self._echo = echo
        self._problem = ""
        self._waiting: asyncio.TimerHandle | None = None
        self._words = self._words_to_begin_with()
        self._given = self._words

    def _words_to_begin_with(self) -> str:
        """Return what was half typed when the person last left, else the earlier answer."""
        half, answer = self._question.half, self._question.answer
        if isinstance(half, str):
            return half
        if not isinstance(answer, str | int | float):
            return ""
        if self._echo and answer != "":
            return self._echo(answer)
        return str(answer)

    def ask(self) -> Any:
        """Return the answer, None when it was skipped, or BACK."""
        with signals.held(self._flush):
            while (answer := self._once()) is SUPPORT:
                pass
        return answer

    def _once(self) -> Any:
        """Return the answer, BACK, None, or SUPPORT, after which the prompt must be made anew."""
        asked = questionary.text(
            "",
            default=self._words,
            qmark=" " + self._frame.glyph("›"),
            multiline=self._multiline,
            instruction="" if self._multiline else None,
            style=self._frame.style,
            output=self._frame.output,
            input=self._frame.input,
            prompt_continuation="   ",
        )
        application = asked.application
        buffer = application.current_buffer
        buffer.on_text_changed += self._changed
        application.layout.current_window.dont_extend_height = to_filter(True)
        try:
            return screen_question.ask(
                self._frame,
                self._question,
                application.layout.container,
                self._keys(),
                problem=lambda: self._problem or self._understood(),
                focus=buffer,
                application=application,
                letters=True,
            )
        finally:
            self._flush()

    def _keys(self) -> list[Key]:
        many = Condition(lambda: self._multiline)
        return [
            Key(("enter",), self._take, lambda: self._end_name(""), works=~many, eager=True),
            Key(("c-d",), self._take, lambda: self._end_name("ctrl-d"), eager=True),
            Key(("escape c-m",), self._take, works=many),
            back_key(works=~many),
            # Esc begins Alt-Enter, which ends a long text in many other programs: so F2 goes back.
            back_key("f2", "c-b", name="f2", works=many),
            Key(("f2",), ends_with(BACK), works=~many, eager=True),
        ]

    def _end_name(self, key: str) -> str:
        """Return what ends the words, by Enter or by another key: done, or nothing typed and skipped."""
        is_skipped = self._question.optional and not self._words.strip()
        if not key:
            return enter_name(self._question) if is_skipped else _("enter")
        if not self._multiline:
            return ""
        return _("{key} skip", key=key) if is_skipped else _("{key} done", key=key)

    def _take(self, event: KeyPressEvent) -> None:
        words = clean(event.app.current_buffer.text)
        if not words.strip():
            if self._question.optional:
                event.app.exit(result=None)
            else:
                self._problem = _(
                    "This question needs an answer. Press {key} to pause. Your answers are saved.", key="Ctrl-C"
                )
            return
        if words == self._given and self._echo and self._question.answer is not None:
            # Untouched words of an echo may be read as another moment today than when they were
            # typed.
            event.app.exit(result=self._question.answer)
            return
        try:
            answer = self._understand(words)
        except WrongAnswerError as error:
            self._problem = str(error)
            return
        self._problem = self._question.check(answer) or ""
        if not self._problem:
            event.app.exit(result=answer)

    def _understood(self) -> str:
        """Return how a moment or a number is understood so far; nothing while it is not."""
        if not self._echo or not self._words.strip() or self._words == self._given:
            return ""
        try:
            return sentence(self._echo(self._understand(clean(self._words))))
        except WrongAnswerError:
            return ""

    def _changed(self, buffer: Any) -> None:
        """Note what is typed, to be saved half a second after the first key, pause or none."""
        self._words = buffer.text
        self._problem = ""
        if self._waiting is None:
            pause = _PAUSE if len(self._words) < _LONG else 10 * _PAUSE
            self._waiting = asyncio.get_running_loop().call_later(pause, self._flush)

    def _flush(self) -> None:
        """Save what is typed, if anything was since the last time."""
        if self._waiting:
            self._waiting.cancel()
            self._waiting = None
            self._question.changed(clean(self._words))
