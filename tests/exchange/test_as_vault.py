"""A vault of notes: front matter that YAML reads as what was answered, links that lead somewhere, names that tell nothing."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from smartcli.content.catalog import Catalog
from smartcli.entries.entry import Entry
from smartcli.exchange import as_vault
from smartcli.fields import Choice, Lines, Options
from smartcli.pages.document import document_page
from smartcli.renderers import markdown, markdown_words
from tests.conftest import CATALOGUE
from tests.exchange.everything import EVERYTHING, entries
from tests.support.asking import entry

WORDS = st.text(st.one_of(st.characters(), st.sampled_from("\x7f\x85\u2028\u2029\ufeff\ufffe\uffff:#-'\"{}[]&*!|>%@`")))


MARKUP = as_vault.Markup(
    lambda entry: markdown.body(document_page(entry)), markdown_words.one_line, markdown_words.link
)


TESTED = Catalog(CATALOGUE / "none", CATALOGUE)


def offered(exercise: str, field: str) -> set[str]:
    return {option.id for option in TESTED.options_of(exercise, field)}


def vault(made: list[Entry], built_in: set[str] | None = None) -> dict[str, str]:
    notes: dict[str, str] = {}
    for name, piece in as_vault.files(made, built_in or {"everything"}, offered, MARKUP):
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
        assert [read.pop(key) for key in ("smartcli", "tags")] == [1, ["workbook/daily/everything"]]
        assert [title.startswith(one.title) for title in read.pop("aliases")] == [True]
        at = datetime.fromisoformat(read.pop("date"))
        assert at == one.when.at.replace(tzinfo=None, **({"hour": 0} if one.when.whole_day else {}))
        wanted = {}
        for field, answer, _ in one.fields:
            if field.measure == "when":  # which the note's own `when` tells
                continue
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
        inlines = [token for token in MarkdownIt("commonmark").parse(note) if token.type == "inline"]
        for child in (child for token in inlines for child in token.children or [] if child.type == "link_open"):
            target = str(child.attrs["href"])
            assert target.removeprefix("../") in notes, (name, target)
            linked.add(target.removeprefix("../"))
    assert linked == set(notes) - {"README.md"}


def test_names_of_notes_tell_a_day_and_what_is_ours_and_nothing_more() -> None:
    one = entry(EVERYTHING, {"one": "a secret", "pick": "walk", "grid": [{"what": "Mike's pub"}]}, about="drinking")
    other = entry(EVERYTHING, {"pick": "Ring Mike"}, day=21)
    own = Entry({**one.body, "exercise": "leaving-mike", "id": "b" * 13})
    made_later = Entry({**other.body, "id": "c" * 13})
    made_later.body["fields"][0].update(answer="mike", labels={"mike": "Mike"})  # an option of an own exercise
    names = vault([one, other, own, made_later])
    assert f"entries/2026-11-22-everything-{one.id}.md" in names
    assert "tools/walk.md" in names
    for name in names:
        assert re.fullmatch(
            r"README\.md|days/[\d-]{10}\.md|entries/[\d-]{10}-(everything|own-[0-9a-f]{8})-[a-z2-7]{13}\.md"
            r"|exercises/(everything|own-[0-9a-f]{8})\.md|(triggers|tools)/(walk|own-[0-9a-f]{12})\.md",
            name,
        )


def test_an_urge_and_its_trigger_and_tool_lead_to_each_other() -> None:
    one = entry(EVERYTHING, {"pick": "walk", "grid": [{"what": "Payday [] | *now*"}]})
    notes = vault([one])
    [trigger] = [name for name in notes if name.startswith("triggers/")]
    assert front(notes[trigger])["aliases"] == ["Payday [] | *now*"]
    [written] = [note for name, note in notes.items() if name.startswith("entries/")]
    for name in (trigger, "tools/walk.md", "days/2026-11-22.md", "exercises/everything.md"):
        assert f"](../{name})" in written
        assert f"-{one.id}.md)" in notes[name]


def test_what_is_not_counted_is_not_gathered_by_trigger_or_tool() -> None:
    one = replace(entry(EVERYTHING, {"pick": "walk"}), is_counted=False)
    assert not [name for name in vault([one]) if name.startswith(("triggers/", "tools/"))]


def test_every_note_begins_as_ours_and_its_front_matter_is_yaml() -> None:
    one = entry(EVERYTHING, {"one": "# x: y", "pick": "- yes", "grid": [{"what": "{a: [b"}]}, about='the "phone": #')
    for name, note in vault([one]).items():
        if name != "README.md":
            assert note.startswith("---\nsmartcli: 1\n")
            assert front(note)["smartcli"] == 1


def test_tags_are_ones_that_obsidian_takes() -> None:
    one = entry(EVERYTHING, {"one": "x"})
    [tag] = front(as_vault.front_matter(Entry({**one.body, "exercise": "a b#c.d", "point": "ü!"})))["tags"]
    assert re.fullmatch(r"[\w/-]*[^\W\d][\w/-]*", tag)


def test_a_field_that_is_called_like_what_a_note_tells_anyway_stands_beside_it() -> None:
    one = entry(EVERYTHING, {"one": "words"})
    fields = [
        {"id": "when", "kind": "line", "ask": "?", "answer": "soon"},
        {"id": "yes", "kind": "yes_no", "ask": "?", "answer": False},
        {"id": "tags", "kind": "line", "ask": "?", "answer": "mine"},
        {"id": "state", "kind": "line", "ask": "?", "answer": "tired"},
    ]
    read = front(as_vault.front_matter(Entry({**one.body, "fields": fields})))
    assert read["when"] == one.body["when"]
    assert read["answer-when"] == "soon"
    assert read["yes"] is False
    assert read["answer-tags"] == "mine"
    assert read["state"] == "tired"
