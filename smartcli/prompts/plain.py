"""The plain asker: line by line and append-only, for pipes, screen readers and whoever likes it."""

import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, TextIO

from smartcli.asking import Back, Ended, Exercising, Listing, Option, Pause, Question, Rating, WrongAnswerError
from smartcli.blocks import Block
from smartcli.language import N_, _, ngettext
from smartcli.prompts.lines import Lines
from smartcli.prompts.plain_browse import browse
from smartcli.prompts.plain_numbers import numbers_in, read_one_number, with_commas
from smartcli.words import enumerated, folded, number, sentence, visible

_SIGNS = ("<", "?", "!", "*", ".")  # alone on a line they are not an answer; doubled they are
_SUPPORT_WORDS = frozenset({"s", "support", "help"})  # alone on a line, where no own words are asked for
_KEYS = N_("Type ! to pause, < to go back, ? for a hint, * for support.")
_SEVERAL = N_("Type several numbers with commas between them, such as 1,3.")
_ORDER = N_("Type the numbers in your order, best first, such as 3,1,2.")
_BRIEFLY = {  # what is said in place of a longer note that this sitting has said already
    _SEVERAL: N_("You can choose several."),
    _ORDER: N_("In your order, best first."),
}
_OWN = N_("You can also type your own words.")


