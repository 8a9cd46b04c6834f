"""`smartcli do` without a name: a point, what could be next, or any exercise by a word; the person's own among them."""

from pathlib import Path

import pytest

from smartcli.asking import Option, Question
from smartcli.content import catalog
from smartcli.workbook.choose_exercise import choose_exercise
from smartcli.workbook.sessions import Kept
from smartcli.workbook.workbook import Workbook
from tests.support.made import catalogue
from tests.workbook.conftest import Sit

OWN = """format = 1
id = "tea"
title = "Tea first"
point = "balance"
purpose = "For evenings with the kettle."
aliases = ["brew"]
[[field]]
id = "a"
kind = "line"
ask = "A?"
"""
MADE = """
=== heron
[[field]]
id = "a"
kind = "line"
ask = "A?"
=== hare
[[field]]
id = "a"
kind = "line"
ask = "A?"
"""


@pytest.fixture(autouse=True)
def _exercises(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = home / "journal" / "exercises"
    own.mkdir(parents=True)
    (own / "tea.toml").write_text(OWN)
    made = catalogue(tmp_path, MADE)
    monkeypatch.setattr(catalog, "built_in", lambda: made.folder)


def chosen(workbook: Workbook) -> Kept:
    return Kept(f"chosen: {choose_exercise(workbook)}")


@pytest.mark.parametrize("word", ["kettle", "BREW", "tea"])
def test_line_by_line_a_word_finds_one_by_its_name_or_what_it_is_for(sit: Sit, word: str) -> None:
    assert sit(chosen, "Find an exercise by a word", word, "1").endswith("chosen: tea")


def test_a_word_that_none_has_leads_back(sit: Sit) -> None:
    shown = sit(
        chosen, "Find an exercise by a word", "zebra", "Find an exercise by a word", "<", "Living a balanced life", "1"
    )
    assert shown.endswith("chosen: tea")


def test_on_the_screen_every_exercise_is_in_the_one_list_by_point(
    home: Path, monkeypatch: pytest.MonkeyPatch, sit: Sit
) -> None:
    seen: list[Option] = []

    class Asker:
        def open(self, *_: object) -> None: ...
        def close(self) -> None: ...
        def choose(self, question: Question, options: list[Option]) -> str:
            seen.extend(options)
            return "tea"

    monkeypatch.setattr(Workbook, "asks_on_screen", True)
    monkeypatch.setattr(Workbook, "asker", Asker())
    assert choose_exercise(Workbook()) == "tea"
    named = [option.id for option in seen]
    assert {"heron", "hare", "tea"} <= {*named}
    assert len(named) == len({*named})
    help_now = named.index("help-now")
    assert all(option.group for option in seen[help_now + 1 :])
    assert not any(option.group for option in seen[: help_now + 1])
    assert "kettle" in next(option.say for option in seen if option.id == "tea")
