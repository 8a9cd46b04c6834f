"""Limits and trials: what must be answered before an amount or a date is asked, and for whom none ever is.

Claims about ids and conditions, never about wording.
"""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from smartcli.content.catalog import Catalog
from smartcli.entries.entry import Entry
from smartcli.fields import Options, Table
from smartcli.fields.base import FAMILIES, names_behaviour
from smartcli.session.form import Form
from tests.conftest import Run
from tests.support.asking import entry_at, memory

CATALOG = Catalog(Path("/nowhere"))
NOW = datetime(2026, 11, 10, 20, 0, tzinfo=UTC)
NEVER = {"self-harm", "eating", "eating-restrict"}
GATED = {"alcohol", "sedatives", "other-drugs", "other", "unknown"}  # "something else" may be a mixture
OF_DOCTORS = {"sedatives", "stimulants", "cannabis", "other-drugs", "other", "unknown", "opioids"}
AMOUNTS = {
    "limits": {"unit", "day", "week", "free-days", "price"},
    "trial": {"kind", "unit", "day", "begins", "review"},
}
FIRST = {"limits": "unit", "trial": "kind"}
RISKS = [option.id for option in CATALOG.list_named("withdrawal-risks") or () if option.id != "none"]


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def entry(exercise: str, answers: dict[str, Any], about: str | None = None, days_ago: int = 1) -> Entry:
    return entry_at(CATALOG.find(exercise), answers, NOW - timedelta(days=days_ago), about)


def start(*families: str, aim: str = "cut-down") -> Entry:
    rows = [{"name": f"it {family}", "aim": aim, "family": family} for family in families]
    return entry("start", {"behaviours": rows}, days_ago=300)


def form(exercise: str, answers: dict[str, Any], family: str, *before: Entry) -> Form:
    fields = [field for field in CATALOG.find(exercise).fields if not (names_behaviour(field) or field.later)]
    return Form(fields, answers, memory(*before, start(family)), f"it {family}", exercise=exercise)


def shown(exercise: str, answers: dict[str, Any], family: str, *before: Entry) -> set[str]:
    """Return the ids of what is asked or said, going on to every question with an answer to the first amount."""
    opened = {FIRST[exercise]: "limit" if exercise == "trial" else "glasses"}
    return {field.id for field in form(exercise, {**opened, **answers}, family, *before).visible()}


def risk(family: str, answer: str = "none", days_ago: int = 3) -> Entry:
    return entry("before-stopping", {"risks": [answer]}, f"it {family}", days_ago)


@pytest.mark.parametrize("exercise", AMOUNTS)
@pytest.mark.parametrize("family", FAMILIES)
def test_no_amount_and_no_date_without_an_answer_about_safety(exercise: str, family: str) -> None:
    asked = shown(exercise, {}, family) & AMOUNTS[exercise]
    if family in NEVER | GATED | OF_DOCTORS:
        assert not asked
    else:
        assert asked >= {FIRST[exercise]}


@pytest.mark.parametrize("exercise", AMOUNTS)
@pytest.mark.parametrize("family", sorted(GATED))
@pytest.mark.parametrize("ticked", [*([one] for one in RISKS), ["none", "morning"]])
def test_a_ticked_risk_closes_it_and_says_why(exercise: str, family: str, ticked: list[str]) -> None:
    asked = shown(exercise, {"withdrawal": ticked, "medicine": "no"}, family)
    assert not asked & AMOUNTS[exercise]
    assert "talk-first" in asked
    assert "instead" in {one.id for one in form(exercise, {"withdrawal": ticked}, family).asked()}


@pytest.mark.parametrize("exercise", AMOUNTS)
@pytest.mark.parametrize("family", sorted(set(FAMILIES) - NEVER))
def test_a_remembered_risk_closes_it_however_long_ago(exercise: str, family: str) -> None:
    asked = shown(exercise, {"medicine": "no", "withdrawal": None}, family, risk(family, "seizures", 400))
    assert not asked & AMOUNTS[exercise]
    assert ("talk-first" in asked) or family == "opioids"


@pytest.mark.parametrize("exercise", AMOUNTS)
@pytest.mark.parametrize("family", sorted(GATED))
def test_none_of_these_opens_it_lately_and_without_a_lapse_since(exercise: str, family: str) -> None:
    first = FIRST[exercise]
    no = {"medicine": "no"}
    assert first in shown(exercise, {"withdrawal": ["none"], **no}, family)
    assert first in shown(exercise, no, family, risk(family))
    assert first not in shown(exercise, {**no, "withdrawal": None}, family, risk(family, days_ago=100))
    lapse = entry("lapse", {"state": "over"}, f"it {family}", days_ago=1)
    assert first not in shown(exercise, {**no, "withdrawal": None}, family, lapse, risk(family))
    assert "not-answered" in shown(exercise, {**no, "withdrawal": None}, family, lapse, risk(family))
    assert first not in shown(exercise, no, family, entry("before-stopping", {"risks": ["none"]}, "another thing"))


