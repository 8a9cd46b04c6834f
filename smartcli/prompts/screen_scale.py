"""A row of numbers to choose from."""

from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyPressEvent
from prompt_toolkit.layout import FormattedTextControl, Window
from prompt_toolkit.utils import get_cwidth

from smartcli.asking import Question
from smartcli.language import _
from smartcli.prompts import screen_question
from smartcli.prompts.screen_frame import Frame
from smartcli.prompts.screen_keys import Key, back_key, enter_name

_STEPS = 20  # circles of the bar that stands where the row of numbers would be too long


class Scale:
    """The widget: arrows move, digits go there at once, Enter takes; at first none is chosen."""

    def __init__(
        self,
        frame: Frame,
        question: Question,
        low: int,
        high: int,
        ends: tuple[str, str],
    ) -> None:
        self._frame = frame
        self._question = question
        self._low, self._high, self._ends = low, high, ends
        self._value = question.answer if isinstance(question.answer, int | float) else None
        self._typed = ""
        self._problem = ""

    def ask(self) -> object:
        """Return the number, None when it was skipped, or BACK."""
        control = FormattedTextControl(self._shown, focusable=True, show_cursor=False)
        return screen_question.ask(
            self._frame,
            self._question,
            Window(control, dont_extend_height=True),
            self._keys(),
            problem=lambda: self._problem,
            focus=control,
        )

    @property
    def _can_skip(self) -> bool:
        return self._value is None and self._question.optional

    def _keys(self) -> list[Key]:
        return [
            Key(("left", "-", "h", "down"), lambda event: self._step(-1), lambda: _("{keys} number", keys="← →")),
            Key(("right", "+", "l", "up"), lambda event: self._step(1)),
            Key(("home",), lambda event: self._go(self._low)),
            Key(("end",), lambda event: self._go(self._high)),
            Key(tuple("0123456789"), lambda event: self._type(event.data)),
            Key(("enter",), self._take, lambda: enter_name(self._question) if self._can_skip else _("enter")),
            back_key(),
        ]

    def _go(self, value: float) -> None:
        self._value = max(self._low, min(value, self._high))
        self._problem = ""

    def _step(self, step: int) -> None:
        self._typed = ""
        self._go((self._low + self._high) // 2 if self._value is None else self._value + step)

    def _type(self, digit: str) -> None:
        """Go to the number typed so far, or begin a new one where that would be off the scale."""
        for typed in (self._typed + digit, digit):
            if self._low <= int(typed) <= self._high:
                self._typed = typed
                self._go(int(typed))
                return

    def _take(self, event: KeyPressEvent) -> None:
        if self._value is None and not self._question.optional:
            self._problem = _("Press a number from {low} to {high}, then Enter.", low=self._low, high=self._high)
            return
        self._problem = "" if self._value is None else self._question.check(self._value) or ""
        if not self._problem:
            event.app.exit(result=self._value)

    def _shown(self) -> StyleAndTextTuples:
        numbers = [str(number) for number in range(self._low, self._high + 1)]
        # Each number has a space or a bracket on both sides, the row one space before and after.
        width = sum(map(len, numbers)) + 2 * len(numbers) + 2
        row = self._row(numbers) if width <= self._frame.width else self._bar()
        labels = [("", f"\n {line}") for line in self._labels(row)]
        return [*row, *labels]

    def _row(self, numbers: list[str]) -> StyleAndTextTuples:
        """Return the numbers in a row, the one chosen in brackets."""
        row: StyleAndTextTuples = [("", " ")]
        for number in numbers:
            is_chosen = self._value is not None and float(number) == self._value
            row.append(("class:here", f"[{number}]") if is_chosen else ("", f" {number} "))
        return row

    def _bar(self) -> StyleAndTextTuples:
        """Return the number chosen, and a bar of circles filled so far."""
        value = self._low if self._value is None else self._value
        shown = "-" if self._value is None else f"{value:g}"
        filled = round((value - self._low) / (self._high - self._low) * _STEPS)
        return [
            ("class:here", f"  {shown:>4}  "),
            ("class:accent", self._frame.glyph("●") * filled),
            ("class:quiet", self._frame.glyph("○") * (_STEPS - filled)),
        ]

    def _labels(self, row: StyleAndTextTuples) -> list[str]:
        """Return the words for both ends: at the two ends of the row, or one under the other."""
        left, right = self._ends
        if not (left or right):
            return []
        both = get_cwidth(left) + get_cwidth(right)
        width = max(sum(get_cwidth(part[1]) for part in row) - 2, both + 2)
        gap = width - both
        if width <= self._frame.width - 2:
            return [f" {left}{' ' * gap}{right}"]
        lines: list[str] = []
        for number, words in ((self._low, left), (self._high, right)):
            if words:
                label = _("{number} is {words}", number=number, words=words)
                lines += self._frame.wrapped(label, self._frame.width - 1)
        return [f" {line}" for line in lines]
