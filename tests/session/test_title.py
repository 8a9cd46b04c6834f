"""The title line: the person's own word for the behaviour stands in it as soon as it is known, and is said once."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from smartcli.asking import Question, Reading
from smartcli.blocks import Block
from smartcli.journal.drafts import Drafts
from smartcli.session.title import Title
from tests.conftest import Run
from tests.support.asking import plain, session
from tests.support.made import catalogue

TWO = [{"name": name, "aim": "stop", "family": "alcohol"} for name in ("drinking", "betting")]
FORM = (
    "=== plan\nper_behaviour = true\n"
    '[[field]]\nid = "about"\nkind = "choice"\nask = "About?"\nown = true\nmeasure = "behaviour"\n'
    'options = [{ id = "wine", say = "wine" }]\n'
    '[[field]]\nid = "first"\nkind = "lines"\nask = "First?"\noptional = true\n'
    '[[field]]\nid = "second"\nkind = "line"\nask = "Second?"\noptional = true\n'
    '=== notes\n[[field]]\nid = "first"\nkind = "line"\nask = "First?"\noptional = true\n'
)


@pytest.mark.parametrize(
    ("title", "behaviour", "line"),
    [
        (Title("Urge", names_behaviour=True), "drinking", "Urge: drinking"),
        (Title("Urge", names_behaviour=True), " my\nphone ", "Urge: my phone"),
        (Title("Urge", names_behaviour=True), None, "Urge"),
        (Title("Urge", names_behaviour=True), "", "Urge"),
        (Title("Check-in"), "drinking", "Check-in"),
        (Title("Why Drinking less helps", names_behaviour=True), "drinking", "Why Drinking less helps"),
        (Title("Sextant", names_behaviour=True), "sex", "Sextant: sex"),
        (Title("Unisex", names_behaviour=True), "sex", "Unisex: sex"),
        (Title("Urge", "3 days ago", names_behaviour=True), "drinking", "Urge: drinking (3 days ago)"),
        (Title("Urge", "3 days ago", names_behaviour=True), None, "Urge (3 days ago)"),
        (Title("Check-in", "yesterday"), None, "Check-in (yesterday)"),
    ],
)
def test_the_title_line_is_one_phrase(title: Title, behaviour: str | None, line: str) -> None:
    assert title.about(behaviour) == line


def started(run: Run, behaviours: Sequence[dict[str, str]]) -> None:
    assert run("record", "start", typed=json.dumps({"behaviours": behaviours})).exit_code == 0


def test_with_one_behaviour_the_first_line_says_it(run: Run) -> None:
    started(run, TWO[:1])
    lines = run("do", "rulers", typed="!\n").stderr.splitlines()
    assert ": drinking. " in lines[0]
    assert "drinking" not in "".join(line.partition("drinking.")[0] for line in lines[1:] if line.endswith("drinking."))


def test_a_behaviour_that_was_given_stands_in_the_first_line(run: Run) -> None:
    started(run, TWO)
    assert ": betting. " in run("do", "rulers", "--about", "betting", typed="!\n").stderr.splitlines()[0]


def test_with_several_it_is_said_once_before_the_question_after_the_answer(run: Run) -> None:
    started(run, TWO)
    said = run("do", "rulers", typed="2\n7\n!\n").stderr
    before, _asked, after = said.partition("\n2 of ")
    assert "betting" not in before.splitlines()[0]
    assert before.splitlines()[-1].endswith(": betting.") or ": betting.\n" in before
    assert ": betting.\n" not in after, "once is enough"


def test_without_a_behaviour_the_title_is_bare(run: Run) -> None:
    lines = run("do", "rulers", typed="!\n").stderr.splitlines()
    assert ":" not in lines[0].split(".")[0]


def test_what_is_added_or_changed_later_names_the_behaviour_and_the_day(run: Run) -> None:
    started(run, TWO[:1])
    assert run("urge", "--quick", typed="6\n1\n").exit_code == 0
    [urge] = json.loads(run("review", "--exercise", "urge-log", "--json").stdout)
    assert ": drinking (today). " in run("edit", urge["id"], typed="!\n").stderr.splitlines()[0]


class Noting:
    """A plain asker that notes the title line of every screen: questions and what is to be read."""

    def __init__(self, *typed: str) -> None:
        self._asker, self.out = plain(*typed)
        self.live = False
        self.headings: list[str] = []

    def open(self, heading: str, questions: int) -> None:
        self.headings.append(heading)
        self._asker.open(heading, questions)

    def tell(self, heading: str, blocks: Sequence[Block], reading: Reading = Reading.NOTE) -> None:
        self.headings.append(heading)
        self._asker.tell(heading, blocks, reading)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        ask = getattr(self._asker, name)

        def noted(*given: Any, **more: Any) -> Any:
            if given and isinstance(given[0], Question):
                self.headings.append(given[0].heading)
            return ask(*given, **more)

        return noted


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / "drafts")


def test_every_screen_after_the_answer_carries_it(drafts: Drafts, tmp_path: Path) -> None:
    asker = Noting("1", "a", "b", "", "one", "")
    session(catalogue(tmp_path, FORM).find("plan"), asker, drafts).run()
    opened, about, *others = asker.headings
    assert (opened, about) == ("Plan", "Plan")
    assert set(others) == {"Plan: wine"}
    assert asker.out.getvalue().splitlines().count("Plan: wine.") == 1, "said once, though a list has several questions"


def test_a_changed_answer_is_said_again(drafts: Drafts, tmp_path: Path) -> None:
    asker, out = plain("1", "<", "my own", "a", "", "one", "")
    session(catalogue(tmp_path, FORM).find("plan"), asker, drafts).run()
    assert [line for line in out.getvalue().splitlines() if line.startswith("Plan: ")] == [
        "Plan: wine.",
        "Plan: my own.",
    ]


def test_an_exercise_that_is_about_no_single_behaviour_does_not_name_it(drafts: Drafts, tmp_path: Path) -> None:
    asker = Noting("one", "")
    session(catalogue(tmp_path, FORM).find("notes"), asker, drafts, about="wine").run()
    assert set(asker.headings) == {"Notes"}
