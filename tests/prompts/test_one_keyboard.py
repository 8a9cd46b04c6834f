"""One keyboard on every screen: a key lights, Enter takes; nothing passes unseen, and what stood there is there again."""

from collections.abc import Callable
from typing import Any

import pytest
from prompt_toolkit.utils import get_cwidth

from smartcli.asking import Back, Exercising, Option, Question, Rating
from smartcli.blocks import Words
from smartcli.prompts.screen import Screen
from smartcli.prompts.screen_digits import Digits
from smartcli.prompts.screen_frame import Frame
from smartcli.prompts.screen_key_line import key_lines
from smartcli.prompts.screen_keys import back_key, help_key, help_page, support_keys
from smartcli.prompts.screen_options import ONE, SEVERAL, Options
from smartcli.prompts.screen_practice import Practising
from smartcli.prompts.screen_scale import Scale
from smartcli.renderers.terminal import draw
from tests.support.keyboard import CTRL_C, DOWN, ENTER, ESC, UP, Keys, Sized, asked

OPTIONS = [Option("walk", "A walk"), Option("tea", "A cup of tea"), Option("sleep", "Sleep")]
MANY = [Option(f"o{number}", f"Option {number}") for number in range(1, 31)]


def ticking(*seconds: float) -> Callable[[], float]:
    """Return a clock that shows these moments, one at each look, and then stays."""
    left = [*seconds]
    return lambda: left.pop(0) if len(left) > 1 else left[0]


def text_of(fragments: Any) -> str:
    return "".join(part[1] for part in fragments)


# Digits and letters


def test_digits_within_a_second_are_one_number_and_later_ones_another() -> None:
    now = [0.0]
    digits = Digits(lambda: now[0])
    at = [(0.0, "1", 1), (0.5, "2", 12), (0.9, "3", 3), (5.0, "1", 1), (6.5, "2", 2), (6.6, "9", 29), (9.0, "0", None)]
    for moment, digit, number in at:
        now[0] = moment
        assert digits.number(digit, lambda number: 1 <= number <= 30) == number, (moment, digit)


@pytest.mark.parametrize(("typed", "number"), [("12", "o12"), ("9", "o9"), ("30", "o30"), ("31", "o1"), ("100", "o10")])
def test_a_second_digit_makes_a_larger_number_where_there_are_so_many(keys: Keys, typed: str, number: str) -> None:
    assert keys(typed + ENTER, clock=lambda: 1.0).choose(asked(), MANY) == number


def test_each_digit_ticks_a_row_of_its_own_however_fast_they_are(keys: Keys) -> None:
    assert keys("12" + ENTER, clock=lambda: 1.0).choose_some(asked(), MANY) == ["o1", "o2"]
    assert keys("102" + ENTER, clock=lambda: 1.0).choose_some(asked(answer=["o1"]), MANY) == ["o2"]
    assert keys("1" + DOWN + UP + "2" + ENTER, clock=lambda: 1.0).choose_some(asked(), MANY) == ["o1", "o2"]


def test_one_then_nought_is_ten_or_nought_by_the_clock(keys: Keys) -> None:
    assert keys("10" + ENTER, clock=lambda: 1.0).scale(asked(), 0, 10, ("", "")) == 10
    slow = ticking(*[number * 2.0 for number in range(100)])
    assert keys("10" + ENTER, clock=slow).scale(asked(), 0, 10, ("", "")) == 0


@pytest.mark.parametrize("typed", ["y", "Y", "1", DOWN + UP])
def test_yes_is_lit_by_its_letter_or_number_and_taken_by_enter(keys: Keys, typed: str) -> None:
    assert keys(typed + ENTER).yes_no(asked()) is True
    assert keys("n" + typed + ENTER).yes_no(asked()) is True


def test_a_letter_alone_takes_nothing(keys: Keys) -> None:
    with pytest.raises(Back):
        keys("y" + ESC).yes_no(asked())
    with pytest.raises(Back):
        keys("2" + ESC).choose(asked(), OPTIONS)


