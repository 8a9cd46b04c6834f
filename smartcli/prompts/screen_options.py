"""A list to choose from: one, several, or an order. Options are wrapped, never cut."""

from collections.abc import Mapping, Sequence
from typing import Any

from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import ConditionalMargin, Dimension, FormattedTextControl, ScrollbarMargin, Window
from prompt_toolkit.utils import get_cwidth

from smartcli.asking import Option, Question
from smartcli.prompts.screen_frame import ASIDE, BACK, Frame
from smartcli.prompts.screen_view import clipped
from smartcli.words import folded, visible

OWN = Option("", "In my own words")  # stands for the person's own; no real option has an empty id
_MANY = 12  # options from which on "/" to find one is worth a mention
_PAGE = 8  # options that PageUp and PageDown pass over

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
        self._options = [*options, *([OWN] if own else [])]
        self._mode = mode
        self._letters = dict(letters or {})
        self._carrying = False
        self._finding: str | None = None
        self._problem = ""
        answer = question.answer
        self.chosen: list[str] = [*answer] if isinstance(answer, list) else []
        if mode == ORDER and self.chosen:
            places = {name: place for place, name in enumerate(self.chosen)}
            self._options.sort(key=lambda option: places.get(option.id, len(places)))
        ids = [option.id for option in self._options]
        self._at = ids.index(answer) if answer in ids else 0
        self._pointing = not (question.optional and answer is None and mode == ONE)

    def ask(self) -> Any:
        """Return the answer, BACK, OWN when own words are wanted, or None when it was passed over."""
        control = FormattedTextControl(self._shown, focusable=True, show_cursor=False)
        window = Window(control, height=Dimension(min=3), dont_extend_height=True)
        more = ScrollbarMargin(display_arrows=True, up_arrow_symbol="^", down_arrow_symbol="v")
        window.right_margins = [ConditionalMargin(more, Condition(lambda: clipped(window)))]
        return self._frame.run(
            self._question,
            window,
            self._bindings(),
            self._keys,
            problem=lambda: self._problem,
            focus=control,
            letters=Condition(lambda: self._finding is not None),
        )

    def add(self, option: Option) -> None:
        """Take in the person's own words as an option, chosen; words that are on offer are that option."""
        same = next((one for one in self._options if folded(one.say) == folded(option.say)), None)
        if same is None:
            self._options.insert(len(self._options) - 1, option)
        name = (same or option).id
        self.chosen += [name] if name not in self.chosen else []

    def _found(self) -> list[Option]:
        if not self._finding:
            return self._options
        wanted = folded(self._finding)
        return [option for option in self._options if wanted in folded(f"{option.group} {option.say} {option.remark}")]

    def _keys(self) -> list[str]:
        if self._finding is not None:
            return [f"find: {visible(self._finding)}", "enter go there", "esc all"]
        enter = f"enter {self._question.passing}" if self._skips else "enter done" if self._mode != ONE else "enter"
        middle = {SEVERAL: ["space choose"], ORDER: ["space put down" if self._carrying else "space pick up"]}
        find = ["/ find"] if len(self._options) > _MANY else []
        aside = ["w my words"] if self._question.aside else []
        return ["↑ ↓", *middle.get(self._mode, []), enter, *find, *aside, "esc back", "s support"]

    @property
    def _skips(self) -> bool:
        nothing = not self._pointing if self._mode == ONE else not self.chosen and self._mode == SEVERAL
        return self._question.optional and nothing

    def _bindings(self) -> KeyBindings:
        bindings = KeyBindings()
        choosing = Condition(lambda: self._finding is None)  # while finding, letters are looked for
        for key, step in {"up": -1, "down": 1}.items():
            bindings.add(key)(lambda event, step=step: self._move(step))
        for key, step in {"k": -1, "j": 1}.items():
            bindings.add(key, filter=choosing)(lambda event, step=step: self._move(step))
        bindings.add("pageup")(lambda event: self._move(-_PAGE))
        bindings.add("pagedown")(lambda event: self._move(_PAGE))
        bindings.add("home")(lambda event: self._move(-len(self._options)))
        bindings.add("end")(lambda event: self._move(len(self._options)))
        bindings.add("space", filter=choosing)(self._space)
        bindings.add("enter")(self._enter)
        bindings.add("escape", eager=True)(self._escape)
        bindings.add("backspace")(lambda event: self._find((self._finding or "")[:-1]))
        if self._question.aside:
            bindings.add("w", filter=choosing)(lambda event: event.app.exit(result=ASIDE))
        places = {str(place): place for place in range(1, 10)} | self._letters
        for key, place in places.items():
            bindings.add(key, filter=choosing)(lambda event, place=place: self._pick(event, place))

        @bindings.add(Keys.Any)
        def _(event: KeyPressEvent) -> None:
            if self._finding is not None and event.data.isprintable():
                self._find(self._finding + event.data)
            elif event.data == "/" and self._mode != ORDER:
                self._find("")

        return bindings

    def _find(self, words: str) -> None:
        self._finding, self._at = words, 0

    def _escape(self, event: KeyPressEvent) -> None:
        if self._finding is None:
            event.app.exit(result=BACK)
        self._finding = None

    def _move(self, step: int) -> None:
        if self._mode == ONE and not self._pointing:
            self._pointing, step = True, 0 if step == 1 else step
        last = len(self._found()) - 1
        to = max(0, min(self._at + step, last))
        if self._carrying:
            self._options.insert(to, self._options.pop(self._at))
        self._at = to
        self._problem = ""

    def _pick(self, event: KeyPressEvent, place: int) -> None:
        if place <= len(self._options):
            self._carrying = False
            self._at, self._pointing = place - 1, True
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
            name = self._options[self._at].id
            self.chosen = [one for one in self.chosen if one != name] + ([name] if name not in self.chosen else [])
            self._problem = ""

    def _enter(self, event: KeyPressEvent) -> None:
        found = self._found()
        if self._finding is not None:
            if found:
                self._at = self._options.index(found[self._at])
                self._pointing = True
            self._finding = None
            return
        if self._mode == SEVERAL and found[self._at] is OWN and not self.chosen and not self._question.optional:
            event.app.exit(result=OWN)
            return
        answer = self._answer()
        if answer is not None and answer is not OWN:
            self._problem = self._question.check(answer) or ""
        elif answer is None and not self._question.optional:
            self._problem = "Space chooses; Enter when you are done."
        if not self._problem:
            event.app.exit(result=answer)

    def _answer(self) -> Any:
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
        for number, option in enumerate(self._found()):
            if option.group and option.group != group and self._mode != ORDER:
                shown.append(("class:quiet", f"{chr(10) if shown else ''} {visible(option.group)}\n"))
            group = option.group
            here = number == self._at and self._pointing
            shown += self._row(number, option, here=here)
        return shown or [("class:quiet", " Nothing here has those letters.")]

    def _row(self, number: int, option: Option, *, here: bool) -> StyleAndTextTuples:
        """Return one option: its pointer, its box or place, its words broken into lines, its remark."""
        glyph = self._frame.glyph
        pointer = glyph("›") if here else " "
        before = {
            ONE: "",
            SEVERAL: "    " if option is OWN else "[x] " if option.id in self.chosen else "[ ] ",
            ORDER: f"{number + 1:>2}. ",
        }[self._mode]
        style = "class:here" if here else "class:accent" if option.id in self.chosen else ""
        say = option.say + (glyph("…") if option is OWN else "")
        indent = " " * (3 + len(before))
        lines = self._frame.wrapped(say, self._frame.width - len(indent))
        row: StyleAndTextTuples = [("[SetCursorPosition]", "")] if number == self._at else []
        row.append((style, f" {pointer} {before}{lines[0]}"))
        row += [(style, f"\n{indent}{line}") for line in lines[1:]]
        if option.remark:
            remark = f"({visible(option.remark)})"
            width = self._frame.width - len(indent)
            if get_cwidth(lines[-1] + remark) + 2 <= width:
                row.append(("class:quiet", f"  {remark}"))
            else:
                row += [("class:quiet", f"\n{indent}{line}") for line in self._frame.wrapped(remark, width)]
        if here and self._carrying:
            row.append(("class:quiet", "  " + glyph("↕")))
        return [*row, ("", "\n")]
