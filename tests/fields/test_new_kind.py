"""A kind added as CONTRIBUTING says is a first-class one: nothing outside its own class has to know it."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from smartcli.asking import Asker, Question
from smartcli.blocks import Block, Gaps, Heading, Items, Words
from smartcli.content.catalog import Catalog
from smartcli.content.exercise import Exercise
from smartcli.entries.entry import Entry
from smartcli.entries.search import Query
from smartcli.exchange import as_csv, as_vault
from smartcli.fields import KINDS, Field, Table, as_asked
from smartcli.fields.base import IncompleteKindError, SheetCell, register
from smartcli.fields.number import Number, number_problem, read_number
from smartcli.journal.drafts import Drafts
from smartcli.pages.blank import blank_page
from smartcli.pages.card import card
from smartcli.pages.entry import entry_page
from smartcli.renderers.plain import page as as_text
from smartcli.schema.keys import TEXT, key
from tests.conftest import CATALOGUE, Run
from tests.support import answers
from tests.support.answers import right
from tests.support.asking import entry, plain, session


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Money(Field):
    """An amount of money: the kind that this test adds."""

    kind: ClassVar[str] = "money"
    about: ClassVar[str] = "an amount of money"
    wordless: ClassVar[bool] = True
    scalar: ClassVar[bool] = True

    currency: str = key(TEXT, "what stands before it", "EUR", stored=True)

    def put(self, asker: Asker, question: Question) -> Any:
        return asker.line(question, understand=read_number)

    def check(self, answer: Any) -> str | None:
        return number_problem(answer, 0, None)

    def blocks(self, answer: Any) -> list[Block]:
        return [Words(self.brief(answer))]

    def blank(self) -> list[Block]:
        return [Gaps([(self.currency, "")])]

    def brief(self, answer: Any) -> str:
        return f"{self.currency} {answer:g}"


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Place(Field):
    """A kind of two values, neither of them the one that matters."""

    kind: ClassVar[str] = "place"
    about: ClassVar[str] = "a street and its town"
    wordless: ClassVar[bool] = False
    scalar: ClassVar[bool] = False

    def put(self, asker: Asker, question: Question) -> Any:
        return asker.line(
            question, understand=lambda words: dict(zip(("street", "town"), words.split(", "), strict=True))
        )

    def check(self, answer: Any) -> str | None:
        return None if isinstance(answer, dict) and set(answer) == {"street", "town"} else "A street and a town."

    def brief(self, answer: Any) -> str:
        return f"{answer['street']}, {answer['town']}"

    def cell_names(self) -> list[str]:
        return ["street", "town"]

    def cells(self, answer: Any) -> dict[str, SheetCell]:
        return {"street": answer["street"], "town": answer["town"]}


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Picture(Field):
    """A kind that asks nothing."""

    kind: ClassVar[str] = "picture"
    about: ClassVar[str] = "shows a picture, asks nothing"
    answerable: ClassVar[bool] = False

    def blank(self) -> list[Block]:
        return [Words(f"[picture: {self.ask}]")]


SPENT = """\
format = 1
id = "spent"
title = "Spent"
point = "daily"
purpose = "For a test."

[[field]]
id = "wave"
kind = "picture"
ask = "A wave"

[[field]]
id = "cost"
kind = "money"
ask = "What did it cost?"
currency = "GBP"
headline = true

[[field]]
id = "shop"
kind = "place"
ask = "Where?"
optional = true
only_if = { field = "cost", at_least = 5 }

[[field]]
id = "things"
kind = "table"
ask = "What did you buy?"
optional = true

[[field.columns]]
id = "what"
kind = "line"
ask = "What?"

[[field.columns]]
id = "price"
kind = "money"
ask = "How much?"

