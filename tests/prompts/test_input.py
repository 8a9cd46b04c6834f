"""Keys: whole sequences that no one knows are swallowed, on every screen and in plain mode, wherever a read cuts them."""

import string
from collections.abc import Callable
from functools import cache, partial
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from prompt_toolkit.input.ansi_escape_sequences import ANSI_SEQUENCES
from prompt_toolkit.output import DummyOutput

from smartcli.asking import Back, Exercising, Option, Question
from smartcli.blocks import Words
from smartcli.prompts.keystrokes import Bounce, Keystrokes
from smartcli.prompts.screen import Screen
from smartcli.prompts.sequences import ESCAPE_TIME, Paste, Scanner, as_sent_by_all
from smartcli.renderers.terminal import draw
from smartcli.words import without_controls
from tests.support.keyboard import pipe

ESC, ENTER, UP, DOWN, LEFT, CTRL_D = "\x1b", "\r", "\x1b[A", "\x1b[B", "\x1b[D", "\x04"
LONG = "as many words as no hand types in the time that a program takes to read them once"
PRINTABLE = string.ascii_letters + string.digits + string.punctuation + " "
OPTIONS = [Option("walk", "A walk"), Option("tea", "A cup of tea"), Option("sleep", "Sleep")]


def between(low: str, high: str) -> str:
    return "".join(map(chr, range(ord(low), ord(high) + 1)))


def is_unknown(sequence: str) -> bool:
    sent = as_sent_by_all(sequence)
    return sent == sequence and sent not in ANSI_SEQUENCES and not sent.startswith(("\x1b[200~", "\x1b[M", "\x1b[["))


CSI = st.builds(
    "\x1b[{}{}{}".format,
    st.text(between("0", "?"), max_size=8),
    st.text(between(" ", "/"), max_size=2),
    st.sampled_from(between("@", "~")),
).filter(is_unknown)
SS3 = st.builds("\x1bO{}".format, st.sampled_from(between("@", "~"))).filter(is_unknown)
OSC = st.builds("\x1b]{}{}".format, st.text(PRINTABLE, max_size=12), st.sampled_from(["\x07", "\x1b\\", "\x9c"]))
STRINGS = st.builds(
    "\x1b{}{}{}".format, st.sampled_from("PX^_"), st.text(PRINTABLE, max_size=12), st.sampled_from(["\x1b\\", "\x9c"])
)
ALT = st.builds("\x1b{}".format, st.sampled_from("aeghijkmnopqrsvwxyz0123456789é")).filter(is_unknown)
REPORTS = st.sampled_from(
    [
        "\x1b[I",
        "\x1b[O",
        "\x1b[24;80R",
        "\x1b[1;2R",
        "\x1b[?62;22c",
        "\x1b[0n",
        "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
        "\x1bP>|kitty(0.30)\x1b\\",
        "\x1b_Gi=1;OK\x1b\\",
        "\x1b[?2026;2$y",
        "\x1b[97;1:3u",
        "\x1b[57441u",
        "\x1b[27;9;97~",
        "\x1b[<0;10;10M",
        "\x1b[<0;10;10m",
        "\x1b[M !!",
        "\x1b[96;14;13M",
        "\x9b?1;2c",
        "\x1b\x1b[A",
        "\x1b[1;3A",
        "\x1b[24;2~",
        "\x1b[2~",
        "\x00",
        "\x16",
        "\x18",
        "\x1c",
        "\x1d",
        "\x1e",
        "\x85",
    ]
)
UNKNOWN = st.one_of(CSI, SS3, OSC, STRINGS, ALT, REPORTS)


def asked(**changes: Any) -> Question:
    return Question(ask="What?", heading="Test", place="1 of 2", **changes)


def practise(screen: Screen) -> Any:
    done = screen.practise(asked(), Exercising([("Wait.", 60)])) or {}
    return {name: value for name, value in done.items() if name != "seconds"}  # how long it took is the machine's


