"""What stays readable by choice while the journal is locked: the newest entry of each exercise chosen, and no more."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from smartcli.lock import keyring
from smartcli.lock.identity import Identity
from smartcli.workbook import unlocking
from smartcli.workbook.locking import unlock_for_good
from smartcli.workbook.workbook import Workbook
from tests.conftest import Run
from tests.support.locked import lock_home

BEGAN = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
LETTER, PLAN, OTHER = "letter", "if-then", "check-in"


@pytest.fixture
def key(run: Run, home: Path) -> Iterator[Identity]:
    """A locked journal; letters are left open, and plans are not."""
    identity = lock_home(home)
    assert run("settings", "keep_open", LETTER).exit_code == 0
    yield identity
    keyring.let_go()


@pytest.fixture
def opens(key: Identity, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let whoever asks for the passphrase be given it."""
    monkeypatch.setattr(unlocking, "unlock", lambda workbook, **_: keyring.hold(key))


def write(run: Run, words: str, exercise: str = LETTER, days: int = 0) -> str:
    """Save an entry with some words so many days after the first; return its id."""
    answers: dict[str, object] = {"letter": words}
    if exercise == PLAN:
        answers = {"situations": ["payday"], "plans": [{"situation": "payday", "response": words}]}
    if exercise == OTHER:
        answers = {"mood": 5, "good": words}
    with time_machine.travel(BEGAN + timedelta(days=days), tick=False):
        return run("record", exercise, typed=json.dumps(answers)).stdout.strip()


def open_files(home: Path) -> list[Path]:
    return [*(home / "state" / "open" / "entries").rglob("*.json")]


def left_open(home: Path) -> str:
    """Return all that lies in plain."""
    return "".join(path.read_text() for path in open_files(home))


def test_a_save_renews_the_copy_and_the_older_one_goes(run: Run, home: Path, key: Identity) -> None:
    write(run, "the first")
    assert "the first" in left_open(home)
    write(run, "the second", days=1)
    assert "the second" in left_open(home)
    assert "the first" not in left_open(home)
    assert len(open_files(home)) == 1


def test_an_entry_of_an_earlier_day_does_not_take_the_place_of_a_newer_one(run: Run, home: Path, key: Identity) -> None:
    write(run, "the newer", days=2)
    write(run, "the older", days=1)
    assert "the newer" in left_open(home)
    assert "the older" not in left_open(home)


def test_nothing_else_is_ever_left_open(run: Run, home: Path, key: Identity) -> None:
    write(run, "a plan", PLAN)
    write(run, "a good day", OTHER)
    assert not open_files(home)


def test_what_is_left_open_is_read_where_it_helps(run: Run, home: Path, key: Identity) -> None:
    write(run, "Dear me, it passes")
    write(run, "go home first", PLAN)
    assert Workbook().is_closed
    [letter] = Workbook().memory.copies(LETTER)
    assert letter.answers["letter"] == "Dear me, it passes"
    assert not [*Workbook().memory.copies(PLAN)]
    assert "Dear me, it passes" in run("urge", "9", "--quick", typed="!\n").output
    assert run("show", letter.id).exit_code == 5


def test_a_change_is_copied_and_what_is_hidden_or_erased_goes(run: Run, home: Path, opens: None) -> None:
    older = write(run, "the older")
    newer = write(run, "the newer", days=1)
    assert run("edit", newer, typed="1\nthe changed\n.\n1\n").exit_code == 0, "changed"
    assert "the changed" in left_open(home)
    assert "the newer" not in left_open(home)
    run("delete", "--yes", newer)
    assert "the changed" not in left_open(home)
    keyring.let_go()
    run("review")  # opened again, the next one stands in its place
    assert "the older" in left_open(home)
    run("purge", "--yes", older)
    assert "the older" not in left_open(home)


def test_what_another_device_wrote_is_copied_when_the_journal_is_opened(run: Run, home: Path, opens: None) -> None:
    write(run, "mine")
    kept = [(path, path.read_bytes()) for path in open_files(home)]
    write(run, "from the other device", days=1)
    for path in open_files(home):
        path.unlink()
    for path, data in kept:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    run("review")
    assert "from the other device" in left_open(home)
    assert "mine" not in left_open(home)


def test_the_copy_goes_with_the_choice_and_comes_with_it(run: Run, home: Path, opens: None) -> None:
    write(run, "my letter")
    write(run, "my plan", PLAN)
    done = run("settings", "keep_open", PLAN)
    assert not left_open(home)
    assert "From the next time you open the journal" in done.stderr
    run("review")
    assert "my plan" in left_open(home)
    run("settings", "keep_open", "--default")
    assert not left_open(home)


def test_a_choice_taken_back_in_the_file_counts_at_the_next_tidying(run: Run, home: Path, key: Identity) -> None:
    write(run, "my letter")
    (home / "config.toml").write_text("")
    assert left_open(home)
    Workbook().tidy()
    assert not left_open(home)


def test_nothing_is_left_in_the_folder_once_the_lock_is_off(run: Run, home: Path, key: Identity) -> None:
    write(run, "my letter")
    keyring.hold(key)
    unlock_for_good(Workbook(), lambda done, of: None)
    assert not (home / "state" / "open").exists()
    write(run, "another", days=1)
    assert not (home / "state" / "open").exists()


def test_a_copy_that_cannot_be_written_costs_no_entry(run: Run, home: Path, key: Identity) -> None:
    (home / "state" / "open").mkdir(parents=True)
    (home / "state" / "open" / "entries").write_text("in the way")
    assert write(run, "kept all the same")
    keyring.hold(key)
    assert next(Workbook().memory.copies(LETTER)).answers["letter"] == "kept all the same"
