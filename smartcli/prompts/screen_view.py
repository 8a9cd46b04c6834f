"""What stands above the input of a screen, scrolled so that the question is in sight."""

from collections.abc import Callable, Sequence

from prompt_toolkit.data_structures import Point
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.formatted_text.utils import split_lines
from prompt_toolkit.layout import Dimension, FormattedTextControl, Window

from smartcli.asking import Question
from smartcli.blocks import Block, Heading, Words

Setter = Callable[[Sequence[Block]], StyleAndTextTuples]


def clipped(window: Window) -> bool:
    """Return whether some of a window's content is out of sight."""
    info = window.render_info
    return bool(info and info.content_height > info.window_height)


class View:
    """What stands above the input, scrolled so that the question is in sight."""

    def __init__(self, text: Setter, width: Callable[[], int], question: Question, *, top: bool = False) -> None:
        """`text` sets blocks as formatted text; `width` gives the columns there are. `top`: begin at the top."""
        self._text, self._room = text, width
        self._question = question
        self._width = 0
        self._lines: list[StyleAndTextTuples] = []
        self._line = 0 if top else -1
        self._top = top
        control = FormattedTextControl(self._content, get_cursor_position=self._cursor, show_cursor=False)
        self.window = Window(
            control,
            height=lambda: Dimension(min=1, preferred=len(self._set()), max=len(self._set())),
            dont_extend_height=True,
        )

    def _set(self) -> list[StyleAndTextTuples]:
        """Return the lines, set anew when the width has changed."""
        if self._width != self._room():
            self._width = self._room()
            asked = self._question
            below: list[Block] = []
            if asked.ask:
                below.append(Heading(asked.ask, 1))
            below += [Words(words, quiet=True) for words in (asked.hint, _example(asked.example)) if words]
            parts = [part for part in (asked.above, below) if part]
            lines: list[StyleAndTextTuples] = []
            for part in parts:
                lines += [[("", "")]] if lines else []
                lines += [[("", " "), *line] for line in split_lines(self._text(part))]
            self._lines = lines or [[("", "")]]
        return self._lines

    def _content(self) -> StyleAndTextTuples:
        whole: StyleAndTextTuples = []
        for number, line in enumerate(self._set()):
            whole += [("", "\n"), *line] if number else line
        return whole

    def _cursor(self) -> Point:
        last = len(self._set()) - 1
        return Point(0, last if self._line < 0 else min(self._line, last))

    @property
    def at_end(self) -> bool:
        """Whether the last line is in sight."""
        info = self.window.render_info
        if not info or self._line >= info.content_height - 1:
            return True
        return info.vertical_scroll + info.window_height >= info.content_height

    def keys(self) -> list[str]:
        """Return the keys that bring what is out of sight into it, if anything is."""
        if not clipped(self.window):
            return []
        if not self._question.ask:
            return []
        return ["pgdn read on"] if self._top else ["pgup read above"]

    def move(self, lines: int) -> None:
        """Scroll by so many lines."""
        info = self.window.render_info
        height = info.window_height if info else 1
        last = len(self._set()) - 1
        line = last if self._line < 0 else self._line
        if lines < 0 and line > last - height + 1:
            line = last - height + 1  # the cursor starts at the end: the first step must be seen
        elif lines > 0 and line < height - 1:
            line = height - 1
        self._line = max(0, min(line + lines, last))

    def page(self, pages: int) -> None:
        """Scroll by so many windows."""
        info = self.window.render_info
        self.move(pages * max((info.window_height if info else 2) - 1, 1))


def _example(example: str) -> str:
    return f"For example: {example}" if example else ""
