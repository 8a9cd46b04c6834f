"""Reading and checking exercise files: every problem at once, each with its line."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartcli.content import catalog as catalog_module
from smartcli.content.catalog import Catalog
from smartcli.content.exercise import read_exercise
from smartcli.fields import KINDS, Option
from smartcli.fields.base import Condition
from smartcli.schema.toml_file import LIMIT, Source

HEAD = 'format = 1\nid = "x"\ntitle = "X"\npoint = "daily"\npurpose = "For tests."\n'
FIELD = '[[field]]\nid = "a"\nkind = "line"\nask = "A?"\n'
COLUMN = '[[field.columns]]\nid = "c"\nkind = "line"\nask = "C"\n'
SCALE = COLUMN.replace("line", "scale")
SECOND = COLUMN.replace('"c"', '"e"')


def problems(text: str | bytes) -> list[str]:
    source = Source.read("x.toml", text.encode() if isinstance(text, str) else text)
    read_exercise(source, {"things": (Option("walk", "Walk"),)}.get)
    return source.problems_as_text()


def test_a_file_of_one_line_field_is_an_exercise() -> None:
    assert problems(HEAD + FIELD) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD, 'x.toml:1: The key "field" is missing.'),
        (HEAD + FIELD.replace("line", "lien"), 'x.toml:8: "kind" is not a known kind. Did you mean line?'),
        (HEAD + FIELD.replace('kind = "line"\n', ""), '"kind" is missing.'),
        (HEAD + FIELD + "optonal = true\n", 'x.toml:10: There is no key "optonal" here. Did you mean optional?'),
        (HEAD + FIELD + 'optional = "yes"\n', 'x.toml:10: "optional" should be true or false.'),
        (HEAD.replace('"daily"', '"dayly"') + FIELD, 'x.toml:4: "point" should be one of daily,'),
        (HEAD.replace("format = 1", "format = 9") + FIELD, "made for a newer version"),
        (HEAD.replace('"x"', '"X y"') + FIELD, 'x.toml:2: "id" should be made of lower-case letters'),
        (HEAD + FIELD + FIELD, 'x.toml:11: The id "a" is there twice.'),
        (HEAD + FIELD + 'only_if = { field = "later", is = 1 }\n', 'x.toml:10: There is no earlier field "later".'),
        (HEAD + FIELD + "only_if = { at_least = 1 }\n", 'A condition names a "field", a "family" or what is "remembered".'),
        (HEAD + FIELD + "renew_days = 90\n", '"renew_days" goes with "once".'),
        (HEAD + FIELD + 'only_if = { field = "b", remembered = "mood" }\n', 'names a "field" or what is "remembered", not both'),
        (HEAD + FIELD + 'aside = { limit = 2 }\n', 'A recall names a "measure", or an "exercise" and a "field".'),
        (HEAD + FIELD.replace("line", "choice") + 'options = [{ id = "a", say = "A", for = ["alcohool"] }]\n',
         'Option "a": there is no family of that name. Did you mean alcohol?'),
        (HEAD + FIELD.replace("line", "choice") + 'options = [{ id = "a", say = "A", needs = "leter" }]\n',
         'Option "a": there is no measure of the name in "needs".'),
        (HEAD + FIELD.replace("line", "table") + 'repeats = "b"\n[[field.columns]]\nid = "c"\nkind = "line"\nask = "C"\n',
         'There is no earlier field "b".'),
        (HEAD + FIELD + FIELD.replace("line", "table").replace('"a"', '"b"') + 'repeats = "a"\n' + COLUMN, '"a" is not a choice.'),
        (HEAD + FIELD.replace("line", "note") + 'aside = { measure = "reason" }\n', 'so "aside" would never be shown'),
        (HEAD + FIELD + 'aside = { measure = "reason", match = "b" }\n', 'There is no earlier field "b".'),
        (HEAD + FIELD + 'aside = { measure = "reason", otherwise = true }\n', '"otherwise" needs a recall before it'),
        (HEAD + FIELD + 'recall = { measure = "reason", otherwise = true }\n', '"otherwise" needs a recall before it'),
        (HEAD + FIELD + 'recall = { exercise = "y", field = "b", fits = "hour" }\n', '"fits" goes with "measure".'),
        (HEAD + FIELD.replace("line", "lines") + 'measure = "trigger"\n' + FIELD.replace('"a"', '"b"')
         + 'recall = { measure = "plan", match = "a", fits = "hour" }\n', 'A recall has "match" or "fits", not both.'),
        (HEAD + FIELD + 'recall = { measure = "plan", fits = "day" }\n', '"fits" should be one of hour'),
        (HEAD + FIELD.replace("line", "lines") + 'marks = [{ id = "m", say = "M", needs = "reason" }]\n', "not with marks"),
        (HEAD + FIELD.replace("line", "table") + COLUMN + 'refuse = [{ is = 0, say = "No." }]\n', '"refuse" does nothing in a column'),
        (HEAD + FIELD.replace("line", "table") + COLUMN + 'aside = { measure = "reason" }\n', '"aside" does nothing in a column'),
        (HEAD + FIELD.replace("line", "table") + COLUMN + 'only_if = { remembered = "stage", is = "x" }\n', "cells of its own row"),
        (HEAD + FIELD + 'keep_in_view = ["b"]\n', 'There is no earlier field "b".'),
        (HEAD + FIELD + 'begins_with = "If {a}."\n', '"begins_with" goes with a column of a table.'),
        (HEAD + FIELD.replace("line", "table") + COLUMN + 'begins_with = "If so."\n', "names an earlier column in braces"),
        (HEAD + FIELD.replace("line", "table") + COLUMN + SECOND + 'begins_with = "If {d}."\n', "no earlier column {d}."),
        (HEAD + FIELD.replace("line", "table") + SCALE + SECOND + 'begins_with = "If {c}."\n', "{c} is of the kind scale: only a choice"),
        (HEAD + FIELD + FIELD.replace("line", "table").replace('"a"', '"b"') + COLUMN + SECOND
         + 'begins_with = "If {a}."\n', "no earlier column {a}."),
        (HEAD + FIELD + "recall = { limit = 2 }\n", 'A recall names a "measure", or an "exercise" and a "field".'),
        (HEAD + FIELD + 'measure = "moood"\n', '"measure" should be one of'),
        (HEAD + FIELD + 'measure = "mood"\n', '"mood" goes with scale, not with line.'),
        (HEAD + FIELD.replace("line", "scale") + 'high = 5\nmeasure = "mood"\n', '"mood" is from 0 to 10.'),
        (HEAD + FIELD.replace("line", "scale") + "low = 5\nhigh = 5\n", '"high" should be 1 to 100 more than "low".'),
        (HEAD + FIELD.replace("line", "number") + "low = 5\nhigh = 5\n", '"high" should be more than "low".'),
        (HEAD + FIELD.replace("line", "choice"), 'It needs "options", "options_from", "from" or "from_measure".'),
        (HEAD + FIELD.replace("line", "choice") + 'options_from = "nope"\n', "There is no list nope."),
        (HEAD + FIELD.replace("line", "choice") + 'options = [{ id = "a", say = "A" }, { id = "a", say = "B" }]\n',
         "Two options have the same id."),
        (HEAD + FIELD.replace("line", "table") + "columns = []\n", "A table needs a column."),
        (HEAD + FIELD.replace("line", "table") + '[[field.columns]]\nid = "c"\nkind = "note"\nask = "C"\n',
         "A column can't be of the kind note."),
        (HEAD + FIELD.replace("line", "practice"), 'A practice has either "steps" or a "pace".'),
        (HEAD + FIELD.replace("line", "practice") + "pace = {}\nrounds = 9999\n", "between a second and an hour"),
        (HEAD + FIELD.replace("line", "practice") + 'pace = {}\nrerate = "b"\n', 'There is no earlier field "b".'),
        (HEAD + FIELD.replace("line", "scale") + 'measure = "when"\n', '"when" goes with moment, not with scale.'),
        (HEAD + FIELD + FIELD.replace("line", "scale").replace('"a"', '"b"') + 'begins_from = "a"\n', '"a" is of another kind.'),
        (HEAD + FIELD + FIELD.replace("line", "practice").replace('"a"', '"b"') + 'rerate = "a"\n', '"a" is not a scale.'),
        (HEAD + FIELD.replace('ask = "A?"\n', ""), 'The key "ask" is missing.'),
        (HEAD + FIELD + "enough = true\n" + FIELD.replace('"a"', '"b"'), "so it must be optional"),
        (HEAD + 'show = { grid = ["a"] }\n' + FIELD, 'A "grid" names four `lines` fields.'),
        (HEAD + 'show = { wheel = ["a"] }\n' + FIELD, 'A "wheel" names a table, or scales.'),
        (HEAD + "field = 3\n", "A field should be a table of keys."),
        (HEAD + FIELD + f'hint = "{"x" * 2001}"\n', "of 2,000 characters at most"),
        (HEAD + (FIELD * 101), "An exercise has 100 fields at most."),
        ("= 3", "x.toml:1: This is not valid TOML here."),
        ("a = \"\"\"\n\n\nnever ends", "This is not valid TOML here."),
        (b"a = '\xff'", "The file is not UTF-8 text."),
        ("#" * (LIMIT + 1), "The file is larger than 32 KB."),
        ("a" + ".a" * 15000 + " = 1", "A key has more than 8 dotted parts."),
        ("a = " + "[" * 5000, "The file is nested too deeply."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(text: str | bytes, told: str) -> None:
    assert any(told in line for line in problems(text)), problems(text)


def test_all_problems_are_told_at_once_in_order_of_lines() -> None:
    text = HEAD + FIELD + 'hnt = "x"\n\n[[field]]\nid = "b"\nkind = "scale"\nask = "B?"\nlow = "0"\n'
    assert problems(text) == [
        'x.toml:10: There is no key "hnt" here. Did you mean hint?',
        'x.toml:16: "low" should be a whole number.',
    ]


def test_a_problem_inside_a_column_or_an_option_is_told_at_its_own_line() -> None:
    text = HEAD + FIELD.replace("line", "table")
    text += '[[field.columns]]\nid = "c"\nkind = "line"\nask = "C?"\nwrong = 1\n'
    assert problems(text) == ['x.toml:14: There is no key "wrong" here.']
    text = (
        HEAD
        + FIELD.replace("line", "choice")
        + 'options = [\n  { id = "ok", say = "OK" },\n  { id = "B", say = "B" },\n]\n'
    )
    assert problems(text)[0].startswith("x.toml:12: ")


def test_a_file_from_windows_reads() -> None:
    assert problems(b"\xef\xbb\xbf" + (HEAD + FIELD).replace("\n", "\r\n").encode()) == []


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_fall_over(text: str) -> None:
    assert problems(text)


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fall_over(data: bytes) -> None:
    assert problems(data)


NUMBERS = {"a": 5, "b": ["x", "y"], "c": True, "d": "Rain", "e": None}


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (Condition(field="a", at_least=5), True),
        (Condition(field="a", at_least=6), False),
        (Condition(field="a", at_most=4), False),
        (Condition(field="b", at_least=2), True),
        (Condition(field="b", any_of=("z", "y")), True),
        (Condition(field="c", is_=True), True),
        (Condition(field="c", is_=1), False),
        (Condition(field="d", is_="rain"), True),
        (Condition(field="d", any_of=("snow",)), False),
        (Condition(field="d", answered=True), True),
        (Condition(field="e", answered=True), False),
        (Condition(field="e", answered=False), True),
        (Condition(field="e", at_least=0), False),
        (Condition(field="nowhere", is_="x"), False),
        (Condition(family=("alcohol",)), True),
        (Condition(family=("gambling",)), False),
        (Condition(field="a", is_=5, family=("gambling",)), False),
    ],
)
def test_a_condition_holds_only_for_what_it_names_and_never_for_no_answer(condition: Condition, holds: bool) -> None:
    assert condition.holds(NUMBERS, frozenset({"alcohol"})) is holds


def test_every_kind_says_what_it_is(tiny: Catalog) -> None:
    assert set(KINDS) == {field.kind for field in tiny.find("everything").fields}
    assert all(kind.about for kind in KINDS.values())


def test_the_definition_holds_every_key_that_applies_and_no_other(tiny: Catalog) -> None:
    shown = tiny.find("everything").definition()
    assert shown["fields"][1] == {"kind": "text", "id": "free", "ask": "Text?", "optional": True}
    pick = next(field for field in shown["fields"] if field["id"] == "pick")
    assert [option["id"] for option in pick["options"]] == ["walk", "tea", "sleep"]
    grid = next(field for field in shown["fields"] if field["id"] == "grid")
    assert [column["kind"] for column in grid["columns"]] == ["line", "scale", "choices", "yes_no"]
    assert (shown["version"], shown["minutes"]) == (3, 4)


def test_finding_one_by_its_id_opens_one_file(tiny: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    read = Source.read
    monkeypatch.setattr(Source, "read", lambda name, data: opened.append(name) or read(name, data))
    tiny.find("small")
    assert opened == ["daily/small.toml"]


@pytest.mark.parametrize("name", ["everything", "EVERYTHING", "all kinds", "Alles", " all kinds ", "Everything"])
def test_an_exercise_is_found_by_id_title_or_alias_in_any_case(tiny: Catalog, name: str) -> None:
    assert tiny.find(name).id == "everything"


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the exercise files that were parsed to their end, in order."""
    names: list[str] = []

    def read(source: Source, *given: Any, **more: Any) -> Any:
        names.append(source.name)
        return read_exercise(source, *given, **more)

    monkeypatch.setattr(catalog_module, "read_exercise", read)
    return names


