"""Where formats meet: answers -> draft -> entry -> file -> entry -> Markdown, JSON, terminal, plain text."""

import io
import json
import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from smartcli.content.catalog import Catalog
from smartcli.entries.entry import Entry
from smartcli.entries.revisions import fill
from smartcli.exchange.as_json import exported
from smartcli.journal.drafts import Drafts
from smartcli.journal.store import Journal
from smartcli.pages.entry import entry_page
from smartcli.renderers import markdown, markdown_words, plain, terminal
from smartcli.session.form import Form
from smartcli.words import visible
from tests.conftest import CATALOGUE
from tests.support.answers import TEXTS, answers
from tests.support.asking import memory

EVERYTHING = Catalog(CATALOGUE / "none", CATALOGUE).find("everything")


def words_in(answer: Any) -> list[str]:
    """Return every text a person may have written in an answer."""
    if isinstance(answer, str):
        return [answer]
    if isinstance(answer, list):
        return [words for one in answer for words in words_in(one)]
    if isinstance(answer, dict):
        return [words for name, one in answer.items() if name != "marks" for words in words_in(one)]
    return []


def own_words(entry: Entry) -> list[str]:
    ids = {option.id for field in EVERYTHING.fields for option in getattr(field, "options", ())}
    ids |= {
        option.id
        for field in EVERYTHING.fields
        for column in getattr(field, "columns", ())
        for option in getattr(column, "options", ())
    }
    return [
        words
        for name, answer in entry.answers.items()
        if name not in ("on", "order")
        for words in words_in(answer)
        if words not in ids
    ]


@given(data=st.data())
def test_right_answers_of_every_kind_survive_draft_file_and_every_paper(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("home")
    given_ = data.draw(answers(EVERYTHING.fields))
    drafts, journal = Drafts(folder / "drafts"), Journal(folder / "journal")
    draft = drafts.start(exercise="everything")
    for name, answer in given_.items():
        draft.keep(name, answer)
    draft.close()

    again = drafts.take_up()
    assert again.answers == given_
    form = Form(EVERYTHING.fields, again.answers, memory(), own_words=False)
    made = fill(EVERYTHING, form.filled(again.moments, again.started), id=again.entry, started=again.started)
    journal.save(made)

    head = journal.find(made.id)
    kept = {name: answer for name, answer in given_.items() if name in head.entry.answers}
    assert head.entry.answers == kept
    assert set(given_) - set(kept) <= {"hidden"}
    for one in head.entry.fields:
        assert one.field.check(one.answer) is None

    [back] = json.loads("".join(exported([head.entry])))["entries"]
    assert back == made.body
    assert Entry(back).revision == head.revision.revision

    page = entry_page(head.entry)
    shown = re.sub(r"\s+", "", _text_of("".join(markdown.document("Journal", [page]))))
    text = re.sub(r"\s+", "", plain.page(page))
    drawn = re.sub(r"[\s│]+", "", re.sub(r"\x1b\[[0-9;]*m", "", terminal.draw(page.blocks, 58)))
    for words in own_words(head.entry):
        wanted = re.sub(r"\s+", "", visible(words))
        assert re.sub(r"\s+", "", words.replace("\0", "\ufffd")) in shown
        assert wanted in text
        assert all(re.sub(r"\s+", "", line) in drawn for line in visible(words).split("\n"))  # cells stand side by side


def _text_of(document: str) -> str:
    """Return the text a Markdown reader shows."""
    reader = MarkdownIt("commonmark").enable("table").enable("strikethrough")
    parts: list[str] = []
    for token in reader.parse(document):
        assert token.content.rstrip() == markdown.MARK or token.type not in ("html_block", "code_block", "fence"), (
            token.content
        )
        for child in token.children or []:
            assert child.type not in ("html_inline", "image", "link_open", "code_inline") or child.content == "<br>", (
                child
            )
            parts.append("\n" if child.type in ("hardbreak", "softbreak") or child.content == "<br>" else child.content)
        parts.append("\n")
    return "".join(parts).replace("\xa0", " ")


@example("salt &amp; pepper & more &#42;")
@given(TEXTS)
def test_markdown_shows_exactly_what_was_written(words: str) -> None:
    shown = _text_of(markdown_words.paragraphs(words))
    lines = ([" ".join(line.split()) for line in text.split("\n")] for text in (shown, words.replace("\0", "\ufffd")))
    read, written = ([line for line in each if line] for each in lines)
    assert read == written


@pytest.mark.parametrize("words", ["[red]x", "[/]", "[/x]", "[link=http://e]c[/link]", "[@click=app.quit]x[/]", "a\\", "[TODO]", ":bomb:",
                                   "\x1b]52;c;aGk=\x07", "\x1b[2J", "\x9b31m", "‮abc", "שלום", "👩‍👧"])  # fmt: skip
def test_markup_and_escapes_in_what_was_written_are_only_words(words: str) -> None:
    made = fill(
        EVERYTHING,
        Form(EVERYTHING.fields, {"one": words}, memory()).filled({}, _now()),
        id="a" * 13,
        started=_now(),
    )
    page = entry_page(made)
    drawn = terminal.draw(page.blocks, 60)
    assert visible(words) in drawn
    assert not re.search(r"[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", drawn)
    assert all(re.fullmatch(r"\x1b\[[0-9;]*m", escape) for escape in re.findall(r"\x1b[^m]*m?", drawn))
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    terminal.print_page(page, out)
    out.seek(0)
    assert visible(words) in out.read()
    assert visible(words) in plain.page(page)


def _now() -> Any:
    from smartcli.moments import now

    return now()
