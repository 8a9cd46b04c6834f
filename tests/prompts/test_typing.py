"""Words typed at the screen: how a line and a text end, the menu, pastes, and what comes back."""

from collections.abc import Iterator
from typing import Any

import pytest

from smartcli.asking import Back, Question
from smartcli.prompts.screen import Screen
from tests.support.keyboard import (
    BACKSPACE,
    CTRL_D,
    DOWN,
    ENTER,
    ESC,
    LEFT,
    LINE_FEED,
    RIGHT,
    UP,
    Keys,
    Sized,
    keyboard,
)

ALT_ENTER = "\x1b\r"


@pytest.fixture(params=[(80, 40), (20, 20)], ids=["wide", "narrow"])
def keys(request: pytest.FixtureRequest) -> Iterator[Keys]:
    """keys("abc") is an asker into which these keys are typed."""
    with keyboard() as typed:
        yield lambda text: typed(text, Sized(*request.param))


def asked(**changes: Any) -> Question:
    return Question(ask="What?", heading="Test", hint="A hint.", example="An example.", **changes)


def pasted(words: str) -> str:
    return f"\x1b[200~{words}\x1b[201~"


# --- how a text ends ---


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("one" + ENTER * 3, "one"),
        ("one" + LINE_FEED * 3, "one"),
        ("one" + ENTER + "two" + ENTER * 3, "one\ntwo"),
        ("one" + ENTER * 2 + "two" + ENTER * 3, "one\n\ntwo"),
        ("one" + ENTER * 2 + BACKSPACE + ENTER * 2, "one"),
        ("one" + ENTER * 2 + UP + DOWN + ENTER * 2, "one"),
        ("one" + LEFT + ENTER + CTRL_D, "on\ne"),
        ("one" + ENTER + "  " + ENTER * 2, "one"),
        ("one" + CTRL_D, "one"),
        ("one" + ENTER * 2 + CTRL_D, "one"),
        ("one" + ALT_ENTER, "one"),
        ("one" + ESC + "d", "one"),
        ("one" + ESC + "D", "one"),
    ],
)
def test_a_text_ends_when_it_is_said_and_not_before(keys: Keys, typed: str, text: str) -> None:
    assert keys(typed).text(asked()) == text


@pytest.mark.parametrize("key", [ENTER, LINE_FEED, CTRL_D])
@pytest.mark.parametrize("blank", ["", "  "])
def test_a_text_without_words_is_skipped_only_where_it_may_be(keys: Keys, key: str, blank: str) -> None:
    assert keys(blank + key).text(asked(optional=True)) is None
    assert keys(key + "x" + CTRL_D).text(asked()) == "x"


@pytest.mark.parametrize("ended", [CTRL_D, ENTER * 3, ESC + "d"])
def test_one_word_of_an_earlier_text_is_mended_in_few_keys(keys: Keys, ended: str) -> None:
    assert keys(BACKSPACE + "p" + ended).text(asked(answer="a\n\nshot")) == "a\n\nshop"


@pytest.mark.parametrize("ended", [CTRL_D, ESC + "d"])
def test_an_earlier_text_that_nothing_was_changed_in_stays_as_it_was_to_the_letter(keys: Keys, ended: str) -> None:
    assert keys(ended).text(asked(answer="as it was \n\n")) == "as it was \n\n"


# --- the menu ---


@pytest.mark.parametrize(("way", "open_menu"), [("text", ESC), ("line", DOWN), ("line", UP)])
class TestMenu:
    def ask(self, screen: Screen, way: str, **changes: Any) -> Any:
        return screen.text(asked(**changes)) if way == "text" else screen.line(asked(**changes))

    def test_it_goes_back_pauses_and_opens_support(self, keys: Keys, way: str, open_menu: str) -> None:
        for key in ("b", "B", ESC):
            with pytest.raises(Back):
                self.ask(keys("ab" + open_menu + key), way)
        with pytest.raises(KeyboardInterrupt):
            self.ask(keys("ab" + open_menu + "p"), way)

    def test_support_leaves_words_and_cursor(self, keys: Keys, way: str, open_menu: str) -> None:
        assert self.ask(keys("ab" + LEFT + open_menu + "s" + ENTER + "sbc" + CTRL_D), way) == "asbcb"

    @pytest.mark.parametrize("letters", ["x", "é", "xs", " ", "1b"])
    def test_a_letter_that_it_does_not_hold_is_typed(self, keys: Keys, way: str, open_menu: str, letters: str) -> None:
        assert self.ask(keys("a" + open_menu + letters + CTRL_D), way) == "a" + letters

    @pytest.mark.parametrize("key", [LEFT, BACKSPACE, pasted("p"), "\x0b", "\x1bb", RIGHT])
    def test_every_other_key_closes_it_and_does_what_it_does(
        self, keys: Keys, way: str, open_menu: str, key: str
    ) -> None:
        assert self.ask(keys("ab" + open_menu + key + "s" + CTRL_D), way) == self.ask(
            keys("ab" + key + "s" + CTRL_D), way
        )

    @pytest.mark.parametrize("key", ["b", "p", ESC])
    def test_what_was_typed_is_given_when_it_is_left(self, keys: Keys, way: str, open_menu: str, key: str) -> None:
        kept: list[Any] = []
        with pytest.raises((Back, KeyboardInterrupt)):
            self.ask(keys("half a thought" + open_menu + key), way, changed=kept.append)
        assert kept == ["half a thought"]
        assert self.ask(keys("!" + CTRL_D), way, half=kept[0], answer="older") == "half a thought!"


