"""Last words: chosen by what was answered, from rules that are checked."""

from dataclasses import replace
from pathlib import Path

import pytest

from smartcli.content.catalog import Catalog
from smartcli.content.closings import Closing, Closings, Finished, choose, note_unknown_fields, read_closings
from smartcli.fields.base import Condition
from smartcli.schema.keys import build
from smartcli.schema.toml_file import Source

CLOSINGS, _ = read_closings(Catalog(Path("/nowhere")).folder)


def finished(
    exercise: str = "urge-log", family: str = "alcohol", change: float | None = None, **answers: object
) -> Finished:
    named = {name.replace("_", "-"): answer for name, answer in answers.items()}
    return Finished(exercise, named, frozenset({family}), lambda pair: change)


def said(*rules: Closing, **about: object) -> str:
    chosen = choose(rules, finished(**about))  # type: ignore[arg-type]
    return chosen.say if chosen else ""


def test_the_first_rule_that_holds_is_used() -> None:
    rules = [
        Closing(say="self-harm", family=("self-harm",)),
        Closing(say="urge", exercise=("urge-log",)),
        Closing(say="any"),
    ]
    assert said(*rules) == "urge"
    assert said(*rules, family="self-harm") == "self-harm"
    assert said(*rules, exercise="journal") == "any"
    assert said() == ""


@pytest.mark.parametrize(("change", "words"), [(-2, "fell"), (3, "rose"), (0, "stayed"), (None, "")])
def test_a_rating_that_fell_rose_or_stayed(change: float | None, words: str) -> None:
    rules = [Closing(say="fell", fell="urge"), Closing(say="rose", rose="urge"), Closing(say="stayed", stayed="urge")]
    assert said(*rules, change=change) == words


def test_a_rule_is_for_a_session_that_was_saved_or_for_one_that_was_not() -> None:
    rules = [Closing(say="kept"), Closing(say="unkept", saved=False)]
    assert said(*rules) == "kept"
    assert choose(rules, replace(finished(), saved=False)) is rules[1]
    assert choose(rules[:1], replace(finished(), saved=False)) is None


def test_a_rule_may_look_at_an_answer() -> None:
    rules = [Closing(say="low", only_if=(Condition(field="mood", at_most=3),)), Closing(say="any")]
    assert said(*rules, mood=2) == "low"
    assert said(*rules, mood=6) == "any"


def test_a_rule_may_be_for_several_exercises() -> None:
    rules = [Closing(say="read", exercise=("read-one", "read-two")), Closing(say="any")]
    assert said(*rules, exercise="read-one") == said(*rules, exercise="read-two") == "read"
    assert said(*rules) == "any"


def test_each_exercise_of_a_rule_has_its_fields() -> None:
    source = Source.read(
        "closings.toml",
        b'format = 1\n[[closing]]\nexercise = ["small", "large"]\nsay = "a"\nonly_if = { field = "mood", at_most = 3 }\n'
        b'[[closing]]\nexercise = ["small", "none-such"]\nsay = "b"\n',
    )
    made = build(Closings, source.table, source, ())
    assert made
    note_unknown_fields(made.closing, {"small": {"mood"}, "large": set()}, source)
    assert [(problem.line, problem.sentence) for problem in source.problems] == [
        (5, '"large" has no field "mood".'),
        (7, "There is no such exercise."),
    ]


def test_a_rule_that_names_no_field_is_told_with_its_line() -> None:
    source = Source.read(
        "closings.toml",
        b'format = 1\n[[closing]]\nexercise = "small"\nsay = "a"\nonly_if = { field = "mod", at_most = 3 }\n'
        b'[[closing]]\nexercise = "none-such"\nsay = "b"\n[[closing]]\nsay = "c"\nshows = "x"\n',
    )
    made = build(Closings, source.table, source, ())
    assert made
    note_unknown_fields(made.closing, {"small": {"mood"}}, source)
    assert [(problem.line, problem.sentence) for problem in source.problems] == [
        (5, '"small" has no field "mod".'),
        (7, "There is no such exercise."),
        (11, 'A rule that looks at a field names its "exercise".'),
    ]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('sayy = "b"', 'There is no key "sayy" here. Did you mean say?'),
        ('fell = "mood"', '"fell" should be one of urge, distress, confidence'),
        ('exercise = "small"\nonly_if = { field = "mood", not_below = "moood" }', '"small" has no field "moood".'),
        ('exercise = "small"\nonly_if = { remembered = "mood", at_least = 3 }', 'not at what is "remembered"'),
    ],
)
def test_what_is_wrong_in_a_rule_is_told(written: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "closings.toml").write_text(f'format = 1\n[[closing]]\nsay = "Saved."\n{written}\n')
    closings, source = read_closings(tmp_path)
    note_unknown_fields(closings, {"small": {"mood"}}, source)
    assert any(told in line for line in source.problems_as_text()), source.problems_as_text()


@pytest.mark.parametrize("going", ["goes-on", "not-sure"])
@pytest.mark.parametrize("more", [{}, {"confidence": 1}, {"confidence": 9, "step": "x"}])
def test_nothing_says_a_lapse_is_over_while_it_goes_on(going: str, more: dict[str, object]) -> None:
    on = choose(CLOSINGS, finished("lapse", state=going, **more))
    over = [
        choose(CLOSINGS, finished("lapse", state="over", **other)) for other in ({}, {"confidence": 1}, {"step": "x"})
    ]
    assert on
    assert on not in over


def test_every_session_ends_on_whole_words_without_a_figure() -> None:
    for closing in CLOSINGS:
        assert closing.say.startswith("Saved. " if closing.saved else "Nothing of this was saved. ")
        assert closing.say.endswith(".")
        assert not any(letter.isdigit() or letter == "→" for letter in closing.say)
    assert choose(CLOSINGS, finished("any-exercise-of-their-own"))
