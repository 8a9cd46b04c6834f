"""What was written elsewhere comes back in an urge: on screen, or one key away, and no option leads nowhere."""

import json
from pathlib import Path

import pytest

from smartcli.content.catalog import Catalog
from smartcli.fields import Choice, Practice
from smartcli.fields.base import FAMILIES, SELF_HARM
from smartcli.session.form import Form
from tests.conftest import Run
from tests.support.asking import memory

URGE = Catalog(Path("/nowhere")).find("urge-log")
MOST = 13  # options of ours, for somebody who has written everything there is: they hardly fit a screen of 24 lines
PICTURES = {"two-weeks": "the market with Mum", "one-month": "the bench by the river", "twelve-months": "soup for two"}


def record(run: Run, exercise: str, answers: dict[str, object], behaviour: str | None = None) -> None:
    made = run("record", exercise, *(["--about", behaviour] if behaviour else []), typed=json.dumps(answers))
    assert made.exit_code == 0, made.output


@pytest.fixture
def written(home: Path, run: Run) -> Run:
    """Somebody who has gone through a good many exercises, about drinking."""
    record(run, "start", {"behaviours": [{"name": "drinking", "aim": "stop", "family": "alcohol"}]})
    record(run, "future-pictures", {**PICTURES}, "drinking")
    record(run, "calm-place", {"place": "water", "there": ["gulls"], "word": "harbour"})
    record(run, "passions", {"chosen": ["the old guitar"], "tries": [{"what": "the old guitar"}]})
    limit = {"about": "Dean", "not-accept": "cans", "will-do": "leave", "words": "No drink in the flat."}
    record(run, "boundaries", {**limit})
    record(run, "refusal", {"line": "lime and soda"}, "drinking")
    return run


def urge(run: Run, *typed: str) -> str:
    return run("urge", "--about", "drinking", typed="\n".join(typed) + "\n").output


def test_pictures_of_the_future_stand_one_key_away_and_beside_the_wait(written: Run) -> None:
    before, _, after = urge(written, "6", "w").partition("\nw. ")
    for words in PICTURES.values():
        assert words not in before
        assert words in after
    assert PICTURES["two-weeks"] in urge(written, "6", "wait")


def test_pictures_about_another_behaviour_do_not_come(written: Run) -> None:
    both = [{"name": name, "aim": "stop", "family": "alcohol"} for name in ("drinking", "wine")]
    record(written, "start", {"behaviours": both})
    said = written("urge", "--about", "wine", typed="6\nw\n").output
    assert not [words for words in PICTURES.values() if words in said]


def test_the_calm_place_and_what_they_enjoy_can_be_chosen_and_lead_somewhere(written: Run) -> None:
    calm = urge(written, "6", "Go to my calm place", "4")
    assert "harbour" in calm
    assert "gulls" in calm
    assert "the old guitar" in urge(written, "6", "Do something I enjoy", "4")


def test_what_they_decided_about_limits_is_one_key_away(written: Run) -> None:
    before, _, after = urge(written, "6", "w").partition("\nw. ")
    for words in ("No drink in the flat.", "lime and soda", "harbour", "the old guitar"):
        assert words not in before
        assert words in after


def test_the_line_for_an_offer_stands_there_once_an_offer_is_named(written: Run) -> None:
    plan = {"situation": "offered", "response": "say-no"}
    record(written, "if-then", {"situations": ["offered"], "plans": [plan]}, "drinking")
    assert "lime and soda" in urge(written, "6", "1")
    assert "lime and soda" not in urge(written, "6", "")


def test_with_nothing_written_there_is_nothing_to_lead_nowhere(home: Path, run: Run) -> None:
    said = run("urge", typed="9\nwait\n").output
    for words in ("calm place", "something I enjoy", "looking forward"):
        assert words not in said


@pytest.mark.parametrize("family", [family for family in FAMILIES if family != SELF_HARM])
def test_the_menu_stays_short_for_everybody(family: str) -> None:
    tool = URGE.field("tool")
    assert isinstance(tool, Choice)
    offered = [
        option for option in tool.options if (not option.for_ or family in option.for_) and family not in option.not_for
    ]
    assert len(offered) <= MOST


def test_what_needs_their_words_leads_to_them_and_a_further_round_offers_the_same() -> None:
    tool, rounds = URGE.field("tool"), URGE.field("rounds")
    assert isinstance(tool, Choice)
    form = Form(URGE.fields, {"strength": 7}, memory())
    for option in tool.options:
        if option.needs:
            [leads_to] = form.following("tool", option.id)
            assert leads_to.recall or isinstance(leads_to, Practice), option.id
    assert rounds is not None
    again = {option.id for option in rounds.columns[0].options}  # type: ignore[attr-defined]
    assert {option.id for option in tool.options} - again == {"answer", "nothing"}


@pytest.mark.parametrize(
    ("typed", "words"),
    [("", ""), ("a moment of mine", "a moment of mine")],
)
def test_nobody_has_to_see_a_future(home: Path, run: Run, typed: str, words: str) -> None:
    """Every picture may be left out; then a kinder question comes, with somebody to talk to before it."""
    said = run("do", "future-pictures", typed="\n\n\n\n" + f"{typed}\n\n").output
    assert "findahelpline.com" in said
    assert words in said
    assert "findahelpline.com" not in run("do", "future-pictures", typed="one\n\n\n\n\n\n").output


def test_nobody_who_hurts_themselves_is_asked_for_pictures(home: Path, run: Run) -> None:
    record(run, "start", {"behaviours": [{"name": "cutting", "aim": "stop", "family": "self-harm"}]})
    said = run("do", "future-pictures", typed="\n2\n").output
    assert "safety plan" in said
    assert "two weeks from now" not in said