def test_a_catalogue_parses_each_file_once_in_a_process(tiny: Catalog, parsed: list[str]) -> None:
    first = [*tiny]
    assert [*Catalog(tiny.own)] == first
    assert len(parsed) == len(set(parsed)) == len(first)


def test_a_file_that_was_changed_is_parsed_again(tiny: Catalog) -> None:
    path = own(tiny, "mine.toml", HEAD.replace('"x"', '"mine"') + FIELD)
    assert tiny.find("mine").title == "X"
    path.write_text(path.read_text().replace('"X"', '"Other"'))
    assert tiny.find("mine").title == "Other"


def test_asking_for_a_key_parses_the_files_that_mention_it(tiny: Catalog, parsed: list[str]) -> None:
    mentioning = [exercise.id for exercise in tiny.mentioning("later")]
    assert len(parsed) == len(mentioning)
    having = [exercise.id for exercise in tiny if any(field.later for field in exercise.fields)]
    assert set(having) <= set(mentioning) < {exercise.id for exercise in tiny}


def test_an_alias_parses_one_file(tiny: Catalog, parsed: list[str]) -> None:
    assert tiny.find("all kinds").id == "everything"
    assert parsed == ["daily/everything.toml"]


def test_an_alias_below_lines_that_begin_with_a_bracket_is_found(tiny: Catalog) -> None:
    head = HEAD.replace('"x"', '"mine"') + 'intro = """\n[like this]\n"""\naliases = ["my own way"]\n'
    own(tiny, "mine.toml", head + FIELD)
    assert tiny.find("My own way").id == "mine"


