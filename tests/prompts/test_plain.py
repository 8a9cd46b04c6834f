"""Plain mode as somebody hears it: each thing named once, nothing left out, and every key has a name."""

import io
import os
import re
import sys
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from smartcli.asking import Back, Ended, Exercising, Option, Pause, Question, Rating
from smartcli.blocks import Items, Words
from smartcli.prompts import plain_output
from smartcli.prompts.lines import lines_of_stdin
from smartcli.prompts.plain import Plain
from smartcli.renderers.plain import blocks
from tests.support.asking import Typed, plain

FEW = [Option("walk", "Walk"), Option("call", "Call Jo"), Option("rest", "Rest")]
GROUPED = [Option(f"a{n}", f"Alone {n}", "Alone") for n in range(4)] + [Option("b", "Tea with Jo", "Together")]
LONG = [Option(f"o{number}", f"Thing {number}") for number in range(40)]

Ask = Callable[[Plain, Question], Any]
ASKS: dict[str, Ask] = {
    "line": lambda asker, question: asker.line(question),
    "text": lambda asker, question: asker.text(question),
    "scale": lambda asker, question: asker.scale(question, 0, 10, ("none", "most")),
    "yes_no": lambda asker, question: asker.yes_no(question),
    "choose": lambda asker, question: asker.choose(question, FEW),
    "choose_some": lambda asker, question: asker.choose_some(question, FEW),
    "rank": lambda asker, question: asker.rank(question, FEW),
}
ANSWERS = {"line": ["x"], "text": ["x", "."], "scale": ["3"], "yes_no": ["y"], "choose": ["2"], "choose_some": ["1,2"], "rank": ["1,2,3"]}  # fmt: skip
NEEDS = {"line": "words", "text": "words", "scale": "from 0 to 10", "yes_no": "yes or no", "choose": "from 1 to 3", "choose_some": "1,3", "rank": "3,1,2"}  # fmt: skip
KINDS = pytest.mark.parametrize("kind", [*ASKS])


def said_after(out: io.StringIO, prompts: int) -> str:
    """Return what was printed after so many prompts."""
    return out.getvalue().split("> ")[prompts]


def test_the_greeting_fits_forty_columns_and_is_said_once_to_whoever_types() -> None:
    typed, out = Typed("1", "1"), io.StringIO()
    for _sitting in range(2):
        Plain(typed, blocks, lambda wanted="": [], out).open("Urge: drinking", 4)
    first, second = (lines.split("\n") for lines in out.getvalue().split("Urge: drinking")[1:])
    assert len(first) > len(second)
    assert all(len(line) <= 40 for line in [*first, *second])
    assert all("support" in " ".join(lines) for lines in (first, second)), "how to get support is said each time"
    assert {"!", "<", "?", "*"} <= set("".join(first))


def test_a_question_that_is_no_sitting_is_not_greeted() -> None:
    asker, out = plain("y")
    asker.open("", 1)
    assert out.getvalue() == ""


def test_whoever_reads_standard_input_next_has_what_was_typed_ahead() -> None:
    assert lines_of_stdin() is lines_of_stdin()
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(b""))
    try:
        new = lines_of_stdin()
    finally:
        sys.stdin = before
    assert new is not lines_of_stdin()


@KINDS
def test_a_question_is_said_again_whole(kind: str) -> None:
    question = Question(
        ask="What now?", hint="A hint.", example="An example", place="2 of 7", heading="Urge: drinking",
        above=[Words("Earlier words.")], optional=True,
    )  # fmt: skip
    asker, out = plain("?", *ANSWERS[kind])
    assert ASKS[kind](asker, question)
    again = said_after(out, 1)
    for words in ("2 of 7. What now?", "A hint.", "An example", "Urge: drinking", "Earlier words.", "exclamation mark", "star", "less-than"):  # fmt: skip
        assert words in again
    posed = said_after(out, 0).strip().split("\n")
    assert {line for line in posed if line[0].isdigit()} <= set(again.split("\n")), "the options are said again"


@KINDS
def test_a_question_that_needs_an_answer_says_which(kind: str) -> None:
    asker, out = plain("", *ANSWERS[kind])
    assert ASKS[kind](asker, Question(ask="What now?"))
    assert NEEDS[kind] in said_after(out, 1)
    assert "exclamation mark" in said_after(out, 1)


@KINDS
@pytest.mark.parametrize("empty", ["", "  ", "."])
def test_enter_alone_never_passes_a_question_about_safety(kind: str, empty: str) -> None:
    asker, out = plain(empty, empty, *ANSWERS[kind])
    before = {"choose": "walk", "yes_no": False, "scale": 4, "line": "old", "choose_some": ["walk"]}.get(kind)
    for answer in (None, before):
        assert ASKS[kind](asker, Question(ask="Safe?", careful=True, optional=True, answer=answer)) is not None
        assert "skip" in said_after(out, 0), "how to leave it open is said with the question"
        assert "skip" in said_after(out, 1)
        asker, out = plain(empty, *ANSWERS[kind])