@pytest.mark.parametrize("exercise", AMOUNTS)
@pytest.mark.parametrize("family", sorted(OF_DOCTORS))
@pytest.mark.parametrize("medicine", ["yes", "not-sure", None])
def test_medicine_from_a_doctor_is_never_limited(exercise: str, family: str, medicine: str | None) -> None:
    asked = shown(exercise, {"withdrawal": ["none"], "medicine": medicine}, family)
    assert not asked & AMOUNTS[exercise]
    if medicine and not (family == "opioids" and exercise == "limits"):
        assert "medicine-stays" in asked


def test_no_amount_of_opioids_and_the_lost_tolerance_before_anything() -> None:
    assert not shown("limits", {"medicine": "no"}, "opioids") & AMOUNTS["limits"]
    assert "opioids" in shown("limits", {}, "opioids")
    alone = {"withdrawal": ["none"], "medicine": "no"}
    told = [field.id for field in form("trial", alone, "opioids").visible()]
    assert told.index("tolerance") == 0 < told.index("kind")
    here = form("trial", alone, "opioids")
    kind = here.offered(next(field for field in here.fields if field.id == "kind"))
    assert isinstance(kind, Options)
    assert [option.id for option in kind.options] == ["break"]


@pytest.mark.parametrize("ticked", RISKS)
def test_a_break_from_opioids_has_no_dates_for_whoever_ticks_a_risk(ticked: str) -> None:
    asked = shown("trial", {"withdrawal": [ticked], "medicine": "no"}, "opioids")
    assert not asked & AMOUNTS["trial"]
    assert "talk-first" in asked
    assert not shown("trial", {"medicine": "no", "withdrawal": None}, "opioids") & AMOUNTS["trial"]


@pytest.mark.parametrize("exercise", AMOUNTS)
@pytest.mark.parametrize("family", sorted(NEVER))
def test_where_nothing_is_limited_there_is_a_kind_word_and_somewhere_to_go(exercise: str, family: str) -> None:
    here = form(exercise, {}, family)
    assert [field.id for field in here.visible()] == [family, "instead"]
    offered = here.offered(here.asked()[0])
    assert isinstance(offered, Options)
    assert any(option.opens for option in offered.options)


def test_the_question_about_safety_can_be_gone_to_and_opens_it_at_once(run: Run, home: Path) -> None:
    given = {"behaviours": [{"name": "it", "family": "alcohol", "aim": "cut-down"}]}
    assert run("record", "start", typed=json.dumps(given)).exit_code == 0
    lines = [
        "skip",
        "1",
        str(len(RISKS) + 1),
        "",
        "glasses",
        "4",
        "20",
    ]  # left open, to the question, none of these, kept
    said = run("do", "limits", typed="\n".join(lines) + "\n")
    assert said.exit_code == 0, said.stderr
    [kept] = json.loads(run("review", "--exercise", "limits", "--json").stdout)
    answers = json.loads(run("show", kept["id"], "--json").stdout)["answers"]
    assert (answers["unit"], answers["day"], answers["week"]) == ("glasses", 4, 20)


def test_an_old_limit_is_no_longer_asked_once_a_risk_is_ticked_and_nothing_of_it_is_lost(run: Run, home: Path) -> None:
    given = {"behaviours": [{"name": "it", "family": "alcohol", "aim": "cut-down"}]}
    assert run("record", "start", typed=json.dumps(given)).exit_code == 0

    def risks(answer: str, when: str) -> None:
        done = run("record", "before-stopping", "--about", "it", "--when", when, typed=json.dumps({"risks": [answer]}))
        assert done.exit_code == 0

    risks("none", "3 days ago")
    limits = {"unit": "glasses", "day": 4, "ends": ["clock"]}
    made = run("record", "limits", "--about", "it", "--when", "2 days ago", typed=json.dumps(limits)).stdout.strip()
    risks("seizures", "yesterday")
    edited = run("edit", made, typed="2\n1\n3\n\n")  # changes the one answer that is asked now
    assert edited.exit_code == 0, edited.stderr
    answers = json.loads(run("show", made, "--json").stdout)["answers"]
    assert answers == {**limits, "instead": "leave-it"}


def rows(*before: Entry, day: date | None = None) -> list[dict[str, Any]]:
    """Return the starter rows of the check-in's amounts."""
    here = Form(CATALOG.find("check-in").fields, {}, memory(*before), day=day)
    amounts = here.offered(next(field for field in here.fields if field.id == "amounts"))
    assert isinstance(amounts, Table)
    return list(amounts.seeds)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("aim", ["stop", "cut-down", "get-help", "find-out"])
def test_the_check_in_asks_an_amount_by_aim_and_never_where_it_must_not(family: str, aim: str) -> None:
    asked = bool(rows(start(family, aim=aim)))
    counted = family not in NEVER | GATED | {"opioids"}
    assert asked == (counted and aim in ("cut-down", "find-out"))


