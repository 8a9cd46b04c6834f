"""Words typed at the terminal: one line or many, in questionary's prompt, with our keys and frame."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import questionary
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Condition, to_filter
from prompt_toolkit.key_binding import KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import ConditionalContainer, Dimension, FormattedTextControl, HSplit, UIContent, Window
from prompt_toolkit.layout.processors import TabsProcessor

from smartcli.asking import Question, WrongAnswerError
from smartcli.language import _
from smartcli.prompts import screen_question, signals
from smartcli.prompts.screen_editing import editing_keys, pasted_words
from smartcli.prompts.screen_frame import Frame
from smartcli.prompts.screen_keys import (
    ALWAYS,
    Handler,
    Key,
    back_key,
    enter_name,
    help_key,
    hide_key,
    menu_help,
    pause_key,
    support_keys,
)
from smartcli.words import clean, sentence

_PAUSE = 0.5  # seconds from a key until what is typed is saved; ten times that for a long text
_LONG = 20_000  # characters from which saving every half second would be felt while typing
_END_LINES = re.compile(r"\n\s*\Z")  # empty lines at the end of a text, made to finish it


def through_menu(letter: str, *, long: bool) -> str:
    """Return which keys do what a letter of the menu does, "Esc, then s"; `long`: in a text of many lines."""
    return _("Esc, then {letter}", letter=letter) if long else _("the down arrow, then {letter}", letter=letter)


class Typing:
    """The widget. `understand` turns words into the answer; `echo` returns it in words again.

    A line ends with Enter. In a long text Enter begins a new line; on an empty last line it asks for Enter once more,
    which ends the text. Support and the like are letters of a menu in the line of keys, since letters are typed here:
    Esc opens it in a long text, Down or Up in a line, and every key that is not in it closes it and is typed as ever.
    """

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
        self._in_menu = False
        self._is_ending = False  # the next Enter ends the text
        self._waiting: asyncio.TimerHandle | None = None
        self._words = self._words_to_begin_with()
        self._given = self._words

    def _words_to_begin_with(self) -> str:
        """Return what was half typed when the person last left, else the earlier answer."""
        half = self._question.half
        return half if isinstance(half, str) else self._answer_said() or ""

    def _answer_said(self) -> str | None:
        """Return the earlier answer in words; None without one."""
        answer = self._question.answer
        if not isinstance(answer, str | int | float) or answer == "":
            return None
        return self._echo(answer) if self._echo else str(answer)

    def ask(self) -> Any:
        """Return the answer, None when it was skipped, or BACK."""
        prompt = questionary.text(
            self._frame.glyph("›"),  # questionary puts a space before and after
            default=self._words,
            qmark="",
            multiline=self._multiline,
            instruction="" if self._multiline else None,
            output=self._frame.output,
            input=self._frame.input,
            prompt_continuation="   ",
            input_processors=[TabsProcessor(char1=" ", char2=" ")],
        )
        buffer, layout = prompt.application.current_buffer, prompt.application.layout
        window = layout.current_window
        buffer.on_text_changed += self._changed
        buffer.on_cursor_position_changed += self._moved
        window.dont_extend_height = to_filter(True)
        _fill_from_above(window)
        window.height = lambda: Dimension(min=self._fewest_lines(window))
        with signals.held(self._flush):
            try:
                return screen_question.ask(
                    self._frame,
                    self._question,
                    HSplit([layout.container, self._said_below()]),
                    self._keys(buffer),
                    problem=lambda: self._problem or self._understood(),
                    focus=buffer,
                    letters=True,
                    view=self._frame.view(self._question, top=self._question.from_top, most=self._most_above),
                )
            finally:
                self._flush()

    def _most_above(self) -> int:
        """Return how many lines of question, hint and example there may be: once words are typed, a quarter."""
        return self._rows() // 4 if self._words else 0

    def _rows(self) -> int:
        return self._frame.output.get_size().rows

    def _fewest_lines(self, window: Window) -> int:
        """Return how many lines the words must have: all of them, up to a third of the screen."""
        columns = self._frame.output.get_size().columns
        third = max(self._rows() // 3, 1)
        return window.content.preferred_height(columns, third, True, window.get_line_prefix) or 1

    def _said_below(self) -> ConditionalContainer:
        """Return the line below a text that says, when it is so, that Enter ends it."""
        said = FormattedTextControl(lambda: [("class:quiet", " " + _("Enter again to finish"))])
        window = Window(said, wrap_lines=True, dont_extend_height=True)
        return ConditionalContainer(window, Condition(lambda: self._is_ending))

    def _keys(self, buffer: Buffer) -> list[Key]:
        """Return the keys; of two rows for one key the later wins."""
        closing = [replace(row, does=self._closing_menu(row.does)) for row in [*editing_keys(), *self._ends(buffer)]]
        return [*closing, *self._ways_into_menu(buffer), *self._menu()]

    def _ends(self, buffer: Buffer) -> list[Key]:
        enter = self._enter if self._multiline else self._take
        return [
            Key((Keys.BracketedPaste,), self._paste),
            Key(("enter",), enter, lambda: self._enter_name(buffer), help=self._enter_help),
            Key(("c-d",), self._take, help=lambda: _("Finish.")),
            replace(back_key("f2", leaves=self._question.leaves), said=str),
        ]

    def _ways_into_menu(self, buffer: Buffer) -> list[Key]:
        is_open = Condition(lambda: self._in_menu)
        leaves = self._question.leaves
        back = replace(back_key(works=is_open, leaves=leaves), said=str)
        if self._multiline:
            opens = Key(("escape",), self._open_menu, self._menu_name, ~is_open, eager=True, help=menu_help)
            return [back, opens]
        at_end = ~is_open & Condition(lambda: buffer.document.on_last_line)
        at_top = ~is_open & Condition(lambda: buffer.document.on_first_line)
        return [
            back,
            back_key(works=~is_open, leaves=leaves),
            Key(("down",), self._open_menu, lambda: _("{key} more", key="↓"), at_end, help=menu_help, need=ALWAYS),
            Key(("up",), self._open_menu, works=at_top, help=menu_help),
        ]

    def _menu(self) -> list[Key]:
        """Return what the menu holds."""
        is_open = Condition(lambda: self._in_menu)
        has_text = Condition(lambda: self._multiline and bool(self._words.strip()))
        rows = [
            Key(("d", "D"), self._take, lambda: _("{key} done", key="d"), works=has_text, help=lambda: _("Finish.")),
            *([] if self._question.leaves else [back_key("b", "B", name="b")]),  # to pause is to leave
            support_keys()[0],
            pause_key(),
            hide_key("h", "H", name="h"),
            help_key(),
        ]
        return [
            replace(row, does=self._closing_menu(row.does), works=is_open & to_filter(row.works), need=ALWAYS)
            for row in rows
        ]

    def _open_menu(self, event: KeyPressEvent) -> None:
        self._in_menu = True

    def _closing_menu(self, does: Handler) -> Handler:
        def close_and_do(event: KeyPressEvent) -> None:
            self._in_menu = False
            does(event)

        return close_and_do

    def _menu_name(self) -> str:
        """Return how the line of keys names the menu: by what is wanted of it most."""
        return _("{key} done, more", key="esc") if self._words.strip() else _("{key} more", key="esc")

    def _enter_name(self, buffer: Buffer) -> str:
        """Return what Enter does now; "" in the menu, and where it does nothing."""
        if self._in_menu:
            return ""
        if not self._words.strip():
            return enter_name(self._question)
        if not self._multiline:
            return _("enter go on")
        if self._is_ending:
            return _("enter done")
        return _("enter twice: done") if _is_on_empty_last_line(buffer) else _("enter new line")

    def _enter_help(self) -> str:
        if self._multiline:
            return _("Begin a new line. On an empty last line, press it twice to finish.")
        return _("Finish.")

    def _paste(self, event: KeyPressEvent) -> None:
        words = pasted_words(event.data, long=self._multiline, many=self._question.takes_many)
        event.current_buffer.insert_text(words)

    def _enter(self, event: KeyPressEvent) -> None:
        """Begin a new line of a long text, or end it."""
        buffer = event.current_buffer
        if self._is_ending or not buffer.text.strip():
            self._take(event)
            return
        is_at_end = _is_on_empty_last_line(buffer)
        buffer.newline(copy_margin=False)
        self._is_ending = is_at_end

    def _take(self, event: KeyPressEvent) -> None:
        words = clean(event.current_buffer.text)
        if not words.strip():
            self._pass_over(event)
            return
        if self._echo and words == self._answer_said():
            # Untouched words of an echo may be read as another moment today than when they were
            # typed.
            event.app.exit(result=self._question.answer)
            return
        if self._multiline and words != self._given:
            words = _END_LINES.sub("", words)
        try:
            answer = self._understand(words)
        except WrongAnswerError as error:
            self._problem = str(error)
            return
        self._problem = self._question.check(answer) or ""
        if not self._problem:
            event.app.exit(result=answer)

    def _pass_over(self, event: KeyPressEvent) -> None:
        """Skip a question without words; where it must have some, say so."""
        if self._question.optional:
            event.app.exit(result=None)
            return
        keys = through_menu("p", long=self._multiline)
        if self._frame.saves:
            self._problem = _(
                "This question needs an answer. To pause, press {keys}. Your answers are saved.", keys=keys
            )
        else:
            self._problem = _("This question needs an answer. To leave, press {keys}. Nothing is saved.", keys=keys)

    def _understood(self) -> str:
        """Return how a moment or a number is understood so far; nothing while it is not."""
        if not self._echo or not self._words.strip() or self._words == self._given:
            return ""
        try:
            return sentence(self._echo(self._understand(clean(self._words))))
        except WrongAnswerError:
            return ""

    def _moved(self, buffer: Any) -> None:
        self._is_ending = False

    def _changed(self, buffer: Any) -> None:
        """Note what is typed, to be saved half a second after the first key, pause or none."""
        self._words = buffer.text
        self._problem = ""
        self._is_ending = False
        if self._waiting is None:
            pause = _PAUSE if len(self._words) < _LONG else 10 * _PAUSE
            self._waiting = asyncio.get_running_loop().call_later(pause, self._flush)

    def _flush(self) -> None:
        """Save what is typed, if anything was since the last time."""
        if self._waiting:
            self._waiting.cancel()
            self._waiting = None
            self._question.changed(clean(self._words))


def _fill_from_above(window: Window) -> None:
    """Let a window show the end of a paragraph that is higher than itself, when the cursor is below that.

    prompt_toolkit shows none of it then: the person's words would be gone at the next Enter.
    """
    scroll = window._scroll_when_linewrapping

    def scroll_and_fill(content: UIContent, width: int, height: int) -> None:
        scroll(content, width, height)
        above = window.vertical_scroll - 1
        if width <= 0 or window.vertical_scroll_2 or above < 0:
            return
        lines = range(window.vertical_scroll, content.line_count)
        room = height - sum(content.get_height_for_line(line, width, window.get_line_prefix) for line in lines)
        if room > 0:
            window.vertical_scroll = above
            window.vertical_scroll_2 = content.get_height_for_line(above, width, window.get_line_prefix) - room

    window._scroll_when_linewrapping = scroll_and_fill  # type: ignore[method-assign, assignment]


def _is_on_empty_last_line(buffer: Buffer) -> bool:
    document = buffer.document
    return document.on_last_line and not document.current_line.strip()