[[field.columns]]
id = "from"
kind = "place"
ask = "From where?"
optional = true
"""
ROWS = [{"what": "a lamp", "price": 12.5}, {"what": "tea", "price": 20, "from": {"street": "High St", "town": "Leeds"}}]
GIVEN = {"cost": 20, "shop": {"street": "High St", "town": "Hull"}, "things": ROWS}


@pytest.fixture(autouse=True)
def _added() -> Iterator[None]:
    """The kinds, made known for one test as `smartcli/fields/__init__.py` makes them known."""
    kinds = (Money, Place, Picture)
    for kind in kinds:
        register(kind)
    answers.RIGHT[Money] = lambda field: st.integers(0, 1000)
    yield
    del answers.RIGHT[Money]
    for kind in kinds:
        del KINDS[kind.kind]


@pytest.fixture
def spent(home: Path) -> Exercise:
    """An exercise of the person's own that uses the kinds."""
    own = home / "journal" / "exercises"
    own.mkdir(parents=True)
    (own / "spent.toml").write_text(SPENT, encoding="utf-8")
    return Catalog(own, CATALOGUE).find("spent")


@pytest.fixture
def made(spent: Exercise) -> Entry:
    return entry(spent, GIVEN)


def test_the_summary_shows_it_also_where_no_own_words_may_stand(made: Entry) -> None:
    assert made.summary() == "GBP 20"
    assert made.summary(own_words=False) == "GBP 20"


def test_front_matter_holds_what_can_be_sorted(made: Entry) -> None:
    front = yaml.safe_load(as_vault.front_matter(made).strip("-\n"))
    assert front["cost"] == 20
    assert "shop" not in front
    assert "things" not in front


def test_the_tables_have_its_columns(made: Entry) -> None:
    pieces: dict[str, str] = {}
    for name, piece in as_csv.files([made], {"spent"}):
        pieces[name] = pieces.get(name, "") + piece
    tables = {
        name: [*csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), quoting=csv.QUOTE_NONNUMERIC)]
        for name, text in pieces.items()
        if name.endswith(".csv")
    }
    [row] = tables["spent.csv"]
    assert row["cost"] == 20
    assert (row["shop.street"], row["shop.town"]) == ("High St", "Hull")
    first, second = tables["spent-things.csv"]
    assert (first["row"], first["price"], first["from.town"]) == (1, 12.5, "")
    assert (second["row"], second["price"], second["from.town"]) == (2, 20, "Leeds")


def test_search_does_not_take_numbers_for_own_words_but_finds_words(made: Entry) -> None:
    assert Query("gbp").find(made) is None
    assert Query("20").find(made) is None
    found = Query("hull").find(made)
    assert found is not None
    assert found.question == "Where?"
    assert Query("leeds").find(made)


def test_a_card_and_a_page_show_it(made: Entry) -> None:
    cells = {cell.title: cell for cell in card(made).cells}
    assert [item.text for item in cells["What did it cost?"].items] == ["GBP 20"]
    assert cells["a lamp"].items == []  # no words of the person's: it stands beside
    assert cells["a lamp"].remark == "How much?: EUR 12.5"
    assert [item.text for item in cells["tea"].items] == ["High St, Leeds"]
    assert "GBP 20" in as_text(entry_page(made))


def test_a_blank_sheet_has_room_for_it_and_says_its_condition_and_the_picture(spent: Exercise) -> None:
    blocks = blank_page(spent).blocks
    assert Gaps([("GBP", "")]) in blocks
    assert any("If 5 or more" in block.text for block in blocks if isinstance(block, Heading | Words))
    assert any(isinstance(block, Words) and block.text == "[picture: A wave]" for block in blocks)


def test_plain_prompts_ask_for_it_check_it_and_show_what_asks_nothing_above_it(spent: Exercise, tmp_path: Path) -> None:
    lines = ["-3", "20", "High St, Hull", "a lamp", "12.5", "", "", ""]
    asker, out = plain(*lines)
    kept = session(spent, asker, Drafts(tmp_path / "drafts")).run()
    assert kept.answers == {"cost": 20, "shop": GIVEN["shop"], "things": [{"what": "a lamp", "price": 12.5}]}
    assert "0 or more" in out.getvalue()
    assert out.getvalue().index("[picture: A wave]") < out.getvalue().index("What did it cost?")


