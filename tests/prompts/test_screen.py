"""Every widget of the full-screen asker, fed with keys through a pipe: no terminal needed."""

from collections.abc import Callable
from itertools import chain, repeat
from typing import Any

import pytest
from prompt_toolkit.utils import get_cwidth

from smartcli.asking import Back, Exercising, Option, Question, Rating, WrongAnswerError
from smartcli.blocks import Words
from smartcli.prompts.screen import Screen
from smartcli.prompts.screen_frame import Frame
from smartcli.renderers.terminal import draw
from tests.support.keyboard import (
    BACKSPACE,
    CTRL_C,
    CTRL_D,
    DOWN,
    ENTER,
    ESC,
    F1,
    F2,
    LEFT,
    RIGHT,
    UP,
    Keys,
    Sized,
    asked,
)

OPTIONS = [
    Option("walk", "A walk"),
    Option("tea", "A cup of tea", "", "helped 1 of 2"),
    Option("sleep", "Sleep"),
]
MANY = [Option(f"o{number}", f"Option {number}") for number in range(30)]


def test_a_line_is_taken_with_enter(keys: Keys) -> None:
    assert keys("hello" + ENTER).line(asked()) == "hello"


def test_finding_looks_at_the_remark_and_the_group_too(keys: Keys) -> None:
    days = [Option(f"d{day}", "Check-in", f"Monday {day}", f"mood {day}") for day in range(20)]
    assert keys("/mood 7" + ENTER).choose(asked(), days) == "d7"
    assert keys("/monday 12" + ENTER).choose(asked(), days) == "d12"


def test_a_line_given_before_is_there_to_be_changed(keys: Keys) -> None:
    assert keys(BACKSPACE + "p" + ENTER).line(asked(answer="shot")) == "shop"


def test_what_was_half_typed_comes_back_before_what_was_answered(keys: Keys) -> None:
    assert keys("!" + ENTER).line(asked(answer="old", half="half")) == "half!"


def test_an_empty_line_passes_over_only_what_is_optional(keys: Keys) -> None:
    assert keys(ENTER).line(asked(optional=True)) is None
    assert keys(ENTER + "x" + ENTER).line(asked()) == "x"


def test_escape_is_back_from_every_widget_of_one_line_or_list(keys: Keys) -> None:
    ways: list[Callable[[Screen], Any]] = [
        lambda screen: screen.line(asked()),
        lambda screen: screen.scale(asked(), 0, 10, ("", "")),
        lambda screen: screen.choose(asked(), OPTIONS),
        lambda screen: screen.choose_some(asked(), OPTIONS),
        lambda screen: screen.rank(asked(), OPTIONS),
        lambda screen: screen.yes_no(asked()),
        lambda screen: screen.practise(asked(), Exercising([("Wait.", 60)])),
    ]
    for way in ways:
        with pytest.raises(Back):
            way(keys(ESC))


def test_ctrl_c_leaves_every_widget(keys: Keys) -> None:
    for way in (lambda screen: screen.line(asked()), lambda screen: screen.text(asked()),
                lambda screen: screen.scale(asked(), 0, 10, ("", "")), lambda screen: screen.choose(asked(), OPTIONS)):  # fmt: skip
        with pytest.raises(KeyboardInterrupt):
            way(keys(CTRL_C))


def test_support_opens_from_every_widget_and_nothing_is_lost(keys: Keys) -> None:
    assert keys("7s" + ENTER + ENTER).scale(asked(), 0, 10, ("", "")) == 7
    assert keys(DOWN + "s" + ENTER + ENTER).choose(asked(), OPTIONS) == "tea"
    assert keys(" " + "s" + ENTER + ENTER).choose_some(asked(), OPTIONS) == ["walk"]
    assert keys("ab" + F1 + ENTER + "c" + ENTER).line(asked()) == "abc"
    assert keys("ab" + F1 + ENTER + "c" + CTRL_D).text(asked()) == "abc"


