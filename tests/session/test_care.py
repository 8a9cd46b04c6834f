"""What a session does for somebody in a bad hour: words of danger are answered, an urge goes round, rows suit a family."""

import json
from pathlib import Path
from typing import Any

import pytest

from smartcli.asking import Option
from smartcli.content.catalog import Catalog
from smartcli.content.slots import ANYWHERE, EMERGENCY_ANYWHERE
from smartcli.fields import Choice, Line, Scale
from smartcli.session import danger_watch
from smartcli.session.danger_watch import DangerWatch
from tests.conftest import Run

DARK = "I do not want to live any more"


def lines(*typed: str) -> str:
    return "\n".join(typed) + "\n"


def newest(run: Run) -> dict[str, Any]:
    answers: dict[str, Any] = json.loads(run("show", "last", "--json").stdout)["answers"]
    return answers


def notes(said: str) -> int:
    """Return how often the note that answers stood there: it alone names the number and keeps a page of its own."""
    return said.count("What you wrote sounds very heavy")


def test_words_of_danger_are_kept_then_answered_once_and_again_at_the_end(run: Run) -> None:
    said = run("checkin", typed=lines("2", "n", "", "", DARK, "I want to kill myself", "", "")).stderr
    assert notes(said) == 1
    assert said.index("very heavy") > said.index(EMERGENCY_ANYWHERE)  # the low mood had named it before
    last = said.strip().splitlines()[-1]
    assert "call" in last
    assert newest(run)["good"] == DARK, "the answer is kept as it is"


def test_nothing_about_it_is_kept_anywhere(run: Run, home: Path) -> None:
    """Beside the words themselves, a journal in which they stand is to the key what another is."""
    run("checkin", typed=lines("2", "n", "", "", DARK, "", ""))
    run("checkin", typed=lines("2", "n", "", "", "a walk", "", ""))
    files = [json.loads(path.read_text()) for path in sorted(home.glob("journal/entries/*/*.json"))]
    assert len(files) == 2
    assert len({json.dumps([sorted(entry), [sorted(field) for field in entry["fields"]]]) for entry in files}) == 1
    assert not [
        path
        for path in home.joinpath("state").rglob("*")  # second names are the files of the entries themselves
        if path.is_file() and "kept" not in path.parts and DARK in path.read_text()
    ]


@pytest.mark.parametrize("words", ["killing time at the station", "dead tired, but a good day"])
def test_other_words_are_not(run: Run, words: str) -> None:
    said = run("checkin", typed=lines("6", "n", "", "", words, "", "")).stderr
    assert notes(said) == 0


