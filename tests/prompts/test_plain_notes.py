"""Plain mode is read aloud: nothing is said twice that was understood, and what is read stands apart."""

from smartcli.asking import Option, Question
from smartcli.blocks import Words
from tests.support.asking import plain

OPTIONS = [Option("walk", "Walk"), Option("call", "Call Jo")]


def test_an_empty_line_stands_between_two_notes_and_nowhere_else() -> None:
    asker, out = plain("x")
    asker.tell("T", [Words("One.")])
    asker.tell("T", [Words("Two.")])
    asker.line(Question(ask="What?"))
    asker.tell("T", [Words("Three.")])
    assert out.getvalue() == "One.\n\nTwo.\nWhat?\n> \nThree.\n"


def test_how_to_answer_a_list_is_said_at_length_once() -> None:
    asker, out = plain("1,2", "1", "2,1", "1,2", "1,2")
    first, second = Question(ask="First?"), Question(ask="Second?")
    asker.choose_some(first, OPTIONS)
    asker.choose_some(second, OPTIONS)
    asker.rank(first, OPTIONS)
    asker.rank(second, OPTIONS)
    said = out.getvalue()
    assert said.count("such as 1,3") == 1
    assert said.count("such as 3,1,2") == 1
    assert "several" in said.split("Second?")[1], "that several may be chosen is said each time"


def test_how_to_answer_a_list_is_there_for_who_asks() -> None:
    asker, out = plain("1", "?", "1")
    asker.choose_some(Question(ask="First?"), OPTIONS)
    asker.choose_some(Question(ask="Second?", hint="A hint."), OPTIONS)
    assert "such as 1,3" in out.getvalue().split("A hint.")[1]


def test_own_words_are_offered_at_every_question_that_takes_them() -> None:
    asker, out = plain("1", "1")
    for ask in ("First?", "Second?"):
        asker.choose_some(Question(ask=ask), OPTIONS, own=True)
    assert out.getvalue().count("own words") == 2
