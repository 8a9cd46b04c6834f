"""Looking back on the screen: a list of entries that is searched while one types, and one of them opened.

Rows are asked for as they come into view, and a search goes on between two keys: no key ever waits for it.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from prompt_toolkit.application import get_app
from prompt_toolkit.data_structures import Point
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import Dimension, FormattedTextControl, HSplit, UIContent, UIControl, Window
from prompt_toolkit.utils import get_cwidth

from smartcli.asking import NEWER, OLDER, Listing, Option, Question, Row
from smartcli.language import _, ngettext
from smartcli.moments import day_said, month_and_year
from smartcli.prompts import screen_question
from smartcli.prompts.graphemes import last_grapheme
from smartcli.prompts.screen_frame import Frame
from smartcli.prompts.screen_keys import Key, back_key, ends_with
from smartcli.reading_times import NotAMomentError, days_from_words
from smartcli.words import marked, visible

Line = StyleAndTextTuples
_SLICE = 0.02  # seconds that a search goes on before it looks for keys: less than anybody notices
_NARROW = 60  # columns below which a row's words have a line of their own
_LONGEST = 200  # characters that can be typed here; a paste is cut to this
_ALL = 1_000  # lines, more than any screen has: the list takes all that is free
_ENOUGH = 4  # times as many characters as columns are looked at when a text is cut: a column may take several
DOINGS = object()  # what the page of an entry ends with when the person wants to do something with it


class Browse:
    """The list. It keeps where it is in its `Listing`, so that it opens again as it was left."""

    def __init__(self, frame: Frame, listing: Listing) -> None:
        self._frame = frame
        self._listing = listing
        self._top = 0  # the place of the first row in view
        self._height = 1  # lines of the list, as it was drawn last
        self._day = ""  # the words typed for a day to go to
        self._asks_day = False
        self._wanted: tuple[Any, Any] | None = None  # the days to go to, while a list is not found so far
        self._is_working = False
        self._notice = listing.notice
        self._question = Question(ask="", heading=self._heading())
        listing.notice = ""

    def ask(self) -> Any:
        """Return the id of the entry that is opened, or BACK."""
        rows = Window(_Lines(self), height=Dimension(min=1, preferred=_ALL))
        typed = Window(FormattedTextControl(self._typed_line), height=self._lines_typed, dont_extend_height=True)
        typing = Condition(lambda: self._is_typing)
        return screen_question.ask(
            self._frame,
            self._question,
            HSplit([rows, typed]),
            self._keys(),
            problem=lambda: self._notice,
            focus=rows,
            letters=typing,
            may_pause=False,
        )

    # What stands on the screen

    def _heading(self) -> str:
        if not self._listing.narrowed:
            return self._listing.heading
        return _("{heading}: {entries}", heading=self._listing.heading, entries=self._listing.narrowed)

    def _place(self) -> str:
        """Return where the lit row stands: "30 of 1,891, November 2026"."""
        rows, listing = self._listing.rows, self._listing
        lit = rows.row(listing.place)
        number = len(rows)
        if not listing.is_counted:
            return month_and_year(lit.day) if lit else ""
        if not rows.is_complete:
            return _("{number} so far", number=number)
        if lit is None:
            return ngettext("{number} entry", "{number} entries", number)
        shown = {"place": listing.place + 1, "number": number, "month": month_and_year(lit.day)}
        whole = _("{place} of {number}, {month}", **shown)
        columns = self._frame.output.get_size().columns
        if get_cwidth(whole) + get_cwidth(self._question.heading) + 3 <= columns:
            return whole
        return _("{place} of {number}", **shown)

    def _set_place(self) -> None:
        """Say in the title line where the lit row stands; that is drawn before the list, so it is drawn once more."""
        place = self._place()
        if place != self._question.place:
            self._question.place = place
            get_app().invalidate()

    def lines(self, width: int, height: int) -> list[Line]:
        """Return the lines in view, of this many columns; the lit row is among them."""
        self._height = max(height, 1)
        self._keep_working()
        rows = self._listing.rows
        if rows.row(self._listing.place) is None:
            self._listing.place = max(len(rows) - 1, 0)
        self._set_place()
        if not len(rows):
            return [[("class:quiet", f" {line}")] for line in self._frame.wrapped(self._nothing(), width - 2)]
        self._scroll(width, height)
        lines = self._lines_from(self._top, width, height)
        while self._top and len(lines) < height:  # the list ends in view: it stands at the foot
            longer = self._lines_from(self._top - 1, width, height + 1)
            if len(longer) > height:
                break
            lines = longer
            self._top -= 1
        return lines[:height]

    def _lines_from(self, first: int, width: int, height: int) -> list[Line]:
        """Return the lines of the rows from this place on: as many as there is room for, and the rest of a row."""
        lines: list[Line] = []
        place = first
        while len(lines) < height and (row := self._listing.rows.row(place)):
            lines += self._row_lines(place, row, width, is_first=place == first)
            place += 1
        return lines

    def _nothing(self) -> str:
        if not self._listing.rows.is_complete:
            return _("Searching…") if self._frame.unicode else _("Searching...")
        if self._listing.words:
            return _("No entry has all of those words.")
        return _("There are no entries here.")

    def _scroll(self, width: int, height: int) -> None:
        """Move the first row in view as little as it takes to have the lit row in view, whole."""
        lit = self._listing.place
        self._top = max(min(self._top, lit), lit - height)  # each row takes a line at least
        taken = []
        for place in range(self._top, lit + 1):
            row = self._listing.rows.row(place)
            if row:
                taken.append(len(self._row_lines(place, row, width, is_first=place == self._top)))
        while self._top < lit and sum(taken) > height:
            del taken[0]
            self._top += 1
            row = self._listing.rows.row(self._top)
            if row:  # the first row in view stands below its day
                taken[0] = len(self._row_lines(self._top, row, width, is_first=True))

    def _row_lines(self, place: int, row: Row, width: int, *, is_first: bool) -> list[Line]:
        """Return the lines of a row: its day where that begins, what it is, and a piece of its words."""
        lines: list[Line] = []
        before = None if is_first else self._listing.rows.row(place - 1)
        if before is None or before.day != row.day:
            lines.append([("class:quiet", self._cut(f" {day_said(row.day, long=True)}", width))])
        is_lit = place == self._listing.place
        style = "class:here" if is_lit else ""
        pointer = self._frame.glyph("›") if is_lit else " "
        what = visible(row.title)
        if row.beside:
            what = _("{title} ({remark})", title=what, remark=visible(row.beside))
        name = self._cut(f" {pointer} {' '.join(part for part in (row.time, what) if part)}", width)
        words, marks = visible(row.words), row.marks
        if width < _NARROW:
            lines.append([(style, name)])
            if words:
                lines.append([("class:quiet", "     " + self._piece(words, marks, width - 5))])
            return lines
        name = self._cut(name, width * 2 // 3)
        line: Line = [(style, name)]
        if words:
            line.append(("class:quiet", "  " + self._piece(words, marks, width - get_cwidth(name) - 2)))
        return [*lines, line]

    def _piece(self, words: str, marks: Sequence[tuple[int, int]], columns: int) -> str:
        """Return as much of a row's words as fits, with what was searched for marked, the first of it in sight."""
        shown = marked(words, marks)
        first, end = min(marks, default=(0, 0))
        if get_cwidth(shown[: end + 2]) >= columns:  # the two asterisks come before the end
            start = max(first - columns // 3, 0)
            return self._cut(self._frame.glyph("…") + shown[start:], columns)
        return self._cut(shown, columns)

    def _cut(self, words: str, columns: int) -> str:
        return cut(" ".join(words.split("\n")), columns, self._frame.glyph("…"))

    @property
    def _is_typing(self) -> bool:
        return self._asks_day or self._listing.is_searching

    def _lines_typed(self) -> Dimension:
        return Dimension.exact(2 if self._is_typing else 0)

    def _typed_line(self) -> Line:
        """Return what is typed, below an empty line: of a long text, its end."""
        if not self._is_typing:
            return []
        name = _("Go to:") if self._asks_day else _("Search:")
        typed = visible(self._day if self._asks_day else self._listing.words)
        room = max(self._frame.output.get_size().columns - get_cwidth(name) - 4, 5)
        while get_cwidth(typed) > room:
            typed = typed[1:]
        line: Line = [("", "\n"), ("class:accent", f" {name} "), ("", typed), ("[SetCursorPosition]", "")]
        if self._asks_day and not typed:
            line.append(("class:quiet", self._cut(_("a day or a month"), room)))
        return line

    # The search, between two keys

    def _keep_working(self) -> None:
        """See to it that a list that is not complete is added to while nobody types."""
        if not self._is_working and not self._listing.rows.is_complete:
            self._is_working = True
            get_app().create_background_task(self._work())

    async def _work(self) -> None:
        """Look for further rows, a little at a time, and draw what was found."""
        try:
            while not self._listing.rows.is_complete:
                known = len(self._listing.rows)
                self._listing.rows.work(_SLICE)
                if len(self._listing.rows) != known:
                    self._go_to_wanted()
                    get_app().invalidate()
                await asyncio.sleep(0)
        finally:
            self._is_working = False
        self._go_to_wanted()
        get_app().invalidate()

    # Keys

    def _keys(self) -> list[Key]:
        typing = Condition(lambda: self._is_typing)
        searching = Condition(lambda: self._listing.is_searching and not self._asks_day)
        asking_day = Condition(lambda: self._asks_day)
        plain = ~typing
        digits = (Key((digit,), self._begin_day, works=plain) for digit in "0123456789")

        def rows() -> str:
            return _("Light the entry above or below.")

        def far() -> str:
            return _("Go a page up or down.")

        def ends() -> str:
            return _("Go to the newest or the oldest entry.")

        return [
            Key((Keys.Any,), self._letter),
            Key((Keys.BracketedPaste,), self._letter),
            Key(("up",), lambda event: self._move(-1), self._moving_name, help=rows),
            Key(("down",), lambda event: self._move(1), help=rows),
            Key(("pageup",), lambda event: self._move(-self._page), help=far),
            Key(("pagedown",), lambda event: self._move(self._page), help=far),
            Key(("home",), lambda event: self._light(0), help=ends),
            Key(("end",), lambda event: self._light(len(self._listing.rows) - 1), help=ends),
            Key(("space",), lambda event: self._move(self._page), works=plain, help=lambda: _("Go a page down.")),
            Key(
                ("enter",),
                self._open,
                self._open_name,
                works=~asking_day,
                help=lambda: _("Take the entry that is lit."),
            ),
            Key(("enter",), self._go, lambda: _("enter go there"), works=asking_day),
            Key(("backspace",), self._rub_out),
            Key(
                ("/",),
                self._begin_search,
                lambda: _("{key} search", key="/"),
                works=plain,
                help=lambda: _("Search for words. Any other letter begins a search too."),
            ),
            Key(
                ("g",),
                self._begin_day,
                lambda: _("{key} go to a day", key="g"),
                works=plain,
                help=lambda: _("Go to a day or a month, such as 3 November or last month. A digit begins one too."),
            ),
            *digits,
            Key(("escape",), self._end_search, lambda: _("esc end search"), works=searching, eager=True),
            Key(("escape",), self._end_day, lambda: _("{key} back", key="esc"), works=asking_day, eager=True),
            back_key(works=plain),
        ]

    def _moving_name(self) -> str:
        return "↑ ↓" if len(self._listing.rows) > 1 else ""

    def _open_name(self) -> str:
        return self._listing.enter if len(self._listing.rows) else ""

    @property
    def _page(self) -> int:
        """How many rows a page moves: about as many as are in view, so that one stays there."""
        return max(self._height // 2 - 1, 1)

    def _move(self, rows: int) -> None:
        self._light(self._listing.place + rows)

    def _light(self, place: int) -> None:
        self._notice = ""
        self._listing.place = max(min(place, len(self._listing.rows) - 1), 0)

    def _open(self, event: KeyPressEvent) -> None:
        row = self._listing.rows.row(self._listing.place)
        if row:
            event.app.exit(result=row.id)

    def _letter(self, event: KeyPressEvent) -> None:
        """Add what was typed or pasted; where nothing is asked for, a letter begins a search."""
        typed = "".join(letter for letter in " ".join(event.data.split("\n")) if letter.isprintable())
        if not typed:
            return
        self._notice = ""
        if self._asks_day:
            self._day = (self._day + typed)[:_LONGEST]
        else:
            self._listing.is_searching = True
            self._search((self._listing.words + typed)[:_LONGEST])

    def _rub_out(self, event: KeyPressEvent) -> None:
        self._notice = ""
        if self._asks_day:
            self._day = self._day.removesuffix(last_grapheme(self._day))
        elif self._listing.is_searching:
            self._search(self._listing.words.removesuffix(last_grapheme(self._listing.words)))

    def _search(self, words: str) -> None:
        self._listing.search(words)
        self._top = 0

    def _begin_search(self, event: KeyPressEvent) -> None:
        self._notice = ""
        self._listing.is_searching = True

    def _end_search(self, event: KeyPressEvent) -> None:
        self._notice = ""
        self._listing.is_searching = False
        self._search("")

    def _begin_day(self, event: KeyPressEvent) -> None:
        self._notice = ""
        self._asks_day, self._day = True, event.data if event.data.isdigit() else ""

    def _end_day(self, event: KeyPressEvent) -> None:
        self._notice = ""
        self._asks_day = False

    def _go(self, event: KeyPressEvent) -> None:
        """Go to the day typed, or say why not."""
        if not self._day.strip():
            self._end_day(event)
            return
        try:
            self._wanted = days_from_words(self._day)
        except NotAMomentError as error:
            self._notice = str(error)
            return
        self._end_day(event)
        self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        """Light the first row of the days that were asked for, or the nearest before them, once it is known."""
        if self._wanted is None:
            return
        rows = self._listing.rows
        first, last = self._wanted
        place = rows.place_of(last)
        row = rows.row(place)
        if row is None and not rows.is_complete:
            return
        self._wanted = None
        self._listing.place = self._top = max(min(place, len(rows) - 1), 0)
        if row is None:
            self._notice = _("There is nothing from then. This is the oldest entry here.")
        elif row.day < first:
            self._notice = _("There is nothing from then. This is the entry before it.")


class _Lines(UIControl):
    """The lines of the list: as many are made as there is room for, and no row is read that is not shown."""

    def __init__(self, browse: Browse) -> None:
        self._browse = browse

    def is_focusable(self) -> bool:
        """Keys come here."""
        return True

    def create_content(self, width: int, height: int) -> UIContent:
        """Return the lines in view."""
        lines = self._browse.lines(width, height)
        return UIContent(lambda number: lines[number], len(lines), Point(0, 0), show_cursor=False)


class EntryPage:
    """One entry opened: it is read on its own screen, and Enter asks what to do with it."""

    def __init__(self, frame: Frame, question: Question, ways: Sequence[Option], *, has_doings: bool) -> None:
        """`ways` are those of the options NEWER and OLDER that there are; `has_doings`: Enter asks what to do."""
        self._frame = frame
        self._notice = question.hint
        self._question = Question(ask="", heading=question.heading, above=question.above)
        self._ways = {option.id for option in ways}
        self._has_doings = has_doings
        self._view = frame.view(self._question, top=True)

    def ask(self) -> Any:
        """Return DOINGS, NEWER, OLDER or BACK."""
        control = FormattedTextControl("", focusable=True)
        return screen_question.ask(
            self._frame,
            self._question,
            Window(control, height=0),
            self._keys(),
            problem=lambda: self._notice,
            focus=control,
            view=self._view,
        )

    def _keys(self) -> list[Key]:
        view = self._view

        def scrolls(keys: tuple[str, ...], by: int, help: Callable[[], str], said: Callable[[], str] = str) -> Key:  # noqa: A002
            return Key(keys, lambda event: view.move(by), said, help=help)

        def lines() -> str:
            return _("Scroll a line up or down.")

        def ends() -> str:
            return _("Go to the beginning or the end.")

        def beside() -> str:
            return _("Go to the entry before or after it in the list.")

        return [
            scrolls(("down", "j"), 1, lines, self._scroll_name),
            scrolls(("up", "k"), -1, lines),
            Key(
                ("space",),
                lambda event: view.page(1),
                lambda: "" if view.at_end else _("space read on"),
                help=lambda: _("Read on."),
            ),
            scrolls(("home",), -_FAR, ends),
            scrolls(("end",), _FAR, ends),
            Key(("left",), ends_with(NEWER), lambda: _("{key} newer", key="←"), works=NEWER in self._ways, help=beside),
            Key(
                ("right",), ends_with(OLDER), lambda: _("{key} older", key="→"), works=OLDER in self._ways, help=beside
            ),
            Key(
                ("enter",),
                ends_with(DOINGS),
                lambda: _("enter choose what to do"),
                works=self._has_doings,
                help=lambda: _("Choose what to do with this entry."),
            ),
            back_key(),
        ]

    def _scroll_name(self) -> str:
        return "" if self._view.at_end else "↑ ↓"


_FAR = 1_000_000  # lines; more than any entry has


def cut(words: str, columns: int, ellipsis: str) -> str:
    """Return words cut to a number of columns, an ellipsis at the end where something is left out."""
    words = words[: columns * _ENOUGH]
    if get_cwidth(words) <= columns:
        return words
    room = columns - get_cwidth(ellipsis)
    taken = 0
    for place, letter in enumerate(words):
        taken += get_cwidth(letter)
        if taken > room:
            return words[:place].rstrip() + ellipsis
    return words