def own(catalog: Catalog, name: str, text: str) -> Path:
    catalog.own.mkdir(parents=True, exist_ok=True)
    path = catalog.own / name
    path.write_text(text)
    return path


def test_own_files_work_the_same_and_are_marked(tiny: Catalog) -> None:
    own(tiny, "mine.toml", HEAD.replace('"x"', '"mine"') + FIELD)
    assert tiny.find("mine").origin == "yours"
    assert tiny.find("small").origin == "built-in"


def test_an_own_file_that_does_not_read_never_stops_the_rest(tiny: Catalog) -> None:
    own(tiny, "bad.toml", "= 3")
    own(tiny, "other.toml", HEAD + FIELD)
    (tiny.own / "folder.toml").mkdir()
    assert "small" in [exercise.id for exercise in tiny]
    reasons = {broken.name: broken.reasons[0] for broken in tiny.broken}
    assert reasons["bad.toml"] == "bad.toml:1: This is not valid TOML here."
    assert "should be the same" in reasons["other.toml"]
    assert "cannot be opened" in reasons["folder.toml"]


def test_an_own_file_cannot_take_a_built_in_id(tiny: Catalog) -> None:
    own(tiny, "small.toml", HEAD.replace('"x"', '"small"') + FIELD)
    assert tiny.find("small").origin == "built-in"
    assert [*tiny]
    assert "Give yours another name." in tiny.broken[0].reasons[0]
