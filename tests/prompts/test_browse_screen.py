"""Looking back on the screen, fed with keys through a pipe."""

import time
from typing import Any

import pytest
from prompt_toolkit.utils import get_cwidth

from smartcli.asking import NEWER, OLDER, Back, Option, Question
from smartcli.blocks import Words
from smartcli.prompts.screen import Screen
from smartcli.prompts.screen_browse import Browse, EntryPage, cut
from smartcli.prompts.screen_frame import Frame
from smartcli.prompts.screen_keys import working
from smartcli.renderers.terminal import draw
from tests.support.keyboard import (
    BACKSPACE,
    DOWN,
    END,
    ENTER,
    ESC,
    F1,
    HOME,
    LEFT,
    PAGE_DOWN,
    PAGE_UP,
    RIGHT,
    UP,
    Keys,
    Sized,
)
from tests.support.listing import MadeListing


@pytest.mark.parametrize(
    ("typed", "opened"),
    [
        ("", "e0"),
        (DOWN + DOWN, "e2"),
        (DOWN + DOWN + UP, "e1"),
        (UP, "e0"),
        (END, "e99"),
        (END + UP, "e98"),
        (END + DOWN, "e99"),
        (END + HOME, "e0"),
        (PAGE_DOWN + PAGE_UP, "e0"),
        ("/river", "e9"),
        ("/river" + DOWN, "e19"),
        ("/river" + END, "e99"),
        ("/riverx" + BACKSPACE, "e9"),
        ("/RIVER", "e9"),
        ("river", "e9"),  # a letter begins a search by itself
        ("/line 42", "e42"),
        ("/river" + ESC, "e0"),
        ("g3 nov 2026", None),
        ("g3 nov 2026" + ENTER, "e34"),
        ("3 nov 2026" + ENTER, "e34"),  # a digit begins a day by itself
        ("goct 2026" + ENTER, "e40"),
        ("g2026-10" + ENTER, "e40"),
        ("g2020" + ENTER, "e99"),  # before the first of all
        ("g2030" + ENTER, "e0"),  # in days to come
        ("gno day" + ENTER + ESC, "e0"),
        ("g" + ENTER, "e0"),
        ("g3 nov 2026" + ESC, "e0"),
        (END + "s" + ENTER, "e99"),  # support opened and left again
        ("/river" + F1 + ENTER, "e9"),
        (DOWN + "?" + ESC, "e1"),  # the keys, listed
    ],
)
def test_keys_lead_to_an_entry(keys: Keys, typed: str, opened: str | None) -> None:
    if opened is None:  # Enter goes to the day, and the next one opens what stands there
        typed, opened = typed + ENTER, "e34"
    assert keys(typed + ENTER).browse(MadeListing(100)) == opened


def test_escape_ends_the_search_and_then_leaves(keys: Keys) -> None:
    listing = MadeListing(20)
    with pytest.raises(Back):
        keys("/river" + ESC + ESC).browse(listing)
    assert not listing.is_searching
    with pytest.raises(Back):
        keys(ESC).browse(MadeListing(0))


def test_what_was_searched_for_is_there_when_the_list_opens_again(keys: Keys) -> None:
    listing = MadeListing(100)
    assert keys("/river" + DOWN + DOWN + ENTER).browse(listing) == "e29"
    assert keys(DOWN + ENTER).browse(listing) == "e39"


@pytest.mark.parametrize("words", ["/nowhere", "/" + "x" * 1_000, "/\x1b[200~" + "word " * 2_000 + "\x1b[201~"])
def test_words_that_are_not_there_open_nothing(keys: Keys, words: str) -> None:
    listing = MadeListing(100)
    assert keys(words + ENTER + ESC + DOWN + ENTER).browse(listing) == "e1"


def test_a_paste_of_several_lines_is_one_search(keys: Keys) -> None:
    listing = MadeListing(100)
    assert keys("/\x1b[200~line\n42\x1b[201~" + ENTER).browse(listing) == "e42"


def test_keys_are_taken_while_rows_are_still_looked_for(keys: Keys) -> None:
    slices: list[float] = []  # seconds for which no key was looked at

    class Slow(MadeListing):
        def search(self, words: str) -> None:
            super().search(words)
            work = self.rows.work

            def slowly(seconds: float) -> None:
                slices.append(seconds)
                time.sleep(seconds)
                work(seconds)

            self.rows.work = slowly  # type: ignore[method-assign]

    listing = Slow(5_000, step=1)
    assert keys("/line 7" + ENTER).browse(listing) == "e7"
    assert not listing.rows.is_complete
    assert max(slices) <= 0.05


