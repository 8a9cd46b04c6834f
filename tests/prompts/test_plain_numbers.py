"""One number for one answer, in plain mode: a slip is asked about, and never kept as somebody's own words."""

import io

import pytest

from smartcli.asking import Exercising, Option, Question, Rating
from smartcli.blocks import Words
from smartcli.prompts.plain import Plain
from smartcli.renderers.plain import blocks
from tests.support.asking import Typed

OPTIONS = [Option(name, f"{name.capitalize()} a while") for name in ("walk", "call", "rest", "read")]


def plain(*typed: str) -> tuple[Plain, io.StringIO]:
    out = io.StringIO()
    return Plain(Typed(*typed), blocks, lambda wanted="": [Words("SUPPORT")], out), out


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("slip", ["1 4", "1,4", "4, 1", "1-3", "1;2", "1 & 2", "1.2", "(1) 2"])
def test_two_numbers_are_no_answer_to_a_choice_of_one(slip: str, own: bool) -> None:
    asker, out = plain(slip, "2")
    assert asker.choose(Question(ask="?"), OPTIONS, own=own) == "call"
    assert "from 1 to 4" in out.getvalue(), "it says what can be typed"


@pytest.mark.parametrize("slip", ["17", "0", "5.", "-3", "99999"])
def test_a_number_out_of_range_is_no_own_word(slip: str) -> None:
    asker, out = plain(slip, "2")
    assert asker.choose(Question(ask="?"), OPTIONS, own=True) == "call"
    assert "from 1 to 4" in out.getvalue(), "it says what can be typed"


@pytest.mark.parametrize("typed", ["3", " 3 ", "3.", "3)", "(3)", "3,", "#3", "３"])
def test_one_number_is_taken_whatever_people_put_around_it(typed: str) -> None:
    asker, _ = plain(typed)
    assert asker.choose(Question(ask="?"), OPTIONS, own=True) == "rest"


@pytest.mark.parametrize(
    "words", ["24/7", "at 8", "12:30", "020 7946 0018", "4 walls", "8 to 4", "5pm", "2 cups, 1 lap"]
)
def test_words_with_numbers_in_them_stay_words(words: str) -> None:
    asker, out = plain(words)
    assert asker.choose(Question(ask="?"), OPTIONS, own=True) == words
    assert out.getvalue().count("> ") == 1, "it is asked once"


def test_own_words_of_figures_that_are_on_offer_can_be_named(  # kept by an earlier version as somebody's words
) -> None:
    asker, _ = plain("4 8")
    assert asker.choose(Question(ask="?"), [Option("4 8", "4 8"), *OPTIONS], own=True) == "4 8"


@pytest.mark.parametrize("own", [True, False])
def test_words_that_two_options_share_are_asked_about(own: bool) -> None:  # a translation may have the same for both
    alike = [Option("calm", "Ruhig"), Option("still", "ruhig"), Option("ruhig", "Wach")]
    asker, out = plain("ruhig", "2")
    assert asker.choose(Question(ask="?"), alike, own=own) == "still"
    assert "from 1 to 3" in out.getvalue()


def test_the_words_that_are_shown_come_before_the_id_of_another_option() -> None:
    asker, _ = plain("rest")
    assert asker.choose(Question(ask="?"), [*OPTIONS, Option("others", "Rest")]) == "others"


@pytest.mark.parametrize("typed", ["1,3", "1, 3", "1 3", "1;3", "1 & 3", "1,3.", "1 3,"])
def test_several_numbers_are_taken_with_or_without_commas(typed: str) -> None:
    asker, _ = plain(typed)
    assert asker.choose_some(Question(ask="?"), OPTIONS, own=True) == ["walk", "rest"]


def test_a_range_is_asked_about_where_several_are_wanted() -> None:
    asker, out = plain("1-3", "4 1")
    assert asker.choose_some(Question(ask="?"), OPTIONS, own=True) == ["read", "walk"]
    assert out.getvalue().count("> ") == 2, "it is asked again"
    asker, _ = plain("4 3 2 1")
    assert asker.rank(Question(ask="?"), OPTIONS) == ["read", "rest", "call", "walk"]


def test_own_words_with_a_comma_or_a_number_stay_as_they_are_among_several() -> None:
    asker, _ = plain("2, 10 push-ups, 5 1/2 laps")
    assert asker.choose_some(Question(ask="?"), OPTIONS, own=True) == ["call", "10 push-ups", "5 1/2 laps"]


@pytest.mark.parametrize("slip", ["7 8", "7,8", "7-8", "7, 8"])
def test_a_scale_takes_one_number(slip: str) -> None:
    asker, out = plain(slip, "7")
    assert asker.scale(Question(ask="?"), 0, 10, ("", "")) == 7
    assert out.getvalue().count("> ") == 2, "it is asked again"
    asker, _ = plain("6.5")
    assert asker.scale(Question(ask="?"), 0, 10, ("", "")) == 6.5


@pytest.mark.parametrize("slip", ["1", "1 2", "yes no", "y n"])
def test_yes_or_no_takes_one_of_them(slip: str) -> None:
    asker, out = plain(slip, "no.")
    assert asker.yes_no(Question(ask="?")) is False
    assert out.getvalue().count("> ") == 2, "it is asked again"


class Waiting(Typed):
    """Lines typed while a practice goes on."""

    live = True

    def wait(self, seconds: float) -> str | None:
        return self.read(lambda typed: None)


def test_a_slip_in_a_practice_neither_ends_it_nor_is_a_rating() -> None:
    out = io.StringIO()
    asker = Plain(Waiting("7 8", "17", "6", ""), blocks, lambda wanted="": [], out)
    answer = asker.practise(Question(ask="?"), Exercising([("Wait.", 60)], rating=Rating("Now?", 0, 10, 8)))
    assert answer is not None
    assert [rating["value"] for rating in answer["ratings"]] == [6]
    assert "from 0 to 10" in out.getvalue(), "it says what can be typed"
