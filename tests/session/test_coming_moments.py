"""A hard moment with its day: which are ahead, and what a question offers of the person's own words."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from smartcli.content.catalog import Catalog
from smartcli.content.exercise import Exercise
from smartcli.entries.checking import as_entry
from smartcli.entries.entry import Entry
from smartcli.entries.revisions import new_id
from smartcli.fields import Field
from smartcli.fields.base import Recall
from smartcli.pages.blank import on_paper
from smartcli.session.form import Form
from smartcli.session.memory import Memory
from smartcli.settings import Settings
from smartcli.workbook.left_out import left_for_later
from tests.support.asking import entry_at, memory
from tests.support.made import START, catalogue

NOW = datetime(2026, 11, 10, 20, 0, tzinfo=UTC)
TODAY = NOW.date()
MADE = """=== plan
[[field]]
id = "risk"
kind = "line"
ask = "Risk?"
measure = "risk"
optional = true
[[field]]
id = "day"
kind = "moment"
ask = "Day?"
ahead = true
measure = "risk.day"
optional = true
[[field]]
id = "plan"
kind = "line"
ask = "Plan?"
measure = "plan.week"
optional = true
[[field]]
id = "went"
kind = "line"
ask = "Went?"
later = true
after_days = 2
after_day = "day"
optional = true
=== table
[[field]]
id = "risks"
kind = "table"
ask = "Risks?"
[[field.columns]]
id = "risk"
kind = "line"
ask = "Risk?"
measure = "risk"
[[field.columns]]
id = "day"
kind = "moment"
ask = "Day?"
ahead = true
measure = "risk.day"
optional = true
=== look
[[field]]
id = "moment"
kind = "choice"
ask = "Moment?"
from_measure = "risk"
own = true
measure = "risk"
optional = true
[[field]]
id = "planned"
kind = "line"
ask = "Planned?"
recall = { measure = "plan.week", match = "moment", say = "Planned" }
optional = true
[[field]]
id = "signs"
kind = "choices"
ask = "Signs?"
from_measure = "warning"
options = [{ id = "none", say = "None" }]
only_if = { remembered = "warning", answered = true }
optional = true
[[field]]
id = "recalls"
kind = "line"
ask = "Recalls?"
recall = { measure = "obstacle", limit = 9, say = "In the way" }
optional = true
=== card
[[field]]
id = "signs"
kind = "lines"
ask = "Signs?"
measure = "warning"
=== week
[[field]]
id = "said"
kind = "note"
ask = "Your week:"
insights = "week"
[[field]]
id = "line"
kind = "line"
ask = "And?"
optional = true
"""


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def made(tmp_path: Path) -> Catalog:
    return catalogue(tmp_path, MADE + START)


def kept(exercise: Exercise, answers: dict[str, Any], about: str | None = None, days_ago: int = 1) -> Entry:
    return entry_at(exercise, answers, NOW - timedelta(days=days_ago), about)


def ahead(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


def coming(*entries: Entry, about: str | None = None) -> list[tuple[str, date]]:
    newest_first = sorted(entries, key=lambda entry: entry.when.at, reverse=True)
    return [(risk.words, risk.day) for risk in memory(*newest_first).coming_risks(TODAY, about)]


def offered(made: Catalog, name: str, *entries: Entry, answers: dict[str, Any] | None = None) -> Any:
    """Return what a field of "look" offers, or None where it is not asked."""
    look = made.find("look")
    form = Form(look.fields, answers or {}, memory(*entries))
    field = look.field(name)
    assert field is not None
    return [option.id for option in getattr(form.offered(field), "options", ())] if field in form.asked() else None


def test_the_dated_risks_ahead_stand_soonest_first(made: Catalog) -> None:
    plan = made.find("plan")
    risks = [kept(plan, {"risk": f"in {days}", "day": ahead(days)}) for days in (7, 1, 3, 0)]
    assert [words for words, _ in coming(*risks)] == ["in 0", "in 1", "in 3", "in 7"]


@pytest.mark.parametrize(
    "answers", [{"risk": "over", "day": ahead(-1)}, {"risk": "undated"}, {"day": ahead(3)}, {"plan": "x"}]
)
def test_none_is_past_or_without_its_day(made: Catalog, answers: dict[str, Any]) -> None:
    assert coming(kept(made.find("plan"), answers, days_ago=5)) == []


def test_a_moment_named_again_stands_once_by_its_newest_day(made: Catalog) -> None:
    plan = made.find("plan")
    earlier = kept(plan, {"risk": "The party", "day": ahead(2)}, days_ago=3)
    moved = kept(plan, {"risk": "the party ", "day": ahead(5)}, days_ago=1)
    over = kept(plan, {"risk": "the party", "day": ahead(-1)}, days_ago=1)
    assert [day for _, day in coming(earlier, moved)] == [TODAY + timedelta(days=5)]
    assert coming(earlier, over) == []


def test_rows_of_a_table_are_risks_too_each_with_its_own_day(made: Catalog) -> None:
    rows = [{"risk": "b", "day": ahead(4)}, {"risk": "undated"}, {"risk": "a", "day": f"{ahead(2)}T19:00:00+00:00"}]
    assert [words for words, _ in coming(kept(made.find("table"), {"risks": rows}))] == ["a", "b"]


def test_a_day_that_cannot_be_read_costs_only_its_own_risk(made: Catalog) -> None:
    right = kept(made.find("plan"), {"risk": "right", "day": ahead(4)})
    fields = [{**field, "answer": "someday"} if field["id"] == "day" else field for field in right.body["fields"]]
    wrong = as_entry({**right.body, "id": new_id(), "fields": fields})
    assert [words for words, _ in coming(right, wrong)] == ["right"]


def test_another_behaviour_is_left_out_where_one_is_named(made: Catalog) -> None:
    plan = made.find("plan")
    risks = [kept(plan, {"risk": str(about), "day": ahead(2)}, about) for about in ("drinking", "betting", None)]
    assert [words for words, _ in coming(*risks, about="drinking")] == ["drinking", "None"]
    assert len(coming(*risks)) == 3


@pytest.mark.parametrize(("about", "is_there"), [("drinking", True), ("cutting", False), (None, False)])
def test_none_may_be_about_self_harm(made: Catalog, about: str | None, is_there: bool) -> None:
    rows = [{"name": "drinking", "family": "alcohol"}, {"name": "cutting", "family": "self-harm"}]
    start = kept(made.find("start"), {"behaviours": rows}, days_ago=9)
    assert bool(coming(kept(made.find("plan"), {"risk": "r", "day": ahead(2)}, about), start)) is is_there


def test_an_old_obstacle_is_read_as_the_risk_it_is_today_and_a_risk_as_an_obstacle(made: Catalog) -> None:
    new = kept(made.find("plan"), {"risk": "payday"})
    fields = [{**field, "measure": "obstacle"} for field in new.body["fields"]]
    old = as_entry({**new.body, "fields": fields})
    for entry in (old, new):
        remembered = Memory(lambda holding=None: [entry], Settings(Path("/nowhere")), made.measure_of)  # noqa: B023
        for measure in ("risk", "obstacle"):
            assert [own.words for own in remembered.recalled(Recall(measure=measure), None, None)] == ["payday"]


def test_moments_ahead_are_offered_with_their_day_and_own_words_are_welcome(made: Catalog) -> None:
    plan, look = made.find("plan"), made.find("look")
    risks = [kept(plan, {"risk": "party", "day": ahead(3)}), kept(plan, {"risk": "over", "day": ahead(-3)}, days_ago=9)]
    moment = look.field("moment")
    assert moment is not None
    options = getattr(Form(look.fields, {}, memory(*risks)).offered(moment), "options", ())
    assert [(option.id, option.remark) for option in options] == [("party", "Fri 13 Nov")]
    assert offered(made, "moment") == [], "without any it is asked all the same"


def test_the_plan_for_the_moment_chosen_stands_above_and_no_other(made: Catalog) -> None:
    plan, look = made.find("plan"), made.find("look")
    plans = [kept(plan, {"risk": risk, "day": ahead(3), "plan": f"for {risk}"}) for risk in ("party", "payday")]
    planned = look.field("planned")
    assert planned is not None
    said = str(Form(look.fields, {"moment": "Party"}, memory(*plans)).beside(planned))
    assert "for party" in said
    assert "for payday" not in said


def test_own_words_of_a_measure_are_options_newest_first_and_each_once(made: Catalog) -> None:
    card = made.find("card")
    cards = [kept(card, {"signs": ["b", "a"]}), kept(card, {"signs": ["B", "c"]}, days_ago=5)]
    assert offered(made, "signs", *cards) == ["b", "a", "c", "none"]
    assert offered(made, "signs") is None, "where there are no signs it is not asked"


def test_what_was_chosen_is_never_taken_away(made: Catalog) -> None:
    card = kept(made.find("card"), {"signs": ["a"]})
    assert offered(made, "signs", card, answers={"signs": ["gone", "none"]}) == ["a", "gone", "none"]


def test_a_note_says_what_insights_say_and_nothing_where_they_say_nothing(made: Catalog) -> None:
    week = made.find("week")
    note = week.field("said")
    assert note is not None
    asked_for: list[str] = []

    def sentences(period: str, about: str | None, until: date) -> list[str]:
        asked_for.append(period)
        return ["You swam.", "You slept."]

    text = str(Form(week.fields, {}, memory(), sentences=sentences).said(note))
    assert "You swam." in text
    assert "Your week:" in text
    assert asked_for == ["week"]
    assert Form(week.fields, {}, memory()).said(note) == []


def test_nothing_of_it_is_kept_and_paper_leaves_it_out(made: Catalog) -> None:
    week = made.find("week")
    form = Form(week.fields, {"line": "x"}, memory(), sentences=lambda *period: ["You swam."])
    assert [answered.field.id for answered in form.filled({}, NOW)] == ["line"]
    assert [field.id for field in on_paper(week)] == ["line"]


@pytest.mark.parametrize(("day", "today", "is_due"), [(3, 4, False), (3, 5, True), (None, 0, False), (None, 1, True)])
def test_a_later_question_waits_for_the_day_it_names(made: Catalog, day: int | None, today: int, is_due: bool) -> None:
    plan = made.find("plan")
    answers = {"risk": "r"} if day is None else {"risk": "r", "day": ahead(day)}
    entry = kept(plan, answers)
    left: list[Field] = left_for_later(plan, entry, TODAY + timedelta(days=today))
    assert bool(left) is is_due
