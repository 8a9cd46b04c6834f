"""The frame of every screen: the heading, what to read, the question, the input, the keys.

One question, one screen, on the terminal's alternate screen, so that scrollback keeps nothing.
"""

import asyncio
import asyncio.log
import contextlib
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from prompt_toolkit.application import Application, get_app_session
from prompt_toolkit.filters import Condition, buffer_has_focus
from prompt_toolkit.formatted_text import ANSI, StyleAndTextTuples, to_formatted_text
from prompt_toolkit.input import Input
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import (
    AnyContainer,
    Dimension,
    FormattedTextControl,
    HSplit,
    Layout,
    VSplit,
    Window,
)
from prompt_toolkit.output import Output
from prompt_toolkit.utils import get_cwidth

from smartcli.asking import Question
from smartcli.blocks import Block, Words
from smartcli.language import _
from smartcli.prompts import screen_input, signals
from smartcli.prompts.screen_idle import Idle
from smartcli.prompts.screen_key_line import Named, key_line_fragments, key_lines
from smartcli.prompts.screen_keys import IF_ROOM, Key, bindings_of, end_with_pause, hide_key, leave_help, unkept
from smartcli.prompts.screen_style import style_of
from smartcli.prompts.screen_terminal import nothing_scrolled_out, taken
from smartcli.prompts.screen_view import Shown, View, clipped
from smartcli.prompts.sequences import ESCAPE_TIME
from smartcli.theme import THEMES, Theme
from smartcli.words import ascii_only, visible

asyncio.log.logger.disabled = True  # its messages about an error contain what was typed

WIDEST = 76  # columns of text; longer lines are hard to read
_NARROWEST = 10  # columns of text; narrower than that, lines are cut
Draw = Callable[..., str]  # blocks, width, theme=, styled=, unicode= -> text with escape sequences

_AROUND = 3  # columns of the title line without a letter: one at each end, one between the title and the place


def text_width(columns: int) -> int:
    """Return how many columns text may take on a screen of so many."""
    return max(min(columns - 2, WIDEST), _NARROWEST)


