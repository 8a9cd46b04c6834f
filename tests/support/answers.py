"""Right answers to any field, for hypothesis; and the one for a seed, for sittings."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from smartcli.fields import Choice, Choices, Field, Lines, Moment, Table
from smartcli.fields.line import Line
from smartcli.fields.number import Number
from smartcli.fields.practice import Practice
from smartcli.fields.rank import Rank
from smartcli.fields.scale import Scale
from smartcli.fields.text import Text
from smartcli.fields.yes_no import YesNo
from smartcli.words import clean

LETTERS = st.characters(codec="utf-8")
NASTY = st.sampled_from(
    ["[sad]", "[/x]", "\x1b[31mred", "‮abc", "👩‍👧", "# not a heading", "1. no", "| cell |", "a\tb", " x ",
     "<b>&amp;</b>", "*stars*", "`code`", "---", "=1+1", "שלום", "a\x00b", "\\", ":smile:", "> quote", "~~x~~"]
)  # fmt: skip
WORDS = st.one_of(NASTY, st.text(LETTERS, min_size=1, max_size=40)).map(clean).filter(lambda words: bool(words.strip()))
TEXTS = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)


Strategy = st.SearchStrategy[Any]


def right(field: Field) -> Strategy:
    """Return a strategy for answers that the field takes; raises LookupError for a kind RIGHT does not know."""
    for cls in type(field).__mro__:
        if cls in RIGHT:
            return RIGHT[cls](field)
    raise LookupError(
        f"{__file__}: RIGHT has no answers for the kind {field.kind!r} ({type(field).__name__}). Add a line there."
    )


def _lines(field: Lines) -> Strategy:
    line: Strategy = WORDS
    if field.marks:
        ids = [mark.id for mark in field.marks]
        marks = st.lists(st.sampled_from(ids), unique=True, max_size=len(ids) if field.many else 1)
        line = st.fixed_dictionaries({"text": WORDS, "marks": marks})
    return st.lists(line, min_size=max(field.least, 1), max_size=field.max or 5)


def _number(field: Number) -> Strategy:
    low = -1000 if field.low is None else field.low
    high = 1000 if field.high is None else field.high
    decimal = st.floats(low, high, allow_nan=False).map(lambda number: round(number, 3))
    return st.one_of(st.integers(int(low), int(high)), decimal)


def _choices(field: Choices) -> Strategy:
    return st.lists(_one(field), unique=True, min_size=max(field.min, 1), max_size=field.max or 4)


def _practice(field: Practice) -> Strategy:
    rating = st.fixed_dictionaries({"after_seconds": st.integers(0, 600), "value": st.integers(0, 10)})
    return st.fixed_dictionaries(
        {"seconds": st.integers(0, 600), "finished": st.booleans(), "ratings": st.lists(rating, max_size=3)}
    )


def _table(field: Table) -> Strategy:
    now = [column for column in field.columns if not column.later]
    row = st.fixed_dictionaries(
        {column.id: right(column) for column in now if not column.optional},
        optional={column.id: right(column) for column in now if column.optional},
    )
    return st.lists(row, min_size=max(field.least, 1), max_size=field.max or 3)


def _one(field: Choice | Choices) -> Strategy:
    listed = st.sampled_from([option.id for option in field.options]) if field.options else st.nothing()
    return st.one_of(listed, WORDS) if field.own else listed


# a line for each kind; a kind made from one of these needs none
RIGHT: dict[type[Field], Callable[[Any], Strategy]] = {
    Text: lambda field: TEXTS,
    Line: lambda field: WORDS,
    Lines: _lines,
    Number: _number,
    Scale: lambda field: st.integers(field.low, field.high),
    Choice: _one,
    Choices: _choices,
    Rank: lambda field: st.permutations([option.id for option in field.options]),
    Table: _table,
    YesNo: lambda field: st.booleans(),
    Moment: lambda field: st.sampled_from(["2026-11-20", "2026-11-20T21:00:00+00:00", "2025-03-30T02:30:00+02:00"]),
    Practice: _practice,
}


def answers(fields: tuple[Field, ...] | list[Field]) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for the answers to all fields that ask something the first time."""
    asked = [field for field in fields if field.answerable and not field.later and field.kind != "rank"]
    return st.fixed_dictionaries(
        {field.id: right(field) for field in asked if not field.optional},
        optional={field.id: right(field) for field in asked if field.optional},
    )
