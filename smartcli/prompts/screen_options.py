"""A list to choose from: one, several, or an order. Options are wrapped, never cut."""

from collections.abc import Callable, Sequence
from typing import Any

from prompt_toolkit.filters import Condition, Filter, to_filter
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import Dimension, Window
from prompt_toolkit.utils import get_cwidth

from smartcli.asking import Option, Question
from smartcli.language import N_, _
from smartcli.prompts import screen_question
from smartcli.prompts.graphemes import last_grapheme
from smartcli.prompts.screen_digits import Digits
from smartcli.prompts.screen_frame import Frame
from smartcli.prompts.screen_half import Half
from smartcli.prompts.screen_keys import ASIDE, LOCKED_WORDS, OWN_WORDS, Key, back_key, ends_with
from smartcli.prompts.screen_taps import Scrolled, on_tap, press
from smartcli.prompts.screen_view import mark_more
from smartcli.words import folded, visible

# Rows that are no options; no real option has an empty id.
OWN = Option("", N_("In my own words"))
_SKIP = Option("", N_("Skip this question"))
_FINISH = Option("", N_("Finish the list"))
_OPEN = Option("", N_("I would rather leave this open"))

_MANY = 12  # from this many options on, "/" is named below: they hardly fit a screen of 24 lines
_PAGE = 8  # options that PageUp and PageDown move by: less than a screen, so that some stay in view
_ONE_DIGIT = 9  # the most that one digit makes
_LONGEST = 200  # characters of an option looked for; a paste is cut to this
_HALF_WINDOW = 0.5  # of what stands above, scrolled at a key

ONE, SEVERAL, ORDER = "one", "several", "order"


