"""What can still be read of a damaged file: every word and number in it that was somebody's, the newest of each."""

import json
from pathlib import Path
from typing import Any

import pytest

from smartcli.content.catalog import Catalog
from smartcli.journal.drafts import Drafts
from smartcli.journal.salvage import salvage
from smartcli.journal.seal import sealed
from tests.conftest import CATALOGUE
from tests.support.asking import entry

EVERYTHING = Catalog(CATALOGUE / "none", CATALOGUE).find("everything")
GIVEN: dict[str, Any] = {
    "one": "first words",
    "free": "two\nlines “ü” 🙂",
    "strength": 7,
    "picks": ["walk", "own words"],
    "yes": True,
}


def said(data: bytes) -> dict[str, list[str]]:
    """Return what is read of a file, by question; what stands under no question by ""."""
    found: dict[str, list[str]] = {}
    for one in salvage(data):
        found.setdefault(one.question, []).extend(one.words)
    return found


def draft(folder: Path) -> bytes:
    """Return the file of a draft in which each answer was given, but for the last two, which are half given."""
    drafts = Drafts(folder)
    made = drafts.start(exercise="everything", title="TITLE")
    made.keep("one", "older words")
    made.keep_half("free", "half")
    for name, answer in GIVEN.items():
        made.keep(name, answer)
    made.keep_half("later", {"cell": ["half a w"]})
    made.keep_half("last", "last half")
    made.close()
    return drafts.read_bytes(made.id)


WHOLE = {
    "one": ["first words"],
    "free": ["two\nlines “ü” 🙂"],
    "strength": ["7"],
    "picks": ["walk", "own words"],
    "yes": ["True"],
    "later": ["half a w"],
    "last": ["last half"],
}


def test_of_a_whole_draft_the_newest_answers_and_halves_are_read(tmp_path: Path) -> None:
    assert said(draft(tmp_path)) == WHOLE


@pytest.mark.parametrize("without_header", [False, True])
def test_of_a_damaged_line_what_it_said_is_read_and_of_the_others_all(tmp_path: Path, without_header: bool) -> None:
    header, *lines, end = draft(tmp_path).split(b"\n")
    for number, line in enumerate(lines):
        record = json.loads(line)
        damaged = line.replace(b'"check":"', b'"check":"X')
        found = said(
            b"\n".join([*([] if without_header else [header]), *lines[:number], damaged, *lines[number + 1 :], end])
        )
        assert "TITLE" not in str(found)
        told = {name: words for name, words in found.items() if words}
        assert told.keys() == WHOLE.keys(), number
        given = record.get("answer", record.get("half"))
        value = str(given).lower() if isinstance(given, bool) else None
        for name, words in WHOLE.items():
            assert set(words) <= set(told[name]) | ({"True"} if value and value in told[name] else set()), (
                number,
                name,
            )


@pytest.mark.parametrize("kind", ["draft", "entry"])
def test_of_a_file_cut_off_anywhere_everything_before_is_read(tmp_path: Path, kind: str) -> None:
    data = draft(tmp_path) if kind == "draft" else sealed(entry(EVERYTHING, GIVEN).body)
    for end in range(0, len(data), 7):
        read = "\n".join(word for words in said(data[:end]).values() for word in words)
        for words in ("first words", "own words", "last half"):
            at = data.rfind(words.encode())
            assert at < 0 or (words in read) is (at + len(words) <= end), (words, end)


def test_of_an_entry_that_is_none_any_more_each_answer_stands_under_its_question() -> None:
    body = entry(EVERYTHING, GIVEN).body
    found = said(sealed(body)[1:])
    asked = {stored["id"]: stored["ask"] for stored in body["fields"]}
    for name in ("one", "free", "picks"):
        assert {*WHOLE[name]} <= {*found[asked[name]]}
    assert found[asked["strength"]] == ["7"]
    assert found[asked["yes"]] == ["true"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", []),
        (b"\0" * 50, []),
        (b'{"field":"a","answer":"cut of', ["cut of"]),
        (b'{"field":"a","answer":-2.5', ["-2.5"]),
        (b'"answer":"a \\"quoted\\" word', ['a "quoted" word']),
        (b'"answer":"bent \\u12', ["bent \\u12"]),
        (b'"answer":"one"}{"field":"b","half":"two"', ["one", "two"]),
        (b'"id":"abc","kind":"scale","title":"T"', []),
    ],
)
def test_odd_pieces_are_read_as_far_as_they_go(data: bytes, words: list[str]) -> None:
    assert [word for one in salvage(data) for word in one.words] == words
