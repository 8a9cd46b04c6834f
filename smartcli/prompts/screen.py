"""The asker for a terminal: one question, one screen."""

import time
from collections.abc import Callable, Sequence
from typing import Any

from prompt_toolkit.input import Input
from prompt_toolkit.output import Output, create_output

from smartcli.asking import NEWER, OLDER, Back, Exercising, Listing, Option, Question, Reading
from smartcli.blocks import Block
from smartcli.language import _
from smartcli.prompts.screen_browse import DOINGS, Browse, EntryPage
from smartcli.prompts.screen_frame import Draw, Frame
from smartcli.prompts.screen_idle import Idle
from smartcli.prompts.screen_keys import BACK, OWN_WORDS
from smartcli.prompts.screen_options import ONE, ORDER, SEVERAL, Options
from smartcli.prompts.screen_practice import Practising
from smartcli.prompts.screen_reader import SUPPORT_TITLE, read
from smartcli.prompts.screen_scale import Scale
from smartcli.prompts.screen_secret import Secret
from smartcli.prompts.screen_text import Typing, through_menu
from smartcli.theme import THEMES, Theme
from smartcli.words import folded

_TAKEN = "psw"  # letters with a meaning on every screen: pause, support, what the person wrote


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
        taps: bool = False,
        theme: Theme = THEMES["auto"],
        names_hiding: bool = False,
        idle: Idle | None = None,
        clock: Callable[[], float] = time.monotonic,
        saves: bool = True,
    ) -> None:
        """`draw` sets blocks as text; `support` returns the helplines; tests pass a terminal and a clock in seconds.

        `taps`: taps and clicks are taken; then the terminal does not select text to copy. `names_hiding` and `idle` are
        as in `Frame`. `saves`: what is answered is saved; where it is not, nothing says so.
        """
        terminal = output or create_output(always_prefer_tty=True)
        self._frame = Frame(
            draw,
            support,
            terminal,
            input,
            theme=theme,
            taps=taps,
            names_hiding=names_hiding,
            idle=idle,
            clock=clock,
            saves=saves,
        )
        self._open = False

    def how_to_get_support(self, typing: str) -> str:
        """Return the keys that open support: where letters are typed, those of the menu."""
        return _("press {key}", key=through_menu("s", long=typing == "text") if typing else "s")

    def how_to_hide(self) -> str:
        """Return the keys that hide everything."""
        return _("press Ctrl-Q, or ? and then h: the screen is empty at once, and everything is saved")

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

    def tell(self, heading: str, blocks: Sequence[Block], reading: Reading = Reading.NOTE) -> None:
        """Show something to read."""
        _answer(read(self._frame, heading, blocks, reading, opens_support=heading != _(SUPPORT_TITLE)))

    def line(
        self,
        question: Question,
        understand: Callable[[str], Any] = str,
        echo: Callable[[Any], str] | None = None,
    ) -> Any:
        """Ask for one line."""
        return _answer(Typing(self._frame, question, understand=understand, echo=echo).ask())

    def secret(self, question: Question) -> str:
        """Ask for a passphrase, in a session, to which one can go back, or on a screen of its own, which one leaves."""
        was_open = self._open
        self.open(question.heading, 1)
        try:
            return str(_answer(Secret(self._frame, question.with_(leaves=not was_open)).ask()))
        finally:
            if not was_open:
                self.close()

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
        given, half = question.answer, question.half
        # Own words given before stand first among the options, to be chosen again.
        if own and given and isinstance(given, str) and given not in _ids(options):
            listed.insert(0, Option(given, given))
        typed = half if own and isinstance(half, str) and half not in _ids(listed) else ""
        widget = Options(self._frame, question, listed, ONE, own=own, own_words=typed)
        while (answer := _answer(widget.ask())) is OWN_WORDS:
            if words := self._own_words(question, widget):
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
        before = question.half if isinstance(question.half, list) else question.answer
        given = [Option(words, words) for words in before or [] if isinstance(words, str) and words not in known]
        widget = Options(self._frame, question, [*given, *options], SEVERAL, own=own)
        while (answer := _answer(widget.ask())) is OWN_WORDS:
            if words := self._own_words(question, widget):
                widget.add(Option(words, words))
        return None if answer is None else [*answer]

    def rank(self, question: Question, options: Sequence[Option]) -> list[str] | None:
        """Ask for an order."""
        order: list[str] | None = _answer(Options(self._frame, question, options, ORDER).ask())
        return order

    def yes_no(self, question: Question) -> bool | None:
        """Ask for yes or no."""
        names = {True: "yes", False: "no"}
        options = (Option("yes", _("Yes")), Option("no", _("No")))
        asked = question.with_(
            answer=names[question.answer] if isinstance(question.answer, bool) else None,
            half=names[question.half] if isinstance(question.half, bool) else None,
            check=lambda name: question.check(name == "yes"),
            changed=lambda name: question.changed(None if name is None else name == "yes"),
        )
        letters = _initials(options)
        widget = Options(
            self._frame,
            asked,
            options,
            ONE,
            letters=letters,
            more_letters=() if letters == [*"yn"] else [*"yn"],
        )
        chosen = _answer(widget.ask())
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

    def _own_words(self, question: Question, widget: Options) -> str:
        """Ask for the person's own words instead of an option; returns "" when they went back.

        What they typed until then is kept, and stands there when they come again.
        """

        def keep(typed: str) -> None:
            widget.own_words = typed
            question.changed(widget.state())

        asked = Question(
            ask=question.ask,
            hint=_("In your own words."),
            heading=question.heading,
            place=question.place,
            row=question.row,
            half=widget.own_words or None,
            changed=keep,
        )
        try:
            words = str(self.line(asked))
        except Back:
            return ""
        widget.own_words = ""
        return words


def _initials(options: Sequence[Option]) -> list[str]:
    """Return the first letters of options; none where two are the same, or one has another meaning on every screen."""
    letters = [option.say[:1].lower() for option in options]
    return letters if len({*letters, *_TAKEN}) == len(letters) + len(_TAKEN) else []


def _ids(options: Sequence[Option]) -> set[str]:
    return {option.id for option in options}


def _answer(ended: Any) -> Any:
    """Return what a screen ended with; raises Back when the person went back."""
    if ended is BACK:
        raise Back
    return ended