def test_a_line_goes_back_with_esc_at_once(keys: Keys) -> None:
    with pytest.raises(Back):
        keys("ab" + ESC).line(asked())


def test_done_is_not_in_the_menu_of_a_text_without_words(keys: Keys) -> None:
    assert keys(ESC + "d" + CTRL_D).text(asked(optional=True)) == "d"


# --- pastes ---


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_paste_of_lines_answers_nothing_by_itself(keys: Keys, end: str) -> None:
    paste = pasted(end.join(["one ", "  two", "", "three", "", ""]))
    assert keys(paste + "!" + ENTER).line(asked()) == "one two three!"
    assert keys(paste + "!" + ENTER).line(asked(takes_many=True)) == "one\ntwo\nthree!"
    assert keys(paste + "!" + CTRL_D).text(asked()) == "one \n  two\n\nthree\n\n!"


def test_a_tab_is_a_space_in_a_line_and_stays_in_a_text(keys: Keys) -> None:
    assert keys("\t" + pasted("a\tb") + ENTER).line(asked()) == "a b"
    assert keys("\t" + pasted("a\tb") + CTRL_D).text(asked()) == "a\tb"


def test_ten_thousand_letters_are_pasted_whole_and_a_limit_is_told(keys: Keys) -> None:
    words = "a word and another " * 500
    limited = asked(check=lambda answer: "Too long." if len(answer) > 5000 else None)
    assert keys(pasted(words) + CTRL_D).text(asked()) == words
    assert keys(pasted(words) + ENTER).line(asked()) == words
    assert keys(pasted(words) + ENTER + "\x15" + "short" + ENTER).line(limited) == "short"


# --- no control characters ---


ENDING = "\x03\x04\n\r\x11\x1b\x13\x1a"  # Ctrl-C, Ctrl-D, Enter, Ctrl-Q, Esc, Ctrl-S and Ctrl-Z end or leave
CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))]


@pytest.mark.parametrize("way", ["line", "text"])
@pytest.mark.parametrize(
    "typed",
    [
        "".join(f"a{control}b" for control in CONTROLS if control < "\x80" and control not in ENDING) + "x",
        pasted("x" + "".join(CONTROLS) + "\x1b[31m"),
    ],
    ids=["typed", "pasted"],
)
def test_nothing_puts_a_control_character_into_the_words(keys: Keys, way: str, typed: str) -> None:
    screen = keys(typed + CTRL_D)
    words = screen.line(asked()) if way == "line" else screen.text(asked())
    assert words
    assert not [letter for letter in words.replace("\t", "").replace("\n", "") if not letter.isprintable()]


# --- editing ---


@pytest.mark.parametrize("way", ["line", "text"])
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("\x1b[H!", "!one two three"),
        ("\x1b[H\x1b[F!", "one two three!"),
        ("\x01!\x05?", "!one two three?"),
        ("\x01\x0b!", "!"),
        ("\x15!", "!"),
        ("\x17!", "one two !"),
        ("\x17\x19\x19!", "one two threethree!"),
        ("\x1bb!", "one two !three"),
        ("\x1bb\x1bb\x1bf!", "one two! three"),
        ("\x01\x1bd!", "! two three"),
        ("\x1b\x7f!", "one two !"),
        ("\x1b[1;5D!", "one two !three"),
        ("\x01\x1b[1;5C!", "one! two three"),
        ("\x02\x02\x06!", "one two thre!e"),
        (LEFT * 2 + RIGHT + "!", "one two thre!e"),
        ("\x01\x1b[3~!", "!ne two three"),
        ("\x08!", "one two thre!"),
        ("\x15\x1f!", "one two three!"),
        ("!\x1f", "one two three"),
    ],
)
def test_the_keys_of_a_shell_edit_the_words(keys: Keys, way: str, typed: str, words: str) -> None:
    screen = keys(typed + CTRL_D)
    question = asked(answer="one two three")
    assert (screen.line(question) if way == "line" else screen.text(question)) == words
