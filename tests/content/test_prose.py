"""The texts of exercise files: each with a place made of ids, and translated when a file is read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages import Catalog as Messages
from babel.messages.mofile import write_mo

from smartcli import language
from smartcli.content.catalog import PARSED, Catalog
from smartcli.content.offers import read_offers
from smartcli.content.prose import texts_of
from tests.conftest import CATALOGUE


@pytest.fixture
def translated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tiny: Catalog) -> Iterator[dict[str, str]]:
    """Another language for texts of the tiny catalogue; a dictionary of contexts and words that were translated."""
    said: dict[str, str] = {}
    messages = Messages()
    for exercise in tiny:
        for text in texts_of(exercise, exercise.id):
            messages.add(text.words, f"<{text.words}>", context=text.context)
            said[text.context] = text.words
    for option in tiny.list_named("things") or ():
        for text in texts_of(option, f"lists/things/{option.id}"):
            messages.add(text.words, f"<{text.words}>", context=text.context)
    place = tmp_path / "exercises.mo"
    with place.open("wb") as file:
        write_mo(file, messages)
    monkeypatch.setattr(language, "_files", {language.CONTENT: place})
    monkeypatch.setattr(language, "_catalogues", {})
    PARSED.clear()
    yield said
    PARSED.clear()


def test_a_context_is_made_of_the_ids_that_stay(tiny: Catalog) -> None:
    exercise = tiny.find("everything")
    contexts = {text.context for text in texts_of(exercise, exercise.id)}
    assert "everything" in contexts
    assert {f"everything/{field.id}" for field in exercise.fields if field.ask} <= contexts
    options = [(field.id, option.id) for field in exercise.fields for option in getattr(field, "options", ())]
    assert {f"everything/{field}/{option}" for field, option in options} <= contexts
    columns = [(field.id, column.id) for field in exercise.fields for column in field.columns if column.ask]
    assert {f"everything/{field}/{column}" for field, column in columns} <= contexts


def test_every_text_of_a_file_is_translated_and_nothing_else(translated: dict[str, str], tiny: Catalog) -> None:
    exercise = Catalog(tiny.own).find("everything")
    assert exercise.id == "everything"
    for text in texts_of(exercise, exercise.id):
        assert text.words.startswith("<"), text
    assert all(option.id[0] != "<" for field in exercise.fields for option in getattr(field, "options", ()))
    assert exercise.aliases == () or not exercise.aliases[0].startswith("<")


def test_a_program_reads_the_same_keys_and_ids_in_every_language(
    translated: dict[str, str], tiny: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def keys(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: one if key == "id" else keys(one) for key, one in value.items()}
        return [keys(one) for one in value] if isinstance(value, list | tuple) else None

    there = [exercise.definition() for exercise in tiny]
    PARSED.clear()
    monkeypatch.setattr(language, "_files", {})
    english = {exercise.id: exercise.definition() for exercise in tiny}
    for definition in there:
        assert definition != english[definition["id"]]
        assert keys(definition) == keys(english[definition["id"]])


def test_an_exercise_of_ones_own_is_not_translated(translated: dict[str, str], tiny: Catalog, tmp_path: Path) -> None:
    own = tmp_path / "home" / "journal" / "exercises"
    own.mkdir(parents=True)
    text = (CATALOGUE / "daily" / "small.toml").read_text().replace('id = "small"', 'id = "mine"', 1)
    (own / "mine.toml").write_text(text)
    assert not any(text.words.startswith("<") for text in texts_of(tiny.find("mine"), "mine"))


def test_without_a_translation_the_text_is_as_it_stands(translated: dict[str, str], tiny: Catalog) -> None:
    offers, _ = read_offers(tiny.folder)
    assert offers
    assert not any(offer.say.startswith("<") for offer in offers)
