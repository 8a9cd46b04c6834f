"""How many files the commands of a hard moment open: those they show, however large the journal is."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from smartcli.journal import index, system
from smartcli.journal.drafts import Drafts
from smartcli.journal.store import Journal
from smartcli.session import memory
from tests.commands.bent_index import BENT
from tests.conftest import Run
from tests.support.made import record
from tests.support.opened import Counting

URGES = 30
BEGAN = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
GENTLE = "Please don't be alone with it."


def live(home: Path, *families: str, urges: int = URGES) -> None:
    """Write what somebody wrote who wants to change behaviours of these families: their own words, then urges."""
    names = [{"alcohol": "drinking", "self-harm": "cutting"}[family] for family in families]
    rows = [{"name": name, "aim": "stop", "family": family} for name, family in zip(names, families, strict=True)]
    with time_machine.travel(BEGAN, tick=False):
        record(home, "start", {"behaviours": rows})
    letter = {"letter": "Dear me", "one-line": "It passes"}
    with time_machine.travel(BEGAN + timedelta(days=1), tick=False):
        record(home, "letter", letter, about=names[0])
        plan = {"situations": ["payday"], "plans": [{"situation": "payday", "response": "go home first"}]}
        for _ in range(3):
            record(home, "if-then", plan, about=names[0])
    for day in range(urges):
        when = BEGAN + timedelta(days=day + 2)
        with time_machine.travel(when, tick=False):  # so that the newest is the one saved last
            answers = {"strength": 6, "tool": f"walk {day}", "after": 3, "trigger": "payday"}
            record(home, "urge-log", answers, about=names[0])


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counting:
    """The file system, counting."""
    counting = Counting()
    monkeypatch.setattr(system, "fs", counting)
    return counting


def opened_by(run: Run, counted: Counting, *words: str, typed: str = "") -> int:
    """Return how many files of entries a command opens once the index is there."""
    run("support")
    counted.opened.clear()
    run(*words, typed=typed)
    return len(counted.opened)


def test_the_first_question_of_an_urge_opens_what_stands_on_it(run: Run, home: Path, counted: Counting) -> None:
    live(home, "alcohol")
    assert opened_by(run, counted, "urge") == 2 + 1  # newest start, letter whose line is shown; id of the journal
    shown = run("urge").stderr
    assert shown.startswith("Urge: drinking.")
    assert "It passes" in shown
    assert "How strong is the urge right now?" in shown


def test_with_self_harm_there_is_no_number_from_the_first_screen_on(run: Run, home: Path, counted: Counting) -> None:
    live(home, "self-harm")
    assert opened_by(run, counted, "urge") <= 2
    shown = run("urge").stderr
    assert GENTLE in shown
    assert "How strong" not in shown
    assert shown.startswith("Urge: cutting.")


@pytest.mark.parametrize("bend", BENT.values(), ids=BENT.keys())
@pytest.mark.parametrize("family", ["self-harm", "alcohol"])
def test_no_index_however_bad_changes_the_first_screen(
    run: Run, home: Path, family: str, bend: Callable[[Path], object]
) -> None:
    live(home, family, urges=4)
    expected = run("urge").stderr
    run("support")
    bend(home / "state" / index.NAME)
    shown = run("urge").stderr
    assert shown == expected
    assert (GENTLE in shown) is (family == "self-harm")
    assert ("How strong" in shown) is (family == "alcohol")


def test_what_was_used_is_counted_in_the_newest_entries_alone(
    run: Run, home: Path, counted: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "_ENTRIES_LOOKED_AT", 5)
    monkeypatch.setattr(memory, "_URGES_LOOKED_AT", 5)
    live(home, "alcohol")
    assert (
        opened_by(run, counted, "urge", typed="6\n\n") <= 2 + 3 + 5 + 1
    )  # start, letter, plans, urges, id of the journal
    offered = run("urge", typed="6\n\n").stderr
    assert "walk 29" in offered
    assert "walk 25" in offered
    assert "walk 24" not in offered


@pytest.mark.parametrize(
    "words", [["lapse"], ["lapse", "--quick"], ["show", "last"], ["history", "last"], ["edit", "last"], ["checkin"]]
)
def test_a_journal_three_times_as_large_is_not_read_more(
    run: Run, tmp_path: Path, counted: Counting, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.setattr(memory, "_ENTRIES_LOOKED_AT", 5)
    monkeypatch.setattr(memory, "_URGES_LOOKED_AT", 5)
    opened = []
    for size in (10, 30):
        home = tmp_path / str(size)
        monkeypatch.setenv("SMARTCLI_HOME", str(home))
        live(home, "alcohol", urges=size)
        opened.append(opened_by(run, counted, *words, typed="\n\n\n\n\n\n\n\n\n"))
    assert opened[0] == opened[1]
    assert opened[1] <= 15


@pytest.mark.parametrize("words", [["urge"], ["lapse"], ["show", "last"], ["edit", "last"]])
def test_without_an_index_every_file_is_read_once_and_what_is_shown_again(
    run: Run, home: Path, counted: Counting, words: list[str]
) -> None:
    live(home, "alcohol")
    files = len([*(home / "journal" / "entries").rglob("*.json")])
    counted.opened.clear()
    run(*words)
    used = URGES if words[0] == "edit" else 0
    assert len(counted.opened) <= files + used + 12


def test_an_urge_left_open_is_saved_after_the_next_one_not_before_its_first_question(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live(home, "alcohol", urges=1)
    with time_machine.travel("2026-12-20T09:00:00+00:00", tick=False):
        run("urge", typed="7\n")
    order: list[str] = []
    save = Journal.save
    monkeypatch.setattr(Journal, "save", lambda self, entry: order.append("saved") or save(self, entry))
    keep = Drafts.start
    monkeypatch.setattr(Drafts, "start", lambda self, **header: order.append("begun") or keep(self, **header))
    with time_machine.travel("2026-12-20T19:00:00+00:00", tick=False):
        run("urge", typed="3\n")
        drafts = Drafts(home / "state" / "drafts").all()
    assert order == ["begun", "saved"]
    assert [draft.answers["strength"] for draft in drafts] == [3]
