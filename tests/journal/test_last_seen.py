"""Every entry that was here and is not is told, until it is found, erased or let go; nothing else is."""

import json
import random
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from smartcli.content.catalog import Catalog
from smartcli.entries.entry import ID
from smartcli.entries.revisions import new_id
from smartcli.journal import last_seen as module
from smartcli.journal.last_seen import LastSeen, Losses
from tests.conftest import Run


@pytest.fixture
def last_seen(tmp_path: Path) -> LastSeen:
    return LastSeen(tmp_path / "state")


def ids(number: int) -> list[str]:
    return [new_id() for _ in range(number)]


@pytest.mark.parametrize(("before", "gone"), [(1, 1), (5, 1), (400, 1), (400, 50), (1000, 51), (10, 10)])
def test_however_few_are_gone_of_however_many_it_is_told_at_every_look(
    last_seen: LastSeen, before: int, gone: int
) -> None:
    here = ids(before)
    assert last_seen.compare(here) == Losses()
    for _ in range(3):
        assert last_seen.compare(here[gone:]).missing == gone
    assert last_seen.compare(here).missing == 0
    assert last_seen.compare(here[gone:]).missing == gone
    last_seen.accept(here[gone:])
    assert last_seen.compare(here[gone:]).missing == 0


def test_one_that_was_just_saved_is_missed_though_no_look_came_between(last_seen: LastSeen) -> None:
    here = ids(300)
    last_seen.compare(here)
    [new] = ids(1)
    last_seen.remember([new], saved=True)
    assert last_seen.compare(here).missing == 1
    assert last_seen.compare([*here, new]).missing == 0


def test_new_ones_make_up_for_none_that_are_gone(last_seen: LastSeen) -> None:
    here = ids(10)
    last_seen.compare(here)
    assert last_seen.compare([*here[3:], *ids(90)]).missing == 3


def test_what_a_tombstone_names_was_erased_elsewhere_and_is_told_once(last_seen: LastSeen) -> None:
    here = ids(5)
    last_seen.compare(here)
    losses = last_seen.compare(here[2:], erased=here[:1])
    assert (losses.missing, losses.erased) == (1, 1)
    losses = last_seen.compare(here[2:], erased=here[:1])
    assert (losses.missing, losses.erased) == (1, 0)


def test_another_journal_is_told_and_its_entries_are_not_taken_for_ones_own(last_seen: LastSeen) -> None:
    mine, theirs = ids(5), ids(7)
    last_seen.compare(mine, journal="a" * 13)
    for _ in range(2):
        losses = last_seen.compare(theirs, journal="b" * 13)
        assert losses.another
        assert losses.missing == 5
        assert not losses.is_empty  # there are theirs
    assert last_seen.compare(mine, journal="a" * 13) == Losses()
    last_seen.accept(theirs, journal="b" * 13)
    assert last_seen.compare(theirs, journal="b" * 13) == Losses()


def test_the_same_entries_under_another_name_of_the_journal_are_told_once(last_seen: LastSeen) -> None:
    """Two devices began a journal each, and a sync tool brought them together."""
    mine = ids(5)
    last_seen.compare(mine, journal="a" * 13)
    losses = last_seen.compare(mine, journal="b" * 13)
    assert (losses.is_joined, losses.another, losses.hint()) == (True, False, "")
    assert last_seen.compare(mine, journal="b" * 13) == Losses()
    assert last_seen.compare(mine, journal="") == Losses()


def test_the_day_is_said_only_where_all_of_them_were_here_on_it(last_seen: LastSeen) -> None:
    here, later = ids(4), ids(2)
    with time_machine.travel("2026-11-22T12:00:00+00:00", tick=False):
        last_seen.compare(here)
    with time_machine.travel("2026-11-24T12:00:00+00:00", tick=False):
        last_seen.remember(later, saved=True)
        assert last_seen.compare([*here[1:], *later]).day == date(2026, 11, 22)
        assert last_seen.compare([*here[1:], *later[1:]]).day is None
        assert last_seen.compare([*here, *later]).missing == 0
        assert last_seen.compare(here).day == date(2026, 11, 24)


