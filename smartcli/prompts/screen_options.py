"""A list to choose from: one, several, or an order. Options are wrapped, never cut."""

from collections.abc import Mapping, Sequence
from typing import Any

from prompt_toolkit.filters import Condition, to_filter
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import (
    ConditionalMargin,
    Dimension,
    FormattedTextControl,
    ScrollbarMargin,
    Window,
)
from prompt_toolkit.utils import get_cwidth

from smartcli.asking import Option, Question
from smartcli.language import N_, _
from smartcli.prompts import screen_question
from smartcli.prompts.screen_frame import Frame
from smartcli.prompts.screen_keys import ASIDE, Key, back_key, ends_with, enter_name
from smartcli.prompts.screen_view import clipped
from smartcli.words import folded, visible

OWN = Option("", N_("In my own words"))  # the row for own words; no real option has an empty id
_MANY = 12  # from this many options on, "/" is named below: they hardly fit a screen of 24 lines
_PAGE = 8  # options that PageUp and PageDown move by: less than a screen, so that some stay in view

ONE, SEVERAL, ORDER = "one", "several", "order"


class Options:
    """The widget. `mode` is ONE, SEVERAL or ORDER; `own` offers a row for the person's own words.

    `letters` are keys that pick an option by its place.
    """

    def __init__(
        self,
        frame: Frame,
        question: Question,
        options: Sequence[Option],
        mode: str,
        *,
        own: bool = False,
        letters: Mapping[str, int] | None = None,
    ) -> None:
        self._frame = frame
        self._question = question
        self._options = [*options, OWN] if own else [*options]
        self._mode = mode
        self._letters = dict(letters or {})
        self._carrying = False  # in ORDER: the option at the pointer moves with it
        self._finding: str | None = None  # the letters looked for; None while nothing is looked for
        self._problem = ""
        answer = question.answer
        self.chosen: list[str] = [*answer] if isinstance(answer, list) else []
        if mode == ORDER and self.chosen:
            places = {name: place for place, name in enumerate(self.chosen)}
            self._options.sort(key=lambda option: places.get(option.id, len(places)))
        ids = [option.id for option in self._options]
        # The pointer: a place among the options shown.
        self._at = ids.index(answer) if answer in ids else 0
        # Where one may be skipped, Enter must skip until the person has moved the pointer.
        self._pointing = not (question.optional and answer is None and mode == ONE)

    def ask(self) -> Any:
        """Return the answer, BACK, OWN for own words, or None when the question was skipped."""
        control = FormattedTextControl(self._shown, focusable=True, show_cursor=False)
        window = Window(control, height=Dimension(min=3), dont_extend_height=True)
        more = ScrollbarMargin(display_arrows=True, up_arrow_symbol="^", down_arrow_symbol="v")
        window.right_margins = [ConditionalMargin(more, Condition(lambda: clipped(window)))]
        return screen_question.ask(
            self._frame,
            self._question,
            window,
            self._keys(),
            problem=lambda: self._problem,
            focus=control,
            letters=Condition(lambda: self._finding is not None),
        )

    def add(self, option: Option) -> None:
        """Add and choose the person's own words; words that are on offer choose that option."""
        wanted = folded(option.say)
        same = [known for known in self._options if folded(known.say) == wanted]
        if same:
            option = same[0]
        else:
            self._options.insert(len(self._options) - 1, option)  # before the row for own words
        if option.id not in self.chosen:
            self.chosen.append(option.id)

    def _matches(self) -> list[Option]:
        """Return the options with the letters looked for; all while nothing is looked for."""
        if not self._finding:
            return self._options
        wanted = folded(self._finding)
        return [option for option in self._options if wanted in _searched_text(option)]

    def _keys(self) -> list[Key]:
        choosing = Condition(lambda: self._finding is None)  # else letters are looked for
        digits = {str(place): place for place in range(1, 10)}
        return [
            Key((Keys.Any,), self._find_letter, self._finding_name),
            Key(("up",), lambda event: self._move(-1), lambda: "↑ ↓" if self._finding is None else ""),
            Key(("down",), lambda event: self._move(1)),
            Key(("k",), lambda event: self._move(-1), works=choosing),  # as in vi, for keyboards without arrows
            Key(("j",), lambda event: self._move(1), works=choosing),
            Key(("pageup",), lambda event: self._move(-_PAGE)),
            Key(("pagedown",), lambda event: self._move(_PAGE)),
            Key(("home",), lambda event: self._move(-len(self._options))),
            Key(("end",), lambda event: self._move(len(self._options))),
            Key(("space",), self._space, self._space_name, works=choosing),
            Key(("enter",), self._enter, self._enter_name),
            Key(("backspace",), lambda event: self._find((self._finding or "")[:-1])),
            *(self._picking(key, place, choosing) for key, place in (digits | self._letters).items()),
            Key(("/",), lambda event: self._find(""), self._find_name, works=choosing & to_filter(self._mode != ORDER)),
            Key(("w",), ends_with(ASIDE), self._aside_name, works=choosing & to_filter(bool(self._question.aside))),
            Key(("escape",), self._show_all, lambda: _("esc show all"), works=~choosing, eager=True),
            back_key(works=choosing),
        ]

    def _picking(self, key: str, place: int, choosing: Condition) -> Key:
        return Key((key,), lambda event: self._pick(event, place), works=choosing)

    def _finding_name(self) -> str:
        if self._finding is None:
            return ""
        return _("find: {letters}", letters=visible(self._finding))

    def _space_name(self) -> str:
        if self._mode == SEVERAL:
            return _("space choose")
        if self._mode == ORDER:
            return _("space put down") if self._carrying else _("space pick up")
        return ""

    def _enter_name(self) -> str:
        if self._finding is not None:
            return _("enter go there")
        if self._skips:
            return enter_name(self._question)
        return _("enter") if self._mode == ONE else _("enter done")

    def _find_name(self) -> str:
        return _("{key} find", key="/") if len(self._options) > _MANY else ""

    def _aside_name(self) -> str:
        return _("{key} my own words", key="w")

    @property
    def _skips(self) -> bool:
        """Whether Enter would skip the question: it may be skipped, and nothing is chosen."""
        if not self._question.optional:
            return False
        if self._mode == ONE:
            return not self._pointing
        return self._mode == SEVERAL and not self.chosen

    def _find_letter(self, event: KeyPressEvent) -> None:
        if self._finding is not None and event.data.isprintable():
            self._find(self._finding + event.data)

    def _find(self, words: str) -> None:
        self._finding = words
        self._at = 0

    def _show_all(self, event: KeyPressEvent) -> None:
        self._finding = None

    def _move(self, step: int) -> None:
        if self._mode == ONE and not self._pointing:
            self._pointing = True
            if step == 1:  # the first Down brings the pointer onto the first option
                step = 0
        last = len(self._matches()) - 1
        to = max(0, min(self._at + step, last))
        if self._carrying:
            self._options.insert(to, self._options.pop(self._at))
        self._at = to
        self._problem = ""

    def _pick(self, event: KeyPressEvent, place: int) -> None:
        """Point at the option with this number, and in ONE and SEVERAL choose it."""
        if place > len(self._options):
            return
        self._carrying = False
        self._at = place - 1
        self._pointing = True
        if self._mode == ONE:
            self._enter(event)
        elif self._mode == SEVERAL:
            self._space(event)

    def _space(self, event: KeyPressEvent) -> None:
        if self._mode == ORDER:
            self._carrying = not self._carrying
        elif self._mode == ONE:
            self._enter(event)
        elif self._options[self._at] is OWN:
            event.app.exit(result=OWN)
        else:
            self._toggle(self._options[self._at].id)
            self._problem = ""

    def _toggle(self, option_id: str) -> None:
        if option_id in self.chosen:
            self.chosen = [chosen for chosen in self.chosen if chosen != option_id]
        else:
            self.chosen.append(option_id)

    def _stop_finding(self) -> None:
        """Show all options again, the pointer at the one that was found."""
        matches = self._matches()
        if matches:
            self._at = self._options.index(matches[self._at])
            self._pointing = True
        self._finding = None

    def _enter(self, event: KeyPressEvent) -> None:
        if self._finding is not None:
            self._stop_finding()
            return
        is_at_own = self._mode == SEVERAL and self._options[self._at] is OWN
        # With nothing chosen yet, Enter on the row for own words can only mean to write some.
        if is_at_own and not self.chosen and not self._question.optional:
            event.app.exit(result=OWN)
            return
        answer = self._answer()
        if answer is not None and answer is not OWN:
            self._problem = self._question.check(answer) or ""
        elif answer is None and not self._question.optional:
            self._problem = _("Press Space to choose, and Enter when you are done.")
        if not self._problem:
            event.app.exit(result=answer)

    def _answer(self) -> Any:
        """Return what is chosen: an id or OWN, the ids in order, or None when nothing is."""
        if self._mode == ONE:
            if not self._pointing:
                return None
            option = self._options[self._at]
            return OWN if option is OWN else option.id
        if self._mode == ORDER:
            return [option.id for option in self._options]
        order = [option.id for option in self._options if option.id in self.chosen]
        return order or None

    def _shown(self) -> StyleAndTextTuples:
        shown: StyleAndTextTuples = []
        group = ""
        for place, option in enumerate(self._matches()):
            if option.group and option.group != group and self._mode != ORDER:
                gap = "\n" if shown else ""
                shown.append(("class:quiet", f"{gap} {visible(option.group)}\n"))
            group = option.group
            here = place == self._at and self._pointing
            shown += self._row(place, option, here=here)
        return shown or [("class:quiet", " " + _("Nothing in this list has these letters."))]

    def _row(self, place: int, option: Option, *, here: bool) -> StyleAndTextTuples:
        """Return one option: its pointer, its box or place, its words in lines, its remark."""
        glyph = self._frame.glyph
        pointer = glyph("›") if here else " "
        mark = self._mark(place, option)
        say = _(OWN.say) + glyph("…") if option is OWN else option.say
        indent = " " * (3 + len(mark))  # the pointer has a space on both sides
        width = self._frame.width - len(indent)
        lines = self._frame.wrapped(say, width)
        style = self._style(option, here=here)
        row: StyleAndTextTuples = []
        if place == self._at:
            row.append(("[SetCursorPosition]", ""))  # prompt_toolkit scrolls to where this stands
        row.append((style, f" {pointer} {mark}{lines[0]}"))
        for line in lines[1:]:
            row.append((style, f"\n{indent}{line}"))
        if option.remark:
            row += self._remark(option.remark, lines[-1], indent, width)
        if here and self._carrying:
            row.append(("class:quiet", "  " + glyph("↕")))
        return [*row, ("", "\n")]

    def _mark(self, place: int, option: Option) -> str:
        """Return what stands between the pointer and an option: nothing, a box, or its place."""
        if self._mode == ONE:
            return ""
        if self._mode == ORDER:
            return f"{place + 1:>2}. "
        if option is OWN:
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
    return folded(f"{option.group} {option.say} {option.remark}")
