"""Lists: the way back through their lines, pastes of several lines, and what a draft keeps of one."""

from collections.abc import Sequence
from typing import Any

import pytest

from smartcli.asking import Back, Option, Question
from smartcli.fields import Choice, Choices, Field, Line, Lines, Moment, Practice, Rank, Scale, Table, Text
from smartcli.fields.lines_asking import several
from smartcli.fields.number import Number
from smartcli.fields.yes_no import YesNo
from smartcli.renderers.plain import blocks as said

MARKS = (Option("short", "short-term"), Option("long", "long-term"))
LIST = Lines(id="list", ask="What?")
MARKED = Lines(id="list", ask="What?", marks=MARKS)
OPTIONS = (Option("a", "A"), Option("b", "B"))
BACK = object()


class Asked:
    """An asker that plays a script: what to answer, BACK, or (words, BACK) for words that are half typed."""

    live = True

    def __init__(self, *script: Any) -> None:
        self.script = [*script]
        self.questions: list[Question] = []

    def _next(self, question: Question) -> Any:
        self.questions.append(question)
        deed = self.script.pop(0)
        if isinstance(deed, tuple):
            question.changed(deed[0])
            deed = deed[1]
        if deed is BACK:
            raise Back
        if deed is not None:
            assert question.check(deed) is None
        return deed

    def line(self, question: Question, understand: Any = str, echo: Any = None) -> Any:
        return self._next(question)

    def choose(self, question: Question, options: Sequence[Option], *, own: bool = False) -> Any:
        return self._next(question)

    choose_some = choose

    def scale(self, question: Question, low: int, high: int, ends: tuple[str, str]) -> Any:
        return self._next(question)


def ask(field: Field, *script: Any, answer: Any = None, half: Any = None) -> tuple[Any, list[Question], Any]:
    """Return what a field answers to a script (BACK: the person went back), the questions asked, what a draft keeps."""
    kept = [half]
    asker = Asked(*script)
    question = Question(ask=field.ask, answer=answer, half=half, changed=lambda half: kept.append(half))
    try:
        given = field.put(asker, question)  # type: ignore[arg-type]
    except Back:
        given = BACK
    assert not asker.script
    return given, asker.questions, kept[-1]


def test_going_back_in_a_list_keeps_the_later_lines() -> None:
    given, questions, _ = ask(LIST, "alpha", "bravo", "charlie", BACK, BACK, "bravo fixed", "charlie", None)
    assert given == ["alpha", "bravo fixed", "charlie"]
    assert (questions[4].answer, questions[4].takes_out, questions[4].ends_list) == ("charlie", True, False)
    assert "alpha" in said(questions[5].above)
    assert "charlie" in said(questions[5].above)


def test_marks_stay_with_their_lines() -> None:
    script = ["alpha", "short", "bravo", "long", "charlie", None, BACK, BACK, "bravo fixed", "long", "charlie", None]
    given, questions, _ = ask(MARKED, *script, None)
    assert given == [
        {"text": "alpha", "marks": ["short"]},
        {"text": "bravo fixed", "marks": ["long"]},
        {"text": "charlie", "marks": []},
    ]
    assert questions[9].answer == "long"


def test_an_emptied_line_is_taken_out_and_the_list_goes_on() -> None:
    given, _, _ = ask(LIST, "alpha", "bravo", "charlie", BACK, BACK, None, "charlie", None)
    assert given == ["alpha", "charlie"]


def test_a_list_that_is_left_comes_back_as_it_was_with_the_words_of_each_line() -> None:
    left = ["alpha", "bravo", ("char", BACK), ("bravo fix", BACK), BACK]
    given, _, half = ask(LIST, *left)
    assert given is BACK
    again, questions, _ = ask(LIST, "alpha", "bravo fixed", "charlie", None, half=half)
    assert again == ["alpha", "bravo fixed", "charlie"]
    assert [question.half for question in questions] == [None, "bravo fix", "char", None]


def test_a_full_list_can_be_gone_back_into_and_ends_by_itself() -> None:
    two = Lines(id="list", ask="What?", max=2)
    assert ask(two, "alpha", BACK, "alpha", "bravo")[0] == ["alpha", "bravo"]
    assert ask(two, "alpha", "bravo", half={"items": [], "typed": "al"})[0] == ["alpha", "bravo"]


