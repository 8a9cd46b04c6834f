"""One look at the journal: listed once, each file read once, and the same entries as without it."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from smartcli.entries.entry import DELETED, Entry, Mentions
from smartcli.entries.revisions import with_state
from smartcli.journal import system
from smartcli.journal.index import Index
from smartcli.journal.look import Look
from smartcli.journal.store import Journal
from tests.journal.test_index import WANTED, again, written
from tests.support.opened import Counting


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """A journal of two kinds of entries, one edited, one deleted, one in two places, one under a tool's name."""
    journal = Journal(tmp_path / "journal", Index(tmp_path / "state"))
    entries = [written(plans=number % 2 == 0, day=10 + number) for number in range(6)]
    for revision in (
        *entries,
        again(entries[1], saved="2026-11-23T10:00:00+00:00"),
        with_state(entries[2], DELETED, [entries[2].revision]),
        again(entries[4], saved="2026-11-23T10:00:00+00:00"),
        again(entries[4], saved="2026-11-23T11:00:00+00:00"),
    ):
        journal.save(revision)
    renamed = next(path for path in (journal.path / "entries").rglob("*.json") if entries[0].id in path.name)
    renamed.rename(renamed.with_name(f"{renamed.stem} (conflict).json"))
    return journal


def _asked(entries: Iterable[Entry], wanted: Mentions) -> list[Mapping[str, Any]]:
    """Return what may be wanted of them: an entry with several revisions comes along whatever it holds."""
    return [entry.body for entry in entries if wanted.is_possible(entry.exercise, entry.measures)]


@pytest.mark.parametrize("indexed", [True, False])
def test_it_gives_what_the_journal_gives(journal: Journal, indexed: bool) -> None:
    plain = Journal(journal.path)
    look = Look(journal if indexed else plain)
    for wanted in (*WANTED, *WANTED):  # the second time from what was read before
        assert _asked(look(wanted), wanted) == _asked(plain.entries(wanted), wanted)
    assert [entry.body for entry in look()] == [entry.body for entry in plain.entries()]


def test_it_lists_once_and_reads_no_file_twice(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [*Look(journal)(WANTED[0])]
    counting = Counting()
    monkeypatch.setattr(system, "fs", counting)
    look = Look(Journal(journal.path, Index(journal.path.parent / "state")))
    assert sum(len([*look(wanted)]) for wanted in (*WANTED, *WANTED))
    assert counting.listed == 2  # the months, and the one month
    own = [name for name in counting.opened if "conflict" not in name]
    assert len(own) == len(set(own))


def test_it_stays_as_it_was_when_it_was_first_asked(journal: Journal) -> None:
    look = Look(journal)
    before = [entry.id for entry in look()]
    journal.save(written(day=9))
    assert [entry.id for entry in look()] == before
    assert len([*Look(journal)()]) == len(before) + 1
