"""Finding words."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartcli.content.catalog import Catalog
from smartcli.entries.search import Query, _Folded
from smartcli.journal import seal
from smartcli.words import folded
from tests.commands.test_record import WHOLE
from tests.conftest import CATALOGUE, Run
from tests.support.answers import WORDS
from tests.support.asking import entry

SMALL = Catalog(CATALOGUE / "none", CATALOGUE).find("small")


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("river", "by the River", True),
        ("cafe", "in the Café", True),
        ("CAFÉ", "in the cafe", True),
        ("strasse", "Die STRAẞE", True),
        ("walk river", "the river, a walk", True),
        ("walk sea", "the river, a walk", False),
        ('"the river"', "by the\n  river", True),
        ('"river the"', "the river", False),
        ("iver", "river", True),
        ("what?", "anything", True),  # the question itself
        ("small", "anything", True),  # the title
        ("日本", "in 日本 now", True),
        ("[x]", "a [X] b", True),
        ("istanbul", "İstanbul", True),
        ("İSTANBUL", "in istanbul", True),
        ("οδος", "ΟΔΌΣ", True),
        ("couldn’t", "I couldn't rest", True),
        ("couldn't", "I couldn’t rest", True),
        ('"well-being today"', "my well‑being  today", True),
        ("smorrebrod.", "a smørrebrød lunch", True),
        ("after", "af\u00adter lunch", True),
        ("wine", "ＷＩＮＥ", True),
        ("ΟΔΟΣ", "μια οδός", True),
        ("שלום", "אמר שלום לכולם", True),
        ("cafe", "cafe\u0301", True),
        ("ﬁne", "fine", True),
        ("hope", "ℌope", True),
        ('"he said"', 'then he "said" so', False),
        ('say"', 'they say" it', True),
        ("a\\b", "a\\b", True),
        ('"end of line" next', "end\tof\n\nline, next", True),
        ("mood 7", "mood seven", False),
    ],
)
def test_words_are_found_whatever_their_case_and_accents(query: str, text: str, found: bool) -> None:
    made = entry(SMALL, {"what": text})
    assert bool(Query(query).find(made)) is found
    if found:
        assert Query(query).may_be_in(seal.sealed(made.body))


@given(WORDS, st.data())
def test_any_word_of_an_entry_is_found_and_its_place_is_marked(words: str, data: st.DataObject) -> None:
    piece = data.draw(st.sampled_from(words.split() or [words]))
    if not folded(piece) or '"' in piece:
        return
    made = entry(SMALL, {"what": f"before {words} after"})
    query = Query(f'"{piece}"')
    if not query.terms:
        return
    where = query.find(made)
    assert where
    assert query.may_be_in(seal.sealed(made.body))
    for low, high in where.marks:
        assert folded(where.piece[low:high]) or where.piece[low:high]
        assert 0 <= low < high <= len(where.piece)


@given(st.text(max_size=40))
def test_a_folded_text_knows_where_each_letter_came_from(text: str) -> None:
    looked = _Folded(text)
    assert len(looked.text) == len(looked.places)
    assert looked.places == sorted(looked.places)


def test_search_shows_the_piece_and_honours_every_filter(run: Run, tiny: Catalog) -> None:
    for day, words in [(1, "a long walk by the river"), (5, "rain all day"), (9, "the River again")]:
        run("record", "small", "--when", f"2026-11-{day:02}", typed=json.dumps({"what": words}))
    shown = run("search", "river")
    assert shown.exit_code == 0
    assert "a long walk by the *river*" in shown.stdout
    assert shown.stdout.index("*River*") < shown.stdout.index("*river*")
    rows = json.loads(run("search", "river", "--until", "2026-11-05", "--json").stdout)
    assert [row["found"] for row in rows] == ["a long walk by the river"]
    assert len(json.loads(run("search", "river", "--last", "1", "--json").stdout)) == 1
    assert json.loads(run("search", "sea", "--json").stdout) == []
    assert "No entry has" in run("search", "sea").stdout


def test_files_that_other_programs_wrote_are_searched_too(run: Run, tiny: Catalog, home: Path) -> None:
    run("record", "small", typed=json.dumps({"what": "in the Café, später"}))
    [path] = (home / "journal" / "entries").rglob("*.json")
    body = json.loads(path.read_text())
    for text in (json.dumps(body), json.dumps(body, indent="\t"), json.dumps(body, ensure_ascii=False)):
        path.write_text(text)
        assert len(json.loads(run("search", "cafe", "SPATER", "--json").stdout)) == 1


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ([], {"one", "two", "three", "everything"}),
        (["--exercise", "small"], {"one", "two", "three"}),
        (["--exercise", "ALL KINDS"], {"everything"}),
        (["--point", "daily"], {"one", "two", "three", "everything"}),
        (["--point", "urges"], set()),
        (["--about", "DRINKING"], {"two"}),
        (["--since", "2026-11-05"], {"two", "three", "everything"}),
        (["--until", "2026-11-05"], {"one", "two"}),
        (["--since", "2026-11-05", "--until", "2026-11-05"], {"two"}),
        (["--last", "2"], {"three", "everything"}),
        (["--deleted"], {"one", "two", "three", "everything", "hidden"}),
        (["--deleted", "--about", "drinking", "--last", "1"], {"two"}),
    ],
)
@pytest.mark.parametrize("command", ["review", "search"])
def test_every_filter_narrows_what_is_listed(
    command: str, filters: list[str], found: set[str], run: Run, tiny: Catalog
) -> None:
    named = {}
    for when, words in [("01", "one"), ("05T23:30", "two"), ("06T05:00", "three"), ("04", "hidden")]:
        about = ["--about", "Drinking"] if words == "two" else []
        made = run("record", "small", "--when", f"2026-11-{when}", *about, typed=json.dumps({"what": f"said {words}"}))
        named[made.stdout.strip()] = words
        if words == "hidden":
            run("delete", made.stdout.strip(), "--yes")
    made = run("record", "everything", "--when", "2026-11-08", typed=json.dumps(WHOLE | {"one": "said everything"}))
    named[made.stdout.strip()] = "everything"
    asked = ["search", "said"] if command == "search" else ["review"]
    rows = json.loads(run(*asked, *filters, "--json").stdout)
    assert {named[row["id"]] for row in rows} == found
    assert [row["when"] for row in rows] == sorted((row["when"] for row in rows), reverse=True)


def test_search_asks_for_the_words_when_none_are_given(run: Run, tiny: Catalog) -> None:
    run("record", "small", typed='{"what": "secret words"}')
    done = run("search", typed="secret\n")
    assert "*secret* words" in done.stdout
    assert run("search", typed="").exit_code == 130
    assert run("search", " ").exit_code == 2
    assert "remember" in run("search", "--help").stdout
