"""Tombstones: damaged, foreign, renamed and by the thousand, they keep an entry away and never stop anything."""

import json
import os
import time
from pathlib import Path

import pytest

from smartcli.entries.revisions import new_id
from smartcli.journal.erased import Erased

ONE = "abcdefghijkl2"


@pytest.fixture
def erased(tmp_path: Path) -> Erased:
    return Erased(tmp_path / "journal" / "erased")


def test_where_there_are_none_nothing_is_made(erased: Erased) -> None:
    assert erased.ids() == erased.sure([ONE]) == frozenset()
    erased.add([])
    assert not erased.folder.parent.exists()


def test_a_tombstone_says_which_entry_and_when_and_no_more(erased: Erased) -> None:
    erased.add([ONE])
    [path] = erased.folder.iterdir()
    said = json.loads(path.read_text())
    assert said.keys() == {"format", "id", "erased"}
    assert said["id"] == ONE
    assert erased.ids() == erased.sure([ONE]) == {ONE}
    before = path.stat().st_mtime_ns
    erased.add([ONE])
    assert path.stat().st_mtime_ns == before


@pytest.mark.parametrize("data", [b"", b"\0" * 90, b"{", b"[]", b"null", b'{"id": 3}', b"\xff", b"[" * 4000, b"x" * 9000,
                                  json.dumps({"format": 1, "id": "b" * 13, "erased": "2026-11-22"}).encode(),
                                  json.dumps({"format": 1, "id": ONE, "erased": "long ago"}).encode()])  # fmt: skip
def test_a_damaged_one_keeps_its_entry_from_coming_back_but_has_nothing_removed(erased: Erased, data: bytes) -> None:
    erased.folder.mkdir(parents=True)
    (erased.folder / f"{ONE}.json").write_bytes(data)
    assert erased.ids() == {ONE}
    assert erased.sure([ONE]) == frozenset()
    erased.add([ONE])
    assert erased.sure([ONE]) == {ONE}


def test_one_of_a_newer_version_counts(erased: Erased) -> None:
    erased.folder.mkdir(parents=True)
    newer = {"format": 2, "id": ONE, "erased": "2030-01-01", "why": "?"}
    (erased.folder / f"{ONE}.json").write_text(json.dumps(newer))
    assert erased.sure([ONE]) == {ONE}


@pytest.mark.parametrize("name", [f"{ONE}.sync-conflict-20261122-023052-W2KRHZF.json", f"{ONE} (conflicted copy).json", f"{ONE} 2.json",
                                  f".{ONE}.json.icloud", f"{ONE}-PC.json"])  # fmt: skip
def test_the_names_of_sync_tools_are_known(erased: Erased, name: str) -> None:
    erased.folder.mkdir(parents=True)
    (erased.folder / name).write_bytes(b"")
    assert erased.ids() == {ONE}


@pytest.mark.parametrize("name", ["notes.txt", "README.json", f"{ONE}a.json", f"{ONE}", "desktop.ini", ".tmp-1-ab", f"{ONE.upper()}.json"])  # fmt: skip
def test_what_is_called_otherwise_is_none(erased: Erased, name: str) -> None:
    erased.folder.mkdir(parents=True)
    (erased.folder / name).write_bytes(b"")
    assert erased.ids() == frozenset()


@pytest.mark.skipif(os.name != "posix", reason="NOT RUN: links and fifos are POSIX matters")
def test_links_fifos_and_folders_stop_nothing(erased: Erased) -> None:
    erased.folder.mkdir(parents=True)
    os.mkfifo(erased.folder / f"{ONE}.json")
    (erased.folder / f"{'b' * 13}.json").symlink_to("/dev/zero")
    (erased.folder / f"{'c' * 13}.json").mkdir()
    assert erased.sure(erased.ids()) == frozenset()


def test_a_file_in_place_of_the_folder_stops_no_reading(erased: Erased) -> None:
    erased.folder.parent.mkdir()
    erased.folder.write_text("?")
    assert erased.ids() == erased.sure([ONE]) == frozenset()


def test_ten_thousand_are_listed_quickly(erased: Erased) -> None:
    erased.folder.mkdir(parents=True)
    for _ in range(10_000):
        (erased.folder / f"{new_id()}.json").touch()
    begun = time.process_time()
    assert len(erased.ids()) == 10_000
    assert time.process_time() - begun < 0.5  # some 15 ms
