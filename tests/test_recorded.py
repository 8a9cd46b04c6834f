"""Ids are for ever: entries of many years join on them. Names lead to their exercise, however they are typed."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from smartcli.content import catalog
from smartcli.content.catalog import Catalog
from smartcli.trouble import Trouble
from tools.recorded import ids, recorded, retired

CATALOG = Catalog(Path("/nowhere"))

# Table A.0 of reference/programme.md, and what other editions and countries call the same exercises.
NAMES = {
    "cost-benefit": ["CBA", "Cost Benefit Analysis", "cost-benefit analysis", "pros and cons", "decisional balance"],
    "values": ["Hierarchy of Values", "Define Your Values", "HOV"],
    "future-questions": ["Three Questions", "Five Questions", "3 questions", "5 questions"],
    "change-plan": ["Change-Plan worksheet", "Create a Change Plan", "Change Plan", "change plan worksheet"],
    "rulers": ["importance ruler", "confidence ruler", "readiness ruler"],
    "stages": ["stages of change", "cycle of change"],
    "triggers": ["Identify Triggers", "Rank Trigger Risks", "trigger risks"],
    "urge-log": ["Urge Log", "Log Your Urges", "Coping with Urges", "urge", "craving diary"],
    "urge-plan": ["DEADS", "DENTS", "urge acronym", "customise DENTS"],
    "urge-voice": ["DISARM", "Personify and Disarm", "personify"],
    "urge-surfing": ["surfing", "ride the wave"],
    "thinking-styles": ["DIBs", "Dispute Unhelpful Beliefs", "Disrupting Unhelpful Thinking", "dispute"],
    "abc": ["ABC", "ABC Exercise", "The ABC's", "ABC of REBT"],
    "abc-urge": ["ABC for urges", "ABCs for urges", "ABC of urges"],
    "self-acceptance": ["USA", "UOA", "ULA", "Practising Self Acceptance", "unconditional self-acceptance"],
    "self-compassion": ["Practice Self-Compassion", "Practise Self-Compassion"],
    "passions": [
        "VACI", "Explore New Passions and Pursuits", "Enjoyable Activities", "Enjoyable Activities checklist",
        "Enjoyable Life worksheet", "vital absorbing creative interests",
    ],
    "balance-wheel": ["Lifestyle Balance Pie", "Lifestyle Balance Wheel", "lifestyle pie", "balance"],
    "lifestyle-audit": ["Lifestyle Audit"],
    "week-plan": ["Plan Your Week", "Weekly Planner", "7-day plan", "seven-day plan"],
    "refusal": ["Role-play", "role play", "Refusal Skills"],
    "rehearsal": ["Rehearsal"],
    "problem-solving": ["Problem solving", "PAUSE, STOP, THINK, PLAN"],
    "conversation": ["Planning Positive Conversations", "PIVA", "communication"],
    "boundaries": ["Setting Healthy Boundaries"],
    "calm": ["paced breathing", "breathing"],
    "meditation": ["Meditation Practice", "mindfulness"],
    "strengths": ["my strengths", "strength"],
    "muscle-relaxation": ["Progressive Muscle Relaxation", "PMR"],
    "calm-place": ["Visualising a Relaxing Space", "Visualizing a Relaxing Space"],
    "journal": ["Journaling", "Journalling"],
    "coping-toolbox": ["Brainstorming", "brainstorm"],
    "if-then": ["implementation intentions"],
    "goals": ["SMART goals", "goal setting"],
    "lapse": ["relapse", "learning from a lapse"],
    "meeting-prep": ["meeting check-in"],
    "play-forward": ["play the tape forward"],
}  # fmt: skip


def test_no_recorded_id_is_lost_or_renamed() -> None:
    lost = sorted(recorded() - retired() - ids())
    assert not lost, f"entries join on these ids, so they stay for ever: {lost}"


def test_the_id_of_a_question_that_is_no_longer_asked_is_never_used_again() -> None:
    assert retired() <= recorded(), "only what was asked once can be retired"
    again = sorted(retired() & ids())
    assert not again, f"old entries have other answers under these ids: {again}"


def test_every_id_is_recorded() -> None:
    new = sorted(ids() - recorded())
    assert not new, (
        f"new ids are to be recorded, once they are as they should be for ever: {new}\nrun: python -m tools.recorded"
    )


@pytest.mark.parametrize(("id_", "name"), [(id_, name) for id_, names in NAMES.items() for name in [id_, *names]])
def test_a_name_of_any_edition_leads_to_its_exercise(id_: str, name: str) -> None:
    for typed in {name, name.upper(), name.lower(), name.replace("-", " "), name.replace(" ", "-"), f" {name} "}:
        assert CATALOG.find(typed).id == id_, typed


def test_every_alias_leads_to_one_exercise_only_however_it_is_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog, "_names_in", cache(catalog._names_in))  # the heads of all files, for each of all names
    names = Counter[str]()
    for exercise in CATALOG:
        own = {exercise.id, exercise.title, *exercise.aliases}
        names.update({re.sub(r"[\s-]+", "", name).casefold() for name in own})
        for name in own:
            assert CATALOG.find(name).id == exercise.id
    assert [name for name, times in names.items() if times > 1] == []


def test_a_name_that_is_none_is_told_with_a_near_one() -> None:
    with pytest.raises(Trouble, match="no exercise"):
        CATALOG.find("hierarchy of valeus")
