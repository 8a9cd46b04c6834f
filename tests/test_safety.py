"""exercises/SAFETY.md quotes what stands in the exercises, word for word, each with its source and its mark."""

import re
import tomllib
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "exercises"
SAFETY = (FOLDER / "SAFETY.md").read_text(encoding="utf-8")
HEAD = r"^### `((?:\w+/)?[\w-]+\.toml)` · `([\w-]+)`(?: · `(\w+)`)?\n\n"
QUOTED = re.findall(HEAD + r"((?:>[^\n]*\n)+)(.*?)(?=^##|\Z)", SAFETY, re.MULTILINE | re.DOTALL)


def test_all_headings_are_read() -> None:
    assert len(QUOTED) == len(re.findall(r"^### `(?!lists/)", SAFETY, re.MULTILINE)) > 20


@pytest.mark.parametrize(("file", "name", "key", "quote", "about"), QUOTED)
def test_a_safety_text_is_quoted_as_it_stands(file: str, name: str, key: str, quote: str, about: str) -> None:
    table = tomllib.loads((FOLDER / file).read_text(encoding="utf-8"))
    named = {part["id"]: part for part in table.get("field") or table["section"]}
    text = named[name][key or "ask"] if name in named else table[name]
    assert quote == "".join(f"> {line}".rstrip() + "\n" for line in text.split("\n"))
    assert "\n- Source: " in about
    assert "\n- Clinician's review: " in about


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("talk-first", ["motivation/before-stopping.toml", "motivation/change-plan.toml"]),
        ("heavy", ["thoughts/feelings.toml", "thoughts/abc.toml", "thoughts/self-compassion.toml"]),
    ],
)
def test_texts_that_are_the_same_stay_the_same(name: str, files: list[str]) -> None:
    said = {
        field["ask"]
        for file in files
        for field in tomllib.loads((FOLDER / file).read_text(encoding="utf-8"))["field"]
        if field["id"] == name
    }
    assert len(said) == 1


def test_a_list_of_options_is_quoted_as_it_stands() -> None:
    lists = re.findall(r"^### `(lists/[\w-]+\.toml)` · the options\n\n((?:>[^\n]*\n)+)", SAFETY, re.MULTILINE)
    assert len(lists) == len(re.findall(r"^### `lists/", SAFETY, re.MULTILINE)) > 0
    for file, quote in lists:
        options = tomllib.loads((FOLDER / file).read_text(encoding="utf-8"))["option"]
        assert quote == "".join(f"> - `{option['id']}`: {option['say']}\n" for option in options)