def test_a_list_that_is_lost_or_cannot_be_written_costs_one_comparison(last_seen: LastSeen) -> None:
    here = ids(10)
    last_seen.compare(here)
    (last_seen.folder / "known.txt").unlink()
    assert last_seen.compare(here[:2]).missing == 0
    shutil.rmtree(last_seen.folder)
    last_seen.folder.write_text("a file where the folder should be")
    assert last_seen.compare(here).missing == 0
    last_seen.remember(here, saved=True)
    last_seen.accept(here)
    last_seen.forget(here)


def test_a_list_of_an_older_version_is_read_and_this_one_by_an_older_version(last_seen: LastSeen) -> None:
    here = ids(10)
    last_seen.folder.mkdir()
    (last_seen.folder / "known.txt").write_text("".join(f"{entry}\n" for entry in sorted(here)))
    assert last_seen.compare(here[1:], journal="a" * 13).missing == 1
    last_seen.remember(here[:1], saved=True)
    last_seen.compare(here, journal="a" * 13)
    words = (last_seen.folder / "known.txt").read_text().split()
    assert {word for word in words if ID.fullmatch(word)} == {*here}  # how version 0 read it


@given(junk=st.lists(st.binary(max_size=40), max_size=20), number=st.integers(0, 5))
def test_lines_that_are_torn_or_of_others_stop_nothing(
    tmp_path_factory: pytest.TempPathFactory, junk: list[bytes], number: int
) -> None:
    last_seen = LastSeen(tmp_path_factory.mktemp("state"))
    here = ids(number)
    last_seen.compare(here)
    with (last_seen.folder / "known.txt").open("ab") as file:
        file.write(b"\n".join(junk) + here[0][:7].encode() if here else b"all 2026-99-99\njournal:\n")
    last_seen.remember(here)
    told = last_seen.compare(here)
    assert told.missing <= len(junk)  # nothing of its own is missed


@pytest.mark.parametrize("torn", ["", "abcd", "a" * 12, "a" * 13 + " sav", "all 2026-1", "journal:abc", "\0\0\0"])
@pytest.mark.parametrize("saved", [True, False])
def test_a_line_that_a_crash_tore_costs_none_that_is_written_after_it(
    last_seen: LastSeen, torn: str, saved: bool
) -> None:
    here = ids(3)
    last_seen.compare(here)
    with (last_seen.folder / "known.txt").open("a") as file:
        file.write(torn)
    [new] = ids(1)
    last_seen.remember([new], saved=saved)
    assert last_seen.in_order()[new] is saved
    assert new in last_seen.missing(here)


