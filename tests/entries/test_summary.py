"""An entry in one line: nouns and units, two ratings in words, never an arrow."""

from typing import Any

import pytest

from smartcli.entries.entry import Answered
from smartcli.entries.summary import summary_line
from smartcli.fields import Field
from smartcli.fields.base import read_field
from smartcli.schema.toml_file import Source

OPTIONS = [{"id": "walk", "say": "A walk"}, {"id": "call", "say": "Call Jo"}]


def made(**keys: Any) -> Field:
    source = Source("x.toml", {})
    field = read_field({"id": "f", "ask": "?", **keys}, source, ())
    assert field is not None, source.problems_as_text()
    return field


def strength(headline: str | bool, measure: str = "urge.before") -> Field:
    return made(kind="scale", headline=headline, measure=measure)


def line(*answered: tuple[Field, Any, float | None]) -> str:
    given = [Answered(*one) for one in answered]
    last = {one.field.measure: one.answer for one in given}
    return summary_line(given, last.__getitem__, own_words=True)


@pytest.mark.parametrize(
    ("headline", "said"),
    [
        ("urge strength {answer}", "urge strength 6 before, 5 after"),
        ("tension", "tension 6 before, 5 after"),  # as entries of earlier versions have it
        (True, "6 before, 5 after"),
    ],
)
@pytest.mark.parametrize(("seconds", "time"), [(None, ""), (59, ""), (60, " 1 minute"), (360, " 6 minutes")])
def test_two_ratings_stand_in_the_phrase_of_the_first(
    headline: str | bool, said: str, seconds: float | None, time: str
) -> None:
    before, after = strength(headline), strength("left {answer}", "urge.after")
    began = None if seconds is None else 10.0
    ended = None if seconds is None else 10 + seconds
    assert line((before, 6, began), (after, 5, ended)) == said + time


def test_a_rating_alone_stands_in_its_own_phrase() -> None:
    assert line((strength("urge strength {answer}"), 6, 1)) == "urge strength 6"
    assert line((strength("urge strength {answer} afterwards", "urge.after"), 5, 1)) == "urge strength 5 afterwards"


def test_no_option_loses_its_capital_and_nothing_is_an_arrow() -> None:
    chosen = made(kind="choice", options=OPTIONS, headline=True)
    several = made(kind="choices", options=OPTIONS, headline="next step: {answer}")
    said = line((strength("urge strength {answer}"), 7, 0), (strength(True, "urge.after"), 4, 400), (chosen, "walk", 1),
                (several, ["walk", "call"], 1))  # fmt: skip
    assert said == "urge strength 7 before, 4 after 7 minutes, A walk, next step: A walk, Call Jo"


def test_yes_and_no_stand_in_a_phrase_and_beside_a_word() -> None:
    assert line((made(kind="yes_no", headline="went for a walk: {answer}"), False, None)) == "went for a walk: no"
    assert line((made(kind="yes_no", headline="walk"), True, None)) == "walk"
    assert line((made(kind="yes_no", headline="walk"), False, None)) == "no walk"