def test_the_phrases_are_read_for_own_words_only(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[bool] = []
    monkeypatch.setattr(danger_watch, "shipped_danger", lambda: read.append(True))
    tool = Choice(id="tool", ask="What?", options=(Option("wait", "Wait ten minutes"), Option(DARK, DARK)), own=True)
    watch = DangerWatch(ANYWHERE)
    assert not watch.notices(tool, "wait")
    assert not watch.notices(Scale(id="mood", ask="Mood?"), 3)
    assert not read
    for field, answer in ((tool, "a walk"), (tool, DARK), (Line(id="line", ask="Line?"), "a walk")):
        read.clear()
        watch.notices(field, answer)
        assert read, "own words, an option made of them, and a line"


def test_own_words_given_as_a_choice_are_answered() -> None:
    tool = Choice(id="tool", ask="What?", options=(Option("wait", "Wait ten minutes"), Option(DARK, DARK)), own=True)
    assert DangerWatch(ANYWHERE).notices(tool, DARK)


@pytest.mark.parametrize(
    ("field", "answer"),
    [
        ("free", "bread\n\n{}."),
        ("one", "{}"),
        ("many", [{"text": "a walk", "marks": ["short"]}, {"text": "{}", "marks": []}]),
        ("plain-lines", ["bread", "{}"]),
        ("pick", "{}"),
        ("picks", ["walk", "{}"]),
        ("grid", [{"what": "bread", "how": 3}, {"what": "{}"}]),
        ("grid", [{"which": ["{}"]}]),
        ("hidden", "{}"),
    ],
)
def test_they_are_heard_wherever_own_words_stand_in_an_answer(tiny: Catalog, field: str, answer: Any) -> None:
    [asked] = [one for one in tiny.find("everything").fields if one.id == field]
    assert not DangerWatch(ANYWHERE).notices(asked, filled_in(answer, "a walk"))
    assert DangerWatch(ANYWHERE).notices(asked, filled_in(answer, DARK))
    assert DangerWatch(ANYWHERE).notices(asked, filled_in(answer, f"bread, and {DARK}"))


def filled_in(answer: Any, words: str) -> Any:
    """Return an answer with words in the place of "{}"."""
    filled = json.dumps(answer).replace("{}", words)
    return json.loads(filled)


def test_the_safety_plan_is_the_answer_itself(run: Run) -> None:
    assert notes(run("do", "safety-plan", typed=lines(DARK, "", "", "", "", "", "", "")).stderr) == 0


def test_neither_a_program_nor_an_edit_of_old_words_is_answered(run: Run) -> None:
    done = run("record", "check-in", typed=json.dumps({"mood": 5, "good": DARK}))
    assert notes(done.output) == 0
    assert notes(run("edit", "last", typed=lines("4", "", "", "", "", "")).output) == 0


def test_an_urge_that_has_not_fallen_goes_round_until_the_person_leaves(run: Run) -> None:
    run("urge", typed=lines("6", "nothing", "7", "nothing else", "7", "went out", "3", "", "1"))
    answers = newest(run)
    assert answers["after"] == 7
    assert [(row["tool"], row["after"]) for row in answers["rounds"]] == [("nothing else", 7), ("went out", 3)]


def test_the_last_rating_is_what_the_urge_came_to(run: Run) -> None:
    run("urge", typed=lines("6", "nothing", "7", "went out", "3", "", "1"))
    listed = run("review").stdout
    assert "6 before, 3 after" in listed
    assert "→" not in listed


def test_an_urge_that_fell_is_not_asked_again(run: Run) -> None:
    run("urge", typed=lines("6", "nothing", "4", "1"))
    assert "rounds" not in newest(run)


def test_the_aims_on_offer_are_those_of_the_kind_named_in_the_same_row(run: Run) -> None:
    """Nobody who eats too little is set to stop or cut down; the next row of the same table is asked afresh."""
    shown = json.loads(run("exercises", "show", "start", "--json").stdout)
    columns = {column["id"]: column for column in shown["fields"][0]["columns"]}
    families = [option["id"] for option in columns["family"]["options"]]
    says = {option["id"]: option["say"] for option in columns["aim"]["options"]}
    kind = str(families.index("eating-restrict") + 1)
    other = str(families.index("alcohol") + 1)
    said = run(
        "start", typed=lines("food", kind, says["stop"], says["get-help"], "drinking", other, says["stop"], "")
    ).stderr
    assert "from 1 to 2" in said
    drafts = json.loads(run("drafts", "--json").stdout)
    rows = newest(run)["behaviours"] if not drafts else None
    if rows is None:
        run("resume", typed=lines(*[""] * 12))
        rows = newest(run)["behaviours"]
    assert [(row["name"], row["aim"]) for row in rows] == [("food", "get-help"), ("drinking", "stop")]


def test_a_kind_that_was_only_ticked_is_not_taken_for_their_own_words(run: Run) -> None:
    """The id of the family reads like a phrase of danger; nobody has written it."""
    said = run("start", typed=lines("evenings", "Self-harm", "Get help with it", "", "", "", "", "")).stderr
    assert "counts nothing" in said
    assert notes(said) == 0


@pytest.mark.parametrize("how_long", ["once", "days"])
def test_while_drinking_goes_on_nothing_says_stop_beside_the_warning_not_to(run: Run, how_long: str) -> None:
    behaviour = {"name": "wine", "family": "alcohol"}
    run("record", "start", typed=json.dumps({"behaviours": [behaviour]}))
    shown = json.loads(run("exercises", "show", "lapse", "--json").stdout)
    says = {
        option["id"]: option["say"]
        for field in shown["fields"]
        if field["id"] in ("state", "how-long")
        for option in field["options"]
        if option["id"] != "not-sure"
    }
    said = run("lapse", typed=lines(says["goes-on"], says[how_long], ".", *[""] * 4, "5", "", "1"))
    assert ("do not stop suddenly" in said.output) is (how_long == "days")
    assert "can stop" not in said.output