# Each widget, the keys before a sequence that no one knows, and those after it.
WIDGETS: dict[str, tuple[Callable[[Screen], Any], str, str]] = {
    "line": (lambda screen: screen.line(asked()), "ab", "c" + ENTER),
    "text": (lambda screen: screen.text(asked()), "ab", "c" + CTRL_D),
    "scale": (lambda screen: screen.scale(asked(), 0, 10, ("", "")), "7", ENTER),
    "choice": (lambda screen: screen.choose(asked(), OPTIONS), DOWN, ENTER),
    "find": (lambda screen: screen.choose(asked(), OPTIONS), "/tea", ENTER + ENTER),
    "several": (lambda screen: screen.choose_some(asked(), OPTIONS), " ", DOWN + " " + ENTER),
    "order": (lambda screen: screen.rank(asked(), OPTIONS), DOWN, " " + UP + " " + ENTER),
    "yes or no": (lambda screen: screen.yes_no(asked()), DOWN, ENTER),
    "practice": (practise, "", "x"),
    "reading": (lambda screen: screen.tell("Read", [Words("one")]), "", ENTER),
}


def answer(way: Callable[[Screen], Any], keys: str, at_once: int) -> Any:
    """Return the answer to keys of which a read takes `at_once` bytes at most."""
    with pipe() as typed:
        typed.send_text(keys)
        typed.stdin_reader.read = partial(typed.stdin_reader.read, at_once)  # type: ignore[attr-defined]
        return way(Screen(draw, list, DummyOutput(), typed))


@cache
def undisturbed(name: str) -> Any:
    """Return a widget's answer without a sequence that no one knows; the same for all of them."""
    way, before, after = WIDGETS[name]
    return answer(way, before + after, 1024)


@pytest.mark.parametrize("name", WIDGETS)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.reuse, Phase.generate]
)
@given(sequence=UNKNOWN, at_once=st.integers(1, 9))
def test_a_sequence_that_no_one_knows_changes_nothing(name: str, sequence: str, at_once: int) -> None:
    way, before, after = WIDGETS[name]
    assert answer(way, before + sequence + after, at_once) == undisturbed(name)


@settings(max_examples=300, deadline=None)
@given(parts=st.lists(st.one_of(UNKNOWN, st.sampled_from(["a", "é", "日", ENTER, UP])), max_size=6), data=st.data())
def test_keys_are_the_same_however_they_are_cut(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    whole = Scanner().feed(text)
    assert len(whole) == len(parts)
    cut, scanner, at = [], Scanner(), 0
    while at < len(text):
        length = data.draw(st.integers(1, 5))
        cut += scanner.feed(text[at : at + length])
        at += length
    assert cut == whole


@settings(max_examples=300, deadline=None)
@given(words=st.text(st.characters(exclude_categories=["Cs"]), max_size=40), at_once=st.integers(1, 9))
def test_whatever_is_pasted_is_one_key(words: str, at_once: int) -> None:
    words = words.replace("\x1b[201~", "")
    keystrokes = Keystrokes()
    text = f"a\x1b[200~{words}\x1b[201~b"
    keys = [key for at in range(0, len(text), at_once) for key in keystrokes.feed(text[at : at + at_once])]
    assert keys == ["a", without_controls(words.replace("\r\n", "\n").replace("\r", "\n")), "b"]


def test_a_paste_is_pasted_with_the_escapes_in_it_and_without_control_characters() -> None:
    paste = "\x1b[200~one\ttwo \x1b[31mred\x1b[0m\x07\x1a\r\nthree\x85\x1b[201~"
    assert answer(lambda screen: screen.text(asked()), paste + CTRL_D, 1024) == "one\ttwo [31mred[0m\nthree"


@pytest.mark.parametrize(
    "keys", ["\n", "\r\n", "\x1bOM", "\x1b[13u", "\x1b[13;2u", "\x1b[57414u", "\x1b[27;5;13~", "\x1b[106;5u"]
)
@pytest.mark.parametrize("name", [name for name in WIDGETS if name != "text"])
def test_every_enter_is_enter(name: str, keys: str) -> None:
    way, before, after = WIDGETS[name]
    if ENTER in after:
        assert answer(way, before + after.replace(ENTER, keys), 1024) == answer(way, before + after, 1024)


def test_line_feed_is_enter_in_a_long_text_too() -> None:
    assert answer(lambda screen: screen.text(asked()), "one\ntwo\r\nthree" + CTRL_D, 1024) == "one\ntwo\nthree"


@pytest.mark.parametrize(
    ("sent", "by_all"),
    [
        ("\x1b[97u", "a"),
        ("\x1b[97;2u", "A"),
        ("\x1b[97:65;2u", "A"),
        ("\x1b[49:33;2u", "!"),
        ("\x1b[97;1;228u", "ä"),
        ("\x1b[233;1:1u", "é"),
        ("\x1b[97;65u", "a"),
        ("\x1b[99;5u", "\x03"),
        ("\x1b[27;5;99~", "\x03"),
        ("\x1b[27u", ESC),
        ("\x1b[27;2u", ESC),
        ("\x1b[9u", "\t"),
        ("\x1b[9;2u", "\x1b[Z"),
        ("\x1b[127u", "\x7f"),
        ("\x1b[127;3u", "\x1b\x7f"),
        ("\x1b[98;3u", "\x1bb"),
        ("\x1b[57400u", "1"),
        ("\x1b[57417u", "\x1b[D"),
        ("\x1b[1;1:1A", UP),
        ("\x1b[1;1:3A", ""),
        ("\x1b[1;65A", UP),
        ("\x1b[97;9u", ""),
        ("\x1b[57358u", ""),
        ("\x1b[9999999u", ""),
        ("\x1b[223;5u", ""),
        ("\x1b[1;3D", "\x1bb"),
        ("\x1b[1;9C", "\x1bf"),
        ("\x1b\x1b[D", "\x1bb"),
        ("\x1b[3;3~", "\x1bd"),
        ("\x1bOp", "0"),
        ("\x1bOy", "9"),
        ("\x1bOk", "+"),
        ("\x1bOm", "-"),
        ("\x1bOn", "."),
        ("\x1bOo", "/"),
        ("\x1b\x03", "\x03"),
    ],
)
def test_what_newer_terminals_and_keypads_send_is_what_all_send(sent: str, by_all: str) -> None:
    assert as_sent_by_all(sent) == by_all


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("\x1bbX", "one two Xthree"),
        ("\x1bb\x1bbX", "one Xtwo three"),
        ("\x1b[1;3D\x1b[1;3DX", "one Xtwo three"),
        ("\x01\x1bfX", "oneX two three"),
        ("\x01\x1bd", " two three"),
        ("\x1b\x7f", "one two "),
        ("\x1b[127;3u", "one two "),
        ("\x1bxX", "one two threeX"),
    ],
)
@pytest.mark.parametrize("name", ["line", "text"])
def test_alt_and_a_letter_edits_as_readline_does(name: str, keys: str, words: str) -> None:
    way, _before, after = WIDGETS[name]
    end = after.removeprefix("c")
    assert answer(way, "one two three" + keys + end, 1024) == words


