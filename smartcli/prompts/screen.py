"""The asker for a terminal: one question, one screen."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from prompt_toolkit.input import Input
from prompt_toolkit.output import Output, create_output

from smartcli.asking import NEWER, OLDER, Back, Exercising, Listing, Option, Question
from smartcli.blocks import Block
from smartcli.language import _
from smartcli.prompts.screen_browse import DOINGS, Browse, EntryPage
from smartcli.prompts.screen_frame import Draw, Frame
from smartcli.prompts.screen_keys import BACK
from smartcli.prompts.screen_options import ONE, ORDER, OWN, SEVERAL, Options
from smartcli.prompts.screen_practice import Practising
from smartcli.prompts.screen_reader import SUPPORT_TITLE, read
from smartcli.prompts.screen_scale import Scale
from smartcli.prompts.screen_text import Typing
from smartcli.theme import THEMES, Theme
from smartcli.words import folded

T = TypeVar("T")


class Screen:
    """Asks on the alternate screen. See `Asker` for what each method promises."""

    live = True

    def __init__(
        self,
        draw: Draw,
        support: Callable[[], Sequence[Block]],
        output: Output | None = None,
        input: Input | None = None,  # noqa: A002  prompt_toolkit's own name for it
        *,
        theme: Theme = THEMES["auto"],
    ) -> None:
        """`draw` sets blocks as text; `support` returns the helplines; tests pass `output` and `input`."""
        self._frame = Frame(draw, support, output or create_output(always_prefer_tty=True), input, theme=theme)
        self._open = False

    def how_to_get_support(self, typing: bool) -> str:
        """Return the key that opens support; a letter cannot, where letters are typed."""
        return _("press {key}", key="F1" if typing else "s")

    def open(self, heading: str, questions: int) -> None:
        """Take the alternate screen."""
        if not self._open:
            self._frame.open()
            self._open = True

    def close(self) -> None:
        """Give the terminal back."""
        if self._open:
            self._frame.close()
            self._open = False

    def tell(self, heading: str, blocks: Sequence[Block]) -> None:
        """Show something to read."""
        read(self._frame, heading, blocks, opens_support=heading != _(SUPPORT_TITLE))

    def line(
        self,
        question: Question,
        understand: Callable[[str], Any] = str,
        echo: Callable[[Any], str] | None = None,
    ) -> Any:
        """Ask for one line."""
        return _answer(Typing(self._frame, question, understand=understand, echo=echo).ask())

    def text(self, question: Question) -> str | None:
        """Ask for a text."""
        words: str | None = _answer(Typing(self._frame, question, multiline=True).ask())
        return words

    def scale(self, question: Question, low: int, high: int, ends: tuple[str, str]) -> float | None:
        """Ask for a number on a scale."""
        number: float | None = _answer(Scale(self._frame, question, low, high, ends).ask())
        return number

    def choose(
        self,
        question: Question,
        options: Sequence[Option],
        *,
        own: bool = False,
    ) -> str | None:
        """Ask for one option."""
        listed = [*options]
        given = question.answer
        # Own words given before stand first among the options, to be chosen again.
        if own and given and isinstance(given, str) and given not in _ids(options):
            listed.insert(0, Option(given, given))
        widget = Options(self._frame, question, listed, ONE, own=own)
        while (answer := _answer(widget.ask())) is OWN:
            try:
                words = str(self.line(self._own(question)))
            except Back:
                continue
            same = [option.id for option in listed if folded(option.say) == folded(words)]
            return same[0] if same else words
        return None if answer is None else str(answer)

    def choose_some(
        self,
        question: Question,
        options: Sequence[Option],
        *,
        own: bool = False,
    ) -> list[str] | None:
        """Ask for several options."""
        known = _ids(options)
        given = [Option(words, words) for words in question.answer or [] if words not in known]
        widget = Options(self._frame, question, [*given, *options], SEVERAL, own=own)
        while (answer := _answer(widget.ask())) is OWN:
            try:
                words = str(self.line(self._own(question)))
            except Back:
                continue
            widget.add(Option(words, words))
        return None if answer is None else [*answer]

    def rank(self, question: Question, options: Sequence[Option]) -> list[str] | None:
        """Ask for an order."""
        order: list[str] | None = _answer(Options(self._frame, question, options, ORDER).ask())
        return order

    def yes_no(self, question: Question) -> bool | None:
        """Ask for yes or no."""
        given = {True: "yes", False: "no"}.get(question.answer)
        asked = question.with_(
            answer=given,
            check=lambda option_id: question.check(option_id == "yes"),
        )
        letters = {"y": 1, "n": 2}
        options = (Option("yes", _("Yes")), Option("no", _("No")))
        chosen = _answer(Options(self._frame, asked, options, ONE, letters=letters).ask())
        return None if chosen is None else chosen == "yes"

    def practise(self, question: Question, exercising: Exercising) -> dict[str, Any] | None:
        """Go through a practice."""
        done: dict[str, Any] | None = _answer(Practising(self._frame, question, exercising).ask())
        return done

    def browse(self, listing: Listing) -> str:
        """Let the person look through a list of entries."""
        return str(_answer(Browse(self._frame, listing).ask()))

    def look(self, question: Question, options: Sequence[Option]) -> str:
        """Show something to read; Enter asks what to do with it, arrows lead to what stands beside it."""
        ways = [option for option in options if option.id in (NEWER, OLDER)]
        doings = [option for option in options if option not in ways and option.id != question.answer]
        page = EntryPage(self._frame, question, ways, has_doings=bool(doings))
        while (ended := _answer(page.ask())) is DOINGS:
            try:
                return str(self.choose(Question(question.ask, heading=question.heading), doings))
            except Back:
                continue
        return str(ended)

    def _own(self, question: Question) -> Question:
        """Return the question that asks for the person's own words instead of an option."""
        return Question(
            ask=question.ask,
            hint=_("In your own words."),
            heading=question.heading,
            place=question.place,
            row=question.row,
        )


def _ids(options: Sequence[Option]) -> set[str]:
    return {option.id for option in options}


def _answer(ended: Any) -> Any:
    """Return what a screen ended with; raises Back when the person went back."""
    if ended is BACK:
        raise Back
    return ended