def test_a_day_is_gone_to_as_soon_as_its_rows_are_found(keys: Keys) -> None:
    listing = MadeListing(100, step=3)
    screen = keys("g3 nov 2026" + ENTER)
    page = Browse(screen._frame, listing)
    page._end_day, ended = page._end_day, page._go_to_wanted

    def leave_then() -> None:
        ended()
        if page._wanted is None and listing.place:
            from prompt_toolkit.application import get_app

            get_app().exit(result="gone")

    page._go_to_wanted = leave_then  # type: ignore[method-assign]
    assert page.ask() == "gone"
    assert listing.place == 34


def drawn(listing: MadeListing, columns: int, lines: int) -> list[str]:
    """Return the lines of a list as they would be drawn."""
    page = Browse(Frame(draw, list, Sized(columns, 24)), listing)
    return ["".join(text for _style, text in line) for line in page.lines(columns, lines)]  # type: ignore[misc]


@pytest.mark.parametrize("columns", [20, 30, 40, 59, 60, 80, 120])
@pytest.mark.parametrize("lines", [1, 2, 3, 7, 20])
@pytest.mark.parametrize("place", [0, 1, 50, 98, 99])
def test_the_lit_row_is_in_view_and_nothing_is_wider_than_the_screen(columns: int, lines: int, place: int) -> None:
    listing = MadeListing(100)
    listing.place = place
    shown = drawn(listing, columns, lines)
    assert len(shown) <= lines
    assert all(get_cwidth(line) <= columns for line in shown)
    if lines >= 3:
        assert sum(line.startswith((" ›", " >")) for line in shown) == 1
    # Nothing is read but what is in view, and the rows beside it.
    assert {*listing.rows.asked} <= {*range(place - lines - 1, place + lines + 2)}


def test_no_number_of_entries_where_nothing_is_counted() -> None:
    for listing in (MadeListing(100, is_counted=False), MadeListing(0, is_counted=False)):
        page = Browse(Frame(draw, list, Sized(80, 24)), listing)
        page.lines(80, 20)
        assert "100" not in page._question.place
        assert " of " not in page._question.place


def test_what_was_searched_for_is_in_sight_however_far_in_it_stands() -> None:
    listing = MadeListing(1)
    words = "so many words come first that it would be cut off at the edge, then the river"
    row = listing.rows._rows[0]._replace(words=words, marks=((words.index("river"), len(words)),))
    listing.rows._rows = [row]
    assert any("*river*" in line for line in drawn(listing, 40, 10))


@pytest.mark.parametrize("words", ["", "abc", "日本語の言葉" * 9, "é" * 50, "a\u0301" * 40, "👨‍👩‍👧" * 20])
def test_cut_words_fit(words: str) -> None:
    for columns in (5, 6, 17, 40):
        assert get_cwidth(cut(words, columns, "…")) <= columns
    assert cut(words, 10_000, "…") == words


def look(screen: Screen, above: Any = ()) -> str:
    options = [Option(name, name) for name in ("back", "change", "hide", "erase", OLDER, NEWER)]
    return screen.look(Question("What?", heading="T", above=above or [Words("x")], answer="back"), options)


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        (ENTER + ENTER, "change"),
        (ENTER + DOWN + ENTER, "hide"),
        (ENTER + ESC + ENTER + DOWN + DOWN + ENTER, "erase"),
        (RIGHT, OLDER),
        (LEFT, NEWER),
        (" " + DOWN + UP + RIGHT, OLDER),
        ("s" + ENTER + RIGHT, OLDER),
        ("S" + ESC + RIGHT, OLDER),
        (F1 + ENTER + RIGHT, OLDER),
        ("?" + ESC + RIGHT, OLDER),
        ("?s" + ENTER + ESC + LEFT, NEWER),
    ],
)
def test_an_opened_entry_is_read_and_enter_asks_what_to_do(keys: Keys, typed: str, chosen: str) -> None:
    assert look(keys(typed), [Words(f"line {number}") for number in range(60)]) == chosen


def test_escape_leaves_an_opened_entry(keys: Keys) -> None:
    with pytest.raises(Back):
        look(keys(ESC))


def test_every_key_that_is_named_is_told_under_the_question_mark() -> None:
    frame = Frame(draw, list, Sized())
    question = Question("", heading="T", above=[Words("line\n" * 100)])
    ways = [Option(NEWER, NEWER), Option(OLDER, OLDER)]
    for table in (Browse(frame, MadeListing(9))._keys(), EntryPage(frame, question, ways, has_doings=True)._keys()):
        assert [row.keys for row in working(table) if row.said() and not row.help()] == []
