"""`smartcli checkin 6`, `smartcli urge 8`: a number on the line answers the first question, and none about self-harm."""

import json
from pathlib import Path

import pytest

from smartcli.content.catalog import Catalog
from tests.conftest import Run

LINES = [["checkin"], ["urge"], ["urge", "--unkept"]]
SELF_HARM = {"name": "cutting", "family": "self-harm", "aim": "stop"}
WINE = {"name": "wine", "family": "alcohol", "aim": "stop"}


def newest(run: Run) -> dict[str, object]:
    return dict(json.loads(run("show", "last", "--json").stdout)["answers"])


def want(run: Run, *behaviours: dict[str, str]) -> None:
    assert run("record", "start", typed=json.dumps({"behaviours": behaviours})).exit_code == 0


def test_a_number_answers_the_first_question(run: Run) -> None:
    done = run("checkin", "6", "--quick", typed="\n\n")
    assert "How are you feeling" not in done.stderr
    assert newest(run)["mood"] == 6
    done = run("urge", "8", "--quick", typed="7\n" * 6)
    assert "How strong is the urge right now" not in done.stderr
    assert newest(run)["strength"] == 8


def test_what_is_said_of_a_low_mood_is_said_of_a_typed_one_too(run: Run) -> None:
    assert "You don't have to be alone with it." in run("checkin", "2", typed="!\n").stderr
    assert "You don't have to be alone with it." not in run("checkin", "6", typed="!\n").stderr


@pytest.mark.parametrize("line", LINES, ids=" ".join)
@pytest.mark.parametrize("number", ["11", "1000000", "much", "6.5", ""])
def test_what_is_no_answer_is_told_before_anything_is_asked_or_written(
    run: Run, home: Path, line: list[str], number: str
) -> None:
    done = run(*line, number, typed="\n\n\n")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.splitlines()[0].startswith(("MOOD", "STRENGTH"))
    assert "(" not in done.stderr
    assert not number or number not in done.stderr
    assert not home.exists()


def test_a_strength_is_typed_once(run: Run, home: Path) -> None:
    done = run("urge", "8", "--strength", "8")
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1)
    assert not home.exists()


@pytest.mark.parametrize("number", [["8"], ["--strength", "8"]])
def test_no_number_about_self_harm_is_used_and_nothing_is_said_of_it(run: Run, home: Path, number: list[str]) -> None:
    want(run, SELF_HARM, WINE)
    typed = "1\n!\n"
    with_number = run("urge", *number, "--about", "cutting", typed=typed)
    assert with_number.stderr == run("urge", "--about", "cutting", typed=typed).stderr
    drafts = [path.read_text() for path in (home / "state" / "drafts").glob("*.jsonl")]
    assert drafts
    assert not [draft for draft in drafts if '"strength"' in draft.replace("field-strength", "").split("\n", 1)[1]]
    run("urge", *number, "--quick", "--about", "cutting", typed="1\n")
    assert "strength" not in newest(run)


def test_nor_where_it_may_turn_out_to_be_about_self_harm(run: Run) -> None:
    want(run, SELF_HARM, WINE)
    run("urge", "8", "--quick", typed="1\n1\n")
    assert "strength" not in newest(run)
    done = run("urge", "8", "--quick", typed="2\n" + "7\n" * 6)
    assert "Press Enter for: 8" not in done.stderr
    assert newest(run)["strength"] == 7  # it was asked, since the number was typed before it was said of what


def test_of_several_behaviours_without_self_harm_it_is_used(run: Run) -> None:
    want(run, WINE, {"name": "bets", "family": "gambling", "aim": "stop"})
    run("urge", "8", "--quick", typed="2\n\n" + "7\n" * 6)
    assert newest(run)["strength"] == 8


def test_a_mood_is_a_mood_whatever_else_there_is(run: Run) -> None:
    want(run, SELF_HARM)
    run("checkin", "4", "--quick", typed="\n\n")
    assert newest(run)["mood"] == 4


def test_help_says_that_the_shell_remembers(run: Run, tiny: Catalog) -> None:
    for command in ("checkin", "urge"):
        assert "shell remembers" in " ".join(run(command, "--help").stdout.replace("│", " ").split())
    assert "shell remembers" in " ".join(run("lapse", "--help").stdout.replace("│", " ").split())