@pytest.mark.parametrize(
    ("pasted", "lines"),
    [
        ("a\nb\n\n c \n", ["a", "b", "c"]),
        ("- a\n* b\n", ["a", "b"]),
        ("1. a\n2) b\n10. c", ["a", "b", "c"]),
        ("- a\nb", ["- a", "b"]),
        ("-5\n-6", ["-5", "-6"]),
        ("- a", ["- a"]),
        ("- \n-  ", ["-", "-"]),
        ("", []),
    ],
)
def test_pasted_lines_are_told_apart(pasted: str, lines: list[str]) -> None:
    assert several(pasted) == lines


def test_several_lines_at_once_are_several_items() -> None:
    given, questions, _ = ask(LIST, "alpha\nbravo", "charlie", None)
    assert given == ["alpha", "bravo", "charlie"]
    assert questions[0].takes_many


def test_each_of_several_lines_is_marked_in_turn_and_going_back_keeps_them_all() -> None:
    given, _, half = ask(MARKED, "a\nb\nc", "short", BACK, BACK, "a", "short", BACK, BACK)
    assert given is BACK
    assert [item["text"] for item in half["items"]] == ["a", "b", "c"]
    given, _, _ = ask(MARKED, "a\nb", "short", "long", None)
    assert given == [{"text": "a", "marks": ["short"]}, {"text": "b", "marks": ["long"]}]


def test_lines_for_which_there_is_no_room_are_not_taken() -> None:
    two = Lines(id="list", ask="What?", max=2)
    _, (first, *_), _ = ask(two, "a", "b")
    assert first.check("a\nb\nc")
    assert first.check("a\nb") is None
    _, questions, _ = ask(two, "a", "b")
    assert questions[1].check("b\nc")
    assert not questions[1].takes_many


def test_a_line_of_several_lines_from_before_stays_one() -> None:
    given, _, _ = ask(LIST, "a\nb", None, half={"items": ["a\nb"], "at": 0})
    assert given == ["a\nb"]


def test_what_is_done_to_a_list_stays_done_when_somebody_goes_back() -> None:
    before = [{"text": "a", "marks": ["short"]}, {"text": "b", "marks": []}]
    given, questions, half = ask(MARKED, "add", "c", "long", BACK, BACK, "remove", "0", BACK, answer=before)
    assert given is BACK
    assert "short-term" in said(questions[0].above)
    assert [item["text"] for item in half["items"]] == ["b", "c"]
    assert ask(MARKED, "keep", answer=before, half=half)[0] == [
        {"text": "b", "marks": []},
        {"text": "c", "marks": ["long"]},
    ]


def test_what_is_half_typed_while_a_list_is_changed_comes_back_there() -> None:
    for chosen, words in ((["change", "1"], "b fix"), (["add"], "c")):
        given, _, half = ask(LIST, *chosen, (words, BACK), BACK, answer=["a", "b"])
        assert given is BACK
        _, questions, _ = ask(
            LIST, *chosen, "done", *([None] if chosen == ["add"] else []), "keep", answer=["a", "b"], half=half
        )
        assert words in [question.half for question in questions]


def test_a_list_that_is_looked_at_and_left_is_nothing_half_given() -> None:
    assert ask(LIST, "add", BACK, "change", "0", ("a", BACK), ("keep", BACK), answer=["a", "b"])[2] is None


def test_items_keep_their_marks_where_one_is_chosen() -> None:
    before = [{"text": "a", "marks": ["short"]}, {"text": "b", "marks": []}]
    _, questions, _ = ask(MARKED, "remove", "0", "keep", answer=before)
    assert "short-term" in said(questions[0].above)


ROWS = Table(
    id="rows", ask="Rows?", columns=(Line(id="name", ask="Name?"), Scale(id="strong", ask="How strong?", optional=True))
)


def test_a_row_comes_back_with_every_cell_as_it_was_left() -> None:
    given, _, half = ask(ROWS, "a", 3, "b", (7, BACK), ("b fix", BACK), (5, BACK), BACK)
    assert given is BACK
    again, questions, _ = ask(ROWS, "a", 5, "b fix", 7, None, half=half)
    assert again == [{"name": "a", "strong": 5}, {"name": "b fix", "strong": 7}]
    assert [question.half for question in questions] == [None, 5, "b fix", 7, None]


def test_a_row_whose_first_cell_is_emptied_is_taken_out() -> None:
    given, _, _ = ask(ROWS, "a", 3, "b", 4, BACK, BACK, BACK, BACK, None, "b", 4, None)
    assert given == [{"name": "b", "strong": 4}]


def test_a_row_half_changed_keeps_the_cells_that_were_given() -> None:
    given, _, _ = ask(ROWS, "change", "0", "a fixed", BACK, BACK, "keep", answer=[{"name": "a"}, {"name": "b"}])
    assert given == [{"name": "a fixed"}, {"name": "b"}]