@KINDS
def test_a_question_about_safety_is_left_open_with_a_word(kind: str) -> None:
    asker, _out = plain("", " Skip ")
    assert ASKS[kind](asker, Question(ask="Safe?", careful=True, optional=True)) is None
    asker, out = plain("skip", *ANSWERS[kind])
    if kind not in ("line", "text"):  # there it is a word of theirs
        assert ASKS[kind](asker, Question(ask="Safe?", careful=True)) is not None
        assert "Please type" in said_after(out, 1), "one that needs an answer cannot be left open"


@KINDS
def test_the_word_leaves_any_question_open_that_takes_no_own_words(kind: str) -> None:
    asker, _out = plain("skip", ".")
    answer = ASKS[kind](asker, Question(ask="What?", optional=True))
    assert answer == ("skip" if kind in ("line", "text") else None)


def test_how_to_skip_is_said_at_length_once() -> None:
    asker, out = plain("", "", "")
    for _again in range(3):
        asker.line(Question(ask="What?", optional=True))
    assert out.getvalue().count("Press Enter to skip.") == 1
    assert out.getvalue().count("Optional.") == 2


def test_a_long_list_is_read_out_whole_and_says_how_to_find_one() -> None:
    asker, out = plain("40")
    assert asker.choose(Question(ask="Which?"), LONG) == "o39"
    posed = said_after(out, 0)
    assert [line for line in posed.split("\n") if re.match(r"\d+\.", line)] == [
        f"{n + 1}. Thing {n}" for n in range(40)
    ]
    assert posed.index("40 choices") < posed.index("1. Thing 0"), "how many there are comes before them"
    asker, out = plain("1")
    asker.choose(Question(ask="Which?"), FEW)
    assert "choices" not in out.getvalue()


@pytest.mark.parametrize("ask", ["choose", "choose_some", "rank"])
@pytest.mark.parametrize("own", [True, False])
def test_a_list_is_searched_by_a_word_and_its_numbers_stay(ask: str, own: bool) -> None:
    asker, out = plain("/JO", "/ zebra", "/", "5" if ask != "rank" else "5,1,2,3,4")
    given = {} if ask == "rank" else {"own": own}
    assert getattr(asker, ask)(Question(ask="Which?"), GROUPED, **given) in ("b", ["b"], ["b", "a0", "a1", "a2", "a3"])
    assert said_after(out, 1).strip().split("\n") == ["1 of 5 has that:", "5. Tea with Jo"]
    assert "Nothing" in said_after(out, 2)
    assert "/" in said_after(out, 3), "the sign alone says how it is used"


def test_a_group_says_its_numbers_and_can_be_searched_for() -> None:
    asker, out = plain("/together", "1")
    asker.choose(Question(ask="Which?"), GROUPED)
    assert "Alone: 1 to 4.\n1. Alone 0\n" in out.getvalue()
    assert "Together: 5.\n5. Tea with Jo" in out.getvalue()
    assert "5. Tea with Jo" in said_after(out, 1)


def test_own_words_that_begin_with_a_slash_can_be_given() -> None:
    asker, _out = plain("//shelf")
    assert asker.choose(Question(ask="Which?"), FEW, own=True) == "/shelf"
    asker, _out = plain("/not a search where there is no list")
    assert str(asker.line(Question(ask="What?"))).startswith("/not")


@pytest.mark.parametrize("slip", ["x", "7 8", ""])
def test_a_number_is_asked_for_with_its_range(slip: str) -> None:
    asker, out = plain(slip, "7")
    assert asker.scale(Question(ask="How strong?"), 1, 5, ("", "")) == 7
    assert "from 1 to 5" in said_after(out, 1)


def test_the_next_of_a_list_is_asked_for_without_reading_back_what_was_just_typed() -> None:
    asker, out = plain("a", "b", "<", "c")
    first = Question(ask="What costs?", place="2 of 7", above=[Words("Earlier.")], optional=True)
    asker.line(first)
    then = first.with_(above=[*first.above, Words("- a")], ends_list=True)
    asker.line(then)
    assert "- a" not in said_after(out, 1)
    with pytest.raises(Back):
        asker.line(then)
    asker.line(then.with_(half="b"))
    assert "- a" in said_after(out, 3), "who goes back hears where they are"


def test_the_first_question_says_that_it_is_the_first() -> None:
    asker, out = plain("<", "<", "a")
    for place in ("2 of 3", "1 of 3"):
        with pytest.raises(Back):
            asker.line(Question(ask=f"What is {place}?", place=place))
    asker.line(Question(ask="What is 1 of 3?", place="1 of 3"))
    assert [said_after(out, prompt).count("first question") for prompt in range(3)] == [0, 0, 1]