def test_a_text_has_many_lines_and_ends_with_ctrl_d(keys: Keys) -> None:
    assert keys("one" + ENTER + "two" + CTRL_D).text(asked()) == "one\ntwo"
    assert keys(CTRL_D).text(asked(optional=True)) is None
    with pytest.raises(Back):
        keys("one" + F2).text(asked())


def test_a_long_paste_arrives_whole(keys: Keys) -> None:
    words = "a word and another " * 500
    assert keys("\x1b[200~" + words + "\x1b[201~" + CTRL_D).text(asked()) == words


def test_a_wrong_line_is_told_and_can_be_mended(keys: Keys) -> None:
    def understand(words: str) -> int:
        try:
            return int(words)
        except ValueError:
            raise WrongAnswerError("A number, please.") from None

    assert keys("x" + ENTER + BACKSPACE + "5" + ENTER).line(asked(), understand) == 5
    checked = asked(check=lambda answer: "Too many." if answer > 5 else None)
    assert keys("9" + ENTER + BACKSPACE + "4" + ENTER).line(checked, understand) == 4


def test_an_answer_said_back_is_kept_as_it_was_when_nothing_is_changed(keys: Keys) -> None:
    assert keys(ENTER).line(asked(answer="2026-11-21"), str.upper, lambda answer: "Sat 21 Nov") == "2026-11-21"


def test_half_typed_words_are_kept(keys: Keys) -> None:
    kept: list[Any] = []
    with pytest.raises(KeyboardInterrupt):
        keys("half a thought" + CTRL_C).line(asked(changed=kept.append))
    assert kept == ["half a thought"]


@pytest.mark.parametrize(
    ("typed", "number"),
    [("7", 7), ("10", 10), ("1" + "0", 10), ("107", 7), (RIGHT, 5), (RIGHT * 2, 6), (RIGHT + LEFT, 4), ("9" + RIGHT * 5, 10),
     ("\x1b[H", 0), ("\x1b[F", 10), ("3+", 4)],
)  # fmt: skip
def test_a_number_is_chosen_by_digits_or_arrows(keys: Keys, typed: str, number: int) -> None:
    assert keys(typed + ENTER).scale(asked(), 0, 10, ("low", "high")) == number


def test_no_number_is_chosen_to_begin_with(keys: Keys) -> None:
    assert keys(ENTER).scale(asked(optional=True), 0, 10, ("", "")) is None
    assert keys(ENTER + "3" + ENTER).scale(asked(), 0, 10, ("", "")) == 3


def test_a_scale_too_long_for_a_row_is_a_bar(keys: Keys) -> None:
    assert keys("73" + ENTER).scale(asked(), 0, 100, ("", "")) == 73


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [(ENTER, "walk"), (DOWN + ENTER, "tea"), (DOWN * 9 + UP + ENTER, "tea"), ("3" + ENTER, "sleep"), (" ", "walk"), ("j\r", "tea")],
)  # fmt: skip
def test_one_is_chosen_by_arrows_or_digits(keys: Keys, typed: str, chosen: str) -> None:
    assert keys(typed).choose(asked(), OPTIONS) == chosen


def test_enter_passes_over_an_optional_choice_until_something_is_pointed_at(keys: Keys) -> None:
    assert keys(ENTER).choose(asked(optional=True), OPTIONS) is None
    assert keys(DOWN + ENTER).choose(asked(optional=True), OPTIONS) == "walk"
    assert keys(DOWN + UP + ENTER).choose(asked(optional=True), OPTIONS) is None
    assert keys("1" + ENTER).choose(asked(optional=True), OPTIONS) == "walk"
    assert keys(ENTER).choose(asked(optional=True, answer="tea"), OPTIONS) == "tea"


def test_own_words_are_one_row_away(keys: Keys) -> None:
    assert keys(UP + "\x1b[F" + ENTER + "rowing" + ENTER).choose(asked(), OPTIONS, own=True) == "rowing"
    assert keys("4" + ENTER + "a WALK" + ENTER).choose(asked(), OPTIONS, own=True) == "walk"
    assert keys("4" + ENTER + ESC + "1" + ENTER).choose(asked(), OPTIONS, own=True) == "walk"
    assert keys(ENTER).choose(asked(answer="rowing"), OPTIONS, own=True) == "rowing"