def test_a_row_half_added_is_gone_on_with_when_adding_is_chosen_again() -> None:
    rows = Table(id="rows", ask="Rows?", columns=(Line(id="name", ask="Name?"), Line(id="why", ask="Why?")))
    before = [{"name": "a", "why": "x"}]
    given, questions, _ = ask(rows, "add", "b", ("be", BACK), BACK, "add", "b", "because", None, "keep", answer=before)
    assert given == [*before, {"name": "b", "why": "because"}]
    assert questions[6].half == "be"


FIELDS = [
    (Line(id="f"), "half", [3, None, [], {}]),
    (Text(id="f"), "half", [3, []]),
    (Number(id="f"), "4", [4]),
    (Moment(id="f"), "yest", [4]),
    (Scale(id="f"), 4, ["4", 11, True, [4]]),
    (Choice(id="f", options=OPTIONS), "b", ["c", 4, ["a"], []]),
    (Choices(id="f", options=OPTIONS), ["b"], ["a", 4]),
    (Rank(id="f", options=OPTIONS), ["b", "a"], ["a", [], ["c"], [[]]]),
    (YesNo(id="f"), False, ["no", 0]),
    (Practice(id="f"), {"seconds": 3, "finished": False, "ratings": []}, [3, {"seconds": 3}]),
    (LIST, {"items": ["a"], "typed": "b"}, ["a", ["a"]]),
    (ROWS, {"rows": [{"name": "a"}], "at": [0, 1]}, ["a", {"rows": 3}, {}]),
]


@pytest.mark.parametrize(("field", "half", "strange"), FIELDS)
def test_a_half_that_does_not_fit_is_passed_over(field: Field, half: Any, strange: list[Any]) -> None:
    assert field.half_of(half) == half
    for other in strange:
        assert field.half_of(other) is None


ODD_HALVES: list[dict[str, Any]] = [
    *({"items": items} for items in ([3], [None, "a"], "a", None, [{"text": "a", "marks": ["gone"]}])),
    *({"items": ["a"], "at": at} for at in (-1, 7, "x", [1], True, None)),
    {"items": ["a"], "halves": 3},
    {"items": ["a"], "halves": [3, {}, {"at": "x", "half": 1}, {"at": [], "half": 1}]},
    {"items": ["a"], "halves": {"at": 1}},
    *({"items": ["a"], "doing": doing, "which": 9} for doing in ("change", "remove", "sing", "")),
    {"items": ["a"], "doing": 3},
    {"items": ["a"], "doing": []},
    {"typed": 3},
]


@pytest.mark.parametrize("half", ODD_HALVES)
def test_half_a_list_of_any_shape_can_be_gone_on_with(half: Any) -> None:
    class Ends(Asked):
        def _next(self, question: Question) -> Any:
            self.questions.append(question)
            assert len(self.questions) < 20
            return question.answer if question.answer is not None else None if question.optional else "word"

        def choose(self, question: Question, options: Sequence[Option], *, own: bool = False) -> Any:
            self.questions.append(question)
            return question.answer or (None if question.optional else options[0].id)

    for field in (LIST, MARKED):
        field.put(Ends(), Question(ask="?", half=half))  # type: ignore[arg-type]
        field.put(Ends(), Question(ask="?", half=half, answer=["b"] if field is LIST else [{"text": "b", "marks": []}]))  # type: ignore[arg-type]


ODD_TABLES: list[dict[str, Any]] = [
    *({"rows": rows, "at": [0, 1]} for rows in ([3], [{"gone": "x"}], [{"name": 3, "strong": "x"}], [])),
    *({"rows": [{"name": "a"}], "at": at} for at in ([9, 9], [-1, 0], [0], "x", None, [0, "x"])),
    {"rows": [{"name": "a"}]},
    {"rows": [{"name": "a"}], "at": [0, 1], "half": {"x": 1}, "halves": [{"at": [0, 0], "half": 7}]},
    {"items": [{"name": "a"}], "doing": "change", "which": 0, "halves": [{"at": [0], "half": {"rows": 3}}]},
]


@pytest.mark.parametrize("half", ODD_TABLES)
def test_half_a_table_of_any_shape_can_be_gone_on_with(half: Any) -> None:
    class Ends(Asked):
        def _next(self, question: Question) -> Any:
            self.questions.append(question)
            assert len(self.questions) < 20
            return question.answer if question.answer is not None else None if question.optional else "word"

    answer = ROWS.put(Ends(), Question(ask="?", half=half))  # type: ignore[arg-type]
    assert ROWS.check(answer) is None
