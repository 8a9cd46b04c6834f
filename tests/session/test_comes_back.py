"""What was written in one exercise is shown again where it is needed, in another."""

import json

import pytest

from tests.conftest import Run

TALK = {"who": "my daughter", "want": "CANARY"}
BOUNDARY = {"about": "Dean", "not-accept": "x", "will-do": "y", "words": "CANARY"}


@pytest.mark.parametrize(
    ("written", "answers", "exercise", "typed"),
    [
        ("conversation", TALK, "meeting-prep", ["a", ""]),
        ("boundaries", BOUNDARY, "meeting-prep", ["a", ""]),
        ("boundaries", BOUNDARY, "boundaries", ["", "a", "", "b", "c"]),
        ("meeting-prep", {"mind": "x", "took": "CANARY"}, "meeting-prep", ["a", "", "b", "", ""]),
        ("stages", {"stage": "CANARY"}, "change-plan", ["15"]),
        ("change-plan", {"change": "x", "help": ["CANARY"]}, "lapse-card", ["", "", "x", ""]),
    ],
)
def test_it_comes_back(run: Run, written: str, answers: dict[str, object], exercise: str, typed: list[str]) -> None:
    about = ["--about", "drinking"] if written in ("stages", "change-plan") else []
    assert run("record", written, *about, typed=json.dumps(answers)).exit_code == 0
    here = ["--about", "drinking"] if exercise in ("change-plan", "lapse-card") else []
    assert "CANARY" in run("do", exercise, *here, typed="\n".join(typed) + "\n").output