def test_the_check_in_asks_of_alcohol_once_it_is_known_to_be_safe_and_in_the_unit_of_the_limits() -> None:
    begun = start("alcohol")
    assert rows(risk("alcohol", "morning", 1), risk("alcohol", days_ago=5), begun) == []
    safe = risk("alcohol")
    assert rows(safe, begun) == [{"what": "it alcohol", "day": "2026-11-09"}]
    limit = entry("limits", {"withdrawal": ["none"], "unit": "glasses", "day": 3}, "it alcohol")
    known = {"what": "it alcohol", "day": "2026-11-09", "unit": "glasses"}
    # made without a journal, so the gate of the limits themselves is not at stake here
    body = {
        **limit.body,
        "fields": [{"id": "unit", "kind": "line", "ask": "?", "measure": "amount.unit", "answer": "glasses"}],
    }
    assert rows(Entry(body), safe, begun) == [known]
    assert rows(Entry(body), safe, begun, day=date(2026, 11, 1)) == [{**known, "day": "2026-10-31"}]


def test_a_row_for_each_behaviour_that_is_counted() -> None:
    assert [row["what"] for row in rows(start("gambling", "self-harm", "screens", "eating"))] == [
        "it gambling",
        "it screens",
    ]


def words(exercise: str, name: str) -> str:
    """Return the first words of a question or note of a shipped exercise."""
    field = CATALOG.find(exercise).field(name)
    assert field is not None
    return field.ask.partition("{")[0].partition("\n")[0].strip()


def test_an_answer_about_safety_counts_no_more_in_an_edit_once_a_risk_was_ticked(run: Run, home: Path) -> None:
    """ "None of these" of long ago stands in the entry itself: what it opened stays shut until it is given again."""
    given = {"behaviours": [{"name": "it", "family": "alcohol", "aim": "cut-down"}]}
    assert run("record", "start", typed=json.dumps(given)).exit_code == 0
    limits = {"withdrawal": ["none"], "unit": "glasses", "day": 4}
    made = run("record", "limits", "--about", "it", "--when", "150 days ago", typed=json.dumps(limits)).stdout.strip()
    risks = json.dumps({"risks": ["seizures"]})
    run("record", "before-stopping", "--about", "it", "--when", "2 days ago", typed=risks)
    edited = run("edit", made, typed="\n9\n20\n")
    assert edited.exit_code == 0, edited.stderr
    assert words("limits", "day") not in edited.stderr
    assert json.loads(run("show", made, "--json").stdout)["answers"] == limits


def test_a_draft_left_for_hours_asks_about_safety_anew(run: Run, home: Path) -> None:
    given = {"behaviours": [{"name": "it", "family": "alcohol", "aim": "cut-down"}]}
    assert run("record", "start", typed=json.dumps(given)).exit_code == 0
    none = str(len(RISKS) + 1)
    assert run("do", "limits", typed=f"{none}\n!\n").exit_code == 130
    assert words("limits", "unit") in run("resume", typed="!\n").stderr, "a moment later it still stands"
    with time_machine.travel(NOW + timedelta(hours=3), tick=False):
        said = run("resume", typed="!\n").stderr
    assert words("limits", "unit") not in said
    assert words("limits", "withdrawal") in said


def test_a_trial_is_not_decided_on_while_a_risk_is_remembered(run: Run, home: Path) -> None:
    given = {"behaviours": [{"name": "it", "family": "alcohol", "aim": "stop"}]}
    assert run("record", "start", typed=json.dumps(given)).exit_code == 0
    trial = {"withdrawal": ["none"], "kind": "break", "review": "yesterday"}
    with time_machine.travel(NOW - timedelta(days=20), tick=False):
        done = run("record", "trial", "--about", "it", typed=json.dumps({**trial, "review": "in 15 days"}))
    assert done.exit_code == 0, done.stderr
    asked = run("later", typed="fine\n.\n\n\n\n").stderr
    assert words("trial", "decision") in asked
    made = done.stdout.strip()
    run("delete", made, "--yes")
    with time_machine.travel(NOW - timedelta(days=20), tick=False):
        run("record", "trial", "--about", "it", typed=json.dumps({**trial, "review": "in 15 days"}))
    run("record", "before-stopping", "--about", "it", "--when", "2 days ago", typed=json.dumps({"risks": ["seizures"]}))
    asked = run("later", typed="fine\n.\n\n\n\n").stderr
    assert words("trial", "risk-now") in asked
    assert words("trial", "decision") not in asked


def test_an_old_trial_can_be_edited_although_its_day_to_look_back_is_past(run: Run, home: Path) -> None:
    given = {"behaviours": [{"name": "it", "family": "screens", "aim": "stop"}]}
    assert run("record", "start", typed=json.dumps(given)).exit_code == 0
    with time_machine.travel(NOW - timedelta(days=25), tick=False):
        made = run(
            "record", "trial", "--about", "it", typed=json.dumps({"kind": "break", "review": "in 2 weeks"})
        ).stdout.strip()
    edited = run("edit", made, typed="\n\n\n")
    assert edited.exit_code == 0, edited.stderr
    review = CATALOG.find("trial").field("review")
    assert review is not None
    assert not [refusal.say for refusal in review.refuse if refusal.say in edited.stderr]
