"""The rules that an exercise may write: one of several conditions, what stands, what is refused, what is proposed."""

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from smartcli.content.catalog import Catalog
from smartcli.entries.entry import Entry
from smartcli.entries.revisions import fill, new_id
from smartcli.fields import Table
from smartcli.journal.drafts import Drafts
from smartcli.session.form import Form
from tests.support.asking import memory, plain, session
from tests.support.made import catalogue

NOW = datetime(2026, 11, 10, 20, 0, tzinfo=UTC)
MADE = """
=== asks
[[field]]
id = "risk"
kind = "choices"
ask = "Any?"
optional = true
options = [{ id = "bad", say = "Bad" }, { id = "none", say = "None" }]
measure = "withdrawal-risk"

=== gated
[[field]]
id = "own"
kind = "line"
ask = "Own?"
optional = true

[[field]]
id = "either"
kind = "line"
ask = "Either?"
only_if = { any = [{ field = "own", answered = true }, { remembered = "withdrawal-risk", is = "none" }] }

[[field]]
id = "lately"
kind = "line"
ask = "Lately?"
only_if = { remembered = "withdrawal-risk", is = "none", standing_days = 30 }

[[field]]
id = "not-bad"
kind = "line"
ask = "Not bad?"
only_if = { remembered = "withdrawal-risk", none_of = ["bad"] }

=== refuses
[[field]]
id = "least"
kind = "number"
ask = "Least?"
optional = true
refuse = { above = "most", say = "Above." }

[[field]]
id = "most"
kind = "number"
ask = "Most?"
optional = true
refuse = [{ is = 0, say = "Not 0." }, { below = "least", say = "Below." }]

[[field]]
id = "day"
kind = "moment"
ask = "Day?"
ahead = true
proposes = "in 2 weeks"
refuse = { past = true, say = "Past." }

=== says
[[field]]
id = "why"
kind = "note"
alone = true
ask = "Nothing is asked."

[[field]]
id = "hidden"
kind = "line"
ask = "Hidden?"
only_if = { remembered = "withdrawal-risk", is = "none" }

=== names
[[field]]
id = "rows"
kind = "table"
ask = "Which?"
columns = [
  { id = "name", kind = "line", ask = "Name?", measure = "behaviour" },
  { id = "aim", kind = "choice", ask = "Aim?", options = [{ id = "less", say = "Less" }, { id = "stop", say = "Stop" }], measure = "aim" },
]

=== counts
[[field]]
id = "amounts"
kind = "table"
ask = "How much?"
optional = true
each_behaviour = { remembered = "aim", any_of = ["less"] }
columns = [
  { id = "what", kind = "line", ask = "What?", measure = "amount.of" },
  { id = "unit", kind = "line", ask = "Unit?", once = true, optional = true, measure = "amount.unit" },
  { id = "amount", kind = "number", ask = "Much?", low = 0, optional = true, only_if = { field = "unit", answered = true }, measure = "amount" },
]
"""


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def made(tmp_path: Path) -> Catalog:
    return catalogue(tmp_path, MADE, 'option = [{ id = "a", say = "b" }]')


def entry(
    catalog: Catalog, exercise: str, answers: dict[str, Any], about: str | None = None, days_ago: int = 1
) -> Entry:
    chosen = catalog.find(exercise)
    at = NOW - timedelta(days=days_ago)
    form = Form(chosen.fields, answers, memory(), about, own_words=False)
    return fill(chosen, form.filled({}, at), id=new_id(), started=at, about=about)


def visible(catalog: Catalog, answers: dict[str, Any], *before: Entry) -> set[str]:
    return {field.id for field in Form(catalog.find("gated").fields, answers, memory(*before), "it").visible()}


def test_one_of_several_conditions_is_enough(made: Catalog) -> None:
    assert "either" not in visible(made, {})
    assert "either" in visible(made, {"own": "words"})
    assert "either" in visible(made, {}, entry(made, "asks", {"risk": ["none"]}, "it", 400))


def test_an_answer_stands_for_its_days_for_its_own_behaviour_and_until_a_lapse(made: Catalog) -> None:
    def lately(about: str = "it", days_ago: int = 10, *before: Entry) -> bool:
        return "lately" in visible(made, {}, *before, entry(made, "asks", {"risk": ["none"]}, about, days_ago))

    assert lately()
    assert not lately(days_ago=31)
    assert not lately("another thing")
    body = {**entry(made, "asks", {"risk": ["none"]}, "it", 2).body, "exercise": "lapse"}
    lapse = {"id": "state", "kind": "choice", "ask": "?", "measure": "lapse", "answer": "over"}
    assert not lately("it", 10, Entry({**body, "fields": [lapse]}))