def test_some_are_chosen_with_space(keys: Keys) -> None:
    assert keys(" " + DOWN * 2 + " " + ENTER).choose_some(asked(), OPTIONS) == ["walk", "sleep"]
    assert keys("13" + ENTER).choose_some(asked(), OPTIONS) == ["walk", "sleep"]
    assert keys("11" + "2" + ENTER).choose_some(asked(), OPTIONS) == ["tea"]
    assert keys(ENTER).choose_some(asked(optional=True), OPTIONS) is None
    assert keys(ENTER).choose_some(asked(answer=["tea", "rowing"]), OPTIONS, own=True) == ["rowing", "tea"]


def test_nothing_chosen_where_something_is_needed_is_told(keys: Keys) -> None:
    assert keys(ENTER + "2" + ENTER).choose_some(asked(), OPTIONS) == ["tea"]


def test_own_words_join_what_is_chosen_and_known_ones_are_what_they_are(keys: Keys) -> None:
    assert keys("1" + "4" + ENTER + "rowing" + ENTER + ENTER).choose_some(asked(), OPTIONS, own=True) == [
        "walk",
        "rowing",
    ]
    assert keys("1" + "4" + ENTER + "a cup of TEA" + ENTER + ENTER).choose_some(asked(), OPTIONS, own=True) == [
        "walk",
        "tea",
    ]


def test_what_is_wrong_with_a_choice_is_told_before_it_is_taken(keys: Keys) -> None:
    question = asked(check=lambda chosen: "One at most." if len(chosen) > 1 else None)
    assert keys("12" + ENTER + "2" + ENTER).choose_some(question, OPTIONS) == ["walk"]


def test_an_option_is_found_by_its_letters(keys: Keys) -> None:
    assert keys("/ion 17" + ENTER).choose(asked(), MANY) == "o17"
    assert keys("/sss" + BACKSPACE * 3 + "n 2" + DOWN + ENTER + ENTER).choose_some(asked(), MANY) == ["o20"]
    assert keys("/zzz" + ESC + "1" + ENTER).choose(asked(), MANY) == "o0"


def test_things_are_carried_into_order(keys: Keys) -> None:
    assert keys(ENTER).rank(asked(), OPTIONS) == ["walk", "tea", "sleep"]
    assert keys(" " + DOWN * 2 + " " + ENTER).rank(asked(), OPTIONS) == ["tea", "sleep", "walk"]
    assert keys(DOWN * 2 + " " + UP + " " + ENTER).rank(asked(answer=["tea", "walk", "sleep"]), OPTIONS) == [
        "tea",
        "sleep",
        "walk",
    ]


def test_yes_and_no_are_one_key(keys: Keys) -> None:
    assert keys("y" + ENTER).yes_no(asked()) is True
    assert keys("n" + ENTER).yes_no(asked()) is False
    assert keys(ENTER).yes_no(asked(optional=True)) is None
    assert keys(ENTER).yes_no(asked(answer=False)) is False


def test_a_practice_is_left_at_any_key_and_keeps_its_ratings(keys: Keys) -> None:
    exercising = Exercising([("Wait.", 60)], rating=Rating("How strong?", 0, 10, 7))
    done = keys("--" + "+" + "x").practise(asked(), exercising)
    assert done
    assert not done["finished"]
    assert [one["value"] for one in done["ratings"]] == [6]


def test_a_practice_that_has_come_to_its_end_was_finished(keys: Keys) -> None:
    clock = chain([0.0], repeat(100.0))
    done = keys("x", clock=lambda: next(clock)).practise(asked(), Exercising([], pace=(4, 0, 6), rounds=3))
    assert done == {"seconds": 30, "finished": True, "ratings": []}


