"""What `where` says of the index: one quiet line when it was of no use, and nothing else ever."""

import errno
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from smartcli.content.catalog import Catalog
from smartcli.journal import index, system
from smartcli.journal.standing import Head
from smartcli.journal.store import Journal
from tests.commands.bent_index import BENT, lines_of, with_sum
from tests.conftest import Run
from tests.journal.test_index import WANTED, written

MADE_AGAIN = "smartcli made a new index."
NOT_SAVED = "could not be saved, so some commands are slower."
LIST = "The index (a list that helps"


@pytest.fixture
def path(run: Run, tiny: Catalog, home: Path) -> Path:
    """The index of a journal with a few entries."""
    for number in range(3):
        run("record", "small", typed=json.dumps({"what": f"word {number}"}))
        run("record", "urge-log", typed=json.dumps({"strength": 5, "tool": "walk", "after": 3, "trigger": "rain"}))
    run("support")
    path = home / "state" / index.NAME
    assert path.stat().st_size
    return path


def told(run: Run) -> str:
    """Return what `where` prints, its lines joined."""
    done = run("where")
    assert done.exit_code == 0 or "is missing" in done.stderr or "could not read" in done.stdout
    return " ".join(done.stdout.split())


def told_as_json(run: Run) -> Any:
    """Return what `where --json` says of the index."""
    return json.loads(run("where", "--json").stdout)["index"]


def answers(run: Run) -> list[str]:
    """Return what commands that ask the index print."""
    return [
        run(*words).stdout for words in ([], ["support"], ["exercises"], ["show", "last"], ["review"], ["insights"])
    ]


def test_where_all_is_well_nothing_is_said(run: Run, path: Path) -> None:
    before = path.read_bytes()
    assert LIST not in told(run)
    assert told_as_json(run) is None
    assert path.read_bytes() == before


def test_where_there_is_none_nothing_is_said_and_none_is_made(run: Run, path: Path) -> None:
    path.unlink()
    assert LIST not in told(run)
    assert told_as_json(run) is None
    assert not path.exists()


def test_entries_it_does_not_know_yet_are_added_and_nothing_is_said(run: Run, path: Path) -> None:
    run("record", "small", typed='{"what": "new"}')
    before = path.read_bytes()
    assert LIST not in told(run)
    assert path.read_bytes().startswith(before)
    assert len(path.read_bytes()) > len(before)


@pytest.mark.parametrize("bend", BENT.values(), ids=BENT.keys())
def test_a_bad_one_changes_no_answer_and_no_other_command_tells_of_it(
    run: Run, path: Path, bend: Callable[[Path], object]
) -> None:
    expected = answers(run)
    bend(path)
    shown = answers(run)
    assert shown == expected
    assert not any(LIST in page for page in shown)


@pytest.mark.parametrize("bend", BENT.values(), ids=BENT.keys())
def test_a_bad_one_is_told_once_and_made_again(run: Run, path: Path, bend: Callable[[Path], object]) -> None:
    expected = answers(run)
    bend(path)
    assert MADE_AGAIN in told(run)
    assert LIST not in told(run)
    assert answers(run) == expected
    bend(path)
    assert told_as_json(run) == "rewritten"
    assert told_as_json(run) is None


def test_a_right_sum_under_a_wrong_kind_is_found_by_reading(run: Run, path: Path) -> None:
    """Only what is in the file can tell: its name, size and time are right."""
    known = lines_of(path)
    codes = [line.split(" ")[1] for line in known if line.startswith("kind ")]
    swapped = {codes[0]: codes[1], codes[1]: codes[0]}
    lines = [line.split(" ") for line in known]
    for parts in lines:
        if parts[0] != "kind":
            parts[2] = swapped[parts[2]]
    path.write_bytes(with_sum(*map(" ".join, lines)))
    assert MADE_AGAIN in told(run)
    assert LIST not in told(run)


def test_a_file_changed_by_hand_or_gone_is_told_once(run: Run, path: Path, home: Path) -> None:
    changed, gone = sorted((home / "journal" / "entries").rglob("*.json"))[:2]
    changed.write_text(changed.read_text().replace("word 0", "another"))
    assert MADE_AGAIN in told(run)
    assert LIST not in told(run)
    gone.unlink()
    assert MADE_AGAIN in told(run)
    assert gone.name.encode() not in path.read_bytes()
    assert LIST not in told(run)


def test_a_file_that_cannot_be_read_now_is_no_fault_of_the_index(run: Run, path: Path, home: Path) -> None:
    damaged = min((home / "journal" / "entries").rglob("*.json"))
    status = damaged.stat()
    damaged.write_bytes(b"{" * status.st_size)
    os.utime(damaged, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert LIST not in told(run)


def test_what_another_window_saves_meanwhile_is_no_fault_of_it(
    run: Run, path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heads = Journal.heads

    def with_another(journal: Journal) -> Iterator[Head]:
        yield from heads(journal)
        other = Journal(journal.path, index.Index(home / "state"))
        other.save(written())
        assert [*heads(other, holding=WANTED[2])]

    with monkeypatch.context() as patched:
        patched.setattr(Journal, "heads", with_another)
        assert LIST not in told(run)
    assert LIST not in told(run)


def test_a_journal_out_of_reach_is_no_fault_of_it(run: Run, path: Path, home: Path) -> None:
    before = path.read_bytes()
    (home / "journal").rename(home / "away")
    assert LIST not in run("where").stdout
    assert path.read_bytes() == before


class _ReadOnly(system.FileSystem):
    """A disk on which the index can be read, and not written."""

    def open(self, path: str, flags: int, *rest: Any, **at: Any) -> int:  # type: ignore[override]
        if path == index.NAME and flags & (os.O_WRONLY | os.O_RDWR):
            raise OSError(errno.EROFS, "read-only")
        return os.open(path, flags, *rest, **at)

    def replace(self, source: str, target: str, **at: Any) -> None:  # type: ignore[override]
        if target == index.NAME:
            raise OSError(errno.EROFS, "read-only")
        super().replace(source, target, **at)


def test_a_read_only_one_gives_the_same_answers_and_is_told_when_it_lacks_something(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(system, "fs", _ReadOnly())
        assert LIST not in told(run)  # it lacks nothing
    run("record", "small", typed='{"what": "new"}')
    before = path.read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(system, "fs", _ReadOnly())
        shown = answers(run)
        assert NOT_SAVED in told(run)
        assert told_as_json(run) == "unwritable"
        assert path.read_bytes() == before
    assert answers(run) == shown


def test_a_bad_one_that_cannot_be_replaced_is_told_each_time(run: Run, path: Path) -> None:
    expected = answers(run)
    path.unlink()
    path.mkdir()
    assert answers(run) == expected
    assert NOT_SAVED in told(run)
    assert NOT_SAVED in told(run)


def test_the_lines_of_an_earlier_version_are_learnt_anew_and_nothing_is_told(run: Run, path: Path) -> None:
    expected = answers(run)
    lines = lines_of(path)
    before = [line.split(" ") for line in lines]
    earlier = [" ".join(parts if parts[0] == "kind" else [*parts[:4], *parts[5:]]) for parts in before]
    path.write_bytes(with_sum(*earlier))
    assert LIST not in told(run)
    assert "index" not in run("doctor").stdout
    assert answers(run) == expected
    assert {*lines} <= {*lines_of(path)}
