"""The path of the first week and month: data that is checked, steps that suit, one a day, missed days are nothing."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from smartcli.content.catalog import Catalog
from smartcli.content.check import check_all
from smartcli.content.path import AIMS, LONGEST, read_path
from smartcli.entries.revisions import fill, new_id
from smartcli.fields.base import FAMILIES
from smartcli.session.form import Form
from smartcli.workbook.first_weeks import PathToday, find_path_today
from smartcli.workbook.suggestions import next_suggestion
from tests.support.asking import memory
from tests.support.lives import OnADay
from tests.support.made import CATALOG, catalogue

EXERCISES = """
=== choice
[[field]]
id = "path"
kind = "choice"
ask = "Take it?"
measure = "path"
options = [{ id = "week", say = "W" }, { id = "month", say = "M" }, { id = "stop", say = "S" }]
=== one
minutes = 2
[[field]]
id = "a"
kind = "line"
ask = "A?"
optional = true
=== two
minutes = 9
[[field]]
id = "a"
kind = "line"
ask = "A?"
optional = true
quick = true
=== other
minutes = 3
[[field]]
id = "a"
kind = "line"
ask = "A?"
optional = true
=== long
minutes = 4
[[field]]
id = "a"
kind = "line"
ask = "A?"
optional = true
=== about
[[field]]
id = "behaviours"
kind = "table"
ask = "What?"
columns = [
  { id = "name", kind = "line", ask = "What?", measure = "behaviour" },
  { id = "family", kind = "choice", ask = "Kind?", measure = "family", own = true, options = [] },
  { id = "aim", kind = "choice", ask = "Aim?", measure = "aim", own = true, options = [] },
]
"""
HEAD = 'format = 1\nchoose = "choice"\nweek_ends = "The week is over."\nmonth_ends = "The month is over."\n'
STEPS = """
[[step]]
id = "first"
week = 1
exercise = "one"
say = "First one."

[[step]]
id = "second"
week = 1
exercise = "two"
quick = true
say = "Then two."
instead = { exercise = "other", say = "Or the other." }

[[step]]
id = "for-some"
week = 1
exercise = "one"
say = "For some."
family = ["gambling"]
aim = ["stop"]

