"""The plain asker: line by line and append-only, for pipes, screen readers and whoever likes it."""

import re
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, TextIO

from smartcli.asking import (
    Back,
    Ended,
    Exercising,
    Listing,
    Option,
    Pause,
    Question,
    Rating,
    Reading,
    WrongAnswerError,
)
from smartcli.blocks import Block
from smartcli.language import N_, _, ngettext
from smartcli.prompts import plain_signs as signs
from smartcli.prompts import signals
from smartcli.prompts.lines import Lines
from smartcli.prompts.plain_asked import Asked
from smartcli.prompts.plain_browse import browse
from smartcli.prompts.plain_notes import Note, Notes, at_length
from smartcli.prompts.plain_numbers import numbers_in, read_one_number, with_commas
from smartcli.prompts.plain_options import found, is_option
from smartcli.prompts.plain_output import Output
from smartcli.prompts.plain_secret import ask_hidden
from smartcli.prompts.plain_signs import undoubled
from smartcli.words import enumerated, folded, number, sentence, sentences, visible

_YES_NO_NEEDED = N_("Please type yes or no.")


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
        *,
        saves: bool = True,
    ) -> None:
        """`saves`: what is answered is saved; where it is not, nothing says so."""
        self._lines = lines
        self._draw = draw
        self._support = support
        self._out = Output(out or sys.stderr)
        self._has_named_sign = False  # whether it was said that * opens support
        self._heading = ""  # the title line as it was printed last
        self._has_browsed = False  # whether it was said what can be typed at a list of entries
        self._looked_at: list[Block] = []  # what `look` read out last
        self._questions = 0  # how many there are, as it was said last
        self._notes = Notes(lines)
        self._has_just_told = False  # whether what was printed last is something to read
        self._posed: Question | None = None  # the question printed last
        self._asks_here: set[str] = set()  # the questions put in the same place, such as an item and its marks
        self._went_back = False  # whether the person left that question to go back
        self._saves = saves
        self.live = lines.live

    def how_to_get_support(self, typing: str) -> str:
        """Return the sign that opens support at every question."""
        return _("type {sign}", sign=signs.SUPPORT)

    def how_to_hide(self) -> str:
        """Return what there is to do: what was printed cannot be wiped."""
        return _("type {sign} and close the window", sign=signs.PAUSE)

    def open(self, heading: str, questions: int) -> None:
        """Print what begins, and which keys there are: in short the first time, then support's alone.

        A small question without a heading begins nothing. A single question is not counted.
        """
        self._heading = heading
        self._questions = questions
        self._posed = None
        if not heading:
            return
        how_many = ngettext("{number} question.", "{number} questions.", questions) if questions > 1 else ""
        self._print(sentences(sentence(visible(heading)), how_many))
        self._print(self._notes.explain(Note.KEYS if self._saves else Note.KEYS_UNKEPT))

    def close(self) -> None:
        """Nothing was changed that needs to be put back."""

    def tell(self, heading: str, blocks: Sequence[Block], reading: Reading = Reading.NOTE) -> None:
        """Print something to read, an empty line after what was to be read just before it."""
        if self._has_just_told:
            self._print("")
        self._print(self._draw(blocks))
        self._has_just_told = True

    def secret(self, question: Question) -> str:
        """Ask for a passphrase, whose letters do not show; nothing that is typed has another meaning here."""
        if question.above:
            self._print(self._draw(question.above))
        return ask_hidden(question.ask)

    def line(
        self,
        question: Question,
        understand: Callable[[str], Any] = str,
        echo: Callable[[Any], str] | None = None,
    ) -> Any:
        """Ask for one line."""
        need = _("Please type some words.") if understand is str else ""
        return self._ask_line(question, understand, echo, need=need)

    def _ask_line(
        self,
        question: Question,
        understand: Callable[[str], Any],
        echo: Callable[[Any], str] | None = None,
        need: str = "",
    ) -> Any:
        takes_words = understand is str
        # Words half typed are offered as the answer; half a number or a date would be another one.
        if takes_words and _half_text(question):
            question = question.with_(answer=_half_text(question))
        default = ""
        if echo and question.answer is not None:
            default = echo(question.answer)
        asked = Asked(question, need=need, default=default, own=takes_words)
        self._pose(asked)
        while True:
            words = self._read(asked)
            if not question.takes_many:
                words = _on_one_line(words)
            answer = self._answer_of_line(asked, words, understand, echo)
            if answer is not _NONE_YET:
                return answer

    def _answer_of_line(
        self,
        asked: Asked,
        words: str,
        understand: Callable[[str], Any],
        echo: Callable[[Any], str] | None,
    ) -> Any:
        """Return the answer a line gives, echoed; _NONE_YET after saying why not."""
        if asked.is_left_open(words):
            return self._skipped(asked, words)
        try:
            answer = understand(undoubled(words))
        except WrongAnswerError as error:
            self._print(str(error))
            return _NONE_YET
        if self._refuses(asked.question, answer):
            return _NONE_YET
        if echo:
            self._print(sentence(visible(echo(answer))))
        return answer

    def text(self, question: Question) -> str | None:
        """Ask for a text; a full stop alone on a line ends it."""
        half = _half_text(question)
        asked = Asked(question, notes=[Note.LINES], need=_("Please type some words."), own=True)
        self._pose(asked)
        typed: list[str] = half.split("\n") if half else []
        if typed:
            self._print(_("This is what you typed before:"), visible(half), _("You can go on from there."))
        while True:
            line = self._read(asked, before=typed)
            is_end = line.strip() == signs.END
            # An empty line is part of a text once that has begun; before, it skips the question.
            if not is_end and (typed or not asked.is_left_open(line)):
                typed.append(undoubled(line))
                question.changed("\n".join(typed))
                continue
            text = "\n".join(typed)
            if not text.strip():
                answer = self._skipped(asked, line)
                if answer is not _NONE_YET:
                    return None if answer is None else str(answer)
            elif not self._refuses(question, text):
                return text

    def scale(self, question: Question, low: int, high: int, ends: tuple[str, str]) -> float | None:
        """Ask for a number on a scale; the words of its ends are part of the question."""
        need = _number_needed(low, high)

        def understand(words: str) -> float:
            try:
                return read_one_number(words)
            except WrongAnswerError:
                raise WrongAnswerError(need) from None

        ask = sentences(sentence(question.ask), _scale_said(low, high, ends))
        answer: float | None = self._ask_line(question.with_(ask=ask), understand, need=need)
        return answer

    def choose(
        self,
        question: Question,
        options: Sequence[Option],
        *,
        own: bool = False,
    ) -> str | None:
        """Ask for one option, by its number or its words."""
        asked = Asked(
            question,
            notes=[Note.OWN] if own else [],
            need=_option_needed(options),
            default=_words_of(options, question.answer),
            own=own,
            options=options,
        )
        self._pose(asked)
        while True:
            words = _on_one_line(self._read(asked))
            if asked.is_left_open(words):
                answer = self._skipped(asked, words)
            else:
                answer = self._option_meant(words, options, own=own)
                if answer is not _NONE_YET and self._refuses(question, answer):
                    continue
            if answer is not _NONE_YET:
                return None if answer is None else str(answer)

    def choose_some(
        self,
        question: Question,
        options: Sequence[Option],
        *,
        own: bool = False,
    ) -> list[str] | None:
        """Ask for several options: "3,1,2", or words with commas between."""
        return self._choose_several(question, options, Note.SEVERAL, own=own)

    def rank(self, question: Question, options: Sequence[Option]) -> list[str] | None:
        """Ask for an order: "3,1,2"."""
        return self._choose_several(question, options, Note.ORDER)

    def yes_no(self, question: Question) -> bool | None:
        """Ask for yes or no."""
        asked = question.with_(ask=_("{question} (yes or no)", question=question.ask))
        answer: bool | None = self._ask_line(asked, _read_yes_no, need=_(_YES_NO_NEEDED))
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
        # That it can be skipped is said after how to begin, and only where it waits for that.
        how = _practice_keys(exercising.rating) if self.live else ()
        asked = Asked(question.with_(optional=False, careful=False), how=how)
        self._pose(asked)
        if exercising.waits and self.live and not self._begins(asked, optional=question.optional):
            return None
        passed, ratings = _practised(question.half) if self.live else (0.0, [])
        began = time.monotonic() - passed

        def so_far(*, finished: bool = False) -> dict[str, Any]:
            return {"seconds": round(time.monotonic() - began), "finished": finished, "ratings": [*ratings]}

        def save() -> None:
            if self.live and (ratings or time.monotonic() - began >= 1):
                question.changed(so_far())

        with signals.held(save):
            try:
                finished = self._go_through(asked, exercising, began, ratings)
            except (Back, Ended, Pause, KeyboardInterrupt):
                save()
                raise
        return so_far(finished=finished) if self.live or not question.optional else None

    def _begins(self, asked: Asked, *, optional: bool) -> bool:
        """Return whether the person begins a practice; an optional one can be skipped."""
        self._print(_("Press Enter to begin."))
        if optional:
            self._print(_("Type skip to skip it."))
        reply = self._read(asked)
        return not (optional and (signs.is_skip_word(reply) or folded(reply) == "n"))

    def _go_through(
        self,
        asked: Asked,
        exercising: Exercising,
        began: float,
        ratings: list[dict[str, float]],
    ) -> bool:
        """Go through the steps, adding to `ratings`; return whether a person stayed to the end."""
        passed = time.monotonic() - began  # of a practice that was left in the middle
        for turn in range(exercising.rounds):
            for say, whole in exercising.steps or _breath_steps(exercising, turn):
                seconds = whole - passed
                passed = max(-seconds, 0)
                if seconds <= 0:
                    continue
                if say:
                    self._print(visible(say))
                if not self._wait(asked, (say, seconds), began, ratings, exercising.rating):
                    return False
        return self.live

    def _wait(
        self,
        asked: Asked,
        step: tuple[str, float],
        began: float,
        ratings: list[dict[str, float]],
        rating: Rating | None,
    ) -> bool:
        """Wait through one step, taking ratings and signs; return False when the person stops the practice."""
        say, seconds = step
        until = time.monotonic() + seconds
        while self.live and (left := until - time.monotonic()) > 0:
            try:
                line = self._lines.wait(left)
            except EOFError:
                raise Ended from None
            if line is None:
                continue
            if self._obeys(line.strip(), "", asked):
                if say and line.strip() == signs.AGAIN:
                    self._print(visible(say))
                continue
            if not numbers_in(line) and number(line) is None:  # Enter, or any words: the person stops
                return False
            try:
                value = _read_rating(line, rating)
            except WrongAnswerError as error:
                self._print(str(error))
                continue
            self._print(_("Noted: {number}.", number=value))
            ratings.append({"after_seconds": round(time.monotonic() - began), "value": value})
        return True

    def _choose_several(
        self, question: Question, options: Sequence[Option], how: Note, *, own: bool = False
    ) -> list[str] | None:
        """Ask for options with commas between; `how` says what to type, the first time at length."""
        asked = Asked(
            question,
            notes=[how, Note.OWN] if own else [how],
            need=at_length(how),
            default=enumerated(_words_of(options, chosen) for chosen in question.answer or []),
            own=own,
            options=options,
        )
        self._pose(asked)
        while True:
            words = _on_one_line(self._read(asked))
            if asked.is_left_open(words):
                answer = self._skipped(asked, words)
            else:
                answer = self._options_meant(question, words, options, own=own)
            if answer is not _NONE_YET:
                return answer if answer is None else [*answer]

    def _options_meant(
        self,
        question: Question,
        words: str,
        options: Sequence[Option],
        *,
        own: bool,
    ) -> Any:
        """Return the options meant by words with commas between, or _NONE_YET after saying why."""
        parts = [part.strip() for part in with_commas(undoubled(words)).split(",")]
        if any(len(numbers_in(part) or ()) > 1 for part in parts):
            self._print(_("Please type commas between the numbers, such as 1,3."))
            return _NONE_YET
        meant = [self._option_meant(part, options, own=own) for part in parts if part]
        if _NONE_YET in meant or self._refuses(question, meant):
            return _NONE_YET
        return meant

    def _option_meant(self, words: str, options: Sequence[Option], *, own: bool) -> Any:
        """Return the id of the option meant, or own words; _NONE_YET after saying why not."""
        numbers = numbers_in(words)
        if numbers and len(numbers) == 1 and 1 <= numbers[0] <= len(options):
            return options[numbers[0] - 1].id
        words = signs.without_doubled_slash(undoubled(words))
        wanted = folded(words)
        if not numbers or len(numbers) > 1:
            named = [option.id for option in options if wanted == folded(option.say)]
            named = named or [option.id for option in options if wanted == option.id]
            if len(set(named)) == 1:
                return named[0]
            own = own and not named  # words of several options are no own words
        if own and not numbers:
            return words
        if numbers and len(numbers) > 1:
            self._print(_("This question takes one answer."))
        self._print(_option_needed(options))
        return _NONE_YET

    def _pose(self, asked: Asked) -> None:
        """Print a question, with what stands above it and what to type."""
        question = asked.question
        if self._went_back and _is_same(question, self._posed):
            self._print(_("This is the first question."))
        if question.is_renamed and question.heading != self._heading:
            self._heading = question.heading
            self._print(sentence(visible(question.heading)))
        if question.above and not self._goes_on_with_list(question):
            self._print(self._draw(question.above))
        self._say_new_count(question.place)
        self._print(*asked.question_lines(self._notes.explain), *asked.exit_lines(self._notes.explain))
        if not self._posed or question.place != self._posed.place:
            self._asks_here.clear()
        self._asks_here.add(question.ask)
        self._posed = question
        self._went_back = False

    def _say_new_count(self, place: str) -> None:
        """Say that there are more questions or fewer than it was said, where a place such as "3 of 8" says so."""
        counted = [*map(int, re.findall(r"\d+", place))]
        if len(counted) != 2 or self._questions <= 1:  # a list that is looked through has places too, but no count
            return
        added = max(counted) - self._questions
        self._questions = max(counted)
        if added > 0:
            self._print(ngettext("There is {number} question more.", "There are {number} questions more.", added))
        elif added < 0:
            self._print(ngettext("There is {number} question fewer.", "There are {number} questions fewer.", -added))

    def _goes_on_with_list(self, question: Question) -> bool:
        """Return whether the next thing of a list is asked for: what stands above was read, and typed, just now."""
        is_new = question.answer is None and not question.half and not self._went_back
        is_here = self._posed is not None and self._posed.place == question.place
        return question.ends_list and is_new and is_here and question.ask in self._asks_here

    def _repeat(self, asked: Asked) -> None:
        """Print a question again with all that belongs to it, and what can be typed."""
        question = asked.question
        if question.heading:
            self._print(sentence(visible(question.heading)))
        if question.above:
            self._print(self._draw(question.above))
        ask, *more = asked.question_lines(at_length)
        keys = signs.keys_at_length(
            has_options=bool(asked.options),
            has_more=bool(question.aside),
            has_locked=question.locked_words is not None,
            can_skip=asked.knows_skip,
            saves=self._saves,
        )
        self._print(ask, *asked.help_lines(), *more, *asked.exit_lines(at_length), *keys)

    def _read(self, asked: Asked, before: Sequence[str] = ()) -> str:
        """Return the next line that is not one of the signs; raises Back, Pause or Ended.

        `before`: the lines of a text so far. Several lines pasted at once have line ends between them.
        """
        sign = ""
        while True:
            self._out.prompt()
            line = self._lines.read(_keeper(asked.question, before), goes_on=bool(before))
            if not self.live:  # from a pipe no Enter is echoed after the prompt
                self._print("")
            if line is None:
                raise Ended
            previous, sign = sign, line.strip()
            if not self._obeys(sign, previous, asked):
                return line

    def _obeys(self, typed: str, previous: str, asked: Asked) -> bool:
        """Do what a sign says, if a line is one; returns whether it was. Raises Back or Pause."""
        if typed == signs.BACK:
            self._went_back = True
            raise Back
        if typed == signs.PAUSE:
            raise Pause
        if typed == signs.AGAIN:
            self._repeat(asked)
        elif typed == signs.MORE and asked.question.aside:
            self._print(self._draw(asked.question.aside))
        elif typed == signs.LOCKED and asked.question.locked_words:
            self._print(self._draw(asked.question.locked_words()))
        elif asked.options and typed.startswith(signs.FIND) and not typed.startswith(signs.FIND * 2):
            word = typed.removeprefix(signs.FIND).strip()
            self._print(*(found(asked.options, word) if word else [at_length(Note.FIND)]))
        else:
            return self._opens_support(typed, previous, asked)
        return True

    def _opens_support(self, typed: str, previous: str, asked: Asked) -> bool:
        """Print support if a line asks for it; returns whether it did.

        "*" shows the ten lines, and "*" again at once everything. "* ireland" shows that country; where own
        words are welcome only straight after a "*", since it may be an item of somebody's list.
        """
        names_country = typed.startswith("* ") and (not asked.own or previous.startswith("*"))
        is_word = signs.is_support_word(typed) and not is_option(typed, asked.options)
        if is_word and asked.own:
            if not self._has_named_sign:
                self._print(_("That is now your answer. To open support, type {sign} alone on a line.", sign="*"))
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

    def _skipped(self, asked: Asked, words: str) -> Any:
        """Return what an empty line or the word skip means: the default, None, or _NONE_YET after saying why not."""
        question = asked.question
        is_empty = not signs.is_skip_word(words)
        if is_empty and question.careful:
            self._print(
                sentences(_("This question is about your safety, so Enter alone does not answer it."), asked.need)
            )
            self._print(*asked.exit_lines(at_length))
            return _NONE_YET
        if is_empty and question.answer is not None and not self._refuses(question, question.answer):
            return question.answer
        if question.optional:
            return None
        if self._saves:
            pause = _("To pause, type {sign}. Your answers are saved.", sign=_(signs.PAUSE_NAMED))
        else:
            pause = _("To leave, type {sign}. Nothing is saved.", sign=_(signs.PAUSE_NAMED))
        self._print(sentences(_("This question needs an answer."), asked.need, pause))
        return _NONE_YET

    def _refuses(self, question: Question, answer: Any) -> bool:
        """Return whether the question's check refuses an answer, after printing why."""
        problem = question.check(answer)
        if problem:
            self._print(problem)
        return bool(problem)

    def _print(self, *lines: str) -> None:
        self._has_just_told = False
        self._out.print(*lines)