@pytest.mark.parametrize(
    ("words", "key", "yes"),
    [(("Да", "Нет"), "д", True), (("Ja", "Nein"), "J", True), (("Ja", "Nein"), "n", False), (("Sí", "No"), "y", True)],
)
def test_the_letters_of_another_language_light_too(
    keys: Keys, monkeypatch: pytest.MonkeyPatch, words: tuple[str, str], key: str, yes: bool
) -> None:
    from smartcli.prompts import screen

    said = dict(zip(("Yes", "No"), words, strict=True))
    monkeypatch.setattr(screen, "_", lambda sentence, **_slots: said.get(sentence, sentence))
    assert keys(key + ENTER).yes_no(asked()) is yes


def test_where_yes_begins_with_s_support_is_opened_by_it_all_the_same(
    keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    from smartcli.prompts import screen

    monkeypatch.setattr(screen, "_", lambda sentence, **_slots: {"Yes": "Sí"}.get(sentence, sentence))
    assert keys("2s" + ENTER + ENTER).yes_no(asked()) is False


# What Enter does can be seen


def test_an_optional_choice_is_skipped_by_a_row_that_is_lit(keys: Keys) -> None:
    assert keys(" ").choose(asked(optional=True), OPTIONS) is None
    assert keys(UP + ENTER).choose(asked(optional=True, answer="walk"), OPTIONS) is None
    frame = Frame(draw, list, Sized())
    assert "Skip" in text_of(Options(frame, asked(optional=True), OPTIONS, ONE)._shown()).split("\n")[0]
    assert "Finish" in text_of(Options(frame, asked(optional=True, ends_list=True), OPTIONS, ONE)._shown())


@pytest.mark.parametrize("optional", [True, False])
def test_enter_alone_never_passes_a_careful_question(keys: Keys, optional: bool) -> None:
    question = asked(careful=True, optional=optional)
    for press in (ENTER, " ", ENTER + " "):
        for ask in (
            lambda screen: screen.choose(question, OPTIONS),
            lambda screen: screen.choose_some(question, OPTIONS),
            lambda screen: screen.yes_no(question),
            lambda screen: screen.scale(question, 0, 10, ("", "")),
        ):
            with pytest.raises(Back):
                ask(keys(press + ESC))
    assert keys(ENTER + "2" + ENTER).choose(question, OPTIONS) == "tea"
    assert keys(ENTER + "2" + ENTER).choose_some(question, OPTIONS) == ["tea"]
    assert keys("/" + ENTER + "2" + ENTER).choose(question, OPTIONS) == "tea"


def test_a_careful_question_can_be_left_open_where_it_is_optional(keys: Keys) -> None:
    question = asked(careful=True, optional=True)
    assert keys("4" + ENTER).choose(question, OPTIONS) is None
    assert keys("1" + "4" + ENTER).choose_some(question, OPTIONS) is None
    assert keys("n").scale(question, 0, 10, ("", "")) is None
    assert keys("3" + ENTER).yes_no(question) is None


# Finding


def test_what_was_found_is_taken_with_one_enter(keys: Keys) -> None:
    assert keys("/ion 17" + ENTER).choose(asked(optional=True), MANY) == "o17"
    assert keys("/ion 2" + DOWN + ENTER).choose(asked(), MANY) == "o20"
    assert keys("/ion 17" + ENTER + ENTER).choose_some(asked(answer=["o3"]), MANY) == ["o3", "o17"]
    assert keys("/ion 17" + ESC + ENTER).choose(asked(), MANY) == "o17"
    assert keys("/\x1b[200~ion\n17\n\x1b[201~" + ENTER).choose(asked(), MANY) == "o17"
    assert keys("/ion 17e\u0301" + "\x7f" + ENTER).choose(asked(), MANY) == "o17"
    assert keys("/zzz" + ENTER + "4" + ENTER).choose(asked(), MANY) == "o4"


# What stood there


STATES: list[tuple[Callable[[Screen, Question], Any], str, Any, Any]] = [
    (lambda screen, question: screen.choose(question, OPTIONS), "2", "tea", "tea"),
    (lambda screen, question: screen.choose(question.with_(optional=True), OPTIONS), "2", "tea", "tea"),
    (lambda screen, question: screen.choose(question.with_(careful=True), OPTIONS), "2", "tea", "tea"),
    (lambda screen, question: screen.choose_some(question, OPTIONS), "13", ["walk", "sleep"], ["walk", "sleep"]),
    (lambda screen, question: screen.rank(question, OPTIONS), " " + DOWN + " ", ["tea", "walk", "sleep"], ["tea", "walk", "sleep"]),
    (lambda screen, question: screen.scale(question, 0, 10, ("", "")), "7", 7, 7),
    (lambda screen, question: screen.yes_no(question), "n", False, False),
    (lambda screen, question: screen.choose(question, OPTIONS, own=True), "4" + ENTER + "row", "row", "row"),
    (lambda screen, question: screen.choose_some(question, OPTIONS, own=True), "1" + "4" + ENTER + "row", ["walk", "row"], ["row", "walk"]),
]  # fmt: skip


@pytest.mark.parametrize("leave", [ESC, CTRL_C])
@pytest.mark.parametrize(("way", "typed", "half", "answer"), STATES)
def test_what_stood_on_a_screen_is_kept_however_it_is_left_and_begun_from(
    keys: Keys, way: Callable[[Screen, Question], Any], typed: str, half: Any, answer: Any, leave: str
) -> None:
    if "row" in typed and leave == ESC:
        return  # which goes back to the list only
    kept: list[Any] = []
    with pytest.raises((Back, KeyboardInterrupt)):
        way(keys(typed + leave), asked(changed=kept.append))
    assert kept
    assert kept[-1] == half
    again = ENTER + ENTER if half == "row" else ENTER  # own words stand in their line, and are taken there
    assert way(keys(again), asked(half=half)) == answer


@pytest.mark.parametrize(("way", "typed", "half", "answer"), STATES)
def test_a_screen_that_was_not_touched_keeps_what_it_began_from(
    keys: Keys, way: Callable[[Screen, Question], Any], typed: str, half: Any, answer: Any
) -> None:
    kept: list[Any] = []
    with pytest.raises(Back):
        way(keys(ESC), asked(half=half, changed=kept.append))
    assert not kept


@pytest.mark.parametrize("half", ["gone", 7, True, ["walk", "gone", 3], {"items": []}, [["x"]], None, 99])
def test_a_half_of_another_shape_is_no_trouble(keys: Keys, half: Any) -> None:
    assert keys("2" + ENTER).choose(asked(half=half), OPTIONS) == "tea"
    assert keys("3" + ENTER).scale(asked(half=half), 0, 10, ("", "")) == 3
    assert keys("n" + ENTER).yes_no(asked(half=half)) is False
    assert keys(ENTER).rank(asked(half=half), OPTIONS)
    keys("x").practise(asked(half=half), Exercising([("Wait.", 60)]))


def test_support_and_the_keys_leave_the_screen_as_it_is(keys: Keys) -> None:
    for aside in ("s", "?", "\x1bOP"):
        assert keys("7" + aside + "q" + ENTER).scale(asked(), 0, 10, ("", "")) == 7
        assert keys("2" + aside + "q" + ENTER).choose(asked(optional=True), OPTIONS) == "tea"
        assert keys("13" + aside + "q" + ENTER).choose_some(asked(), OPTIONS) == ["walk", "sleep"]


def test_a_practice_goes_on_where_it_was_left(keys: Keys) -> None:
    half = {"seconds": 90, "finished": False, "ratings": [{"after_seconds": 60, "value": 4}]}
    done = keys("x", clock=lambda: 1000.0).practise(
        asked(half=half), Exercising([("Wait.", 600)], rating=Rating("How strong?", 0, 10, 8), waits=True)
    )
    assert done == half


def test_a_rating_that_was_just_given_is_kept_when_the_person_goes_back(keys: Keys) -> None:
    kept: list[Any] = []
    rated = Exercising([("Wait.", 600)], rating=Rating("How strong?", 0, 10, 8))
    with pytest.raises(Back):
        keys("--" + ESC, clock=lambda: 1000.0).practise(asked(changed=kept.append), rated)
    assert [rating["value"] for rating in kept[-1]["ratings"]] == [6]
    done = keys("x", clock=lambda: 1000.0).practise(asked(half=kept[-1]), rated)
    assert done
    assert done["ratings"] == kept[-1]["ratings"]


# Every width


@pytest.mark.parametrize("columns", [20, 30, 40, 80])
@pytest.mark.parametrize("unicode", [True, False])
def test_the_line_at_the_bottom_has_three_lines_and_what_is_needed(columns: int, unicode: bool) -> None:
    frame = Frame(draw, list, Sized(columns))
    widget = Options(frame, asked(aside=[Words("x")], answer=["o3"]), MANY, SEVERAL, own=True)
    table = [*widget._keys(), *support_keys(), help_key()]
    lines = key_lines(table, columns - 1, unicode=unicode)
    names = [named.name for line in lines for named in line]
    assert len(lines) <= 3
    assert {"esc back", "s support"} < {*names}
    assert any(name.startswith("enter") for name in names)
    assert "? keys" in names
    assert all(get_cwidth(" " + "   ".join(named.name for named in line)) < columns for line in lines)


@pytest.mark.parametrize("columns", [20, 30, 40])
def test_no_row_is_wider_than_the_screen_and_no_number_is_lost(columns: int) -> None:
    frame = Frame(draw, list, Sized(columns))
    long = [Option(f"o{number}", "Something rather long to say about " * 3) for number in range(12)]
    scale = Scale(frame, asked(answer=7), 0, 10, ("not at all strong", "as strong as it could be"))
    rating = Rating("How strong is the urge right now?", 0, 10, 7)
    practice = Practising(frame, asked(), Exercising([("Wait.", 60)], rating=rating))
    for widget in (Options(frame, asked(), long, SEVERAL, own=True), scale, practice):
        shown = text_of(widget._shown())
        assert max(map(get_cwidth, shown.split("\n"))) <= columns
    assert "[7]" in text_of(scale._shown())
    assert "now? 7" in " ".join(text_of(practice._shown()).split())


@pytest.mark.parametrize("columns", [5, 20])
def test_nothing_falls_on_a_very_narrow_screen(keys: Keys, columns: int) -> None:
    narrow = Sized(columns, 8)
    assert keys("2" + ENTER, narrow).choose(asked(hint="A hint"), OPTIONS, own=True) == "tea"
    assert keys("7" + ENTER, narrow).scale(asked(), 0, 10, ("low", "high")) == 7
    assert keys("?" + "q" + "y" + ENTER, narrow).yes_no(asked()) is True


# What stands above is read with the arrows


def test_up_reads_what_stands_above_and_down_comes_back(keys: Keys) -> None:
    above = [Words("\n".join(map(str, range(100))))]
    assert keys(UP * 3 + ENTER, Sized(40, 20)).choose(asked(above=above), OPTIONS) == "walk"
    assert keys(UP * 3 + DOWN * 12 + ENTER, Sized(40, 20)).choose(asked(above=above), OPTIONS) == "sleep"
    assert keys("4" + UP * 2 + ENTER, Sized(40, 20)).scale(asked(above=above), 0, 10, ("", "")) == 4


# Taps


def tap(column: int, row: int) -> str:
    """Return what a terminal sends for a tap at a place, counted from 0."""
    return f"\x1b[<0;{column + 1};{row + 1}M\x1b[<0;{column + 1};{row + 1}m"


@pytest.mark.parametrize("taps", [True, False])
def test_the_mouse_is_asked_for_only_where_it_is_wished_for(keys: Keys, taps: bool) -> None:
    output = Sized()
    keys(ENTER, output, taps=taps).choose(asked(), OPTIONS)
    assert output.mouse is taps


def test_the_keys_page_names_digits_as_a_row() -> None:
    widget = Options(Frame(draw, list, Sized()), asked(), MANY, ONE)
    page = draw(help_page([*widget._keys(), back_key()]), 80, styled=False)
    assert "0 to 9" in page
    assert "Esc" in page
