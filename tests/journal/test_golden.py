"""A journal of every released format still reads, and not a byte of it is changed by looking (tests/journals)."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import time_machine

from smartcli.content import catalog
from smartcli.trouble import ATTENTION
from tests.conftest import CATALOGUE
from tests.faults.hostile import run
from tests.journals.make import EVERYTHING, HERE, looked_at

GOLDEN = sorted(path.name for path in HERE.iterdir() if (path / "expected.json").exists())


@pytest.fixture(params=GOLDEN)
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A copy of a golden journal, on a device that knows only the tiny catalogue."""
    home = tmp_path / "home"
    shutil.copytree(HERE / request.param, home)
    with (
        mock.patch.object(catalog, "built_in", return_value=CATALOGUE),
        time_machine.travel("2027-03-01T12:00:00+00:00", tick=False),
    ):
        yield home


def contents(path: Path) -> dict[str, str]:
    """Return every name in a folder with a digest of its bytes (modes are not what git keeps)."""
    return {
        str(one.relative_to(path)): hashlib.sha256(one.read_bytes()).hexdigest()
        for one in sorted(path.rglob("*"))
        if one.is_file()
    }


def within(expected: Any, found: Any) -> bool:
    """Return whether everything expected is there to the letter; keys may have been added."""
    if isinstance(expected, dict):
        return isinstance(found, dict) and all(
            name in found and within(value, found[name]) for name, value in expected.items()
        )
    if isinstance(expected, list):
        return isinstance(found, list) and len(expected) == len(found) and all(map(within, expected, found))
    return bool(expected == found)


def test_there_is_one() -> None:
    assert GOLDEN


def test_every_golden_journal_says_what_it_said(home: Path) -> None:
    expected = json.loads((home / "expected.json").read_text(encoding="utf-8"))
    found = looked_at(home)
    for what in expected:
        assert within(expected[what], found[what]), what
    assert len(expected["review"]) >= 11


def test_it_holds_every_kind_of_field_and_of_history(home: Path) -> None:
    expected = json.loads((home / "expected.json").read_text(encoding="utf-8"))
    whole = next(one for one in expected["show"].values() if one["exercise"] == "everything")
    assert whole["answers"] == EVERYTHING
    assert {one["kind"] for one in whole["fields"]} == {"text", "line", "lines", "number", "scale", "choice", "choices", "rank", "table", "yes_no",
                                                        "moment", "practice"}  # fmt: skip
    lengths = sorted(len(versions) for versions in expected["history"].values())
    assert lengths[-4:] == [2, 3, 3, 3]
    assert [row["state"] for row in expected["review"]].count("deleted") == 1
    assert any("conflict" in path.name for path in (home / "journal").rglob("*.json"))


def test_not_a_byte_is_changed_by_looking(home: Path) -> None:
    before = contents(home / "journal")
    in_two_places = [row["id"] for row in json.loads(run(home, ["review", "--json"])[0].stdout) if row["others"]]
    for words in ([], ["review"], ["review", "--deleted", "--json"], ["show", "last"], ["search", "words"], ["where"], ["where", "--json"], ["support"],
                  ["export", "--output", "-"], ["export", "--as", "json", "--history", "--output", "-"], ["drafts"], ["exercises"], ["exercises", "check"],
                  *(["history", row["id"]] for row in json.loads((home / "expected.json").read_text())["review"])):  # fmt: skip
        done = run(home, words)[0]
        tells_of_two_places = words[:1] in (["export"], ["where"]) or (
            words[0:1] == ["history"] and words[1] in in_two_places
        )
        assert done.exit_code == (ATTENTION if tells_of_two_places else 0), (words, done.stderr, done.exception)
    assert contents(home / "journal") == before
    assert json.loads(run(home, ["where", "--json"])[0].stdout)["unreadable"] == []


def test_a_golden_draft_can_be_gone_on_with_and_its_entries_edited(home: Path) -> None:
    before = contents(home / "journal")
    drafts = json.loads(run(home, ["drafts", "--json"])[0].stdout)
    assert [(one["exercise"], one["answered"]) for one in drafts] == [("everything", 2)]
    assert run(home, ["resume"], "!\n")[0].exit_code == 130
    both = next(
        name
        for name, versions in json.loads((home / "expected.json").read_text())["history"].items()
        if len(versions) == 3
    )
    assert run(home, ["edit", both], "changed now\n\n")[0].exit_code == 0
    after = contents(home / "journal")
    assert before.items() <= after.items()
    assert len(after) == len(before) + 1
