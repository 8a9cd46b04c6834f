"""What could be next: rules as data, inspectable, never nagging, off by a setting."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from smartcli.content.catalog import Catalog
from smartcli.content.offers import Done, holding, read_offers
from smartcli.journal.snoozed import Snoozed
from tests.conftest import Run

TODAY = date(2026, 11, 22)
NONE = frozenset({"unknown"})


def days_ago(*days: int) -> list[date]:
    return [TODAY - timedelta(days=number) for number in days]


def offered(
    catalog: Catalog, done: Done, families: frozenset[str] = NONE, said: Mapping[str, set[str]] | None = None
) -> list[str]:
    offers, source = read_offers(catalog.folder)
    assert not source.problems
    newest = said or {}
    return [
        one.exercise for one in holding(offers, done, families, TODAY, lambda name: frozenset(newest.get(name, ())))
    ]


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
    assert offered(tiny, done, said={"aim": {"stop"}}) == ["everything"]
    assert offered(tiny, done, said={"aim": {"stop"}, "stage": {"thinking"}}) == []
    assert offered(tiny, done, frozenset({"gambling", "self-harm"}), said={"aim": {"stop"}}) == []


def test_a_suggestion_that_is_passed_over_rests_and_comes_again(tmp_path: Path) -> None:
    snoozed = Snoozed(tmp_path / "state")
    seen = [day for day in range(60) if snoozed.offer_suggestion("goals", TODAY + timedelta(days=day))]
    assert seen == [0, 1, 2, 21, 22, 23, 42, 43, 44]
    assert Snoozed(tmp_path / "state").offer_suggestion("values", TODAY)


def test_a_resting_file_that_is_nonsense_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "resting.json").write_text('{"goals": "soon", "x": 3}')
    assert Snoozed(tmp_path).offer_suggestion("goals", TODAY)


def test_a_rule_about_an_exercise_that_is_not_there_is_named(tiny: Catalog, tmp_path: Path) -> None:
    folder = tmp_path / "exercises"
    (folder / "lists").mkdir(parents=True)
    (folder / "offers.toml").write_text('format = 1\n[[offer]]\nexercise = "nowhere"\nsay = "Go."\n')
    assert Catalog(tmp_path / "own", folder).check() == ["offers.toml:3: There is no such exercise."]


def test_a_setting_turns_every_suggestion_off(run: Run, tiny: Catalog, home: Path) -> None:
    assert "Say what you want to change." in run().stdout
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text("suggestions = false\n")
    assert "Say what you want to change." not in run().stdout
    assert "Say what you want to change." not in run("do", typed="").stderr


def test_do_names_what_could_be_next_with_its_reason_and_begins_it(run: Run, tiny: Catalog) -> None:
    asked = run("do", typed="1\n!\n").stderr
    assert "Say what you want to change." in asked
    assert "Left." in asked or "Paused." in asked


def test_help_is_in_the_menu_of_exercises_and_leads_back_to_it(run: Run, tiny: Catalog) -> None:
    asked = run("do", typed="I need help now\nurges\nI need help now\n")
    assert asked.stderr.count("999") >= 2 or asked.stderr.lower().count("emergency") >= 2
    assert "Which one?" in asked.stderr
