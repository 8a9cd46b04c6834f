"""Entries that vanish in numbers raise an alarm; absence is never a command."""

import json
import shutil
from pathlib import Path

import pytest

from smartcli.content.catalog import Catalog
from smartcli.entries.revisions import new_id
from smartcli.journal.last_seen import LastSeen
from tests.conftest import Run


@pytest.fixture
def last_seen(tmp_path: Path) -> LastSeen:
    return LastSeen(tmp_path / "state")


def ids(number: int) -> list[str]:
    return [new_id() for _ in range(number)]


@pytest.mark.parametrize(("before", "gone", "alarm"), [(1, 1, False), (2, 2, True), (5, 1, False), (9, 2, True), (11, 2, False), (20, 4, True),
                                                      (400, 50, False), (400, 51, True), (1000, 51, True), (10, 10, True)])  # fmt: skip
def test_a_fifth_or_more_than_fifty_gone_raise_the_alarm(
    last_seen: LastSeen, before: int, gone: int, alarm: bool
) -> None:
    here = ids(before)
    assert last_seen.compare(here) is None
    told = last_seen.compare(here[gone:])
    assert (told is not None) is alarm
    if told:
        assert told.code == 4
        assert str(gone) in told.sentence
        assert len(told.lines()) == 3


def test_the_alarm_goes_on_until_they_are_back_or_it_is_accepted(last_seen: LastSeen) -> None:
    here = ids(10)
    last_seen.compare(here)
    assert last_seen.compare(here[:5])
    assert last_seen.compare(here[:5])
    assert last_seen.compare(here) is None
    assert last_seen.compare(here[:5])
    last_seen.accept(here[:5])
    assert last_seen.compare(here[:5]) is None
    assert last_seen.compare(here[:4]) is None


def test_new_ones_are_taken_note_of_and_make_up_for_none_that_are_gone(last_seen: LastSeen) -> None:
    here = ids(10)
    last_seen.compare(here)
    assert last_seen.compare([*here, *ids(90)]) is None
    assert last_seen.compare(ids(100))


def test_a_few_new_ones_are_noted_later_and_no_more_are_left_out_than_would_raise_an_alarm(last_seen: LastSeen) -> None:
    here = ids(1000)
    last_seen.compare(here)
    noted = last_seen.folder / "known.txt"
    before = noted.read_bytes()
    few = [*here, *ids(50)]
    assert last_seen.compare(few) is None
    assert noted.read_bytes() == before
    assert last_seen.compare([*few, *ids(1)]) is None
    assert len(noted.read_bytes().split()) == 1051


def test_in_a_small_journal_every_new_one_is_noted_at_once(last_seen: LastSeen) -> None:
    here = ids(20)
    for number in range(1, 20):
        last_seen.compare(here[:number])
        assert len((last_seen.folder / "known.txt").read_bytes().split()) == number


def test_a_list_that_is_lost_or_cannot_be_written_costs_one_comparison(last_seen: LastSeen) -> None:
    here = ids(10)
    last_seen.compare(here)
    (last_seen.folder / "known.txt").unlink()
    assert last_seen.compare(here[:2]) is None
    shutil.rmtree(last_seen.folder)
    last_seen.folder.write_text("a file where the folder should be")
    assert last_seen.compare(here) is None


def test_the_whole_program_raises_it_keeps_what_is_left_and_can_be_told_that_it_is_meant_so(
    run: Run, tiny: Catalog, home: Path
) -> None:
    for number in range(6):
        assert run("record", "small", typed=json.dumps({"what": f"words {number}"})).exit_code == 0
    assert run("review").exit_code == 0
    files = sorted((home / "journal" / "entries").rglob("*.json"))
    for path in files[:3]:
        path.rename(home / path.name)
    for words in (["review"], ["search", "words"], ["where"], ["export", "--output", "-"], []):
        done = run(*words)
        assert done.exit_code == 4, words
        assert "3 entries that were here" in done.stderr
        assert "mall" in done.stdout or words in (["where"], [])
    assert run("record", "small", typed='{"what": "life goes on"}').exit_code == 0
    assert run("review").exit_code == 4
    for path in files[:3]:
        (home / path.name).rename(path)
    assert run("review").exit_code == 0
    for path in files[:3]:
        path.unlink()
    assert run("review").exit_code == 4
    assert run("where", "--accept-missing").exit_code == 0
    assert run("review").exit_code == 0


def test_purging_is_no_disappearance(run: Run, tiny: Catalog) -> None:
    made = [run("record", "small", typed='{"what": "x"}').stdout.strip() for _ in range(4)]
    run("review")
    assert run("purge", *made[:3], "--yes").exit_code == 0
    assert run("review").exit_code == 0


def test_a_journal_that_is_gone_altogether_raises_it(run: Run, tiny: Catalog, home: Path) -> None:
    for _ in range(3):
        run("record", "small", typed='{"what": "x"}')
    run("review")
    (home / "journal").rename(home / "unplugged")
    assert run("review").exit_code == 4
    assert run("where").exit_code == 4
    assert not (home / "journal").exists()
