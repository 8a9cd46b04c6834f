"""The reader: something longer or shorter to read on the screen, a screenful at a time.

Nothing of it is left in scrollback, and nothing is handed to another program (`less` would keep a history of what was
looked for).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate

from prompt_toolkit.application import get_app
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Condition, has_focus
from prompt_toolkit.formatted_text import ANSI, StyleAndTextTuples, to_formatted_text
from prompt_toolkit.key_binding import KeyPressEvent
from prompt_toolkit.layout import BufferControl, ConditionalContainer, Dimension, HSplit, UIContent, UIControl, Window
from prompt_toolkit.layout.processors import BeforeInput
from prompt_toolkit.layout.utils import explode_text_fragments
from prompt_toolkit.output import create_output

from smartcli.asking import Question, Reading
from smartcli.blocks import Block, Heading, Page, Words
from smartcli.language import N_, _, figure
from smartcli.prompts.screen_frame import WIDEST, Draw, Frame
from smartcli.prompts.screen_idle import Idle
from smartcli.prompts.screen_keys import (
    ALWAYS,
    BACK,
    HELP,
    SUPPORT,
    Key,
    back_help,
    ends_with,
    help_key,
    help_page,
    hide_key,
    support_name,
)
from smartcli.theme import Theme
from smartcli.words import folded, folded_sign

_STEPS = (Reading.START, Reading.STEP)  # from which Esc leads back, or out
SUPPORT_TITLE = N_("Support")
HELP_TITLE = N_("Keys")
_NARROWEST = 10  # columns of text; what is wider than the screen is cut there
_STYLING = re.compile(r"\x1b\[[0-9;]*m")

Place = tuple[int, int]  # a line of the text and a character in it


def read_support(frame: Frame) -> None:
    """Show what the support key opens."""
    read(frame, _(SUPPORT_TITLE), frame.support(), Reading.BESIDE, opens_support=False)


def read_keys(frame: Frame, table: Sequence[Key], *, opens_support: bool = True) -> None:
    """Show what each key of a table does; here a letter hides, for keyboards without Ctrl."""
    read(frame, _(HELP_TITLE), help_page(table), Reading.BESIDE, opens_support=opens_support, hides_by_letter=True)


def read_page(
    page: Page,
    draw: Draw,
    support: Callable[[], Sequence[Block]],
    *,
    theme: Theme,
    widest: int,
    idle: Idle | None = None,
) -> None:
    """Show a page on the alternate screen until the person leaves; then the terminal is as it was.

    `draw` sets blocks as text, `support` returns the helplines, `widest` is the number of columns a page may take.
    `idle` is as in `Frame`. Raises KeyboardInterrupt on Ctrl-C.
    """
    frame = Frame(draw, support, create_output(always_prefer_tty=True), theme=theme, idle=idle)
    blocks = [*page.blocks]
    if page.about:
        gap = [] if blocks and isinstance(blocks[0], Heading) else [Words("")]  # a heading brings one with it
        blocks = [Words(page.about, quiet=True), *gap, *blocks]
    frame.open()
    try:
        read(frame, page.title, blocks, Reading.PAGE, widest=widest)
    finally:
        frame.close()


def read(
    frame: Frame,
    heading: str,
    blocks: Sequence[Block],
    reading: Reading = Reading.NOTE,
    *,
    opens_support: bool = True,
    hides_by_letter: bool = False,
    widest: int = WIDEST + 2,
) -> object:
    """Show something to read until the person leaves it; return BACK if they went back from a STEP, else None.

    `opens_support`: the support key opens support here, as anywhere but on the support page itself. `hides_by_letter`:
    a letter hides here, as Ctrl-Q does everywhere. `widest`: columns it may take, margins included. Raises
    KeyboardInterrupt on Ctrl-C.
    """
    question = Question(ask="", heading=heading)
    text = _Text(frame, question, blocks, widest)
    reader = _Reader(text, reading, opens_support=opens_support, hides_by_letter=hides_by_letter)
    while (ended := reader.run(frame, question)) is SUPPORT:
        read_support(frame)
    return ended


class _Text(UIControl):
    """A text in lines as wide as the screen, of which a window shows a part; laid out again when the width changes.

    Which part it is stands in the place of `question`.
    """

    def __init__(self, frame: Frame, question: Question, blocks: Sequence[Block], widest: int) -> None:
        self._frame = frame
        self._question = question
        self._blocks = blocks
        self._widest = widest
        self._width = 0
        self._height = 1  # of the window, as it was drawn last
        self._lines: list[str] = []
        self._top = 0
        self._found: list[Place] = []  # the characters that are marked
        self.window = Window(self, height=self._dimension, dont_extend_height=True)

    def is_focusable(self) -> bool:
        """Return that keys may go here; prompt_toolkit's contract."""
        return True

    def create_content(self, width: int, height: int) -> UIContent:
        """Return the lines in sight; prompt_toolkit's contract."""
        self._height = height
        lines = self._set()
        self._top = min(self._top, self._last_top)
        place = self._question.place
        self._tell_place()
        if self._question.place != place:  # the height is another, and the title line has been drawn
            get_app().invalidate()
        top = self._top
        shown = lines[top : top + height]
        return UIContent(lambda number: self._styled(top + number, shown[number]), len(shown), show_cursor=False)

    def read_on_name(self) -> str:
        """Return nothing: the reader's own keys say how to read on. What `Frame` asks of what it shows."""
        return ""

    def move(self, lines: int) -> None:
        """Scroll by so many lines."""
        self._top = max(0, min(self._top + lines, self._last_top))
        self._tell_place()

    def page(self, pages: int) -> None:
        """Scroll by so many windows; a line of the last stays in sight."""
        self.move(pages * max(self._height - 1, 1))

    def to_end(self) -> None:
        """Scroll to the last line."""
        self.move(len(self._set()))

    def to_beginning(self) -> None:
        """Scroll to the first line."""
        self.move(-len(self._set()))

    @property
    def is_long(self) -> bool:
        """Whether something is out of sight."""
        return self._last_top > 0

    @property
    def is_at_beginning(self) -> bool:
        """Whether the first line is in sight."""
        return self._top == 0

    @property
    def is_at_end(self) -> bool:
        """Whether the last line is in sight."""
        return self._top >= self._last_top

    def _tell_place(self) -> None:
        """Say in the title which screenful this is, "2 of 6"; nothing where one holds everything."""
        step = max(self._height - 1, 1)
        pages = 1 + -(-self._last_top // step)
        page = pages if self.is_at_end else 1 + self._top // step
        place = _("{number} of {all}", number=figure(page), all=figure(pages))
        self._question.place = place if self.is_long else ""

    def find(self, words: str, *, back: bool = False, stay: bool = False) -> bool:
        """Scroll to the next place with these words, or the one before, round the ends; mark it. False: nowhere.

        `stay`: a place in sight already is taken, from the top of the screen on.
        """
        letters, places = self._letters()
        wanted = folded(words)
        begins = [match.start() for match in re.finditer(re.escape(wanted), letters)] if wanted else []
        if not begins:
            self._found = []
            return False
        here = self._found[0] if self._found and not stay else (self._top, -1)
        if back:
            begin = next((at for at in reversed(begins) if places[at] < here), begins[-1])
        else:
            begin = next((at for at in begins if places[at] > here), begins[0])
        self._found = places[begin : begin + len(wanted)]
        line = self._found[0][0]
        if not self._top <= line < self._top + self._height:
            self.move(line - self._height // 3 - self._top)
        return True

    @property
    def _last_top(self) -> int:
        """Return the line that is the first in sight when the last one is."""
        return max(len(self._set()) - self._height, 0)

    def _dimension(self) -> Dimension:
        lines = len(self._set())
        return Dimension(min=1, preferred=lines, max=lines)

    def _set(self) -> list[str]:
        """Return the lines, laid out again when the width has changed, the same words on top."""
        width = max(min(self._frame.output.get_size().columns, self._widest) - 2, _NARROWEST)
        if width != self._width:
            self._width = width
            before, self._lines = self._lines, self._lay_out(width)
            self._top = _same_line(before, self._lines, self._top)
            self._found = []
        return self._lines

    def _lay_out(self, width: int) -> list[str]:
        drawn = self._frame.draw(self._blocks, width, theme=self._frame.theme, unicode=self._frame.unicode)
        return drawn.split("\n")

    def _styled(self, number: int, line: str) -> StyleAndTextTuples:
        """Return a line with its styles, and with what was found in it marked."""
        fragments: StyleAndTextTuples = to_formatted_text(ANSI(line))
        marked = {at for found, at in self._found if found == number}
        if marked:
            signs = explode_text_fragments(fragments)
            fragments = [
                (f"{style} class:found" if at in marked else style, sign)
                for at, (style, sign, *_rest) in enumerate(signs)
            ]
        return [("", " "), *fragments]

    def _letters(self) -> tuple[str, list[Place]]:
        """Return the text folded, each gap between words as one space, and the place of each of its letters."""
        letters: list[str] = []
        places: list[Place] = []
        for number, line in enumerate(self._set()):
            for at, sign in enumerate(f"{_STYLING.sub('', line)} "):
                of_sign = folded_sign(sign)
                if of_sign == " " and letters[-1:] == [" "]:
                    continue
                letters += of_sign
                places += [(number, at)] * len(of_sign)
        return "".join(letters), places


def _same_line(before: Sequence[str], after: Sequence[str], top: int) -> int:
    """Return the line of a text laid out anew that has what was on the top line before.

    Letters are counted, since drawings and gaps change with the width; of the lines that begin with the same words
    the one nearest to that place is taken.
    """
    if not before or not top:
        return 0
    passed = sum(map(_count_letters, before[:top]))
    all_before, all_after = sum(map(_count_letters, before)), sum(map(_count_letters, after))
    wanted = passed * all_after / max(all_before, 1)
    near = sum(seen <= wanted for seen in accumulate(map(_count_letters, after)))
    near = min(near, len(after) - 1)
    begins = _first_words(before[top])
    same = [number for number, line in enumerate(after) if begins and _first_words(line)[: len(begins)] == begins]
    return min(same, key=lambda number: abs(number - near), default=near)


def _count_letters(line: str) -> int:
    return sum(map(str.isalnum, _STYLING.sub("", line)))


def _first_words(line: str) -> list[str]:
    return _STYLING.sub("", line).split()[:2]


class _Reader:
    """The keys of a text that is read, and the line in which words to look for are typed."""

    def __init__(self, text: _Text, reading: Reading, *, opens_support: bool, hides_by_letter: bool = False) -> None:
        self._text = text
        self._reading = reading
        self._opens_support = opens_support
        self._hides_by_letter = hides_by_letter
        self._wanted = ""  # what was looked for last
        self._problem = ""
        self._typed = Buffer(multiline=False, accept_handler=self._look_for)

    def run(self, frame: Frame, question: Question) -> object:
        """Show the text until a key ends it; return what ended it: SUPPORT, BACK or None."""
        nothing = Window(height=0)
        prompt = BeforeInput(lambda: " " + _("Find:") + " ")
        line = Window(BufferControl(self._typed, input_processors=[prompt], focusable=True), height=1)
        body = HSplit([ConditionalContainer(line, has_focus(self._typed)), nothing])
        self._line = line
        table = self._keys()
        while True:
            ended = frame.run(
                question, body, table, problem=lambda: self._problem, focus=self._text.window, view=self._text
            )
            if ended is not HELP:
                return ended
            read_keys(frame, frame.whole_table(table, self._text), opens_support=self._opens_support)

    def _keys(self) -> list[Key]:
        text = self._text
        finding = has_focus(self._typed)
        reading = ~finding
        is_long = Condition(lambda: text.is_long)
        opens_support = Condition(lambda: self._opens_support)
        has_found = Condition(lambda: bool(self._wanted))

        def scrolls(keys: tuple[str, ...], scroll: Callable[[], None], sentence: str) -> Key:
            return Key(keys, lambda event: self._move(scroll), works=reading, help=lambda: sentence)

        return [
            Key(("enter",), self._read_on, self._enter_name, reading,
                help=self._enter_help),
            scrolls(("space", "pagedown"), lambda: text.page(1), _("One screen down.")),
            Key(("b", "pageup"), lambda event: self._move(lambda: text.page(-1)), self._up_name, reading,
                help=lambda: _("One screen up.")),
            scrolls(("down",), lambda: text.move(1), _("One line down.")),
            scrolls(("up",), lambda: text.move(-1), _("One line up.")),
            scrolls(("home", "g"), text.to_beginning, _("To the beginning.")),
            scrolls(("end", "G"), text.to_end, _("To the end.")),
            Key(("/",), self._begin_to_find, lambda: _("/ find"), reading & is_long,
                help=lambda: _("Find words on this page.")),
            Key(("n",), lambda event: self._find(), lambda: _("n next"), reading & has_found,
                help=lambda: _("To the next place with these words.")),
            Key(("N",), lambda event: self._find(back=True), works=reading & has_found,
                help=lambda: _("To the place with these words before this one.")),
            Key(("escape", "q"), ends_with(BACK if self._reading in _STEPS else None), self._leave_name, reading,
                eager=True, help=self._leave_help),
            Key(("s", "S", "c-s", "f1"), ends_with(SUPPORT), support_name, reading & opens_support, eager=True,
                help=lambda: _("Open support: who to call, and your own people."), need=ALWAYS),
            *([hide_key("h", "H", name="h", works=reading)] if self._hides_by_letter else []),
            replace(help_key(reading), said=lambda: help_key().said() if text.is_long else ""),
            Key(("enter",), lambda event: self._typed.validate_and_handle(), lambda: _("enter find"), finding),
            Key(("escape",), lambda event: self._stop_finding(), lambda: _("esc back"), finding, eager=True),
            Key(("c-s", "f1"), ends_with(SUPPORT), works=finding & opens_support, eager=True),
        ]  # fmt: skip

    def _enter_name(self) -> str:
        if not self._text.is_at_end:
            return _("enter read on")
        names = {Reading.PAGE: _("enter leave"), Reading.BESIDE: _("enter back")}
        return names.get(self._reading, _("enter go on"))

    def _enter_help(self) -> str:
        sentences = {Reading.PAGE: _("Read on. At the end, leave."), Reading.BESIDE: _("Read on. At the end, go back.")}
        return sentences.get(self._reading, _("Read on. At the end, go on."))

    def _up_name(self) -> str:
        return "" if self._text.is_at_beginning else _("b page up")

    def _leave_name(self) -> str:
        if self._reading in _STEPS:
            return _("esc leave") if self._reading is Reading.START else _("{key} back", key="esc")
        if self._text.is_at_end:  # where Enter does the same
            return ""
        names = {Reading.PAGE: _("q leave"), Reading.BESIDE: _("{key} back", key="esc")}
        return names.get(self._reading, _("esc skip"))

    def _leave_help(self) -> str:
        sentences = {Reading.PAGE: _("Leave this page."), Reading.NOTE: _("Skip the rest, and go on.")}
        return sentences.get(self._reading, back_help())

    def _read_on(self, event: KeyPressEvent) -> None:
        if self._text.is_at_end:
            event.app.exit(result=None)
        else:
            self._move(lambda: self._text.page(1))

    def _move(self, move: Callable[[], None]) -> None:
        self._problem = ""
        move()

    def _begin_to_find(self, event: KeyPressEvent) -> None:
        self._problem = ""
        self._typed.reset()
        event.app.layout.focus(self._line)

    def _stop_finding(self) -> None:
        get_app().layout.focus(self._text.window)

    def _look_for(self, typed: Buffer) -> bool:
        """Look for what was typed; an empty line looks for what was looked for before."""
        self._wanted = typed.text.strip() or self._wanted
        self._stop_finding()
        if self._wanted:
            self._find(stay=True)
        return False

    def _find(self, *, back: bool = False, stay: bool = False) -> None:
        is_there = self._text.find(self._wanted, back=back, stay=stay)
        self._problem = "" if is_there else _("These words are not on this page.")
