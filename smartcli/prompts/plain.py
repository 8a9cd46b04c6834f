"""The plain asker: one question a line, append-only, for pipes, screen readers, tests and whoever likes it."""

import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, TextIO

from smartcli.asking import Back, Ended, Exercising, Option, Pause, Question, WrongAnswerError
from smartcli.blocks import Block
from smartcli.prompts.lines import Lines
from smartcli.words import count, folded, number, sentence, visible

_SIGNS = ("<", "?", "!", "*", ".")
_SUPPORT_WORDS = frozenset({"s", "support", "help"})  # alone on a line, where no own words are asked for
_KEYS = "Type ! to pause, < to go back, ? for a hint, * for support."


class Plain:
    """Asks line by line: questions go to `out`, answers come from `lines`.

    `draw` sets blocks as text; `support` gives the helplines as blocks: without an argument the ten lines,
    with "*" everything, else the country of that name.
    """

    def __init__(
        self,
        lines: Lines,
        draw: Callable[[Sequence[Block]], str],
        support: Callable[..., Sequence[Block]],
        out: TextIO | None = None,
    ) -> None:
        self._lines = lines
        self._draw = draw
        self._support = support
        self._out = out or sys.stderr
        self._has_named_sign = False  # whether it was said that * opens support
        self.live = lines.live

    def how_to_get_support(self, typing: bool) -> str:
        """Return the sign that opens support at every question."""
        return "type *"

    def open(self, heading: str, questions: int) -> None:
        """Say what begins, and which signs can be typed."""
        self._print(f"{sentence(visible(heading))} {count(questions, 'question')}. {_KEYS}")

    def close(self) -> None:
        """Nothing was changed that needs to be put back."""

    def tell(self, heading: str, blocks: Sequence[Block]) -> None:
        """Print something to read."""
        self._print(self._draw(blocks))

    def line(
        self,
        question: Question,
        understand: Callable[[str], Any] = str,
        echo: Callable[[Any], str] | None = None,
    ) -> Any:
        """Ask for one line."""
        if question.answer is None and understand is str and isinstance(question.half, str) and question.half:
            question = question.with_(answer=question.half)
        self._pose(question, default=echo(question.answer) if echo and question.answer is not None else "")
        while True:
            words = self._read(question, own=understand is str)
            if not words.strip():
                answer = self._passed_over(question)
            else:
                try:
                    answer = understand(_undoubled(words))
                except WrongAnswerError as error:
                    self._print(str(error))
                    continue
                if self._wrong(question, answer):
                    continue
                if echo:
                    self._print(f"{sentence(visible(echo(answer)))}")
            if answer is not _AGAIN:
                return answer

    def text(self, question: Question) -> str | None:
        """Ask for a text; a full stop alone on a line ends it."""
        self._pose(question, "Several lines are fine. A . alone on a line ends it.")
        typed: list[str] = question.half.split("\n") if isinstance(question.half, str) and question.half else []
        if typed:
            self._print("You had written:", visible("\n".join(typed)), "Go on from there.")
        while True:
            line = self._read(question, before=typed, own=True)
            if line.strip() == ".":
                text = "\n".join(typed)
                if text.strip() and not self._wrong(question, text):
                    return text
            elif typed or line.strip():
                typed.append(_undoubled(line))
                question.changed("\n".join(typed))
                continue
            if not "\n".join(typed).strip():
                answer = self._passed_over(question)
                if answer is not _AGAIN:
                    return None if answer is None else str(answer)

    def scale(self, question: Question, low: int, high: int, ends: tuple[str, str]) -> float | None:
        """Ask for a number on a scale, whose ends are said."""
        said = ", ".join(f"{number} {words}".strip() for number, words in zip((low, high), ends, strict=True))
        answer: float | None = self.line(question.with_(ask=f"{sentence(question.ask)} {said}."), _number)
        return answer

    def choose(self, question: Question, options: Sequence[Option], *, own: bool = False) -> str | None:
        """Ask for one option, by its number or its words."""
        aside = "w. More of my own words" if question.aside else ""
        default = _say(options, question.answer)
        self._pose(question, self._listed(options), aside, _OWN if own else "", default=default)
        while True:
            words = self._read(question, own=own, options=options)
            answer = self._passed_over(question) if not words.strip() else self._meant(words, options, own)
            if answer is _AGAIN or (words.strip() and self._wrong(question, answer)):
                continue
            return None if answer is None else str(answer)

    def choose_some(self, question: Question, options: Sequence[Option], *, own: bool = False) -> list[str] | None:
        """Ask for several options: "3,1,2", or words with commas between."""
        return self._several(question, options, "Several, with commas between, such as 1,3.", own)

    def rank(self, question: Question, options: Sequence[Option]) -> list[str] | None:
        """Ask for an order: "3,1,2"."""
        return self._several(question, options, "In your order, best first, such as 3,1,2.")

    def yes_no(self, question: Question) -> bool | None:
        """Ask for yes or no."""
        answer: bool | None = self.line(question.with_(ask=f"{question.ask} (yes or no)"), _yes_or_no)
        return answer

    def practise(self, question: Question, exercising: Exercising) -> dict[str, Any] | None:
        """Read the steps out; at a terminal wait for each. Enter leaves, a number says how strong it is now.

        With nobody there it is only read, and an optional one counts as passed over.
        """
        self._pose(question.with_(optional=False), "Enter leaves it at any time." if self.live else "")
        if exercising.waits and self.live:
            self._print("Enter begins. n leaves it out." if question.optional else "Enter begins.")
            if self._read(question).strip().casefold() == "n" and question.optional:
                return None
        began = time.monotonic()
        ratings: list[dict[str, float]] = []
        finished = self._go_through(exercising, began, ratings)
        seconds = round(time.monotonic() - began)
        answer = {"seconds": seconds, "finished": finished, "ratings": ratings}
        return answer if self.live or not question.optional else None

    def _go_through(self, exercising: Exercising, began: float, ratings: list[dict[str, float]]) -> bool:
        """Go through the steps; returns whether they came to their end while somebody was there."""
        for turn in range(exercising.rounds):
            for say, seconds in exercising.steps or _breath(exercising, turn):
                if say:
                    self._print(visible(say))
                until = time.monotonic() + seconds
                while self.live and (left := until - time.monotonic()) > 0:
                    line = self._lines.wait(left)
                    if line is None:
                        continue
                    if line.strip() == "*" or folded(line) in _SUPPORT_WORDS:
                        self._print(self._draw(self._support()))
                        continue
                    try:
                        value = _number(line)
                    except WrongAnswerError:
                        return False
                    ratings.append({"after_seconds": round(time.monotonic() - began), "value": value})
        return self.live

    def _several(self, question: Question, options: Sequence[Option], how: str, own: bool = False) -> list[str] | None:
        default = ", ".join(_say(options, one) for one in question.answer or [])
        self._pose(question, self._listed(options), f"{how} {_OWN if own else ''}".strip(), default=default)
        while True:
            words = self._read(question, own=own, options=options)
            if not words.strip():
                answer = self._passed_over(question)
            else:
                parts = [part.strip() for part in _undoubled(words).split(",") if part.strip()]
                meant = [self._meant(part, options, own) for part in parts]
                answer = _AGAIN if _AGAIN in meant or self._wrong(question, meant) else meant
            if answer is not _AGAIN:
                return answer if answer is None else [*answer]

    def _listed(self, options: Sequence[Option]) -> str:
        lines: list[str] = []
        group = ""
        for place, option in enumerate(options, 1):
            if option.group and option.group != group:
                lines.append(visible(sentence(option.group)))
            group = option.group
            remark = f" ({option.remark})" if option.remark else ""
            lines.append(f"{place}. {visible(option.say)}{remark}")
        return "\n".join(lines)

    def _meant(self, words: str, options: Sequence[Option], own: bool) -> Any:
        """Return the id of the option meant by a number or words, own words, or _AGAIN after saying why."""
        wanted = folded(_undoubled(words))
        if wanted.isdecimal() and len(wanted) < 6:
            if 1 <= int(wanted) <= len(options):
                return options[int(wanted) - 1].id
        else:
            for option in options:
                if wanted in (folded(option.say), option.id):
                    return option.id
            if own:
                return _undoubled(words)
        self._print(f"A number from 1 to {len(options)}, please, or the words.")
        return _AGAIN

    def _pose(self, question: Question, *more: str, default: str = "") -> None:
        """Print a question: what stands above it, its place and words, what to type, the answer on offer."""
        if question.above:
            self._print(self._draw(question.above))
        place = f"{question.place}. " if question.place else ""
        self._print(place + visible(question.ask))
        for line in more:
            if line:
                self._print(line)
        default = default or ("" if question.answer is None else _shown(question.answer))
        if default:
            self._print(f"Enter for: {visible(default)}")
        elif question.optional:
            self._print("An empty line ends it." if question.passing == "done" else "Enter to pass over.")

    def _read(
        self,
        question: Question,
        before: Sequence[str] = (),
        *,
        own: bool = False,
        options: Sequence[Option] = (),
    ) -> str:
        """Return the next line that is not one of the signs; raises Back, Pause or Ended.

        `own`: own words are an answer here, so only a sign opens support, not the word for it.
        """
        sign = ""
        while True:
            self._out.write("> ")
            self._out.flush()
            half = question.half if isinstance(question.half, str) else ""
            line = self._lines.read(lambda typed: question.changed("\n".join([*before, typed])) if typed else None)
            if not self.live:
                self._print("")
            if line is None:
                raise Ended
            previous, sign = sign, line.strip()
            if sign == "<":
                raise Back
            if sign == "!":
                raise Pause
            if sign == "?":
                self._print(*(_help(question, half)))
            elif sign == "w" and question.aside:
                self._print(self._draw(question.aside))
            elif self._opens_support(sign, previous, own, options):
                continue
            else:
                return line

    def _opens_support(self, typed: str, previous: str, own: bool, options: Sequence[Option]) -> bool:
        """Print support if a line asks for it; returns whether it did.

        "*" shows the ten lines, and "*" again at once everything. "* ireland" shows that country; where own
        words are welcome only straight after a "*", since it may be an item of somebody's list.
        """
        names_country = typed.startswith("* ") and (not own or previous.startswith("*"))
        is_word = folded(typed) in _SUPPORT_WORDS and not _is_option(typed, options)
        if is_word and own:
            if not self._has_named_sign:
                self._print("Kept as your words. To open support, type * alone on a line.")
                self._has_named_sign = True
            return False
        if typed == "*" and previous == "*":
            self._print(self._draw(self._support("*")))
        elif typed == "*" or is_word:
            self._print(self._draw(self._support()))
        elif names_country:
            self._print(self._draw(self._support(typed[1:].strip())))
        else:
            return False
        return True

    def _passed_over(self, question: Question) -> Any:
        """Return what an empty line means here: the answer on offer, nothing, or _AGAIN after saying why."""
        if question.answer is not None and not self._wrong(question, question.answer):
            return question.answer
        if question.optional:
            return None
        self._print("This one needs an answer. ! pauses, and keeps what you have given.")
        return _AGAIN

    def _wrong(self, question: Question, answer: Any) -> bool:
        problem = question.check(answer)
        if problem:
            self._print(problem)
        return bool(problem)

    def _print(self, *lines: str) -> None:
        for line in lines:
            self._out.write(line + "\n")
        self._out.flush()


