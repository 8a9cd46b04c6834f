"""A timed practice: one line that moves, and any key leaves."""

import math
from dataclasses import replace
from typing import Any

from prompt_toolkit.filters import Condition, to_filter
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl, Window

from smartcli.asking import Exercising, Question
from smartcli.language import _
from smartcli.moments import lasted
from smartcli.prompts import screen_question
from smartcli.prompts.screen_frame import Frame
from smartcli.prompts.screen_half import Half
from smartcli.prompts.screen_keys import ALWAYS, Key, back_key, ends_with, stop_help
from smartcli.prompts.screen_view import clipped

_HALF_WINDOW = 0.5  # of what stands above, scrolled at a key
_DOTS = 10  # of the line that fills and empties: it fits the narrowest terminal
_WIDE = 28  # columns from which on there is room between the dots
_SETTLED = 1.5  # seconds after the last + or - until a rating counts: the keys may go past others
_SAVE_EVERY = 5  # seconds; what has been done so far is saved, in case the terminal is closed
_BREATH_REFRESH = 0.1  # seconds between two drawings of a breath, which moves all the time
_CLOCK_REFRESH = 1.0  # seconds between two drawings where the clock alone moves: kind to a phone


class Practising:
    """The widget: shows the step or the breath, the time left, and takes ratings with + and -."""

    def __init__(self, frame: Frame, question: Question, exercising: Exercising) -> None:
        self._frame = frame
        self._question = question
        self._exercising = exercising
        self._began = self._frame.clock()
        self._ratings: list[dict[str, float]] = []
        self._rating = exercising.rating
        self._value = exercising.rating.value if exercising.rating else None
        self._rated: float | None = None  # when + or - was last pressed; None once that counts
        self._saved = 0.0  # how far the practice was when it was last saved
        self._waiting = exercising.waits
        self._whole = exercising.seconds
        self._view = frame.view(question, top=question.from_top, arrows=True)
        self._go_on_from(question.half)
        self._half = Half(question, self._state)

    def _go_on_from(self, half: Any) -> None:
        """Go on where the person left, if they left in the middle."""
        if not isinstance(half, dict) or not isinstance(half.get("seconds"), int | float) or half["seconds"] < 0:
            return
        self._began -= half["seconds"]
        self._saved = self._passed
        self._waiting = False
        ratings = half.get("ratings")
        self._ratings = [*ratings] if isinstance(ratings, list) else []
        if self._rating and self._ratings:
            self._value = self._ratings[-1]["value"]

    def ask(self) -> Any:
        """Return the answer, or BACK."""
        control = FormattedTextControl(self._shown, focusable=True, show_cursor=False)
        return screen_question.ask(
            self._frame,
            self._question,
            Window(control, dont_extend_height=True),
            self._keys(),
            focus=control,
            view=self._view,
            half=self._half,
            refresh=_BREATH_REFRESH if self._exercising.pace else _CLOCK_REFRESH,
            is_busy=lambda: not self._waiting and self._passed < self._whole,
        )

    def _keys(self) -> list[Key]:
        waiting = Condition(lambda: self._waiting)
        may_skip, has_steps = to_filter(self._question.optional), to_filter(len(self._exercising.steps) > 1)
        has_rating = to_filter(bool(self._rating))
        is_clipped = Condition(lambda: clipped(self._view.window))

        def help_view() -> str:
            return _("Scroll what stands above.")

        def help_rating() -> str:
            return _("Say that it is stronger or weaker now.")

        return [
            Key(
                ("enter", "space", Keys.Any),
                self._go_on,
                lambda: _("enter begin"),
                works=waiting,
                help=lambda: _("Begin."),
            ),
            Key(
                ("enter", "space", Keys.Any),
                self._go_on,
                lambda: _("any key stops"),
                works=~waiting,
                help=stop_help,
            ),
            Key(
                ("n",),
                ends_with(None),
                lambda: _("{key} skip", key="n"),
                works=waiting & may_skip,
                help=lambda: _("Go on without it."),
                need=ALWAYS,
            ),
            Key(
                ("n",),
                self._next,
                lambda: _("{key} next step", key="n"),
                works=~waiting & has_steps,
                help=lambda: _("Go on to the next step."),
            ),
            # "=" is the key of "+" without Shift on many keyboards.
            Key(("+", "=", "right"), lambda event: self._rate(1), self._rate_name, works=has_rating, help=help_rating),
            Key(("-", "left"), lambda event: self._rate(-1), works=has_rating, help=help_rating),
            Key(("up",), lambda event: self._rate(1), works=has_rating, help=help_rating),
            Key(("down",), lambda event: self._rate(-1), works=has_rating, help=help_rating),
            Key(("up",), lambda event: self._view.page(-_HALF_WINDOW), works=is_clipped, help=help_view),
            Key(("down",), lambda event: self._view.page(_HALF_WINDOW), works=is_clipped, help=help_view),
            back_key(works=waiting, leaves=self._question.leaves),
            replace(back_key(works=~waiting, leaves=self._question.leaves), said=str),
        ]

    def _rate_name(self) -> str:
        return "" if self._waiting else _("{keys} how strong now", keys="← →")

    def _go_on(self, event: KeyPressEvent) -> None:
        if self._waiting:
            self._waiting, self._began = False, self._frame.clock()
        else:
            event.app.exit(result=self._answer(finished=self._passed >= self._whole))

    @property
    def _passed(self) -> float:
        """The seconds since the beginning, at most as many as the practice has."""
        return 0.0 if self._waiting else min(self._frame.clock() - self._began, self._whole)

    def _next(self, event: KeyPressEvent) -> None:
        """Go on to the next step, or to the end after the last, by putting the clock forward."""
        passed = self._passed
        step_end = 0.0
        for _say, seconds in [*self._exercising.steps] * self._exercising.rounds:
            step_end += seconds
            if step_end > passed:
                break
        self._began -= step_end - passed

    def _rate(self, step: int) -> None:
        assert self._rating
        start = self._rating.low if self._value is None else self._value
        self._value = max(self._rating.low, min(start + step, self._rating.high))
        self._rated = self._passed

    def _settle(self, *, now: bool = False) -> None:
        """Count the rating once the keys have been left alone for a while, or `now`."""
        if self._rated is not None and (now or self._passed - self._rated >= _SETTLED):
            self._ratings = self._ratings_so_far()
            self._rated = None

    def _ratings_so_far(self) -> list[dict[str, float]]:
        """Return the ratings, and the one that does not count yet."""
        if self._rated is None or self._value is None:
            return [*self._ratings]
        return [*self._ratings, {"after_seconds": round(self._rated), "value": self._value}]

    def _answer(self, *, finished: bool) -> dict[str, Any]:
        self._settle(now=True)
        return {"seconds": round(self._passed), "finished": finished, "ratings": self._ratings}

    def _state(self) -> dict[str, Any] | None:
        """Return what has been done so far; None before it began."""
        ratings = self._ratings_so_far()
        if not self._saved and not ratings and self._passed < 1:
            return None
        return {"seconds": round(self._passed), "finished": False, "ratings": ratings}

    def _shown(self) -> StyleAndTextTuples:
        """Return what is on the screen now; called at each drawing, so it settles and saves."""
        self._settle()
        passed = self._passed
        if passed - self._saved >= _SAVE_EVERY:
            self._saved = passed
            self._half.save()
        if self._waiting:
            about = _("This takes {time}. You can stop whenever you like.", time=lasted(self._whole))
            return [
                *self._lines("class:here", _("Press Enter to begin.")),
                *self._lines("class:quiet", about, gap=True),
            ]
        if passed >= self._whole:
            end, on = _("That's the end."), _("Press Enter to go on.")
            return [*self._lines("class:here", end), *self._lines("class:quiet", on, gap=True)]
        if self._exercising.pace:
            now = self._breath(passed)
        else:
            now = self._step(passed % (self._whole / self._exercising.rounds))
        left = math.ceil(self._whole - passed)
        clock = _("{time} left. You can stop whenever you like.", time=f"{left // 60}:{left % 60:02}")
        shown: StyleAndTextTuples = [*now, *self._lines("class:quiet", clock, gap=True)]
        if self._rating and self._value is not None:
            rated = _("{question} {value}", question=self._rating.ask, value=f"{self._value:g}")
            shown += [("", "\n"), *self._lines("class:quiet", rated)]
        return shown

    def _lines(self, style: str, words: str, *, gap: bool = False) -> StyleAndTextTuples:
        """Return words in lines that fit the screen, after an empty line where there is a `gap`."""
        lines = self._frame.wrapped(words, self._frame.width - 3)
        return [(style, "\n\n" * gap + "\n".join(f"   {line}" for line in lines))]

    def _step(self, passed: float) -> StyleAndTextTuples:
        """Return the step this moment belongs to, and how far it has come."""
        for say, seconds in self._exercising.steps:
            if passed < seconds:
                lines = self._frame.wrapped(say, self._frame.width - 3)
                shown: StyleAndTextTuples = [("", "\n".join(f"   {line}" for line in lines))]
                return [*shown, ("", "\n\n   "), *self._dots(passed / seconds)]
            passed -= seconds
        return []

    def _breath(self, passed: float) -> StyleAndTextTuples:
        """Return the breath at this moment: filling, held, emptying, eased at both ends."""
        words = (_("in"), _("hold"), _("out"))
        width = max(map(len, words))
        inward, hold, outward = self._exercising.breaths[0]
        for inward, hold, outward in self._exercising.breaths:
            if passed < inward + hold + outward:
                break
            passed -= inward + hold + outward
        if passed < inward:
            word, full = words[0], _eased(passed / inward)
        elif passed < inward + hold:
            word, full = words[1], 1.0
        else:
            word, full = words[2], 1 - _eased((passed - inward - hold) / outward)
        return [("class:here", f"   {word.ljust(width)} "), *self._dots(full)]

    def _dots(self, share: float) -> StyleAndTextTuples:
        filled = round(share * _DOTS)
        gap = " " if self._frame.width >= _WIDE else ""
        full, empty = self._frame.glyph("●") + gap, self._frame.glyph("○") + gap
        return [("class:accent", full * filled), ("class:quiet", empty * (_DOTS - filled))]


def _eased(share: float) -> float:
    """Return a share from 0 to 1, slower at both ends (half a cosine), as breath comes and goes."""
    return (1 - math.cos(math.pi * share)) / 2
