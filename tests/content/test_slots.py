"""Slots: filled for the person who reads, checked in every file, and whole sentences without them."""

from pathlib import Path

import pytest

from smartcli.content.catalog import Catalog
from smartcli.content.check import check_all, check_file
from smartcli.content.slots import ANYWHERE, EMERGENCY_ANYWHERE, Slots, has_slots

SLOTS = Slots(
    emergency=lambda: "999",
    crisis=lambda families: "the gambling line" if "gambling" in families else "Samaritans on 116 123",
    support=lambda typing: f"press Esc in a {typing}" if typing else "press s",
)


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Call {emergency}.", "Call 999."),
        ("Call {crisis}.", "Call the gambling line."),
        ("For numbers, {support}.", "For numbers, press s."),
        ("About {behaviour}.", "About betting."),
        ("{smile} and { } and {2}", "{smile} and { } and {2}"),
        ("Nothing to fill.", "Nothing to fill."),
    ],
)
def test_a_slot_is_filled_and_other_braces_stay(text: str, filled: str) -> None:
    assert SLOTS.filled(text, "betting", frozenset({"gambling"})) == filled
    assert has_slots(text) == (filled != text)


def test_where_letters_are_typed_no_letter_is_named_as_the_key() -> None:
    assert SLOTS.filled("{support}", None, frozenset(), typing="text") == "press Esc in a text"


def test_without_a_country_a_text_still_makes_sense() -> None:
    said = ANYWHERE.filled("Call {emergency}, or {crisis}. {behaviour}", None, frozenset())
    assert EMERGENCY_ANYWHERE in said
    assert "findahelpline.com" in said
    assert "{" not in said
    assert "this habit" in said


def test_a_slot_that_does_not_exist_is_told_with_its_line_and_stays_as_it_is(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "mine.toml").write_text(
        'format = 1\nid = "mine"\ntitle = "Mine"\npoint = "daily"\npurpose = "Mine."\n[[field]]\nid = "a"\nkind = "line"\n'
        'ask = "Call {emergancy}?"\n'
    )
    catalog = Catalog(own)
    [problem] = [problem for problem in check_all(catalog) if problem.startswith("mine.toml")]
    assert problem == "mine.toml:9: There is no slot {emergancy}. Did you mean {emergency}?"
    assert check_file(catalog, own / "mine.toml") == [problem]
    assert catalog.find("mine").fields[0].ask == "Call {emergancy}?", "it can be used all the same"


def test_no_text_that_ships_names_a_key_or_a_number_without_its_slot() -> None:
    folder = Catalog(Path("/nowhere")).folder
    told = ("support key", "emergency number")
    files = [file for point in folder.iterdir() if point.is_dir() for file in point.iterdir()]
    found = [
        (file.name, words)
        for file in files
        for words in told
        if file.name.endswith(".toml") and words in file.read_text(encoding="utf-8").casefold()
    ]
    assert not found
