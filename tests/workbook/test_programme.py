"""`programme`: four points in plain words, what was done and when, what could be next; never how often."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from smartcli.content.catalog import Catalog
from smartcli.content.exercise import POINTS
from smartcli.pages.programme import POINT_WORDS, PathOnPage, PointOnPage, programme_page
from smartcli.renderers import terminal
from smartcli.workbook import programme
from smartcli.workbook.workbook import Workbook
from tests.conftest import Run
from tests.support.asking import plain

Menu = Callable[..., str]


@pytest.fixture
def menu(monkeypatch: pytest.MonkeyPatch, home: object) -> Menu:
    """Go through the menu in plain mode with these lines typed; returns what was shown."""

    def run_menu(*typed: str) -> str:
        asker, out = plain(*typed)
        monkeypatch.setattr(Workbook, "asker", asker)
        programme.run_programme_menu(Workbook())
        return out.getvalue()

    return run_menu


def begin(run: Run, family: str = "gambling", aim: str = "stop") -> None:
    rows = [{"name": "bets", "family": family, "aim": aim}]
    assert run("record", "start", typed=json.dumps({"behaviours": rows})).exit_code == 0


def test_each_point_is_told_in_two_sentences() -> None:
    assert set(POINT_WORDS) == set(POINTS) - {"daily"}
    assert all(words.count(". ") == 1 and words.endswith(".") for words in POINT_WORDS.values())


def test_at_first_nothing_was_done_and_anything_can_be_begun(run: Run) -> None:
    shown = run("programme")
    assert shown.exit_code == 0
    assert "You can begin anywhere." in shown.stdout
    assert "What you did" not in shown.stdout
    assert "You are not using it now." in shown.stdout


def test_what_was_done_stands_at_its_point_with_when_and_never_how_often(run: Run) -> None:
    begin(run)
    for _ in range(3):
        assert run("record", "good-things", typed=json.dumps({"what": "bread"})).exit_code in (0, 2)
        assert run("record", "stages", typed=json.dumps({"stage": "acting"})).exit_code == 0
    first, _, rest = run("programme").stdout.partition("2. Coping with urges")
    done = f"{Catalog(Path('/nowhere')).find('stages').title}, today"
    assert done in first
    assert done not in rest
    assert "times" not in first + rest


def test_each_point_has_what_could_be_next_with_a_reason_and_what_to_type(run: Run) -> None:
    begin(run)
    shown = run("programme").stdout
    assert shown.count("What could be next") == 4
    assert shown.count("\nsmartcli do ") >= 4


def test_for_self_harm_no_point_leads_to_what_rates_or_lists_it(run: Run) -> None:
    begin(run, "self-harm")
    shown = run("programme").stdout
    for name in ("triggers", "urge-log", "urge-plan", "limits", "trial", "rulers", "cost-benefit", "play-forward"):
        assert f"smartcli do {name}\n" not in shown


def test_without_suggestions_the_points_stay(run: Run, home: object) -> None:
    begin(run)
    from pathlib import Path

    (Path(str(home)) / "config.toml").write_text("suggestions = false\n")
    shown = run("programme").stdout
    assert "There is no suggestion here" in shown
    assert "smartcli do good-things" not in shown


def test_the_path_says_its_next_step_and_how_to_stop_it(run: Run) -> None:
    begin(run)
    assert run("record", "first-weeks", typed=json.dumps({"path": "week"})).exit_code == 0
    shown = run("programme").stdout
    assert "Your next step: " in shown
    assert "smartcli do first-weeks" in shown
    assert "smartcli do check-in" in shown
    run("record", "check-in", typed=json.dumps({"mood": 5}))
    assert "You have done today's step." in run("programme").stdout


def test_a_point_can_be_opened_and_left(menu: Menu) -> None:
    shown = menu("2", "Back to the four points", "Leave")
    assert shown.count("What would you like to open?") == 2
    assert "You find out what sets urges off" in shown


def test_an_exercise_can_be_begun_from_a_point_and_the_page_comes_back(menu: Menu) -> None:
    shown = menu("Small steps for the first week or month: start, change or stop", "", "3", "", "", "", "Leave")
    assert shown.count("What would you like to open?") == 2
    assert next(Workbook().memory.copies("first-weeks")).answers["path"] == "not-now"


def test_all_exercises_of_a_point_can_be_listed(menu: Menu) -> None:
    shown = menu("4", "All exercises of this point", "<", "Leave")
    assert "Which exercise would you like to do?" in shown
    assert shown.count("What would you like to open?") == 2


@pytest.mark.parametrize("width", [40, 80])
def test_the_page_fits(width: int) -> None:
    done = ["A title that is quite long, and goes on, 3 weeks ago"] * 8
    point = PointOnPage("thoughts", done, "Next one", "Because of something that was said.", "next-one")
    page = programme_page([point], PathOnPage("On the path.", "smartcli do something-with-a-name", "Your next step."))
    drawn = terminal.draw(page.blocks, width, styled=False)
    assert max(map(len, drawn.split("\n"))) <= width
    assert drawn.count("A title") == 5
