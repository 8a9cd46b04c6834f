"""Numbers to choose from, in a row or in a few; where there are too many for that, the one chosen and a bar."""

from functools import partial

from prompt_toolkit.filters import Condition, to_filter
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyPressEvent
from prompt_toolkit.layout import Window
from prompt_toolkit.utils import get_cwidth

from smartcli.asking import Question
from smartcli.language import _
from smartcli.prompts import screen_question
from smartcli.prompts.screen_digits import Digits
from smartcli.prompts.screen_frame import Frame
from smartcli.prompts.screen_half import Half
from smartcli.prompts.screen_keys import ALWAYS, Key, back_key, ends_with, enter_name
from smartcli.prompts.screen_taps import Scrolled, on_tap, press
from smartcli.prompts.screen_view import clipped

_STEPS = 20  # circles of the bar, at most
_MOST_ROWS = 3  # of numbers; more are a bar
_BESIDE_BAR = 8  # columns of the number chosen, before the bar
_HALF_WINDOW = 0.5  # of what stands above, scrolled at a key


class Scale:
    """The widget: arrows move, digits go there, Enter takes; at first none is chosen."""

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
        given = [value for value in (question.half, question.answer) if self._is_on_scale(value)]
        self._value: float | None = given[0] if given else None
        self._digits = Digits(frame.clock)
        self._problem = ""
        self._view = frame.view(question, top=question.from_top, arrows=True)
        self._half = Half(question, lambda: self._value)

    def _is_on_scale(self, value: object) -> bool:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return is_number and self._low <= float(str(value)) <= self._high

    def ask(self) -> object:
        """Return the number, None when it was skipped, or BACK."""
        control = Scrolled(self._shown, self._view.move, focusable=True, show_cursor=False)
        return screen_question.ask(
            self._frame,
            self._question,
            Window(control, dont_extend_height=True),
            self._keys(),
            problem=lambda: self._problem,
            focus=control,
            view=self._view,
            half=self._half,
        )

    @property
    def _skips(self) -> bool:
        """Whether Enter skips the question."""
        return self._value is None and self._question.optional and not self._question.careful

    def _keys(self) -> list[Key]:
        is_clipped = Condition(lambda: clipped(self._view.window))
        leaves_open = to_filter(self._question.optional and self._question.careful)

        def help_less() -> str:
            return _("Go to the number below.")

        def help_more() -> str:
            return _("Go to the number above.")

        def help_ends() -> str:
            return _("Go to the lowest or the highest number.")

        def help_view() -> str:
            return _("Scroll what stands above.")

        def enter_help() -> str:
            return _("Go on without an answer.") if self._skips else _("Take the number that is lit.")

        return [
            Key(("left", "-", "h"), lambda event: self._step(-1), self._steps_name, help=help_less),
            Key(("right", "+", "l"), lambda event: self._step(1), help=help_more),
            Key(("down",), lambda event: self._step(-1), works=~is_clipped, help=help_less),
            Key(("up",), lambda event: self._step(1), works=~is_clipped, help=help_more),
            Key(("down",), lambda event: self._view.page(_HALF_WINDOW), works=is_clipped, help=help_view),
            Key(("up",), lambda event: self._view.page(-_HALF_WINDOW), works=is_clipped, help=help_view),
            Key(("home",), lambda event: self._go(self._low), help=help_ends),
            Key(("end",), lambda event: self._go(self._high), help=help_ends),
            Key(
                tuple("0123456789"),
                self._type,
                help=lambda: _("Go to this number. Two digits within a second make one number."),
            ),
            Key(("enter",), self._take, self._enter_name, help=enter_help),
            Key(("space",), self._take, help=enter_help),
            Key(
                ("n",),
                ends_with(None),
                lambda: _("{key} skip", key="n"),
                works=leaves_open,
                help=lambda: _("Leave this question open."),
                need=ALWAYS,
            ),
            back_key(leaves=self._question.leaves),
        ]

    def _steps_name(self) -> str:
        return _("{keys} or a number", keys="← →")

    def _enter_name(self) -> str:
        if self._value is not None:
            return _("enter go on")
        return enter_name(self._question) if self._skips else ""

    def _go(self, value: float) -> None:
        self._value = max(self._low, min(value, self._high))
        self._problem = ""

    def _step(self, step: int) -> None:
        self._digits.forget()
        self._go((self._low + self._high) // 2 if self._value is None else self._value + step)

    def _type(self, event: KeyPressEvent) -> None:
        """Go to the number typed so far, or begin a new one where that would be off the scale."""
        number = self._digits.number(event.data, self._is_on_scale)
        if number is not None:
            self._go(number)

    def _tap(self, number: int) -> None:
        """Go to a number; one that is lit is taken."""
        self._digits.forget()
        if number == self._value:
            press("enter")
        else:
            self._go(number)

    def _take(self, event: KeyPressEvent) -> None:
        if self._value is None and not self._skips:
            self._problem = _("Press a number from {low} to {high}, then Enter.", low=self._low, high=self._high)
            return
        self._problem = "" if self._value is None else self._question.check(self._value) or ""
        if not self._problem:
            event.app.exit(result=self._value)

    def _shown(self) -> StyleAndTextTuples:
        rows = self._rows()
        shown = self._numbers(rows) if len(rows) <= _MOST_ROWS else self._bar()
        is_one_row = not any("\n" in part[1] for part in shown)
        labels = self._labels(sum(get_cwidth(part[1]) for part in shown) - 2, beside=is_one_row)
        return [*shown, *[("", f"\n {line}") for line in labels]]

    def _rows(self) -> list[list[int]]:
        """Return the numbers in rows that fit the screen."""
        rows: list[list[int]] = [[]]
        for number in range(self._low, self._high + 1):
            # A row has one space before and after.
            if rows[-1] and sum(map(_cell_width, [*rows[-1], number])) + 2 > self._frame.width:
                rows.append([])
            rows[-1].append(number)
        return rows

    def _numbers(self, rows: list[list[int]]) -> StyleAndTextTuples:
        """Return the numbers, the one chosen in brackets."""
        shown: StyleAndTextTuples = []
        for place, row in enumerate(rows):
            shown.append(("", "\n " if place else " "))
            for number in row:
                style, words = ("class:here", f"[{number}]") if number == self._value else ("", f" {number} ")
                shown.append((style, words, on_tap(partial(self._tap, number))))
        return shown

    def _bar(self) -> StyleAndTextTuples:
        """Return the number chosen, and a bar of circles filled so far."""
        value = self._low if self._value is None else self._value
        shown = "-" if self._value is None else f"{value:g}"
        steps = max(min(_STEPS, self._frame.width - _BESIDE_BAR), 0)
        filled = round((value - self._low) / (self._high - self._low) * steps)
        return [
            ("class:here", f"  {shown:>4}  "),
            ("class:accent", self._frame.glyph("●") * filled),
            ("class:quiet", self._frame.glyph("○") * (steps - filled)),
        ]

    def _labels(self, width: int, *, beside: bool) -> list[str]:
        """Return the words for both ends: at the two ends of the row (`beside`), or one under the other."""
        left, right = self._ends
        if not (left or right):
            return []
        both = get_cwidth(left) + get_cwidth(right)
        width = max(width, both + 2)
        if beside and width <= self._frame.width - 2:
            return [f" {left}{' ' * (width - both)}{right}"]
        lines: list[str] = []
        for number, words in ((self._low, left), (self._high, right)):
            if words:
                label = _("{number} is {words}", number=number, words=words)
                lines += self._frame.wrapped(label, self._frame.width - 1)
        return [f" {line}" for line in lines]


def _cell_width(number: int) -> int:
    """Return the columns of a number: it has a space or a bracket on both sides."""
    return len(str(number)) + 2