def test_none_of_holds_without_an_answer(made: Catalog) -> None:
    assert "not-bad" in visible(made, {})
    assert "not-bad" in visible(made, {}, entry(made, "asks", {"risk": ["none"]}, "it"))
    assert "not-bad" not in visible(made, {}, entry(made, "asks", {"risk": ["none", "bad"]}, "it"))


@pytest.mark.parametrize(
    ("field", "answers", "answer", "said"),
    [
        ("most", {}, 0, "Not 0."), ("most", {}, 2, None), ("most", {"least": 3}, 2, "Below."),
        ("most", {"least": 3}, 3, None), ("least", {"most": 2}, 3, "Above."), ("least", {"most": None}, 3, None),
        ("day", {}, "2026-11-10", "Past."), ("day", {}, "2026-11-11", None), ("day", {}, "2026-11-11T08:00:00+00:00", None),
    ],
)  # fmt: skip
def test_what_is_refused_is_told_in_its_own_sentence(
    made: Catalog, field: str, answers: dict[str, Any], answer: Any, said: str | None
) -> None:
    form = Form(made.find("refuses").fields, answers, memory())
    asked = next(one for one in form.fields if one.id == field)
    assert form.problem_with(form.offered(asked), answer) == said


def test_a_day_is_proposed_and_a_past_one_asked_again_with_nothing_lost(made: Catalog, tmp_path: Path) -> None:
    asker, out = plain("7", "9", "2026-11-01", "", "")
    kept = session(made.find("refuses"), asker, Drafts(tmp_path)).run()
    assert kept.answers == {"least": 7, "most": 9, "day": "2026-11-24"}
    assert "Past." in out.getvalue()


def test_an_exercise_that_only_says_something_ends_without_asking_to_keep_nothing(
    made: Catalog, tmp_path: Path
) -> None:
    asker, out = plain()
    kept = session(made.find("says"), asker, Drafts(tmp_path)).run()
    assert kept.body["fields"] == []
    assert "Nothing is asked." in out.getvalue()
    assert "Keep" not in out.getvalue()


def names(catalog: Catalog) -> Entry:
    rows = [{"name": "bets", "aim": "less"}, {"name": "drink", "aim": "stop"}, {"name": "phone", "aim": "less"}]
    return entry(catalog, "names", {"rows": rows})


def counted(catalog: Catalog, tmp_path: Path, *lines: str, before: tuple[Entry, ...] = ()) -> tuple[Any, io.StringIO]:
    asker, out = plain(*lines)
    remembered = memory(*before, names(catalog))
    return session(catalog.find("counts"), asker, Drafts(tmp_path), remembered=remembered).run().answers, out


def test_a_row_for_each_behaviour_its_unit_asked_once_and_a_skipped_one_left_out(made: Catalog, tmp_path: Path) -> None:
    answers, out = counted(made, tmp_path, "euros", "none", "", "")
    assert answers == {"amounts": [{"what": "bets", "unit": "euros", "amount": 0}]}
    assert "drink" not in out.getvalue()
    before = (entry(made, "counts", {}), Entry({**entry(made, "counts", {}).body, "fields": [
        {**made.find("counts").fields[0].stored(answers["amounts"]), "answer": answers["amounts"]}]}))  # fmt: skip
    again, out = counted(made, tmp_path, "4", "hours", "2", "", before=before)
    assert again["amounts"] == [
        {"what": "bets", "unit": "euros", "amount": 4}, {"what": "phone", "unit": "hours", "amount": 2}]  # fmt: skip


def test_no_other_row_is_taken(made: Catalog) -> None:
    form = Form(made.find("counts").fields, {}, memory(names(made)))
    offered = form.offered(form.fields[0])
    assert isinstance(offered, Table)
    assert form.problem_with(offered, [{"what": "Bets", "unit": "x", "amount": 1}]) is None
    assert form.problem_with(offered, [{"what": "drink", "unit": "x", "amount": 1}])


def test_a_note_that_looks_back_says_nothing_where_nothing_was_noted(tmp_path: Path) -> None:
    text = """=== back
[[field]]
id = "held"
kind = "note"
insights = "two-weeks"
ask = "Held:"

[[field]]
id = "more"
kind = "line"
ask = "More?"
"""
    exercise = catalogue(tmp_path, text).find("back")
    asked: list[tuple[str, str | None, date]] = []

    def sentences(period: str, about: str | None, until: date) -> list[str]:
        asked.append((period, about, until))
        return ["Three of it."]

    note = exercise.fields[0]
    assert Form(exercise.fields, {}, memory(), "it").said(note) == []
    assert len(Form(exercise.fields, {}, memory(), "it", sentences=sentences).said(note)) == 2
    assert asked == [("two-weeks", "it", date(2026, 11, 10))]
