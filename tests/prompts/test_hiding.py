"""The key that hides: where it is named, and what plain mode says instead."""

from functools import partial

from prompt_toolkit.key_binding import KeyPressEvent
from prompt_toolkit.layout import Window

from smartcli.content.slots import ANYWHERE, Slots
from smartcli.prompts.plain_signs import keys_at_length
from smartcli.prompts.screen import Screen
from smartcli.prompts.screen_frame import Frame
from smartcli.prompts.screen_keys import Key, working
from smartcli.renderers.terminal import draw
from tests.support.asking import plain
from tests.support.keyboard import ENTER, Sized, asked, pipe
from tests.support.made import CATALOG


def test_it_is_named_on_the_first_screen_of_a_sitting_and_told_under_the_question_mark_always() -> None:
    named: list[bool] = []

    def look(event: KeyPressEvent) -> None:
        hide = [row for row in working(frame.whole_table([], frame.view(asked()))) if "c-q" in row.keys]
        named.append(any(row.said() for row in hide))
        assert hide[-1].help()
        event.app.exit()

    with pipe() as typed:
        frame = Frame(draw, list, Sized(), typed, names_hiding=True)
        for _ in range(3):
            typed.send_text(ENTER)
            frame.run(asked(), Window(height=0), [Key(("enter",), look)])
    assert named == [True, False, False]


def test_plain_mode_says_that_it_cannot_clear_the_window() -> None:
    told = " ".join(keys_at_length(has_options=False, has_more=False, has_locked=False, can_skip=False, saves=True))
    asker, _out = plain()
    assert "close the window" in told
    assert "close the window" in asker.how_to_hide()


def test_the_page_of_start_says_how_to_hide_where_it_is_read() -> None:
    intro = CATALOG.find("start").intro
    screen = Screen(draw, list, Sized())
    for hide in (screen.how_to_hide(), plain()[0].how_to_hide()):
        assert hide in Slots(hide=partial(str, hide)).filled(intro, None, frozenset())
    assert "{" not in ANYWHERE.filled(intro, None, frozenset())