def test_the_list_does_not_grow_for_ever_and_says_the_same_when_it_is_written_anew(
    last_seen: LastSeen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SURPLUS", 5)
    here, chance = ids(6), random.Random(3)
    last_seen.compare(here, journal="a" * 13)
    for _ in range(200):
        last_seen.remember([chance.choice(here)], saved=True)
        before = last_seen.in_order()
        last_seen.compare(here, journal="a" * 13)
        assert [*last_seen.in_order().items()] == [*before.items()]
    assert len((last_seen.folder / "known.txt").read_text().split("\n")) < 50
    assert last_seen.compare(here, journal="b" * 13).is_joined
    assert last_seen.compare(here[1:], journal="b" * 13).missing == 1


def test_the_whole_program_tells_it_keeps_what_is_left_and_can_be_told_that_it_is_meant_so(
    run: Run, tiny: Catalog, home: Path
) -> None:
    for number in range(6):
        assert run("record", "small", typed=json.dumps({"what": f"words {number}"})).exit_code == 0
    files = sorted((home / "journal" / "entries").rglob("*.json"))
    for path in files[:3]:
        path.rename(home / path.name)
    for words, code in (
        (["review"], 0),
        (["search", "words"], 0),
        (["where"], 4),
        (["export", "--output", "-"], 4),
        ([], 0),
    ):
        done = run(*words)
        assert done.exit_code == code, words
        assert done.stderr.count("3 entries that were here") == 1
        assert "mall" in done.stdout or words in (["where"], [])
    assert run("record", "small", typed='{"what": "life goes on"}').exit_code == 0
    assert "3 entries" in run("review").stderr
    for path in files[:3]:
        (home / path.name).rename(path)
    assert run("review").stderr == ""
    files[0].unlink()
    assert "1 entry that was here" in run("review").stderr
    assert run("where", "--accept-missing").exit_code == 0
    assert run("review").stderr == ""


def test_purging_is_no_disappearance(run: Run, tiny: Catalog) -> None:
    made = [run("record", "small", typed='{"what": "x"}').stdout.strip() for _ in range(4)]
    run("review")
    assert run("purge", *made[:3], "--yes").exit_code == 0
    assert run("review").stderr == ""


def test_a_journal_that_is_gone_or_empty_or_anothers_is_told_and_support_is_not_held_up(
    run: Run, tiny: Catalog, home: Path
) -> None:
    for _ in range(3):
        run("record", "small", typed='{"what": "x"}')
    (home / "journal").rename(home / "unplugged")
    for words in (["review"], []):
        assert "3 entries were here before" in run(*words).stderr
    assert "nothing here yet" not in run("review").stdout
    assert run("where").exit_code == 4
    assert not (home / "journal").exists()
    assert run("support").exit_code == 0
    run("record", "small", typed='{"what": "theirs"}')  # makes a journal with an id of its own
    for words in (["review"], [], ["where"]):
        assert "not the one that was here before" in run(*words).stderr
    shutil.rmtree(home / "journal")
    (home / "unplugged").rename(home / "journal")
    told = run("review").stderr
    assert "1 entry that was here" in told  # the one of the other journal, until it is let go
    assert run("where", "--accept-missing").exit_code == 0
    assert run("review").stderr == ""


def test_a_file_that_is_in_the_cloud_is_not_missing(run: Run, tiny: Catalog, home: Path) -> None:
    for _ in range(2):
        run("record", "small", typed='{"what": "x"}')
    path, *_ = (home / "journal" / "entries").rglob("*.json")
    path.rename(path.with_name(f".{path.name}.icloud"))
    told = run("review").stderr
    assert "could not be read" in told
    assert "missing" not in told


DAMAGE: dict[str, Callable[[Path], object]] = {
    "gone": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "of other lines": lambda path: path.write_bytes(b"\xff\x00\xfe\n???\n"),
    "too large": lambda path: path.write_bytes(b"\0" * 20_000_000),
}


@pytest.mark.parametrize("how", DAMAGE)
def test_a_list_that_is_damaged_while_entries_go_is_made_up_for_by_second_names(last_seen: LastSeen, how: str) -> None:
    here = ids(6)
    last_seen.compare(here)
    DAMAGE[how](last_seen.folder / "known.txt")
    assert last_seen.compare(here[2:], second_names=lambda: here).missing == 2
    assert last_seen.compare(here[2:]).missing == 2, "it is remembered, and the list is whole again"


def test_what_a_newer_version_says_of_an_entry_is_passed_over_and_the_entry_is_not(last_seen: LastSeen) -> None:
    here = ids(3)
    last_seen.folder.mkdir()
    (last_seen.folder / "known.txt").write_text(f"{here[0]} x=1\n{here[1]} saved x=2\n{here[2]}\n")
    assert last_seen.compare([]).missing == 3
    assert last_seen.in_order() == {here[0]: False, here[1]: True, here[2]: False}


def test_an_entry_that_is_missing_is_said_so_by_its_id_and_as_the_last(run: Run, tiny: Catalog, home: Path) -> None:
    first, last = (run("record", "small", typed=f'{{"what": "{words}"}}').stdout.strip() for words in "ab")
    [path] = (home / "journal" / "entries").rglob(f"*{last}*")
    whole = path.read_bytes()
    path.unlink()
    for command in ("show", "edit", "history"):
        for name in (last, "last"):  # never an older one in its place
            done = run(command, name)
            assert (done.exit_code, "is missing now" in done.stderr) == (4, True), command
    assert run("purge", "last", "--yes").exit_code == 4
    path.write_bytes(b"")
    assert run("show", "last").exit_code == 4
    path.write_bytes(whole)
    assert json.loads(run("show", "last", "--json").stdout)["id"] == last
    path.unlink()
    run("where", "--accept-missing")
    assert json.loads(run("show", "last", "--json").stdout)["id"] == first
