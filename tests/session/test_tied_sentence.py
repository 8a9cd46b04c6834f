"""The sentence of a plan is put together from the picks of its row: exactly, to be changed, and by every way in."""

import json
from pathlib import Path
from typing import Any

import pytest

from smartcli.content.catalog import Catalog
from smartcli.fields import Line, Table
from smartcli.journal.drafts import Drafts
from tests.conftest import Run
from tests.support.asking import memory, plain, session
from tests.support.made import catalogue

SHIPPED = Catalog(Path("/nowhere"))
MADE = """=== tie
[[field]]
id = "plans"
kind = "table"
ask = "Plans"
max = 1

[[field.columns]]
id = "if"
kind = "choice"
ask = "If?"
options = [{ id = "rain", say = "Rain falls", within = "rain falls" }, { id = "home", say = "I'm home" }]
own = true

[[field.columns]]
id = "will"
kind = "line"
ask = "Then?"

[[field.columns]]
id = "link"
kind = "line"
ask = "The sentence?"
begins_with = "If {if}, then I will {will}."
"""


@pytest.fixture
def tie(tmp_path: Path) -> Catalog:
    return catalogue(tmp_path, MADE)


def sentence(catalog: Catalog, situation: str, response: str) -> str | None:
    table = catalog.find("tie").fields[0]
    assert isinstance(table, Table)
    line = table.columns[2]
    assert isinstance(line, Line)
    result: str | None = line.beginning({"if": situation, "will": response}, table.columns)
    return result


@pytest.mark.parametrize(
    ("situation", "response", "whole"),
    [
        ("rain", "call Sam", "If rain falls, then I will call Sam."),
        ("home", "call Sam", "If I'm home, then I will call Sam."),
        ("I'm alone after work", "call Sam.", "If I'm alone after work, then I will call Sam."),
        ("I'm alone after work ...", "call Sam… ", "If I'm alone after work, then I will call Sam."),
        ("If I'm alone", "I will call Sam", "If I'm alone, then I will call Sam."),
        ("IF I'm alone", "then I will go", "If I'm alone, then I will go."),
        ("they say \"go on\"", 'say "no."', "If they say \"go on\", then I will say \"no.\""),
        ("they ask", "say no!", "If they ask, then I will say no!"),
        ("{will}", "{if} {nope}", "If {will}, then I will {if} {nope}."),
        ("Zoë ruft an 🌧", "tief atmen", "If Zoë ruft an 🌧, then I will tief atmen."),
        ("one\nline", "x " * 4000, f"If one line, then I will {('x ' * 4000).strip()}."),
        ("...", "I", "If ..., then I will I."),
    ],
)  # fmt: skip
def test_the_sentence_is_the_picks_in_their_places(tie: Catalog, situation: str, response: str, whole: str) -> None:
    assert sentence(tie, situation, response) == whole


def test_every_pair_that_is_offered_makes_a_sentence() -> None:
    """Word for word, but for the two parts: no capital inside, no full stop but the last, "I" or a small letter first."""
    table = SHIPPED.find("if-then").field("plans")
    assert isinstance(table, Table)
    situation, response, link, *_ = table.columns
    for condition in situation.options:  # type: ignore[attr-defined]
        clause = condition.within or condition.say
        assert clause.startswith(("I ", "I'")) or clause[0].islower(), clause
        assert condition.say.casefold() == clause.casefold()
        for act in response.options:  # type: ignore[attr-defined]
            phrase = act.within or act.say
            assert phrase[0].islower(), phrase
            assert act.say.casefold() == phrase.casefold()
            assert not phrase.endswith(".")
            row = {"situation": condition.id, "response": act.id}
            assert link.beginning(row, table.columns) == f"If {clause}, then I will {phrase}."


def test_enter_takes_it_and_other_words_replace_it(tie: Catalog, tmp_path: Path) -> None:
    for typed, kept in (("", "If rain falls, then I will go in."), ("If it rains, I go in", "If it rains, I go in")):
        asker, out = plain("1", "go in", typed, "")
        made = session(tie.find("tie"), asker, Drafts(tmp_path / (typed or "enter"))).run()
        assert made.answers["plans"][0]["link"] == kept
        assert "Enter for: If rain falls, then I will go in." in out.getvalue()


def test_a_pick_that_is_changed_ties_it_anew_unless_somebody_edited_it(tie: Catalog, tmp_path: Path) -> None:
    change = ["2", "1", "3", "", "go out", "", "1", "1"]  # at the last look: this answer, its row, another response
    for typed, kept in (("", "If rain falls, then I will go out."), ("Mine.", "Mine.")):
        asker, out = plain("1", "go in", typed, *change)
        made = session(tie.find("tie"), asker, Drafts(tmp_path / (typed or "enter"))).run()
        assert made.answers["plans"] == [{"if": "rain", "will": "go out", "link": kept}], out.getvalue()


def test_going_back_to_a_pick_before_the_sentence_was_taken(tie: Catalog, tmp_path: Path) -> None:
    asker, _ = plain("1", "go in", "<", "stay", "", "")
    made = session(tie.find("tie"), asker, Drafts(tmp_path)).run()
    assert made.answers["plans"][0]["link"] == "If rain falls, then I will stay."


def test_words_half_typed_over_it_are_not_lost(tie: Catalog, tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    draft = drafts.start(exercise="tie", title="Tie")
    draft.keep_half("plans", {"rows": [{"if": "rain", "will": "go in"}], "at": [0, 2], "half": "If it po"})
    asker, out = plain("", "")
    made = session(tie.find("tie"), asker, drafts, draft=draft, remembered=memory()).run()
    assert made.answers["plans"][0]["link"] == "If it po"
    assert "Enter for: If it po" in out.getvalue()


def recorded(run: Run, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of an if-then plan that `record` keeps."""
    made = run("record", "if-then", typed=json.dumps({"situations": ["payday"], "plans": rows}))
    assert made.exit_code == 0, made.output
    plans: list[dict[str, Any]] = json.loads(run("show", made.stdout.strip(), "--json").stdout)["answers"]["plans"]
    return plans


def test_record_takes_it_where_none_is_given(run: Run) -> None:
    [row, mine] = recorded(
        run, {"situation": "payday", "response": "ring"}, {"situation": "payday", "response": "ring", "link": "mine"}
    )
    table = SHIPPED.find("if-then").field("plans")
    assert isinstance(table, Table)
    assert row["link"] == table.columns[2].beginning({"situation": "payday", "response": "ring"}, table.columns)
    assert mine["link"] == "mine"
    half = run("record", "if-then", typed='{"situations": ["payday"], "plans": [{"situation": "payday"}]}')
    assert half.exit_code == 2
    assert "Row 1 is not complete." in half.output


def test_on_paper_it_has_gaps_to_write_in(tie: Catalog) -> None:
    table = tie.find("tie").fields[0]
    cell = table.columns[2].blank_cell()
    assert cell.startswith("If . .")
    assert ", then I will . ." in cell
    assert "{" not in cell
