"""What the names and the heads of files tell."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartcli.content.catalog import Catalog
from smartcli.entries.entry import Entry
from smartcli.journal import seal
from smartcli.journal.file_heads import FileHead, read_file_head
from smartcli.journal.store import Journal
from smartcli.moments import Moment, recall
from tests.conftest import CATALOGUE
from tests.support.answers import WORDS
from tests.support.asking import entry

SMALL = Catalog(CATALOGUE / "none", CATALOGUE).find("small")


def made(number: int, when: str, **changes: Any) -> Entry:
    """Return an entry with an id of its own, about a moment."""
    letters = f"{number:013b}".replace("0", "a").replace("1", "b")
    moment = Moment(recall(when).at)
    at, day = moment.at.isoformat(), moment.day().isoformat()
    return Entry({**entry(SMALL, {"what": "x"}).body, "id": letters, "when": at, "day": day, **changes})


@given(WORDS, WORDS, st.booleans())
def test_the_head_of_a_file_tells_what_reading_tells_whatever_was_written(what: str, about: str, live: bool) -> None:
    one = entry(SMALL, {"what": what}, about=about)
    one = Entry({**one.body, "state": "live" if live else "deleted", "title": about})
    assert read_file_head(seal.sealed(one.body)) == FileHead.of(one)


def test_a_file_of_another_layout_is_not_judged_by_its_head() -> None:
    body = entry(SMALL, {"what": 'a\n  "day": "2020-01-01",\n'}).body
    layouts = [
        json.dumps(body),
        json.dumps(body, indent=1),
        json.dumps(body, indent=4),
        "",
        "{}",
        '{\n  "format": 1,\n',
    ]
    layouts += [seal.sealed(body).decode()[:-40], json.dumps({**body, "fields": 3}, indent=2) + "\n"]
    assert [read_file_head(text.encode()) for text in layouts] == [None] * len(layouts)


@given(data=st.data())
def test_the_order_and_the_bounds_are_those_of_all_entries_read(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever was edited, moved to another day or deleted: as if every file had been read and sorted."""
    journal = Journal(Path(tmp_path_factory.mktemp("journal")))
    stands: dict[str, Entry] = {}
    days = st.integers(1, 28).map(lambda day: f"2026-{day % 3 + 9:02}-{day:02}T{day % 24:02}:30:00+00:00")
    for number in range(data.draw(st.integers(0, 6))):
        one = made(number, data.draw(days))
        journal.save(one)
        for step in range(data.draw(st.integers(0, 2))):
            state = data.draw(st.sampled_from(["live", "live", "deleted"]))
            moved = made(
                number,
                data.draw(days),
                parents=[one.revision],
                state=state,
                saved=f"2027-01-0{step + 1}T00:00:00+00:00",
            )
            journal.save(moved)
            one = moved
        stands[one.id] = one
    live = [one for one in stands.values() if not one.deleted]
    expected = sorted(live, key=lambda one: (one.when.at, one.id), reverse=True)
    assert [head.entry.revision for head in journal.heads()] == [one.revision for one in expected]
    assert [file_head.id for file_head in journal.file_heads()] == [one.id for one in expected]
    since, until = date(2026, 9, 20), date(2026, 11, 3)
    found = [head.entry for head in journal.heads(since=since, until=until)]
    assert {one.id for one in found} >= {one.id for one in live if since <= one.day <= until}
    assert [one.when.at for one in found] == sorted((one.when.at for one in found), reverse=True)


def test_the_entry_saved_last_is_told_by_the_moment_whatever_its_offset(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.save(made(1, "2026-11-01T10:00:00+00:00", saved="2026-11-22T23:00:00+05:00"))  # 18:00 UTC
    journal.save(made(2, "2026-11-01T10:00:00+00:00", saved="2026-11-22T19:00:00+00:00"))
    assert journal.find("last").entry.id == made(2, "2026-11-01").id


def test_file_names_are_a_mapping_of_entries_to_their_revisions(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    first = made(1, "2026-11-01T10:00:00+00:00")
    journal.save(first)
    journal.save(Entry({**first.body, "parents": [first.revision]}))
    journal.save(made(2, "2026-10-01T10:00:00+00:00"))
    revisions_of = journal.revisions()
    assert {one: len(revisions) for one, revisions in revisions_of.items()} == {
        first.id: 2,
        made(2, "2026-10-01").id: 1,
    }
    assert [*revisions_of.several()] == [first.id]
    assert revisions_of[first.id] == revisions_of.several()[first.id]
