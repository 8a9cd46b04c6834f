"""What a person said once of a behaviour is remembered where it matters, until it is answered again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from smartcli.content.catalog import Catalog
from smartcli.entries.entry import Entry
from smartcli.fields.base import names_behaviour
from smartcli.session.form import Form
from tests.support.asking import entry_at, memory

CATALOG = Catalog(Path("/nowhere"))
NOW = datetime(2026, 11, 10, 20, 0, tzinfo=UTC)
RISKS_OF_LAPSE = {"for-days", "risk-short", "risk-unasked"}


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def entry(exercise: str, answers: dict[str, Any], about: str | None = None, days_ago: int = 1) -> Entry:
    """Return an entry of a shipped exercise, written so many days ago."""
    return entry_at(CATALOG.find(exercise), answers, NOW - timedelta(days=days_ago), about)


def start(name: str, family: str) -> Entry:
    return entry("start", {"behaviours": [{"name": name, "aim": "stop", "family": family}]}, days_ago=300)


def notes(exercise: str, answers: dict[str, Any], about: str, *before: Entry) -> set[str]:
    """Return the ids of what is shown of an exercise, answered so, after these entries (newest first)."""
    fields = [field for field in CATALOG.find(exercise).fields if not names_behaviour(field)]
    return {field.id for field in Form(fields, answers, memory(*before), about).visible()}


def risk(about: str = "drinking", days_ago: int = 200, answer: str = "morning") -> Entry:
    return entry("before-stopping", {"risks": [answer]}, about, days_ago)


def test_a_ticked_risk_warns_in_every_later_urge_however_long_ago() -> None:
    drinking = start("drinking", "alcohol")
    assert "risk" in notes("urge-log", {"strength": 6}, "drinking", risk(), drinking)
    assert "risk" not in notes("urge-log", {"strength": 6}, "drinking", drinking)


def test_it_holds_until_it_is_answered_again_and_for_its_own_behaviour() -> None:
    drinking = start("drinking", "alcohol")
    none_now = risk(days_ago=3, answer="none")
    assert "risk" not in notes("urge-log", {"strength": 6}, "drinking", none_now, risk(), drinking)
    assert "risk" not in notes("urge-log", {"strength": 6}, "smoking", risk(), drinking)


@pytest.mark.parametrize(
    ("how_long", "shown"),
    [("days", {"for-days"}), ("weeks", {"for-days"}), ("not-sure", {"for-days"}), ("day", set()), ("once", set())],
)
def test_a_lapse_that_has_stopped_warns_by_how_long_it_went_on(how_long: str, shown: set[str]) -> None:
    answers = {"state": "over", "how-long": how_long}
    assert notes("lapse", answers, "drinking", start("drinking", "alcohol")) & RISKS_OF_LAPSE == shown


@pytest.mark.parametrize("family", ["alcohol", "sedatives", "other-drugs", "opioids", "gambling"])
@pytest.mark.parametrize("how_long", ["once", "day", "days"])
def test_a_remembered_risk_always_warns_after_a_lapse_once(family: str, how_long: str) -> None:
    before = [risk(), start("drinking", family)]
    assert len(notes("lapse", {"state": "over", "how-long": how_long}, "drinking", *before) & RISKS_OF_LAPSE) == 1


def settled(tiny: Catalog, *before: Entry) -> bool:
    """Return whether the tiny exercise leaves its question out, which is asked once and renewed after 90 days."""
    chosen = tiny.find("settles")
    return "risks" not in {field.id for field in Form(chosen.fields, {}, memory(*before), "drinking").visible()}


def test_what_is_asked_once_is_due_again_after_its_days_or_a_lapse(tiny: Catalog) -> None:
    assert not settled(tiny)
    assert settled(tiny, risk(days_ago=80))
    assert not settled(tiny, risk(days_ago=100))
    lapse = entry("lapse", {"state": "over"}, "drinking", days_ago=10)
    assert not settled(tiny, lapse, risk(days_ago=80))
    assert settled(tiny, risk(days_ago=5), lapse)
    assert settled(tiny, entry("lapse", {"state": "over"}, "betting", days_ago=10), risk(days_ago=80))


def test_saying_that_there_was_no_lapse_is_none() -> None:
    """A question of one's own may be answered "no"."""
    risk = entry("before-stopping", {"risks": ["none"]}, "it", 10)
    said = {"id": "slip", "kind": "yes_no", "ask": "A lapse?", "measure": "lapse"}
    own = entry("journal", {"words": "x"}, "it", 2)
    for answer, stands in ((False, True), (True, False)):
        asked = Entry({**own.body, "exercise": "mine", "fields": [{**said, "answer": answer}]})
        since = (NOW - timedelta(days=90)).date()
        assert memory(asked, risk).is_answered("withdrawal-risk", "it", since=since) is stands
