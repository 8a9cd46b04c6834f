"""Drafts: every answer on the disk before the next question."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartcli.journal import draft_lines as module
from smartcli.journal import system
from smartcli.journal.draft_header import DraftHeader
from smartcli.journal.drafts import Drafts
from smartcli.trouble import Pause, Trouble
from tests.support.durable import Recording


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / "drafts")


def lines(drafts: Drafts) -> list[dict[str, object]]:
    [path] = drafts.path.iterdir()
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_an_answer_is_one_line_and_the_last_one_counts(drafts: Drafts) -> None:
    draft = drafts.start(exercise="x", title="X")
    draft.keep("a", 1)
    draft.keep_half("b", "hal")
    draft.keep("a", {"two": ["ü", None]})
    draft.close()
    assert [line.get("answer") for line in lines(drafts)] == [None, 1, None, {"two": ["ü", None]}]
    again = drafts.take_up()
    assert (again.answers, again.halves) == ({"a": {"two": ["ü", None]}}, {"b": "hal"})
    assert again.header.title == "X"


AS_EVER = (
    b'{"draft":1,"newer":[1.5,null],"entry":"bbbbbbbbbbbbb","started":"2026-11-22T21:00:00+01:00","exercise":"x",'
    b'"title":"\\u00dcber X","own":true,"parents":["0123456789abcdef"],"later":true,"due":"2026-11-25",'
    b'"definition":{"id":"x","field":[{"id":"a"}]},"check":"4bd5c45c"}\n'
    b'{"field":"a","answer":{"two":["\\u00fc\\ud83d\\ude00",null,-0.0,1e+22]},"at":"2026-11-22T21:01:00+01:00",'
    b'"check":"b535d62c"}\n'
)


def test_a_draft_of_an_earlier_version_is_read_and_written_as_ever_with_what_this_one_does_not_know(
    drafts: Drafts,
) -> None:
    drafts.path.mkdir(mode=0o700)
    path = drafts.path / "bbbbbbbbbbbb2.jsonl"
    path.write_bytes(AS_EVER)
    draft = drafts.take_up()
    header = draft.header
    assert (header.title, header.own, header.later, header.edit) == ("Über X", True, True, False)
    assert (header.parents, header.due) == (("0123456789abcdef",), date(2026, 11, 25))
    assert header.definition == {"id": "x", "field": [{"id": "a"}]}
    assert header.unknown == {"draft": 1, "newer": [1.5, None]}
    draft.write()
    draft.close()
    assert path.read_bytes() == AS_EVER


@pytest.mark.parametrize("due", ["soon", 3, ["2026-11-25"]])
def test_a_header_with_a_day_that_is_none_is_no_header(drafts: Drafts, due: object) -> None:
    record = DraftHeader(exercise="x", parents=("0123456789abcdef",), later=True).to_record()
    drafts.path.mkdir(mode=0o700)
    (drafts.path / "bbbbbbbbbbbb2.jsonl").write_bytes(module.line_of({**record, "due": due}))
    assert drafts.all() == []
    assert drafts.unreadable == ["bbbbbbbbbbbb2.jsonl"]


def test_no_power_cut_takes_an_answer_or_what_is_half_given_or_brings_back_what_was_wiped(
    drafts: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Recording()
    monkeypatch.setattr(system, "fs", disk)
    draft = drafts.start(exercise="x")
    steps: list[Callable[[], None]] = [
        lambda: draft.keep_half("a", "hal"),
        lambda: draft.keep_half("a", {"cell": ["half a w"]}),
        lambda: draft.drop_half("a"),
        lambda: draft.keep("a", "whole"),
        draft.write,
    ]
    for number, step in enumerate(steps):
        step()
        assert disk.lost_by_a_power_cut(drafts.path) == [], number
    draft.close()


@pytest.mark.parametrize("way_out", [KeyboardInterrupt, EOFError, Pause, Trouble("x"), ValueError])
@pytest.mark.parametrize("what", ["an answer", "a question passed over", "a half", "a damaged line"])
def test_whatever_way_it_is_left_a_draft_with_anything_in_it_stays(
    drafts: Drafts, way_out: BaseException | type[BaseException], what: str
) -> None:
    draft = drafts.start(exercise="x")
    if what == "a half":
        draft.keep_half("a", "hal")
    elif what == "a damaged line":
        draft.close()
        path = drafts.path / f"{draft.id}.jsonl"
        path.write_bytes(path.read_bytes() + b'{"field":"a","answer":"bent","check":"00000000"}\n')
        draft = drafts.take_up()
    else:
        draft.keep("a", "whole" if what == "an answer" else None)
    with pytest.raises(BaseException), drafts.held(draft):  # noqa: B017, PT011  whatever it is
        raise way_out
    [again] = drafts.all()
    assert (again.answers, again.halves, len(again.damaged)) == {
        "an answer": ({"a": "whole"}, {}, 0),
        "a question passed over": ({"a": None}, {}, 0),
        "a half": ({}, {"a": "hal"}, 0),
        "a damaged line": ({}, {}, 1),
    }[what]
    empty = drafts.start(exercise="y")
    with pytest.raises(KeyboardInterrupt), drafts.held(empty):
        raise KeyboardInterrupt
    assert [draft.id for draft in drafts.all()] == [again.id]


def test_an_answer_puts_an_end_to_what_was_half_given(drafts: Drafts) -> None:
    draft = drafts.start(exercise="x")
    draft.keep_half("a", "hal")
    draft.keep("a", "half")
    draft.close()
    assert drafts.take_up().halves == {}


def test_the_same_half_is_not_written_twice(drafts: Drafts) -> None:
    draft = drafts.start(exercise="x")
    draft.keep_half("a", "x")
    draft.keep_half("a", "x")
    assert len(lines(drafts)) == 2


@given(st.data())
def test_a_torn_end_costs_no_answer_before_it(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    drafts = Drafts(tmp_path_factory.mktemp("d"))
    draft = drafts.start(exercise="x")
    for number in range(4):
        draft.keep(f"f{number}", f"answer {number}")
    draft.close()
    [path] = drafts.path.iterdir()
    whole = path.read_bytes()
    ends = [at for at, byte in enumerate(whole) if byte == 10]
    cut = data.draw(st.integers(ends[0] + 1, len(whole)))
    garbage = data.draw(st.binary(max_size=20))
    path.write_bytes(whole[:cut] + garbage)
    known = sum(end < cut for end in ends) - 1
    again = drafts.take_up()
    assert {name: again.answers.get(name) for name in [f"f{number}" for number in range(known)]} == {
        f"f{number}": f"answer {number}" for number in range(known)
    }
    assert all(again.answers[name] == f"answer {name[1:]}" for name in again.answers)
    again.keep("after", 1)
    again.close()
    assert drafts.take_up().answers["after"] == 1


@given(st.integers(0, 10**6), st.integers(0, 7))
def test_a_flipped_bit_is_noticed(tmp_path_factory: pytest.TempPathFactory, at: int, bit: int) -> None:
    line = module.line_of({"field": "a", "answer": "some words", "at": "2026-11-22T00:00:00+00:00"})
    at %= len(line) - 1
    flipped = line[:at] + bytes([line[at] ^ (1 << bit)]) + line[at + 1 :]
    for record in module.read_lines(flipped).records:
        assert record["answer"] == "some words"
        assert record["field"] == "a"


def test_a_draft_open_in_another_window_says_so_and_is_not_touched(drafts: Drafts) -> None:
    held = drafts.start(exercise="x")
    with pytest.raises(Trouble, match="another window"):
        drafts.take_up(held.id)
    held.keep("a", 1)
    held.close()
    assert drafts.take_up().answers == {"a": 1}


def test_what_is_no_draft_is_left_alone(drafts: Drafts) -> None:
    drafts.start(exercise="x").close()
    (drafts.path / "notes.txt").write_text("mine")
    (drafts.path / ("a" * 13 + ".jsonl")).write_text("not a draft\n")
    assert len(drafts.all()) == 1
    assert drafts.unreadable == ["a" * 13 + ".jsonl"]
    assert (drafts.path / "notes.txt").exists()


def test_drafts_are_named_by_their_beginning(drafts: Drafts) -> None:
    draft = drafts.start(exercise="x")
    draft.close()
    assert drafts.take_up(draft.id[:5].upper()).id == draft.id
    for name, told in [("zzzzz", "No unfinished exercise"), ("", "another window")]:
        with pytest.raises(Trouble, match=told):
            drafts.take_up(name)


def test_nothing_unfinished_is_said_plainly(drafts: Drafts) -> None:
    with pytest.raises(Trouble, match="no unfinished exercises"):
        drafts.take_up()
    assert drafts.all() == []