@pytest.mark.parametrize(
    ("exercising", "seconds"),
    [(Exercising([("Wait.", 600)]), 1.0), (Exercising([], pace=(4, 0, 6), rounds=3), 0.1)],
    ids=["only the clock moves", "a breath moves"],
)
def test_a_practice_is_drawn_as_often_as_something_moves(
    keys: Keys, monkeypatch: pytest.MonkeyPatch, exercising: Exercising, seconds: float
) -> None:
    asked_for: list[float] = []
    run = Frame.run

    def note_refresh(frame: Frame, *given: Any, refresh: float, **more: Any) -> Any:
        asked_for.append(refresh)
        return run(frame, *given, refresh=refresh, **more)

    monkeypatch.setattr(Frame, "run", note_refresh)
    keys("x").practise(asked(), exercising)
    assert asked_for == [seconds]


def test_a_practice_may_wait_for_enter(keys: Keys) -> None:
    done = keys(ENTER + "x").practise(asked(), Exercising([("Sit.", 60)], waits=True))
    assert done == {"seconds": 0, "finished": False, "ratings": []}


def test_a_practice_that_waits_can_be_left_out_when_it_is_optional(keys: Keys) -> None:
    sitting = Exercising([("Sit.", 60)], waits=True)
    assert keys("n").practise(asked(optional=True), sitting) is None
    assert keys("n" + "x").practise(asked(), sitting) == {"seconds": 0, "finished": False, "ratings": []}


def test_a_step_can_be_passed_over_and_the_last_one_ends_it(keys: Keys) -> None:
    done = keys("nn" + "x").practise(asked(), Exercising([("Tense.", 60), ("Let go.", 30)]))
    assert done == {"seconds": 90, "finished": True, "ratings": []}
    done = keys("n" + "x").practise(asked(), Exercising([("Tense.", 60), ("Let go.", 30)]))
    assert done == {"seconds": 60, "finished": False, "ratings": []}


def test_page_keys_move_through_a_long_list(keys: Keys) -> None:
    assert keys("\x1b[6~" * 2 + "\x1b[5~" + DOWN + ENTER).choose(asked(), MANY) == "o9"


def test_something_to_read_is_read_on_and_left_at_its_end(keys: Keys) -> None:
    keys(DOWN + " " + ENTER * 8, Sized(80, 40)).tell("Read", [Words("one\n" * 200)])
    keys(ESC).tell("Read", [Words("one\n" * 200)])
    keys(ENTER).tell("Read", [Words("one")])


def test_support_opens_from_something_to_read(keys: Keys) -> None:
    keys("s" + ENTER + ENTER).tell("Read", [Words("one")])


@pytest.mark.parametrize(
    ("heading", "place", "row", "shown"),
    [
        ("Urge: drinking", "1 of 4", "", ("Urge: drinking", "1 of 4")),
        ("Cost-benefit analysis: drinking", "1 of 9", "", ("Cost-benefit analysis: drinking", "1 of 9")),
        ("Cost-benefit analysis: drinking", "1 of 14", "", ("Cost-benefit analys…: drinking", "1 of 14")),
        ("Urge: drinking", "1 of 14", "row 2 of 4", ("Urge: drinking", "1 of 14, row 2 of 4")),
        ("Cost-benefit analysis: drink", "1 of 14", "row 2 of 4", ("Cost-benefit analys…: drink", "row 2 of 4")),
        ("Cost-benefit analysis and more: gin", "1 of 144", "", ("Cost-benefit analysis a…: gin", "1 of 144")),
        ("Urge: 夜中にお酒を飲むこと、それから煙草のこと", "1 of 4", "", ("Urge: 夜中にお酒を飲むこと、そ…", "1 of 4")),
        ("Support", "", "", ("Support", "")),
    ],
)
def test_a_title_too_long_for_the_screen_is_cut_and_the_place_stays_whole(
    heading: str, place: str, row: str, shown: tuple[str, str]
) -> None:
    frame = Frame(draw, list, Sized(40))
    question = Question(ask="?", heading=heading, place=place, row=row)
    title, where = frame._heading(question), frame._place(question)
    assert (title, where) == shown
    assert get_cwidth(title) + get_cwidth(where) + 3 <= 40, "a column at both ends, and a gap between"
