"""What each kind takes as an answer, and what it makes of it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartcli.asking import Exercising, Option, WrongAnswerError
from smartcli.content.catalog import Catalog
from smartcli.fields import Choice, Choices, Field, Lines, Moment, Table, as_asked
from smartcli.fields.line import Line
from smartcli.fields.number import Number
from smartcli.fields.practice import Practice
from smartcli.fields.rank import Rank
from smartcli.fields.scale import Scale
from smartcli.fields.text import Text
from smartcli.fields.yes_no import YesNo
from tests.support.answers import right

OPTIONS = (Option("walk", "A walk"), Option("tea", "A cup of tea"))
MARKS = (Option("short", "Short-term"), Option("long", "Long-term"))

LINE = Line(id="f", ask="?")
TEXT = Text(id="f", ask="?")
NUMBER = Number(id="f", ask="?", low=0, high=10)
SCALE = Scale(id="f", ask="?")
YES_NO = YesNo(id="f", ask="?")
CHOICE = Choice(id="f", ask="?", options=OPTIONS)
OWN = Choice(id="f", ask="?", options=OPTIONS, own=True)
CHOICES = Choices(id="f", ask="?", options=OPTIONS, max=1)
RANK = Rank(id="f", ask="?", options=OPTIONS)
LINES = Lines(id="f", ask="?", max=2)
MARKED = Lines(id="f", ask="?", marks=MARKS)
MANY = Lines(id="f", ask="?", marks=MARKS, many=True)
MOMENT = Moment(id="f", ask="?")
PRACTICE = Practice(id="f", ask="?")
WRITTEN = date(2026, 11, 22)
TABLE = Table(
    id="f", ask="?", min=1, max=2,
    columns=(Line(id="what", ask="?"), Scale(id="how", ask="?", optional=True), YesNo(id="went", ask="?", later=True)),
)  # fmt: skip

ITEM = {"text": "a", "marks": ["short"]}
DONE = {"seconds": 3, "finished": True, "ratings": [{"after_seconds": 1, "value": 4}]}


@pytest.mark.parametrize(
    ("field", "answer"),
    [
        (LINE, "x"), (TEXT, "x\ny"), (NUMBER, 3), (NUMBER, 2.5), (SCALE, 0), (SCALE, 10), (YES_NO, False),
        (CHOICE, "walk"), (OWN, "something else"), (CHOICES, ["tea"]), (RANK, ["tea", "walk"]), (LINES, ["a", "b"]),
        (MARKED, [ITEM, {"text": "b", "marks": []}]), (MANY, [{"text": "a", "marks": ["short", "long"]}]),
        (MOMENT, "2026-11-22"), (MOMENT, "2026-11-22T21:00:00+00:00"), (PRACTICE, DONE),
        (TABLE, [{"what": "a"}, {"what": "b", "how": 3, "went": True}]),
    ],
)  # fmt: skip
def test_a_right_answer_has_no_problem_and_can_be_shown(field: Field, answer: Any) -> None:
    assert field.check(answer) is None
    assert field.blocks(answer)
    assert field.brief(answer)


WRONG = [
    (LINE, ["", "  ", 3, None, ["x"], "x" * 1_000_001]),
    (TEXT, ["", "\n", 3]),
    (NUMBER, ["3", True, -1, 11, float("nan"), float("inf"), None]),
    (SCALE, ["3", True, -1, 11, None]),
    (YES_NO, [1, "yes", None]),
    (CHOICE, ["coffee", "", None, ["walk"], 3]),
    (OWN, ["", 3]),
    (CHOICES, ["walk", [], ["coffee"], ["tea", "tea"], ["tea", "walk"], [3]]),
    (RANK, [["walk"], ["walk", "walk"], ["walk", "coffee"], "walk"]),
    (LINES, [[], "a", [""], ["a", "b", "c"], [3]]),
    (MARKED, [["a"], [{"text": "a"}], [{"text": "a", "marks": ["other"]}], [{"text": "a", "marks": ["short", "long"]}],
              [{"text": "", "marks": []}], [{"text": "a", "marks": [[]]}]]),
    (MOMENT, ["yesterday", "", None, 3, "2026-13-01"]),
    (PRACTICE, [{}, {"seconds": -1, "finished": True, "ratings": []}, {"seconds": 1, "finished": 1, "ratings": []}, "x",
                {"seconds": 1, "finished": True, "ratings": [{"value": 1}]}, {"seconds": 1, "finished": True, "ratings": 3}]),
    (TABLE, [[], [{}], [{"how": 3}], [{"what": "a", "other": 1}], [{"what": "a", "how": 99}], ["a"], "a",
             [{"what": "a"}] * 3]),
]  # fmt: skip


@pytest.mark.parametrize(("field", "answer"), [(field, answer) for field, answers in WRONG for answer in answers])
def test_a_wrong_answer_is_refused_in_one_sentence_that_does_not_repeat_it(field: Field, answer: Any) -> None:
    told = field.check(answer)
    assert told
    assert told.endswith(".")
    assert "\n" not in told
    assert "coffee" not in told


def test_options_may_be_named_by_their_words_in_any_case() -> None:
    assert CHOICE.accept("a CUP of tea") == "tea"
    assert CHOICES.accept(["A walk"]) == ["walk"]
    assert RANK.accept(["tea", "A walk"]) == ["tea", "walk"]
    assert OWN.accept("Rowing") == "Rowing"


def test_moments_are_taken_in_words_and_kept_as_iso() -> None:
    assert MOMENT.accept("2026-11-20") == "2026-11-20"
    assert MOMENT.check(MOMENT.accept("yesterday")) is None
    for raw in ("never", 3, None):
        with pytest.raises(WrongAnswerError):
            MOMENT.accept(raw)


def test_what_may_be_left_out_is_put_in() -> None:
    assert MARKED.accept(["a", ITEM]) == [{"text": "a", "marks": []}, ITEM]
    assert PRACTICE.accept({"seconds": 1, "finished": False}) == {
        "seconds": 1,
        "finished": False,
        "ratings": [],
    }
    assert TABLE.accept([{"what": "a", "how": None}]) == [{"what": "a"}]


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda x: st.lists(x) | st.dictionaries(st.text(), x),
    )
)
def test_no_json_makes_a_kind_fall_over(raw: Any) -> None:
    for field in (*(field for field, _ in WRONG), MANY):
        try:
            answer = field.accept(raw)
        except WrongAnswerError:
            continue
        told = field.check(answer)
        assert told is None or told.endswith(".")


@given(st.data())
def test_every_right_answer_reads_the_same_from_the_question_an_entry_keeps(data: st.DataObject) -> None:
    from tests.conftest import CATALOGUE

    fields = Catalog(CATALOGUE / "none", CATALOGUE).find("everything").fields
    field = data.draw(st.sampled_from([field for field in fields if field.answerable and field.kind != "rank"]))
    answer = data.draw(right(field))
    assert field.check(answer) is None
    kept = as_asked({**field.stored(answer), "answer": answer})
    assert kept.check(answer) is None
    assert kept.blocks(answer) == field.blocks(answer)
    assert kept.brief(answer) == field.brief(answer)


def test_only_the_options_chosen_are_kept_with_the_question() -> None:
    assert CHOICE.stored("walk")["labels"] == {"walk": "A walk"}
    assert "options" not in CHOICE.stored("walk")
    assert "labels" not in OWN.stored("rowing")
    table = Table(id="t", ask="?", columns=(Choices(id="c", ask="?", options=OPTIONS),))
    assert table.stored([{"c": ["tea"]}, {"c": ["tea"]}])["columns"][0]["labels"] == {"tea": "A cup of tea"}


def test_a_table_knows_what_was_left_for_later() -> None:
    left = TABLE.afterwards([{"what": "a"}], WRITTEN)
    assert left
    assert left.columns_due == ("went",)
    assert left.check([{"what": "a", "went": True}]) is None
    assert TABLE.afterwards([{"what": "a", "went": True}], WRITTEN) is None


def test_a_long_breathing_practice_is_eased_into() -> None:
    short, long = (Exercising([], pace=(4, 0, 6), rounds=rounds) for rounds in (6, 12))
    assert short.seconds == 60
    assert [sum(breath) for breath in long.breaths[:4]] == pytest.approx([7, 8, 9, 10])
    assert long.seconds == pytest.approx(114)


@pytest.mark.parametrize(
    ("written", "lit"),
    [
        ("Drinking", "alcohol"),
        ("my phone, at night", "screens"),
        ("drinking and smoking", None),
        ("drinkingly", None),
        ("swimming", None),
        ("", None),
    ],
)
def test_an_option_is_lit_by_what_somebody_wrote_in_the_row(written: str, lit: str | None) -> None:
    family = Choice(
        id="family",
        options=(
            Option("alcohol", "Alcohol", means=("drinking", "beer")),
            Option("nicotine", "Nicotine", means=("smoking",)),
            Option("screens", "Screens", means=("phone",)),
            Option("other", "Something else"),
        ),
        measure="family",
    )
    table = Table(id="t", columns=(Line(id="name", measure="behaviour"), family))
    assert family.beginning({"name": written}, table.columns) == lit
    assert family.careful
    assert table.begun([{"name": written}]) == [{"name": written}]
