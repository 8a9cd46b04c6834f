"""The view above the input of a screen: what to read and the question, scrolled to the question."""

from collections.abc import Callable, Sequence
from typing import Protocol

from prompt_toolkit.data_structures import Point
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.formatted_text.utils import split_lines
from prompt_toolkit.layout import Dimension, FormattedTextControl, Window

from smartcli.asking import Question
from smartcli.blocks import Block, Heading, Words
from smartcli.language import _

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


class View:
    """What to read and the question, above the input, scrolled so that the question is in sight."""

    def __init__(
        self,
        text: Setter,
        width: Callable[[], int],
        question: Question,
        *,
        top: bool = False,
    ) -> None:
        """`text` sets blocks; `width` returns the columns there are; `top`: begin at the top."""
        self._text = text
        self._room = width
        self._question = question
        self._width = 0
        self._lines: list[StyleAndTextTuples] = []
        self._line = 0 if top else -1  # the line to keep in sight; -1 is the last
        self._top = top
        control = FormattedTextControl(
            self._content,
            get_cursor_position=self._cursor,
            show_cursor=False,
        )
        self.window = Window(
            control,
            height=lambda: Dimension(min=1, preferred=len(self._set()), max=len(self._set())),
            dont_extend_height=True,
        )

    def _set(self) -> list[StyleAndTextTuples]:
        """Return the lines, laid out again when the width has changed."""
        if self._width != self._room():
            self._width = self._room()
            self._lines = self._lay_out()
        return self._lines

    def _lay_out(self) -> list[StyleAndTextTuples]:
        """Return the lines of what stands above, an empty line, and those of the question."""
        lines: list[StyleAndTextTuples] = []
        for part in (self._question.above, _question_blocks(self._question)):
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
        last = len(self._set()) - 1
        return Point(0, last if self._line < 0 else min(self._line, last))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show above the input."""
        return not self._question.above and not _question_blocks(self._question)

    @property
    def at_end(self) -> bool:
        """Whether the last line is in sight."""
        info = self.window.render_info
        if not info or self._line >= info.content_height - 1:
            return True
        return info.vertical_scroll + info.window_height >= info.content_height

    def read_on_name(self) -> str:
        """Return how the key line says to bring into sight what is out of it."""
        if not self._question.ask:  # where nothing is asked, Enter reads on, and its own key says so
            return ""
        return _("pgdn read on") if self._top else _("pgup read above")

    def move(self, lines: int) -> None:
        """Scroll by so many lines."""
        info = self.window.render_info
        height = info.window_height if info else 1
        last = len(self._set()) - 1
        line = last if self._line < 0 else self._line
        if lines < 0 and line > last - height + 1:
            # The line stands at the end of the window: the first step up must move what is seen.
            line = last - height + 1
        elif lines > 0 and line < height - 1:
            line = height - 1
        self._line = max(0, min(line + lines, last))

    def page(self, pages: int) -> None:
        """Scroll by so many windows."""
        info = self.window.render_info
        self.move(pages * max((info.window_height if info else 2) - 1, 1))


def _question_blocks(question: Question) -> list[Block]:
    blocks: list[Block] = []
    if question.ask:
        blocks.append(Heading(question.ask, 1))
    if question.hint:
        blocks.append(Words(question.hint))
    if question.example:
        blocks.append(Words(_("For example: {example}", example=question.example), quiet=True))
    return blocks
