"""How support is opened in plain mode: a sign everywhere, a word where no own words are asked for."""

import io

import pytest

from smartcli.asking import Option, Question
from smartcli.blocks import Words
from smartcli.prompts.plain import Plain
from smartcli.renderers.plain import blocks
from tests.support.asking import Typed

OPTIONS = [Option("walk", "Walk"), Option("call", "Call")]


def plain(*typed: str) -> tuple[Plain, io.StringIO]:
    out = io.StringIO()
    return Plain(Typed(*typed), blocks, lambda wanted="": [Words(f"SUPPORT<{wanted}>")], out), out


@pytest.mark.parametrize("word", ["*", "s", "S", "support", "Help", " help "])
def test_a_word_opens_support_where_no_own_words_are_asked_for(word: str) -> None:
    question = Question(ask="?")

    def opened(asked: str, *typed: str) -> None:
        asker, out = plain(word, *typed)
        if asked == "scale":
            assert asker.scale(question, 0, 10, ("", "")) == 3
        elif asked == "yes_no":
            assert asker.yes_no(question) is True
        elif asked == "choose":
            assert asker.choose(question, OPTIONS) == "walk"
        elif asked == "several":
            assert asker.choose_some(question, OPTIONS) == ["walk"]
        else:
            assert asker.rank(question, OPTIONS) == ["call", "walk"]
        assert out.getvalue().count("SUPPORT<>") == 1

    opened("scale", "3")
    opened("yes_no", "yes")
    opened("choose", "1")
    opened("several", "1")
    opened("rank", "2,1")


@pytest.mark.parametrize("word", ["s", "support", "help"])
def test_where_own_words_are_welcome_the_word_is_kept_and_the_sign_is_named_once(word: str) -> None:
    asker, out = plain(word, word, "more", ".", word)
    assert asker.line(Question(ask="?")) == word
    assert asker.text(Question(ask="?")) == f"{word}\nmore"
    assert asker.choose(Question(ask="?"), OPTIONS, own=True) == word
    assert "SUPPORT" not in out.getvalue()
    assert out.getvalue().count("type * alone on a line") == 1


def test_an_option_with_that_word_is_chosen() -> None:
    asker, out = plain("help")
    assert asker.choose(Question(ask="?"), [Option("now", "Help"), *OPTIONS]) == "now"
    assert "SUPPORT" not in out.getvalue()


def test_the_sign_twice_shows_everything_and_with_a_name_that_country() -> None:
    asker, out = plain("*", "*", "* ireland", "words")
    assert asker.line(Question(ask="?")) == "words"
    assert [part.split(">")[0] for part in out.getvalue().split("SUPPORT<")[1:]] == ["", "*", "ireland"]
    asker, out = plain("* ireland", "3")
    assert asker.scale(Question(ask="?"), 0, 10, ("", "")) == 3
    assert "SUPPORT<ireland>" in out.getvalue()


def test_a_list_with_stars_and_a_doubled_sign_stay_words() -> None:
    asker, out = plain("* milk", "* bread", ".", "**")
    assert asker.text(Question(ask="?")) == "* milk\n* bread"
    assert asker.line(Question(ask="?")) == "*"
    assert "SUPPORT" not in out.getvalue()
