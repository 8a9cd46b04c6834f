"""A timed practice: one line that moves, and any key leaves."""

import math
import time
from typing import Any

from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl, Window

from smartcli.asking import Exercising, Question
from smartcli.moments import lasted
from smartcli.prompts.screen_frame import BACK, Frame

_DOTS = 10
_SETTLED = 1.5  # seconds after the last + or - until a rating counts
_KEPT_EVERY = 5  # seconds


class Practising:
    """The widget: shows the step or the breath, the time left, and takes ratings with + and -."""

    def __init__(self, frame: Frame, question: Question, exercising: Exercising) -> None:
        self._frame = frame
        self._question = question
        self._it = exercising
        self._began = time.monotonic()
        self._ratings: list[dict[str, float]] = []
        self._rating = exercising.rating
        self._value = exercising.rating.value if exercising.rating else None
        self._rated: float | None = None  # when + or - was last pressed
        self._kept = 0.0
        self._waiting = exercising.waits
        self._whole = exercising.seconds

    def ask(self) -> Any:
        """Return the answer, or BACK."""
        control = FormattedTextControl(self._shown, focusable=True, show_cursor=False)
        return self._frame.run(
            self._question,
            Window(control, dont_extend_height=True),
            self._bindings(),
            self._keys,
            focus=control,
            refresh=0.1,
        )

    def _keys(self) -> list[str]:
        if self._waiting:
            leave_out = ["n leave it out"] if self._question.optional else []
            return ["enter begin", *leave_out, "esc back", "s support"]
        steps = ["n next step"] if len(self._it.steps) > 1 else []
        return ["any key leaves", *steps, *(["+ - how strong now"] if self._rating else []), "s support"]

    @property
    def _passed(self) -> float:
        return 0.0 if self._waiting else min(time.monotonic() - self._began, self._whole)

    def _bindings(self) -> KeyBindings:
        bindings = KeyBindings()

        @bindings.add(Keys.Any)
        @bindings.add("enter")
        @bindings.add("space")
        def _(event: KeyPressEvent) -> None:
            if self._waiting:
                self._waiting, self._began = False, time.monotonic()
            else:
                event.app.exit(result=self._answer(finished=self._passed >= self._whole))

        bindings.add("escape", eager=True)(lambda event: event.app.exit(result=BACK))
        if self._question.optional:
            bindings.add("n", filter=Condition(lambda: self._waiting))(lambda event: event.app.exit(result=None))
        if len(self._it.steps) > 1:
            bindings.add("n", filter=Condition(lambda: not self._waiting))(lambda event: self._next())
        if self._rating:
            for key, step in {"+": 1, "=": 1, "up": 1, "right": 1, "-": -1, "down": -1, "left": -1}.items():
                bindings.add(key)(lambda event, step=step: self._rate(step))
        return bindings

    def _next(self) -> None:
        """Go on to the next step: the clock is put forward, or the end is reached."""
        passed, ends = self._passed, 0.0
        for _, seconds in [*self._it.steps] * self._it.rounds:
            ends += seconds
            if ends > passed:
                break
        self._began -= ends - passed

    def _rate(self, step: int) -> None:
        assert self._rating
        start = self._rating.low if self._value is None else self._value
        self._value = max(self._rating.low, min(start + step, self._rating.high))
        self._rated = self._passed

    def _settle(self, *, now: bool = False) -> None:
        if self._rated is not None and self._value is not None and (now or self._passed - self._rated >= _SETTLED):
            self._ratings.append({"after_seconds": round(self._rated), "value": self._value})
            self._rated = None

    def _answer(self, *, finished: bool) -> dict[str, Any]:
        self._settle(now=True)
        return {"seconds": round(self._passed), "finished": finished, "ratings": self._ratings}

    def _shown(self) -> StyleAndTextTuples:
        self._settle()
        passed = self._passed
        if passed - self._kept >= _KEPT_EVERY:
            self._kept = passed
            self._question.changed({"seconds": round(passed), "finished": False, "ratings": [*self._ratings]})
        if self._waiting:
            long = f"\n\n   {lasted(self._whole)}. Leave whenever you like."
            return [("class:here", "   Enter begins."), ("class:quiet", long)]
        if passed >= self._whole:
            return [("class:here", "   That was it."), ("class:quiet", "\n\n   Enter goes on.")]
        now = self._breath(passed) if self._it.pace else self._step(passed % (self._whole / self._it.rounds))
        left = math.ceil(self._whole - passed)
        shown: StyleAndTextTuples = [
            *now,
            ("class:quiet", f"\n\n   {left // 60}:{left % 60:02} left. Leave whenever you like."),
        ]
        if self._rating and self._value is not None:
            shown.append(("class:quiet", f"\n   {self._rating.ask} {self._value:g}"))
        return shown

    def _step(self, passed: float) -> StyleAndTextTuples:
        """Return the step this moment belongs to, and how far it has come."""
        for say, seconds in self._it.steps:
            if passed < seconds:
                lines = self._frame.wrapped(say, self._frame.width - 3)
                shown: StyleAndTextTuples = [("", "\n".join(f"   {line}" for line in lines))]
                return [*shown, ("", "\n\n   "), *self._dots(passed / seconds)]
            passed -= seconds
        return []

    def _breath(self, passed: float) -> StyleAndTextTuples:
        """Return the breath at this moment: filling, held, emptying, eased at both ends."""
        inward, hold, outward = self._it.breaths[0]
        for inward, hold, outward in self._it.breaths:
            if passed < inward + hold + outward:
                break
            passed -= inward + hold + outward
        if passed < inward:
            word, full = "in", _eased(passed / inward)
        elif passed < inward + hold:
            word, full = "hold", 1.0
        else:
            word, full = "out", 1 - _eased((passed - inward - hold) / outward)
        return [("class:here", f"   {word:<5}"), *self._dots(full)]

    def _dots(self, share: float) -> StyleAndTextTuples:
        filled = round(share * _DOTS)
        full, empty = self._frame.glyph("● "), self._frame.glyph("○ ")
        return [("class:accent", full * filled), ("class:quiet", empty * (_DOTS - filled))]


def _eased(share: float) -> float:
    return (1 - math.cos(math.pi * share)) / 2