@dataclass
class Frame:
    """Draws the screen around an input, and runs it until it has an answer.

    `draw` sets blocks as text; `support` gives what the support key opens. `taps`: the terminal is asked to send taps
    and clicks, which takes away selecting text to copy. `names_hiding`: the line at the bottom of the first screen
    names the key that hides. `idle` leaves when no key is pressed for long. `clock` returns seconds. `saves`: what is
    answered is saved.
    """

    draw: Draw
    support: Callable[[], Sequence[Block]]
    output: Output
    input: Input | None = None
    theme: Theme = THEMES["auto"]
    taps: bool = False
    names_hiding: bool = False
    idle: Idle | None = None
    clock: Callable[[], float] = time.monotonic
    saves: bool = True

    def __post_init__(self) -> None:
        """Find out what the terminal can show."""
        self.unicode = "utf" in self.output.encoding().lower()
        self.style = style_of(self.theme)
        self._leave = self.output.quit_alternate_screen
        self._taken = contextlib.ExitStack()  # what gives the terminal back
        self._shown: Application[Any] | None = None
        self._is_interrupted = False  # by a signal, which pauses at once or, between two screens, at the next

    def open(self) -> None:
        """Take the alternate screen for the whole session: it must not flicker between questions.

        prompt_toolkit takes and leaves it for every application: here it begins in the first corner instead, and stays.
        """
        self._taken.enter_context(taken(self.input or get_app_session().input, self.output, self._draw_anew))
        self._taken.enter_context(signals.interrupted(self._interrupt))
        self.output.enter_alternate_screen()
        self.output.erase_screen()  # what the person's shell showed: where it goes is theirs
        self.output.flush()
        self._taken.enter_context(nothing_scrolled_out(self.output))
        vars(self.output).update(
            enter_alternate_screen=lambda: self.output.cursor_goto(0, 0), quit_alternate_screen=lambda: None
        )

    def close(self) -> None:
        """Wipe the screen and give the terminal back as it was."""
        for name in ("enter_alternate_screen", "quit_alternate_screen"):
            self.output.__dict__.pop(name, None)
        self.output.erase_screen()
        self.output.cursor_goto(0, 0)
        self._leave()
        self.output.show_cursor()
        self.output.flush()
        self._taken.close()

    def _draw_anew(self) -> None:
        """Draw what is shown on a screen that was wiped; called at any moment."""
        made = self._shown

        def draw() -> None:
            if self.idle and made:
                self.idle.look(made)
            if made and made.is_running:
                self.output.erase_screen()
                self.output.cursor_goto(0, 0)
                made.renderer.reset(leave_alternate_screen=False)
                made.invalidate()

        if made and made.loop:
            made.loop.call_soon_threadsafe(draw)

    def _interrupt(self) -> None:
        """Pause what is shown, or what is shown next; called at any moment."""
        self._is_interrupted = True
        if self._shown and self._shown.loop:
            self._shown.loop.call_soon_threadsafe(self._end_if_interrupted)

    def _end_if_interrupted(self) -> None:
        made = self._shown
        if self._is_interrupted and made and made.future and not made.future.done():
            made.exit(exception=KeyboardInterrupt)

    def _pause_if_interrupted(self) -> None:
        if self._is_interrupted:
            self._is_interrupted = False
            raise KeyboardInterrupt

    @property
    def width(self) -> int:
        """Return how many columns text may take."""
        return text_width(self.output.get_size().columns)

    def text(self, blocks: Sequence[Block], width: int | None = None) -> StyleAndTextTuples:
        """Return blocks as formatted text of this width."""
        drawn = self.draw(blocks, width or self.width, theme=self.theme, unicode=self.unicode)
        return to_formatted_text(ANSI(drawn))

    def wrapped(self, words: str, width: int) -> list[str]:
        """Return words broken into lines of at most `width` columns, between words where it can."""
        return self.draw([Words(words)], width, styled=False, unicode=self.unicode).split("\n")

    def glyph(self, sign: str) -> str:
        """Return a sign, or what stands for it on a terminal that knows only ASCII."""
        return sign if self.unicode else ascii_only(sign)

    def view(
        self, question: Question, *, top: bool = False, arrows: bool = False, most: Callable[[], int] = lambda: 0
    ) -> View:
        """Return what shows a question, scrolled to it, or with `top` to where what stands above it begins.

        `arrows`: the keys of the screen scroll it with Up and Down. `most` is as in `View`.
        """
        return View(self.text, lambda: self.width, question, top=top, arrows=arrows, most=most)

    def whole_table(self, keys: Sequence[Key], view: Shown) -> list[Key]:
        """Return the keys of a screen, and those that every screen has."""
        # Named, it is one among many; told on the page under "?", it is one of the first.
        named = hide_key("c-q", name="ctrl-q", works=Condition(lambda: self.names_hiding), need=IF_ROOM)
        table = [*keys, *_keys_of_view(view), named, *_KEYS_EVERYWHERE]
        return table if self.saves else unkept(table)

    def run(
        self,
        question: Question,
        body: AnyContainer,
        keys: Sequence[Key],
        *,
        problem: Callable[[], str] = str,
        focus: Any = None,
        refresh: float | None = None,
        view: Shown | None = None,
        is_busy: Callable[[], bool] = lambda: False,
    ) -> Any:
        """Show a screen until one of its keys ends it, and return what it ended with.

        `problem` returns what is wrong with the input, "" for nothing. `refresh`: seconds between two drawings. `view`
        shows the question; without it a new one does. `is_busy`: whether something goes on for which no key is pressed.
        Raises KeyboardInterrupt on Ctrl-C.
        """
        view = view or self.view(question)
        table = self.whole_table(keys, view)
        layout = Layout(self._around(question, view, body, problem, table), focused_element=focus)
        application: Application[Any] = Application(
            layout=layout,
            key_bindings=bindings_of(table),
            style=self.style,
            full_screen=True,
            refresh_interval=refresh,
            mouse_support=self.taps,
            output=self.output,
            input=self.input,
        )
        if self.idle:
            self.idle.watch(application, is_busy)
        try:
            return self._run(application)
        finally:
            self.names_hiding = False

    def _run(self, made: Application[Any]) -> Any:
        """Run an application and return its result; an error inside ends it and is raised here.

        prompt_toolkit by itself prints the error over the screen and waits for Enter.
        """
        made.ttimeoutlen = ESCAPE_TIME
        made.after_render += _look_again

        def end(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
            if made.is_running and not (made.future and made.future.done()):
                made.exit(exception=context.get("exception") or RuntimeError())

        def begin() -> None:
            asyncio.get_running_loop().set_exception_handler(end)
            self._end_if_interrupted()

        self._shown = made
        try:
            with screen_input.page(made):
                ended = made.run(
                    set_exception_handler=False,
                    handle_sigint=signal.getsignal(signal.SIGINT) is signal.default_int_handler,
                    pre_run=begin,
                )
        except KeyboardInterrupt:
            self._is_interrupted = False
            raise
        finally:
            self._shown = None
        self._pause_if_interrupted()
        return ended

    def _around(
        self,
        question: Question,
        view: Shown,
        body: AnyContainer,
        problem: Callable[[], str],
        keys: Sequence[Key],
    ) -> HSplit:
        place = FormattedTextControl(lambda: [("class:quiet", self._place(question) + " ")])
        head = VSplit(
            [
                Window(FormattedTextControl(lambda: [("class:title", " " + self._heading(question))]), height=1),
                Window(place, height=1, dont_extend_width=True),
            ]
        )

        def problem_lines() -> list[str]:
            return self._problem_lines(problem())

        problems = Window(
            FormattedTextControl(lambda: [("class:problem", "\n".join(problem_lines()))]),
            height=lambda: Dimension.exact(len(problem_lines())),
            dont_extend_height=True,
        )
        below = Window(
            FormattedTextControl(lambda: key_line_fragments(self._key_lines(keys))),
            height=lambda: Dimension.exact(len(self._key_lines(keys))),
        )
        gap, gap_below, rest = Window(height=1), Window(height=1), Window()
        above = [] if isinstance(view, View) and view.is_empty else [view.window, gap_below]
        return HSplit([head, gap, *above, body, problems, rest, below])

    def _place(self, question: Question) -> str:
        """Return the place of a question ("3 of 9, row 2 of 4"); without room, only the row of its table."""
        room = self.output.get_size().columns - get_cwidth(visible(question.heading)) - _AROUND
        if get_cwidth(question.whole_place) <= room:
            return question.whole_place
        return question.row or question.place

    def _heading(self, question: Question) -> str:
        """Return the title line, cut where it is too long for the screen; the place beside it stays whole."""
        room = self.output.get_size().columns - get_cwidth(self._place(question)) - _AROUND
        return _fitted(visible(question.heading), room, self.glyph("…"))

    def _problem_lines(self, words: str) -> list[str]:
        """Return a problem as lines, after an empty one; none when there is no problem."""
        if not words:
            return []
        return ["", *(f" {line}" for line in self.wrapped(words, self.width))]

    def _key_lines(self, keys: Sequence[Key]) -> list[list[Named]]:
        return key_lines(keys, self.output.get_size().columns - 1, unicode=self.unicode)


def _fitted(heading: str, columns: int, ellipsis: str) -> str:
    """Return a title line cut to a number of columns: of "Title: behaviour" the title, if the behaviour is short."""
    if get_cwidth(heading) <= columns:
        return heading
    title, colon, behaviour = heading.rpartition(": ")
    end = colon + behaviour
    if title and get_cwidth(end) <= columns // 2:
        return _cut(title, columns - get_cwidth(end), ellipsis) + end
    return _cut(heading, columns, ellipsis)


def _cut(words: str, columns: int, ellipsis: str) -> str:
    """Return words cut to a number of columns, the ellipsis included."""
    room = columns - get_cwidth(ellipsis)
    while words and get_cwidth(words) > room:
        words = words[:-1]
    return words.rstrip(" :(") + ellipsis


def _keys_of_view(view: Shown) -> list[Key]:
    """Return the keys that bring into sight what is above, while something is out of sight."""
    above = Condition(lambda: clipped(view.window))
    return [
        Key(
            ("pageup",),
            lambda event: view.page(-1),
            works=above,
            help=lambda: _("Scroll up what stands above."),
        ),
        Key(
            ("pagedown",),
            lambda event: view.page(1),
            view.read_on_name,
            works=above,
            help=lambda: _("Scroll down what stands above."),
        ),
    ]


_KEYS_EVERYWHERE = (
    Key(("c-c",), end_with_pause, eager=True, help=leave_help),
    hide_key("c-q"),
    Key((Keys.SIGINT,), end_with_pause, eager=True),
    Key(("c-z",), lambda event: signals.suspend(), eager=True),
    Key((Keys.Ignore,), screen_input.edit, works=buffer_has_focus),
)


def _look_again(app: Application[Any]) -> None:
    """Draw a second time: only after the first is it known what is out of sight."""
    if app.render_counter == 1:
        app.invalidate()
