"""What comes back in an urge was written for urges, for this behaviour, and by what its exercise means today.

The journal `before-measures-split` was written by the release that knew one `reply` and one `plan`: an ABC about
somebody's sister and a week about rent are newer in it than the line and the plans for drinking.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine

from tests.conftest import Run

JOURNAL = Path(__file__).parent.parent / "journals" / "before-measures-split"
SISTER, RENT = "she is wary", "move the rent money"
REFUSAL, OTHER_REFUSAL, FROM_LETTER = "not today, thanks", "the shop is closed", "it passes"
WAY, EVENING, PAYDAY = "twice round the pond", "walk to my sister's", "pay the rent first"
LETTER, OFFER = "You wanted this on a good day", "lime and soda"


@pytest.fixture
def kept(home: Path) -> Iterator[Path]:
    """The home of somebody whose journal is from before; it is a Tuesday, eight in the evening."""
    shutil.copytree(JOURNAL, home)
    with time_machine.travel("2026-11-10T20:00:00+00:00", tick=True):
        yield home


def urge(run: Run, *typed: str, about: str = "drinking") -> str:
    """Return what an urge in plain mode says to these lines."""
    return run("urge", "--about", about, typed="\n".join(typed) + "\n").output


def test_the_refusal_line_of_this_behaviour_opens_an_urge(kept: Path, run: Run) -> None:
    said = urge(run)
    assert REFUSAL in said
    for other in (OTHER_REFUSAL, FROM_LETTER, SISTER, RENT):
        assert other not in said
    assert OTHER_REFUSAL in urge(run, about="betting")


def test_nothing_written_for_a_thought_or_a_week_comes_up_in_an_urge(kept: Path, run: Run) -> None:
    said = urge(run, "9", "", "w", "wait", "5", "2", "", "", "", "", "", "", "", "")
    assert SISTER not in said
    assert RENT not in said


def test_the_plan_is_the_one_for_the_moment_named(kept: Path, run: Run) -> None:
    said = urge(run, "6", "2")
    assert PAYDAY in said
    assert EVENING not in said


def test_else_the_plan_is_for_what_comes_at_this_hour(kept: Path, run: Run) -> None:
    """Three urges before came in the evening, alone: the plan for that stands there before anything is asked."""
    said = urge(run, "6", "")
    assert EVENING in said
    assert PAYDAY not in said
    with time_machine.travel("2026-11-11T09:00:00+00:00", tick=True):
        morning = urge(run, "6", "")
    assert EVENING not in morning
    assert WAY in morning, "no plan for this hour: a way of the urge plan"


def test_the_letter_comes_unasked_only_in_a_strong_urge(kept: Path, run: Run) -> None:
    assert LETTER in urge(run, "8", "", "nothing")
    assert LETTER not in urge(run, "7", "", "nothing")


def test_everything_else_of_their_own_is_one_key_away(kept: Path, run: Run) -> None:
    before, _, after = urge(run, "6", "", "w").partition("\nw. ")
    assert OFFER not in before
    for words in (WAY, EVENING, PAYDAY, OFFER, LETTER):
        assert words in after


def test_words_of_one_behaviour_never_come_up_for_another(kept: Path, run: Run) -> None:
    said = urge(run, "6", "w", about="betting")
    for words in (WAY, EVENING, PAYDAY, REFUSAL):
        assert words not in said


def test_what_was_never_written_is_not_offered(home: Path, run: Run) -> None:
    said = urge(run, "9")
    shown = json.loads(run("exercises", "show", "urge-log", "--json").stdout)
    tool = next(field for field in shown["fields"] if field["id"] == "tool")
    needing = [option["say"] for option in tool["options"] if option.get("needs")]
    assert needing
    assert not [say for say in needing if say in said]


def test_an_own_exercise_may_still_say_plan_or_reply(kept: Path, run: Run) -> None:
    """The old, wide names count where they did: in what asks for the wide measure."""
    own = kept / "journal" / "exercises"
    own.mkdir()
    (own / "mine.toml").write_text(
        'format = 1\nid = "mine"\ntitle = "Mine"\npoint = "balance"\npurpose = "Mine."\n'
        '[[field]]\nid = "plan"\nkind = "line"\nask = "Plan?"\nmeasure = "plan"\n'
        '[[field]]\nid = "told"\nkind = "note"\nrecall = { measure = "plan", limit = 9, say = "Plans" }\n'
        '[[field]]\nid = "last"\nkind = "line"\nask = "Last?"\noptional = true\n'
    )
    assert run("record", "mine", typed='{"plan": "a plan of mine"}').exit_code == 0
    said = run("do", "mine", typed="another\n\n").output
    for words in ("a plan of mine", RENT, EVENING, WAY):
        assert words in said
    assert "a plan of mine" not in urge(run, "6", "", "w")


def test_one_planned_moment_alone_is_asked_about_and_never_taken_for_granted(home: Path, run: Run) -> None:
    plan = {"situations": ["payday"], "plans": [{"situation": "payday", "response": "tell", "link": "If money comes"}]}
    assert run("record", "if-then", typed=json.dumps(plan)).exit_code == 0
    run("urge", typed="6\n\nnothing\n4\n1\n")
    [urge_row] = json.loads(run("review", "--json", "--exercise", "urge-log").stdout)
    answers = json.loads(run("show", urge_row["id"], "--json").stdout)["answers"]
    assert answers["tool"] == "nothing"
    assert "moment" not in answers
