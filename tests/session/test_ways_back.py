"""Going back from what is no question: the intro, notes, and the list of answers to change at the last look."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from smartcli.asking import Back, Option, Pause, Question, Reading
from smartcli.blocks import Block, Words
from smartcli.content.exercise import Exercise
from smartcli.entries.entry import Entry
from smartcli.journal.drafts import Drafts
from tests.support.asking import session
from tests.support.made import catalogue

MADE = """=== notes
[[field]]
id = "one"
kind = "line"
ask = "one"
[[field]]
id = "first"
kind = "note"
ask = "first note"
alone = true
[[field]]
id = "second"
kind = "note"
ask = "second note"
alone = true
[[field]]
id = "two"
kind = "line"
ask = "two"
[[field]]
id = "last"
kind = "note"
ask = "last note"
alone = true
=== read
[[field]]
id = "only"
kind = "note"
ask = "only note"
alone = true
=== lists
[[field]]
id = "things"
kind = "lines"
ask = "things"
optional = true
[[field]]
id = "rows"
kind = "table"
ask = "rows"
optional = true
[[field.columns]]
id = "what"
kind = "line"
ask = "what"
[[field.columns]]
id = "more"
kind = "line"
ask = "more"
"""


class Script:
    """An asker that goes through a script of answers, BACK among them, and notes what it was shown."""

    live = True

    def __init__(self, *script: Any) -> None:
        self.script = [*script]
        self.seen: list[str] = []
        self.left: list[str] = []  # the questions at which going back leaves

    def open(self, heading: str, questions: int) -> None: ...

    def close(self) -> None: ...

    def how_to_get_support(self, typing: str) -> str:
        return ""

    def _next(self) -> Any:
        answer = self.script.pop(0)
        if answer is Back:
            raise Back
        return answer

    def tell(self, heading: str, blocks: Sequence[Block], reading: Reading = Reading.NOTE) -> None:
        self.seen.append(" ".join(block.text for block in blocks if isinstance(block, Words)))
        assert reading in (Reading.START, Reading.STEP)
        self._next()

    def line(self, question: Question, understand: Callable[[str], Any] = str, echo: Any = None) -> Any:
        self.seen.append(question.ask)
        if question.leaves:
            self.left.append(question.ask)
        return self._next()

    def choose(self, question: Question, options: Sequence[Option], *, own: bool = False) -> Any:
        self.seen.append(question.ask)
        assert not question.leaves
        return self._next()


@pytest.fixture
def go(tmp_path: Path) -> Callable[..., tuple[Script, Entry | None]]:
    """go("id", *script) is an asker after a session by a script, and the entry; None where it was paused."""
    catalog = catalogue(tmp_path, MADE)

    def gone(name: str, *script: Any, intro: Sequence[Block] = ()) -> tuple[Script, Entry | None]:
        exercise: Exercise = catalog.find(name)
        asker = Script(*script)
        sitting = session(exercise, asker, Drafts(tmp_path / "drafts"))
        sitting.intro = intro
        try:
            made = sitting.run()
        except Pause:
            return asker, None
        assert not asker.script
        return asker, made

    return gone


def test_going_back_from_notes_leads_to_what_was_before_them_and_they_are_shown_again(go: Any) -> None:
    asker, made = go("notes", "a", None, Back, Back, "b", None, None, "c", None, "keep")
    assert asker.seen == [
        "one", "first note", "second note", "first note", "one", "first note", "second note", "two", "last note",
        "Save this?",
    ]  # fmt: skip
    assert made.answers == {"one": "b", "two": "c"}


def test_going_back_from_the_last_note_leads_to_the_last_question(go: Any) -> None:
    asker, made = go("notes", "a", None, None, "b", Back, "c", None, "keep")
    assert asker.seen[-4:] == ["last note", "two", "last note", "Save this?"]
    assert made.answers["two"] == "c"


def test_going_back_from_the_first_thing_there_is_leaves(go: Any) -> None:
    assert go("read", Back)[1] is None
    assert go("notes", Back, intro=[Words("intro")])[0].seen == ["intro"]


def test_only_the_first_question_is_one_that_leaves(go: Any) -> None:
    assert go("notes", "a", None, None, "b", None, "keep")[0].left == ["one"]


def test_in_a_list_and_a_table_only_the_first_line_leaves_and_only_if_they_come_first(go: Any) -> None:
    asker, _made = go("lists", "a", Back, "a", "b", None, "x", "y", None, "keep")
    assert asker.left == ["things", "things"]


def test_going_back_from_the_list_of_answers_leads_to_the_page(go: Any) -> None:
    asker, made = go("notes", "a", None, None, "b", None, "change", Back, "change", "one", Back, "keep")
    ask = "Which answer would you like to change?"
    assert asker.seen[-6:] == ["Save this?", ask, "Save this?", ask, "one", "Save this?"]
    assert made.answers == {"one": "a", "two": "b"}
