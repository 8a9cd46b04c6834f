"""What could be next: rules as data, inspectable, never nagging, off by a setting."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from smartcli.content.catalog import Catalog
from smartcli.content.check import check_all
from smartcli.content.offers import Done, Given, Offer, holding, read_offers
from smartcli.journal.turns import Turns
from smartcli.schema.toml_file import Source
from tests.conftest import Run
from tests.support.made import catalogue

TODAY = date(2026, 11, 22)
NONE = frozenset({"unknown"})
Said = Mapping[str, Sequence[tuple[int, Any]]]  # by measure: how many days ago, and what, newest first


def days_ago(*days: int) -> list[date]:
    return [TODAY - timedelta(days=number) for number in days]


def answers(said: Said, measure: str, within: int) -> list[Given]:
    given = [Given(TODAY - timedelta(days=days), [value]) for days, value in said.get(measure, ())]
    return [one for one in given if (TODAY - one.day).days < within] if within else given[:1]


def offered(catalog: Catalog, done: Done, families: frozenset[str] = NONE, said: Said | None = None) -> list[str]:
    offers, source = read_offers(catalog.folder)
    assert not source.problems
    held = holding(offers, done, families, TODAY, lambda measure, within: answers(said or {}, measure, within))
    return [one.exercise for one in held]


def test_what_was_done_is_not_offered(tiny: Catalog) -> None:
    assert offered(tiny, {}) == ["start"]
    assert offered(tiny, {"start": days_ago(3)}) == []


def test_an_offer_waits_for_what_it_comes_after(tiny: Catalog) -> None:
    start = {"start": days_ago(9)}
    assert offered(tiny, {**start, "urge-log": days_ago(1)}) == []
    assert offered(tiny, {**start, "urge-log": days_ago(0, 0)}) == []
    assert offered(tiny, {**start, "urge-log": days_ago(0, 1)}) == ["plans"]


def test_an_offer_for_some_behaviours_is_made_for_those_alone_and_while_it_is_fresh(tiny: Catalog) -> None:
    done = {"start": days_ago(90), "plans": days_ago(4)}
    assert offered(tiny, done) == []
    assert offered(tiny, done, frozenset({"gambling", "alcohol"})) == ["small"]
    assert offered(tiny, {**done, "plans": days_ago(11)}, frozenset({"gambling"})) == []


def test_an_offer_may_depend_on_what_was_answered_and_keep_from_some_behaviours(tiny: Catalog) -> None:
    done = {"start": days_ago(9), "urge-log": days_ago(0, 1), "plans": days_ago(30)}
    assert offered(tiny, done) == []
    assert offered(tiny, done, said={"aim": [(9, "stop")]}) == ["everything"]
    assert offered(tiny, done, said={"aim": [(9, "stop")], "stage": [(1, "thinking")]}) == []
    assert offered(tiny, done, frozenset({"gambling", "self-harm"}), said={"aim": [(9, "stop")]}) == []


def rule(text: str) -> Offer:
    """Return one rule from its keys in TOML; it offers the exercise "small"."""
    offers, source = read(text)
    assert not source.problems, source.problems
    return offers[0]


def read(text: str) -> tuple[tuple[Offer, ...], Source]:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        head = 'format = 1\n[[offer]]\nexercise = "small"\nsay = "Because."\n'
        (Path(folder) / "offers.toml").write_text(head + text)
        return read_offers(Path(folder))


def holds(text: str, done: Done | None = None, **said: Sequence[tuple[int, Any]]) -> bool:
    by_measure = {measure.replace("_", "."): given for measure, given in said.items()}
    return rule(text).holds(done or {}, NONE, TODAY, lambda measure, within: answers(by_measure, measure, within))


LOW = 'only_if = { measure = "mood", at_most = 3, within = 7, times = 3 }'


@pytest.mark.parametrize(
    ("moods", "is_offered"),
    [
        ([(0, 2), (2, 3), (4, 1)], True),
        ([(0, 2), (2, 3)], False),
        ([(0, 2), (0, 2), (0, 1)], False),  # three times on one day are one day
        ([(0, 2), (2, 3), (9, 1)], False),  # one of them is too long ago
        ([(0, 8), (1, 2), (2, 3), (4, 1)], True),  # a better day between changes nothing
        ([(0, 2), (2, 3), (-1, 1)], False),  # the clock was put back
    ],
)
def test_a_rule_may_count_the_days_on_which_something_was_so(moods: list[tuple[int, int]], is_offered: bool) -> None:
    assert holds(LOW, mood=moods) is is_offered


def test_without_times_the_newest_answer_of_those_days_decides() -> None:
    text = 'only_if = { measure = "confidence", at_most = 3, within = 10 }'
    assert holds(text, confidence=[(2, 3)])
    assert not holds(text, confidence=[(1, 7), (2, 3)])
    assert not holds(text, confidence=[(11, 3)])


def test_one_of_several_measures_is_enough_and_yes_or_no_is_so_written() -> None:
    text = 'only_if = { measure = ["feeling", "trigger"], any_of = ["angry", "anger"], within = 4, times = 1 }'
    assert holds(text, feeling=[(1, "angry")])
    assert holds(text, trigger=[(3, "anger"), (1, "row")][::-1])
    assert not holds(text, feeling=[(5, "angry")])
    days = 'only_if = { measure = "chosen-way", any_of = ["no"], within = 7, times = 2 }'
    said = {"chosen-way": [(0, False), (3, False)]}
    assert rule(days).holds({}, NONE, TODAY, lambda measure, within: answers(said, measure, within))
    said = {"chosen-way": [(0, False), (3, True)]}
    assert not rule(days).holds({}, NONE, TODAY, lambda measure, within: answers(said, measure, within))


@pytest.mark.parametrize(
    ("ahead", "is_offered"), [(8, False), (7, True), (6, False), (3, True), (1, True), (0, False), (-3, False)]
)
def test_a_day_that_was_named_is_met_some_days_before_and_never_after(ahead: int, is_offered: bool) -> None:
    text = 'only_if = { measure = "risk.day", days_ahead = [7, 3, 1], within = 60 }'
    day = (TODAY + timedelta(days=ahead)).isoformat()
    assert holds(text, risk_day=[(20, day)]) is is_offered
    assert holds(text, risk_day=[(20, f"{day}T19:30:00+00:00")]) is is_offered
    assert holds(text, risk_day=[(2, "2027-12-01"), (20, day)]) is is_offered  # a later answer hides no earlier one
    assert rule(text).is_dated


def test_an_answer_may_have_to_be_some_days_old() -> None:
    text = 'only_if = { measure = "watch", any_of = ["watch"], within = 60, days_old = 14 }'
    assert [days for days in (0, 13, 14, 40) if holds(text, watch=[(days, "watch")])] == [14, 40]
    assert not holds(text, watch=[(1, "leave-it"), (20, "watch")])


def test_an_exercise_may_come_again_but_not_when_it_answered_already() -> None:
    again = 'after = "lapse"\nwithin = 7\nagain_after = 3\n'
    assert holds(again, {"lapse": days_ago(1)})
    assert holds(again, {"lapse": days_ago(1), "small": days_ago(3)})
    assert not holds(again, {"lapse": days_ago(1), "small": days_ago(2)})  # too soon
    assert not holds(again, {"lapse": days_ago(6), "small": days_ago(4)})  # done since
    itself = 'after = "small"\nagain_after = 1\n'
    assert holds(itself, {"small": days_ago(1)})
    assert not holds(itself, {"small": days_ago(0)})


@pytest.mark.parametrize(
    ("condition", "problem"),
    [
        ('measure = "moood", at_most = 3', 'There is no measure "moood". Did you mean mood?'),
        ('measure = "mood", at_most = 3, times = 2', '"times" goes with "within".'),
        ('measure = "mood", within = 3', 'A condition has "any_of", "none_of", "at_most", "at_least" or "days_ahead".'),
        ('measure = "mood", days_ahead = 3', '"days_ahead" goes with a day, and "mood" is none.'),
    ],
)
def test_a_condition_that_could_never_hold_is_named_with_its_line(condition: str, problem: str) -> None:
    _, source = read(f"times = 1\nonly_if = {{ {condition} }}\n")
    assert source.problems_as_text() == [f"offers.toml:6: {problem}"]


def test_an_option_that_nobody_can_choose_is_named(tmp_path: Path) -> None:
    field = '[[field]]\nid = "stage"\nkind = "choice"\nask = "Where?"\nmeasure = "stage"\noptions = [{ id = "acting", say = "Changing" }]\n'
    catalog = catalogue(tmp_path, f"=== small\n{field}")
    assert isinstance(catalog.folder, Path)
    offer = 'format = 1\n[[offer]]\nexercise = "small"\nsay = "Go."\nonly_if = { measure = "stage", any_of = ["%s"] }\n'
    (catalog.folder / "offers.toml").write_text(offer % "actng")
    problem = 'offers.toml:5: No question of that measure has the option "actng".'
    assert problem in check_all(catalog)
    (catalog.folder / "offers.toml").write_text(offer % "acting")
    assert problem not in check_all(catalog)


def shown_days(turns: Turns, name: str = "goals", days: int = 150) -> list[int]:
    return [day for day in range(days) if turns.show(name, TODAY + timedelta(days=day))]


def test_a_suggestion_that_is_passed_over_rests_longer_each_time(tmp_path: Path) -> None:
    turns = Turns(tmp_path / "state")
    assert shown_days(turns) == [0, 1, 2, 21, 22, 23, 63, 64, 65, 147, 148, 149]
    assert Turns(tmp_path / "state").show("values", TODAY)


def test_doing_it_ends_the_count(tmp_path: Path) -> None:
    turns = Turns(tmp_path / "state")
    shown_days(turns, days=30)
    later = TODAY + timedelta(days=40)
    standing = turns.standings(later, {})
    assert (standing["goals"].passed_over, standing["goals"].is_open) == (2, False)
    standing = turns.standings(later, {"goals": TODAY + timedelta(days=30)})
    assert (standing["goals"].passed_over, standing["goals"].is_open) == (0, True)


def test_a_clock_that_was_put_back_hides_nothing_for_good(tmp_path: Path) -> None:
    (tmp_path / "turns.json").write_text('{"goals": ["2030-01-01"]}')
    assert Turns(tmp_path).show("goals", TODAY)


def test_a_file_of_turns_that_is_nonsense_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "turns.json").write_text('{"goals": "soon", "x": 3}')
    assert Turns(tmp_path).show("goals", TODAY)


def test_a_rule_about_an_exercise_that_is_not_there_is_named(tiny: Catalog, tmp_path: Path) -> None:
    folder = tmp_path / "exercises"
    (folder / "lists").mkdir(parents=True)
    (folder / "offers.toml").write_text('format = 1\n[[offer]]\nexercise = "nowhere"\nsay = "Go."\n')
    assert check_all(Catalog(tmp_path / "own", folder)) == ['offers.toml:3: There is no exercise "nowhere".']


def test_a_setting_turns_every_suggestion_off(run: Run, tiny: Catalog, home: Path) -> None:
    assert "Say what you want to change." in run().stdout
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text("suggestions = false\n")
    assert "Say what you want to change." not in run().stdout
    assert "Say what you want to change." not in run("do", typed="").stderr


def test_do_names_what_could_be_next_with_its_reason_and_begins_it(run: Run, tiny: Catalog) -> None:
    asked = run("do", typed="1\n!\n").stderr
    assert "Say what you want to change." in asked
    assert "1 of 3. Name?" in asked


def test_help_is_in_the_menu_of_exercises_and_leads_back_to_it(run: Run, tiny: Catalog) -> None:
    asked = run("do", typed="I need help now\nurges\nI need help now\n")
    assert asked.stderr.count("999") >= 2 or asked.stderr.lower().count("emergency") >= 2
    assert "Which exercise would you like to do?" in asked.stderr
