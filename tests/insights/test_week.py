"""The week in sentences: true of the seven days, few, and never a verdict."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from smartcli.entries.entry import Entry
from smartcli.insights.notes import gather
from smartcli.insights.week import tell_week
from tests.insights.entries import TODAY, answer, check_in, entry, journals, notes, urge

LITTLE = tell_week(notes(), TODAY)
HARM = {"cutting": "self-harm"}
HARM_TOO = {"cutting": "self-harm", "drinking": "alcohol"}


def back(days: int) -> date:
    return TODAY - timedelta(days=days)


def told(*entries: Entry, families: dict[str, str] | None = None) -> str:
    return " ".join(tell_week(gather(((one, True) for one in entries), families), TODAY))


def good(day: date, *things: str) -> Entry:
    return entry(day, answer("good", [*things]))


def lapse(day: date, about: str | None = None) -> Entry:
    return entry(day, answer("lapse", "over"), about=about)


WEEK = [
    *(check_in(back(days), mood=5, chosen=days != 3) for days in range(4)),
    *(urge(back(days), 7, 4, trigger="end of work", tool="walk", acted=days == 2) for days in (1, 2, 4)),
    urge(back(4), 6, 7, trigger="payday", tool="tea", acted=False),
    good(back(1), "slept", "swam"),
]


def test_what_held_what_set_urges_off_and_what_helped() -> None:
    assert tell_week(notes(*WEEK), TODAY) == [
        "You wrote here on 5 days.",
        "3 days went the way you wanted.",
        "3 of 4 urges passed without you acting on them.",
        "You noted 2 good things.",
        "What set urges off most often was “end of work” (3 times).",
        "After “walk”, an urge got weaker 3 of 3 times.",
    ]


@pytest.mark.parametrize("days", [7, 8, 30, -1])
def test_only_the_last_seven_days_are_in_it(days: int) -> None:
    moved = [check_in(back(days), mood=5, chosen=True), urge(back(days), 7, 3, trigger="x", tool="y", acted=False)]
    assert told(*moved) == " ".join(LITTLE)
    assert told(*WEEK, *moved) == told(*WEEK)


def test_the_seventh_day_back_is_in_it_still() -> None:
    assert "1 day went the way you wanted." in told(check_in(back(6), chosen=True))


def test_an_empty_week_gets_a_kind_sentence_and_no_number() -> None:
    assert len(LITTLE) == 1
    assert not any(letter.isdigit() for letter in LITTLE[0])
    assert tell_week(notes(check_in(TODAY, mood=3)), TODAY) == LITTLE


@pytest.mark.parametrize(
    "unsaid",
    [
        [check_in(back(days), chosen=False) for days in range(5)],
        [urge(back(days), 7, 8, acted=True, tool="walk") for days in range(5)],
    ],
)
def test_what_could_be_read_as_a_verdict_is_not_said(unsaid: list[Entry]) -> None:
    assert told(*unsaid) == "You wrote here on 5 days."


def test_a_lapse_is_not_looked_away_from_and_not_counted() -> None:
    assert told(lapse(TODAY)) == told(lapse(TODAY), lapse(TODAY)) != " ".join(LITTLE)


def test_two_things_that_set_off_as_many_are_both_named_and_three_are_none() -> None:
    tied = [urge(TODAY, 5, trigger=name) for name in ("a", "b") for _ in range(2)]
    assert "“a” and “b” (2 times each)" in told(*tied)
    assert "set urges off" not in told(*tied, urge(TODAY, 5, trigger="c"), urge(TODAY, 5, trigger="c"))
    assert "set urges off" not in told(urge(TODAY, 5, trigger="a"))


@pytest.mark.parametrize(
    ("families", "about"), [(HARM, None), (HARM, "cutting"), (HARM_TOO, "cutting"), (HARM_TOO, None)]
)
def test_of_self_harm_nothing_is_counted(families: dict[str, str], about: str | None) -> None:
    week = [urge(back(1), 7, 3, trigger="x", tool="y", acted=False, about=about), lapse(back(2), about)]
    said = told(*week, families=families)
    assert not {"urge", "lapse"} & set(said.replace(".", "").split())
    assert said != " ".join(LITTLE), "they may have written a lot"


def test_another_behaviour_beside_self_harm_is() -> None:
    week = [urge(back(1), 7, 3, acted=False, about="drinking"), urge(back(1), 7, 3, acted=False, about="cutting")]
    assert "One urge came, and it passed" in told(*week, families=HARM_TOO)


@settings(deadline=None)
@given(journals())
def test_every_week_has_a_few_whole_sentences(journal: list[Any]) -> None:
    sentences = tell_week(notes(*journal), TODAY)
    assert 1 <= len(sentences) <= 8
    assert all(sentence.endswith(".") and sentence[0].isupper() | sentence[0].isdigit() for sentence in sentences)
