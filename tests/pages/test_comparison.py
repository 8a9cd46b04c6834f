"""Two copies side by side."""

from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from smartcli.asking import Option
from smartcli.blocks import Change, Comparison
from smartcli.content.catalog import Catalog
from smartcli.entries.entry import Entry
from smartcli.fields import Choice, Field, Moment, as_asked
from smartcli.pages.comparison import answers, changed, compared_page, differing_page, moved
from smartcli.renderers import markdown, plain
from smartcli.renderers.terminal import draw
from tests.conftest import CATALOGUE
from tests.support.answers import answers as any_answers
from tests.support.answers import right
from tests.support.asking import entry

EVERYTHING = Catalog(CATALOGUE / "none", CATALOGUE).find("everything")
FIELDS = {field.id: field for field in EVERYTHING.fields if field.answerable} | {"day": Moment(id="day", ask="Day?")}
SHORT, LONG = {"marks": ["short"]}, {"marks": ["long"]}


def asked(name: str, answer: Any) -> Field:
    """Return a field as an entry remembers it."""
    return as_asked(FIELDS[name].stored(answer) | {"answer": answer})


def stored(body: dict[str, Any], day: int = 22) -> Entry:
    """Return an entry with these answers, whatever its exercise would ask."""
    made = entry(EVERYTHING, {}, day=day)
    fields = [asked(name, answer).stored(answer) | {"answer": answer} for name, answer in body.items()]
    return Entry({**made.body, "fields": fields})


def changes(name: str, was: Any, now: Any) -> list[Change]:
    """Return what became of one answer."""
    [compared] = answers(stored({name: was}), stored({name: now}))
    return [*compared.changes]


@pytest.mark.parametrize(
    ("name", "was", "now", "found"),
    [
        ("one", "a", "b", [Change("a", "b")]),
        ("free", "a\nb", "a\nc", [Change("a\nb", "a\nc")]),
        ("strength", 4, 7, [Change("4 of 10", "7 of 10")]),
        ("count", 5, 2.5, [Change("5 minutes", "2.5 minutes")]),
        ("yes", True, False, [Change("yes", "no")]),
        ("day", "2026-11-01", "2026-11-02", [Change("Sun 1 Nov", "Mon 2 Nov")]),
        ("pick", "walk", "my own", [Change("A walk", "my own")]),
        ("plain-lines", ["a", "b"], ["b", "c"], [Change("a", None), Change("b", "b"), Change(None, "c")]),
        ("plain-lines", ["Tea"], ["tea"], [Change("Tea", "tea")]),
        ("picks", ["a", "b"], ["b", "c"], [Change("a", None), Change("b", "b"), Change(None, "c")]),
        ("order", ["a", "b"], ["b", "a"],
         [Change("place 1", "place 2", "a"), Change("place 2", "place 1", "b")]),
        ("many", [{"text": "sleep", **LONG}], [{"text": "sleep", **SHORT}],
         [Change("Long-term", "Short-term", "sleep")]),
        ("many", [{"text": "sleep", "marks": []}], [{"text": "sleep", **SHORT}, {"text": "x", "marks": []}],
         [Change("not marked", "Short-term", "sleep"), Change(None, "x")]),
        ("grid", [{"what": "Health", "how": 4}], [{"what": "health", "how": 7}, {"what": "Work", "how": 1}],
         [Change("Health", "health"), Change("4", "7", "health, How?"), Change(None, "Work (How? 1)")]),
        ("breathe", {"seconds": 60, "finished": True, "ratings": []},
         {"seconds": 60, "finished": True, "ratings": [{"after_seconds": 30, "value": 4}]},
         [Change("1 minute", "1 minute, rated 4")]),
    ],
)  # fmt: skip
@time_machine.travel("2026-11-22T21:00:00+00:00")  # a day of another year is said with its year
def test_each_kind_says_what_is_new_gone_and_moved(name: str, was: Any, now: Any, found: list[Change]) -> None:
    assert changes(name, was, now) == found


def test_an_option_that_was_reworded_is_the_same_answer() -> None:
    def chose(words: str) -> Entry:
        field = Choice(id="pick", ask="Choice?", options=(Option("walk", words),))
        return Entry({**stored({}).body, "fields": [field.stored("walk") | {"answer": "walk"}]})

    [compared] = answers(chose("A walk"), chose("A walk round the block"))
    assert [*compared.changes] == [Change("A walk round the block", "A walk round the block")]