[[step]]
id = "third"
week = 2
exercise = "other"
say = "Last."
not_family = ["self-harm"]
"""
TODAY = date(2026, 11, 22)


class Home:
    """A home with exercises and a path of its own, opened on any day."""

    def __init__(self, folder: Path, steps: str = STEPS) -> None:
        self.folder = folder
        self.catalog = catalogue(folder, EXERCISES)
        assert isinstance(self.catalog.folder, Path)
        (self.catalog.folder / "path.toml").write_text(HEAD + steps)

    def on(self, days: int) -> OnADay:
        workbook = OnADay(self.folder, TODAY + timedelta(days=days))
        workbook.__dict__["catalog"] = self.catalog
        return workbook

    def do(self, exercise: str, days: int, **answers: object) -> None:
        when = datetime.combine(TODAY + timedelta(days=days), datetime.min.time(), UTC) + timedelta(hours=12)
        chosen = self.catalog.find(exercise)
        form = Form(chosen.fields, answers, memory(), own_words=False)
        self.on(days).journal.save(fill(chosen, form.filled({}, when), id=new_id(), started=when))

    def today(self, days: int) -> PathToday:
        return find_path_today(self.on(days))

    def step(self, days: int) -> str:
        """Return the exercise that Today suggests on a day."""
        offer = next_suggestion(self.on(days))
        return offer.exercise if offer else ""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path)
    made.do("choice", 0, path="month")
    return made


def test_nobody_is_on_the_path_who_did_not_choose_it(tmp_path: Path) -> None:
    made = Home(tmp_path)
    assert not made.today(0).is_on
    made.do("choice", 0, path="week")
    assert made.today(0).is_on
    made.do("choice", 1, path="stop")
    assert not made.today(1).is_on
    assert made.step(1) == ""


def test_one_step_a_day_and_missed_days_are_nothing(home: Home) -> None:
    assert home.step(0) == "one"
    home.do("one", 0)
    assert home.step(0) == ""  # no second one today
    assert home.today(0).is_done_today
    assert home.step(40) == "two"
    offer = home.today(40).step
    assert offer
    assert offer.quick
    home.do("two", 40)
    assert home.step(41) == "other"


def test_what_was_done_lately_is_skipped(tmp_path: Path) -> None:
    made = Home(tmp_path)
    made.do("one", -20)
    made.do("two", -40)  # too long ago to count
    made.do("choice", 0, path="month")
    assert made.step(0) == "two"


def test_a_step_that_is_left_gives_way_and_comes_back_later(home: Home) -> None:
    home.do("one", 0)
    seen = [home.step(days) for days in range(1, 30)]
    assert seen[:3] == ["two"] * 3
    assert seen[3:6] == ["other"] * 3  # instead of it
    assert seen[6:9] == ["other"] * 3  # the next step
    assert "two" in seen[20:]


def test_a_step_may_be_for_some_only(tmp_path: Path) -> None:
    made = Home(tmp_path)
    made.do("about", 0, behaviours=[{"name": "bets", "family": "gambling", "aim": "stop"}])
    made.do("choice", 0, path="week")
    for day, exercise in enumerate(["one", "two", "one"]):
        assert made.step(day) == exercise
        made.do(exercise, day)


def test_at_the_end_one_sentence_and_the_choice_to_go_on(tmp_path: Path) -> None:
    made = Home(tmp_path)
    made.do("choice", 0, path="week")
    made.do("one", 0)
    made.do("two", 1)
    offer = made.today(2).step
    assert offer
    assert (offer.exercise, offer.say) == ("choice", "The week is over.")
    made.do("choice", 2, path="month")
    assert made.step(2) == "other"
    made.do("other", 3)
    assert [made.step(day) for day in range(4, 60)] == ["choice"] * 3 + [""] * 53  # said once
    assert made.today(60).is_over


def test_who_answers_at_the_end_is_not_told_again_and_may_walk_it_anew(home: Home) -> None:
    for day, exercise in enumerate(["one", "two", "other"]):
        home.do(exercise, day)
    assert home.step(3) == "choice"
    home.do("choice", 3, path="month")
    assert [home.step(day) for day in range(4, 40)] == [""] * 36
    home.do("choice", 90, path="month")
    assert home.step(90) == "one"
    for day, exercise in enumerate(["one", "two", "other"]):
        home.do(exercise, 90 + day)
    assert home.step(93) == "choice"


@pytest.mark.parametrize(
    ("step", "problem"),
    [
        ('exercise = "zzz"', '7: There is no exercise "zzz".'),
        ('exercise = "on"', '7: There is no exercise "on". Did you mean one?'),
        ('exercise = "long"', '7: "long" takes 4 minutes; a step takes 3 at most.'),
        ('exercise = "one"\nquick = true', '7: "one" has no quick version.'),
        ('exercise = "one"\ninstead = { exercise = "gone", say = "B." }', '8: There is no exercise "gone". Did you mean one?'),
        ('exercise = "one"\nfamly = ["alcohol"]', '8: There is no key "famly" here. Did you mean family?'),
    ],
)  # fmt: skip
def test_a_step_that_cannot_be_taken_is_named_with_its_line(tmp_path: Path, step: str, problem: str) -> None:
    made = Home(tmp_path, f'[[step]]\nid = "a"\n{step}\nweek = 1\nsay = "A."\n')
    assert [line for line in check_all(made.catalog) if "path.toml" in line] == [f"path.toml:{problem}"]


def test_ids_that_stand_twice_and_weeks_that_are_none_are_named(tmp_path: Path) -> None:
    step = '[[step]]\nid = "a"\nexercise = "one"\nweek = {}\nsay = "A."\n'
    made = Home(tmp_path, step.format(1) + step.format(5))
    assert [line for line in check_all(made.catalog) if "path.toml" in line] == [
        'path.toml:11: The id "a" is there twice.',
        'path.toml:13: "week" is from 1 to 4.',
    ]


def test_a_path_that_cannot_be_read_is_no_trouble(home: Home) -> None:
    assert isinstance(home.catalog.folder, Path)
    (home.catalog.folder / "path.toml").write_text("step = 3")
    assert not home.today(0).is_on


# --- the path that ships


SHIPPED, _ = read_path(CATALOG.folder)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("aim", AIMS)
def test_everybody_has_a_week_of_steps_and_a_month(family: str, aim: str) -> None:
    assert SHIPPED
    steps = [step for step in SHIPPED.step if step.is_for(frozenset({family}), frozenset({aim}))]
    assert 6 <= sum(step.week == 1 for step in steps) <= 8
    assert 18 <= len(steps) <= 31


@pytest.mark.parametrize("family", FAMILIES)
def test_no_step_is_one_that_no_rule_would_offer_to_that_family(family: str) -> None:
    from smartcli.content.offers import read_offers

    offers, _ = read_offers(CATALOG.folder)
    one = frozenset({family})
    barred = {offer.exercise for offer in offers} - {offer.exercise for offer in offers if offer.is_for(one)}
    assert SHIPPED
    for step in SHIPPED.step:
        if step.is_for(one, frozenset(AIMS)):
            assert not {way.exercise for way in step.ways} & barred, step.id


def test_every_step_takes_three_minutes_at_most() -> None:
    assert SHIPPED
    for step in SHIPPED.step:
        for way in step.ways:
            exercise = CATALOG.get(way.exercise)
            assert exercise is None or way.quick or exercise.minutes <= LONGEST, step.id


def test_the_choice_is_an_entry_like_others() -> None:
    assert SHIPPED
    chosen = CATALOG.find(SHIPPED.choose)
    fields = {field.measure: field for field in chosen.fields}
    assert json.dumps(sorted(option.id for option in getattr(fields["path"], "options", ())))
    assert Catalog(Path("/nowhere")).get(SHIPPED.choose)