class Plain:
    """An asker that works line by line: questions go to `out`, answers come from `lines`.

    `draw` turns blocks into text; `support` returns the helplines as blocks: without an argument the
    ten lines, with "*" everything, else the country of that name. See `Asker` for what each method
    promises.
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
        self._heading = ""  # the title line as it was printed last
        self._explained: set[str] = set()  # the longer notes on what to type that were printed
        self._has_browsed = False  # whether it was said what can be typed at a list of entries
        self._looked_at: list[Block] = []  # what `look` read out last
        self._has_just_told = False  # whether what was printed last is something to read
        self.live = lines.live

    def how_to_get_support(self, typing: bool) -> str:
        """Return the sign that opens support at every question."""
        return _("type {sign}", sign="*")

    def open(self, heading: str, questions: int) -> None:
        """Print what begins, and which signs can be typed."""
        self._heading = heading
        how_many = ngettext("{number} question.", "{number} questions.", questions)
        self._print(" ".join(part for part in (sentence(visible(heading)), how_many, _(_KEYS)) if part))

    def close(self) -> None:
        """Nothing was changed that needs to be put back."""

    def tell(self, heading: str, blocks: Sequence[Block]) -> None:
        """Print something to read, an empty line after what was to be read just before it."""
        if self._has_just_told:
            self._print("")
        self._print(self._draw(blocks))
        self._has_just_told = True

    def line(
        self,
        question: Question,
        understand: Callable[[str], Any] = str,
        echo: Callable[[Any], str] | None = None,
    ) -> Any:
        """Ask for one line."""
        # Words half typed are offered as the answer; half a number or a date would be another one.
        if understand is str and _half_text(question):
            question = question.with_(answer=_half_text(question))
        default = ""
        if echo and question.answer is not None:
            default = echo(question.answer)
        self._pose(question, default=default)
        while True:
            words = self._read(question, own=understand is str)
            answer = self._answer_of_line(question, words, understand, echo)
            if answer is not _AGAIN:
                return answer

    def _answer_of_line(
        self,
        question: Question,
        words: str,
        understand: Callable[[str], Any],
        echo: Callable[[Any], str] | None,
    ) -> Any:
        """Return the answer a line gives, echoed; _AGAIN after saying why not."""
        if not words.strip():
            return self._skipped(question)
        try:
            answer = understand(_undoubled(words))
        except WrongAnswerError as error:
            self._print(str(error))
            return _AGAIN
        if self._refuses(question, answer):
            return _AGAIN
        if echo:
            self._print(sentence(visible(echo(answer))))
        return answer

    def text(self, question: Question) -> str | None:
        """Ask for a text; a full stop alone on a line ends it."""
        self._pose(question, _("You can type several lines. Type . alone on a line to finish."))
        half = _half_text(question)
        typed: list[str] = half.split("\n") if half else []
        if typed:
            self._print(_("This is what you typed before:"), visible(half), _("You can go on from there."))
        while True:
            line = self._read(question, before=typed, own=True)
            is_end = line.strip() == "."
            # An empty line is part of a text once that has begun; before, it skips the question.
            if not is_end and (typed or line.strip()):
                typed.append(_undoubled(line))
                question.changed("\n".join(typed))
                continue
            text = "\n".join(typed)
            if not text.strip():
                answer = self._skipped(question)
                if answer is not _AGAIN:
                    return None if answer is None else str(answer)
            elif not self._refuses(question, text):
                return text

    def scale(self, question: Question, low: int, high: int, ends: tuple[str, str]) -> float | None:
        """Ask for a number on a scale; the words of its ends are part of the question."""
        ask = f"{sentence(question.ask)} {_scale_said(low, high, ends)}"
        answer: float | None = self.line(question.with_(ask=ask), read_one_number)
        return answer

    def choose(
        self,
        question: Question,
        options: Sequence[Option],
        *,
        own: bool = False,
    ) -> str | None:
        """Ask for one option, by its number or its words."""
        default = _words_of(options, question.answer)
        aside = _("{key}. More of my own words", key="w") if question.aside else ""
        own_words = _(_OWN) if own else ""
        self._pose(question, _numbered(options), aside, own_words, default=default)
        while True:
            words = self._read(question, own=own, options=options)
            if words.strip():
                answer = self._option_meant(words, options, own=own)
                if answer is not _AGAIN and self._refuses(question, answer):
                    continue
            else:
                answer = self._skipped(question)
            if answer is not _AGAIN:
                return None if answer is None else str(answer)

    def choose_some(
        self,
        question: Question,
        options: Sequence[Option],
        *,
        own: bool = False,
    ) -> list[str] | None:
        """Ask for several options: "3,1,2", or words with commas between."""
        return self._choose_several(question, options, _SEVERAL, own=own)

    def rank(self, question: Question, options: Sequence[Option]) -> list[str] | None:
        """Ask for an order: "3,1,2"."""
        return self._choose_several(question, options, _ORDER)

    def yes_no(self, question: Question) -> bool | None:
        """Ask for yes or no."""
        asked = question.with_(ask=_("{question} (yes or no)", question=question.ask))
        answer: bool | None = self.line(asked, _read_yes_no)
        return answer

    def browse(self, listing: Listing) -> str:
        """Let the person look through a list of entries, a day at a time."""
        explain, self._has_browsed = not self._has_browsed, True
        self._looked_at = []
        return browse(self, listing, explain=explain)

    def look(self, question: Question, options: Sequence[Option]) -> str:
        """Read something out, once, and ask what to do with it."""
        if [*question.above] == self._looked_at:
            question = question.with_(above=())
        else:
            self._looked_at = [*question.above]
            self._print(sentence(visible(question.heading)))
        if question.hint:
            self._print(visible(question.hint))
        return str(self.choose(question.with_(hint=""), options))

    def practise(self, question: Question, exercising: Exercising) -> dict[str, Any] | None:
        """Print the steps of a practice; at a terminal wait for each.

        Enter stops it, a number rates how strong it is now. From a pipe the steps are only printed,
        and an optional practice counts as skipped.
        """
        how = _("Press Enter to stop at any time.") if self.live else ""
        self._pose(question.with_(optional=False), how)
        if exercising.waits and self.live:
            self._print(_("Press Enter to begin."))
            if question.optional:
                self._print(_("Type {letter} to skip it.", letter="n"))
            reply = self._read(question).strip().casefold()
            if reply == "n" and question.optional:
                return None
        began = time.monotonic()
        ratings: list[dict[str, float]] = []
        finished = self._go_through(exercising, began, ratings)
        seconds = round(time.monotonic() - began)
        answer = {"seconds": seconds, "finished": finished, "ratings": ratings}
        return answer if self.live or not question.optional else None

    def _go_through(
        self,
        exercising: Exercising,
        began: float,
        ratings: list[dict[str, float]],
    ) -> bool:
        """Go through the steps, adding to `ratings`; return whether a person stayed to the end."""
        for turn in range(exercising.rounds):
            for say, seconds in exercising.steps or _breath_steps(exercising, turn):
                if say:
                    self._print(visible(say))
                if not self._wait(seconds, began, ratings, exercising.rating):
                    return False
        return self.live

    def _wait(self, seconds: float, began: float, ratings: list[dict[str, float]], rating: Rating | None) -> bool:
        """Wait through one step, taking ratings; return False when the person leaves."""
        until = time.monotonic() + seconds
        while self.live and (left := until - time.monotonic()) > 0:
            line = self._lines.wait(left)
            if line is None:
                continue
            if line.strip() == "*" or folded(line) in _SUPPORT_WORDS:
                self._print(self._draw(self._support()))
                continue
            if not numbers_in(line) and number(line) is None:  # Enter, or any words: the person leaves
                return False
            try:
                value = _read_rating(line, rating)
            except WrongAnswerError as error:
                self._print(str(error))
                continue
            ratings.append({"after_seconds": round(time.monotonic() - began), "value": value})
        return True

    def _choose_several(
        self, question: Question, options: Sequence[Option], how: str, *, own: bool = False
    ) -> list[str] | None:
        """Ask for options with commas between; `how` says what to type, the first time at length."""
        default = enumerated(_words_of(options, chosen) for chosen in question.answer or [])
        self._pose(question, _numbered(options), self._explain(how), _(_OWN) if own else "", default=default)
        question = question.with_(hint=" ".join(part for part in (question.hint, _(how)) if part))
        while True:
            words = self._read(question, own=own, options=options)
            if words.strip():
                answer = self._options_meant(question, words, options, own=own)
            else:
                answer = self._skipped(question)
            if answer is not _AGAIN:
                return answer if answer is None else [*answer]

    def _options_meant(
        self,
        question: Question,
        words: str,
        options: Sequence[Option],
        *,
        own: bool,
    ) -> Any:
        """Return the options meant by words with commas between, or _AGAIN after saying why."""
        parts = [part.strip() for part in with_commas(_undoubled(words)).split(",")]
        if any(len(numbers_in(part) or ()) > 1 for part in parts):
            self._print(_("Please type commas between the numbers, such as 1,3."))
            return _AGAIN
        meant = [self._option_meant(part, options, own=own) for part in parts if part]
        if _AGAIN in meant or self._refuses(question, meant):
            return _AGAIN
        return meant

    def _option_meant(self, words: str, options: Sequence[Option], *, own: bool) -> Any:
        """Return the id of the option meant, or own words; _AGAIN after saying why not."""
        numbers = numbers_in(words)
        if numbers and len(numbers) == 1 and 1 <= numbers[0] <= len(options):
            return options[numbers[0] - 1].id
        wanted = folded(_undoubled(words))
        if not numbers or len(numbers) > 1:
            named = [option.id for option in options if wanted == folded(option.say)]
            named = named or [option.id for option in options if wanted == option.id]
            if len(set(named)) == 1:
                return named[0]
            own = own and not named  # words of several options are no own words
        if own and not numbers:
            return _undoubled(words)
        if numbers and len(numbers) > 1:
            sorry = _(
                "This question takes one answer. Please type one number from {low} to {high}, or the words.",
                low=1,
                high=len(options),
            )
        else:
            sorry = _("Please type a number from {low} to {high}, or the words.", low=1, high=len(options))
        self._print(sorry)
        return _AGAIN

    def _pose(self, question: Question, *more: str, default: str = "") -> None:
        """Print a question, with what stands above it and what to type."""
        if question.is_renamed and question.heading != self._heading:
            self._heading = question.heading
            self._print(sentence(visible(question.heading)))
        if question.above:
            self._print(self._draw(question.above))
        self._print(" ".join(part for part in (sentence(question.whole_place), visible(question.ask)) if part))
        for line in more:
            if line:
                self._print(line)
        default = default or _plain_answer(question.answer)
        if default:
            self._print(_("Press Enter for: {answer}", answer=visible(default)))
        elif question.optional:
            self._print(_("Press Enter to finish the list.") if question.ends_list else _("Press Enter to skip."))

    def _explain(self, how: str) -> str:
        """Return a note on what to type: whole the first time in a sitting, in a few words after that."""
        if how in self._explained:
            return _(_BRIEFLY[how])
        self._explained.add(how)
        return _(how)

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
            line = self._lines.read(_keeper(question, before))
            if not self.live:  # from a pipe no Enter is echoed after the prompt
                self._print("")
            if line is None:
                raise Ended
            previous, sign = sign, line.strip()
            if sign == "<":
                raise Back
            if sign == "!":
                raise Pause
            if sign == "?":
                self._print(*_help_lines(question))
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
                self._print(_("Saved as your words. To open support, type {sign} alone on a line.", sign="*"))
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

    def _skipped(self, question: Question) -> Any:
        """Return what an empty line means: the default, None, or _AGAIN after saying why not."""
        if question.answer is not None and not self._refuses(question, question.answer):
            return question.answer
        if question.optional:
            return None
        self._print(_("This question needs an answer. Type {sign} to pause. Your answers are saved.", sign="!"))
        return _AGAIN

    def _refuses(self, question: Question, answer: Any) -> bool:
        """Return whether the question's check refuses an answer, after printing why."""
        problem = question.check(answer)
        if problem:
            self._print(problem)
        return bool(problem)

    def _print(self, *lines: str) -> None:
        self._has_just_told = False
        for line in lines:
            self._out.write(line + "\n")
        self._out.flush()


