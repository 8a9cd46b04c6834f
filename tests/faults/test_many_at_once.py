"""Sixteen writers and sixteen editors at once, and somebody reading all the while: no locks, and nothing lost."""

import json
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

from smartcli.content.catalog import Catalog
from smartcli.entries.entry import Answered, Entry
from smartcli.entries.revisions import new_id, revised
from smartcli.fields.text import Text
from smartcli.journal.drafts import Drafts
from smartcli.journal.store import Journal
from tests.conftest import CATALOGUE, SIZE
from tests.support.asking import entry

AT_ONCE = 16
SAVES = 20 * SIZE  # of each
SHARED = 4  # entries that all editors change
SMALL = Catalog(CATALOGUE / "none", CATALOGUE).find("small")


def small(words: str) -> Entry:
    return Entry({**entry(SMALL, {"what": words}).body, "id": new_id()})


def changed(before: Entry, words: str) -> Entry:
    return revised(before, [Answered(Text(id="what", ask="What?"), words)])


def write(path: Path, number: int) -> list[str]:
    """Save entries, long ones and short ones; return their words."""
    journal = Journal(path)
    said = []
    for turn in range(SAVES):
        made = small(f"w{number}.{turn} " + "x" * (turn % 5) * 2000)
        journal.save(made)
        said.append(str(made.answers["what"]))
    return said


def change(path: Path, number: int, shared: list[Entry]) -> list[tuple[str, str]]:
    """Change the shared entries, each as it stands here just now; return the ids and words."""
    journal = Journal(path)
    said = []
    for turn in range(SAVES):
        stands = journal.find(shared[turn % SHARED].id) if turn % 2 else None
        words = f"e{number}.{turn}"
        made = changed(stands.entry if stands else shared[turn % SHARED], words)
        journal.save(made)
        said.append((made.id, words))
    return said


def read(path: Path, over: Path) -> tuple[int, list[str]]:
    """Read everything again and again; return how many entries were read, and what could not be."""
    journal, number, wrong = Journal(path), 0, []
    while not over.exists():
        number += sum(1 for head in journal.heads() if head.entry.answers["what"])
        wrong += [str(one) for one in journal.unreadable]
    return number, wrong


def test_sixteen_writers_sixteen_editors_and_a_reader_nothing_lost_and_nothing_read_by_halves(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    shared = [small(f"shared {number}") for number in range(SHARED)]
    for one in shared:
        Journal(path).save(one)
    over = tmp_path / "over"
    with ProcessPoolExecutor(2 * AT_ONCE + 1) as pool:
        reading = pool.submit(read, path, over)
        writing = [pool.submit(write, path, number) for number in range(AT_ONCE)]
        changing = [pool.submit(change, path, number, shared) for number in range(AT_ONCE)]
        written = [words for one in writing for words in one.result()]
        edits = [edit for one in changing for edit in one.result()]
        over.touch()
        times, wrong = reading.result()
    journal = Journal(path)
    heads = {head.entry.id: head for head in journal.heads()}
    versions = {one.id: {str(of.answers["what"]) for of in journal.versions(heads[one.id])} for one in shared}
    print(f"{len(written)} entries and {len(edits)} edits at once, {times} reads meanwhile")
    assert wrong == journal.unreadable == []
    assert times > 0
    assert sorted(written) == sorted(str(heads[one].entry.answers["what"]) for one in heads if one not in versions)
    assert not [edit for edit in edits if edit[1] not in versions[edit[0]]]
    assert all(heads[one.id].others for one in shared), "edits of one entry at once should stand as several heads"
    assert not [*path.rglob(".tmp-*")]


def test_the_real_program_sixteen_times_at_once(tmp_path: Path) -> None:
    environment = {**os.environ, "SMARTCLI_HOME": str(tmp_path)}

    def record(number: int) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "smartcli", "record", "check-in"], input=json.dumps({"mood": number % 11}),
            capture_output=True, text=True, env=environment, timeout=240,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        said = [*pool.map(record, range(AT_ONCE))]
    found = {one.id: one.answers["mood"] for one in Journal(tmp_path / "journal").entries()}
    assert found == {name: number % 11 for number, name in enumerate(said)}


def test_many_sittings_at_once_keep_to_their_own_drafts(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    held = [drafts.start(exercise="x") for _ in range(AT_ONCE)]
    for turn in range(5):
        for number, draft in enumerate(held):
            draft.keep(f"f{turn}", f"{number}.{turn}")
    found = {draft.id: draft.answers for draft in Drafts(tmp_path).all()}
    assert found == {
        draft.id: {f"f{turn}": f"{number}.{turn}" for turn in range(5)} for number, draft in enumerate(held)
    }
