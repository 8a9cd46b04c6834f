"""Entries that lie a folder too deep or too high are told, with where to move them; right ones are not."""

import shutil
from pathlib import Path

import pytest

from smartcli.content.catalog import Catalog
from smartcli.journal.nearby import find_nearby
from tests.conftest import Run

# Where the journal's contents come to lie (from, to), and the folder that is to be named.
MOVED = {
    "the whole journal too deep": ("journal", "journal/journal", "journal/journal/entries"),
    "entries within entries": ("journal/entries", "journal/entries/entries", "journal/entries/entries"),
    "the months too high": ("journal/entries/*", "journal", "journal"),
    "the files in the journal": ("journal/entries/*/*", "journal", "journal"),
    "a backup's folder": ("journal", "journal/backup-2026/journal", "journal/backup-2026/journal/entries"),
    "the journal's contents in the home": ("journal/entries", "entries", "entries"),
    "the months in the home": ("journal/entries/*", ".", "."),
    "a copy in the home": ("journal", "backup/journal", "backup/journal/entries"),
    "a copy of another name": ("journal", "journal (1)", "journal (1)/entries"),
    "a month within a month": (
        "journal/entries/*/*",
        "journal/entries/2026-11/2026-11",
        "journal/entries/2026-11/2026-11",
    ),
}


@pytest.mark.parametrize("how", MOVED)
def test_the_folder_is_named(run: Run, tiny: Catalog, home: Path, how: str) -> None:
    for _ in range(2):
        run("record", "small", typed='{"what": "x"}')
    start, end, named = MOVED[how]
    aside = home / "aside"
    aside.mkdir()
    for path in [*home.glob(start)]:
        shutil.move(path, aside / path.name)
    (home / end).mkdir(parents=True, exist_ok=True)
    for path in [*aside.iterdir()]:
        moved = [*path.iterdir()] if path.name in ("journal", "entries") else [path]
        for inner in moved:
            shutil.move(inner, home / end / inner.name)
    shutil.rmtree(aside)
    shutil.rmtree(home / "state")  # a new device, or an old list: it is told all the same
    assert find_nearby(home / "journal") == [home / named]
    for words in (["review"], ["where"], []):
        assert f"There are entries in {home / named}." in " ".join(run(*words).stderr.split())


def test_a_journal_in_its_place_and_what_tools_keep_are_no_strays(run: Run, tiny: Catalog, home: Path) -> None:
    assert find_nearby(home / "journal") == []
    run("record", "small", typed='{"what": "x"}')
    for file in [*(home / "journal" / "entries").glob("*/*")]:  # one beside the folders of months is read there
        shutil.copy(file, home / "journal" / "entries" / file.name)
    shutil.copytree(home / "journal" / "entries", home / "journal" / ".stversions" / "entries")
    assert find_nearby(home / "journal") == []
    assert "There are entries" not in run("where").stderr
    shutil.copytree(home / "journal", home / "backup")
    assert "There are entries" not in run("where").stderr  # nothing is in it that is not here


def test_a_month_that_came_into_a_month_is_told_beside_the_entries_that_are_in_their_place(
    run: Run, tiny: Catalog, home: Path
) -> None:
    for _ in range(2):
        run("record", "small", typed='{"what": "x"}')
    first = min((home / "journal" / "entries").rglob("*.json"))
    inner = first.parent / first.parent.name
    inner.mkdir()
    first.rename(inner / first.name)
    assert f"There are entries in {inner}." in " ".join(run("review").stderr.split())