class Options:
    """The widget. `mode` is ONE, SEVERAL or ORDER; `own` offers a row for the person's own words.

    A digit or a letter lights its row, in SEVERAL it ticks it too, and Enter takes what is lit. What Enter does at
    first can be seen: at an optional question a row that skips it is lit. At a careful one none is, and a row at the
    end leaves it open.

    `letters` light the first rows and stand before them instead of digits; `more_letters` do the same unseen.
    `own_words`: what was half typed of own words.
    """

    def __init__(
        self,
        frame: Frame,
        question: Question,
        options: Sequence[Option],
        mode: str,
        *,
        own: bool = False,
        letters: Sequence[str] = (),
        more_letters: Sequence[str] = (),
        own_words: str = "",
    ) -> None:
        self._frame = frame
        self._question = question
        self._mode = mode
        self._letters = letters
        self._more_letters = more_letters
        self.own_words = own_words
        self._options = [*options, OWN] if own else [*options]
        may_pass = question.optional and mode != ORDER
        if may_pass and question.careful:
            self._options.append(_OPEN)
        elif may_pass and mode == ONE:
            self._options.insert(0, _FINISH if question.ends_list else _SKIP)
        self._carrying = False  # in ORDER: the option that is lit moves with the pointer
        self._finding: str | None = None  # the letters looked for; None while nothing is looked for
        self._problem = ""
        self._digits = Digits(frame.clock)
        self._view = frame.view(question, top=question.from_top, arrows=True)
        begin_with = self._begin_with()
        self.chosen: list[str] = begin_with if isinstance(begin_with, list) else []
        if mode == ORDER and self.chosen:
            places = {name: place for place, name in enumerate(self.chosen)}
            self._options.sort(key=lambda option: places.get(option.id, len(places)))
        self._at = self._first_lit(begin_with)  # what is lit: a place among the options shown; None where nothing is
        self._half = Half(question, self.state)

    def _begin_with(self) -> Any:
        """Return what stood on the screen when the person last left it, else the earlier answer; None for neither."""
        ids = {option.id for option in self._options if option.id}
        for given in (self._question.half, self._question.answer):
            if self._mode == ONE and isinstance(given, str) and given in ids:
                return given
            if self._mode != ONE and isinstance(given, list):
                return [name for name in given if isinstance(name, str) and name in ids]
        return None

    def _first_lit(self, begin_with: Any) -> int | None:
        """Return the place of the row that is lit at first."""
        if self.own_words:
            return self._options.index(OWN)
        if self._mode == ONE and begin_with:
            return [option.id for option in self._options].index(begin_with)
        return None if self._question.careful and not begin_with else 0

    def state(self) -> Any:
        """Return what stands on the screen, in the shape of the answer; own words as far as they are typed."""
        if self._mode == ORDER:
            return [option.id for option in self._options]
        if self._mode == SEVERAL:
            return [*self._ticked(), *([self.own_words] if self.own_words else [])]
        if self._lit is OWN:
            return self.own_words or None
        return (self._lit.id or None) if self._lit else None

    def ask(self) -> Any:
        """Return the answer, BACK, OWN_WORDS, or None when the question was skipped."""
        control = Scrolled(self._shown, self._step, focusable=True, show_cursor=False)
        window = Window(control, height=Dimension(min=3), dont_extend_height=True)
        mark_more(window)
        return screen_question.ask(
            self._frame,
            self._question,
            window,
            self._keys(),
            problem=lambda: self._problem,
            focus=control,
            letters=Condition(lambda: self._finding is not None),
            view=self._view,
            half=self._half,
        )

    def add(self, option: Option) -> None:
        """Add and choose the person's own words, and light them; words that are on offer choose that option."""
        wanted = folded(option.say)
        same = [known for known in self._options if folded(known.say) == wanted]
        if same:
            option = same[0]
        else:
            self._options.insert(self._options.index(OWN), option)
        if option.id not in self.chosen:
            self.chosen = [*self.chosen, option.id]
        self._at = self._options.index(option)

    @property
    def _numbered(self) -> list[Option]:
        """The rows that a digit lights."""
        return [option for option in self._options if option is not _SKIP and option is not _FINISH]

    @property
    def _most_numbered(self) -> int:
        """The number of the last row that digits light: in SEVERAL each digit ticks a row, and none makes 12."""
        return min(len(self._numbered), _ONE_DIGIT) if self._mode == SEVERAL else len(self._numbered)

    def _matches(self) -> list[Option]:
        """Return the options with the letters looked for; all while nothing is looked for."""
        if not self._finding:
            return self._options
        wanted = folded(self._finding)
        real = (option for option in self._options if option.id or option is OWN)
        return [option for option in real if wanted in _searched_text(option)]

    @property
    def _lit(self) -> Option | None:
        """The option that is lit; None where none is."""
        matches = self._matches()
        return matches[self._at] if self._at is not None and self._at < len(matches) else None

    # Keys

    def _keys(self) -> list[Key]:
        finding = Condition(lambda: self._finding is not None)
        may_find = to_filter(self._mode != ORDER)
        has_aside = to_filter(bool(self._question.aside))
        has_locked = to_filter(self._question.locked_words is not None)
        return [
            Key((Keys.Any,), self._find_letter, self._finding_name, works=finding),
            *self._moving(~finding),
            Key(("enter",), self._enter, self._enter_name, help=self._enter_help),
            Key(("space",), self._space, self._space_name, works=~finding, help=self._space_help),
            *self._lighting(~finding),
            Key(
                ("/",),
                lambda event: self._find(""),
                self._find_name,
                works=~finding & may_find,
                help=lambda: _("Find an option by some of its letters."),
            ),
            Key(
                ("backspace",),
                self._find_less,
                works=finding,
                help=lambda: _("Take back the last letter."),
            ),
            Key(
                ("w",),
                ends_with(ASIDE),
                lambda: _("{key} what I wrote", key="w"),
                works=~finding & has_aside,
                help=lambda: _("Read more of what you wrote."),
            ),
            Key(
                ("u",),
                ends_with(LOCKED_WORDS),
                lambda: _("{key} your own words, with the passphrase", key="u"),
                works=~finding & has_locked,
                help=lambda: _("Type your passphrase, and read what you wrote."),
            ),
            Key(
                ("escape",),
                self._show_all,
                lambda: _("esc show all"),
                works=finding,
                eager=True,
                help=lambda: _("Stop looking, and show the whole list."),
            ),
            back_key(works=~finding, leaves=self._question.leaves),
        ]

    def _moving(self, choosing: Filter) -> list[Key]:
        def key(*keys: str, by: int, help: Callable[[], str], works: Filter = choosing, name: str = "") -> Key:  # noqa: A002
            return Key(keys, lambda event: self._step(by), lambda: name, works=works, help=help)

        def above() -> str:
            return _("Carry it up.") if self._carrying else _("Light the row above.")

        def below() -> str:
            return _("Carry it down.") if self._carrying else _("Light the row below.")

        def ends() -> str:
            return _("Go to the first or the last row.")

        def far() -> str:
            return _("Go {number} rows up or down.", number=_PAGE)

        always = to_filter(True)
        return [
            key("up", by=-1, help=above, works=always, name="↑ ↓"),
            key("down", by=1, help=below, works=always),
            key("k", by=-1, help=above),  # as in vi, for keyboards without arrows
            key("j", by=1, help=below),
            key("pageup", by=-_PAGE, help=far, works=always),
            key("pagedown", by=_PAGE, help=far, works=always),
            key("home", by=-len(self._options), help=ends, works=always),
            key("end", by=len(self._options), help=ends, works=always),
        ]

    def _lighting(self, choosing: Filter) -> list[Key]:
        """Return the digits and letters that light a row."""

        def sentence() -> str:
            if self._mode == SEVERAL:
                return _("Tick the row with that number, or take the tick away.")
            if self._most_numbered > _ONE_DIGIT:
                return _("Light the row with that number. Two digits within a second make one number.")
            return _("Light the row with that number.")

        most = self._most_numbered
        digits = [str(digit) for digit in range(10) if digit <= most and (digit or most >= 10)]
        keys = [Key(tuple(digits), self._type, works=choosing, help=sentence)]
        for letters in (self._more_letters, self._letters):
            for place, letter in enumerate(letters, 1):
                keys.append(self._letter_key(letter, place, choosing))
        return keys

    def _letter_key(self, letter: str, place: int, choosing: Filter) -> Key:
        say = self._numbered[place - 1].say
        return Key(
            tuple(dict.fromkeys((letter, letter.upper()))),
            lambda event: self._light(place),
            works=choosing,
            help=lambda: _('Light "{words}".', words=say),
        )

    def _finding_name(self) -> str:
        return _("find: {letters}", letters=visible(self._finding or ""))

    def _space_name(self) -> str:
        if self._mode == SEVERAL:
            return _("space tick")
        if self._mode == ORDER:
            return _("space put down") if self._carrying else _("space pick up")
        return ""

    def _space_help(self) -> str:
        if self._mode == SEVERAL:
            return _("Tick the row that is lit, or take the tick away.")
        if self._mode == ORDER:
            return _("Pick up the row that is lit to carry it, or put it down.")
        return self._enter_help()

    def _enter_name(self) -> str:
        lit = self._lit
        if lit is OWN and self._mode != ORDER:
            return _("enter write")
        if lit is _FINISH:
            return _("enter done")
        if self._finding is None and self._skips:
            return _("enter skip")
        if self._mode == ONE or self._finding is not None:
            if lit is None:
                return ""
            return _("enter choose") if self._mode == ONE else _("enter tick")
        return _("enter done") if self._mode == ORDER or self.chosen else ""

    def _enter_help(self) -> str:
        lit = self._lit
        if lit is OWN:
            return _("Write it in your own words.")
        if self._skips:
            return _("Go on without an answer.")
        if self._mode == ONE:
            return _("Take the row that is lit.")
        if self._mode == ORDER:
            return _("Take this order and go on.")
        return _("Tick the row that is lit.") if self._finding is not None else _("Take what is ticked and go on.")

    def _find_name(self) -> str:
        return _("{key} find", key="/") if len(self._options) >= _MANY else ""

    @property
    def _skips(self) -> bool:
        """Whether Enter goes on without an answer: on a row that says so, or where nothing need be ticked."""
        if self._mode == SEVERAL:
            passes = self._question.optional and (not self._question.careful or self._lit is _OPEN)
            return passes and not self.chosen
        return self._mode == ONE and self._lit in (_SKIP, _FINISH, _OPEN)

    # What keys do

    def _find_letter(self, event: KeyPressEvent) -> None:
        """Add what was typed or pasted to the letters looked for."""
        typed = "".join(letter for letter in " ".join(event.data.split("\n")) if letter.isprintable())
        if self._finding is not None and typed:
            self._find((self._finding + typed)[:_LONGEST])

    def _find_less(self, event: KeyPressEvent) -> None:
        if self._finding:
            self._find(self._finding.removesuffix(last_grapheme(self._finding)))
        else:
            self._show_all(event)

    def _find(self, words: str) -> None:
        lit = self._lit
        self._finding = words
        self._problem = ""
        self._digits.forget()
        if words:
            self._at = 0
        elif lit:
            self._at = self._options.index(lit)

    def _show_all(self, event: KeyPressEvent) -> None:
        """Show all options again; what was lit stays so."""
        lit = self._lit
        self._finding = None
        if lit:
            self._at = self._options.index(lit)

    def _step(self, step: int) -> None:
        """Light another row; where there is none that way, scroll what stands above the list."""
        self._digits.forget()
        self._problem = ""
        if step == -1 and not self._at and not self._carrying and not self._view.at_top:
            self._view.page(-_HALF_WINDOW)
        elif step == 1 and not self._view.at_end:
            self._view.page(_HALF_WINDOW)
        else:
            start = self._at if self._at is not None else -int(step > 0)  # the first step down is onto the first row
            self._move_to(max(0, min(start + step, len(self._matches()) - 1)))

    def _move_to(self, place: int) -> None:
        """Light the row at a place; what is carried comes along."""
        if self._carrying and self._at is not None:
            self._options.insert(place, self._options.pop(self._at))
            self._half.save_soon()
        self._at = place

    def _type(self, event: KeyPressEvent) -> None:
        if self._mode == SEVERAL:  # 1 and 2 in quick succession are two ticks, never the twelfth
            self._digits.forget()
        number = self._digits.number(event.data, lambda number: 1 <= number <= len(self._numbered))
        if number is not None:
            self._light(number)

    def _light(self, number: int) -> None:
        """Light the row with this number; in SEVERAL tick it too."""
        option = self._numbered[number - 1]
        self._carrying = False
        self._problem = ""
        self._at = self._options.index(option)
        if self._mode == SEVERAL:
            self._toggle(option)

    def _tap(self, option: Option) -> None:
        """Light a row, in SEVERAL tick it; a row that is lit already is taken, picked up or put down."""
        place = self._matches().index(option)
        was_lit = place == self._at
        self._digits.forget()
        self._problem = ""
        self._move_to(place)
        if self._mode == SEVERAL and option.id:
            self._toggle(option)
        elif self._carrying:
            self._carrying = False
        elif was_lit:
            press("space" if self._mode == ORDER else "enter")

    def _toggle(self, option: Option) -> None:
        """Tick an option, or take its tick away; the row that leaves a question open takes all away."""
        self._problem = ""
        if option is _OPEN:
            self.chosen = []
        elif option.id in self.chosen:
            self.chosen = [chosen for chosen in self.chosen if chosen != option.id]
        elif option.id:
            self.chosen = [*self.chosen, option.id]
        self._half.save_soon()

    def _space(self, event: KeyPressEvent) -> None:
        lit = self._lit
        if self._mode == ORDER:
            self._carrying = not self._carrying
        elif self._mode == ONE or lit is None or lit is OWN:
            self._enter(event)
        else:
            self._toggle(lit)

    def _enter(self, event: KeyPressEvent) -> None:
        lit = self._lit
        if self._finding is not None:
            self._show_all(event)
            if lit is None:
                return
            if self._mode == SEVERAL and lit is not OWN:
                if lit.id not in self.chosen:
                    self._toggle(lit)
                return
        if lit is OWN:
            event.app.exit(result=OWN_WORDS)
            return
        answer = self._answer()
        if answer is None:
            self._problem = "" if self._skips else self._what_to_press()
        else:
            self._problem = self._question.check(answer) or ""
        if not self._problem:
            event.app.exit(result=answer)

    def _what_to_press(self) -> str:
        """Return the sentence for Enter where nothing is chosen that it could take."""
        if self._mode == SEVERAL and not self._question.careful:
            return _("Press Space to tick a row, and Enter when you are done.")
        if self._mode == SEVERAL:
            return _("Press the number of each answer that fits, then Enter.")
        if self._letters:
            return _("Press {first} or {second}, then Enter.", first=self._letters[0], second=self._letters[1])
        return _("Press the number of your answer, then Enter.")

    def _answer(self) -> Any:
        """Return what is chosen: an id, the ids in order, or None when nothing is."""
        if self._mode == ONE:
            return (self._lit.id or None) if self._lit else None
        if self._mode == ORDER:
            return [option.id for option in self._options]
        return self._ticked() or None

    def _ticked(self) -> list[str]:
        """Return the ids that are ticked, in the order of the list."""
        return [option.id for option in self._options if option.id in self.chosen]

    # Drawing

    def _shown(self) -> StyleAndTextTuples:
        shown: StyleAndTextTuples = []
        group = ""
        for place, option in enumerate(self._matches()):
            if option.group and option.group != group and self._mode != ORDER:
                gap = "\n" if shown else ""
                shown.append(("class:quiet", f"{gap} {visible(option.group)}\n"))
            group = option.group
            shown += self._row(place, option)
        # Without the line end of the last row: a line more would count as a row out of sight.
        return shown[:-1] or [("class:quiet", " " + _("Nothing in this list has these letters."))]

    def _row(self, place: int, option: Option) -> StyleAndTextTuples:
        """Return one option: its pointer, its number, its box or place, its words in lines, its remark."""
        here = place == self._at
        pointer = self._frame.glyph("›") if here else " "
        number, mark = self._number(option), self._mark(place, option)
        indent = " " * (3 + len(number + mark))  # the pointer has a space on both sides
        width = self._frame.width - len(indent)
        lines = self._frame.wrapped(self._say(option), width)
        style = self._style(option, here=here)
        row: StyleAndTextTuples = [(style, f" {pointer} "), ("class:quiet", number), (style, f"{mark}{lines[0]}")]
        for line in lines[1:]:
            row.append((style, f"\n{indent}{line}"))
        if option.remark:
            row += self._remark(option.remark, lines[-1], indent, width)
        if here and self._carrying:
            row.append(("class:quiet", "  " + self._frame.glyph("↕")))
        tapped = on_tap(lambda: self._tap(option))
        tappable: StyleAndTextTuples = [(part[0], part[1], tapped) for part in [*row, ("", "\n")]]
        # prompt_toolkit scrolls to where this stands.
        return [("[SetCursorPosition]", ""), *tappable] if here else tappable

    def _say(self, option: Option) -> str:
        if option.id:
            return option.say
        return _(option.say) + (self._frame.glyph("…") if option is OWN else "")

    def _number(self, option: Option) -> str:
        """Return what stands before an option: the letter or the digits that light it, while they do."""
        if self._mode == ORDER:  # its place is its number
            return ""
        numbered = self._numbered
        width = len(str(self._most_numbered)) + 1
        place = numbered.index(option) if option in numbered else self._most_numbered
        if place >= self._most_numbered or self._finding is not None:
            return " " * width
        if place < len(self._letters):
            return self._letters[place].ljust(width)
        return f"{place + 1:>{width - 1}} "

    def _mark(self, place: int, option: Option) -> str:
        """Return what stands between its number and an option: nothing, a box, or its place."""
        if self._mode == ONE:
            return ""
        if self._mode == ORDER:
            return f"{place + 1:>2}. "
        if not option.id:
            return "    "
        return "[x] " if option.id in self.chosen else "[ ] "

    def _style(self, option: Option, *, here: bool) -> str:
        if here:
            return "class:here"
        return "class:accent" if option.id in self.chosen else ""

    def _remark(self, remark: str, last_line: str, indent: str, width: int) -> StyleAndTextTuples:
        """Return an option's remark: after its last line, or where it is too long below that."""
        remark = f"({visible(remark)})"
        if get_cwidth(last_line + remark) + 2 <= width:
            return [("class:quiet", f"  {remark}")]
        lines = self._frame.wrapped(remark, width)
        return [("class:quiet", f"\n{indent}{line}") for line in lines]


def _searched_text(option: Option) -> str:
    say = option.say if option.id else _(option.say)
    return folded(f"{option.group} {say} {option.remark}")