_NONE_YET = object()  # stands for no answer: the caller reads another line


def _half_text(question: Question) -> str:
    """Return the text half typed when the person last left; nothing when it was no text."""
    return question.half if isinstance(question.half, str) else ""


def _keeper(question: Question, before: Sequence[str]) -> Callable[[str], None]:
    """Return the callback for a line half typed, which saves it after the lines `before` it."""

    def keep(typed: str) -> None:
        if typed:
            question.changed("\n".join([*before, typed]))

    return keep


def _is_same(question: Question, other: Question | None) -> bool:
    """Return whether a question is put again just as it was: then there was none before it."""
    if other is None:
        return False
    as_it_was = (other.ask, other.place, other.row, other.half, other.answer)
    return (question.ask, question.place, question.row, question.half, question.answer) == as_it_was


def _on_one_line(words: str) -> str:
    """Return words with spaces for the line ends of a paste."""
    return " ".join(words.split("\n"))


def _practice_keys(rating: Rating | None) -> list[str]:
    """Return what can be typed while a practice goes on."""
    keys = [_("Press Enter to stop at any time.")]
    if rating:
        may_rate = _("You can type a number from {low} to {high} at any time.", low=rating.low, high=rating.high)
        keys.append(sentences(visible(rating.ask), may_rate))
    return keys


