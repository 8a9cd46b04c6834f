"""The words a tired person reads: kind, plain, British, and promising nothing we cannot keep.

The rules are those of reference/programme.md C11 and D4: person-first, no judgement, no medical promise, no dose.
"""

import re
from pathlib import Path

import pytest

from smartcli.content.catalog import Catalog
from tools.language import all_texts, grade, texts_of

TEXTS = [(where, text) for where, text in all_texts() if text]
EXERCISES = [*Catalog(Path("/nowhere"))]

UNKIND = {
    "a label": r"\b(addicts?|alcoholics?|junk(y|ie)s?|drunks?|users? of drugs|abusers?|substance abuse|relapsers?|gamblers?|smokers?)\b",
    "dirty and clean": r"\b((get|getting|stay|staying|stayed|be|being|been|go|going) clean|clean (and sober|time|days?)|dirty)\b",
    "failing": r"\b(fail|fails|failed|failure|failures|gave in|giving in|fell off|weak-willed|willpower)\b",
    "judging": r"\b(irrational|crazy|stupid|lazy|shameful|pathetic|bad habits?|no excuses?|you should have|you ought to)\b",
    # "Day One", so written, is another program's name
    "counting from nothing": r"\b(streaks?|day (?-i:o)ne|back to (zero|square one)|start(ing)? over)\b",
    "a promise": r"\b(cures?|cured|guaranteed?|proven|miracle|100 ?%|will make (it|the urge) go|always works|you will be fine)\b",
    "a dose": r"\b(\d+ ?(mg|ml|milligrams?|micrograms?)|taper(ing)?|wean (yourself )?off|units (of alcohol )?(a|per) (day|week))\b",
    "a diagnosis": r"\b(you (have|suffer from) (an? )?(addiction|disorder|dependence)|(?<!not a )diagnos\w+|patients?)\b",
}  # fmt: skip


# `--color` and `--no-color` are the options' names in all programs, COLORTERM a variable, "color(" a style in the words of rich.
AMERICAN = re.compile(
    r"\b(behavior\w*|(?<!--)(?<!--no-)color(?!term|\()\w*|favorite\w*|neighbor\w*|honor\w*|humor|labor|center\w*|theater|gray|license[ds]?"
    r"|organiz\w+|realiz\w+|recogniz\w+|apologiz\w+|analyz\w+|minimiz\w+|prioritiz\w+|summariz\w+|criticiz\w+|memoriz\w+"
    r"|practic(ing|ed)|counselor\w*|traveling|canceled|skillful|fulfill|mom|check-?book|program of|judgment)\b",
    re.IGNORECASE,
)  # fmt: skip


@pytest.mark.parametrize("what", UNKIND)
def test_no_text_holds(what: str) -> None:
    pattern = re.compile(UNKIND[what], re.IGNORECASE)
    found = [f"{where}: {text[:90]}" for where, text in TEXTS if pattern.search(text)]
    assert not found, "\n".join(found)


def test_the_spelling_is_british() -> None:
    ours = [(where, text) for where, text in TEXTS if "ordinary_words" not in where]  # those are what people write
    found = [f"{where}: {match[0]}" for where, text in ours if (match := AMERICAN.search(text))]
    assert not found, found


@pytest.mark.parametrize("name", [exercise.id for exercise in EXERCISES])
def test_an_exercise_can_be_read_at_twelve(name: str) -> None:
    [exercise] = [one for one in EXERCISES if one.id == name]
    assert grade(exercise) <= 7.0


def test_no_text_shouts() -> None:
    for exercise in EXERCISES:
        for text in texts_of(exercise):
            assert "!" not in text, (exercise.id, text)
            assert not re.search(r"\b(?!(?:SMART|DENTS|DEADS)\b)[A-Z]{5,}\b", text), (exercise.id, text)


def test_a_planted_word_is_found() -> None:
    for what, text in [
        ("a label", "an addict"),
        ("failing", "You failed."),
        ("a dose", "take 5 mg"),
        ("dirty and clean", "stay clean"),
    ]:
        assert re.search(UNKIND[what], text, re.IGNORECASE)
    assert AMERICAN.search("my behavior")