def test_a_question_of_one_copy_only_is_named() -> None:
    told = {one.title: one for one in answers(stored({"one": "a", "yes": True}), stored({"one": "a", "count": 3}))}
    assert told["Number?"].remark == "Only the later answers have this question."
    assert [*told["Number?"].changes] == [Change(None, "3 minutes")]
    assert told["Yes?"].remark == "Only the earlier answers have this question."
    assert [*told["Yes?"].changes] == [Change("yes", None)]


def test_a_question_that_was_asked_otherwise_says_so() -> None:
    before = stored({"one": "a"})
    before.body["fields"][0]["ask"] = "In the old words?"
    [compared] = answers(before, stored({"one": "b"}))
    assert compared.remark == "The question was different then: In the old words?"


def test_a_field_that_is_of_another_kind_by_now_is_still_compared() -> None:
    before = stored({"count": 3})
    before.body["fields"][0] |= {"kind": "lines", "answer": ["three", "four"]}
    [compared] = answers(before, stored({"count": 3}))
    assert [*compared.changes] == [Change("three", None), Change("four", None), Change(None, "3 minutes")]


@given(any_answers(EVERYTHING.fields))
def test_a_copy_compared_with_itself_says_that_nothing_changed(body: dict[str, Any]) -> None:
    one = stored(body)
    assert changed(one, one) == []
    assert [*compared_page(one, one).blocks][1:] == []


@given(st.data(), st.sampled_from(["plain-lines", "picks", "many"]))
def test_what_is_new_and_what_is_gone_account_for_every_thing(data: st.DataObject, name: str) -> None:
    was, now = data.draw(right(FIELDS[name])), data.draw(right(FIELDS[name]))
    found = changes(name, was, now)
    gone, new = (sum(change.now is None for change in found), sum(change.was is None for change in found))
    assert len(was) - gone == len(now) - new
    back = changes(name, now, was)
    assert (sum(change.was is None for change in back), sum(change.now is None for change in back)) == (gone, new)


@given(any_answers(EVERYTHING.fields), any_answers(EVERYTHING.fields))
def test_every_way_of_setting_it_tells_the_same_changes(was: dict[str, Any], now: dict[str, Any]) -> None:
    page = compared_page(stored(was, 1), stored(now, 2))
    blocks = [*page.blocks]
    told = [block for block in blocks if isinstance(block, Comparison)]
    number = sum(len(one.changes) for block in told for one in block.answers)
    text = plain.blocks(blocks)
    assert text.count("\n- ") >= number
    assert "".join(markdown.document("x", [page]))
    for width in (40, 100):
        assert draw(blocks, width, styled=False)


@time_machine.travel("2026-11-22T21:00:00+00:00")  # a day of another year is said with its year
def test_the_page_sums_up_and_names_what_stayed() -> None:
    page = compared_page(
        stored({"plain-lines": ["a", "b"], "one": "x"}, 1), stored({"plain-lines": ["b", "c"], "one": "x"}, 2)
    )
    text = plain.page(page)
    assert "1 thing is new. 1 thing is gone." in text
    assert "From Sunday 1 November to Monday 2 November." in text
    assert "The same in both: Line?" in text
    assert "There is no difference" in plain.page(compared_page(stored({"one": "x"}), stored({"one": "x"})))


def test_a_wide_terminal_sets_them_side_by_side_and_a_narrow_one_below_each_other() -> None:
    page = compared_page(
        stored({"many": [{"text": "sleep", **LONG}]}, 1), stored({"many": [{"text": "sleep", **SHORT}]}, 2)
    )
    wide, narrow = (draw([*page.blocks], width, styled=False) for width in (80, 40))
    assert any("sleep: Long-term" in line and "sleep: Short-term" in line for line in wide.split("\n"))
    assert "sleep: from Long-term to Short-term" in " ".join(narrow.split())


def test_two_heads_are_shown_by_what_differs_alone() -> None:
    page = differing_page(stored({"one": "here", "yes": True}), [stored({"one": "there", "yes": True})])
    text = plain.page(page)
    assert "from there to here" in text
    assert "Yes?" not in text


def test_moved_is_anything_but_the_same() -> None:
    assert [moved(one) for one in (Change("a", "a"), Change("a", "b"), Change(None, "a"), Change("a", None))] == [
        False, True, True, True,
    ]  # fmt: skip