def test_a_count_that_changes_is_told() -> None:
    asker, out = plain("a", "a", "a", "a")
    asker.open("Check-in", 7)
    for place in ("1 of 7", "2 of 9", "3 of 9", "4 of 8"):
        asker.line(Question(ask="What?", place=place))
    said = [re.findall(r"\d questions? (?:more|fewer)", said_after(out, prompt)) for prompt in range(4)]
    assert said == [[], ["2 questions more"], [], ["1 question fewer"]]


def test_places_of_what_is_no_sitting_are_not_taken_for_a_count() -> None:
    asker, out = plain("1")
    asker.open("Look back", 1)
    asker.choose(Question(ask="Which?", place="31 to 60"), FEW)
    assert "more" not in out.getvalue().split("keys.")[1]


@pytest.mark.parametrize("takes_many", [True, False])
def test_lines_pasted_at_once_are_several_answers_only_where_several_are_taken(takes_many: bool) -> None:
    asker, _out = plain("bread\nmilk")
    answer = asker.line(Question(ask="What?", takes_many=takes_many))
    assert answer == ("bread\nmilk" if takes_many else "bread milk")


def test_a_paste_neither_ends_a_text_nor_loses_a_line_of_it() -> None:
    asker, _out = plain("one\n.\n\ntwo", ".")
    assert asker.text(Question(ask="What?")) == "one\n.\n\ntwo"


class Practising(Typed):
    """Lines typed while a practice goes on; then the input ends."""

    live = True

    def wait(self, seconds: float) -> str | None:
        if not self.left:
            raise EOFError
        return self.left.pop(0)


def practise(*typed: str) -> tuple[Any, str]:
    """Return how a practice ended and what was printed."""
    out = io.StringIO()
    asker = Plain(Practising(*typed), blocks, lambda wanted="": [Words("SUPPORT")], out)
    question = Question(ask="Breathe", hint="Sit down.", heading="Urge: drinking")
    try:
        ended: Any = asker.practise(question, Exercising([("In.", 60)], rating=Rating("How strong?", 0, 10, 8)))
    except Exception as way_out:
        ended = type(way_out).__name__
    return ended, out.getvalue()


@pytest.mark.parametrize(("typed", "ended"), [("!", "Pause"), ("<", "Back"), (None, "Ended")])
def test_a_practice_can_be_left_like_any_question(typed: str | None, ended: str) -> None:
    assert practise(*([typed] if typed else []))[0] == ended


@pytest.mark.parametrize("typed", ["!", "<", None])
def test_a_practice_that_was_left_goes_on_where_it_was(typed: str | None) -> None:
    kept: list[Any] = []
    lines = Practising(*["6", *([typed] if typed else [])])
    asker, out = Plain(lines, blocks, list, io.StringIO()), io.StringIO()
    rated = Exercising([("In.", 60), ("Out.", 60)], rating=Rating("How strong?", 0, 10, 8))
    with pytest.raises((Pause, Back, Ended)):
        asker.practise(Question(ask="Breathe", changed=kept.append), rated)
    assert [rating["value"] for rating in kept[-1]["ratings"]] == [6]
    half = {**kept[-1], "seconds": 70}
    done = Plain(Practising("5", ""), blocks, list, out).practise(Question(ask="Breathe", half=half), rated)
    assert done
    assert [rating["value"] for rating in done["ratings"]] == [6, 5]
    assert done["seconds"] >= 70
    assert "Out." in out.getvalue()
    assert "In." not in out.getvalue()


def test_a_practice_answers_what_is_asked_of_it_and_goes_on() -> None:
    ended, said = practise("?", "*", "s", "6", "")
    assert ended["ratings"][0]["value"] == 6
    assert said.count("SUPPORT") == 2
    assert "Sit down." in said
    assert said.count("In.") == 2, "the step is said again too"
    assert said.count("from 0 to 10") == 2, "that a number can be typed is said at the start and when asked"
    assert "Noted: 6." in said


@KINDS
def test_the_signs_leave_every_kind_of_question(kind: str) -> None:
    for sign, way in (("<", Back), ("!", Pause)):
        asker, _out = plain(sign)
        with pytest.raises(way):
            ASKS[kind](asker, Question(ask="What?"))


@pytest.mark.parametrize("columns", [20, 40, 80])
def test_lines_break_between_words_at_a_terminal_and_nowhere_else(
    columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = "How did the evening go, all in all, and whom did you call at 020-7946-0018 afterwards?"

    def printed() -> Sequence[str]:
        asker, out = plain("x")
        asker.line(Question(ask=long, above=[Items([])]))
        return out.getvalue().strip("\n").split("\n")

    assert long in printed()
    monkeypatch.setattr(plain_output, "width_of", lambda stream: columns)
    lines = printed()
    assert all(len(line) <= columns for line in lines)
    assert " ".join(lines).startswith(long)


def test_only_a_terminal_has_columns() -> None:
    assert plain_output.width_of(io.StringIO()) is None
    reading, writing = os.pipe()
    with os.fdopen(writing, "w") as stream:
        assert plain_output.width_of(stream) is None
    os.close(reading)