def _number_needed(low: float, high: float) -> str:
    return _("Please type a number from {low} to {high}.", low=low, high=high)


def _option_needed(options: Sequence[Option]) -> str:
    """Return the sentence that asks for an option; where there is none, own words are all there is to type."""
    if not options:
        return _("Please type some words.")
    return _("Please type a number from {low} to {high}, or the words.", low=1, high=len(options))


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


def _practised(half: Any) -> tuple[float, list[dict[str, float]]]:
    """Return the seconds and the ratings of a practice that was left in the middle."""
    if not isinstance(half, dict) or not isinstance(half.get("seconds"), int | float) or half["seconds"] < 0:
        return 0.0, []
    ratings = half.get("ratings")
    return half["seconds"], [*ratings] if isinstance(ratings, list) else []


def _read_rating(words: str, rating: Rating | None) -> float:
    """Return the number typed during a practice; raises WrongAnswerError where it lies outside its scale."""
    value = read_one_number(words)
    if rating and not rating.low <= value <= rating.high:
        raise WrongAnswerError(_number_needed(rating.low, rating.high))
    return value


def _read_yes_no(words: str) -> bool:
    answers = {"y": True, "yes": True, "n": False, "no": False, folded(_("Yes")): True, folded(_("No")): False}
    answer = answers.get(folded(words).rstrip("."))
    if answer is None:
        raise WrongAnswerError(_(_YES_NO_NEEDED))
    return answer


def _words_of(options: Sequence[Option], answer: Any) -> str:
    """Return the words of the option with this id; own words, which have no option, as they are."""
    for option in options:
        if option.id == answer:
            return option.say
    return "" if answer is None else str(answer)


_SPOKEN_BREATHS = 3  # breaths for which the words are printed; then the rhythm is known


def _breath_steps(exercising: Exercising, turn: int) -> list[tuple[str, float]]:
    """Return one breath as steps of words and seconds, without a hold where there is none."""
    words = (_("Breathe in."), _("Hold your breath."), _("Breathe out."))
    if turn >= _SPOKEN_BREATHS:
        words = ("", "", "")
    steps = zip(words, exercising.breaths[turn], strict=True)
    return [(say, seconds) for say, seconds in steps if seconds]
