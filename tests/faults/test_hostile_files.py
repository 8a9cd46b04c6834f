"""Whatever lies in the folders one day: each file named in a sentence or shown, soon, in little memory, nothing changed.

The corpus is `tests/corpus`; what it must stand is in `hostile.py`. Beside it: files broken at random, all of them in
one journal at once, and planted mistakes.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartcli import trouble, words
from smartcli.content import catalog
from smartcli.content.catalog import Catalog
from smartcli.entries.checking import as_entry
from smartcli.entries.entry import DamagedEntryError
from smartcli.exchange.as_json import exported
from smartcli.journal import seal
from smartcli.journal.drafts import Drafts
from smartcli.pages.entry import entry_page
from smartcli.pages.listing import listing_page
from smartcli.renderers import markdown, plain
from smartcli.settings import Settings
from smartcli.trouble import Trouble
from tests.conftest import CATALOGUE
from tests.corpus.make import CORPUS, ENTRY, GOOD, ID
from tests.faults import hostile

pytestmark = pytest.mark.skipif(os.name != "posix", reason="NOT RUN: links, fifos and limits are POSIX matters")

PARTS = os.cpu_count() or 2


def test_each_hostile_file_is_named_or_shown_within_two_seconds_and_200_megabytes_and_nothing_is_changed() -> None:
    running = [
        subprocess.Popen([sys.executable, "-m", "tests.faults.hostile", str(part), str(PARTS)], stdout=subprocess.PIPE)
        for part in range(PARTS)
    ]  # fmt: skip
    found = [json.loads(line) for one in running for line in one.communicate()[0].decode().splitlines()]
    assert not [one.returncode for one in running if one.returncode]
    longest, most = max(one["seconds"] for one in found), max(one["megabytes"] for one in found)
    print(f"{len(found)} hostile files, at most {longest:.2f} s a command and {most:.0f} MB")
    assert len(found) == len(hostile.cases()) > 250
    assert not {one["name"]: one["wrong"] for one in found if one["wrong"]}


def test_all_of_them_in_one_journal_at_once_stop_nothing(tmp_path: Path) -> None:
    entries, own, drafts = (
        tmp_path / "journal" / "entries" / "2026-11",
        tmp_path / "journal" / "exercises",
        tmp_path / "state" / "drafts",
    )
    for folder in (entries, own, drafts):
        folder.mkdir(parents=True)
    for folder in (entries, entries.parent, own, own.parent):
        folder.chmod(0o700)
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    for number, path in enumerate(sorted((CORPUS / "entries").rglob("*.json"))):
        name = letters[number % 32] + letters[number // 32] + ID[2:]
        shutil.copyfile(path, entries / f"20261101T205000Z-{name}.{number:016x}.json")
    for path in (CORPUS / "exercises").rglob("*.toml"):
        shutil.copyfile(path, own / path.name)
    for number, path in enumerate(sorted((CORPUS / "drafts").rglob("*.jsonl"))):
        shutil.copyfile(path, drafts / f"{letters[number % 32] * 2}{ID[2:]}.jsonl")
    before = hostile.tree(tmp_path / "journal")
    environment = {**os.environ, "SMARTCLI_HOME": str(tmp_path)}
    for command in (
        ["review"],
        ["where"],
        ["search", "line"],
        ["exercises"],
        ["drafts"],
        [],
        ["export", "--output", "-"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "smartcli", *command], capture_output=True, env=environment, timeout=240, input=b""
        )
        assert done.returncode == (4 if command[:1] in (["export"], ["where"]) else 0), (command, done.stderr[-300:])
        assert b"Traceback" not in done.stderr
        assert b"went wrong" not in done.stderr
    assert hostile.tree(tmp_path / "journal") == before


def without_the_guard_against_depth(patch: pytest.MonkeyPatch) -> str:
    def opened(data: bytes) -> Any:
        try:
            return json.loads(data.decode("utf-8"))
        except ValueError:
            raise DamagedEntryError("not readable") from None

    patch.setattr(seal, "opened", opened)
    return "entries/refused/deep-arrays.json"


def with_infinity_let_in(patch: pytest.MonkeyPatch) -> str:
    patch.setattr(seal, "_JSON", json.JSONDecoder())
    return "entries/refused/larger-than-any-float.json"


def with_names_told_as_they_are(patch: pytest.MonkeyPatch) -> str:
    patch.setattr(trouble, "visible", lambda text: text)
    return "exercises/a-name-that-steers-the-terminal"


def with_words_shown_as_they_are(patch: pytest.MonkeyPatch) -> str:
    patch.setattr(words, "_ON_SCREEN", {})
    return "entries/shown/steering-the-terminal.json"


def with_damaged_files_moved_away(patch: pytest.MonkeyPatch) -> str:
    from smartcli.journal.store import Journal

    real = Journal._bytes

    def move(journal: Journal, month: str, name: str) -> bytes:
        data = real(journal, month, name)
        if not data.endswith(b"}\n"):
            (journal.path / "entries" / month / name).unlink()
        return data

    patch.setattr(Journal, "_bytes", move)
    return "entries/refused/cut-in-half.json"


def with_what_was_written_in_the_error(patch: pytest.MonkeyPatch) -> str:
    def read(path: Path) -> Settings:
        raise Trouble(f"The settings (config.toml) cannot be read: {path.read_text(errors='replace')}")

    patch.setattr(Settings, "read", read)
    return "config/refused/not-toml.toml"


@pytest.mark.parametrize("mistake", [without_the_guard_against_depth, with_infinity_let_in, with_names_told_as_they_are, with_words_shown_as_they_are,
                                     with_damaged_files_moved_away, with_what_was_written_in_the_error])  # fmt: skip
def test_each_planted_mistake_is_found(
    mistake: Callable[[pytest.MonkeyPatch], str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(catalog, "built_in", lambda: CATALOGUE)
    name = mistake(monkeypatch)
    [case] = [case for case in hostile.cases() if case.name == name]
    assert hostile.tried(case, tmp_path)[0]


BROKEN = st.sampled_from(["flip", "cut", "put", "take", "nul", "twice"])
JUNK = st.sampled_from([b"\0", b"\xff", b"[", b"{", b'"', b"\\", b"\\ud800", b"1e999", b"-", b"null", b"\r\n", b"\x1b[2J", b"9" * 400]) | st.binary(
    max_size=6)  # fmt: skip


@st.composite
def broken(draw: st.DrawFn, whole: bytes) -> bytes:
    """Return a file with one to four things wrong with its bytes."""
    for _ in range(draw(st.integers(1, 4))):
        at, how = draw(st.integers(0, max(len(whole) - 1, 0))), draw(BROKEN)
        end = draw(st.integers(at, min(at + 60, len(whole))))
        if how == "flip" and whole:
            whole = whole[:at] + bytes([whole[at] ^ (1 << draw(st.integers(0, 7)))]) + whole[at + 1 :]
        elif how == "cut":
            whole = whole[:at]
        elif how == "put":
            whole = whole[:at] + draw(JUNK) + whole[at:]
        elif how == "take":
            whole = whole[:at] + whole[end:]
        elif how == "nul":
            whole = whole[:at] + b"\0" * (end - at) + whole[end:]
        else:
            whole = whole[:end] + whole[at:]
    return whole


def shown(data: bytes) -> None:
    """Show an entry's file in every way there is, or raise DamagedEntryError."""
    entry = as_entry(seal.opened(data))
    assert not hostile.STEERING.search(plain.page(entry_page(entry)) + plain.page(listing_page([entry])))
    assert "".join(markdown.document("Journal", [entry_page(entry)])).encode()
    assert seal.opened("".join(exported([entry])).encode())["entries"][0] == entry.body
    assert seal.opened(seal.sealed(entry.body)) == entry.body
    entry.observations()
    assert len(entry.revision) == 16