_AGAIN = object()  # stands for "no answer yet": the caller reads another line


def _is_option(typed: str, options: Sequence[Option]) -> bool:
    return any(folded(typed) in (folded(option.say), option.id) for option in options)


def _half_text(question: Question) -> str:
    """Return the text half typed when the person last left; nothing when it was no text."""
    return question.half if isinstance(question.half, str) else ""


def _keeper(question: Question, before: Sequence[str]) -> Callable[[str], None]:
    """Return the callback for a line half typed, which saves it after the lines `before` it."""

    def keep(typed: str) -> None:
        if typed:
            question.changed("\n".join([*before, typed]))

    return keep


def _help_lines(question: Question) -> list[str]:
    lines = []
    if question.hint:
        lines.append(visible(question.hint))
    if question.example:
        lines.append(visible(_("For example: {example}", example=question.example)))
    return lines or [
        _("There is no hint for this question. Type {pause} to pause, or {back} to go back.", pause="!", back="<")
    ]


def _scale_said(low: int, high: int, ends: tuple[str, str]) -> str:
    """Return the two ends of a scale as a sentence, with their words where they have some."""
    low_words, high_words = ends
    if low_words and high_words:
        return _(
            "{low} is {low_words}, {high} is {high_words}.",
            low=low,
            low_words=low_words,
            high=high,
            high_words=high_words,
        )
    return _("From {low} to {high}.", low=low, high=high)