def test_record_show_export_and_the_definition_as_json_know_it(spent: Exercise, run: Run, home: Path) -> None:
    wrong = run("record", "spent", typed='{"cost": -1}')
    assert wrong.exit_code == 2
    assert re.search("cost: .*0 or more", wrong.stderr)
    done = run("record", "spent", typed=json.dumps(GIVEN))
    assert done.exit_code == 0, done.stderr
    assert "GBP 20" in run("show", "last").stdout
    assert "GBP 20" in run("review").stdout
    assert "GBP 20" in run("export", "--as", "md", "--output", "-").stdout
    shown = json.loads(run("exercises", "show", "spent", "--json").stdout)
    cost = shown["fields"][1]
    assert (cost["kind"], cost["currency"]) == ("money", "GBP")


def test_an_entry_reads_back_as_it_was_asked(made: Entry) -> None:
    assert [type(one.field) for one in made.fields] == [Money, Place, Table]
    assert made.fields[0].field.brief(20) == "GBP 20"


def test_an_entry_of_a_kind_that_is_gone_is_shown_as_words(made: Entry) -> None:
    body = json.loads(json.dumps(made.body).replace('"money"', '"gone"'))
    assert Entry(body).fields[0].answer == "20"


@given(st.data())
def test_right_answers_come_from_its_line(data: st.DataObject) -> None:
    assert Money(id="a", ask="?").check(data.draw(right(Money(id="a", ask="?")))) is None


def test_a_kind_without_right_answers_is_named_with_the_file_to_add_it_to() -> None:
    with pytest.raises(LookupError, match=r"answers\.py: RIGHT has no answers for the kind 'place'"):
        right(Place(id="a", ask="?"))


def without(kind: type[Field], name: str) -> type[Field]:
    """Return the class as it would be had its writer forgotten one part."""
    body = {key: value for key, value in vars(kind).items() if key not in (name, "__dict__", "__weakref__")}
    made = type("Forgetful", (Field,), body | {"__module__": "smartcli.fields.forgetful"})
    return dataclass(init=False, kw_only=True, eq=False, repr=False)(made)


@pytest.mark.parametrize(
    ("kind", "part"),
    [(Money, part) for part in ("kind", "about", "wordless", "scalar", "put", "check", "brief")]
    + [(Place, "cells"), (Picture, "kind"), (Picture, "about"), (Picture, "blank")],
)
def test_a_kind_that_leaves_out_a_part_is_refused_with_its_file_and_the_part(kind: type[Field], part: str) -> None:
    with pytest.raises(IncompleteKindError) as refused:
        register(without(kind, part))
    assert str(refused.value).startswith("smartcli.fields.forgetful: the kind Forgetful leaves out")
    assert [line.split(":")[0].removesuffix("()") for line in str(refused.value).splitlines()[1:]] == [f"- {part}"]


def test_two_kinds_of_one_name_are_refused() -> None:
    with pytest.raises(IncompleteKindError, match="there is a kind 'number' already"):
        register(type("Other", (Number,), {"__module__": "smartcli.fields.other"}))
    assert KINDS["number"] is Number


def test_every_kind_names_the_cells_it_has() -> None:
    everything = Catalog(CATALOGUE / "none", CATALOGUE).find("everything")

    @given(st.data())
    def check(data: st.DataObject) -> None:
        for field in everything.fields:
            if field.answerable and field.kind != "rank":
                answer = data.draw(right(field))
                assert [*field.cells(answer)] == field.cell_names()
                kept = as_asked({**field.stored(answer), "answer": answer})
                assert kept.cells(answer) == field.cells(answer)

    check()


def test_the_kinds_that_cannot_be_columns_are_those_the_guide_names() -> None:
    about = next(item for item in Table.__dataclass_fields__.values() if item.name == "columns").metadata["key"].about
    outside = {name for name, kind in KINDS.items() if not (kind.in_tables and kind.answerable)} - {"picture"}
    assert set(about.partition(" but ")[2].split(", ")) == outside


def test_a_kind_that_asks_nothing_is_no_question_and_no_column(spent: Exercise) -> None:
    assert not isinstance(spent.fields[0].blank()[0], Items)
    table = Table(id="t", ask="?", columns=(Picture(id="p", ask="?"),))
    assert [key for key, _ in table.problems()] == ["columns"]
