"""What a program can tell about how people are spoken to: phrases to avoid, second forms, and advice."""

from pathlib import Path

import pytest

from smartcli.content.catalog import built_in
from smartcli.content.prose import Text
from smartcli.content.wording import Wording, has_it_without_noun, read_wording, reading_grade
from tests.conftest import Run
from tools.language import program_texts
from tools.translations import texts

WORDING, SOURCE = read_wording(built_in())

OWN = """
format = 1
id = "mine"
title = "Mine"
point = "daily"
purpose = "For a test."

[[field]]
id = "what"
kind = "line"
ask = "You need not say it. What is it?"
"""


def wording(tmp_path: Path, text: str) -> Wording:
    (tmp_path / "wording.toml").write_text("format = 1\n" + text)
    return read_wording(tmp_path)[0]


def test_the_shipped_phrases_can_be_read() -> None:
    assert SOURCE.problems == []
    assert len(WORDING.avoid) > 10


def test_no_text_that_ships_holds_a_phrase_to_avoid_or_a_second_form() -> None:
    found = [f"{text.context}: {fault}" for text in texts() for fault in WORDING.faults(text.words)]
    found += [f"{text}: {fault}" for text in program_texts() for fault in WORDING.faults(text, "program")]
    assert not found, "\n".join(found)


def test_phrases_are_whole_words_in_any_case_and_with_either_apostrophe(tmp_path: Path) -> None:
    made = wording(tmp_path, '[[avoid]]\nphrases = ["needn\'t", "lo*"]\ninstead = "no"\n')
    found = [[*made.faults(text)] for text in ("You Needn’t.", "Needn'ts", "A loo", "Halo")]
    assert [len(faults) for faults in found] == [1, 0, 1, 0]


def test_each_fault_says_what_to_say_instead(tmp_path: Path) -> None:
    made = wording(tmp_path, '[[form]]\nuse = "learnt"\ninstead_of = ["learned"]\n')
    [fault] = made.faults("What I learned")
    assert "learned" in fault
    assert "learnt" in fault


def test_a_phrase_may_be_meant_for_one_place_only(tmp_path: Path) -> None:
    made = wording(tmp_path, '[[avoid]]\nphrases = ["Enter"]\ninstead = "no"\nonly_in = ["exercises"]\n')
    assert [*made.faults("Enter", "program")] == []
    assert len([*made.faults("Enter")]) == 1


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("What set it off?", True),
        ("How strong was the urge, and how long did it last?", False),
        ("It helps to write.", False),
        ("When the urge came, what did it say, and did it go?", True),
        ("Is it like one of these?", True),
        ("Was {behaviour} what it seemed?", False),
        ("What is the thought? Is it true?", True),
    ],
)
def test_it_needs_its_noun_in_the_same_sentence(text: str, lacks: bool) -> None:
    assert has_it_without_noun(text) is lacks


def test_advice_is_about_images_its_and_length(tmp_path: Path) -> None:
    made = wording(tmp_path, '[[idiom]]\nphrases = ["rock bottom"]\n')
    questions = ("Rock bottom?", "What is it?", "Why? " * 60, "Why?")
    assert [len([*made.advice(Text("", "ask", words, ()))]) for words in questions] == [1, 1, 1, 0]


def test_the_grade_is_that_of_others() -> None:
    textstat = pytest.importorskip("textstat")
    text = "We went to the river in the morning. The water was cold, and nobody else was there. " * 8
    assert reading_grade([text]) == pytest.approx(textstat.automated_readability_index(text), abs=0.6)
    assert reading_grade(["Too few words."]) is None


def test_an_exercise_of_ones_own_is_only_advised_on(run: Run, home: Path) -> None:
    own = home / "journal" / "exercises"
    own.mkdir(parents=True)
    (own / "mine.toml").write_text(OWN)
    for words in (["exercises", "check"], ["exercises", "check", str(own / "mine.toml")]):
        done = run(*words)
        assert done.exit_code == 0
        assert "mine.toml:11: " in done.stderr
        assert "need not" in done.stderr
