"""A locked journal whose files have gone: said while it is closed, by the names of files, and never that it is empty."""

import json
import shutil
from pathlib import Path

import pytest

from smartcli.journal.seal import random_name
from smartcli.journal.sealed_names import SealedNames
from smartcli.lock import keyring
from smartcli.lock.identity import Identity
from smartcli.workbook.workbook import Workbook
from tests.conftest import Run
from tests.support.locked import lock_home

pytestmark = pytest.mark.usefixtures("tiny")
WORDS = "the heron by the river"


@pytest.fixture
def identity(home: Path, run: Run) -> Identity:
    identity = lock_home(home)
    for number in range(4):
        assert run("record", "small", typed=json.dumps({"what": f"{WORDS} {number}"})).exit_code == 0
    return identity


def files(home: Path) -> list[Path]:
    return sorted((home / "journal" / "entries").glob("*/*.age"))


def ids(run: Run) -> list[str]:
    return [row["id"] for row in json.loads(run("review", "--json").stdout)]


@pytest.mark.parametrize("command", [("where",), ("where", "--json"), ("doctor",), ()])
def test_closed_all_is_well_until_a_file_goes(home: Path, run: Run, identity: Identity, command: tuple[str]) -> None:
    assert run(*command).exit_code == 0
    assert "missing" not in run(*command).stderr
    files(home)[0].unlink()
    done = run(*command)
    assert "1 " in done.output
    assert "missing" in done.output
    assert done.exit_code == (4 if command else 0)
    shutil.rmtree(home / "journal")
    done = run(*command)
    assert "4 " in done.output
    assert WORDS not in done.output


def test_what_came_by_sync_is_missed_too_once_it_was_looked_at(home: Path, run: Run, identity: Identity) -> None:
    keyring.hold(identity)
    assert run("review").exit_code == 0
    shutil.copy(files(home)[0], brought := files(home)[0].with_name(random_name("a")))
    run("review")
    keyring.let_go()
    brought.unlink()
    assert "1 locked file" in run("where").stderr


def test_looked_at_again_with_a_key_what_is_not_missing_is_forgotten(home: Path, run: Run, identity: Identity) -> None:
    path = files(home)[0]
    path.rename(path.with_name(random_name("b")))  # as a new key on another device does
    assert "missing" in run("where").stderr
    keyring.hold(identity)
    assert run("review").exit_code == 0
    keyring.let_go()
    assert run("where").exit_code == 0


def test_what_was_erased_or_let_go_is_missed_no_more(home: Path, run: Run, identity: Identity) -> None:
    keyring.hold(identity)
    assert run("purge", ids(run)[0], "--yes").exit_code == 0
    keyring.let_go()
    assert len(files(home)) == 3
    assert run("where").exit_code == 0
    files(home)[0].unlink()
    assert run("where", "--accept-missing").exit_code == 5
    assert run("where").exit_code == 4
    keyring.hold(identity)
    assert run("where", "--accept-missing").exit_code == 0
    keyring.let_go()
    assert run("where").exit_code == 0


def test_what_icloud_keeps_elsewhere_is_not_missing(home: Path, run: Run, identity: Identity) -> None:
    path = files(home)[0]
    path.rename(path.with_name(f".{path.name}.icloud"))
    assert run("where").stderr == ""
    assert "not downloaded yet" in run("where").stdout


@pytest.mark.parametrize("renamed", [0, 2, 4])
def test_without_the_note_of_our_key_only_the_number_counts(
    home: Path, run: Run, identity: Identity, renamed: int
) -> None:
    [note] = (home / "journal").glob("lock-*.json")
    note.rename(note.with_name("lock-bbbbbbbb.json"))
    note.with_name("lock-bbbbbbbb.json").write_text(json.dumps({"to": "age1other"}))
    for path in files(home)[:renamed]:
        path.rename(path.with_name(random_name("b")))
    assert SealedNames(Workbook().places.state).compare([path.name for path in files(home)]) == renamed
    assert "missing" not in run("where").stderr
    files(home)[0].unlink()
    assert "1 locked file" in run("where").stderr


def test_where_names_the_places_of_the_lock_and_needs_no_key(home: Path, run: Run, identity: Identity) -> None:
    found = json.loads(run("where", "--json").stdout)
    assert (found["locked"], found["closed"]) == (True, True)
    places = {place["path"]: place["holds"] for place in found["places"]}
    assert places[str(home / "journal" / "entries")] == "4 files, locked"
    assert places[str(home / "journal" / "keys")] == "1 file"
    assert WORDS not in run("where").output
    keyring.hold(identity)
    found = json.loads(run("where", "--json").stdout)
    assert (found["locked"], found["closed"]) == (True, False)
    assert "4 entries in 4 files" in {place["holds"] for place in found["places"]}


def test_where_of_a_plain_journal_says_nothing_of_a_lock(run: Run) -> None:
    found = json.loads(run("where", "--json").stdout)
    assert (found["locked"], found["closed"]) == (False, False)
    assert not {"key files", "what you left readable"} & {place["what"] for place in found["places"]}
    assert "locked" not in run("where").output
