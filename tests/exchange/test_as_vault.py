"""A vault of notes: front matter that YAML reads as what was answered, links that lead somewhere, names that tell nothing."""

import re
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from smartcli.entries.entry import Entry
from smartcli.exchange import as_vault
from smartcli.fields import Choice, Lines, Options
from smartcli.pages.document import document_page
from smartcli.renderers.markdown import body, escape_markdown
from tests.exchange.everything import EVERYTHING, entries
from tests.support.asking import entry

WORDS = st.text(st.one_of(st.characters(), st.sampled_from("\x7f\x85\u2028\u2029\ufeff\ufffe\uffff:#-'\"{}[]&*!|>%@`")))


def vault(made: list[Entry], built_in: set[str] | None = None) -> dict[str, str]:
    notes: dict[str, str] = {}
    for name, piece in as_vault.files(
        made, built_in or {"everything"}, lambda one: body(document_page(one)), escape_markdown
    ):
        notes[name] = notes.get(name, "") + piece
    return notes


def front(note: str) -> Any:
    fence, matter, _ = note.split("---\n", 2)
    assert fence == ""
    return yaml.safe_load(matter)


@given(entries())
def test_front_matter_reads_as_what_was_answered(made: list[Entry]) -> None:
    notes = vault(made)
    for one in made:
        [name] = [name for name in notes if one.id in name]
        read = front(notes[name])
        told = {key: read.pop(key) for key in ("id", "exercise", "title", "point", "when", "day")}
        assert told == {key: one.body[key] for key in told}
        assert read.pop("behaviour", None) == one.behaviour
        wanted = {}
        for field, answer, _ in one.fields:
            if field.kind in ("number", "scale", "yes_no", "line", "moment"):
                wanted[field.id] = answer
            elif isinstance(field, Choice):
                wanted[field.id] = field.say(answer)
            elif isinstance(field, Options):
                wanted[field.id] = [field.say(each) for each in answer]
            elif isinstance(field, Lines):
                wanted[field.id] = [item.text for item in field.items(answer)]
        assert read == wanted


@given(
    st.one_of(WORDS, st.lists(WORDS), st.integers(), st.booleans(), st.floats(allow_nan=False, allow_infinity=False))
)
def test_any_value_parses_as_yaml(value: Any) -> None:
    assert yaml.safe_load(f"key: {as_vault.value(value)}") == {"key": value}


@given(entries())
def test_every_link_leads_to_a_note_and_every_note_is_linked(made: list[Entry]) -> None:
    notes = vault(made)
    linked = set()
    for name, note in notes.items():
        for target in re.findall(r"(?<!\\)\]\(((?:\.\./)?(?:entries|days|exercises)/[^)]+\.md)\)", note):
            assert target.removeprefix("../") in notes, (name, target)
            linked.add(target.removeprefix("../"))
    assert linked == set(notes) - {"README.md"}


def test_names_of_notes_tell_a_day_and_an_exercise_of_ours_and_nothing_more() -> None:
    one = entry(EVERYTHING, {"one": "a secret"}, about="drinking")
    own = Entry({**one.body, "exercise": "leaving-mike", "id": "b" * 13})
    names = {name for name in vault([one, own]) if name.startswith("entries/")}
    assert f"entries/2026-11-22-everything-{one.id}.md" in names
    assert all(re.fullmatch(r"entries/[\d-]{10}-(everything|own-[0-9a-f]{8})-[a-z2-7]{13}\.md", name) for name in names)


def test_a_field_that_is_called_like_what_a_note_tells_anyway_stands_beside_it() -> None:
    one = entry(EVERYTHING, {"one": "words"})
    fields = [
        {"id": "when", "kind": "line", "ask": "?", "answer": "soon"},
        {"id": "yes", "kind": "yes_no", "ask": "?", "answer": False},
    ]
    read = front(as_vault.front_matter(Entry({**one.body, "fields": fields})))
    assert read["when"] == one.body["when"]
    assert read["answer-when"] == "soon"
    assert read["yes"] is False