@given(broken(GOOD))
def test_an_entry_broken_at_random_is_refused_or_shown(data: bytes) -> None:
    with contextlib.suppress(DamagedEntryError):
        shown(data)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "text", "say", "value", "seconds"]) | st.text(max_size=3), inner, max_size=3),
)  # fmt: skip


@given(st.data())
def test_an_entry_with_anything_in_the_place_of_anything_is_refused_or_shown(data: st.DataObject) -> None:
    body = json.loads(json.dumps(ENTRY))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(
            st.sampled_from([body, *body["fields"]]) if isinstance(body["fields"], list) else st.just(body)
        )
        name = data.draw(
            st.sampled_from(sorted(place))
            | st.sampled_from(["labels", "marks", "columns", "show", "headline", "whole_day"])
        )
        if place is not body or name != "fields":
            place[name] = data.draw(ANYTHING)
    with contextlib.suppress(DamagedEntryError):
        shown(json.dumps(body).encode())


@given(broken((CORPUS / "drafts" / "shown" / "as-it-should-be.jsonl").read_bytes()))
def test_a_draft_broken_at_random_is_refused_or_read(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    drafts = Drafts(tmp_path_factory.mktemp("d"))
    (drafts.path / "dddddddddddd2.jsonl").write_bytes(data)
    found = drafts.all()
    assert len(found) + len(drafts.unreadable) == 1
    assert all(draft.answers in ({}, {"one": "CANARY line"}) for draft in found)
    assert (drafts.path / "dddddddddddd2.jsonl").read_bytes() == data
    shutil.rmtree(drafts.path)


EVERYTHING = (CATALOGUE / "daily" / "everything.toml").read_bytes()


@given(broken(EVERYTHING))
def test_an_exercise_broken_at_random_is_refused_with_reasons_or_read(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("e")
    (folder / "mine.toml").write_bytes(data.replace(b'"everything"', b'"mine"'))
    found = Catalog(folder, CATALOGUE)
    own = [exercise for exercise in found if exercise.own]
    assert len(own) + len(found.broken) == 1
    assert all(":" in reason for one in found.broken for reason in one.reasons)
    shutil.rmtree(folder)


@given(broken(b'country = "xx"\nday_starts = "05:00"\n\n[[people]]\nname = "CANARY"\ncontact = "c"\n'))
def test_settings_broken_at_random_close_nothing(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("c") / "config.toml"
    path.write_bytes(data)
    settings = Settings.read(path)
    assert isinstance(settings.country, str)
    assert all(person["name"] for person in settings.people)
    assert settings.day_starts
    assert settings.is_readable or not settings.given
    shutil.rmtree(path.parent)