_AGAIN = object()  # nothing usable was given: read another line
_OWN = "Or your own words."


def _is_option(typed: str, options: Sequence[Option]) -> bool:
    return any(folded(typed) in (folded(option.say), option.id) for option in options)


def _help(question: Question, half: str) -> list[str]:
    lines = [question.hint, f"For example: {question.example}" if question.example else ""]
    return [visible(line) for line in lines if line] or ["Any answer that fits is right. ! pauses, < goes back."]


def _undoubled(words: str) -> str:
    """Return a line as it was meant: a doubled sign alone on a line stands for itself."""
    sign = words.strip()
    return sign[0] if len(sign) == 2 and sign[0] == sign[1] and sign[0] in _SIGNS else words


def _number(words: str) -> float:
    found = number(words)
    if found is None:
        raise WrongAnswerError("A number, please.")
    return found


def _yes_or_no(words: str) -> bool:
    answer = {"y": True, "yes": True, "n": False, "no": False}.get(folded(words).rstrip("."))
    if answer is None:
        raise WrongAnswerError("Yes or no, please.")
    return answer


def _say(options: Sequence[Option], answer: Any) -> str:
    return next((option.say for option in options if option.id == answer), "" if answer is None else str(answer))


def _shown(answer: Any) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return str(answer) if isinstance(answer, str | int | float) else ""


def _breath(exercising: Exercising, turn: int) -> list[tuple[str, float]]:
    """Return one breath as steps; the words are said for the first few only."""
    inward, hold, outward = exercising.breaths[turn]
    said = turn < 3
    steps = [("Breathe in." if said else "", inward), ("Hold." if said else "", hold)]
    return [step for step in [*steps, ("Breathe out." if said else "", outward)] if step[1]]