def _numbered(options: Sequence[Option]) -> str:
    """Return the options as numbered lines, each group under its name."""
    lines: list[str] = []
    group = ""
    for position, option in enumerate(options, 1):
        if option.group and option.group != group:
            lines.append(visible(_("{group}:", group=option.group)))
        group = option.group
        say = visible(option.say)
        if option.remark:
            say = _("{option} ({remark})", option=say, remark=visible(option.remark))
        lines.append(f"{position}. {say}")
    return "\n".join(lines)


def _undoubled(words: str) -> str:
    """Return a line as it was meant: a doubled sign alone on a line stands for the sign itself."""
    sign = words.strip()
    is_doubled = sign in {known * 2 for known in _SIGNS}
    return sign[0] if is_doubled else words


def _read_rating(words: str, rating: Rating | None) -> float:
    """Return the number typed during a practice; raises WrongAnswerError where it lies outside its scale."""
    value = read_one_number(words)
    if rating and not rating.low <= value <= rating.high:
        raise WrongAnswerError(_("Please type a number from {low} to {high}.", low=rating.low, high=rating.high))
    return value


def _read_yes_no(words: str) -> bool:
    answers = {"y": True, "yes": True, "n": False, "no": False, folded(_("Yes")): True, folded(_("No")): False}
    answer = answers.get(folded(words).rstrip("."))
    if answer is None:
        raise WrongAnswerError(_("Please type yes or no."))
    return answer


def _words_of(options: Sequence[Option], answer: Any) -> str:
    """Return the words of the option with this id; own words, which have no option, as they are."""
    for option in options:
        if option.id == answer:
            return option.say
    return "" if answer is None else str(answer)


def _plain_answer(answer: Any) -> str:
    """Return an answer of one value in words; nothing for None and for lists and tables."""
    if isinstance(answer, bool):
        return _("yes") if answer else _("no")
    return str(answer) if isinstance(answer, str | int | float) else ""


_SPOKEN_BREATHS = 3  # breaths for which the words are printed; then the rhythm is known


def _breath_steps(exercising: Exercising, turn: int) -> list[tuple[str, float]]:
    """Return one breath as steps of words and seconds, without a hold where there is none."""
    words = (_("Breathe in."), _("Hold your breath."), _("Breathe out."))
    if turn >= _SPOKEN_BREATHS:
        words = ("", "", "")
    steps = zip(words, exercising.breaths[turn], strict=True)
    return [(say, seconds) for say, seconds in steps if seconds]
