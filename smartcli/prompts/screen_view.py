"""The view above the input of a screen: what to read and the question, scrolled to the question."""

from collections.abc import Callable, Sequence
from typing import Protocol

from prompt_toolkit.data_structures import Point
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.formatted_text.utils import split_lines
from prompt_toolkit.layout import ConditionalMargin, Dimension, Margin, UIContent, Window
from prompt_toolkit.layout.containers import WindowRenderInfo

from smartcli.asking import Question
from smartcli.blocks import Block, Heading, Words
from smartcli.language import _
from smartcli.prompts.screen_taps import Scrolled

Setter = Callable[[Sequence[Block]], StyleAndTextTuples]


class Shown(Protocol):
    """What a frame shows between the title and the input: a window, and how it scrolls."""

    window: Window

    def page(self, pages: int) -> None:
        """Scroll by so many windows."""

    def read_on_name(self) -> str:
        """Return how the key line says to bring into sight what is out of it; "" where other keys say so."""


def clipped(window: Window) -> bool:
    """Return whether some of a window's content is out of sight."""
    info = window.render_info
    return bool(info and info.content_height > info.window_height)


class MoreMarks(Margin):
    """A column with "^" at its top and "v" at its end, each while there is more that way."""

    def get_width(self, get_ui_content: Callable[[], UIContent]) -> int:
        """Return how many columns it takes."""
        return 1

    def create_margin(self, window_render_info: WindowRenderInfo, width: int, height: int) -> StyleAndTextTuples:
        """Return the column, a line for each of the window's."""
        first = window_render_info.vertical_scroll
        marks = [" "] * height
        if marks and first + window_render_info.window_height < window_render_info.content_height:
            marks[-1] = "v"
        if marks and first > 0:
            marks[0] = "^"
        return [("class:quiet", "\n".join(marks))]


def mark_more(window: Window) -> None:
    """Mark at the right of a window where there is more of its content."""
    window.right_margins = [ConditionalMargin(MoreMarks(), Condition(lambda: clipped(window)))]


class View:
    """What to read and the question, above the input, scrolled so that the question is in sight."""

    def __init__(
        self,
        text: Setter,
        width: Callable[[], int],
        question: Question,
        *,
        top: bool = False,
        arrows: bool = False,
        most: Callable[[], int] = lambda: 0,
    ) -> None:
        """`text` sets blocks; `width` returns the columns there are; `top`: begin at the top.

        `arrows`: the screen's own Up and Down scroll it, where they have nothing nearer to do. `most` returns how
        many lines there may be before the example, and then the hint, gives way; 0: any number.
        """
        self._text = text
        self._room = width
        self._most = most
        self._question = question
        self._set_for = (0, 0)  # the width and the most lines that the lines are set for
        self._lines: list[StyleAndTextTuples] = []
        # The line at the top of the window; None where the last is in sight.
        self._first: int | None = 0 if top else None
        self._went_up = top
        self._arrows = arrows
        control = Scrolled(self._content, self.move, get_cursor_position=self._cursor, show_cursor=False)
        self.window = Window(
            control,
            height=lambda: Dimension(min=1, preferred=len(self._set()), max=len(self._set())),
            dont_extend_height=True,
        )
        mark_more(self.window)

    def _set(self) -> list[StyleAndTextTuples]:
        """Return the lines, laid out again when the width has changed, or how many there may be."""
        wanted = (self._room(), self._most())
        if self._set_for != wanted:
            self._set_for = wanted
            self._lines = self._lay_out(self._question)
            for shorter in ({"example": ""}, {"example": "", "hint": ""}):
                if 0 < wanted[1] < len(self._lines):
                    self._lines = self._lay_out(self._question.with_(**shorter))
        return self._lines

    def _lay_out(self, question: Question) -> list[StyleAndTextTuples]:
        """Return the lines of what stands above, an empty line, and those of the question."""
        lines: list[StyleAndTextTuples] = []
        for part in (question.above, _question_blocks(question)):
            if not part:
                continue
            if lines:
                lines.append([("", "")])
            for line in split_lines(self._text(part)):
                lines.append([("", " "), *line])
        return lines or [[("", "")]]

    def _content(self) -> StyleAndTextTuples:
        whole: StyleAndTextTuples = []
        for number, line in enumerate(self._set()):
            whole += [("", "\n"), *line] if number else line
        return whole

    def _cursor(self) -> Point:
        """Return the place that must be in sight: the window's first line after going up, its last after going down."""
        last = len(self._set()) - 1
        if self._first is None:
            return Point(0, last)
        line = self._first if self._went_up else self._first + self._height - 1
        return Point(0, max(0, min(line, last)))

    @property
    def _height(self) -> int:
        """How many lines of it were in sight when it was last drawn."""
        info = self.window.render_info
        return info.window_height if info else len(self._set())

    @property
    def _last_first(self) -> int:
        """The line at the top of the window when the last one is in sight."""
        return max(len(self._set()) - self._height, 0)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show above the input."""
        return not self._question.above and not _question_blocks(self._question)

    @property
    def at_end(self) -> bool:
        """Whether the last line is in sight."""
        return self._first is None or self._first >= self._last_first

    @property
    def at_top(self) -> bool:
        """Whether the first line is in sight."""
        return (self._last_first if self._first is None else self._first) == 0

    def read_on_name(self) -> str:
        """Return how the line at the bottom says to bring into sight what is out of it."""
        if not self._question.ask:  # where nothing is asked, Enter reads on, and its own key says so
            return ""
        if self.at_end:
            return _("{key} read above", key="↑" if self._arrows else "pgup")
        return _("{key} read on", key="↓" if self._arrows else "pgdn")

    def move(self, lines: int) -> None:
        """Scroll by so many lines."""
        first = self._last_first if self._first is None else self._first
        self._first = max(0, min(first + lines, self._last_first))
        self._went_up = lines < 0

    def page(self, pages: float) -> None:
        """Scroll by so many windows, of which one line stays in sight."""
        step = max(round(abs(pages) * (self._height - 1)), 1)
        self.move(step if pages > 0 else -step)


def _question_blocks(question: Question) -> list[Block]:
    blocks: list[Block] = []
    if question.ask:
        blocks.append(Heading(question.ask, 1))
    if question.hint:
        blocks.append(Words(question.hint))
    if question.example:
        blocks.append(Words(_("For example: {example}", example=question.example), quiet=True))
    return blocks