@pytest.mark.parametrize("name", ["line", "text"])
def test_alt_enter_ends_words(name: str) -> None:
    assert answer(WIDGETS[name][0], "one\x1b\r", 1024) == "one"


@pytest.mark.parametrize(
    "control",
    [
        chr(code)
        for code in (*range(0x20), *range(0x7F, 0xA0))
        if chr(code) not in "\t\r\n\x03\x11\x8f\x90\x98\x9b\x9d\x9e\x9f"
    ],
)
@pytest.mark.parametrize("name", ["line", "text"])
def test_no_control_character_is_typed_into_words(name: str, control: str) -> None:
    ends = {"\x04": "", ESC: "", "\x13": ENTER}  # takes the words; begins Alt-x; opens support
    way, _before, after = WIDGETS[name]
    try:
        words = str(answer(way, "ab" + control + ends.get(control, "x") + after, 1024))
    except Back:
        return
    assert not set(words) - set("abcx")


class Clock:
    """A clock that the test turns."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_escape_alone_is_escape_and_what_has_begun_may_come_late() -> None:
    clock = Clock()
    scanner = Scanner(clock)
    assert scanner.feed(ESC) == []
    assert scanner.is_waiting
    assert scanner.flush() == [ESC]
    assert not scanner.is_waiting
    assert scanner.feed(ESC + "[1;") == []
    clock.now += ESCAPE_TIME
    assert scanner.flush() == []
    assert not scanner.is_waiting
    assert scanner.feed("5D" + "a") == ["\x1b[1;5D", "a"]
    assert [*scanner.feed(ESC + "[1;"), *scanner.flush()] == []
    clock.now += 2
    assert scanner.feed("a") == ["a"], "what never ended is forgotten"
    assert [*scanner.feed(ESC + "]"), *scanner.flush()] == [], "Alt-]"
    assert scanner.feed("word") == [*"word"]
    assert [*scanner.feed(ESC + ESC), *scanner.flush()] == [ESC, ESC]


@pytest.mark.parametrize(
    ("reads", "keys"),
    [
        (["one\rtwo\rthree"], ["one\ntwo\nthree"]),
        (["one\r\ntwo\r\n"], ["one\ntwo\n"]),
        (["one\n", "two\n", "three"], ["one\ntwo\nthree"]),
        (["6\r"], ["6", ENTER]),
        (["word\r"], [*"word", ENTER]),
        (["word\r", ENTER], [*"word", ENTER, ENTER]),
        (["a", "b", ENTER, "c", ENTER], ["a", "b", ENTER, "c", ENTER]),
        (["\rword\r"], [ENTER, *"word", ENTER]),
        (["one\rtwo" + DOWN], [*"one", ENTER, *"two", DOWN]),
        (["one\rtwo", DOWN], ["one\ntwo", DOWN]),
        ([LONG], [LONG]),
        ([LONG, " and"], [LONG, *" and"]),
        ([f"{LONG}\r"], [LONG, ENTER]),
        ([LONG + DOWN], [*LONG, DOWN]),
    ],
)
def test_lines_faster_than_a_hand_are_one_paste_where_words_are_typed(reads: list[str], keys: list[str]) -> None:
    typed = Keystrokes(lambda: True)
    found = [key for data in reads for key in typed.feed(data)] + typed.flush()
    assert found == keys
    assert [isinstance(key, Paste) for key in found] == ["\n" in key or key == LONG for key in found]
    elsewhere = Keystrokes()
    assert not [key for data in reads for key in elsewhere.feed(data) if isinstance(key, Paste)]


@pytest.mark.parametrize(
    ("presses", "counted"),
    [
        ([(0.01, ENTER)], []),  # it bounces
        ([(0.14, ENTER)], []),
        ([(0.2, ENTER)], [ENTER]),  # pressed on purpose
        ([(0.01, ENTER), (0.2, ENTER)], [ENTER]),
        ([(0.5, ENTER), (0.53, ENTER), (0.56, ENTER)], []),  # held since the page before
        ([(0.5, ENTER), (0.53, ENTER), (0.9, ENTER)], [ENTER]),  # held, let go, pressed
        ([(5.0, ENTER), (5.03, ENTER)], [ENTER, ENTER]),  # long after
        ([(0.01, "y"), (0.02, ENTER)], ["y", ENTER]),  # other keys typed ahead
        ([(0.01, ENTER), (0.02, "y"), (0.03, ENTER)], ["y", ENTER]),
        ([(0.01, ESC), (0.02, ESC)], [ESC]),
        ([(0.01, ESC), (0.12, ESC)], [ESC, ESC]),  # back two
    ],
)
def test_the_key_that_ended_a_page_must_be_let_go_of(presses: list[tuple[float, str]], counted: list[str]) -> None:
    bounce: Bounce[str, str] = Bounce(ESC)
    assert bounce.press(ENTER, ENTER, 100.0) == [ENTER]
    bounce.begin(ENTER)
    bounce.see(100.0)
    found = []
    for seconds, key in presses:
        if bounce.is_waiting and 100 + seconds > bounce._last[1] + ESCAPE_TIME:
            found += bounce.flush()
        found += bounce.press(key, key, 100 + seconds)
    assert found + bounce.flush() == counted


def test_before_a_page_can_be_seen_the_key_that_ended_the_last_counts_for_nothing() -> None:
    bounce: Bounce[str, str] = Bounce(ESC)
    bounce.begin(ENTER)
    assert bounce.press(ENTER, ENTER, 500.0) == []
    assert bounce.press(ENTER, ENTER, 600.0, trusted=True) == [ENTER]


def test_two_escapes_go_back_two_and_a_bounce_or_a_held_escape_one() -> None:
    for times, counted in [([0.0, 0.2], 2), ([0.0, 0.01], 1), ([0.0, 0.03, 0.06, 0.09], 1)]:
        bounce: Bounce[str, str] = Bounce(ESC)
        found = []
        for seconds in times:
            if pressed := bounce.press(ESC, ESC, 100 + seconds):
                found += pressed
                bounce.begin(ESC)
                bounce.see(100 + seconds)
        assert len(found + bounce.flush()) == counted, times
